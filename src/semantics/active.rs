//! Modules that do something when they are imported.

use super::lookup::makes_importer;
use super::{Facts, World};
use crate::project::ModuleId;
use crate::python::syntax::{BlockId, BlockKind, StatementId, StatementKind, Target, Test, Value};

impl World {
    /// Whether the top level of a module does more than define, import, assign literals or warn: to import it for the
    /// first time has an effect, and not to import it any more would take that effect away.
    pub fn is_active(&self, module: ModuleId) -> bool {
        let Some(file) = self.file_of(module) else { return false };
        !self.is_read(file) || self.script(file).is_none_or(|script| script.is_active)
    }
}

/// Whether to import a file for the first time has an effect.
pub(super) fn is_active(facts: &Facts) -> bool {
    !is_passive_block(facts, BlockId(0))
}

/// Blocks nest no deeper than the parser allows.
fn is_passive_block(facts: &Facts, block: BlockId) -> bool {
    facts.syntax.blocks[block.index()].statements.iter().all(|id| is_passive(facts, *id))
}

fn is_passive(facts: &Facts, id: StatementId) -> bool {
    match &facts.syntax.statements[id.index()].kind {
        StatementKind::Import(_)
        | StatementKind::From(_)
        | StatementKind::Function(_)
        | StatementKind::Pass
        | StatementKind::TypeAlias
        | StatementKind::Raise => true,
        StatementKind::Class(class) => class.decorators.is_empty() && !class.special,
        StatementKind::Assign { value, .. } => value
            .as_ref()
            .is_none_or(|value| is_passive_value(value) || is_importer(facts, value) || is_import(facts, value)),
        StatementKind::Augment { value, .. } => is_passive_value(value),
        StatementKind::Expression(value) => is_passive_value(value) || is_warning(facts, value),
        StatementKind::If { tests, blocks } => {
            tests.iter().all(|test| *test != Test::Other) && blocks.iter().all(|block| is_passive_block(facts, *block))
        }
        StatementKind::Try { body, handlers, orelse, finally } => {
            let handlers = handlers.iter().map(|handler| handler.block);
            let mut blocks = std::iter::once(*body).chain(handlers).chain(*orelse).chain(*finally);
            blocks.all(|block| is_passive_block(facts, block))
        }
        _ => false,
    }
}

fn is_passive_value(value: &Value) -> bool {
    match value {
        Value::Chain(_) | Value::Text(_) | Value::None | Value::Literal => true,
        Value::Tuple(values) | Value::List(values) | Value::Either(values) | Value::Sum(values) => {
            values.iter().all(is_passive_value)
        }
        Value::Dict(items) => {
            items.iter().all(|(key, value)| key.as_ref().is_none_or(is_passive_value) && is_passive_value(value))
        }
        Value::Starred(value) => is_passive_value(value),
        Value::Call(_) | Value::Other => false,
    }
}

/// `_import = create_importer(…)`, of which the module's `__getattr__` is made.
fn is_importer(facts: &Facts, value: &Value) -> bool {
    matches!(value, Value::Call(call) if makes_importer(facts, &facts.syntax.calls[call.index()]))
}

/// `importlib.import_module("pkg.new")` does what `import pkg.new` does.
fn is_import(facts: &Facts, value: &Value) -> bool {
    let Value::Call(call) = value else { return false };
    let callee = facts.syntax.calls[call.index()].callee;
    callee.is_some_and(|callee| facts.syntax.chains[callee.index()].last().as_str() == "import_module")
}

/// `warnings.warn(…)`, `warn(…)`.
fn is_warning(facts: &Facts, value: &Value) -> bool {
    let Value::Call(call) = value else { return false };
    let Some(callee) = facts.syntax.calls[call.index()].callee else { return false };
    let chain = &facts.syntax.chains[callee.index()];
    chain.attributes.last().map_or(&chain.root, |(name, _)| name).as_str() == "warn"
}

/// Whether a block holds nothing but what a module of shims holds once they are gone: a docstring, imports, warnings,
/// an empty `__all__`.
pub fn is_hollow(facts: &Facts) -> bool {
    let body = &facts.syntax.blocks[0];
    debug_assert_eq!(body.kind, BlockKind::Module);
    body.statements.iter().all(|id| match &facts.syntax.statements[id.index()].kind {
        StatementKind::Import(_) | StatementKind::From(_) | StatementKind::Pass => true,
        StatementKind::Expression(Value::Text(_)) => true,
        StatementKind::Expression(value) => is_warning(facts, value),
        StatementKind::Assign { .. } => is_empty_all(facts, *id) || puts_another(facts, *id),
        _ => false,
    })
}

/// `sys.modules[__name__] = other`: a subscript that takes a plain name.
fn puts_another(facts: &Facts, id: StatementId) -> bool {
    let StatementKind::Assign { targets, value: Some(Value::Chain(_) | Value::Call(_)), .. } =
        &facts.syntax.statements[id.index()].kind
    else {
        return false;
    };
    let [Target::Other(span)] = targets[..] else { return false };
    let mut chains = facts.syntax.chains.iter().filter(|chain| span.contains(chain.root_span));
    let is_modules =
        chains.next().is_some_and(|chain| chain.root.as_str() == "sys" && chain.last().as_str() == "modules");
    is_modules && chains.next().is_some_and(|chain| chain.root.as_str() == "__name__")
}

fn is_empty_all(facts: &Facts, id: StatementId) -> bool {
    let binds_all = facts.bindings.iter().any(|binding| binding.statement == id && binding.name.as_str() == "__all__");
    let exports = facts.exports.as_ref();
    binds_all
        && exports.is_some_and(|exports| exports.entries.is_empty() && exports.includes.is_empty() && !exports.dynamic)
}
