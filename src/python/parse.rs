//! Source text to [`Syntax`]: bounds the depth, runs the strict parser, and lowers its tree.

use ruff_python_ast::{ModModule, PythonVersion};
use ruff_python_parser::{
    Mode, ParseOptions, Parsed, UnsupportedSyntaxError, UnsupportedSyntaxErrorKind, parse_unchecked,
};

use super::fingerprint::{Fingerprint, fingerprints};
use super::guard::guarded;
use super::scan::bodies::without_bodies;
use super::syntax::Syntax;
use super::{depth, lower};

/// Why a file has no [`Syntax`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// The offset is that of the first error; Python's own parser refuses the file as well.
    #[error("{message}")]
    Syntax { offset: usize, message: String },
    #[error("nested too deeply to be read")]
    TooDeep { offset: usize },
}

impl ParseError {
    /// The byte at which reading stopped.
    pub fn offset(&self) -> usize {
        match self {
            Self::Syntax { offset, .. } | Self::TooDeep { offset } => *offset,
        }
    }
}

/// Reads a file of the newest Python; [`Syntax::needs`] says whether an older one would refuse it.
///
/// Takes time linear in the text. Needs a stack of some megabytes for the deepest input that is not refused:
/// run it on a thread with 64 MiB.
pub fn parse(text: &str) -> Result<Syntax, ParseError> {
    Ok(syntax(text, &module(text)?))
}

/// As [`parse`], without the bodies of functions: what of a file runs when it is imported.
///
/// A file that is wrong inside of such a body is not refused.
pub fn parse_imported(text: &str) -> Result<Syntax, ParseError> {
    parse(&without_bodies(text))
}

/// As [`parse`], and what the file defines as bags of hashed parts.
pub fn parse_with_fingerprints(text: &str) -> Result<(Syntax, Vec<Fingerprint>), ParseError> {
    let parsed = module(text)?;
    Ok((syntax(text, &parsed), fingerprints(parsed.suite())))
}

fn syntax(text: &str, parsed: &Parsed<ModModule>) -> Syntax {
    let mut syntax = lower::module(text, parsed);
    syntax.needs = needed_version(parsed.unsupported_syntax_errors());
    syntax
}

fn module(text: &str) -> Result<Parsed<ModModule>, ParseError> {
    if let Some(offset) = depth::too_deep_at(text, depth::FILE) {
        return Err(ParseError::TooDeep { offset });
    }
    let options = ParseOptions::from(Mode::Module).with_target_version(OLDEST);
    let Some(parsed) = guarded(|| parse_unchecked(text, options)) else {
        return Err(ParseError::Syntax { offset: 0, message: "the parser gave up on it".to_owned() });
    };
    let parsed = parsed.try_into_module().expect("a module is what the options ask for");
    if let Some(error) = parsed.errors().first() {
        let offset = error.location.start().to_usize();
        return Err(ParseError::Syntax { offset, message: lower_first(&error.error.to_string()) });
    }
    if let Some(error) = parsed.unsupported_syntax_errors().iter().find(|error| added_in(error.kind).is_none()) {
        let offset = error.range.start().to_usize();
        return Err(ParseError::Syntax { offset, message: lower_first(&error.to_string()) });
    }
    Ok(parsed)
}

/// The parser notes each construct that is newer than its target, and takes it all the same.
const OLDEST: PythonVersion = PythonVersion::PY38;

fn needed_version(newer: &[UnsupportedSyntaxError]) -> Option<(u8, u8)> {
    let newest = newer.iter().filter_map(|error| added_in(error.kind)).max()?;
    (newest > OLDEST).then_some((newest.major, newest.minor))
}

/// The version that brought a construct; `None` for what all supported versions refuse.
fn added_in(kind: UnsupportedSyntaxErrorKind) -> Option<PythonVersion> {
    use UnsupportedSyntaxErrorKind as Kind;
    match kind {
        Kind::ParenthesizedKeywordArgumentName => None,
        Kind::Walrus | Kind::StarTuple(_) | Kind::PositionalOnlyParameter => Some(PythonVersion::PY38),
        Kind::UnparenthesizedNamedExpr(_)
        | Kind::RelaxedDecorator(_)
        | Kind::ParenthesizedContextManager
        | Kind::UnparenthesizedUnpackInFor => Some(PythonVersion::PY39),
        Kind::Match => Some(PythonVersion::PY310),
        Kind::ExceptStar | Kind::StarExpressionInIndex | Kind::StarAnnotation => Some(PythonVersion::PY311),
        Kind::TypeParameterList | Kind::TypeAliasStatement | Kind::Pep701FString(_) => Some(PythonVersion::PY312),
        Kind::TypeParamDefault => Some(PythonVersion::PY313),
        Kind::UnparenthesizedExceptionTypes | Kind::TemplateStrings => Some(PythonVersion::PY314),
        Kind::LazyImportStatement | Kind::UnpackingInComprehension(_) => Some(PythonVersion::PY315),
    }
}

/// Messages of this program begin in lower case; the parser's do not.
fn lower_first(message: &str) -> String {
    let mut characters = message.chars();
    let Some(first) = characters.next() else { return String::new() };
    first.to_lowercase().chain(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_error_is_given_with_its_place() {
        let error = parse("x = 1\ny = = 2\n").unwrap_err();
        assert_eq!((error.offset(), error.to_string().as_str()), (10, "expected an expression"));
    }

    #[test]
    fn all_line_ends_and_form_feeds_are_read() {
        for text in ["a = 1\rb = 2\r", "a = 1\r\nb = 2\r\n", "a = 1\n\x0cb = 2", "\x0c\ra = 1\n\rb = 2"] {
            assert_eq!(parse(text).unwrap().statements.len(), 2, "{text:?}");
        }
    }

    #[test]
    fn newer_syntax_is_taken_and_named() {
        let needs = |text| parse(text).unwrap().needs;
        assert_eq!(needs("x = 1"), None);
        assert_eq!(needs("if (x := 1): pass"), None);
        assert_eq!(needs("match x:\n  case 1: pass"), Some((3, 10)));
        assert_eq!(needs("type X = int\nt'{X}'"), Some((3, 14)));
    }

    #[test]
    fn what_every_version_refuses_is_an_error() {
        assert!(parse("f((a)=1)").is_err());
    }
}
