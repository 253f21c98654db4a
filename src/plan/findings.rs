//! What `check` reports: sites and shims that are still there, shims that no rule declares, and comments that ignore in vain.

use super::context::{Draft, Kept, Run};
use super::new_shims::new_shims;
use super::refuse::spelled;
use super::sides::sides;
use super::text::is_declared;
use super::{Code, Finding, Memory, deprecate};
use crate::python::syntax::BindingId;
use crate::rule::{Day, RuleSet, Shims, Strings};
use crate::semantics::World;
use crate::site::{
    Act, ConfigSite, ConfigState, Families, FileSites, Hit, LookupSite, Mismatch, Sites, Standing, Target, TextSite,
};
use crate::text::Span;

/// All findings of a tree on a day, sorted by place.
pub fn findings(world: &World, rules: &RuleSet, today: Day) -> Result<Vec<Finding>, Vec<Mismatch>> {
    Memory::new(world, rules, today).map(|memory| memory.findings)
}

/// What is found at the sites of all sides, sorted by place; no comment has been asked yet.
pub(super) fn found(families: &[Families], sites: &[Sites], today: Day) -> Vec<Finding> {
    let mut findings = Vec::new();
    for run in sides(families, sites, None) {
        let in_file = |sites: &FileSites| run.world.found_in(sites.file, || in_file(run, sites, today));
        findings.extend(run.sites.files.iter().flat_map(in_file));
        findings.extend(run.sites.configs.iter().filter_map(|site| named_in_config(run, site)));
        findings.extend(new_shims(run));
    }
    findings.sort();
    findings.dedup();
    findings
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
    let chains = chains.map(|site| (site.name_span(&draft.facts.syntax), site.target.clone()));
    let found = imports.chain(modules).chain(chains);
    let through = found.filter_map(|(span, target)| through_alias(&draft, span, &target));
    let lookups = sites.lookups.iter().filter_map(|site| lookup_exists(&draft, site, today));
    let shims = sites.shims.iter().filter_map(|shim| shim_exists(&draft, shim.binding, &shim.hit));
    let texts = sites.texts.iter().filter_map(|site| named_in_text(&draft, site));
    through.chain(shims).chain(lookups).chain(texts).collect()
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
    let uses = || draft.facts.chains_of(&binding.name).iter().map(|id| &draft.facts.references[id.index()]);
    let is_used = || uses().any(|reference| reference.reach.bindings.contains(&id));
    let is_plain_import = binding.kind.is_import() && hit.alias.name == hit.target.name && is_used();
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

/// A string that the rule would have rewritten, as it names an alias.
fn named_in_text(draft: &Draft, site: &TextSite) -> Option<Finding> {
    let target = site.target.as_ref().ok()?;
    let is_asked = match site.act {
        Act::Read | Act::Import | Act::Patch | Act::PatchKeyword | Act::PatchSeveral => true,
        Act::Data => draft.run.rules().rules[target.rule()].strings == Strings::All,
        Act::Write | Act::Probe | Act::Manual => false,
    };
    let span = site.string.map_or(site.span, |string| {
        let literal = &draft.facts.syntax.strings[string.index()];
        literal.content.unwrap_or(literal.span)
    });
    let problem = is_asked.then(|| named(draft.run, target))??;
    finding(draft, span, problem)
}

/// The same in a configuration file.
fn named_in_config(run: Run, site: &ConfigSite) -> Option<Finding> {
    let ConfigState::Path { site: path, known } = &site.state else { return None };
    let rule = &run.rules().rules[site.rule];
    if rule.exception(&site.path).is_some() || rule.strings != Strings::All && !known {
        return None;
    }
    let Problem { rule, code, symbol, canonical, message } = named(run, &path.target)?;
    let (rule, path, position, span) = (Some(rule), site.path.clone(), site.position, site.span);
    Some(Finding { path, position, span, code, rule, symbol, canonical, message })
}

/// A path in a text, unless it goes through the name of an importer, or nothing is known of what is there.
fn named(run: Run, target: &Target) -> Option<Problem> {
    let (symbol, canonical) = spelled(target);
    let through_importer = matches!(target, Target::Symbol(hit) if !is_declared(hit));
    let is_followed = matches!(target.standing(), Standing::Same | Standing::Vouched | Standing::Merged);
    if through_importer || !is_followed || run.rules().rules[target.rule()].strings == Strings::None {
        return None;
    }
    let message = format!("a string names `{symbol}`");
    Some(Problem { rule: target.rule(), code: Code::NamedInText, symbol, canonical, message })
}

/// What is wrong, without its place.
pub(super) struct Problem {
    pub(super) rule: usize,
    pub(super) code: Code,
    pub(super) symbol: String,
    pub(super) canonical: String,
    pub(super) message: String,
}

/// The problem at its place, unless the rule leaves the file as it is.
pub(super) fn finding(draft: &Draft, span: Span, problem: Problem) -> Option<Finding> {
    let Problem { rule, code, symbol, canonical, message } = problem;
    if draft.run.rules().rules[rule].exception(draft.path()).is_some() {
        return None;
    }
    let position = draft.run.world.project.position(draft.file, span.start());
    let (rule, path) = (Some(rule), draft.path().to_owned());
    Some(Finding { path, position, span, code, rule, symbol, canonical, message })
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
