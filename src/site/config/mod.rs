//! Values in configuration files that are a dotted path through an alias.

mod broken;
mod glance;
mod known;
mod words;

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::names::Names;
use super::path::{self, PathSite};
use super::{Families, Held, Target};
use crate::document::{Broken, Document, Format, Value};
use crate::project::{OtherFile, Side};
use crate::python::{DottedName, Identifier, Symbol};
use crate::text::{LineIndex, Position, Search, Span};
use crate::timing::piece;
use words::Word;

/// A place outside of Python where an alias stands.
#[derive(Clone, Debug)]
pub struct ConfigSite {
    pub path: String,
    /// Of the path through the alias, in the decoded text.
    pub span: Span,
    pub position: Position,
    pub rule: usize,
    /// What the place needs as long as it stays: nothing, if it goes through the name of an importer.
    pub held: Vec<Held>,
    pub state: ConfigState,
}

/// What can become of such a place.
#[derive(Clone, Debug)]
pub enum ConfigState {
    /// The path can be rewritten.
    Path {
        site: PathSite,
        /// Something is known to import what this value names.
        known: bool,
    },
    /// The module of an alias: to what it holds there is no answer.
    Module,
    /// The value spells the path with escapes, or over several lines.
    Unmapped,
    /// The file is not of its format; why, in one line.
    Broken(String),
}

impl ConfigSite {
    /// The symbol that the path reads, which others must leave as it is called.
    pub(super) fn read(&self) -> Option<&Symbol> {
        match &self.state {
            ConfigState::Path { site: PathSite { target: Target::Symbol(hit), .. }, .. } => Some(&hit.symbol),
            _ => None,
        }
    }
}

/// One file under the search.
struct Visit<'a> {
    families: &'a Families<'a>,
    file: &'a OtherFile,
    text: &'a str,
    /// Where a name of the families stands.
    spelled: Vec<usize>,
    index: OnceCell<LineIndex>,
}

/// The places in the configuration files that `is_asked` names, sorted by path and offset.
pub(super) fn find(
    families: &Families,
    names: &Names,
    is_asked: impl Fn(&OtherFile) -> bool + Sync,
) -> Vec<ConfigSite> {
    if families.world.project.side != Side::Runtime {
        return Vec::new();
    }
    let ends = families.shim_module_names().into_iter().map(DottedName::last).collect::<Vec<_>>();
    let search = Search::new(names.sorted().into_iter().chain(&ends).map(Identifier::as_str));
    let in_file = |file: &Arc<OtherFile>| {
        let Some((format, text)) = Format::of(&file.ending).zip(file.text()) else { return Vec::new() };
        if !is_asked(file) {
            return Vec::new();
        }
        let visit = Visit { families, file, text, spelled: search.places(text.as_bytes()), index: OnceCell::new() };
        if !visit.can_hold(format) {
            return Vec::new();
        }
        match Document::read(format, text) {
            Ok(document) => visit.document(&document),
            Err(Broken(why)) => visit.broken(format, &why),
        }
    };
    let looked = |file| families.world.found_elsewhere(|| in_file(file));
    // The largest first: a document is read by one thread, and the last one is waited for.
    let mut files: Vec<_> = families.world.project.others().iter().collect();
    files.sort_by_key(|file| Reverse(file.text().map_or(0, str::len)));
    let mut sites: Vec<_> =
        files.into_par_iter().with_max_len(1).flat_map_iter(|file| piece(|| looked(file))).collect();
    sites.sort_by(|one, other| one.path.cmp(&other.path));
    sites
}

impl Visit<'_> {
    fn document(&self, document: &Document) -> Vec<ConfigSite> {
        let mut known: FxHashMap<&str, Option<PathSite>> = FxHashMap::default();
        let mut sites = Vec::new();
        for value in document.values.iter().filter(|value| self.can_lead(value)) {
            let words = words::paths(value.span.of(self.text));
            for word in &words {
                let span = Span::new(value.span.start() + word.range.start, value.span.start() + word.range.end);
                let spelled = span.of(self.text);
                let found = known.entry(spelled).or_insert_with(|| self.path(spelled));
                let state = found.clone().map(|site| self.state(document, value, (word, site)));
                sites.extend(self.site(span, state, spelled));
            }
            if words.is_empty() && !value.is_verbatim() && self.path(value.text(self.text).trim()).is_some() {
                let spelled = value.text(self.text).trim();
                sites.extend(self.site(value.span, Some(ConfigState::Unmapped), spelled));
            }
        }
        sites
    }

    /// Whether a value can be a path to an alias: it has parts, and one of them is a name of the families.
    fn can_lead(&self, value: &Value) -> bool {
        let written = value.span.of(self.text);
        let next = self.spelled.partition_point(|place| *place < value.span.start());
        let spells = || self.spelled.get(next).is_some_and(|place| *place < value.span.end());
        written.contains('\\') || written.contains(['.', ':']) && spells()
    }

    fn path(&self, spelled: &str) -> Option<PathSite> {
        path::find(self.families, &path::read(spelled)?)
    }

    fn state(&self, document: &Document, value: &Value, (word, site): (&Word, PathSite)) -> ConfigState {
        let mut keys: Vec<&str> = document.keys(value).collect();
        if let Some(name) = &word.name {
            keys.insert(0, &value.span.of(self.text)[name.clone()]);
        }
        let known = !value.is_key && !word.in_command && known::is_known(&self.file.path, &keys);
        ConfigState::Path { site, known }
    }

    /// The place at `span` that spells a path; without a state of its own it names the module of an alias, or nothing.
    fn site(&self, span: Span, state: Option<ConfigState>, spelled: &str) -> Option<ConfigSite> {
        let path = path::read(spelled)?;
        let holders = self.families.held_by(&path);
        let rule = match &state {
            Some(ConfigState::Path { site, .. }) => site.target.rule(),
            _ => holders.first()?.0,
        };
        let held = holders.into_iter().map(|(_, held)| held).collect();
        let position = self.index.get_or_init(|| LineIndex::new(self.text)).position(span.start(), self.text);
        let state = state.unwrap_or(ConfigState::Module);
        Some(ConfigSite { path: self.file.path.clone(), span, position, rule, held, state })
    }

    /// What a file that is not of its format seems to say.
    fn broken(&self, format: Format, why: &str) -> Vec<ConfigSite> {
        let spans = broken::values(self.families, self.text).into_iter();
        let state = || ConfigState::Broken(format!("not valid {}: {why}", format.name()));
        spans.filter_map(|span| self.site(span, Some(state()), span.of(self.text))).collect()
    }
}
