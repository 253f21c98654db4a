//! All files of a tree with their meaning, parsed when first asked for.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};

use super::load::Script;
use super::walk::Memo;
use super::watch::{ANY, Files, note, watched};
use super::{BindingId, Facts, Outline, collect};
use crate::project::{FileId, ModuleId, Project, Side, SourceFile};
use crate::python::fingerprint::Fingerprint;
use crate::python::syntax::{BindKind, Syntax, Value};
use crate::python::{DottedName, Identifier, ParseError, parse, parse_imported, parse_with_fingerprints};
use crate::text::Span;
use crate::timing::stage;

/// The meaning of a file, or why it has none.
pub type Read = Result<Arc<Facts>, Unread>;

/// Why a file has no meaning.
#[derive(Clone, Debug)]
pub enum Unread {
    /// The project holds no text of it.
    NoText,
    NotPython(ParseError),
}

/// What is known of one file; shared by the worlds that see the same text of it.
#[derive(Default)]
struct Slot {
    kept: OnceLock<Read>,
    /// Facts that live only as long as somebody looks at them.
    passing: Mutex<Weak<Facts>>,
    /// `None` if the file is not Python.
    lasting: OnceLock<Option<Lasting>>,
    /// The script of a file of which nothing else was asked for; `None` if it is not Python.
    imported: OnceLock<Option<Script>>,
}

impl Slot {
    fn passing(&self) -> MutexGuard<'_, Weak<Facts>> {
        self.passing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What outlives the facts of a file.
struct Lasting {
    script: Script,
    /// Made with the facts where a proof may ask for it, which an audit never does.
    outline: OnceLock<Outline>,
    fingerprints: OnceLock<Vec<Arc<Fingerprint>>>,
}

/// A project whose names can be followed, as one side sees it.
pub struct World {
    pub project: Project,
    files: Vec<Arc<Slot>>,
    pub(super) members: Vec<Memo<Identifier>>,
    pub(super) bindings: Vec<Memo<BindingId>>,
    /// The files that were looked at for what is found in the tree as a whole.
    shared: Vec<AtomicBool>,
    /// For each file those that were looked at for what is found in it; behind them, for what is found where nothing is Python.
    needed: Vec<Mutex<Vec<Files>>>,
    /// The same files as type checkers see them.
    stubs: Option<Box<World>>,
    /// Files are fingerprinted as they are parsed.
    is_fingerprinted: bool,
}

impl World {
    /// The run-time world of a project, and beside it the world of type checkers if the tree holds stubs.
    pub fn new(project: Project) -> Self {
        let files = project.files.iter().map(|_| Arc::default()).collect();
        Self::with_files(project, files)
    }

    /// The same world, where what every file defines will be asked for by its fingerprint.
    pub fn fingerprinted(self) -> Self {
        let stubs = self.stubs.map(|stubs| Box::new(stubs.fingerprinted()));
        Self { stubs, is_fingerprinted: true, ..self }
    }

    fn with_files(project: Project, files: Vec<Arc<Slot>>) -> Self {
        let seen = if project.side == Side::Runtime { project.for_type_checkers() } else { None };
        let stubs = seen.map(|project| Box::new(Self::with_files(project, files.clone())));
        let members = project.modules.iter().map(|_| Memo::default()).collect();
        let bindings = project.files.iter().map(|_| Memo::default()).collect();
        let shared = files.iter().map(|_| AtomicBool::default()).collect();
        let needed = (0..=files.len()).map(|_| Mutex::default()).collect();
        Self { project, files, members, bindings, shared, needed, stubs, is_fingerprinted: false }
    }

    /// The world after a change: what is known of the files that did not change, now or later, both worlds know.
    pub fn changed(&self, project: Project) -> Self {
        let slot = |file: &Arc<SourceFile>| {
            let old = self.project.file_by_path(&file.path)?;
            self.project.files[old.index()].shares_text(file).then(|| Arc::clone(&self.files[old.index()]))
        };
        let files = project.files.iter().map(|file| slot(file).unwrap_or_default()).collect();
        Self::with_files(project, files)
    }

    /// The worlds of the tree: that of the interpreter, then that of type checkers, if there is one.
    pub fn sides(&self) -> impl Iterator<Item = &World> {
        std::iter::once(self).chain(self.stubs.as_deref())
    }

    /// The world in which the references of a file are followed.
    pub fn of(&self, file: FileId) -> &World {
        self.stubs.as_deref().filter(|stubs| stubs.project.is_own(file)).unwrap_or(self)
    }

    /// The facts of a file, kept from now on; `None` if it is not Python.
    pub fn facts(&self, file: FileId) -> Option<&Facts> {
        self.read(file).as_ref().ok().map(|facts| &**facts)
    }

    /// The facts of a file, or why there are none.
    pub fn read(&self, file: FileId) -> &Read {
        let slot = self.slot(file);
        if let Some(read) = slot.kept.get() {
            return read;
        }
        let passing = slot.passing().upgrade();
        slot.kept.get_or_init(|| passing.map_or_else(|| self.parsed(file), Ok))
    }

    /// The facts of a file for a look that may be the only one: dropped with the last look, unless something keeps them.
    pub fn look(&self, file: FileId) -> Option<Arc<Facts>> {
        let slot = self.slot(file);
        if let Some(read) = slot.kept.get() {
            return read.clone().ok();
        }
        let mut passing = slot.passing();
        if let Some(facts) = passing.upgrade() {
            return Some(facts);
        }
        match self.parsed(file) {
            Ok(facts) => {
                *passing = Arc::downgrade(&facts);
                Some(facts)
            }
            Err(unread) => {
                drop(passing);
                slot.kept.get_or_init(|| Err(unread));
                None
            }
        }
    }

    /// The facts of a file that names lead to: those that are there, else parsed and kept, as names lead there again.
    pub(super) fn reached_facts(&self, file: FileId) -> Option<Arc<Facts>> {
        let slot = self.slot(file);
        if slot.kept.get().is_none()
            && let Some(facts) = slot.passing().upgrade()
        {
            return Some(facts);
        }
        self.read(file).clone().ok()
    }

    /// What a file does at import; `None` if it is not Python, bodies of functions left aside.
    ///
    /// Whether all of the file has been parsed by then or not changes nothing but the numbers of bindings and statements.
    pub(super) fn script(&self, file: FileId) -> Option<&Script> {
        let slot = self.slot(file);
        match slot.lasting.get() {
            Some(Some(lasting)) => Some(&lasting.script),
            _ => slot.imported.get_or_init(|| self.imported_script(file)).as_ref(),
        }
    }

    fn imported_script(&self, file: FileId) -> Option<Script> {
        let text = self.project.text(file)?;
        let syntax = stage(". script", || parse_imported(text)).ok()?;
        Some(Script::new(&collect(self.as_seen(file, syntax), text)))
    }

    /// Whether a file has a meaning.
    pub fn is_read(&self, file: FileId) -> bool {
        self.lasting(file).is_some()
    }

    /// What a file reads of others; `None` if it is not Python.
    pub fn outline(&self, file: FileId) -> Option<&Outline> {
        let lasting = self.lasting(file)?;
        if lasting.outline.get().is_none() {
            let facts = self.look(file)?;
            lasting.outline.get_or_init(|| Outline::new(&facts));
        }
        lasting.outline.get()
    }

    /// The text of a file, on which what is found by it depends.
    pub fn text(&self, file: FileId) -> Option<&str> {
        self.depend_on(&[file]);
        self.project.text(file)
    }

    /// The fingerprint of the definition whose name stands at `name`.
    pub fn fingerprint(&self, file: FileId, name: Span) -> Option<&Arc<Fingerprint>> {
        let text = self.project.text(file).unwrap_or_default();
        let made = || shared(parse_with_fingerprints(text).map(|(_, made)| made).unwrap_or_default());
        let all = self.lasting(file)?.fingerprints.get_or_init(made);
        let found = all.binary_search_by_key(&name.start, |fingerprint| fingerprint.name.start);
        found.ok().map(|index| &all[index])
    }

    fn lasting(&self, file: FileId) -> Option<&Lasting> {
        let lasting = &self.slot(file).lasting;
        if lasting.get().is_none() {
            self.look(file);
        }
        lasting.get_or_init(|| None).as_ref()
    }

    /// What is known of a file: whoever finds something by it depends on it.
    fn slot(&self, file: FileId) -> &Slot {
        self.depend_on(&[file]);
        &self.files[file.index()]
    }

    fn parsed(&self, file: FileId) -> Read {
        let text = self.project.text(file).ok_or(Unread::NoText)?;
        let parsed = stage(". parse", || match self.is_fingerprinted {
            true => parse_with_fingerprints(text).map(|(syntax, made)| (syntax, OnceLock::from(shared(made)))),
            false => parse(text).map(|syntax| (syntax, OnceLock::new())),
        });
        let (syntax, fingerprints) = parsed.map_err(Unread::NotPython)?;
        let mut facts = stage(". collect", || collect(self.as_seen(file, syntax), text));
        let outline = || if self.is_fingerprinted { OnceLock::new() } else { OnceLock::from(Outline::new(&facts)) };
        let lasting = || Some(Lasting { script: Script::new(&facts), outline: outline(), fingerprints });
        self.slot(file).lasting.get_or_init(lasting);
        // The scopes and the script say all of them that is asked for later.
        facts.syntax.events = Vec::new();
        Ok(Arc::new(facts))
    }

    /// In a stub every name can be used before it is bound, and `name: type` says that the name is there (PEP 484, "Stub Files").
    fn as_seen(&self, file: FileId, mut syntax: Syntax) -> Syntax {
        if self.project.file(file).is_stub {
            syntax.future_annotations = true;
            for bind in &mut syntax.binds {
                if matches!(bind.kind, BindKind::Declare) {
                    bind.kind = BindKind::Assign(Value::Other);
                }
            }
        }
        syntax
    }

    /// The file of a module.
    pub fn file_of(&self, module: ModuleId) -> Option<FileId> {
        self.project.modules[module.index()].file
    }

    /// What is found in a file by itself, which depends on the files that are looked at for it.
    pub fn found_in<T>(&self, file: FileId, find: impl FnOnce() -> T) -> T {
        self.found(file.index(), find)
    }

    /// The same of what is found in files that are not Python.
    pub fn found_elsewhere<T>(&self, find: impl FnOnce() -> T) -> T {
        self.found(self.files.len(), find)
    }

    fn found<T>(&self, place: usize, find: impl FnOnce() -> T) -> T {
        let (found, files) = watched(find);
        self.needed[place].lock().unwrap_or_else(PoisonError::into_inner).push(files);
        found
    }

    /// What is found anew whenever anything is: what depends on it is to be compared with what was found.
    pub fn found_anew<T>(&self, find: impl FnOnce() -> T) -> T {
        watched(find).0
    }

    /// What is being found depends on these files.
    pub(super) fn depend_on(&self, files: &[FileId]) {
        // Mostly it is known already, and what nobody writes all threads can read at once.
        let share = |shared: &AtomicBool| {
            if !shared.load(Ordering::Relaxed) {
                shared.store(true, Ordering::Relaxed);
            }
        };
        if !note(files) {
            files.iter().for_each(|file| match *file {
                ANY => self.shared.iter().for_each(share),
                file => share(&self.shared[file.index()]),
            });
        }
    }

    /// Whether a file was looked at for more than what is found in single files.
    pub fn is_shared(&self, file: FileId) -> bool {
        self.sides().any(|side| side.shared[file.index()].load(Ordering::Relaxed))
    }

    /// The files that were looked at for what was found in a file.
    pub fn needed_in(&self, file: FileId) -> BTreeSet<FileId> {
        self.needed(file.index())
    }

    /// The same for what was found in files that are not Python.
    pub fn needed_elsewhere(&self) -> BTreeSet<FileId> {
        self.needed(self.files.len())
    }

    fn needed(&self, place: usize) -> BTreeSet<FileId> {
        let needed = |side: &World| side.needed[place].lock().unwrap_or_else(PoisonError::into_inner).clone();
        self.sides().flat_map(needed).flat_map(|files| files.to_vec()).collect()
    }

    /// The name under which a file is imported; files that no import can name go by their path.
    pub fn module_name(&self, file: FileId) -> DottedName {
        match self.module_of(file) {
            Some(module) => self.project.modules[module.index()].name.clone(),
            None => DottedName::new(&self.project.file(file).path),
        }
    }

    /// The module that a file is first of all.
    pub fn module_of(&self, file: FileId) -> Option<ModuleId> {
        self.project.modules_of(file).first().copied()
    }
}

fn shared(fingerprints: Vec<Fingerprint>) -> Vec<Arc<Fingerprint>> {
    fingerprints.into_iter().map(Arc::new).collect()
}
