//! Which of the families are wanted: those of a name, those with something below a path.

use super::family::{Family, Spot};
use crate::project::Project;

impl Family {
    /// Whether a name of the family matches: the name alone, `pkg.mod:Name`, or `pkg.mod.Name`.
    pub fn is_named(&self, pattern: &str) -> bool {
        self.symbols().any(|symbol| {
            let spellings = [symbol.name.as_str().to_owned(), symbol.to_string(), symbol.path().to_string()];
            spellings.iter().any(|name| matches(pattern, name))
        })
    }

    /// Whether something of the family stands in a file that may be edited.
    pub fn is_editable(&self, project: &Project) -> bool {
        let aliases = self.aliases.iter().map(|alias| alias.place);
        let others = self.definitions.iter().map(|other| other.place);
        let mut places = aliases.chain(others).chain([self.place]);
        places.any(|Spot { file, .. }| project.file(file).editable)
    }
}

/// Whether the whole text matches: `*` stands for any characters, `?` for one.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut at, mut place, mut star) = (0, 0, None);
    while at < text.len() {
        match pattern.get(place) {
            Some('*') => {
                star = Some((place, at));
                place += 1;
            }
            Some(&expected) if expected == '?' || expected == text[at] => (at, place) = (at + 1, place + 1),
            _ => match star {
                Some((back, from)) => {
                    star = Some((back, from + 1));
                    (at, place) = (from + 1, back + 1);
                }
                None => return false,
            },
        }
    }
    pattern[place..].iter().all(|rest| *rest == '*')
}

#[test]
fn patterns_match_whole_names() {
    for (pattern, text) in [("Cart", "Cart"), ("*Cart", "OldCart"), ("*a*t", "Cart"), ("C?rt", "Cart"), ("*", "")] {
        assert!(matches(pattern, text), "{pattern} {text}");
    }
    for (pattern, text) in [("Cart", "Carts"), ("*Cart", "Carts"), ("c*", "Cart"), ("", "Cart")] {
        assert!(!matches(pattern, text), "{pattern} {text}");
    }
}
