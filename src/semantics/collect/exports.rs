//! `__all__`, as far as it can be read off the source.

use rustc_hash::FxHashSet;

use super::scopes::Scopes;
use crate::python::Identifier;
use crate::python::syntax::{
    BindKind, BlockId, BlockKind, CallId, Chain, ChainId, ScopeId, StatementId, StatementKind, StringKind, Syntax,
    Target, Value,
};
use crate::semantics::facts::{Export, Exports};

const ALL: &str = "__all__";

/// Reads the statements of the module that make `__all__`, in their order; those in branches add to it.
pub(super) fn exports(syntax: &Syntax, scopes: &Scopes, text: &str) -> Option<Exports> {
    memchr::memmem::find(text.as_bytes(), ALL.as_bytes())?;
    let mut reader =
        Reader { syntax, text, exports: Exports::default(), found: false, understood: FxHashSet::default() };
    for (number, statement) in syntax.statements.iter().enumerate() {
        if let Some(place) = place(syntax, statement.block) {
            reader.statement(StatementId(number as u32), &statement.kind, place);
        }
    }
    reader.notice_others(scopes);
    reader.found.then_some(reader.exports)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Always,
    /// In a branch, a loop or a `try`.
    Perhaps,
}

/// Whether and how a block runs with the module; `None` inside classes and functions.
fn place(syntax: &Syntax, block: BlockId) -> Option<Place> {
    let mut place = Place::Always;
    let mut block = &syntax.blocks[block.index()];
    loop {
        match block.kind {
            BlockKind::Function | BlockKind::Class => return None,
            BlockKind::Module | BlockKind::With => {}
            _ => place = Place::Perhaps,
        }
        let Some(owner) = block.owner else { return Some(place) };
        block = &syntax.blocks[syntax.statements[owner.index()].block.index()];
    }
}

struct Reader<'a> {
    syntax: &'a Syntax,
    text: &'a str,
    exports: Exports,
    found: bool,
    /// Statements whose effect on `__all__` is known.
    understood: FxHashSet<StatementId>,
}

impl Reader<'_> {
    fn statement(&mut self, id: StatementId, kind: &StatementKind, place: Place) {
        let understood = match kind {
            StatementKind::Assign { targets, value: Some(value), .. } if targets.iter().any(is_all) => {
                self.assign(value, place);
                true
            }
            StatementKind::Augment { target, value } if is_all(target) => {
                self.add_all(value, Exports::default());
                true
            }
            StatementKind::Expression(Value::Call(call)) => self.method(*call, place),
            _ => false,
        };
        if understood {
            self.found = true;
            self.understood.insert(id);
        }
    }

    /// `__all__ = value`, where the value may build on the old one.
    fn assign(&mut self, value: &Value, place: Place) {
        match place {
            Place::Always => {
                let old = std::mem::take(&mut self.exports);
                self.add_all(value, old);
            }
            Place::Perhaps => self.add_all(value, Exports::default()),
        }
    }

    /// `__all__.append("Name")` and the like; whether the method is known.
    fn method(&mut self, call: CallId, place: Place) -> bool {
        let call = &self.syntax.calls[call.index()];
        let Some(callee) = call.callee.map(|callee| &self.syntax.chains[callee.index()]) else { return false };
        let [(method, _)] = callee.attributes.as_slice() else { return false };
        if callee.root.as_str() != ALL {
            return false;
        }
        match (method.as_str(), &*call.arguments) {
            ("extend", [value]) => self.add_all(value, Exports::default()),
            ("append", [value]) | ("insert", [_, value]) => self.add(value),
            ("remove", [value]) => self.remove(value, place),
            ("sort" | "reverse" | "index" | "count" | "copy", _) => {}
            _ => return false,
        }
        true
    }

    /// Adds the names of a sequence; `old` is what `__all__` in it means.
    fn add_all(&mut self, value: &Value, old: Exports) {
        match value {
            Value::List(items) | Value::Tuple(items) => self.add_items(items, old),
            Value::Sum(terms) => self.add_terms(terms, old),
            Value::Chain(chain) => self.add_chain(*chain, old),
            Value::Call(call) => self.add_copy(*call, old),
            _ => self.exports.dynamic = true,
        }
    }

    fn add_items(&mut self, items: &[Value], mut old: Exports) {
        for item in items {
            match item {
                Value::Starred(value) => self.add_all(value, std::mem::take(&mut old)),
                value => self.add(value),
            }
        }
    }

    fn add_terms(&mut self, terms: &[Value], mut old: Exports) {
        for term in terms {
            let is_old = matches!(term, Value::Chain(chain) if self.is_own(*chain));
            let before = if is_old { std::mem::take(&mut old) } else { Exports::default() };
            self.add_all(term, before);
        }
    }

    fn add_chain(&mut self, chain: ChainId, mut old: Exports) {
        let last = self.syntax.chains[chain.index()].attributes.last();
        if self.is_own(chain) && self.exports.entries.is_empty() && self.exports.includes.is_empty() {
            old.dynamic |= self.exports.dynamic;
            self.exports = old;
        } else if self.is_own(chain) {
            self.exports.entries.append(&mut old.entries);
            self.exports.includes.append(&mut old.includes);
            self.exports.dynamic |= old.dynamic;
        } else if last.is_some_and(|(name, _)| name.as_str() == ALL) {
            self.exports.includes.push(chain);
        } else {
            self.exports.dynamic = true;
        }
    }

    /// `list(value)`, `sorted(value)`: the same names.
    fn add_copy(&mut self, call: CallId, old: Exports) {
        let call = &self.syntax.calls[call.index()];
        let callee = call.callee.map(|callee| &self.syntax.chains[callee.index()]);
        let copies = callee.is_some_and(|callee| {
            callee.attributes.is_empty() && matches!(callee.root.as_str(), "list" | "tuple" | "sorted")
        });
        match &*call.arguments {
            [value] if copies => self.add_all(value, old),
            _ => self.exports.dynamic = true,
        }
    }

    fn add(&mut self, value: &Value) {
        let Value::Text(string) = value else { return self.exports.dynamic = true };
        let literal = &self.syntax.strings[string.index()];
        if literal.kind == StringKind::Template {
            return self.exports.dynamic = true;
        }
        let name = Identifier::new(literal.value(self.text));
        self.exports.entries.push(Export { name, string: *string });
    }

    fn remove(&mut self, value: &Value, place: Place) {
        match value {
            Value::Text(string) if place == Place::Always => {
                let name = self.syntax.strings[string.index()].value(self.text);
                self.exports.entries.retain(|entry| entry.name.as_str() != name);
            }
            _ => self.exports.dynamic = true,
        }
    }

    fn is_own(&self, chain: ChainId) -> bool {
        let chain = &self.syntax.chains[chain.index()];
        chain.root.as_str() == ALL && chain.attributes.is_empty()
    }

    /// Whatever else binds or changes `__all__` makes it dynamic.
    fn notice_others(&mut self, scopes: &Scopes) {
        let bindings = scopes.get(ScopeId::MODULE).holds.get(&Identifier::new(ALL));
        for binding in bindings.into_iter().flatten() {
            let bind = &self.syntax.binds[binding.index()];
            let declares = matches!(bind.kind, BindKind::Declare);
            if !declares && !self.understood.contains(&bind.statement) {
                (self.found, self.exports.dynamic) = (true, true);
            }
        }
        for chain in self.syntax.chains.iter().filter(|chain| chain.root.as_str() == ALL) {
            self.exports.dynamic |= !self.understood.contains(&chain.statement) && self.may_change(chain);
        }
    }

    /// `__all__.append(name)` in a function, `__all__[:] = …`, `del __all__[0]`.
    fn may_change(&self, chain: &Chain) -> bool {
        const CHANGING: [&str; 6] = ["append", "extend", "insert", "remove", "pop", "clear"];
        if let Some((method, _)) = chain.attributes.first() {
            return CHANGING.contains(&method.as_str());
        }
        let is_part = |target: &Target| matches!(target, Target::Other(_));
        match &self.syntax.statements[chain.statement.index()].kind {
            StatementKind::Assign { targets, .. } | StatementKind::Delete(targets) => targets.iter().any(is_part),
            StatementKind::Augment { target, .. } => is_part(target),
            _ => false,
        }
    }
}

fn is_all(target: &Target) -> bool {
    matches!(target, Target::Name(name, _) if name.as_str() == ALL)
}
