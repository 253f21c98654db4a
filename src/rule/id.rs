//! Ids of rules: kebab case, so that they can be typed in a shell without quotes.

use super::problem::{Fault, find_hidden};

/// Why `text` is no id; `None` if it is one.
pub(super) fn find_bad_id(text: &str) -> Option<Fault> {
    const HELP: &str = "write small letters, digits and `-`, and begin with a letter: `user-service`";
    let is_kebab =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let starts = |text: &str| text.starts_with(|first: char| first.is_ascii_lowercase());
    if text.trim().is_empty() {
        return Some(Fault::new(0..text.len(), "is empty", HELP));
    }
    if starts(text) && text.split('-').all(is_kebab) {
        return None;
    }
    let meant = kebab(text);
    let help = if starts(&meant) { format!("write `{meant}`") } else { HELP.to_owned() };
    find_hidden(text).or(Some(Fault::new(0..text.len(), "is not in kebab case", help)))
}

/// `BirthdayCake v2` → `birthday-cake-v2`
pub fn kebab(text: &str) -> String {
    let mut kebab = String::new();
    let mut before = '-';
    for character in text.chars() {
        let begins = character.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_digit());
        if (begins || !character.is_ascii_alphanumeric()) && !kebab.is_empty() && !kebab.ends_with('-') {
            kebab.push('-');
        }
        if character.is_ascii_alphanumeric() {
            kebab.push(character.to_ascii_lowercase());
        }
        before = character;
    }
    kebab.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_kebab_case() {
        for id in ["a", "user-service", "v2-of-3"] {
            assert_eq!(find_bad_id(id), None);
        }
        for id in ["", "2a", "a--b", "-a", "a-", "A", "a_b", "ä"] {
            assert!(find_bad_id(id).is_some(), "{id}");
        }
    }

    #[test]
    fn other_cases_become_kebab_case() {
        assert_eq!(kebab("BirthdayCake v1.2"), "birthday-cake-v1-2");
        assert_eq!(kebab("__old_API__"), "old-api");
    }
}
