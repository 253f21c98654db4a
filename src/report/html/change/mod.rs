//! A change as a page: its proof, its families before and after, every file, and what is left alone.

mod data;
mod family;
mod hunks;
mod quotes;

use super::Sheet;
use crate::report::view::View;
use crate::semantics::World;
use data::Page;

const SCRIPT: [&str; 4] =
    [include_str!("source.js"), include_str!("list.js"), include_str!("filter.js"), include_str!("page.js")];

/// The page of a change, from `<html>` on; `world` is what the names meant before it.
pub fn page(view: &View, world: &World) -> String {
    let sheet = Sheet { title: "unshim: review of a change", body: include_str!("body.html"), script: SCRIPT.concat() };
    sheet.of(&Page::new(view, world))
}
