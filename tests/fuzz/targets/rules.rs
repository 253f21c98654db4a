//! Rule files: read or refused as a whole, in words that a terminal can be shown; and their examples are tried.

use unshim::plan::try_example;
use unshim::rule::{Asked, RuleText, read};

use super::super::input;

pub(crate) fn broken(bytes: &[u8]) -> Vec<String> {
    let (first, others) = input::read(bytes);
    let named = RuleText { name: "first.toml".to_owned(), bytes: first.to_vec(), asked: Asked::ByName };
    let found = others.into_iter().map(|(name, bytes)| RuleText { name, bytes, asked: Asked::ByFolder });
    let texts: Vec<RuleText> = std::iter::once(named).chain(found).collect();
    let told =
        |texts: &[RuleText]| read(texts).map(|rules| format!("{rules:?}")).map_err(|problems| problems.render(false));
    let mut broken = Vec::new();
    match read(&texts) {
        Ok(rules) => {
            for rule in &rules.rules {
                rule.examples.iter().for_each(|example| drop(try_example(rule, example, None)));
            }
        }
        Err(problems) => {
            let shown = problems.render(false);
            let is_obeyed =
                |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            if shown.contains(is_obeyed) {
                broken.push(format!("a terminal obeys what is said: {shown:?}"));
            }
            if problems.count() == 0 {
                broken.push("refused without a reason".to_owned());
            }
        }
    }
    if told(&texts) != told(&texts) {
        broken.push("law 5: what is said of the same files differs".to_owned());
    }
    broken
}
