//! Modules that put another object into their place: `sys.modules[__name__] = other`.

use super::walk::Walk;
use super::{Facts, Hop, HopKind, Origin, Resolution, ScopeId, Why, World};
use crate::project::{FileId, ModuleId};
use crate::python::syntax::{Call, StatementId, StatementKind, Target, Value};
use crate::python::{DottedName, Identifier, Symbol};
use crate::text::Span;

/// What stands in the place of a module once it has run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Swap {
    /// Another module of the tree.
    Module(DottedName),
    /// An object that imports the module's names when they are asked for; `if TYPE_CHECKING:` says which they are.
    Lazy,
    Unknown,
}

impl World {
    /// What a module's own top level puts into its place, with the statement that does.
    pub fn swap(&self, file: FileId) -> Option<(Swap, StatementId)> {
        let facts = self.reached_facts(file)?;
        self.swap_on(file, &facts, &mut Walk::default())
    }

    fn swap_on(&self, file: FileId, facts: &Facts, walk: &mut Walk) -> Option<(Swap, StatementId)> {
        let swaps =
            facts.swaps.get_or_init(|| self.project.text(file).map_or_else(Vec::new, |text| swaps(facts, text)));
        let statement = *swaps.first()?;
        let StatementKind::Assign { value: Some(value), .. } = &facts.syntax.statements[statement.index()].kind else {
            return None;
        };
        let swap = match value {
            _ if swaps.len() > 1 => Swap::Unknown,
            Value::Call(call) if is_lazy(facts, &facts.syntax.calls[call.index()]) => Swap::Lazy,
            _ if !facts.runs_always(statement) => Swap::Unknown,
            value => self.put(file, facts, value, walk).map_or(Swap::Unknown, Swap::Module),
        };
        Some((swap, statement))
    }

    /// The module that a value is.
    fn put(&self, file: FileId, facts: &Facts, value: &Value, walk: &mut Walk) -> Option<DottedName> {
        let chain = match value {
            Value::Chain(chain) => *chain,
            Value::Call(call) => return self.imported_by_name(file, facts, &facts.syntax.calls[call.index()], walk),
            _ => return None,
        };
        let last = self.chain_on(file, &facts.references[chain.index()], walk).pop()?;
        let whole = last.attributes == facts.syntax.chains[chain.index()].attributes.len();
        match last.resolution.origin {
            Origin::Module(name) if whole => Some(name),
            _ => None,
        }
    }

    /// `importlib.import_module("pkg.new")`
    fn imported_by_name(&self, file: FileId, facts: &Facts, call: &Call, walk: &mut Walk) -> Option<DottedName> {
        let callee = self.chain_on(file, &facts.references[call.callee?.index()], walk).pop()?.resolution.origin;
        let [Value::Text(string)] = call.arguments[..] else { return None };
        let name = DottedName::parse(facts.syntax.strings[string.index()].value(self.project.text(file)?))?;
        let is_import = callee == Origin::Outside(DottedName::new("importlib.import_module"));
        (is_import && self.project.module(name.as_str()).is_some()).then_some(name)
    }

    /// The attribute of a module that another object has taken the place of; `None` if the module's own names count.
    pub(super) fn through_swap(
        &self,
        module: ModuleId,
        (file, facts): (FileId, &Facts),
        name: &Identifier,
        walk: &mut Walk,
    ) -> Option<Resolution> {
        let text = self.project.text(file)?;
        let (swap, statement) = self.swap_on(file, facts, walk)?;
        match swap {
            Swap::Lazy if spells(facts, text, name) => None,
            Swap::Lazy | Swap::Unknown => Some(Resolution::unknown(Why::Dynamic)),
            Swap::Module(other) => {
                let own = &self.project.modules[module.index()].name;
                if other == *own {
                    return None;
                }
                let other = self.project.module(other.as_str())?;
                let found = (*self.member_on(other, name, walk)).clone();
                let symbol = Symbol::new(own.clone(), DottedName::new(name.as_str()));
                let span = facts.syntax.statements[statement.index()].span;
                Some(found.through(Hop { symbol, file, span, kind: HopKind::SysModules }))
            }
        }
    }
}

/// The statements that put something into the place of their own module.
fn swaps(facts: &Facts, text: &str) -> Vec<StatementId> {
    if memchr::memmem::find(text.as_bytes(), b"sys.modules[").is_none() {
        return Vec::new();
    }
    let is_own = |target: &Target| matches!(target, Target::Other(span) if is_own_place(*span, text));
    let swaps = facts.syntax.statements.iter().enumerate().filter(|(_, statement)| match &statement.kind {
        StatementKind::Assign { targets, value: Some(_), .. } => targets.iter().any(is_own),
        _ => false,
    });
    swaps.map(|(index, _)| StatementId(index as u32)).collect()
}

/// `sys.modules[__name__]`
fn is_own_place(target: Span, text: &str) -> bool {
    let target = target.of(text);
    target.starts_with("sys.modules[") && target.contains("__name__")
}

/// `_LazyModule(__name__, …)`: an object with the module's own names, each imported when it is asked for.
fn is_lazy(facts: &Facts, call: &Call) -> bool {
    call.callee.is_some_and(|callee| facts.syntax.chains[callee.index()].last().as_str() == "_LazyModule")
}

/// Whether a string of the file is the name: the table of the lazy object holds it.
fn spells(facts: &Facts, text: &str, name: &Identifier) -> bool {
    let is_bound = facts.scopes[ScopeId::MODULE.index()].names.contains_key(name);
    is_bound && facts.syntax.strings.iter().any(|string| string.value(text) == name.as_str())
}
