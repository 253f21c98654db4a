//! `__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submodules=[…], submod_attrs={"core": ["New"]})`

use super::run::Run;
use super::{Answer, Place};
use crate::project::FileId;
use crate::python::syntax::{self, StatementId, StatementKind};
use crate::python::{DottedName, Identifier};
use crate::semantics::walk::Walk;
use crate::semantics::{Facts, Resolution, World};

impl World {
    /// What the attached `__getattr__` answers; `None` if the statement is another one.
    pub(super) fn attached(
        &self,
        file: FileId,
        facts: &Facts,
        (statement, name): (StatementId, &Identifier),
        walk: &mut Walk,
    ) -> Option<(Answer, Vec<Place>)> {
        let StatementKind::Assign { value: Some(syntax::Value::Call(call)), .. } =
            &facts.syntax.statements[statement.index()].kind
        else {
            return None;
        };
        let call = &facts.syntax.calls[call.index()];
        if facts.syntax.chains[call.callee?.index()].last().as_str() != "attach" {
            return None;
        }
        let package = self.module_name(file);
        let run = Run::new(self, (file, facts), name, walk);
        let modules = call.keyword("submodules").or(call.arguments.get(1));
        if let Some(place) = modules.and_then(|modules| listed(&run, modules, name)) {
            let module = package.child(name.as_str());
            return Some((Answer::Gives(Resolution::ends(super::module_origin(self, &module))), vec![place]));
        }
        let Some(syntax::Value::Dict(items)) = call.keyword("submod_attrs").or(call.arguments.get(2)) else {
            return Some((Answer::Unknown, Vec::new()));
        };
        let found = items.iter().find_map(|(key, names)| {
            let Some(syntax::Value::Text(key)) = key else { return None };
            Some((facts.plain_string(*key, run.text)?, listed(&run, names, name)?))
        });
        let Some((module, place)) = found else { return Some((Answer::Raises, Vec::new())) };
        let path = DottedName::parse(module).map(|module| package.child(module.as_str()).child(name.as_str()));
        let Some(path) = path else { return Some((Answer::Unknown, Vec::new())) };
        Some((Answer::Gives(self.path(&path, walk)), vec![place]))
    }
}

/// The string of a list that spells `name`.
fn listed(run: &Run, list: &syntax::Value, name: &Identifier) -> Option<Place> {
    let (syntax::Value::List(values) | syntax::Value::Tuple(values)) = list else { return None };
    values.iter().find_map(|value| match value {
        syntax::Value::Text(string) if run.facts.plain_string(*string, run.text)? == name.as_str() => {
            Some(Place::Text(*string))
        }
        _ => None,
    })
}
