//! A change as one page for a browser: it needs no network and no other file, and nothing that it shows can act in it.
//!
//! The page holds the change as JSON; its script draws what comes into view. Only what carries the page's own word,
//! a digest of all that it shows, may run or style it.

mod data;
mod family;
mod hunks;
mod quotes;

use super::harmless;
use super::view::View;
use crate::semantics::World;
use data::Page;

const BODY: &str = include_str!("body.html");
const SCRIPT: [&str; 4] =
    [include_str!("source.js"), include_str!("list.js"), include_str!("filter.js"), include_str!("page.js")];
const STYLE: &str = include_str!("page.css");
/// Digits of the word.
const WORD: usize = 32;

/// The page of a change, from `<html>` on; `world` is what the names meant before it.
pub fn page(view: &View, world: &World) -> String {
    let data = harmless::script(&Page::new(view, world));
    let word = &blake3::hash(data.as_bytes()).to_hex()[..WORD];
    let script = SCRIPT.concat();
    format!(
        r#"<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-{word}'; style-src 'nonce-{word}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>unshim: review of a change</title>
<style nonce="{word}">
{STYLE}</style>
</head>
<body>
{BODY}<script type="application/json" id="data" data-word="{word}">{data}</script>
<script nonce="{word}">
"use strict";
{script}</script>
</body>
</html>
"#
    )
}
