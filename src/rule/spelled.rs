//! Symbols and modules as rule files spell them, and what exactly is wrong with those that are none.

use super::problem::{Fault, find_hidden, quoted};
use crate::python::{DottedName, Identifier, Symbol};

/// What a text of a rule can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Spelled {
    /// `pkg.mod:Name`, `pkg.mod:Outer.Inner`
    Symbol(Symbol),
    /// `pkg.mod`
    Module(DottedName),
    /// `pkg.mod:*`
    Star(DottedName),
}

/// Reads `pkg.mod:Name`, `pkg.mod` or `pkg.mod:*`.
pub(super) fn read_spelled(text: &str) -> Result<Spelled, Fault> {
    find_stray(text).map_or(Ok(()), Err)?;
    let Some((module, name)) = text.split_once(':') else {
        find_bad_part(text, 0).map_or(Ok(()), Err)?;
        return Ok(Spelled::Module(DottedName::new(text)));
    };
    find_bad_part(module, 0).map_or(Ok(()), Err)?;
    if name == "*" {
        return Ok(Spelled::Star(DottedName::new(module)));
    }
    find_bad_part(name, module.len() + 1).map_or(Ok(()), Err)?;
    Ok(Spelled::Symbol(Symbol::new(DottedName::new(module), DottedName::new(name))))
}

/// What makes the text as a whole no symbol.
fn find_stray(text: &str) -> Option<Fault> {
    if text.trim().is_empty() {
        return Some(Fault::new(0..text.len(), "is empty", FORMS));
    }
    if let Some(fault) = find_hidden(text) {
        return Some(fault);
    }
    if let Some((blank, character)) = text.char_indices().find(|(_, character)| character.is_whitespace()) {
        let help = format!("without blanks: {}", quoted(&text.split_whitespace().collect::<String>()));
        return Some(Fault::new(blank..blank + character.len_utf8(), "holds a blank", help));
    }
    find_path(text).or_else(|| find_colon(text)).or_else(|| find_star(text)).or_else(|| find_relative(text))
}

const FORMS: &str = "write `pkg.mod:Name` for a symbol, `pkg.mod` for a module";

/// `shop/cart.py`, `shop\cart`, `shop/cart.py:Name`
fn find_path(text: &str) -> Option<Fault> {
    let module = text.split(':').next()?;
    let is_file = module.ends_with(".py") || module.ends_with(".pyi");
    let slash = text.find(['/', '\\']);
    let start = match slash {
        Some(slash) => slash,
        None if is_file => module.rfind('.')?,
        None => return None,
    };
    let stem = module.strip_suffix(".pyi").or_else(|| module.strip_suffix(".py")).unwrap_or(module);
    let dotted = stem.trim_matches(['.', '/', '\\']).replace(['/', '\\'], ".");
    let rest = &text[module.len()..];
    let end = if slash.is_some() { start + 1 } else { module.len() };
    let help = format!("modules are written as Python imports them: {}", quoted(&format!("{dotted}{rest}")));
    Some(Fault::new(start..end, "is a file's path, no module", help))
}

/// `pkg.mod::Name`, `pkg:mod:Name`
fn find_colon(text: &str) -> Option<Fault> {
    let first = text.find(':')?;
    let second = first + 1 + text[first + 1..].find(':')?;
    let (module, name) = text.rsplit_once(':')?;
    let meant = format!("{}:{name}", module.trim_end_matches(':').replace(':', "."));
    let help = format!("one colon stands between module and name: {}", quoted(&meant));
    Some(Fault::new(second..second + 1, "holds two colons", help))
}

/// A `*` that does not stand alone behind the colon.
fn find_star(text: &str) -> Option<Fault> {
    let star = text.find('*')?;
    let is_alone = text.ends_with(":*") && star + 1 == text.len();
    let help =
        "`pkg.mod:*` means every name in one module whose origin is the canonical's; there are no other patterns";
    (!is_alone).then(|| Fault::new(star..star + 1, "holds a `*` where none can stand", help))
}

/// `.mod:Name`
fn find_relative(text: &str) -> Option<Fault> {
    let dots = text.len() - text.trim_start_matches('.').len();
    let help = "rules know no package to start from: write the module from its import root, `pkg.mod:Name`";
    (dots > 0 && dots < text.len()).then(|| Fault::new(0..dots, "is relative", help))
}

/// The first part of a dotted name that is no identifier; `offset` is where the name begins in the whole text.
fn find_bad_part(dotted: &str, offset: usize) -> Option<Fault> {
    let mut start = offset;
    for part in dotted.split('.') {
        let range = start..start + part.len();
        if part == "__init__" {
            let help = "an `__init__.py` is its package: write `pkg:Name`";
            return Some(Fault::new(range, "names a file `__init__`, no module", help));
        }
        if let Some(fault) = find_bad_identifier(part) {
            let message = match part {
                "" => "has an empty part".to_owned(),
                _ if part.len() == dotted.len() && offset == 0 => fault.message,
                _ => format!("has a part that {}, {}", fault.message, quoted(part)),
            };
            return Some(Fault { range, message, ..fault });
        }
        start += part.len() + 1;
    }
    None
}

/// Why `text` is no identifier; `None` if it is one.
pub(super) fn find_bad_identifier(text: &str) -> Option<Fault> {
    if Identifier::accepts(text) {
        return None;
    }
    let (message, help) = if text.is_empty() {
        ("is empty", FORMS)
    } else if text.starts_with(|first: char| first.is_numeric()) {
        ("starts with a digit", NAMES)
    } else if text.chars().all(char::is_alphabetic) {
        ("is a keyword of Python", "nothing in Python can have this name")
    } else if text.contains('-') {
        ("is no Python name", "the name of a distribution may hold `-`, the name that code imports can't")
    } else {
        ("is no Python name", NAMES)
    };
    Some(Fault::new(0..text.len(), message, help))
}

const NAMES: &str = "Python names are made of letters, digits and `_`, and start with no digit";

/// Why `text` is no attribute of a class; `None` if it is one.
pub(super) fn find_bad_attribute(text: &str) -> Option<Fault> {
    if text.contains('.') {
        let help = "an attribute is a single name: write it without dots";
        return Some(Fault::new(0..text.len(), "is a dotted name", help));
    }
    find_hidden(text).or_else(|| find_bad_identifier(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> (String, String) {
        let fault = read_spelled(text).unwrap_err();
        (text[fault.range].to_owned(), fault.message)
    }

    #[test]
    fn the_three_forms_are_read() {
        assert!(matches!(read_spelled("a.b:C.D"), Ok(Spelled::Symbol(symbol)) if symbol.to_string() == "a.b:C.D"));
        assert!(matches!(read_spelled("a.b"), Ok(Spelled::Module(module)) if module.as_str() == "a.b"));
        assert!(matches!(read_spelled("a.b:*"), Ok(Spelled::Star(module)) if module.as_str() == "a.b"));
    }

    #[test]
    fn the_fault_is_where_it_is_said_to_be() {
        assert_eq!(fault("a::B"), (":".into(), "holds two colons".into()));
        assert_eq!(fault("a..b:C"), (String::new(), "has an empty part".into()));
        assert_eq!(fault("a/b.py:C"), ("/".into(), "is a file's path, no module".into()));
        assert_eq!(fault("b.py:C"), (".py".into(), "is a file's path, no module".into()));
        assert_eq!(fault("..b:C"), ("..".into(), "is relative".into()));
        assert_eq!(fault("a:class").0, "class");
        assert_eq!(fault("a:*b").0, "*");
    }
}
