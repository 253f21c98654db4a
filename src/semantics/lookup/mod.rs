//! What a module's `__getattr__` (PEP 562) answers to a name, found by running it for that name alone.
//!
//! ```python
//! TABLE = {"Old": "pkg.new"}
//!
//! def __getattr__(name):
//!     if name in TABLE:
//!         return getattr(import_module(TABLE[name]), name)
//!     raise AttributeError(name)
//! ```

mod attach;
mod call;
mod doors;
mod run;
mod table;
mod value;

use rustc_hash::{FxHashMap, FxHashSet};

use super::walk::Walk;
use super::{Facts, Hop, HopKind, Origin, Resolution, ScopeId, Why, World};
use crate::project::{FileId, ModuleId};
use crate::python::syntax::{Arm, BindKind, BindingId, StatementId, Step, StringId, Term};
use crate::python::{DottedName, Identifier, Symbol};
use crate::text::Span;

pub(super) use call::makes_importer;
use run::Run;
pub(super) use table::Tables;

/// A name that a module's `__getattr__` gives.
#[derive(Clone, Debug)]
pub struct LookupEntry {
    pub resolution: Resolution,
    /// What is there for this name; empty if the function gives every name that something else has.
    pub places: Vec<Place>,
    /// The function, or the statement that makes it.
    pub statement: StatementId,
    /// Whether asking for it warns.
    pub warns: bool,
}

/// What a `__getattr__` holds for one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// An arm of an `if` or a `match`.
    Arm { statement: StatementId, index: usize, span: Span },
    /// One of several strings of a test: `name in ("Old", "Older")`, `case "Old" | "Older"`.
    Listed { list: Span, element: Span },
    /// A key of a dictionary, or an element of a list in it.
    Text(StringId),
}

/// What the function says.
enum Answer {
    Gives(Resolution),
    /// `AttributeError`
    Raises,
    Unknown,
}

/// A module that can give more names than these is not asked for each of them.
const MOST_NAMES: usize = 4_096;

impl Place {
    /// Where the name is written, or the test for it.
    pub fn span(&self, facts: &Facts) -> Span {
        match *self {
            Place::Arm { span, .. } => span,
            Place::Listed { element, .. } => element,
            Place::Text(string) => facts.syntax.strings[string.index()].span,
        }
    }

    /// All that is there for the name: the arm, the key with its value.
    pub fn extent(&self, facts: &Facts) -> Span {
        match *self {
            Place::Arm { span, .. } => span,
            Place::Listed { element, .. } => element,
            Place::Text(string) => facts.entry_at(string).unwrap_or(facts.syntax.strings[string.index()].span),
        }
    }
}

/// The whole answer to one name.
struct Asked {
    answer: Answer,
    places: Vec<Place>,
    statement: StatementId,
    warns: bool,
}

impl World {
    /// What the module's `__getattr__` gives under `name`; `None` if it does not give it, or nobody can say.
    pub fn lookup_entry(&self, file: FileId, name: &Identifier) -> Option<LookupEntry> {
        let (module, facts) = (self.module_of(file)?, self.reached_facts(file)?);
        let asked = self.asked(file, &facts, name, &mut Walk::default())?;
        let hop = self.lookup_hop((module, name), file, &facts, &asked);
        let Asked { answer: Answer::Gives(resolution), places, statement, warns } = asked else { return None };
        Some(LookupEntry { resolution: resolution.through(hop), places, statement, warns })
    }

    /// Whether the module's `__getattr__` can give more than the names that go.
    pub fn lookup_gives_more(&self, file: FileId, gone: &[Identifier]) -> bool {
        let (Some(facts), text) = (self.reached_facts(file), self.project.text(file).unwrap_or_default()) else {
            return true;
        };
        let mut names = facts.lookup_names(text);
        names.push(Identifier::new("__unlikely_name"));
        names.sort();
        names.dedup();
        let gone: FxHashSet<&Identifier> = gone.iter().collect();
        names.retain(|name| !gone.contains(name));
        let raises = |name: &Identifier| {
            let asked = self.asked(file, &facts, name, &mut Walk::default());
            asked.is_some_and(|asked| matches!(asked.answer, Answer::Raises))
        };
        names.len() > MOST_NAMES || !names.iter().all(raises)
    }

    /// What a name is that the module does not bind, as its `__getattr__` answers.
    pub(super) fn looked_up(&self, module: ModuleId, name: &Identifier, walk: &mut Walk) -> Resolution {
        let file = self.file_of(module).expect("a module with a `__getattr__` has a file");
        let Some(facts) = self.reached_facts(file) else { return Resolution::unknown(Why::NotPython) };
        let Some(asked) = self.asked(file, &facts, name, walk) else {
            return Resolution::unknown(Why::Dynamic);
        };
        let hop = self.lookup_hop((module, name), file, &facts, &asked);
        match asked.answer {
            Answer::Gives(found) => found.through(hop),
            Answer::Raises => Resolution::unknown(Why::Missing),
            Answer::Unknown => Resolution::unknown(Why::Dynamic),
        }
    }

    fn lookup_hop(&self, (module, name): (ModuleId, &Identifier), file: FileId, facts: &Facts, asked: &Asked) -> Hop {
        let symbol = Symbol::new(self.project.modules[module.index()].name.clone(), DottedName::new(name.as_str()));
        let span = asked.places.first().map(|place| place.span(facts));
        let span = span.unwrap_or(facts.syntax.statements[asked.statement.index()].span);
        Hop { symbol, file, span, kind: HopKind::Getattr }
    }

    fn asked(&self, file: FileId, facts: &Facts, name: &Identifier, walk: &mut Walk) -> Option<Asked> {
        let statement = facts.lookup_statement()?;
        match facts.syntax.lookup.as_ref().filter(|lookup| lookup.statement == statement) {
            Some(lookup) => {
                let mut run = Run::new(self, (file, facts), name, walk);
                let answer = run.answer(lookup);
                Some(Asked { answer, places: run.places, statement, warns: run.warns })
            }
            None => {
                let (answer, places) = self.attached(file, facts, (statement, name), walk)?;
                Some(Asked { answer, places, statement, warns: false })
            }
        }
    }
}

impl Facts {
    /// The statement that makes the module's `__getattr__`, if there is one and it is always reached.
    pub fn lookup_statement(&self) -> Option<StatementId> {
        let reach = self.scopes[ScopeId::MODULE.index()].last.get(&Identifier::new("__getattr__"))?;
        let [binding] = reach.bindings[..] else { return None };
        let binding = &self.bindings[binding.index()];
        let is_value = matches!(binding.kind, BindKind::Function | BindKind::Unpack);
        let always = self.runs_always(binding.statement) || self.runs_for_the_interpreter(binding.statement);
        (is_value && always).then_some(binding.statement)
    }

    /// Whether a statement stands in the arm of a test for type checkers that the interpreter runs.
    fn runs_for_the_interpreter(&self, statement: StatementId) -> bool {
        let lookup = self.syntax.lookup.as_ref().filter(|lookup| lookup.statement == statement);
        let block = self.syntax.statements[statement.index()].block;
        let owner = self.syntax.blocks[block.index()].owner;
        lookup.is_some() && owner.is_some_and(|owner| self.runs_always(owner))
    }

    /// The arms of each `if` and `match` in the module's `__getattr__`.
    pub fn lookup_arms(&self) -> FxHashMap<StatementId, &[Arm]> {
        let mut found = FxHashMap::default();
        let mut open: Vec<&[Step]> = self.syntax.lookup.iter().map(|lookup| &lookup.body[..]).collect();
        while let Some(steps) = open.pop() {
            for step in steps {
                match step {
                    Step::Choice(arms) => {
                        found.extend(arms.first().map(|arm| (arm.statement, &arms[..])));
                        open.extend(arms.iter().map(|arm| &arm.body[..]));
                    }
                    Step::Try { body, missing } => open.extend([&body[..], &missing[..]]),
                    _ => {}
                }
            }
        }
        found
    }

    /// The names that the module's `__getattr__` can be asked for, as far as strings in it and in its tables say.
    pub fn lookup_names(&self, text: &str) -> Vec<Identifier> {
        if self.lookup_statement().is_none() {
            return Vec::new();
        }
        let strings = self.syntax.strings.iter().map(|string| string.value(text));
        strings.filter_map(Identifier::parse).collect()
    }
}

/// The module-level binding of a chain's root, if it is the only one and nothing changes it later.
fn only_binding(facts: &Facts, reference: &super::Reference) -> Option<BindingId> {
    let chain = &facts.syntax.chains[reference.chain.index()];
    let [binding] = reference.reach.bindings[..] else { return None };
    let names = &facts.scopes[ScopeId::MODULE.index()].names;
    let is_only = reference.reach.scope == Some(ScopeId::MODULE) && names.get(&chain.root)?.len() == 1;
    (is_only && reference.reach.stars.is_empty()).then_some(binding)
}

/// Whether a test compares the asked name with a literal.
fn is_name(term: &Term, facts: &Facts, parameter: &Identifier) -> bool {
    match term {
        Term::Chain(chain) => {
            let chain = &facts.syntax.chains[chain.index()];
            chain.attributes.is_empty() && chain.root == *parameter
        }
        _ => false,
    }
}

/// The module that a path names, or what lies outside.
fn module_origin(world: &World, name: &DottedName) -> Origin {
    match world.project.module(name.as_str()) {
        Some(_) => Origin::Module(name.clone()),
        None => Origin::Outside(name.clone()),
    }
}
