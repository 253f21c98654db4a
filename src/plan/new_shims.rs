//! What no rule declares and a gate should see: new names for canonical symbols, and second definitions of them.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::context::{Draft, Run};
use super::findings::{Problem, finding};
use super::{Code, Finding};
use crate::project::FileId;
use crate::python::syntax::{BindKind, BindingId, BlockId, BlockKind, ScopeId, StatementKind, Value};
use crate::python::{DottedName, Identifier, Symbol};
use crate::rule::Canonical;
use crate::semantics::{Binding, Definition, Facts, Origin, World};
use crate::site::{Family, FileSites, is_exception};
use crate::text::Span;

/// A module's `__getattr__` with more strings is not asked about each of them.
const MOST_NAMES: usize = 4_096;

/// Assignments, empty subclasses, `__getattr__` entries and second definitions that no rule declares.
pub(super) fn new_shims(run: Run) -> Vec<Finding> {
    let in_file = |file: &FileId| run.world.found_in(*file, || in_file(run, *file));
    let found: Vec<Vec<Finding>> = run.sites.candidates.par_iter().with_max_len(1).map(in_file).collect();
    found.into_iter().flatten().collect()
}

fn in_file(run: Run, file: FileId) -> Vec<Finding> {
    let nothing = FileSites::new(file);
    let (Some(facts), Some(text)) = (run.world.look(file), run.world.project.text(file)) else { return Vec::new() };
    let named = FxHashSet::default();
    let draft = Draft { run, file, facts: &facts, text, sites: &nothing, named: &named };
    let bindings = facts.bindings.iter().enumerate();
    let own = bindings.filter(|(_, binding)| binding.from == ScopeId::MODULE && binding.scope == ScopeId::MODULE);
    let own = own.filter_map(|(index, binding)| bound(&draft, BindingId(index as u32), binding));
    own.chain(given(&draft)).collect()
}

/// What a name bound at module level is to a canonical symbol, if that is something new.
fn bound(draft: &Draft, id: BindingId, binding: &Binding) -> Option<Finding> {
    let origin = || draft.run.world.binding(draft.file, id).origin;
    match &binding.kind {
        BindKind::Assign(Value::Chain(_)) => new_name(draft, &binding.name, binding.span, &origin()),
        BindKind::Class => {
            // An empty subclass of an exception is a kind of its own: `except` tells the two apart.
            let base = base_of_empty(draft, binding).filter(|base| !is_exception(draft.run.world, base));
            base.and_then(|base| new_name(draft, &binding.name, binding.span, &base))
                .or_else(|| second_definition(draft, binding, &origin()))
                .or_else(|| defined_again(draft, binding, &origin()))
        }
        BindKind::Function => second_definition(draft, binding, &origin()),
        _ => None,
    }
}

/// The names that the module's `__getattr__` gives.
fn given(draft: &Draft) -> Vec<Finding> {
    let mut names = draft.facts.lookup_names(draft.text);
    names.sort();
    names.dedup();
    if names.len() > MOST_NAMES {
        return Vec::new();
    }
    let entry = |name: &Identifier| {
        let entry = draft.run.world.lookup_entry(draft.file, name)?;
        new_name(draft, name, entry.resolution.route.first()?.span, &entry.resolution.origin)
    };
    names.iter().filter_map(entry).collect()
}

/// A name of this module that is a canonical object, or stands for nothing but it, and is no part of its route.
fn new_name(draft: &Draft, name: &Identifier, span: Span, origin: &Origin) -> Option<Finding> {
    let is_it = |family: &Family| origin.unknown().is_none() && family.origin == *origin;
    let rule = draft.run.families.families.iter().position(is_it)?;
    let (symbol, canonical) = undeclared(draft, name, rule)?;
    let message = format!("`{symbol}` is a new name for `{canonical}`");
    let (symbol, canonical) = (symbol.to_string(), canonical.to_string());
    finding(draft, span, Problem { rule, code: Code::NewShim, symbol, canonical, message })
}

/// The symbol of a module-level name of this file, and the canonical one of the rule, unless a rule declares the name.
fn undeclared<'a>(draft: &Draft<'a>, name: &Identifier, rule: usize) -> Option<(Symbol, &'a Symbol)> {
    let families = draft.run.families;
    let family = &families.families[rule];
    let Canonical::Symbol(canonical) = &family.canonical else { return None };
    let symbol = Symbol::new(draft.run.world.module_name(draft.file), DottedName::new(name.as_str()));
    (!family.own_route.contains(&symbol) && families.declares(&symbol).is_none()).then_some((symbol, canonical))
}

/// A class or function that has the canonical one's name and is it all over, or a class that is so for half of its members.
fn second_definition(draft: &Draft, binding: &Binding, origin: &Origin) -> Option<Finding> {
    let families = draft.run.families;
    let is_named = |rule: usize| matches!(&families.families[rule].canonical, Canonical::Symbol(canonical) if canonical.name.as_str() == binding.name.as_str());
    for rule in (0..families.families.len()).filter(|rule| is_named(*rule)) {
        let canonical = &families.families[rule].origin;
        let Some((symbol, spelled)) = undeclared(draft, &binding.name, rule) else { continue };
        let is_other = canonical != origin && !draft.run.world.descends(origin, canonical);
        if is_other && is_much_alike(draft.run.world, origin, canonical) {
            let message = format!("`{symbol}` is a second definition of `{spelled}`");
            let (symbol, canonical) = (symbol.to_string(), spelled.to_string());
            let problem = Problem { rule, code: Code::SecondDefinition, symbol, canonical, message };
            return finding(draft, binding.span, problem);
        }
    }
    None
}

/// A class that its own module defines once more: the later definition is the canonical one.
fn defined_again(draft: &Draft, binding: &Binding, origin: &Origin) -> Option<Finding> {
    let Origin::Defined(own) = origin else { return None };
    let is_other = |nth: u32| nth != own.nth && nth != Definition::EITHER;
    let is_it = |family: &Family| matches!(&family.origin, Origin::Defined(other) if other.symbol == own.symbol && is_other(other.nth));
    let rule = draft.run.families.families.iter().position(is_it)?;
    let Canonical::Symbol(canonical) = &draft.run.families.families[rule].canonical else { return None };
    let statement = &draft.facts.syntax.statements[binding.statement.index()];
    if draft.facts.syntax.blocks[statement.block.index()].kind != BlockKind::Module {
        return None;
    }
    let message = format!("`{}` is defined once more in this file, and the last definition counts", own.symbol);
    let (symbol, canonical) = (own.symbol.to_string(), canonical.to_string());
    finding(draft, binding.span, Problem { rule, code: Code::SecondDefinition, symbol, canonical, message })
}

/// Whether two definitions differ in nothing, or, as classes, agree in at least half of the canonical one's own members.
fn is_much_alike(world: &World, own: &Origin, canonical: &Origin) -> bool {
    let Some(differences) = world.differences(own, canonical) else { return false };
    let outline = world.class(canonical).and_then(|view| view.outline());
    let members = outline.map(|class| class.members).unwrap_or_default();
    let differs = |name: &str| differences.iter().any(|difference| difference.member.as_deref() == Some(name));
    let alike = members.iter().filter(|member| !differs(&member.name)).count();
    differences.is_empty() || alike > 0 && alike * 2 >= members.len()
}

/// What the only base of a class without a body of its own is.
fn base_of_empty(draft: &Draft, binding: &Binding) -> Option<Origin> {
    let StatementKind::Class(class) = &draft.facts.syntax.statements[binding.statement.index()].kind else {
        return None;
    };
    let [Value::Chain(base)] = class.bases[..] else { return None };
    let plain = !class.special && class.decorators.is_empty() && is_empty(draft.facts, class.body);
    let origin = draft.run.world.chain(draft.file, &draft.facts.references[base.index()]).pop()?.resolution.origin;
    plain.then_some(origin)
}

fn is_empty(facts: &Facts, body: BlockId) -> bool {
    facts.syntax.blocks[body.index()].statements.iter().all(|id| {
        matches!(
            facts.syntax.statements[id.index()].kind,
            StatementKind::Pass | StatementKind::Expression(Value::Text(_) | Value::Literal)
        )
    })
}
