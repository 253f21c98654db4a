//! What a change, or a list of findings, looks like: one pure file an output format. The only serialised types live here.

pub mod apply;
pub mod audit;
pub mod audit_json;
pub mod check;
pub mod check_json;
mod columns;
pub mod commit;
pub mod diff;
pub mod examples;
pub mod explain;
pub mod explain_json;
mod families;
mod found;
pub mod github;
pub mod gitlab;
mod harmless;
pub mod json;
pub mod junit;
pub mod log;
pub mod merges;
pub mod moves;
pub mod page;
pub mod sarif;
mod screen;
pub mod stat;
pub mod summary;
mod totals;
mod view;
mod visible;
mod words;

pub use found::Found;
pub use screen::{Detail, Palette, Screen, SourceText};
pub use totals::rule_shares;
pub use view::View;
pub use visible::{shown_path, shown_text};
pub use words::{counted, number};
