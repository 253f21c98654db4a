//! Names in prose: a path through an alias wherever it stands, a bare name where its module says what it is.

use super::super::refuse::objection;
use super::super::{Note, Safety};
use super::host::{Host, Region};
use super::{Noted, Settled};
use crate::document::mention::{Mention, lines_around, mentions, tells_history};
use crate::document::snippet;
use crate::project::ModuleId;
use crate::python::{DottedName, Identifier, Symbol};
use crate::rule::Rule;
use crate::semantics::{Origin, Why};
use crate::site::{Hit, Kind, PathSite, Target, find_path};
use crate::text::{Edit, Span};

/// One run of prose of a host, before and after the change of the code.
struct Reading<'a> {
    settled: Settled<'a>,
    host: &'a Host<'a>,
    region: Region,
    /// The module that a Python file is, before and after.
    modules: Option<(ModuleId, ModuleId)>,
}

/// The edits of the names in the prose of a host.
pub(super) fn edits(settled: Settled, host: &Host) -> Vec<Noted> {
    let modules = host.file.and_then(|file| {
        let new = settled.new.project.file_by_path(host.path)?;
        Some((settled.run.world.module_of(file)?, settled.new.module_of(new)?))
    });
    let readings = host.regions.iter().map(|region| Reading { settled, host, region: *region, modules });
    readings.flat_map(|reading| reading.edits()).collect()
}

impl Reading<'_> {
    fn edits(&self) -> Vec<Noted> {
        let code =
            if self.region.is_comment { Vec::new() } else { snippet::find(self.host.text, self.region.span).spans };
        let all = mentions(self.host.text, self.region.span).into_iter();
        let is_code = |mention: &Mention| {
            let behind = code.partition_point(|code| code.start() <= mention.span.start());
            behind.checked_sub(1).is_some_and(|index| code[index].contains(mention.span))
        };
        let prose = all.filter(|mention| !is_code(mention));
        prose.filter_map(|mention| self.edit(mention)).collect()
    }

    fn edit(&self, mention: Mention) -> Option<Noted> {
        let spelled = mention.span.of(self.host.text);
        if let Some(found) = self.path(mention.span) {
            return Some(found);
        }
        if let Some((before, _)) = spelled.split_once(':') {
            return self.path(Span::new(mention.span.start() + before.len() + 1, mention.span.end()));
        }
        self.bare(mention)
    }

    /// `pkg.old.Old`
    fn path(&self, span: Span) -> Option<Noted> {
        let text = span.of(self.host.text);
        let path = text.contains(['.', ':']).then(|| DottedName::parse(&text.replacen(':', ".", 1)))??;
        let families = self.settled.run.families;
        let site = find_path(families, &path)?;
        // A single word that is a module is no more certain than any other word.
        if site.parts == 1 {
            return None;
        }
        let becomes = site.rewritten(families, self.rules(), text)?;
        self.noted(span, &site, becomes)
    }

    /// `Old`, where the module's own `Old` was the alias and is called otherwise now.
    fn bare(&self, mention: Mention) -> Option<Noted> {
        let Settled { run, new, .. } = self.settled;
        let (module, new_module) = self.modules?;
        let spelled = mention.span.of(self.host.text);
        let name = Identifier::parse(spelled.split('.').next()?)?;
        if !mention.is_code && !spelled.contains('.') && !is_distinctive(name.as_str()) {
            return None;
        }
        let symbol =
            Symbol::new(run.world.project.modules[module.index()].name.clone(), DottedName::new(name.as_str()));
        let hit = run.families.hit(&symbol, &run.world.member(module, &name))?;
        if new.member(new_module, &name).origin != Origin::Unknown(Why::Missing) {
            return None;
        }
        let target = Target::Symbol(Hit { ..hit });
        let Target::Symbol(hit) = &target else { return None };
        if new.member(new_module, &hit.target.name.root()).origin != run.families.target_origin(&target) {
            return None;
        }
        let becomes = hit.target.name.to_string();
        // The site reads like a path of which the module is left out.
        let site = PathSite { target: target.clone(), parts: 1 };
        let rewritten = site.rewritten(run.families, self.rules(), spelled)?;
        let module = format!("{}.", hit.target.module);
        let becomes = rewritten.strip_prefix(&module).map_or(becomes, str::to_owned);
        self.noted(mention.span, &site, becomes)
    }

    /// The edit, unless a rule does not want it or the sentence is about the name itself.
    fn noted(&self, span: Span, site: &PathSite, becomes: String) -> Option<Noted> {
        let Settled { run, composed, .. } = self.settled;
        let rule = &self.rules()[site.target.rule()];
        let (text, region) = (self.host.text, self.region.span);
        let stays = !rule.docs
            || rule.exception(self.host.path).is_some()
            || objection(run, &composed.kept, &site.target).is_some()
            || span.of(text) == becomes
            || tells_history(text, region, span)
            || names_canonical(lines_around(text, region, span), &site.target);
        let note = Note { rule: site.target.rule(), kind: Kind::DocMention, safety: Safety::Safe };
        (!stays).then(|| (Edit::new(span, becomes), note))
    }

    fn rules(&self) -> &[Rule] {
        &self.settled.run.rules().rules
    }
}

/// Whether a name is no word of a language: `WebSocketManager`, `old_name`.
fn is_distinctive(name: &str) -> bool {
    name.contains('_') || name.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit())
}

/// Whether the lines name the canonical symbol as well: they tell two names apart.
fn names_canonical(lines: &str, target: &Target) -> bool {
    let (module, name) = match target {
        Target::Symbol(hit) => {
            (&hit.target.module, (hit.symbol.name != hit.target.name).then(|| hit.target.name.last()))
        }
        Target::Module(hit) => (&hit.target, None),
    };
    let words = mentions(lines, Span::new(0, lines.len()));
    let is_path =
        |word: &str| DottedName::parse(&word.replace(':', ".")).is_some_and(|word| word.strip_prefix(module).is_some());
    words.iter().map(|mention| mention.span.of(lines)).any(|word| {
        is_path(word) || name.as_ref().is_some_and(|name| word.split(['.', ':']).any(|part| part == name.as_str()))
    })
}
