//! `sys.modules[__name__] = new`: a module that is an alias as a whole and only puts the other one into its place.

use super::find::Visit;
use crate::semantics::Swap;

/// The rule for which the module puts its counterpart into its own place.
pub(super) fn find(visit: &Visit) -> Option<usize> {
    let (Swap::Module(other), _) = visit.world.swap(visit.file)? else { return None };
    let (rule, target) = visit.families.module(&visit.world.module_name(visit.file))?;
    (other == target).then_some(rule)
}
