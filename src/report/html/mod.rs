//! What a browser shows: pages that need no network and no other file, and nothing that they show can act in them.
//!
//! A page holds its data as JSON; its script draws what comes into view. Only what carries the page's own word,
//! a digest of all that it shows, may run or style it.

mod audit;
mod change;
mod picture;
mod route;

use serde::Serialize;

use super::harmless;

pub use audit::page as audit_page;
pub use change::page as change_page;

/// What every page has: how it looks, its keys, and how a family is drawn.
const STYLE: [&str; 2] = [include_str!("page.css"), include_str!("family.css")];
const SHELL: [&str; 2] = [include_str!("shell.js"), include_str!("graph.js")];
/// Digits of the word.
const WORD: usize = 32;

/// What makes one page another than the others.
struct Sheet {
    title: &'static str,
    body: &'static str,
    script: String,
}

impl Sheet {
    /// The page of this data, from `<html>` on.
    fn of(&self, data: &impl Serialize) -> String {
        let data = harmless::script(data);
        let word = &blake3::hash(data.as_bytes()).to_hex()[..WORD];
        let (style, shell) = (STYLE.concat(), SHELL.concat());
        let Self { title, body, script } = self;
        format!(
            r#"<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-{word}'; style-src 'nonce-{word}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style nonce="{word}">
{style}</style>
</head>
<body>
{body}<script type="application/json" id="data" data-word="{word}">{data}</script>
<script nonce="{word}">
"use strict";
{shell}{script}</script>
</body>
</html>
"#
        )
    }
}
