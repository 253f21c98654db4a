//! `unshim rules`: the rule packs that the program brings along.

use super::arguments::OutputFormat;
use super::failure::Failure;
use super::session::{Outcome, Session};
use super::set_up_arguments::Packs;
use crate::report::packs::{self, Pack};
use crate::rule::{self, Asked, RuleText, nearest};

macro_rules! packs {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("../../rules/packs/", $name, ".toml")))),*]
    };
}

/// Names and texts, sorted by name.
const PACKS: [(&str, &str); 4] = packs!["airflow" "django" "langchain" "pydantic"];

pub(super) fn run(wanted: &Packs, session: &mut Session) -> Result<Outcome, Failure> {
    let (out, screen) = session.result();
    match (&wanted.name, wanted.output_format) {
        (Some(name), _) => out.write_all(text(name)?.as_bytes())?,
        (None, OutputFormat::Text) => packs::write(&PACKS.map(pack), &screen, out)?,
        (None, OutputFormat::Json) => packs::write_json(&PACKS.map(pack), out)?,
    }
    Ok(Outcome::Done)
}

/// The rule file of a pack.
fn text(name: &str) -> Result<&'static str, Failure> {
    let found = PACKS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text);
    found.ok_or_else(|| {
        let meant = nearest(name, &PACKS.map(|(known, _)| known));
        Failure::UnknownPack { name: name.to_owned(), meant }
    })
}

/// What a pack says of itself: its first line what it is for, its line `# Source:` what it was made from.
fn pack((name, text): (&'static str, &'static str)) -> Pack {
    let comments = || text.lines().map_while(|line| line.strip_prefix("# "));
    let file = RuleText { name: name.to_owned(), bytes: text.into(), asked: Asked::ByName };
    Pack {
        name,
        about: comments().next().unwrap_or_default(),
        source: comments().find_map(|line| line.strip_prefix("Source: ")).unwrap_or_default(),
        rules: rule::read(&[file]).map_or(0, |rules| rules.rules.len()),
    }
}
