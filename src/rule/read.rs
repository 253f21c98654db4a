//! From the bytes of rule files to the checked rule set, or to everything that is wrong in all of them.

use toml::de::{DeTable, DeValue};

use super::RuleSet;
use super::check::Draft;
use super::laws::find_conflicts;
use super::problem::{Place, Problem, Problems, Shown};
use super::reader::Reader;
use super::syntax::syntax_problems;
use super::written::RuleFile;
use crate::text::Span;

/// A file that may hold rules.
#[derive(Clone, Debug)]
pub struct RuleText {
    /// The path as people know it.
    pub name: String,
    pub bytes: Vec<u8>,
    pub asked: Asked,
}

/// How a file came to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Somebody named it: that it holds no rule is an error.
    ByName,
    /// It lies in a rule folder: without `[[rule]]` it is somebody else's, and skipped.
    ByFolder,
}

/// Reads and checks all files together.
///
/// # Errors
/// Everything that is wrong in any of them, at once.
pub fn read(files: &[RuleText]) -> Result<RuleSet, Problems> {
    let mut shown = Vec::with_capacity(files.len());
    let mut problems = Vec::new();
    let mut drafts = Vec::new();
    for (index, file) in files.iter().enumerate() {
        let (text, fault) = decode(&file.bytes);
        let mut reader = Reader { file: index, text: &text, problems: Vec::new() };
        drafts.extend(match fault {
            None => read_file(file.asked, &mut reader),
            Some(fault) => report_encoding(file.asked, fault, &mut reader),
        });
        problems.extend(reader.problems);
        shown.push(Shown { name: file.name.clone(), text });
    }
    problems.extend(find_conflicts(&drafts));
    let rules: Option<Vec<_>> = drafts
        .into_iter()
        .map(|draft| {
            let Shown { name, text } = &shown[draft.file];
            let line = text[..draft.span.start()].matches('\n').count() as u32 + 1;
            draft.finish(name, line)
        })
        .collect();
    match rules {
        Some(rules) if problems.is_empty() => Ok(RuleSet { rules }),
        _ => Err(Problems::new(shown, problems)),
    }
}

/// The text without its byte-order mark, and if it is none, where and why.
pub(super) fn decode(bytes: &[u8]) -> (String, Option<(usize, &'static str)>) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), None),
        Err(_) if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") => {
            (String::new(), Some((0, "the file is encoded as UTF-16")))
        }
        Err(error) => {
            (String::from_utf8_lossy(bytes).into_owned(), Some((error.valid_up_to(), "a byte that is not valid UTF-8")))
        }
    }
}

fn report_encoding(asked: Asked, (offset, message): (usize, &str), reader: &mut Reader<'_>) -> Vec<Draft> {
    if asked == Asked::ByName || has_rule_header(reader.text) {
        let end = reader.text.ceil_char_boundary((offset + 1).min(reader.text.len()));
        let place = reader.place(Span::new(offset, end));
        reader.report(Problem::new(place, message, "TOML is UTF-8: save the file in this encoding"));
    }
    Vec::new()
}

fn read_file(asked: Asked, reader: &mut Reader<'_>) -> Vec<Draft> {
    let (document, errors) = DeTable::parse_recoverable(reader.text);
    let document = document.into_inner();
    if asked == Asked::ByFolder && !holds_rules(&document) && (errors.is_empty() || !has_rule_header(reader.text)) {
        return Vec::new();
    }
    let rules = RuleFile::read(document, reader).rule;
    if rules.is_empty() {
        report_no_rule(reader);
    }
    let drafts = rules.or_default().into_iter().map(|table| Draft::new(table, reader)).collect();
    leave_syntax(syntax_problems(&errors, reader.file, reader.text), reader);
    drafts
}

fn report_no_rule(reader: &mut Reader<'_>) {
    let place = Place { file: reader.file, span: Span::empty(0) };
    let help = "write `[[rule]]` with `id`, `canonical` and `aliases` below it";
    reader.report(Problem::consequence(place, "the file holds no rule", help));
}

/// Adds the errors of syntax and takes those problems out that only follow from them: what can follow at all, and what
/// stands on the same line or around the error. A value that the parser made up stands at the very beginning.
fn leave_syntax(errors: Vec<Problem>, reader: &mut Reader<'_>) {
    if errors.is_empty() {
        return;
    }
    let line = |offset: usize| reader.text[..offset].matches('\n').count();
    let torn: Vec<_> = errors.iter().map(|error| line(error.at.span.start())).collect();
    let follows = |problem: &Problem| {
        let lines = line(problem.at.span.start())..=line(problem.at.span.end());
        problem.may_follow || problem.at.span == Span::empty(0) || torn.iter().any(|line| lines.contains(line))
    };
    reader.problems.retain(|problem| !follows(problem));
    reader.problems.extend(errors);
}

/// Whether the document holds `[[rule]]`, in whichever way it is written.
fn holds_rules(document: &DeTable<'_>) -> bool {
    let rule = document.get("rule").map(|value| value.get_ref());
    matches!(rule, Some(DeValue::Array(items)) if items.iter().any(|item| matches!(item.get_ref(), DeValue::Table(_))))
}

/// Whether a line looks like `[[rule]]`, in a file that the parser cannot make out.
fn has_rule_header(text: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with("[[rule"))
}
