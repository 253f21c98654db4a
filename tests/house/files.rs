//! The files of the repository, and their code without strings and comments.

use std::fs;
use std::path::Path;

/// A file that is kept in the repository; `text` is empty if it is no UTF-8.
pub(crate) struct RepoFile {
    /// Relative to the repository, `/`-separated.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl RepoFile {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    pub(crate) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// The floor that the file belongs to: the folder under `src`.
    pub(crate) fn floor(&self) -> Option<&str> {
        let (floor, _) = self.path.strip_prefix("src/")?.split_once('/')?;
        Some(floor)
    }
}

/// All files of the repository but what is built, sorted by path.
pub(crate) fn all() -> Vec<RepoFile> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    let mut folders = vec![top.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the repository can be read") {
            let entry = entry.expect("a folder of the repository can be read");
            let name = entry.file_name();
            if entry.path().is_dir() {
                if name != "target" && name != ".git" {
                    folders.push(entry.path());
                }
            } else if name != ".git" {
                let path = entry
                    .path()
                    .strip_prefix(top)
                    .expect("the walk starts at the top")
                    .to_string_lossy()
                    .replace('\\', "/");
                files.push(RepoFile { path, text: fs::read_to_string(entry.path()).unwrap_or_default() });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The code with the insides of strings, characters and comments blanked out; every line keeps its number.
pub(crate) fn code_of(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = skip_length(rest);
        if skipped == 0 {
            code.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            code.extend(rest[..skipped].chars().map(|character| if character == '\n' { '\n' } else { ' ' }));
            rest = &rest[skipped..];
        }
    }
    code
}

/// The length of the string, character or comment that begins here; 0 if none does.
fn skip_length(rest: &str) -> usize {
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if let Some(raw) = raw_string_length(rest) {
        return raw;
    }
    match rest.as_bytes()[0] {
        b'"' => quoted_length(rest, '"'),
        b'\'' if is_character(rest) => quoted_length(rest, '\''),
        _ => 0,
    }
}

fn raw_string_length(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix('r')?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let body = after[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = body.find(&end).map_or(body.len(), |found| found + end.len());
    Some(rest.len() - body.len() + length)
}

/// Tells `'a'` from the lifetime `'a`.
fn is_character(rest: &str) -> bool {
    let mut characters = rest.chars().skip(1);
    match (characters.next(), characters.next()) {
        (Some('\\'), _) => true,
        (Some(_), Some(second)) => second == '\'',
        _ => false,
    }
}

fn quoted_length(rest: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (offset, character) in rest.char_indices().skip(1) {
        if character == quote && !is_escaped {
            return offset + 1;
        }
        is_escaped = character == '\\' && !is_escaped;
    }
    rest.len()
}

#[test]
fn strings_and_comments_are_no_code() {
    let code = code_of("a::b; // c::d\nlet s = \"e::\\\"f\"; let t = r#\"g\"::\"#; h::<'i>('j', '\\'', '\"');");
    for kept in ["a::b;", "let t =", "h::<'i>("] {
        assert!(code.contains(kept), "{kept} in {code}");
    }
    for gone in ["c::d", "e::", "f", "g", "'j'"] {
        assert!(!code.contains(gone), "{gone} in {code}");
    }
}
