//! What becomes of a string that names an alias: it follows, it stays true as it is, or it stays and holds.

use super::compose::Staged;
use super::context::{Draft, Kept, Run};
use super::patches::Patches;
use super::refuse::{Stays, frozen, objection, refusal, spelled};
use super::{Note, Objection, Reason, Refusal, Safety};
use crate::project::FileId;
use crate::python::edit::Literal;
use crate::python::syntax::ScopeId;
use crate::python::{DottedName, Symbol};
use crate::rule::Strings;
use crate::site::{Act, Held, Hit, Standing, Target, TextSite, UseSite};
use crate::text::Span;

/// All that a string asks for.
#[derive(Debug, Default)]
pub(super) struct Decision {
    /// What is written inside the literal.
    pub tokens: Vec<(Span, String, Note)>,
    /// The module before the string changes with it: `getattr(old, "Old")`.
    pub moved: Option<(UseSite, Note)>,
    pub refusal: Option<Refusal>,
    pub held: Option<Held>,
    /// Sites that must stay, because the string does.
    pub keeps: Vec<(FileId, Span, Objection)>,
    /// The name that a patch goes on to replace: what reads it must go on to read it.
    pub replaced: Option<Symbol>,
    /// A name that a string spells and that therefore keeps its spelling.
    pub named: Option<Symbol>,
}

/// One round of composing, seen from its strings.
#[derive(Clone, Copy)]
pub(super) struct Texts<'a> {
    pub run: Run<'a>,
    pub kept: &'a Kept,
    pub staged: &'a [Staged<'a>],
    pub patches: &'a Patches,
}

/// Where a string shall lead.
pub(super) enum Course {
    /// It is true as it is.
    Unchanged,
    To {
        path: Symbol,
        safety: Safety,
    },
    Stays(Objection),
}

impl<'a> Texts<'a> {
    pub(super) fn decide(&self, draft: &Draft, site: &TextSite) -> Decision {
        let target = match &site.target {
            Ok(target) => target,
            Err(rule) => return listed(draft, site, *rule),
        };
        let course = self.objection(draft, site, target).map_or_else(|| self.course(site, target), Course::Stays);
        match course {
            Course::Unchanged => Decision::default(),
            Course::Stays(why) => self.stays(draft, site, target, why),
            Course::To { path, safety } => match self.written(draft, site, target, (&path, safety)) {
                Some(decision) => decision,
                None => {
                    let text = "the string is escaped or joined from parts in a way that cannot be rewritten";
                    self.stays(draft, site, target, (Reason::UnmappedString, text.into()))
                }
            },
        }
    }

    /// Why a string stays whatever happens to what it names.
    fn objection(&self, draft: &Draft, site: &TextSite, target: &Target) -> Option<Objection> {
        if let Some(why) = frozen(draft, target.rule()) {
            return Some((Reason::NotEdited, why));
        }
        if let Some(objection) = self.kept.objection(draft.file, site.span) {
            return Some(objection);
        }
        if let Some(objection) = asserted(draft, site, target.rule()) {
            return Some(objection);
        }
        let (name, _) = spelled(target);
        match (site.act, self.run.rules().rules[target.rule()].strings) {
            (Act::Probe, _) => Some((Reason::Probe, format!("asks for `{name}` by name, and the answer would change"))),
            (_, Strings::None) => Some((Reason::HeldByText, format!("names `{name}`, which stays for it"))),
            (Act::Data | Act::Write, _) if !self.run.allows_text(target.rule(), Safety::Risky) => Some((
                Reason::HeldByText,
                format!("names `{name}`, which stays for it; `strings = \"all\"` rewrites such paths"),
            )),
            _ => objection(&self.run, self.kept, target),
        }
    }

    fn course(&self, site: &TextSite, target: &Target) -> Course {
        let hit = match target {
            Target::Module(hit) => {
                let path = Symbol::new(hit.target.clone(), hit.target.clone());
                return Course::To { path, safety: safety(site) };
            }
            Target::Symbol(hit) => hit,
        };
        let whole = site.parts == site.path.parts().count();
        match site.act {
            Act::Patch if whole => self.patches.course(self, hit),
            Act::PatchKeyword => match self.patches.course(self, hit) {
                Course::To { path, .. } if path.module != hit.symbol.module => Course::Stays((
                    Reason::Form,
                    "the keywords of one call name one module, and this name would be read from another".into(),
                )),
                course => course,
            },
            Act::PatchSeveral => {
                Course::Stays((Reason::Form, "what stands in its place is handed on under this name".into()))
            }
            _ if is_declared(hit) => Course::To { path: hit.target.clone(), safety: safety(site) },
            _ => self.renamed(&hit.symbol).map_or(Course::Unchanged, |path| Course::To { path, safety: safety(site) }),
        }
    }

    /// What a name of a module is called after the change, if it is called otherwise.
    pub(super) fn renamed(&self, symbol: &Symbol) -> Option<Symbol> {
        let module = self.run.world.project.module(symbol.module.as_str())?;
        let file = self.run.world.project.modules[module.index()].file?;
        let staged = self.of(file)?;
        let text = staged.settled.as_ref()?.outcomes.get(&(ScopeId::MODULE, symbol.name.root()))?;
        let renamed = Symbol::new(symbol.module.clone(), DottedName::new(text));
        (renamed != *symbol).then_some(renamed)
    }

    pub(super) fn of(&self, file: FileId) -> Option<&'a Staged<'a>> {
        let found = self.staged.binary_search_by_key(&file, |staged| staged.sites.file);
        found.ok().map(|index| &self.staged[index])
    }

    /// The string as it shall read; `None` if the literal does not allow it.
    fn written(
        &self,
        draft: &Draft,
        site: &TextSite,
        target: &Target,
        (path, safety): (&Symbol, Safety),
    ) -> Option<Decision> {
        let note = Note { rule: target.rule(), kind: site.kind, safety };
        let Some(string) = site.string else {
            let token = (site.span, path.name.as_str().to_owned(), note);
            return path.name.parent().is_none().then(|| Decision { tokens: vec![token], ..Decision::default() });
        };
        let literal = &draft.facts.syntax.strings[string.index()];
        let old = literal.value(draft.text);
        let alias = match target {
            Target::Symbol(hit) => &hit.symbol,
            Target::Module(_) => path,
        };
        if let Some(owner) = site.owner.filter(|_| path.module != alias.module) {
            literal.content?;
            path.name.parent().is_none().then_some(())?;
            let attributes = draft.facts.syntax.chains[owner.index()].attributes.len() + 1;
            let moved = UseSite { chain: owner, attributes, target: target.clone(), text: Some(string) };
            return Some(Decision { moved: Some((moved, note)), ..Decision::default() });
        }
        let new = match (site.owner, target) {
            (Some(_), _) => path.name.as_str().to_owned(),
            (None, Target::Symbol(_)) => path_text(site, path, old)?,
            (None, Target::Module(hit)) => module_text(site, &hit.target),
        };
        let edits = Literal::read(draft.text, site.span)?.edits(old, &new)?;
        let tokens = edits.into_iter().map(|(span, text)| (span, text, note)).collect();
        Some(Decision { tokens, ..Decision::default() })
    }

    /// The string stays: it holds a declared alias, and whatever it replaces must be read there still.
    fn stays(&self, draft: &Draft, site: &TextSite, target: &Target, why: Objection) -> Decision {
        let mut decision = Decision::default();
        let held = match target {
            Target::Symbol(hit) if !is_declared(hit) => {
                decision.named = Some(hit.symbol.clone());
                None
            }
            Target::Symbol(hit) => Some(Held::Symbol(hit.symbol.clone())),
            Target::Module(hit) => Some(Held::Module(hit.alias.clone())),
        };
        if let Target::Symbol(hit) = target
            && site.act.is_patch()
            && site.parts == site.path.parts().count()
        {
            decision.replaced = Some(hit.symbol.clone());
            decision.keeps = vec![(draft.file, site.span, why.clone())];
        }
        if held.is_some() {
            decision.refusal = Some(stays(draft, site, target.rule(), why));
        }
        decision.held = held;
        decision
    }
}

/// What a test says about a string.
fn asserted(draft: &Draft, site: &TextSite, rule: usize) -> Option<Objection> {
    let string = site.string?;
    let why = if draft.is_asserted(rule, |asserted| asserted.strings.contains(&string)) {
        "a test waits for this path to warn or to fail"
    } else if draft.is_asserted(rule, |asserted| asserted.paths.contains(&string)) {
        "stands in a list with another path of the same object: one of them would stand there twice"
    } else {
        return None;
    };
    Some((Reason::AssertsTheShim, why.into()))
}

/// Whether the string names the declared alias itself, not a name that somebody gave to it.
pub(super) fn is_declared(hit: &Hit) -> bool {
    hit.alias == hit.symbol
}

fn safety(site: &TextSite) -> Safety {
    match site.act {
        Act::Data | Act::Write => Safety::Risky,
        _ => Safety::Safe,
    }
}

/// A string that holds nothing: its path leads nowhere, or it is none.
fn listed(draft: &Draft, site: &TextSite, rule: usize) -> Decision {
    let why = match site.act {
        Act::Manual => (Reason::Manual, format!("mentions `{}` in a text that is no path", site.path)),
        act if act.is_patch() && is_installed(draft, site) => {
            (Reason::PatchParts, format!("what reads `{}` in its package cannot be seen", site.path))
        }
        _ => (Reason::BrokenBefore, format!("`{}` does not exist, and did not before", site.path)),
    };
    Decision { refusal: Some(stays(draft, site, rule, why)), ..Decision::default() }
}

/// Whether the path leads to an alias in an installed package.
fn is_installed(draft: &Draft, site: &TextSite) -> bool {
    let Some(module) = site.path.parent() else { return false };
    let alias = Symbol::new(module, DottedName::new(site.path.last().as_str()));
    draft.run.families.hit(&alias, &draft.run.world.symbol(&alias)).is_some_and(|hit| hit.standing == Standing::Vouched)
}

fn stays(draft: &Draft, site: &TextSite, rule: usize, (reason, text): Objection) -> Refusal {
    refusal(draft, Stays { span: site.span, kind: site.kind, reason, text }, rule)
}

/// The new path with what follows the alias, parted by a colon where the old one is.
fn path_text(site: &TextSite, path: &Symbol, old: &str) -> Option<String> {
    let rest: String = site.path.parts().skip(site.parts).map(|name| format!(".{name}")).collect();
    let dotted = format!("{}.{}{rest}", path.module, path.name);
    match old.find(':') {
        None => Some(dotted),
        Some(colon) if old[..colon].split('.').count() < site.parts => {
            Some(format!("{}:{}{rest}", path.module, path.name))
        }
        Some(_) => None,
    }
}

/// The new module as the string spells modules: with leading dots where it has them and the package is the same.
fn module_text(site: &TextSite, module: &DottedName) -> String {
    let rest: String = site.path.parts().skip(site.parts).map(|name| format!(".{name}")).collect();
    let inside = site.relative.as_ref().and_then(|(level, base)| Some((level, module.strip_prefix(base)?)));
    match inside {
        Some((level, name)) if !name.is_empty() => format!("{}{name}{rest}", ".".repeat(*level)),
        _ => format!("{module}{rest}"),
    }
}

impl Run<'_> {
    /// Whether strings of this safety may be rewritten for a rule.
    pub(super) fn allows_text(&self, rule: usize, safety: Safety) -> bool {
        match self.rules().rules[rule].strings {
            Strings::None => false,
            Strings::Safe => safety == Safety::Safe,
            Strings::All => safety == Safety::Safe || self.safety != Some(Safety::Safe),
        }
    }

    /// Whether sites that are no paths of their own, but less sure than others, may be rewritten for a rule.
    pub(super) fn allows_risky(&self, rule: usize) -> bool {
        self.safety == Some(Safety::Risky) || self.allows_text(rule, Safety::Risky)
    }
}
