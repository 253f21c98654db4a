//! The known name that somebody most likely meant.

/// Words that people use for a key of another name.
const MEANT: [(&str, &str); 10] = [
    ("name", "id"),
    ("reason", "why"),
    ("description", "why"),
    ("target", "canonical"),
    ("to", "canonical"),
    ("from", "aliases"),
    ("old", "aliases"),
    ("exclude", "except"),
    ("ignore", "except"),
    ("attributes", "members"),
];

/// The name of `known` that `word` looks like or stands for.
pub fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    const LONGEST: usize = 40;
    if word.len() > LONGEST {
        return None;
    }
    let meant = MEANT.iter().find(|(said, _)| *said == word).map(|(_, meant)| *meant);
    if let Some(name) = known.iter().find(|name| Some(**name) == meant) {
        return Some(name);
    }
    let word = word.to_lowercase().replace('_', "-");
    let closest = known.iter().map(|name| (distance(&word, name), *name)).min()?;
    let allowed = (word.chars().count() + 1) / 3;
    (closest.0 <= allowed).then_some(closest.1)
}

/// How many characters must be put in, taken out or replaced to make one word of the other (Levenshtein).
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let known = ["id", "aliases", "canonical", "local-names", "except"];
        assert_eq!(nearest("alias", &known), Some("aliases"));
        assert_eq!(nearest("cannonical", &known), Some("canonical"));
        assert_eq!(nearest("local_names", &known), Some("local-names"));
        assert_eq!(nearest("exclude", &known), Some("except"));
        assert_eq!(nearest("colour", &known), None);
    }

    #[test]
    fn distance_counts_single_characters() {
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("same", "same"), 0);
    }
}
