//! One look at the tree: what is found in it, and the proven plans that would settle it.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::plan::{self, Action, Finding, Memory, Refusal, Safety, Verified};
use crate::rule::{Day, RuleSet};
use crate::semantics::World;
use crate::site::Mismatch;
use crate::text::Span;

/// The tree with all that was found in it.
pub(super) struct Analysis {
    pub(super) world: World,
    /// The rules that fit the tree.
    rules: RuleSet,
    pub(super) findings: Vec<Finding>,
    /// Rules that do not fit the tree.
    pub(super) misfits: Vec<Misfit>,
    wish: Wish,
    whole: OnceCell<Option<Rc<Verified>>>,
    plans: BTreeMap<(Scope, Option<usize>), Option<Rc<Fix>>>,
}

/// What was found in a tree.
#[derive(Clone)]
pub(super) struct Found {
    /// The rules that fit it.
    rules: RuleSet,
    misfits: Vec<Misfit>,
    memory: Memory,
}

/// A rule that does not fit the tree, at the place of its declaration.
#[derive(Clone)]
pub(super) struct Misfit {
    pub(super) file: String,
    pub(super) line: u32,
    pub(super) message: String,
}

/// What the user asks of plans.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wish {
    pub(super) safety: Option<Safety>,
    pub(super) today: Day,
}

/// How far a fix reaches.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scope {
    /// One place in a file.
    Here(String, Span),
    File(String),
    Tree,
}

/// A proven plan that changes something.
pub(super) struct Fix {
    pub(super) verified: Rc<Verified>,
    /// What is found after it.
    after: Vec<Finding>,
}

impl Found {
    /// What is found with the rules that fit the tree.
    pub(super) fn new(world: &World, rules: &RuleSet, today: Day) -> Self {
        let mut rules = RuleSet { rules: rules.rules.clone() };
        let mut misfits = Vec::new();
        loop {
            match Memory::new(world, &rules, today) {
                Ok(memory) => break Self { rules, misfits, memory },
                Err(mismatches) => rules = without(rules, &mismatches, &mut misfits),
            }
        }
    }

    /// What is found in a tree that was made of this one, if only the files that have changed must be looked at.
    pub(super) fn updated(&self, (world, before): (&World, &World), today: Day) -> Option<Self> {
        let changed = world.project.changed_since(&before.project)?;
        let memory = self.memory.clone().updated(world, (&self.rules, today), &changed)?;
        Some(Self { memory, ..self.clone() })
    }
}

impl Analysis {
    pub(super) fn new(found: Found, world: World, wish: Wish) -> Self {
        let Found { rules, misfits, memory } = found;
        let mut findings = memory.findings;
        findings.retain(|finding| world.project.is_editable(&finding.path));
        Self { world, rules, findings, misfits, wish, whole: OnceCell::new(), plans: BTreeMap::new() }
    }

    /// Why the place of a finding stays as it is even if everything is changed that can be.
    pub(super) fn refusal(&self, finding: &Finding) -> Option<&Refusal> {
        let is_meant = |refusal: &&Refusal| {
            refusal.path == finding.path && Some(refusal.rule) == finding.rule && refusal.span.overlaps(finding.span)
        };
        self.whole().and_then(|whole| whole.plan().refusals.iter().find(is_meant))
    }

    /// The plan of all rules for the whole tree.
    fn whole(&self) -> Option<&Rc<Verified>> {
        let made = || plan::plan(&self.world, &self.rules, self.wish.safety).ok().map(Rc::new);
        self.whole.get_or_init(made).as_ref()
    }

    /// What can be proven of a rule, or of all rules, as far as `scope` reaches; `None` if that is nothing.
    pub(super) fn fix(&mut self, scope: &Scope, rule: Option<usize>) -> Option<Rc<Fix>> {
        let rule = rule.filter(|_| self.rules.rules.len() > 1);
        let asked = (scope.clone(), rule);
        if !self.plans.contains_key(&asked) {
            let fix = self.made(scope, rule).map(Rc::new);
            self.plans.insert(asked.clone(), fix);
        }
        self.plans[&asked].clone()
    }

    fn made(&self, scope: &Scope, rule: Option<usize>) -> Option<Fix> {
        let rules = match rule {
            Some(rule) => RuleSet { rules: vec![self.rules.rules[rule].clone()] },
            None => RuleSet { rules: self.rules.rules.clone() },
        };
        let (world, safety) = (&self.world, self.wish.safety);
        let verified = match scope {
            Scope::Here(path, span) => {
                plan::plan_alone(world, &rules, safety, (path, *span)).ok().flatten().map(Rc::new)
            }
            Scope::File(path) => {
                let narrowed = world.changed(world.project.narrowed(|other| other == path));
                plan::plan(&narrowed, &rules, safety).ok().map(Rc::new)
            }
            Scope::Tree if rule.is_none() => self.whole().cloned(),
            Scope::Tree => plan::plan(world, &rules, safety).ok().map(Rc::new),
        };
        let verified = verified.filter(|verified| !verified.plan().changes.is_empty())?;
        let after = world.changed(world.project.replace(texts(&verified)));
        let after = plan::findings(&after, &rules, self.wish.today).ok()?;
        Some(Fix { verified, after })
    }

    /// Whether a finding is gone after a fix.
    pub(super) fn is_settled(&self, finding: &Finding, fix: &Fix) -> bool {
        let Some(change) = fix.verified.plan().changes.iter().find(|change| change.path == finding.path) else {
            return false;
        };
        let is_like = |other: &&Finding| {
            (&other.path, other.code, &other.symbol) == (&finding.path, finding.code, &finding.symbol)
        };
        let count = |findings: &[Finding]| findings.iter().filter(is_like).count();
        let landed = match &change.action {
            Action::Edit { edits, .. } => edits.landed(finding.span.start()),
            Action::Delete { .. } | Action::Create { .. } => None,
        };
        let mut left = fix.after.iter().filter(is_like);
        count(&fix.after) < count(&self.findings) && !left.any(|other| Some(other.span.start()) == landed)
    }
}

/// Leaves out the rules that do not fit, and remembers them.
fn without(rules: RuleSet, mismatches: &[Mismatch], misfits: &mut Vec<Misfit>) -> RuleSet {
    for Mismatch { rule, message, help } in mismatches {
        let (file, line) = rules.rules[*rule].declared.clone();
        misfits.push(Misfit { file, line, message: format!("{message}\nhelp: {help}") });
    }
    let fits = |index: usize| !mismatches.iter().any(|mismatch| mismatch.rule == index);
    let rules = rules.rules.into_iter().enumerate().filter(|(index, _)| fits(*index));
    RuleSet { rules: rules.map(|(_, rule)| rule).collect() }
}

/// The texts of the files that a plan changes; `None` for one that goes.
fn texts(verified: &Verified) -> BTreeMap<String, Option<String>> {
    verified.plan().changes.iter().map(|change| (change.path.clone(), change.after())).collect()
}
