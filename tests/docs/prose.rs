//! Command lines in prose, in tables, in files for CI and in `--help`: the program takes each of them.

use clap::Command;
use clap::error::ErrorKind;

use crate::{Page, top};

/// Command lines of the page that the program does not take. Those of sessions are run.
pub(crate) fn wrong_lines(page: &Page) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut fence: Option<&str> = None;
    for (number, line) in page.text.lines().enumerate() {
        let found: Vec<&str> = match (line.trim_start().strip_prefix("```"), fence) {
            (Some(kind), None) => {
                fence = Some(kind);
                continue;
            }
            (Some(_), Some(_)) => {
                fence = None;
                continue;
            }
            (None, None) => line.split('`').skip(1).step_by(2).filter(|code| code.starts_with("unshim ")).collect(),
            (None, Some("console" | "text")) => continue,
            (None, Some(_)) => line.find("unshim ").map(|at| &line[at..]).into_iter().collect(),
        };
        let refused = found.into_iter().filter_map(|line| refusal(line, IS_PLACEHOLDER));
        wrong.extend(refused.map(|error| format!("{}:{}: {error}", page.path, number + 1)));
    }
    wrong
}

/// Links of the page that lead to no file of the repository.
pub(crate) fn broken_links(page: &Page) -> Vec<String> {
    let file = top().join(&page.path);
    let folder = file.parent().expect("a file has a folder");
    let targets = page.text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
    let broken = targets.filter(|target| !target.contains("://") && !folder.join(target).exists());
    broken.map(|target| format!("{}: `{target}` leads nowhere", page.path)).collect()
}

/// What is wrong with the examples that the help of a command ends with.
pub(crate) fn wrong_examples(command: &Command) -> Vec<String> {
    let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let examples: Vec<&str> = help.lines().filter_map(|line| line.strip_prefix("  unshim ")).collect();
    let refused = examples.iter().filter_map(|line| refusal(&format!("unshim {line}"), &[]));
    let none = examples.is_empty().then(|| format!("`{}` has no examples in its help", command.get_name()));
    none.into_iter().chain(refused).collect()
}

/// What a word in capitals, or a command that is named alone, can be refused for.
const IS_PLACEHOLDER: &[ErrorKind] =
    &[ErrorKind::InvalidValue, ErrorKind::ValueValidation, ErrorKind::MissingRequiredArgument];

/// Why the program does not take the line, up to what belongs to the shell or is said of it.
fn refusal(line: &str, excused: &[ErrorKind]) -> Option<String> {
    let end = ["  ", " > ", " | ", " && ", "; ", " #"].iter().filter_map(|mark| line.find(mark)).min();
    let line = line[..end.unwrap_or(line.len())].replace(['[', ']', '…'], "");
    let words = line.split('\'').enumerate().flat_map(|(index, part)| {
        // Every other part stands between quotes.
        if index % 2 == 1 { vec![part] } else { part.split_whitespace().collect() }
    });
    let error = unshim::cli::command_line().try_get_matches_from(words).err()?;
    let is_help = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    let is_fine = is_help || excused.contains(&error.kind());
    (!is_fine).then(|| format!("`{line}`: {}", error.to_string().lines().next().unwrap_or_default()))
}
