//! Calls in a `__getattr__`: imports by name, strings taken apart, warnings; all else may do anything.

use super::only_binding;
use super::run::{Run, Trouble};
use super::value::Value;
use crate::python::syntax::{self, BindKind, ChainId, Keyword, StatementKind, Term};
use crate::python::{DottedName, Identifier};
use crate::semantics::Origin;

impl<'a> Run<'a, '_> {
    pub(super) fn call(
        &mut self,
        callee: &'a Term,
        arguments: &'a [Term],
        keywords: &'a [(Identifier, Term)],
    ) -> Value<'a> {
        if let Some((base, method)) = self.method(callee) {
            let given: Vec<_> = arguments.iter().map(|argument| self.term(argument)).collect();
            return self.method_call(base, method.as_str(), &given);
        }
        let Term::Chain(chain) = callee else { return self.effect() };
        if self.is_warning(*chain) {
            self.warns = true;
            return Value::None;
        }
        let given: Vec<_> = arguments.iter().map(|argument| self.term(argument)).collect();
        let package = keywords.iter().find(|(word, _)| word.as_str() == "package").map(|(_, term)| self.term(term));
        self.function_call(*chain, given, package)
    }

    /// `TABLE.get`, `path.rsplit`: a method of a value that is no module.
    fn method(&mut self, callee: &'a Term) -> Option<(Value<'a>, &'a Identifier)> {
        let (base, method) = match callee {
            Term::Attribute(base, method) => (self.term(base), method),
            Term::Chain(id) => {
                let chain = &self.facts.syntax.chains[id.index()];
                let [(method, _)] = &chain.attributes[..] else { return None };
                (self.root(*id)?, method)
            }
            _ => return None,
        };
        matches!(base, Value::Text(_) | Value::Table(_) | Value::Several(_)).then_some((base, method))
    }

    fn method_call(&mut self, base: Value<'a>, method: &str, given: &[Value<'a>]) -> Value<'a> {
        match (base, method, given) {
            (Value::Table(items), "get", [Value::Text(key), rest @ ..]) => match self.found(items, key) {
                Some(Some(value)) => self.written(value),
                Some(None) => rest.first().cloned().unwrap_or(Value::None),
                None => Value::Unknown,
            },
            (Value::Text(text), "rsplit", [Value::Text(by), Value::Number(1)]) => {
                text.rsplit_once(by.as_str()).map_or(Value::Unknown, |(left, right)| several([left, right]))
            }
            (Value::Text(text), "split", [Value::Text(by), ..]) => several(text.split(by.as_str())),
            (Value::Text(text), "rpartition", [Value::Text(by)]) => {
                text.rsplit_once(by.as_str()).map_or(Value::Unknown, |(left, right)| several([left, by, right]))
            }
            (Value::Text(text), "partition", [Value::Text(by)]) => {
                text.split_once(by.as_str()).map_or(Value::Unknown, |(left, right)| several([left, by, right]))
            }
            (Value::Text(_), "format" | "startswith" | "endswith" | "join" | "lower", _) => Value::Unknown,
            _ => self.effect(),
        }
    }

    /// A call that warns, by the name of what is called.
    fn is_warning(&self, chain: ChainId) -> bool {
        let last = self.facts.syntax.chains[chain.index()].last().as_str().to_ascii_lowercase();
        last.contains("warn") || last.contains("deprecat")
    }

    fn function_call(&mut self, chain: ChainId, given: Vec<Value<'a>>, package: Option<Value<'a>>) -> Value<'a> {
        if let Some(value) = self.imported_by(chain, &given) {
            return value;
        }
        let name = match self.chain_origin(chain) {
            Some(Origin::Builtin(name)) => name.to_string(),
            Some(Origin::Outside(path)) => path.to_string(),
            _ => return self.effect(),
        };
        match (name.as_str(), &given[..]) {
            ("globals", []) => Value::Globals,
            ("importlib.import_module", [Value::Text(path), rest @ ..]) => {
                let package = package.as_ref().or(rest.first());
                self.module(path, package).map_or(Value::Unknown, Value::Module)
            }
            ("importlib.import_module", _) => Value::Unknown,
            ("getattr", [base, Value::Text(attribute), ..]) => match Identifier::parse(attribute) {
                Some(attribute) => self.member(base.clone(), &attribute),
                None => Value::Unknown,
            },
            ("getattr" | "str" | "repr", _) => Value::Unknown,
            (path, [Value::Text(target)]) if IMPORTERS.contains(&path) => self.imported(target),
            _ => self.effect(),
        }
    }

    fn effect(&mut self) -> Value<'a> {
        self.trouble = Some(Trouble::Effect);
        Value::Unknown
    }

    /// The module that `import_module` gives: relative paths begin in the package.
    fn module(&self, path: &str, package: Option<&Value>) -> Option<DottedName> {
        let rest = path.trim_start_matches('.');
        let dots = path.len() - rest.len();
        if dots == 0 {
            return DottedName::parse(rest);
        }
        let package = match package {
            Some(Value::Text(package)) => DottedName::parse(package)?,
            _ => return None,
        };
        let base = std::iter::successors(Some(package), DottedName::parent).nth(dots - 1)?;
        if rest.is_empty() { Some(base) } else { DottedName::parse(rest).map(|rest| base.child(rest.as_str())) }
    }

    /// `import_string("pkg.mod.Name")`
    fn imported(&mut self, target: &str) -> Value<'a> {
        let Some(path) = DottedName::parse(&target.replacen(':', ".", 1)) else { return Value::Unknown };
        let found = self.world.path(&path, self.walk);
        self.resolved(found)
    }

    /// `_import = create_importer(__package__, deprecated_lookups=TABLE)`, then `_import(name)`: the table names the module
    /// in which the name stands.
    fn imported_by(&mut self, chain: ChainId, given: &[Value<'a>]) -> Option<Value<'a>> {
        let id = only_binding(self.facts, &self.facts.references[chain.index()])?;
        let BindKind::Assign(syntax::Value::Call(call)) = &self.facts.bindings[id.index()].kind else { return None };
        let call = &self.facts.syntax.calls[call.index()];
        if self.facts.syntax.chains[call.callee?.index()].last().as_str() != "create_importer" {
            return None;
        }
        let [Value::Text(name)] = given else { return None };
        if call.keywords.iter().any(|keyword| !TABLES.contains(&keyword.name.as_str())) {
            return Some(Value::Unknown);
        }
        for Keyword { name: word, value: table, .. } in call.keywords.iter().rev() {
            let Value::Table(items) = self.written(table) else { return Some(Value::Unknown) };
            match self.found(items, name) {
                None => return Some(Value::Unknown),
                Some(None) => {}
                Some(Some(value)) => {
                    self.warns |= word.as_str() == "deprecated_lookups";
                    let Value::Text(path) = self.written(value) else { return Some(Value::Unknown) };
                    let package = Value::Text(self.package().to_string());
                    let Some(module) = self.module(&path, Some(&package)) else { return Some(Value::Unknown) };
                    return Some(self.member(Value::Module(module), &Identifier::new(name)));
                }
            }
        }
        self.trouble = Some(Trouble::AttributeError);
        Some(Value::Unknown)
    }

    fn chain_origin(&mut self, chain: ChainId) -> Option<Origin> {
        let reference = &self.facts.references[chain.index()];
        let wanted = self.facts.syntax.chains[chain.index()].attributes.len();
        let last = self.world.chain_on(self.file, reference, self.walk).pop()?;
        (last.attributes == wanted).then_some(last.resolution.origin)
    }

    /// The root of a chain, if it is a variable of the function or a constant of the module.
    fn root(&mut self, id: ChainId) -> Option<Value<'a>> {
        let chain = &self.facts.syntax.chains[id.index()];
        let local = self.variables.get(&chain.root).cloned();
        local.or_else(|| self.constant(&self.facts.references[id.index()]))
    }
}

/// Functions that import what a dotted path names.
const IMPORTERS: [&str; 4] = [
    "django.utils.module_loading.import_string",
    "werkzeug.utils.import_string",
    "pkgutil.resolve_name",
    "pydoc.locate",
];

/// The keywords of `create_importer` that are tables; in Python the earlier ones of these give way to the later.
const TABLES: [&str; 2] = ["deprecated_lookups", "module_lookup"];

fn several<'a, 't>(parts: impl IntoIterator<Item = &'t str>) -> Value<'a> {
    Value::Several(parts.into_iter().map(|part| Value::Text(part.to_owned())).collect())
}

/// Whether a call makes the importer that a module's `__getattr__` hands on to.
pub(in crate::semantics) fn makes_importer(facts: &crate::semantics::Facts, call: &syntax::Call) -> bool {
    let is_assigned = matches!(facts.syntax.statements[call.statement.index()].kind, StatementKind::Assign { .. });
    let callee = call.callee.map(|callee| facts.syntax.chains[callee.index()].last().as_str());
    is_assigned && facts.lookup_statement().is_some() && matches!(callee, Some("create_importer" | "attach"))
}
