//! The targets: each is a function from any bytes to the laws that do not hold for them.

mod collect;
mod compose;
mod diff;
pub(super) mod journal;
mod resolve;
mod rules;

/// One thing that any bytes are given to.
pub(crate) struct Target {
    pub(crate) name: &'static str,
    pub(crate) run: fn(&[u8]) -> Vec<String>,
}

pub(crate) const ALL: [Target; 6] = [
    Target { name: "collect", run: collect::broken },
    Target { name: "resolve", run: resolve::broken },
    Target { name: "compose", run: compose::broken },
    Target { name: "rules", run: rules::broken },
    Target { name: "diff", run: diff::broken },
    Target { name: "journal", run: journal::broken },
];
