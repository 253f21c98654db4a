//! What `check` reports: sites and shims that are still there, and shims that no rule declares.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::context::{Draft, Kept, Run};
use super::refuse::spelled;
use super::sides::sides;
use super::{Code, Finding, deprecate, moves};
use crate::project::FileId;
use crate::python::syntax::{BindKind, BindingId, BlockId, ScopeId, StatementKind, Value};
use crate::python::{DottedName, Symbol};
use crate::rule::{Canonical, Day, RuleSet, Shims};
use crate::semantics::{Binding, Facts, Origin, World};
use crate::site::{Families, FileSites, Hit, LookupSite, Mismatch, Sites, Standing, Target, find_sides};
use crate::text::{LineIndex, Span};

/// All findings of a tree on a day, sorted by place.
pub fn findings(world: &World, rules: &RuleSet, today: Day) -> Result<Vec<Finding>, Vec<Mismatch>> {
    let rules = &moves::settled(world, rules);
    let families = Families::of_sides(world, rules)?;
    let sites = find_sides(&families);
    let mut findings = Vec::new();
    for run in sides(&families, &sites, None) {
        findings.extend(run.sites.files.iter().flat_map(|sites| in_file(run, sites, today)));
        findings.extend(new_shims(run, run.sites));
    }
    findings.sort();
    findings.dedup();
    Ok(findings)
}

fn in_file(run: Run, sites: &FileSites, today: Day) -> Vec<Finding> {
    let kept = Kept::default();
    let Some(draft) = run.draft(sites, &kept) else { return Vec::new() };
    let shims = sites.shims.iter().map(|shim| shim.binding);
    let shims: Vec<_> = shims.collect();
    let imports = sites.imports.iter().filter(|site| !shims.contains(&site.binding));
    let imports = imports.map(|site| (draft.binding_span(site.binding), Target::Symbol(site.hit.clone())));
    let modules = sites.modules.iter().map(|site| (draft.binding_span(site.binding), Target::Module(site.hit.clone())));
    let chains = sites.uses.iter().filter(|site| site.attributes > 0);
    let chains = chains.map(|site| {
        let chain = &draft.facts.syntax.chains[site.chain.index()];
        (chain.attributes[site.attributes - 1].1, site.target.clone())
    });
    let found = imports.chain(modules).chain(chains);
    let through = found.filter_map(|(span, target)| through_alias(&draft, span, &target));
    let lookups = sites.lookups.iter().filter_map(|site| lookup_exists(&draft, site, today));
    let shims = sites.shims.iter().filter_map(|shim| shim_exists(&draft, shim.binding, &shim.hit));
    through.chain(shims).chain(lookups).collect()
}

fn through_alias(draft: &Draft, span: Span, target: &Target) -> Option<Finding> {
    let (symbol, canonical) = spelled(target);
    let (code, message) = match target.standing() {
        Standing::Unknown(_) => return None,
        Standing::Gone => (Code::AliasGone, format!("`{symbol}` does not exist any more")),
        _ => {
            let (module, name) = symbol.split_once(':').unwrap_or((&symbol, &symbol));
            (Code::ThroughAlias, format!("`{name}` through its shim `{module}`"))
        }
    };
    finding(draft, span, Problem { rule: target.rule(), code, symbol, canonical, message })
}

/// A declared shim; with `shims = "keep"` it is no finding, nor is a plain import that the file itself uses.
fn shim_exists(draft: &Draft, id: BindingId, hit: &Hit) -> Option<Finding> {
    let rule = &draft.run.rules().rules[hit.rule];
    let binding = &draft.facts.bindings[id.index()];
    let used = draft.facts.references.iter().any(|reference| reference.reach.bindings.contains(&id));
    let is_plain_import = binding.kind.is_import() && used && hit.alias.name == hit.target.name;
    let is_stub = draft.run.world.project.file(draft.file).is_stub;
    let has_arm = is_stub || deprecate::arm(draft, &binding.name).is_some_and(|site| site.entry.warns);
    if rule.shims == Shims::Keep
        || rule.shims == Shims::Deprecate && has_arm
        || is_plain_import
        || matches!(hit.standing, Standing::Unknown(_))
    {
        return None;
    }
    let message = format!("`{}` is a shim of `{}`", hit.alias, hit.target);
    let (symbol, canonical) = (hit.alias.to_string(), hit.target.to_string());
    let problem = Problem { rule: hit.rule, code: Code::ShimExists, symbol, canonical, message };
    finding(draft, binding.span, problem)
}

/// A declared alias that the module's `__getattr__` gives.
fn lookup_exists(draft: &Draft, site: &LookupSite, today: Day) -> Option<Finding> {
    let hit = &site.hit;
    let rule = &draft.run.rules().rules[hit.rule];
    let (code, message) = match (rule.shims, rule.deadline) {
        _ if matches!(hit.standing, Standing::Unknown(_)) => return None,
        (Shims::Keep, _) => return None,
        (Shims::Deprecate, Some(deadline)) if site.entry.warns && today > deadline => {
            (Code::DeadlinePassed, format!("`{}` was to go by {deadline}", hit.alias))
        }
        (Shims::Deprecate, _) if site.entry.warns => return None,
        _ => (Code::ShimExists, format!("`{}` is a shim of `{}`", hit.alias, hit.target)),
    };
    let (symbol, canonical) = (hit.alias.to_string(), hit.target.to_string());
    finding(draft, site.span, Problem { rule: hit.rule, code, symbol, canonical, message })
}

/// Assignments and empty subclasses of a canonical symbol that no rule declares.
fn new_shims(run: Run, sites: &Sites) -> Vec<Finding> {
    let found: Vec<Vec<Finding>> = sites.candidates.par_iter().map(|file| new_shims_in(run, *file)).collect();
    found.into_iter().flatten().collect()
}

fn new_shims_in(run: Run, file: FileId) -> Vec<Finding> {
    let nothing = FileSites::new(file);
    let (Some(facts), Some(text)) = (run.world.look(file), run.world.project.text(file)) else { return Vec::new() };
    let named = FxHashSet::default();
    let draft = Draft { run, file, facts: &facts, text, sites: &nothing, named: &named };
    let bindings = facts.bindings.iter().enumerate();
    let own = bindings.filter(|(_, binding)| binding.from == ScopeId::MODULE && binding.scope == ScopeId::MODULE);
    own.filter_map(|(index, binding)| new_shim(&draft, BindingId(index as u32), binding)).collect()
}

fn new_shim(draft: &Draft, id: BindingId, binding: &Binding) -> Option<Finding> {
    let origin = match &binding.kind {
        BindKind::Assign(Value::Chain(_)) => draft.run.world.binding(draft.file, id).origin,
        BindKind::Class => base_of_empty(draft, binding)?,
        _ => return None,
    };
    let symbol = Symbol::new(draft.run.world.module_name(draft.file), DottedName::new(binding.name.as_str()));
    let families = draft.run.families;
    let (rule, family) = families.families.iter().enumerate().find(|(_, family)| family.origin == origin)?;
    let Canonical::Symbol(canonical) = &family.canonical else { return None };
    if family.own_route.contains(&symbol) || families.declares(&symbol).is_some() {
        return None;
    }
    let message = format!("`{symbol}` is a new name for `{canonical}`");
    let (symbol, canonical) = (symbol.to_string(), canonical.to_string());
    finding(draft, binding.span, Problem { rule, code: Code::NewShim, symbol, canonical, message })
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

/// What is wrong, without its place.
struct Problem {
    rule: usize,
    code: Code,
    symbol: String,
    canonical: String,
    message: String,
}

/// The problem at its place, unless the rule leaves the file as it is.
fn finding(draft: &Draft, span: Span, problem: Problem) -> Option<Finding> {
    let Problem { rule, code, symbol, canonical, message } = problem;
    if draft.run.rules().rules[rule].exception(draft.path()).is_some() {
        return None;
    }
    let position = LineIndex::new(draft.text).position(span.start(), draft.text);
    Some(Finding { path: draft.path().to_owned(), position, span, code, rule, symbol, canonical, message })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Loaded, Project, RootConfig};
    use crate::rule::{Asked, RuleText, read};

    const OLD: &str = "import warnings\n\n\ndef __getattr__(name):\n    if name == \"Old\":\n        from new import New\n\n        \
        warnings.warn(\"use new.New\", DeprecationWarning, stacklevel=2)\n        return New\n    raise AttributeError(name)\n";
    const RULE: &str = "[[rule]]\nid = \"new\"\ncanonical = \"new:New\"\naliases = [\"old:Old\"]\nshims = \"deprecate\"\n\
        deadline = \"2027-03-01\"\n";

    fn codes(today: &str) -> Vec<Code> {
        let files = vec![Loaded::text("new.py", "class New:\n    pass\n"), Loaded::text("old.py", OLD)];
        let world = World::new(Project::new(files, &RootConfig::default()));
        let text = RuleText { name: "rule.toml".into(), bytes: RULE.into(), asked: Asked::ByName };
        let found = findings(&world, &read(&[text]).unwrap(), Day::parse(today).unwrap()).unwrap();
        found.into_iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn a_deprecated_shim_is_a_finding_once_its_last_day_is_over() {
        assert_eq!(codes("2027-02-28"), []);
        assert_eq!(codes("2027-03-01"), []);
        assert_eq!(codes("2027-03-02"), [Code::DeadlinePassed]);
    }
}
