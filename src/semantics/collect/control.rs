//! Calls that change the flow of control, as far as their names tell.

use crate::python::syntax::{BlockId, CallId, Chain, StatementKind, Syntax, Value};

/// `sys.exit(…)`, `os._exit(…)`: control does not come back.
pub(super) fn never_returns(syntax: &Syntax, call: CallId) -> bool {
    let Some(callee) = callee(syntax, call) else { return false };
    let [(function, _)] = callee.attributes.as_slice() else { return false };
    matches!((callee.root.as_str(), function.as_str()), ("sys", "exit") | ("os", "_exit"))
}

/// Whether the block is the body of `with suppress(ImportError):`, `with pytest.raises(…):` and the like:
/// control goes on behind an exception in it.
pub(super) fn swallows(syntax: &Syntax, block: BlockId) -> bool {
    let owner = syntax.blocks[block.index()].owner;
    match owner.map(|owner| &syntax.statements[owner.index()].kind) {
        Some(StatementKind::With { items, .. }) => items.iter().any(|item| is_swallowing(syntax, item)),
        _ => false,
    }
}

fn is_swallowing(syntax: &Syntax, item: &Value) -> bool {
    let Value::Call(call) = item else { return false };
    let Some(callee) = callee(syntax, *call) else { return false };
    let last = callee.attributes.last().map_or(&callee.root, |(name, _)| name);
    matches!(last.as_str(), "suppress" | "raises" | "assertRaises" | "assertRaisesRegex")
}

fn callee(syntax: &Syntax, call: CallId) -> Option<&Chain> {
    syntax.calls[call.index()].callee.map(|callee| &syntax.chains[callee.index()])
}
