//! Assignments that lose one of their targets: `A = Old = New`, `Old, B = New, C`.

use tree_sitter::Node;

use super::EditError;
use super::drop::drop_edits;
use super::parts::{parse, parts, span, statement};
use super::sequence::Sequence;
use crate::text::{Edit, Edits, Span};

/// `A = Old = New` without the targets at the places `dropped`. The edits are at offsets of `source`.
pub(super) fn drop_targets(source: &str, dropped: &[usize]) -> Result<Vec<Edit>, EditError> {
    let tree = parse(source)?;
    let (targets, value) = sides(assignment(statement(&tree)?)?)?;
    let stays = (0..targets.len()).any(|index| !dropped.contains(&index));
    if !stays || dropped.iter().any(|&index| index >= targets.len()) {
        return Err(EditError::Shape);
    }
    let begins: Vec<usize> = targets.iter().chain([&value]).map(|node| node.start_byte()).collect();
    let mut edits: Vec<Edit> = Vec::new();
    for index in (0..targets.len()).filter(|index| dropped.contains(index)) {
        match edits.last_mut() {
            Some(last) if last.span.end() == begins[index] => last.span.end = begins[index + 1] as u32,
            _ => edits.push(Edit::delete(Span::new(begins[index], begins[index + 1]))),
        }
    }
    Ok(edits)
}

/// `Old, B = New, C` without the elements at the places `dropped`, on both sides; a single pair loses its tuples.
pub(super) fn drop_elements(source: &str, dropped: &[usize]) -> Result<Vec<Edit>, EditError> {
    let tree = parse(source)?;
    let (targets, value) = sides(assignment(statement(&tree)?)?)?;
    let [target] = targets.as_slice() else { return Err(EditError::Shape) };
    let [left, right] = [sequence(source, *target)?, sequence(source, value)?];
    let count = left.items.len();
    let gone: Vec<bool> = (0..count).map(|index| dropped.contains(&index)).collect();
    let stays = gone.iter().filter(|gone| !**gone).count();
    if right.items.len() != count || stays == 0 || dropped.iter().any(|&index| index >= count) {
        return Err(EditError::Shape);
    }
    let mut edits = Vec::new();
    for (node, side) in [(*target, &left), (value, &right)] {
        let has_comments = side.head.is_some() || side.groups.iter().any(|group| group.comment.is_some());
        if stays == 1 && !has_comments {
            let kept = gone.iter().position(|gone| !gone).expect("one element stays");
            edits.push(Edit::new(span(node), side.items[kept].span.of(source)));
        } else {
            edits.extend(drop_edits(source, side, &gone, true));
        }
    }
    Ok(Edits::new(edits).map_err(|_| EditError::Shape)?.as_slice().to_vec())
}

fn assignment(statement: Node<'_>) -> Result<Node<'_>, EditError> {
    let inner = statement.child(0).filter(|inner| inner.kind() == "assignment");
    inner.filter(|_| statement.kind() == "expression_statement").ok_or(EditError::Shape)
}

/// The targets of a chain from left to right, and the value.
fn sides(mut assignment: Node<'_>) -> Result<(Vec<Node<'_>>, Node<'_>), EditError> {
    let mut targets = Vec::new();
    loop {
        let field = |name| assignment.child_by_field_name(name);
        if field("type").is_some() {
            return Err(EditError::Shape);
        }
        targets.push(field("left").ok_or(EditError::Shape)?);
        let right = field("right").ok_or(EditError::Shape)?;
        if right.kind() != "assignment" {
            return Ok((targets, right));
        }
        assignment = right;
    }
}

/// The elements of a tuple or list, as a target or as a value; starred ones cannot be paired.
fn sequence(source: &str, node: Node<'_>) -> Result<Sequence, EditError> {
    const KINDS: [&str; 6] = ["pattern_list", "tuple_pattern", "list_pattern", "expression_list", "tuple", "list"];
    let parts = parts(node);
    let is_starred = parts.iter().any(|part| part.kind.contains("splat"));
    if !KINDS.contains(&node.kind()) || is_starred {
        return Err(EditError::Shape);
    }
    Ok(Sequence::read(source, &parts))
}
