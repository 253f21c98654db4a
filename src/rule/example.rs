//! Examples: small trees before and after, by which a rule is tested.

use std::collections::BTreeMap;

use super::check::{each, line};
use super::globs::{find_outside, find_unmatchable};
use super::problem::{Fault, Problem, find_hidden, quoted};
use super::reader::Reader;
use super::written::{ExampleTable, Files, Key, Written};

/// A tree before the change, and what shall come of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// One line for people; may be empty.
    pub why: String,
    /// Texts by path.
    pub before: BTreeMap<String, String>,
    /// Every file that shall be there afterwards.
    pub after: BTreeMap<String, String>,
    /// `path:line reason` of each place that is left alone, sorted.
    pub refusals: Vec<String>,
    /// The line of the rule file on which the example begins, from 1.
    pub line: u32,
}

/// The examples of a rule; what is wrong in them is reported.
pub(super) fn examples(list: Key<Vec<Written<ExampleTable>>>, reader: &mut Reader<'_>) -> Vec<Example> {
    each(list, |written| Some(example(written, reader)))
}

fn example(written: Written<ExampleTable>, reader: &mut Reader<'_>) -> Example {
    let Written { span, value: table } = written;
    let is_empty = table.before.written.as_ref().is_some_and(|files| files.value.0.is_empty());
    if table.before.is_missing() || is_empty && !table.before.is_reported {
        let help = "write the files of a small tree, as `before.\"pkg/mod.py\" = \"…\"`";
        reader.report(Problem::consequence(reader.place(span), "the example has no `before`", help));
    }
    let before = files(table.before, reader);
    let is_whole = !table.after.is_missing();
    let after = files(table.after, reader);
    let mut refusals = each(table.refusals, |written| refusal(written, &before, reader));
    refusals.sort();
    refusals.dedup();
    Example {
        why: line("why", table.why, reader),
        after: if is_whole { after } else { before.clone() },
        before,
        refusals,
        line: reader.text[..span.start()].matches('\n').count() as u32 + 1,
    }
}

/// The files with a path that a tree can hold.
fn files(files: Key<Files>, reader: &mut Reader<'_>) -> BTreeMap<String, String> {
    let files = files.or_default().0;
    let paths: Vec<String> = files.iter().map(|(path, _)| path.value.clone()).collect();
    let mut texts = BTreeMap::new();
    for (path, text) in files {
        match find_bad_path(&path.value).or_else(|| find_file_above(&path.value, &paths)) {
            None => drop(texts.insert(path.value, text.value)),
            Some(fault) => reader.report_fault("the path", &path, fault),
        }
    }
    texts
}

/// Why no file of a tree can have this path.
fn find_bad_path(path: &str) -> Option<Fault> {
    if path.trim().is_empty() {
        return Some(Fault::new(0..path.len(), "is empty", "write the path of a file, such as `pkg/mod.py`"));
    }
    if path.ends_with('/') {
        let help = "write the path of a file in it; folders come with their files";
        return Some(Fault::new(path.len() - 1..path.len(), "names a folder", help));
    }
    find_hidden(path).or_else(|| find_outside(path)).or_else(|| find_unmatchable(path)).or_else(|| {
        let dot = path.split('/').position(|part| part == ".")?;
        let start = path.split('/').take(dot).map(|part| part.len() + 1).sum();
        Some(Fault::new(start..start + 1, "holds `.` as a folder", "take it out: paths begin at the top of the tree"))
    })
}

/// A file cannot lie below another file.
fn find_file_above(path: &str, paths: &[String]) -> Option<Fault> {
    let above =
        paths.iter().find(|above| path.strip_prefix(above.as_str()).is_some_and(|rest| rest.starts_with('/')))?;
    let message = format!("lies below {}, which is a file", quoted(above));
    Some(Fault::new(0..above.len(), message, "give one of the two another name"))
}

fn refusal(written: Written<String>, before: &BTreeMap<String, String>, reader: &mut Reader<'_>) -> Option<String> {
    match find_bad_refusal(&written.value, before) {
        None => Some(written.value),
        Some(fault) => {
            reader.report_fault("the refusal", &written, fault);
            None
        }
    }
}

/// Why the text is no `path:line reason` of a file of the tree.
fn find_bad_refusal(text: &str, before: &BTreeMap<String, String>) -> Option<Fault> {
    const HELP: &str = "write path, line and reason as `unshim test` prints them: `pkg/mod.py:3 probe`";
    let whole = || Some(Fault::new(0..text.len(), "is not `path:line reason`", HELP));
    let Some((path, rest)) = text.rsplit_once(':') else { return whole() };
    let Some((line, reason)) = rest.split_once(' ') else { return whole() };
    let is_line = line.parse::<u32>().is_ok_and(|number| number > 0) && !line.starts_with(['+', '0']);
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    if !is_line || !reason.split('-').all(is_word) {
        return whole();
    }
    let is_known = before.is_empty() || before.contains_key(path);
    (!is_known).then(|| Fault::new(0..path.len(), "names a file that `before` does not hold", HELP))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_path_line_and_reason() {
        let before = BTreeMap::from([("a:b.py".to_owned(), String::new())]);
        let fault = |text: &str| find_bad_refusal(text, &before).map(|fault| text[fault.range].to_owned());
        assert_eq!(fault("a:b.py:12 import-cycle"), None);
        for text in ["", "a:b.py", "a:b.py:1", "a:b.py:0 probe", "a:b.py:x probe", "a:b.py:1 Probe", "a:b.py:1 a--b"] {
            assert_eq!(fault(text).as_deref(), Some(text));
        }
        assert_eq!(fault("c.py:1 probe").as_deref(), Some("c.py"));
    }

    #[test]
    fn a_path_is_one_that_a_tree_can_hold() {
        for path in ["", "/a.py", "../a.py", "a/../b.py", "./a.py", "a/./b.py", "a//b.py", "a\\b.py", "a/", "a\n.py"] {
            assert!(find_bad_path(path).is_some(), "{path}");
        }
        for path in ["a.py", "pkg/__init__.py", ".env", "a b/[c].py"] {
            assert_eq!(find_bad_path(path), None, "{path}");
        }
    }
}
