//! Why findings stay, which only a plan of the whole tree tells: shown a while after the findings, and then until it is known anew.

use std::collections::BTreeMap;

use super::analysis::Analysis;
use crate::plan::{Code, Finding};
use crate::report::shown_text;

/// What is known of some files. Findings that are alike are told apart by their order.
#[derive(Default)]
pub(super) struct Reasons(BTreeMap<(String, Code, String), Vec<Option<String>>>);

impl Reasons {
    /// Why the findings in these files stay.
    pub(super) fn of(analysis: &Analysis, is_asked: impl Fn(&str) -> bool) -> Self {
        let mut reasons = Self::default();
        for finding in analysis.findings.iter().filter(|finding| is_asked(&finding.path)) {
            reasons.0.entry(key(finding)).or_default().push(reason(finding, analysis));
        }
        reasons
    }

    /// Each finding of a file with the reason that is known.
    pub(super) fn beside<'f>(
        &self,
        findings: impl Iterator<Item = &'f Finding>,
    ) -> impl Iterator<Item = (&'f Finding, Option<String>)> {
        let mut seen: BTreeMap<_, usize> = BTreeMap::new();
        findings.map(move |finding| {
            let key = key(finding);
            let known = self.0.get(&key);
            let nth = seen.entry(key).or_default();
            *nth += 1;
            (finding, known.and_then(|known| known.get(*nth - 1).cloned().flatten()))
        })
    }
}

fn key(finding: &Finding) -> (String, Code, String) {
    (finding.path.clone(), finding.code, finding.symbol.clone())
}

/// Why a finding stays, and what helps; `None` if it goes.
pub(super) fn reason(finding: &Finding, analysis: &Analysis) -> Option<String> {
    let refusal = analysis.refusal(finding)?;
    let why = shown_text(&refusal.text);
    Some(format!("left alone ({}): {why}\nhelp: {}", refusal.reason, refusal.reason.advice()))
}
