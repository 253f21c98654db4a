//! Definitions that stay although a rule moves them: their path is stored elsewhere, or their code asks where it stands.

use super::super::{Objection, Reason};
use super::settle::Pending;
use crate::python::syntax::{ScopeId, StatementKind, Value};
use crate::rule::Rule;
use crate::semantics::{Facts, Origin, World};
use crate::text::Span;

/// Names by which code asks in which module it stands.
const PLACES: [&str; 5] = ["__name__", "__file__", "__package__", "__spec__", "__path__"];
/// Classes of Django that keep the path of each class below them in tables and migrations.
const MODELS: [&str; 2] = ["django.db.models.Model", "django.db.models.base.Model"];
/// Decorators that name a task by the path of its function.
const TASKS: [&str; 3] = ["task", "shared_task", "periodic_task"];

/// Why a definition may not move, if the rule does not take that into account.
pub(super) fn objection(world: &World, rule: &Rule, pending: &Pending, whole: Span) -> Option<Objection> {
    if rule.runtime_path_changes {
        return None;
    }
    let facts = world.facts(pending.file)?;
    let name = &pending.definition.symbol;
    let statement = facts.bindings[pending.binding.index()].statement;
    let said = |what: String| Some((Reason::RuntimePath, format!("{what}; `runtime-path-changes = true` allows it")));
    if pending.new.module != name.module
        && let Some(place) = asks_for_its_place(facts, whole)
    {
        return said(format!("`{name}` reads `{place}`, which is another one in `{}`", pending.new.module));
    }
    match &facts.syntax.statements[statement.index()].kind {
        StatementKind::Class(class) if is_model(world, pending) => {
            said(format!("the path of the Django model `{}` is stored in migrations and tables", class.name))
        }
        StatementKind::Class(class) => task(facts, &class.decorators).and_then(said),
        StatementKind::Function(function) => task(facts, &function.decorators).and_then(said),
        _ => None,
    }
}

fn asks_for_its_place(facts: &Facts, whole: Span) -> Option<&str> {
    let roots = facts.references.iter().filter(|reference| {
        let is_module_name = reference.reach.scope.is_none_or(|scope| scope == ScopeId::MODULE);
        is_module_name && whole.contains(facts.syntax.chains[reference.chain.index()].root_span)
    });
    let mut names = roots.map(|reference| facts.syntax.chains[reference.chain.index()].root.as_str());
    names.find(|name| PLACES.contains(name))
}

fn is_model(world: &World, pending: &Pending) -> bool {
    let ancestors = world.ancestors(&Origin::Defined(pending.definition.clone()));
    let is_model =
        |origin: &Option<Origin>| matches!(origin, Some(Origin::Outside(path)) if MODELS.contains(&path.as_str()));
    ancestors.iter().any(is_model)
}

/// `@app.task`, `@shared_task(bind=True)`: a task without a name of its own.
fn task(facts: &Facts, decorators: &[Value]) -> Option<String> {
    let syntax = &facts.syntax;
    let is_unnamed = |decorator: &&Value| {
        let (chain, is_named) = match decorator {
            Value::Chain(chain) => (Some(*chain), false),
            Value::Call(call) => {
                let call = &syntax.calls[call.index()];
                (call.callee, call.keyword("name").is_some())
            }
            _ => (None, false),
        };
        let last = chain.map(|chain| syntax.chains[chain.index()].last().as_str());
        !is_named && last.is_some_and(|last| TASKS.contains(&last))
    };
    decorators.iter().any(|one| is_unnamed(&one)).then(|| "a task without a name is stored under its path".to_owned())
}
