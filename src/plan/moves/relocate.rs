//! The edits of one move: the definition goes to its new place, and every old name of it leads there.

use super::super::{Objection, Reason};
use super::needs::{Need, Needs, is_there, needs};
use super::settle::Pending;
use super::sheet::Sheet;
use super::{Body, allowed, leftover};
use crate::python::edit::{NewEntry, NewImport, Own};
use crate::python::syntax::{BindKind, Form, ScopeId, StatementId, StatementKind, Target, Value};
use crate::python::{Identifier, Symbol};
use crate::rule::Rule;
use crate::semantics::{Facts, World};
use crate::text::{Edit, Edits, Span};

/// What a move does to the files of the tree.
pub(super) struct Step {
    pub edits: Vec<(String, Edits)>,
    pub body: Option<Body>,
    /// The edits of the body alone, from its begin.
    pub renamed: Edits,
    /// Every name that leads to the definition now.
    pub aliases: Vec<Symbol>,
}

pub(super) fn relocate(world: &World, rule: &Rule, pending: &Pending) -> Result<Step, Objection> {
    let mut source = Sheet::new(world, rule, pending.file)?;
    let statement = sole_statement(&source, pending)?;
    let whole = source.facts.syntax.statements[statement.index()].span;
    if let Some(objection) = allowed::objection(world, rule, pending, whole) {
        return Err(objection);
    }
    let old = pending.definition.symbol.name.root();
    let mangled = format!("_{}__", old.as_str().trim_start_matches('_'));
    let is_class = matches!(source.facts.syntax.statements[statement.index()].kind, StatementKind::Class(_));
    if is_class && old != pending.new.name.root() && source.text.contains(&mangled) {
        return Err((Reason::Form, format!("private names are spelled out as `{mangled}…`")));
    }
    let mut aliases = pending.route.clone();
    aliases.push(pending.definition.symbol.clone());
    if pending.new.module == pending.definition.symbol.module {
        let edits = rename(&mut source, pending, statement)?;
        return Ok(Step { edits: vec![edits], body: None, renamed: Edits::default(), aliases });
    }
    let module = world.project.module(pending.new.module.as_str());
    let file = module.and_then(|module| world.file_of(module));
    let missing = || (Reason::Form, format!("there is no module `{}` yet: create it first", pending.new.module));
    let mut target = Sheet::new(world, rule, file.ok_or_else(missing)?)?;
    let needs = needs(world, pending, whole)?;
    agree_on_annotations(&source, &target, whole)?;
    let lines = source.lines_of(statement)?;
    let renamed = renamed(pending, lines);
    let body = renamed.apply(lines.of(source.text));
    let fold = fold(&target, pending)?;
    let is_read_before = fold.is_some();
    import_all(world, pending, (&mut target, &needs))?;
    if let Some((statement, entry)) = fold {
        target.fold(statement, entry);
    }
    let renames_itself = old != pending.new.name.root() && reads_itself(source.facts, whole, &old);
    let tail = if renames_itself { format!("\n{old} = {}", pending.new.name) } else { String::new() };
    if renames_itself {
        if target.facts.scopes[ScopeId::MODULE.index()].names.contains_key(&old) {
            return Err((Reason::NameTaken, format!("`{old}` is something else in `{}`", pending.new.module)));
        }
        aliases.push(Symbol::new(pending.new.module.clone(), pending.definition.symbol.name.clone()));
    }
    if source.listed(&old).is_some() {
        target.list(&pending.new.name.root());
    }
    let written = target.edits()?;
    let (edits, start) = target.with_body(written, &format!("{}{tail}", body.trim_end()), is_read_before);
    let mut steps = vec![(target.path.to_owned(), edits)];
    leave(world, pending, (&mut source, statement, &needs))?;
    leftover::drop_imports(world, &mut source, whole, &needs);
    steps.push((source.path.to_owned(), source.edits()?));
    let moved = Body { from: source.path.to_owned(), source: lines, to: target.path.to_owned(), start };
    Ok(Step { edits: steps, body: Some(moved), renamed, aliases })
}

/// Gives the new module the imports that the body needs and it lacks.
fn import_all(world: &World, pending: &Pending, (target, needs): (&mut Sheet, &Needs)) -> Result<(), Objection> {
    let mut types = false;
    for need in &needs.imports {
        if !is_there(world, pending, need)? {
            types |= need.for_types;
            target.import(need);
        }
    }
    if types && !target.facts.scopes[ScopeId::MODULE.index()].names.contains_key(&Identifier::new("TYPE_CHECKING")) {
        target.import(&Need::type_checking());
    }
    Ok(())
}

/// The statement of a definition that is the only one of its name and always made.
fn sole_statement(source: &Sheet, pending: &Pending) -> Result<StatementId, Objection> {
    let name = pending.definition.symbol.name.root();
    let bindings = &source.facts.scopes[ScopeId::MODULE.index()].names[&name];
    let binding = &source.facts.bindings[pending.binding.index()];
    if bindings.len() > 1 {
        return Err((Reason::TwoOrigins, format!("`{name}` is bound more than once in its module")));
    }
    if !matches!(binding.kind, BindKind::Class | BindKind::Function) {
        return Err((Reason::Form, format!("`{name}` is no class or function: only these move")));
    }
    if !source.facts.runs_always(binding.statement) {
        return Err((Reason::Form, format!("`{name}` is defined inside another statement")));
    }
    Ok(binding.statement)
}

/// Gives a definition another name where it stands; its old name is bound right behind it.
fn rename(source: &mut Sheet, pending: &Pending, statement: StatementId) -> Result<(String, Edits), Objection> {
    let (old, new) = (&pending.definition.symbol.name, &pending.new.name);
    let lines = source.lines_of(statement)?;
    let fold = fold(source, pending)?;
    let token = Edit::new(pending.span, new.as_str());
    if let Some(listed) = source.listed(&old.root()).filter(|_| source.listed(&new.root()).is_none()) {
        source.raw.push(Edit::new(listed, new.as_str()));
    }
    let shim = format!("{old} = {new}");
    let ending = if source.text[..lines.end()].ends_with('\n') { "" } else { "\n" };
    let inserted = Edit::insert(lines.end(), format!("{ending}{shim}\n"));
    if let Some((fold, None)) = fold {
        let span = source.facts.syntax.statements[fold.index()].span;
        source.changes(fold).own = Own::Remove;
        source.raw.push(token);
        let raw = source.raw.clone();
        source.raw.push(inserted);
        if let Ok(edits) = source.edits() {
            return Ok((source.path.to_owned(), edits));
        }
        source.raw = raw;
        source.raw.push(Edit::new(span, shim));
        source.changes.clear();
        return Ok((source.path.to_owned(), source.edits()?));
    }
    source.raw.extend([token, inserted]);
    Ok((source.path.to_owned(), source.edits()?))
}

/// The statement, and the entry of an import, by which the new name is bound to the definition already.
fn fold(target: &Sheet, pending: &Pending) -> Result<Option<(StatementId, Option<usize>)>, Objection> {
    let name = pending.new.name.root();
    let Some(bindings) = target.facts.scopes[ScopeId::MODULE.index()].names.get(&name) else { return Ok(None) };
    let taken =
        || (Reason::NameTaken, format!("`{name}` is bound in `{}` in a way that cannot be folded", pending.new.module));
    let [only] = bindings[..] else { return Err(taken()) };
    let binding = &target.facts.bindings[only.index()];
    let statement = &target.facts.syntax.statements[binding.statement.index()];
    if !target.facts.runs_always(binding.statement) {
        return Err(taken());
    }
    match (&binding.kind, &statement.kind) {
        (BindKind::Assign(Value::Chain(_)), StatementKind::Assign { targets, .. })
            if matches!(targets[..], [Target::Name(..)]) =>
        {
            Ok(Some((binding.statement, None)))
        }
        (BindKind::From(entry), _) => Ok(Some((binding.statement, Some(*entry)))),
        _ => Err(taken()),
    }
}

/// The name of the definition in its lines.
fn renamed(pending: &Pending, lines: Span) -> Edits {
    let start = pending.span.start() - lines.start();
    let name = Edit::new(Span::new(start, start + pending.span.len()), pending.new.name.as_str());
    Edits::new(vec![name]).expect("one edit overlaps nothing")
}

fn reads_itself(facts: &Facts, whole: Span, name: &Identifier) -> bool {
    facts.references.iter().any(|reference| {
        let chain = &facts.syntax.chains[reference.chain.index()];
        chain.root == *name && reference.reach.scope == Some(ScopeId::MODULE) && whole.contains(chain.root_span)
    })
}

/// Annotations are evaluated in one module and not in the other.
fn agree_on_annotations(source: &Sheet, target: &Sheet, whole: Span) -> Result<(), Objection> {
    let (one, other) = (source.facts.syntax.future_annotations, target.facts.syntax.future_annotations);
    let chains = source.facts.syntax.chains.iter();
    let has_any = || chains.clone().any(|chain| chain.form == Form::Annotation && whole.contains(chain.root_span));
    if one == other || !has_any() {
        return Ok(());
    }
    let (has, lacks) = if one { (source.path, target.path) } else { (target.path, source.path) };
    Err((Reason::Form, format!("`{has}` has `from __future__ import annotations` and `{lacks}` has not")))
}

/// Puts an import of the new place where the definition stood.
fn leave(
    world: &World,
    pending: &Pending,
    (source, statement, needs): (&mut Sheet, StatementId, &Needs),
) -> Result<(), Objection> {
    let (old, new) = (&pending.definition.symbol.name, &pending.new.name);
    let entry = if old == new { new.to_string() } else { format!("{new} as {old}") };
    let module = pending.new.module.to_string();
    let import = NewImport { module: Some(module), entries: vec![NewEntry::new(entry)] };
    source.changes(statement).own = Own::Remove;
    let lead = source.lead().filter(|_| !needs.leans_back && world.module_of(source.file).is_some());
    let place = lead.map_or(statement, |index| source.facts.syntax.blocks[0].statements[index]);
    source.changes(place).after.push(import);
    Ok(())
}
