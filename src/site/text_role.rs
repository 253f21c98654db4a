//! What the code does with a string: decided by the origin of the function that takes it, never by its spelling.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::find::Visit;
use super::text_dictionary::Dictionaries;
use super::{Act, Kind};
use crate::python::Identifier;
use crate::python::syntax::{
    BindKind, BindingId, Call, CallId, ChainId, Keyword, StatementKind, StringId, Target, Value,
};
use crate::semantics::{Facts, Origin};
use crate::text::{Cover, Span};

/// Fixtures of pytest, by which tests get them: as parameters of these names.
const FIXTURES: [(&str, &str); 6] = [
    ("mocker", "mock"),
    ("class_mocker", "mock"),
    ("module_mocker", "mock"),
    ("package_mocker", "mock"),
    ("session_mocker", "mock"),
    ("monkeypatch", "monkeypatch"),
];

/// What a string is to the code around it.
#[derive(Clone, Debug)]
pub(super) struct Role {
    pub kind: Kind,
    pub act: Act,
    /// The string names an attribute of what this chain is, else it is a whole path.
    pub owner: Option<ChainId>,
    /// The package that a path with leading dots starts from.
    pub package: Option<Value>,
}

impl Role {
    /// Whether an import takes the string, be it for the package above the module.
    pub(super) fn is_import(&self) -> bool {
        self.kind == Kind::TextImport
    }
}

/// Where a string stands in a call or a dictionary.
#[derive(Clone, Debug)]
enum Slot {
    Argument(usize),
    Keyword(Identifier),
    Key,
    /// The value of an entry with this key.
    Entry(Option<StringId>),
    /// An operand beside this chain.
    Compared(ChainId),
}

/// Where each string of a file stands.
pub(super) struct Roles<'a> {
    visit: &'a Visit<'a>,
    places: FxHashMap<StringId, (Option<CallId>, Slot)>,
    /// Dictionaries that configure `logging`, by the places of their entries.
    logging: Vec<StringId>,
    /// Chains by where they end, the first one of each place.
    ends: OnceCell<FxHashMap<usize, ChainId>>,
    /// The targets of assignments and of `del` that are no names: subscripts.
    stored: Cover,
    dictionaries: OnceCell<Dictionaries>,
}

impl<'a> Roles<'a> {
    pub(super) fn of(visit: &'a Visit<'a>) -> Self {
        let syntax = &visit.facts.syntax;
        let stored = stored(visit.facts).collect();
        let (places, logging, ends, dictionaries) = Default::default();
        let mut roles = Self { visit, places, logging, ends, stored, dictionaries };
        for (index, call) in syntax.calls.iter().enumerate() {
            roles.call(CallId(index as u32), call);
        }
        for comparison in &syntax.comparisons {
            let chain = comparison.operands.iter().find_map(|operand| match operand {
                Value::Chain(chain) => Some(*chain),
                _ => None,
            });
            for operand in &comparison.operands {
                if let (Value::Text(string), Some(chain)) = (operand, chain) {
                    roles.places.insert(*string, (None, Slot::Compared(chain)));
                }
            }
        }
        for statement in &syntax.statements {
            if let StatementKind::Assign { value: Some(value), .. } = &statement.kind {
                roles.entries(None, value);
            }
        }
        roles.find_logging();
        roles
    }

    fn call(&mut self, id: CallId, call: &Call) {
        for (index, argument) in call.arguments.iter().enumerate() {
            match argument {
                Value::Text(string) => drop(self.places.insert(*string, (Some(id), Slot::Argument(index)))),
                other => self.entries(Some(id), other),
            }
        }
        for Keyword { name, value, .. } in &call.keywords {
            match value {
                Value::Text(string) => drop(self.places.insert(*string, (Some(id), Slot::Keyword(name.clone())))),
                other => self.entries(Some(id), other),
            }
        }
    }

    /// The strings in a dictionary, at any depth.
    fn entries(&mut self, call: Option<CallId>, value: &Value) {
        for (key, value) in entries(value) {
            if let Some(Value::Text(key)) = key {
                self.places.entry(*key).or_insert((call, Slot::Key));
            }
            if let Value::Text(string) = value {
                let key = match key {
                    Some(Value::Text(key)) => Some(*key),
                    _ => None,
                };
                self.places.entry(*string).or_insert((call, Slot::Entry(key)));
            }
        }
    }

    /// The dictionaries that `logging.config.dictConfig` takes, also by a name, and Django's `LOGGING`.
    fn find_logging(&mut self) {
        let facts = self.visit.facts;
        if !["dictConfig", "LOGGING"].iter().any(|word| self.visit.text.contains(word)) {
            return;
        }
        let configures = |call: &&Call| self.callee(call).as_deref() == Some("logging.config.dictConfig");
        let taken: Vec<&Value> =
            facts.syntax.calls.iter().filter(configures).filter_map(|call| call.arguments.first()).collect();
        let is_taken = |name: &Identifier| {
            name.as_str() == "LOGGING"
                || taken.iter().any(|value| match value {
                    Value::Chain(chain) => facts.syntax.chains[chain.index()].root == *name,
                    _ => false,
                })
        };
        let mut dictionaries: Vec<&Value> = taken.to_vec();
        for statement in &facts.syntax.statements {
            if let StatementKind::Assign { targets, value: Some(value), .. } = &statement.kind
                && targets.iter().any(|target| matches!(target, Target::Name(name, _) if is_taken(name)))
            {
                dictionaries.push(value);
            }
        }
        let strings = dictionaries.into_iter().flat_map(entries).filter_map(|(_, value)| match value {
            Value::Text(string) => Some(*string),
            _ => None,
        });
        self.logging = strings.collect();
    }

    /// What the code does with a string; a path whose consumer nobody knows is data.
    pub(super) fn role(&self, string: StringId) -> Role {
        let known = match self.places.get(&string) {
            Some((Some(call), slot)) => self.in_call(*call, slot),
            Some((None, Slot::Compared(chain))) if self.is_sys_modules(*chain) => {
                Some(plain(Kind::TextSysModules, Act::Probe))
            }
            _ => None,
        };
        known
            .or_else(|| self.in_logging(string))
            .or_else(|| self.in_subscript(string))
            .or_else(|| self.in_dictionary(string))
            .unwrap_or(plain(Kind::TextPath, Act::Data))
    }

    /// Whether a string names an attribute of a module that is known.
    pub(super) fn is_of_module(&self, string: StringId) -> bool {
        let Visit { world, file, facts, .. } = *self.visit;
        self.role(string).owner.is_some_and(|owner| world.module_at(file, facts, owner).is_some())
    }

    fn in_call(&self, id: CallId, slot: &Slot) -> Option<Role> {
        let call = &self.visit.facts.syntax.calls[id.index()];
        let callee = self.callee(call)?;
        match in_mock(&callee) {
            Some(mock) => self.in_mock(mock, call, slot),
            None => self.in_other(&callee, call, slot),
        }
    }

    /// The module of which a call replaces the names that are its keywords.
    pub(super) fn patched_by_keywords<'c>(&self, call: &'c Call) -> Option<&'c Value> {
        let callee = self.callee(call)?;
        (in_mock(&callee)? == "patch.multiple").then_some(())?;
        call.arguments.first().or(call.keyword("target"))
    }

    /// `DEFAULT`: what stands in place of the name is made by the call.
    pub(super) fn is_made_by_mock(&self, value: &Value) -> bool {
        let Value::Chain(chain) = value else { return false };
        self.origin(*chain).is_some_and(|origin| in_mock(&origin) == Some("DEFAULT"))
    }

    fn in_mock(&self, function: &str, call: &Call, slot: &Slot) -> Option<Role> {
        match (function, slot) {
            ("patch", slot) if is_at(slot, 0, "target") => Some(plain(Kind::TextPatch, Act::Patch)),
            ("patch.object" | "spy", slot) if is_at(slot, 1, "attribute") => {
                attribute(call, Kind::TextPatch, Act::Patch)
            }
            ("patch.dict", slot) if is_at(slot, 0, "in_dict") => Some(plain(Kind::TextPatch, Act::Read)),
            ("patch.dict", Slot::Key) if self.takes_sys_modules(call) => Some(plain(Kind::TextSysModules, Act::Write)),
            _ => None,
        }
    }

    fn in_other(&self, callee: &str, call: &Call, slot: &Slot) -> Option<Role> {
        let count = call.arguments.len();
        match callee {
            "monkeypatch.setattr" if count <= 2 && is_at(slot, 0, "target") => Some(plain(Kind::TextPatch, Act::Patch)),
            "monkeypatch.delattr" if count == 1 && is_at(slot, 0, "target") => Some(plain(Kind::TextPatch, Act::Patch)),
            "monkeypatch.setattr" | "monkeypatch.delattr" if is_at(slot, 1, "name") => {
                attribute(call, Kind::TextPatch, Act::Patch)
            }
            "monkeypatch.setitem" | "monkeypatch.delitem" if is_at(slot, 1, "name") && self.takes_sys_modules(call) => {
                Some(plain(Kind::TextSysModules, Act::Write))
            }
            "builtins.getattr" if count == 2 && is_at(slot, 1, "") => attribute(call, Kind::TextGetattr, Act::Read),
            "builtins.getattr" | "builtins.hasattr" if is_at(slot, 1, "") => {
                attribute(call, Kind::TextGetattr, Act::Probe)
            }
            "builtins.setattr" | "builtins.delattr" if is_at(slot, 1, "") => {
                attribute(call, Kind::TextGetattr, Act::Patch)
            }
            "importlib.import_module" if is_at(slot, 0, "name") => {
                let package = call.arguments.get(1).or(call.keyword("package")).cloned();
                Some(Role { package, ..plain(Kind::TextImport, Act::Import) })
            }
            // Without names to take from it, `__import__("a.b")` gives `a`.
            "builtins.__import__" if is_at(slot, 0, "name") => {
                let whole = count >= 4 || call.keyword("fromlist").is_some();
                Some(plain(Kind::TextImport, if whole { Act::Import } else { Act::Data }))
            }
            "runpy.run_module" if is_at(slot, 0, "mod_name") => Some(plain(Kind::TextImport, Act::Import)),
            "importlib.util.find_spec" | "importlib.find_loader" | "pkgutil.find_loader" | "pkgutil.get_loader"
                if is_at(slot, 0, "name") =>
            {
                Some(plain(Kind::TextImport, Act::Probe))
            }
            "sys.modules.get" | "sys.modules.pop" | "sys.modules.setdefault" if is_at(slot, 0, "") => {
                let act = if callee.ends_with("get") { Act::Import } else { Act::Write };
                Some(plain(Kind::TextSysModules, act))
            }
            "pkgutil.resolve_name"
            | "pydoc.locate"
            | "django.utils.module_loading.import_string"
            | "werkzeug.utils.import_string"
            | "werkzeug.import_string"
                if is_at(slot, 0, "name") || is_at(slot, 0, "import_name") || is_at(slot, 0, "dotted_path") =>
            {
                Some(plain(Kind::TextImport, Act::Read))
            }
            _ => None,
        }
    }

    /// `"class"` and `"()"` in a dictionary that configures `logging` are paths of what it makes.
    fn in_logging(&self, string: StringId) -> Option<Role> {
        let (_, Slot::Entry(Some(key))) = self.places.get(&string)? else { return None };
        let key = self.visit.facts.syntax.strings[key.index()].value(self.visit.text);
        let makes = matches!(key, "class" | "()") && self.logging.contains(&string);
        makes.then(|| plain(Kind::TextLogging, Act::Read))
    }

    /// `sys.modules["pkg.old"]`
    fn in_subscript(&self, string: StringId) -> Option<Role> {
        let facts = self.visit.facts;
        let literal = &facts.syntax.strings[string.index()];
        let before = self.visit.text[..literal.span.start()].trim_end().strip_suffix('[')?.trim_end();
        if !self.is_sys_modules(*self.ends().get(&before.len())?) {
            return None;
        }
        let act = if self.stored.contains(literal.span) { Act::Write } else { Act::Import };
        Some(plain(Kind::TextSysModules, act))
    }

    fn ends(&self) -> &FxHashMap<usize, ChainId> {
        self.ends.get_or_init(|| {
            let chains = self.visit.facts.syntax.chains.iter().enumerate().rev();
            chains.map(|(index, chain)| (chain.span().end(), ChainId(index as u32))).collect()
        })
    }

    /// `vars(old)["Old"]`
    fn in_dictionary(&self, string: StringId) -> Option<Role> {
        let is_vars = |call: &Call| self.callee(call).as_deref() == Some("builtins.vars");
        let dictionaries = self.dictionaries.get_or_init(|| Dictionaries::of(self.visit));
        let owner = dictionaries.owner(self.visit, string, is_vars)?;
        Some(Role { owner: Some(owner), ..plain(Kind::TextGetattr, Act::Probe) })
    }

    fn takes_sys_modules(&self, call: &Call) -> bool {
        match call.arguments.first() {
            Some(Value::Chain(chain)) => self.is_sys_modules(*chain),
            Some(Value::Text(string)) => {
                self.visit.facts.syntax.strings[string.index()].value(self.visit.text) == "sys.modules"
            }
            _ => false,
        }
    }

    fn is_sys_modules(&self, chain: ChainId) -> bool {
        self.origin(chain).as_deref() == Some("sys.modules")
    }

    /// What a call calls, as a path: `unittest.mock.patch.object`, `builtins.getattr`, `monkeypatch.setattr`.
    fn callee(&self, call: &Call) -> Option<String> {
        self.origin(call.callee?)
    }

    fn origin(&self, chain: ChainId) -> Option<String> {
        let facts = self.visit.facts;
        let reference = &facts.references[chain.index()];
        let chain = &facts.syntax.chains[chain.index()];
        let is_parameter = |id: &BindingId| matches!(facts.bindings[id.index()].kind, BindKind::Parameter);
        let fixture = FIXTURES.iter().find(|(name, _)| *name == chain.root.as_str());
        if let Some((_, stands_for)) = fixture.filter(|_| reference.reach.bindings.iter().all(is_parameter)) {
            let attributes: String = chain.attributes.iter().map(|(name, _)| format!(".{name}")).collect();
            return Some(format!("{stands_for}{attributes}"));
        }
        let last = self.visit.world.chain(self.visit.file, reference).pop()?;
        if last.attributes != chain.attributes.len() {
            return None;
        }
        match last.resolution.origin {
            Origin::Outside(path) => Some(path.as_str().to_owned()),
            Origin::Builtin(name) => Some(format!("builtins.{name}")),
            _ => None,
        }
    }
}

/// The name of a function of `unittest.mock`, or of the package `mock`.
fn in_mock(callee: &str) -> Option<&str> {
    let name = callee.strip_prefix("unittest.mock.").or(callee.strip_prefix("mock."))?;
    Some(name.strip_prefix("mock.").unwrap_or(name))
}

fn plain(kind: Kind, act: Act) -> Role {
    Role { kind, act, owner: None, package: None }
}

/// The second argument names an attribute of the first.
fn attribute(call: &Call, kind: Kind, act: Act) -> Option<Role> {
    match call.arguments.first().or(call.keyword("target")) {
        Some(Value::Chain(chain)) => Some(Role { owner: Some(*chain), ..plain(kind, act) }),
        _ => None,
    }
}

fn is_at(slot: &Slot, place: usize, name: &str) -> bool {
    match slot {
        Slot::Argument(index) => *index == place,
        Slot::Keyword(keyword) => keyword.as_str() == name,
        _ => false,
    }
}

/// What is assigned or deleted and is no name: a subscript.
fn stored(facts: &Facts) -> impl Iterator<Item = Span> {
    let targets = facts.syntax.statements.iter().flat_map(|statement| match &statement.kind {
        StatementKind::Assign { targets, .. } | StatementKind::Delete(targets) => &targets[..],
        _ => &[],
    });
    targets.filter_map(|target| match target {
        Target::Other(span) => Some(*span),
        _ => None,
    })
}

/// The entries of a dictionary and of those inside of it.
fn entries(value: &Value) -> Vec<(Option<&Value>, &Value)> {
    let mut found = Vec::new();
    let mut open = SmallVec::<[&Value; 8]>::from_slice(&[value]);
    while let Some(value) = open.pop() {
        match value {
            Value::Dict(pairs) => {
                for (key, value) in pairs.iter() {
                    found.push((key.as_ref(), value));
                    open.push(value);
                }
            }
            Value::List(values) | Value::Tuple(values) => open.extend(values.iter()),
            _ => {}
        }
    }
    found
}
