//! What the reports of findings are written from, and what each finding is told by whatever line it stands on.

use rustc_hash::FxHashMap;

use crate::plan::{Code, Finding};
use crate::project::Project;
use crate::rule::RuleSet;
use crate::text::{LineIndex, Position};

/// Findings and all that is needed to tell them.
#[derive(Clone, Copy)]
pub struct Found<'a> {
    /// Sorted by place.
    pub findings: &'a [Finding],
    pub rules: &'a RuleSet,
    pub project: &'a Project,
    /// They were compared with a baseline or a revision: none of them was there before.
    pub compared: bool,
}

/// What a finding is told by: its lines may move.
pub(crate) type Key = (String, Code, String);

/// The path, the code and the symbol.
pub(crate) fn key(finding: &Finding) -> Key {
    (finding.path.clone(), finding.code, finding.symbol.clone())
}

impl<'a> Found<'a> {
    /// The id of the finding's rule; empty if it is about a comment or a baseline.
    pub(crate) fn rule(&self, finding: &Finding) -> &'a str {
        finding.rule.and_then(|rule| self.rules.rules.get(rule)).map_or("", |rule| &rule.id)
    }

    pub(crate) fn is_new(&self, finding: &Finding) -> bool {
        self.compared || finding.code.is_new()
    }

    /// The text of the file in which a finding stands.
    pub(crate) fn text(&self, finding: &Finding) -> Option<&'a str> {
        self.project.text_at(&finding.path)
    }

    /// Where each finding ends, in the order of the findings.
    pub(crate) fn ends(&self) -> Vec<Position> {
        let mut index: Option<(&str, LineIndex)> = None;
        let mut ends = Vec::new();
        for finding in self.findings {
            let Some(text) = self.text(finding) else {
                ends.push(finding.position);
                continue;
            };
            if index.as_ref().is_none_or(|(path, _)| *path != finding.path) {
                index = Some((&finding.path, LineIndex::new(text)));
            }
            let (_, lines) = index.as_ref().expect("it was made above");
            ends.push(lines.position(finding.span.end(), text));
        }
        ends
    }

    /// A name for each finding that stays when lines move: of the n-th with the same path, code and symbol.
    pub(crate) fn fingerprints(&self) -> Vec<String> {
        let mut seen: FxHashMap<Key, usize> = FxHashMap::default();
        let print = |finding: &Finding| {
            let nth = seen.entry(key(finding)).or_default();
            *nth += 1;
            let parts = [finding.path.as_str(), finding.code.as_str(), &finding.symbol, &nth.to_string()];
            blake3::hash(parts.join("\0").as_bytes()).to_hex()[..32].to_owned()
        };
        self.findings.iter().map(print).collect()
    }
}
