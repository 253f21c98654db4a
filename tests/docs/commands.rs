//! Reference of the command line, made of what clap knows.

use clap::{Arg, Command};

/// All commands, the program itself left out.
pub(crate) fn all() -> Vec<Command> {
    let program = unshim::cli::command_line();
    program.get_subcommands().filter(|command| command.get_name() != "help").cloned().collect()
}

/// A section for each command, and one for the options that all of them have.
pub(crate) fn reference() -> String {
    let program = unshim::cli::command_line();
    let sections: Vec<String> = all().iter().map(section).collect();
    let common = table(program.get_arguments().filter(|argument| argument.is_global_set()));
    format!("{}\n## Options of every command\n\n{common}", sections.join("\n"))
}

fn section(command: &Command) -> String {
    let usage = command.clone().render_usage().to_string().replace("Usage: ", "");
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let own = table(command.get_arguments().filter(|argument| !argument.is_global_set()));
    let examples = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    format!("## {}\n\n{about}.\n\n    {usage}\n\n{own}\n```text\n{examples}\n```\n", command.get_name())
}

fn table<'a>(arguments: impl Iterator<Item = &'a Arg>) -> String {
    let is_told = |argument: &&Arg| !argument.is_hide_set() && argument.get_id() != "help";
    let rows: Vec<String> = arguments.filter(is_told).map(row).collect();
    if rows.is_empty() { String::new() } else { format!("| | |\n| --- | --- |\n{}", rows.concat()) }
}

fn row(argument: &Arg) -> String {
    let mut told = argument.get_help().map(ToString::to_string).unwrap_or_default();
    if argument.get_action().takes_values() {
        let values = argument.get_possible_values();
        let words: Vec<String> = values.iter().map(|value| format!("`{}`", value.get_name())).collect();
        told += &if words.is_empty() { String::new() } else { format!(": {}", words.join(", ")) };
        let standard = argument.get_default_values().iter().map(|value| format!(" (default: `{}`)", value.display()));
        told.extend(standard);
    }
    format!("| {} | {told} |\n", code(&typed(argument)))
}

/// `-j, --threads N`, `[PATH]`
fn typed(argument: &Arg) -> String {
    let names = argument.get_short().map(|short| format!("-{short}"));
    let names = names.into_iter().chain(argument.get_long().map(|long| format!("--{long}")));
    let names = names.collect::<Vec<_>>().join(", ");
    if !argument.get_action().takes_values() {
        return names;
    }
    let value = argument.get_value_names().unwrap_or_default().iter().map(|name| name.as_str()).collect::<String>();
    let may_be_missing = argument.get_num_args().is_some_and(|count| count.min_values() == 0);
    match (names.as_str(), may_be_missing || argument.is_positional() && !argument.is_required_set()) {
        ("", true) => format!("[{value}]"),
        ("", false) => value,
        (_, true) => format!("{names} [{value}]"),
        (_, false) => format!("{names} {value}"),
    }
}

/// Code for a cell of a table, which a bar would end.
fn code(text: &str) -> String {
    if text.contains('|') { format!("<code>{}</code>", text.replace('|', "&#124;")) } else { format!("`{text}`") }
}

/// Which command prints in which formats.
pub(crate) fn formats() -> String {
    let with_format = |command: &Command| {
        let argument = command.get_arguments().find(|argument| argument.get_id() == "output_format")?.clone();
        let name = |value: &clap::builder::PossibleValue| format!("`{}`", value.get_name());
        let values: Vec<String> = argument.get_possible_values().iter().map(name).collect();
        Some(format!("| [`unshim {0}`](commands.md#{0}) | {1} |\n", command.get_name(), values.join(", ")))
    };
    let rows: String = all().iter().filter_map(with_format).collect();
    format!("| command | formats |\n| --- | --- |\n{rows}")
}

/// The exit codes of all commands.
pub(crate) fn exit_codes() -> String {
    let help = unshim::cli::command_line().get_after_help().map(ToString::to_string).unwrap_or_default();
    let (_, codes) = help.split_once("\nExit codes:\n").expect("they stand behind the examples");
    let rows = codes.lines().filter_map(|line| line.strip_prefix("  ")?.split_once("  "));
    let rows: String = rows.map(|(code, meaning)| format!("| {code} | {meaning} |\n")).collect();
    format!("| exit code | meaning |\n| --- | --- |\n{rows}")
}
