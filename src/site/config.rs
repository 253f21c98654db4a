//! Values in configuration files that are a dotted path through an alias: they hold it.

use memchr::memmem;

use super::{Families, Holder, HolderWhy, Kind};
use crate::project::OtherContent;
use crate::python::DottedName;
use crate::text::{LineIndex, Position, Span};

/// A holder outside of Python.
#[derive(Clone, Debug)]
pub struct ConfigHolder {
    pub path: String,
    pub position: Position,
    pub holder: Holder,
}

/// The values that hold an alias or its module.
pub(super) fn find(families: &Families) -> Vec<ConfigHolder> {
    let needles = families.shim_module_names();
    let mut holders = Vec::new();
    for other in families.world.project.others() {
        let OtherContent::Text(text) = &other.content else { continue };
        let mut values: Vec<Span> = Vec::new();
        for needle in &needles {
            let found = memmem::find_iter(text.as_bytes(), needle.as_str()).map(|at| value_at(text, at));
            values.extend(found.flatten());
        }
        values.sort();
        values.dedup();
        let index = LineIndex::new(text);
        for span in values {
            let Some(path) = DottedName::parse(&span.of(text).replacen(':', ".", 1)) else { continue };
            holders.extend(families.held_by(&path).into_iter().map(|(rule, held)| ConfigHolder {
                path: other.path.clone(),
                position: index.position(span.start(), text),
                holder: Holder { span, rule, kind: Kind::ConfigPath, held, why: HolderWhy::Text },
            }));
        }
    }
    holders
}

/// The dotted path around an offset, if it is a whole value: between quotes, or after `=`, `:`, `-` up to the line's end.
fn value_at(text: &str, at: usize) -> Option<Span> {
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    if text[line..].trim_start().starts_with(['#', ';']) {
        return None;
    }
    let is_path = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'_' | b'.' | b':') || !c.is_ascii();
    let bytes = text.as_bytes();
    let start = at - bytes[..at].iter().rev().take_while(|c| is_path(**c)).count();
    let end = at + bytes[at..].iter().take_while(|c| is_path(**c)).count();
    let before = bytes[..start].iter().rev().find(|c| !matches!(c, b' ' | b'\t')).copied();
    let after = bytes[end..].iter().find(|c| !matches!(c, b' ' | b'\t' | b'\r')).copied();
    let quoted = start > 0 && matches!(bytes[start - 1], b'"' | b'\'') && bytes.get(end) == Some(&bytes[start - 1]);
    let bare = matches!(before, None | Some(b'=' | b':' | b'-' | b'\n' | b'[' | b','))
        && matches!(after, None | Some(b'\n' | b'#' | b';' | b',' | b']'));
    (quoted || bare).then(|| Span::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_values_count_and_prose_does_not() {
        let value = |text: &str| value_at(text, text.find("a.old").unwrap()).map(|span| span.of(text).to_owned());
        assert_eq!(value("class = a.old.Old\n").as_deref(), Some("a.old.Old"));
        assert_eq!(value("{\"class\": \"a.old:Old\"}").as_deref(), Some("a.old:Old"));
        assert_eq!(value("- a.old.Old # the old one").as_deref(), Some("a.old.Old"));
        assert_eq!(value("# class: a.old.Old\n"), None);
        assert_eq!(value("{\"text\": \"use a.old.Old instead\"}"), None);
        assert_eq!(value("description = see a.old.Old for more"), None);
    }
}
