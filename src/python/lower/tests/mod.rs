//! Python in, flat syntax out, as lines of text.

mod events;
mod parts;

use crate::python::parse;
use crate::python::syntax::Syntax;

fn syntax(text: &str) -> Syntax {
    parse(text).unwrap()
}
