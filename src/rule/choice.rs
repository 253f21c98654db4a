//! Keys that take one of a few words.

use toml::de::DeValue;

use super::nearest::nearest;
use super::problem::{Problem, list_of, quoted};
use super::reader::Reader;
use super::shape::{Given, Shape};
use super::{LocalNames, Modules, Shims, Strings};

/// The words of a key, each with its meaning.
trait Choice: Copy + 'static {
    const WORDS: &'static [(&'static str, Self)];
    /// Words of the contract that this version does not carry out, with what to do instead.
    const LATER: &'static [(&'static str, &'static str)];
}

impl Choice for LocalNames {
    const WORDS: &'static [(&'static str, Self)] = &[("canonical", LocalNames::Canonical), ("keep", LocalNames::Keep)];
    const LATER: &'static [(&'static str, &'static str)] = &[];
}

impl Choice for Shims {
    const WORDS: &'static [(&'static str, Self)] =
        &[("remove", Shims::Remove), ("deprecate", Shims::Deprecate), ("keep", Shims::Keep)];
    const LATER: &'static [(&'static str, &'static str)] = &[];
}

impl Choice for Modules {
    const WORDS: &'static [(&'static str, Self)] = &[("delete-empty", Modules::DeleteEmpty), ("keep", Modules::Keep)];
    const LATER: &'static [(&'static str, &'static str)] = &[];
}

impl Choice for Strings {
    const WORDS: &'static [(&'static str, Self)] =
        &[("none", Strings::None), ("safe", Strings::Safe), ("all", Strings::All)];
    const LATER: &'static [(&'static str, &'static str)] = &[];
}

fn words<T: Choice>() -> Vec<&'static str> {
    T::WORDS.iter().map(|(word, _)| *word).collect()
}

impl<T: Choice> Shape for T {
    fn one() -> String {
        words::<T>().iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" or ")
    }

    fn many() -> String {
        format!("a list of {}", list_of(&words::<T>()))
    }

    fn sample(key: &str) -> String {
        format!("{key} = \"{}\"", T::WORDS[0].0)
    }

    fn list_sample(key: &str) -> String {
        format!("{key} = [\"{}\"]", T::WORDS[0].0)
    }

    fn fits(value: &DeValue<'_>) -> bool {
        matches!(value, DeValue::String(_))
    }

    fn read(given: Given<'_, '_>, reader: &mut Reader<'_>) -> Option<Self> {
        let word = given.value.as_str()?;
        let found = T::WORDS.iter().find(|(known, _)| *known == word).map(|(_, value)| *value);
        if found.is_none() {
            let (message, help) = unknown_word::<T>(given.key, word);
            reader.report(Problem::new(reader.place(given.span), message, help));
        }
        found
    }
}

/// What to say of a word that the key does not take.
fn unknown_word<T: Choice>(key: &str, word: &str) -> (String, String) {
    if let Some((later, help)) = T::LATER.iter().find(|(later, _)| *later == word) {
        return (format!("`{key} = \"{later}\"` is not carried out by this version"), (*help).to_owned());
    }
    let help = match nearest(word, &words::<T>()) {
        Some(known) => format!("did you mean `{known}`? it takes {}", list_of(&words::<T>())),
        None => format!("it takes {}", list_of(&words::<T>())),
    };
    (format!("`{key}` takes no {}", quoted(word)), help)
}
