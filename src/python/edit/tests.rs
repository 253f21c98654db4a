//! Before and after, statement by statement.

mod harness;
mod import;
mod import_comments;
mod import_grows;
mod import_splits;
mod list;
mod property;
mod remove;
mod target;
