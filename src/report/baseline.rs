//! A baseline: the findings that were there when the gate was put up. It is only ever made smaller.
//!
//! ```text
//! {"unshim-baseline":1}
//! {"path":"shop/api.py","code":"US101","symbol":"shop.legacy:UserService","count":2}
//! ```
//!
//! One line an entry, sorted, without line numbers: it does not change when code moves, and two branches that settle
//! different things merge. Where a merge has left two lines for one entry, the smaller count holds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::found::{Key, key};
use super::harmless;
use crate::plan::{Code, Finding};
use crate::text::{Position, Span};

/// How the first line begins.
const HEAD: &str = "{\"unshim-baseline\":";
/// The version that is written and read.
const VERSION: u8 = 1;

/// How many findings of each path, code and symbol are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    counts: BTreeMap<Key, usize>,
    /// The line on which each entry stands, as far as it was read from a file.
    lines: BTreeMap<Key, u32>,
}

#[derive(Serialize, Deserialize)]
struct Head {
    #[serde(rename = "unshim-baseline")]
    version: u8,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    path: String,
    code: String,
    symbol: String,
    count: usize,
}

/// A file that is no baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoBaseline {
    /// From 1.
    pub line: usize,
    pub what: String,
}

/// Whether the bytes of a file are those of a baseline: it speaks of aliases, and is no reason to keep one.
pub fn is_baseline(bytes: &[u8]) -> bool {
    bytes.starts_with(HEAD.as_bytes())
}

impl Baseline {
    /// All findings.
    pub fn of(findings: &[Finding]) -> Self {
        let mut baseline = Self::default();
        for finding in findings {
            *baseline.counts.entry(key(finding)).or_default() += 1;
        }
        baseline
    }

    /// Reads a file.
    ///
    /// # Errors
    /// The first line that is none of a baseline.
    pub fn read(bytes: &[u8]) -> Result<Self, NoBaseline> {
        let failed = |line: usize, what: String| NoBaseline { line, what };
        let text = std::str::from_utf8(bytes).map_err(|error| failed(1, error.to_string()))?;
        let mut baseline = Self::default();
        let mut lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
        let head = lines.next().and_then(|(line, _)| serde_json::from_str::<Head>(line).ok());
        match head.map(|head| head.version) {
            Some(VERSION) => {}
            Some(version) => return Err(failed(1, format!("this version cannot read version {version}"))),
            None => return Err(failed(1, format!("it does not begin with `{HEAD}{VERSION}}}`"))),
        }
        for (line, number) in lines {
            let read = |error: serde_json::Error| failed(number, error.to_string());
            let Entry { path, code, symbol, count } = serde_json::from_str(line).map_err(read)?;
            let known = Code::parse(&code).ok_or_else(|| failed(number, format!("`{code}` is no code")))?;
            let key = (path, known, symbol);
            let smaller = baseline.counts.get(&key).map_or(count, |known| count.min(*known));
            baseline.counts.insert(key.clone(), smaller);
            baseline.lines.insert(key, u32::try_from(number).unwrap_or(u32::MAX));
        }
        Ok(baseline)
    }

    /// The file.
    pub fn write(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let written = "a vector takes all bytes";
        harmless::write_json(&Head { version: VERSION }, &mut out).expect(written);
        for ((path, code, symbol), &count) in self.counts.iter().filter(|(_, count)| **count > 0) {
            let (path, code, symbol) = (path.clone(), code.to_string(), symbol.clone());
            harmless::write_json(&Entry { path, code, symbol, count }, &mut out).expect(written);
        }
        out
    }

    /// What is left of it: of each entry that `is_looked_at` as many as there still are.
    pub fn smaller(&self, findings: &[Finding], is_looked_at: impl Fn(&str) -> bool) -> Self {
        let now = Self::of(findings).counts;
        let mut smaller = self.clone();
        for (key, count) in &mut smaller.counts {
            if is_looked_at(&key.0) {
                *count = (*count).min(now.get(key).copied().unwrap_or_default());
            }
        }
        smaller
    }

    /// The findings that it does not know. Where there are more of a kind than it knows, nobody can say which are new:
    /// all are given, each with how many are known.
    pub fn unknown(&self, findings: &[Finding]) -> Vec<Finding> {
        let now = Self::of(findings).counts;
        let told = |finding: &Finding| {
            let key = key(finding);
            let (there, known) = (now[&key], self.counts.get(&key).copied().unwrap_or_default());
            let more = format!("{} ({there} in this file, {known} in the baseline)", finding.message);
            match known {
                0 => Some(finding.clone()),
                known if there > known => Some(Finding { message: more, ..finding.clone() }),
                _ => None,
            }
        };
        findings.iter().filter_map(told).collect()
    }

    /// A finding for each entry that `is_looked_at` and has more than there is; `path` is that of the baseline's file.
    pub fn stale(&self, path: &str, findings: &[Finding], is_looked_at: impl Fn(&str) -> bool) -> Vec<Finding> {
        let now = Self::of(findings).counts;
        let mut stale = Vec::new();
        for (key, count) in self.counts.iter().filter(|((path, ..), _)| is_looked_at(path)) {
            let there = now.get(key).copied().unwrap_or_default();
            if there >= *count {
                continue;
            }
            let (of, code, symbol) = key;
            let message = format!("{count} × {code} `{symbol}` in `{of}`, and there are {there} by now");
            let position = Position { line: self.lines.get(key).copied().unwrap_or(1), column: 1 };
            let (path, code, symbol) = (path.to_owned(), Code::StaleBaseline, format!("{of} {code} {symbol}"));
            let (span, rule, canonical) = (Span::empty(0), None, String::new());
            stale.push(Finding { path, position, span, code, rule, symbol, canonical, message });
        }
        stale
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(path: &str, line: u32, symbol: &str) -> Finding {
        Finding {
            path: path.to_owned(),
            position: Position { line, column: 1 },
            span: Span::empty(0),
            code: Code::ThroughAlias,
            rule: Some(0),
            symbol: symbol.to_owned(),
            canonical: "new:New".to_owned(),
            message: "is old".to_owned(),
        }
    }

    fn lines(findings: &[Finding]) -> Vec<u32> {
        findings.iter().map(|finding| finding.position.line).collect()
    }

    #[test]
    fn it_is_read_as_it_was_written_and_sorted() {
        let findings =
            [finding("b.py", 1, "old:Old"), finding("a\n##[x].py", 2, "old:Old"), finding("b.py", 9, "old:Old")];
        let baseline = Baseline::of(&findings);
        let bytes = baseline.write();
        assert!(is_baseline(&bytes));
        assert_eq!(Baseline::read(&bytes).unwrap().counts, baseline.counts);
        insta::assert_snapshot!(String::from_utf8(bytes).unwrap(), @r#"
        {"unshim-baseline":1}
        {"path":"a\n\u0023#[x].py","code":"US101","symbol":"old:Old","count":1}
        {"path":"b.py","code":"US101","symbol":"old:Old","count":2}
        "#);
    }

    #[test]
    fn moved_lines_are_known_and_one_more_is_not() {
        let baseline = Baseline::of(&[finding("a.py", 1, "old:Old")]);
        assert_eq!(baseline.unknown(&[finding("a.py", 7, "old:Old")]), []);
        let two = [finding("a.py", 7, "old:Old"), finding("a.py", 8, "old:Old")];
        assert_eq!(lines(&baseline.unknown(&two)), [7, 8]);
        assert_eq!(lines(&baseline.unknown(&[finding("a.py", 7, "old:Two")])), [7]);
    }

    #[test]
    fn it_becomes_smaller_and_never_larger() {
        let baseline =
            Baseline::of(&[finding("a.py", 1, "old:Old"), finding("a.py", 2, "old:Old"), finding("b.py", 1, "x:X")]);
        let now = [finding("a.py", 3, "old:Old"), finding("c.py", 1, "old:Old")];
        assert_eq!(baseline.stale("base.json", &now, |_| true).len(), 2);
        assert_eq!(baseline.stale("base.json", &now, |path| path == "b.py").len(), 1);
        let smaller = baseline.smaller(&now, |_| true);
        assert_eq!(Baseline::read(&smaller.write()).unwrap().counts, Baseline::of(&now[..1]).counts);
        assert_eq!(baseline.smaller(&now, |_| false), baseline);
    }

    #[test]
    fn of_two_lines_for_one_entry_the_smaller_count_holds() {
        let two = Baseline::of(&[finding("a.py", 1, "old:Old"), finding("a.py", 2, "old:Old")]).write();
        let one = String::from_utf8(two.clone()).unwrap().replace("\"count\":2", "\"count\":1");
        let merged = [two, one.lines().nth(1).unwrap().as_bytes().to_vec()].concat();
        assert_eq!(Baseline::read(&merged).unwrap().unknown(&[finding("a.py", 1, "old:Old")]), []);
        assert_eq!(Baseline::read(&merged).unwrap().counts.values().sum::<usize>(), 1);
    }

    #[test]
    fn what_is_no_baseline_is_said_with_its_line() {
        let wrong = |text: &str| Baseline::read(text.as_bytes()).unwrap_err().line;
        assert_eq!(wrong(""), 1);
        assert_eq!(wrong("{}"), 1);
        assert_eq!(wrong("{\"unshim-baseline\":2}"), 1);
        assert_eq!(wrong("{\"unshim-baseline\":1}\n<<<<<<< ours\n"), 2);
        assert_eq!(
            wrong("{\"unshim-baseline\":1}\n\n{\"path\":\"\",\"code\":\"US999\",\"symbol\":\"\",\"count\":1}\n"),
            3
        );
    }
}
