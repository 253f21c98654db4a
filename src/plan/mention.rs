//! Strings and broken files that name a module which would go.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::context::Run;
use super::refuse::unread;
use super::{Reason, Refusal};
use crate::project::FileId;
use crate::python::syntax::{BindKind, BindingId, BlockKind, Call, StringId, StringKind, Value};
use crate::python::tolerant::mentions;
use crate::python::{DottedName, Identifier, Symbol};
use crate::semantics::{Facts, Origin, Why};
use crate::site::Kind;
use crate::text::{Position, Search, Span};
use crate::timing::piece;

/// A longer string is no path.
const LONGEST_PATH: usize = 300;

/// Functions that take a module by its name; elsewhere a single word is no path.
const IMPORTING: [&str; 5] = ["find_spec", "import_module", "__import__", "run_module", "import_string"];

/// A file that would go, the rule that says so, and the module that it is.
struct Gone {
    file: FileId,
    rule: usize,
    module: DottedName,
}

/// A file that is asked whether it names a module which would go.
struct Asked<'a> {
    run: &'a Run<'a>,
    file: FileId,
    module: &'a DottedName,
    rule: usize,
}

/// The places of the tree that need the modules of `gone` without importing them, for each in turn.
pub(super) fn refusals(run: &Run, gone: &[(FileId, usize)]) -> Vec<Vec<Refusal>> {
    let mut lasts: BTreeMap<Identifier, Vec<(usize, Gone)>> = BTreeMap::new();
    for (index, &(file, rule)) in gone.iter().enumerate() {
        let module = run.world.module_name(file);
        lasts.entry(module.last()).or_default().push((index, Gone { file, rule, module }));
    }
    let search = Search::new(lasts.keys().map(Identifier::as_str));
    let by_last: Vec<_> = lasts.into_values().collect();
    let in_file = |file: FileId| {
        let spelled = run.world.project.file(file).spelled(&search).into_iter().flat_map(|last| &by_last[last]);
        in_file(run, file, spelled.filter(|(_, gone)| gone.file != file).collect())
    };
    let found: Vec<(usize, Vec<Refusal>)> =
        run.world.project.par_files().flat_map_iter(|file| piece(|| in_file(file))).collect();
    let mut all = vec![Vec::new(); gone.len()];
    for (index, refusals) in found {
        all[index].extend(refusals);
    }
    all
}

/// What one file needs of the modules whose last parts it spells, each with the index of the module.
fn in_file(run: &Run, file: FileId, spelled: Vec<&(usize, Gone)>) -> Vec<(usize, Vec<Refusal>)> {
    if spelled.is_empty() {
        return Vec::new();
    }
    let facts = run.world.look(file);
    let refusals = |gone: &Gone| {
        let asked = Asked { run, file, module: &gone.module, rule: gone.rule };
        asked.refusals(facts.as_deref())
    };
    spelled.into_iter().map(|(index, gone)| (*index, refusals(gone))).collect()
}

impl Asked<'_> {
    fn refusals(&self, facts: Option<&Facts>) -> Vec<Refusal> {
        match facts {
            Some(facts) => self.in_strings(facts).into_iter().chain(self.tried_imports(facts)).collect(),
            None => self.in_broken().into_iter().collect(),
        }
    }

    fn in_strings(&self, facts: &Facts) -> Vec<Refusal> {
        let (run, module) = (self.run, self.module);
        let text = run.world.project.text(self.file).unwrap_or_default();
        let may_import = LazyCell::new(|| self.may_import(facts));
        let mut refusals = Vec::new();
        for (number, string) in facts.syntax.strings.iter().enumerate() {
            let value = string.value(text);
            let plain = matches!(string.kind, StringKind::Plain | StringKind::Docstring) && value.len() <= LONGEST_PATH;
            if !plain || !value.starts_with(module.as_str()) || !leads(run, value, module) {
                continue;
            }
            let callee = callee(facts, StringId(number as u32));
            let is_imported = || callee.is_some_and(|name| IMPORTING.contains(&name)) || *may_import;
            if !value.contains(['.', ':']) && !is_imported() {
                continue;
            }
            let probes = callee == Some("find_spec");
            let (reason, what) = match probes {
                true => (Reason::Probe, format!("asks whether `{module}` exists")),
                false => (Reason::HeldByText, format!("names `{module}`, which stays for it")),
            };
            let place = (string.span, run.world.project.position(self.file, string.span.start()));
            refusals.push(self.refusal(Kind::TextPath, place, (reason, what)));
        }
        refusals
    }

    /// Whether code imports what a variable names, and not for a `__getattr__` that is understood.
    fn may_import(&self, facts: &Facts) -> bool {
        let by_name = |call: &Call| {
            let is_plain = matches!(call.arguments.first(), Some(Value::Text(_)) | None);
            called(facts, call).is_some_and(|name| IMPORTING.contains(&name)) && !is_plain
        };
        let is_understood = self.run.sites.of(self.file).is_some_and(|sites| !sites.lookups.is_empty());
        !is_understood && facts.syntax.calls.iter().any(by_name)
    }

    /// `try: import pkg.old` with nothing used of it asks whether the module exists.
    fn tried_imports(&self, facts: &Facts) -> Vec<Refusal> {
        let (run, file, module) = (self.run, self.file, self.module);
        let syntax = &facts.syntax;
        let is_read = |id: BindingId, name: &Identifier| {
            let mut uses = facts.chains_of(name).iter().map(|chain| &facts.references[chain.index()]);
            uses.any(|reference| reference.reach.bindings.contains(&id))
        };
        let tried = facts.bindings.iter().enumerate().filter(|(index, binding)| {
            let block = syntax.statements[binding.statement.index()].block;
            let id = BindingId(*index as u32);
            syntax.blocks[block.index()].kind == BlockKind::Try
                && matches!(binding.kind, BindKind::Import(_))
                && run.world.imported_module(file, facts, binding).as_ref() == Some(module)
                && !is_read(id, &binding.name)
        });
        let refusals = tried.map(|(_, binding)| {
            let place = (binding.span, run.world.project.position(file, binding.span.start()));
            let why = (Reason::Probe, format!("asks whether `{module}` exists"));
            self.refusal(Kind::ImportModule, place, why)
        });
        refusals.collect()
    }

    /// A file that cannot be read as Python and spells the whole path of the module in its code.
    fn in_broken(&self) -> Option<Refusal> {
        let (run, file, module) = (self.run, self.file, self.module);
        let bytes = run.world.project.file(file).searchable();
        let parts: Vec<&str> = module.parts().collect();
        let found = mentions(bytes, &parts);
        let is_whole = (0..parts.len()).all(|part| found.iter().any(|(_, index)| *index == part));
        let (offset, _) = found.iter().find(|(_, index)| *index + 1 == parts.len()).filter(|_| is_whole)?;
        let line = bytes[..*offset].iter().filter(|byte| **byte == b'\n').count() as u32 + 1;
        let column = bytes[..*offset].iter().rev().take_while(|byte| **byte != b'\n').count() as u32 + 1;
        let span = Span::new(*offset, offset + parts[parts.len() - 1].len());
        let text = format!("cannot be read as Python and mentions `{module}`");
        let place = (span, Position { line, column });
        Some(self.refusal(Kind::UnreadableMention, place, (unread(run.world, file), text)))
    }

    fn refusal(&self, kind: Kind, (span, position): (Span, Position), (reason, text): (Reason, String)) -> Refusal {
        let path = self.run.world.project.file(self.file).path.clone();
        Refusal { path, position, span, rule: self.rule, kind, reason, text }
    }
}

/// Whether a string is the module's path, or a path through it that leads somewhere.
fn leads(run: &Run, value: &str, module: &DottedName) -> bool {
    let Some(path) = DottedName::parse(&value.replacen(':', ".", 1)) else { return false };
    match path.strip_prefix(module).map(|rest| rest.split('.').next().unwrap_or_default()) {
        None => false,
        Some("") => true,
        Some(name) => {
            let symbol = Symbol::new(module.clone(), DottedName::new(name));
            run.world.symbol(&symbol).origin != Origin::Unknown(Why::Missing)
        }
    }
}

/// The last name of the function that a string is given to.
fn callee(facts: &Facts, string: StringId) -> Option<&str> {
    called(facts, facts.call_given(string)?)
}

/// The last name of a function that is called.
fn called<'f>(facts: &'f Facts, call: &Call) -> Option<&'f str> {
    call.callee.map(|callee| facts.syntax.chains[callee.index()].last().as_str())
}
