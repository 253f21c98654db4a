//! Words that must not be in the repository: marks of unfinished work and paths of one machine.

use crate::files::RepoFile;
use crate::{assert_none, problems};

/// Spelled in two halves, so that this file does not hold them.
const WORDS: [(&str, &str); 6] =
    [("TO", "DO"), ("FIX", "ME"), ("/wo", "rk/"), ("/tmp/", "bash"), ("/ro", "ot/"), ("/ho", "me/")];

fn forbidden_words(file: &RepoFile) -> Vec<String> {
    let words = WORDS.iter().map(|(first, second)| format!("{first}{second}"));
    words.filter(|word| holds(&file.text, word)).map(|word| format!("holds `{word}`")).collect()
}

/// Whether `word` stands in `text` on its own: a path may not continue another one.
fn holds(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(found, _)| {
        let before = text[..found].chars().next_back();
        let after = text[found + word.len()..].chars().next();
        let continues =
            |character: Option<char>| character.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '.');
        !continues(before) && (word.starts_with('/') || !continues(after.filter(|c| *c != '.')))
    })
}

#[test]
fn no_file_holds_a_forbidden_word() {
    assert_none(forbidden_words);
}

#[test]
fn each_word_is_found_and_parts_of_words_are_not() {
    for (first, second) in WORDS {
        let text = format!("# {first}{second}: later");
        assert_eq!(problems(forbidden_words, "README.md", &text).len(), 1, "{text}");
    }
    for fine in ["a.b/work/c", "network/", "the homely /homework", "MASTODON"] {
        assert!(problems(forbidden_words, "README.md", fine).is_empty(), "{fine}");
    }
}
