//! `unshim`: one class, one definition, one name, one import path.
//!
//! A tree is read once into memory; what every name means is worked out; every place where an alias stands is found;
//! the wishes of these places are composed into one plan; the plan is proven by resolving the changed tree again;
//! and only then it is shown or applied.
//!
//! ```text
//! disk::read      Vec<Loaded>   the only reading of the tree
//! Project::new    Project       files, import roots, module names, as the interpreter and as type checkers see them
//! World::new      World         bindings per file, exports per module, origins
//! site::find_all  Sites         where an alias stands, by which route             → `check` stops here
//! plan::compose   Plan          one edit a statement; refusals with reasons
//! plan::verify    Verified      parse again, resolve again, plan again gives none  → `diff` stops here
//! disk::apply     Receipt       all files or none
//! ```
//!
//! A check leaves what it has found (`plan::Memory`), with the files that were looked at for it (`World::found_in`), and how the files are
//! known again (`disk::Snapshot`) for the next one.
//! Before there are rules, `audit` looks at the whole [`semantics::World`] and finds the families that rules could be written for. What it
//! has found out (`audit::Answers`) is kept for the next one, each answer with the files that were looked at for it (`semantics::watched`).
//!
//! Floors, each seeing only those named behind it: `text` · `document` (text) · `python` (text) · `rule` (text, python) ·
//! `project` (text, python) · `semantics` (text, python, project) · `site` (those, rule and document) · `plan` (those and site) ·
//! `audit` (text, python, project, rule, semantics, site) · `report` (all those) · `disk` (text, project, plan) ·
//! `lsp` (text, rule, project, semantics, site, plan, report) · `cli` (all).

#![warn(clippy::disallowed_methods)]

pub mod audit;
pub mod cli;
#[allow(clippy::disallowed_methods, reason = "the one floor that touches the disk")]
pub mod disk;
pub mod document;
pub mod lsp;
pub mod plan;
pub mod project;
pub mod python;
pub mod report;
pub mod rule;
pub mod semantics;
pub mod site;
pub mod text;
pub mod timing;
