//! What a tree holds many times as a page: its families, what each differs in, and what else is wrong.

mod data;
mod members;

use super::Sheet;
use crate::audit::Audit;
use data::Page;

const SCRIPT: [&str; 3] = [include_str!("family.js"), include_str!("list.js"), include_str!("page.js")];

/// The page of an audit, from `<html>` on.
pub fn page(audit: &Audit) -> String {
    let sheet = Sheet { title: "unshim: audit of a tree", body: include_str!("body.html"), script: SCRIPT.concat() };
    sheet.of(&Page::new(audit))
}
