//! Definitions that move: first the definition alone goes, and its old names lead to the new place; then the plan for that
//! tree sends every site there as for any other alias. Both together are one change.

mod allowed;
mod finish;
mod leftover;
mod needs;
mod proof;
mod relocate;
mod room;
mod settle;
mod sheet;

use std::collections::{BTreeMap, BTreeSet};

use super::alone::Start;
use super::{Objection, Reason, Safety, Verified, verify};
use crate::project::FileId;
use crate::python::Symbol;
use crate::rule::{Alias, Rule, RuleSet};
use crate::semantics::{Origin, World};
use crate::site::Mismatch;
use crate::text::{Edits, Span};
use settle::{Standing, standing};

/// A definition that has a new place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Index into the rule set.
    pub rule: usize,
    pub from: Symbol,
    pub to: Symbol,
}

/// The definitions that are moved, and the tree and the rules after that.
struct Moving {
    /// `None` if nothing moves.
    world: Option<World>,
    rules: RuleSet,
    /// By path, with the rule.
    edits: BTreeMap<String, (Edits, usize)>,
    moves: Vec<Move>,
    bodies: Vec<Body>,
    /// References whose end was shown to be the same.
    proven: usize,
}

/// Text that moved to another file.
#[derive(Clone, Debug)]
struct Body {
    from: String,
    source: Span,
    to: String,
    /// Where it begins in the other file, as that is after the move.
    start: usize,
}

/// A move that is not made, and why; the place is that of the definition.
struct Stayed {
    rule: usize,
    file: FileId,
    span: Span,
    why: Objection,
}

/// The proven plan of rules of which some move a definition; a review leaves those of the rules in `left` where they are.
pub(super) fn plan(
    world: &World,
    rules: &RuleSet,
    safety: Option<Safety>,
    left: &BTreeSet<usize>,
) -> Result<Verified, Vec<Mismatch>> {
    let room = room::room(world, rules);
    let world = room.as_ref().map_or(world, |room| &room.world);
    let new_paths = room.as_ref().map(|room| &room.paths);
    let why = || (Reason::LeftByReviewer, "the review leaves the definition where it is".to_owned());
    let stay = |rule: &usize| Some((*rule, stays(world, rules, *rule, why())?));
    let mut stayed: BTreeMap<usize, Stayed> = left.iter().filter_map(stay).collect();
    loop {
        let moving = Moving::new(world, rules, &mut stayed);
        let middle = moving.world.as_ref().unwrap_or(world);
        let (verified, new) = verify::planned(middle, &moving.rules, safety, &Start::Whole(moving.fresh()))?;
        let broken = proof::broken_load(world, &new, &moving.moves);
        let objection = |one: &Move| broken.clone().or_else(|| left_behind(&new, &rules.rules[one.rule], &moving, one));
        let before = stayed.len();
        for one in &moving.moves {
            let stay = objection(one).and_then(|why| stays(world, rules, one.rule, why));
            stayed.extend(stay.map(|stay| (one.rule, stay)));
        }
        if stayed.len() == before {
            let mut finished = finish::finish(world, moving, verified, &stayed);
            new_paths.into_iter().for_each(|paths| finish::create(world, paths, &mut finished));
            return Ok(finished);
        }
    }
}

/// The rules as they count in this tree: a definition that has moved is canonical where it is.
pub(super) fn settled(world: &World, rules: &RuleSet) -> RuleSet {
    let rules = rules.rules.iter().map(|rule| match standing(world, rule) {
        Standing::Done(new) => settle::moved(rule, &new, &[]),
        Standing::Pending(pending) => settle::unmoved(rule, &pending.route),
        Standing::Clash(_) | Standing::None => settle::unmoved(rule, &[]),
    });
    RuleSet { rules: rules.collect() }
}

/// Why a definition cannot leave a name that would be there after all: no rule would speak of it any more.
fn left_behind(new: &World, rule: &Rule, moving: &Moving, one: &Move) -> Option<Objection> {
    let named = settle::moved(rule, &one.to, &[]).aliases;
    let mut old = moving.rules.rules[one.rule].aliases.iter().filter(|alias| !named.contains(alias));
    let is_there =
        |symbol: &Symbol| matches!(new.symbol(symbol).origin, Origin::Defined(found) if found.symbol == one.to);
    let left = old.find_map(|alias| match alias {
        Alias::Symbol(symbol) if is_there(symbol) => Some(symbol),
        _ => None,
    })?;
    let text = format!("`{left}` would have to stay as an alias that the rule does not name: list it under `aliases`");
    Some((Reason::Held, text))
}

fn stays(world: &World, rules: &RuleSet, rule: usize, why: Objection) -> Option<Stayed> {
    let (Standing::Pending(pending) | Standing::Clash(pending)) = standing(world, &rules.rules[rule]) else {
        return None;
    };
    Some(Stayed { rule, file: pending.file, span: pending.span, why })
}

impl Moving {
    /// Moves what can be moved; what cannot is added to `stayed`.
    fn new(world: &World, rules: &RuleSet, stayed: &mut BTreeMap<usize, Stayed>) -> Self {
        let mut moving = Self {
            world: None,
            rules: RuleSet::default(),
            edits: BTreeMap::new(),
            moves: Vec::new(),
            bodies: Vec::new(),
            proven: 0,
        };
        for (index, rule) in rules.rules.iter().enumerate() {
            let settled = match moving.settle(world, index, rule, stayed) {
                Ok(settled) => settled,
                Err(why) => {
                    stayed.extend(stays(world, rules, index, why).map(|stay| (index, stay)));
                    let alone = RuleSet { rules: vec![rule.clone()] };
                    self::settled(world, &alone).rules.remove(0)
                }
            };
            moving.rules.rules.push(settled);
        }
        moving
    }

    /// The imports that stand where definitions stood.
    fn fresh(&self) -> verify::Fresh {
        let Some(world) = &self.world else { return verify::Fresh::default() };
        let modules = self.moves.iter().filter_map(|one| {
            let module = world.project.module(one.from.module.as_str())?;
            Some((world.file_of(module)?, one.to.module.clone()))
        });
        modules.collect()
    }

    /// The rule as it counts after its move.
    fn settle(
        &mut self,
        world: &World,
        index: usize,
        rule: &Rule,
        stayed: &BTreeMap<usize, Stayed>,
    ) -> Result<Rule, Objection> {
        let present = self.world.as_ref().unwrap_or(world);
        match standing(present, rule) {
            Standing::None => Ok(settle::unmoved(rule, &[])),
            Standing::Done(new) => Ok(settle::moved(rule, &new, &[])),
            Standing::Pending(pending) if stayed.contains_key(&index) => Ok(settle::unmoved(rule, &pending.route)),
            Standing::Clash(_) if stayed.contains_key(&index) => Ok(settle::unmoved(rule, &[])),
            Standing::Clash(pending) => Err(pending.clash(present)),
            Standing::Pending(pending) => {
                let step = relocate::relocate(present, rule, &pending)?;
                let (next, proven) = proof::prove(present, &pending, &step)?;
                self.proven += proven;
                for (path, edits) in step.edits {
                    let text = |world: &World| {
                        let file = world.project.file_by_path(&path).expect("a move edits files of the tree");
                        world.project.text(file).unwrap_or_default().to_owned()
                    };
                    let before = self.edits.remove(&path).map(|(edits, _)| edits).unwrap_or_default();
                    self.edits.insert(path.clone(), (before.then(&text(world), &edits), index));
                }
                self.bodies.extend(step.body);
                self.moves.push(Move { rule: index, from: pending.definition.symbol.clone(), to: pending.new.clone() });
                let settled = settle::moved(rule, &pending.new, &step.aliases);
                self.world = Some(next);
                Ok(settled)
            }
        }
    }
}
