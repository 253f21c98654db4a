//! What a family is drawn from: names, and for each the name that it leads to.

use serde::Serialize;

use crate::report::graph::Picture;
use crate::report::visible::shown_text;

/// Names and hops; the name to keep comes first.
#[derive(Default, Serialize)]
pub(super) struct Drawn {
    nodes: Vec<(String, usize, Option<usize>)>,
    edges: Vec<(usize, usize, &'static str)>,
}

impl Drawn {
    /// Adds a name with the number of its object, which for the one to keep is 0, and of the files that read it.
    pub(super) fn add(&mut self, symbol: &str, object: usize, files: Option<usize>) {
        self.nodes.push((shown_text(symbol).into_owned(), object, files));
    }

    /// One name leads to another, by a hop.
    pub(super) fn lead(&mut self, from: usize, to: usize, hop: &'static str) {
        self.edges.push((from, to, hop));
    }
}

impl From<&Picture> for Drawn {
    fn from(picture: &Picture) -> Self {
        let mut drawn = Self::default();
        for node in &picture.nodes {
            drawn.add(&node.symbol.to_string(), node.object, Some(node.importers));
        }
        picture.edges.iter().for_each(|edge| drawn.lead(edge.from, edge.to, edge.label));
        drawn
    }
}
