//! `unshim init`: a commented rule file to begin with, where there are no rules yet, and a comment on where others can lie.

use std::io;
use std::path::Path;

use super::failure::Failure;
use super::rules;
use super::session::{Outcome, Session};
use super::set_up_arguments::Init;
use crate::disk::{RuleBytes, Tree, append_lines, write_fresh};
use crate::report::{Detail, shown_path};

/// A rule whose every line is a comment.
const TEXT: &str = include_str!("starter.toml");
/// Where it goes: in the folder that rules are looked for in.
pub(super) const STARTER: &str = "rules/example.toml";

/// What a `pyproject.toml` is told.
const TABLE: &str = "
# [tool.unshim]
# rules = [\"rules\"]  # files and folders that hold rules; without this table, `rules/` here and upward
";

pub(super) fn run(init: &Init, session: &mut Session) -> Result<Outcome, Failure> {
    let tree = Tree::around(&session.folder.join(&init.path))?;
    let (lines, next) = match rules::files(&[], &tree)?.as_slice() {
        [] => begin(&init.path, session)?,
        files => (files.iter().map(there).collect(), "unshim diff"),
    };
    let (out, screen) = session.result();
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    if screen.detail > Detail::Quiet {
        writeln!(out, "\nNext: {next}")?;
    }
    Ok(Outcome::Done)
}

fn there(file: &RuleBytes) -> String {
    format!("{}   is there already, and stays as it is", shown_path(&file.name))
}

fn begin(folder: &Path, session: &Session) -> Result<(Vec<String>, &'static str), Failure> {
    let write = |file: &str, write: &dyn Fn(&Path) -> io::Result<bool>| {
        let path = if folder == Path::new(".") { file.into() } else { folder.join(file) };
        let shown = shown_path(&path.to_string_lossy()).into_owned();
        match write(&session.folder.join(&path)) {
            Ok(written) => Ok((shown, written)),
            Err(cause) => Err(Failure::RuleFile { path: shown, cause }),
        }
    };
    let (starter, is_new) = write(STARTER, &|path| write_fresh(path, TEXT))?;
    let note = match is_new {
        true => "written: the shape of a rule, all of it comments",
        false => "is there already, and stays as it is; no line of it is a rule yet",
    };
    let mut lines = vec![format!("{starter}   {note}")];
    let (table, is_told) = write("pyproject.toml", &|path| append_lines(path, TABLE, "tool.unshim"))?;
    if is_told {
        lines.push(format!("{table}   a comment at its end says how rules can lie elsewhere"));
    }
    let next = "fill it in, or `unshim audit --propose` for rules of what is here, or `unshim rules` for ready ones";
    Ok((lines, next))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::try_example;
    use crate::rule::{Asked, RuleText, read};

    #[test]
    fn the_starter_holds_no_rule_and_one_that_works_without_its_signs() {
        let text = |bytes: String, asked| RuleText { name: STARTER.to_owned(), bytes: bytes.into(), asked };
        assert!(read(&[text(TEXT.to_owned(), Asked::ByFolder)]).unwrap().rules.is_empty());
        let (_, rule) = TEXT.split_once("\n\n").unwrap();
        let rule: String = rule.lines().map(|line| line.strip_prefix('#').unwrap().to_owned() + "\n").collect();
        let rules = read(&[text(rule, Asked::ByName)]).unwrap().rules;
        let example = &rules[0].examples[0];
        assert!(try_example(&rules[0], example, None).unwrap().holds(example));
    }
}
