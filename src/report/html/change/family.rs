//! The family of a rule before and after the change: its names, how each leads to the canonical one, and what becomes of it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::plan::{Called, Census};
use crate::report::explain::hop_word;
use crate::report::html::picture::Drawn;
use crate::report::html::route::{HopData, line, route};
use crate::report::view::View;
use crate::report::visible::shown_text;
use crate::rule::{Canonical, Rule};
use crate::semantics::{Hop, Origin, Resolution, Route, Why, World};

/// One name of a family that is not its canonical one.
#[derive(Serialize)]
pub(super) struct AliasData {
    symbol: String,
    /// Another object, named under `merge`.
    merged: bool,
    route: Vec<HopData>,
    fate: Fate,
    /// The files that read it by this name, before and after.
    files: (usize, usize),
}

/// What becomes of a name.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Fate {
    Removed,
    Held,
    Stays,
    /// It is not there in the first place.
    Unsaid,
}

/// A tree with what was counted in it for one rule.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) world: &'a World,
    pub(super) census: &'a Census,
}

impl Side<'_> {
    /// What a name is; nothing for a module.
    fn resolution(&self, called: &Called) -> Resolution {
        match called {
            Called::Symbol(symbol) => self.world.symbol(symbol),
            Called::Module(_) => Resolution::unknown(Why::Missing),
        }
    }

    fn is_there(&self, called: &Called) -> bool {
        match called {
            Called::Symbol(symbol) => !self.world.symbol(symbol).route.is_empty(),
            Called::Module(module) => self.world.project.module(module.as_str()).is_some(),
        }
    }

    fn files(&self, called: &Called) -> usize {
        self.census.others.get(called).map_or(0, |readers| readers.len())
    }

    /// The names that are there or that somebody reads, and where each leads.
    pub(super) fn drawn(&self) -> Drawn {
        let Census { canonical, readers, others } = self.census;
        let mut drawn = Drawn::default();
        let own = match canonical {
            Canonical::Symbol(symbol) => self.world.symbol(symbol).origin,
            Canonical::Module(module) => Origin::Module(module.clone()),
        };
        drawn.add(&canonical.to_string(), 0, readers.as_ref().map(|readers| readers.len()));
        let names: Vec<&Called> =
            others.keys().filter(|called| self.is_there(called) || self.files(called) > 0).collect();
        let mut objects = vec![own.clone()];
        for &called in &names {
            let origin = match self.resolution(called).origin {
                Origin::Unknown(_) | Origin::Outside(_) => own.clone(),
                known => known,
            };
            let known = objects.iter().position(|object| *object == origin);
            let object = known.unwrap_or_else(|| {
                objects.push(origin);
                objects.len() - 1
            });
            drawn.add(&called.to_string(), object, Some(self.files(called)));
        }
        let places: BTreeMap<&Called, usize> =
            names.iter().enumerate().map(|(index, called)| (*called, index + 1)).collect();
        for (called, from) in &places {
            let (to, hop) = self.lead(called, &own, &places);
            drawn.lead(*from, to, hop);
        }
        drawn
    }

    /// The next name that is drawn on the way of a name; the canonical one stands for all that lies behind it.
    fn lead(&self, called: &Called, own: &Origin, places: &BTreeMap<&Called, usize>) -> (usize, &'static str) {
        let Resolution { origin, route, .. } = self.resolution(called);
        let Some(first) = route.first() else {
            return (0, if matches!(called, Called::Module(_)) { "module" } else { "by its path" });
        };
        let place = |hop: &Hop| places.get(&Called::Symbol(hop.symbol.clone())).copied();
        let next = route.iter().skip(1).find_map(place);
        match next {
            Some(next) => (next, hop_word(first.kind)),
            None if origin == *own => (0, hop_word(first.kind)),
            None => (0, "another object"),
        }
    }
}

/// The names of a rule, those that most files read before first.
pub(super) fn aliases(rule: &Rule, (before, after): (Side, Side), view: &View) -> Vec<AliasData> {
    let names = before.census.others.keys();
    let mut all: Vec<AliasData> = names
        .map(|called| {
            let resolution = before.resolution(called);
            let hops = if resolution.origin.unknown().is_none() { &resolution.route } else { &Route::default() };
            let merged = matches!(called, Called::Symbol(symbol) if rule.merge.contains(symbol));
            let fate = match (before.is_there(called), after.is_there(called)) {
                (false, _) => Fate::Unsaid,
                (true, false) => Fate::Removed,
                (true, true) if hops.first().is_some_and(|hop| is_held(hop, view)) => Fate::Held,
                (true, true) => Fate::Stays,
            };
            let files = (before.files(called), after.files(called));
            let symbol = shown_text(&called.to_string()).into_owned();
            AliasData { symbol, merged, route: route(view.project, hops), fate, files }
        })
        .collect();
    all.sort_by_key(|alias| std::cmp::Reverse(alias.files.0));
    all
}

/// Whether the statement that makes the name is one of the shims that stay.
fn is_held(hop: &Hop, view: &View) -> bool {
    let (path, line) = (&view.project.file(hop.file).path, line(view.project, hop));
    let mut here = view.plan.refusals.iter().filter(|refusal| refusal.path == *path && refusal.position.line == line);
    here.any(|refusal| refusal.kind.is_shim())
}
