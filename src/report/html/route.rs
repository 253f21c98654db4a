//! The way from a name to its definition.

use serde::Serialize;

use crate::project::Project;
use crate::report::explain::hop_word;
use crate::report::visible::{shown_path, shown_text};
use crate::semantics::{Hop, Route};

/// A name on the way, where it is bound, and how it leads on.
#[derive(Serialize)]
pub(super) struct HopData {
    symbol: String,
    path: String,
    line: u32,
    hop: &'static str,
}

pub(super) fn route(project: &Project, hops: &Route) -> Vec<HopData> {
    let hops = hops.iter().map(|hop| HopData {
        symbol: shown_text(&hop.symbol.to_string()).into_owned(),
        path: shown_path(&project.file(hop.file).path).into_owned(),
        line: line(project, hop),
        hop: hop_word(hop.kind),
    });
    hops.collect()
}

pub(super) fn line(project: &Project, hop: &Hop) -> u32 {
    project.line(hop.file, hop.span.start())
}
