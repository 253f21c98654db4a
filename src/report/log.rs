//! The applies of a tree, one a line: id, time, rules, counts.

use std::io::{self, Write};

use super::apply::{Done, written};
use super::screen::{Detail, Screen};
use super::visible::shown_text;
use super::words::number;

/// Rules named on one line.
const MOST_RULES: usize = 3;

/// One apply, or undo.
#[derive(Clone, Debug)]
pub struct Entry {
    pub id: String,
    /// Seconds since 1970, UTC.
    pub time: u64,
    /// Each with the number of its edits.
    pub rules: Vec<(String, usize)>,
    pub done: Done,
    /// The branch that was made or deleted, if the work tree was left alone.
    pub branch: Option<String>,
    /// The apply that this one took back.
    pub undoes: Option<String>,
    pub mark: Mark,
}

/// What is to be said of an apply besides.
#[derive(Clone, Debug)]
pub enum Mark {
    None,
    UndoneBy(String),
    CutOff,
}

/// Writes one line for each apply, the newest first.
pub fn write(entries: &[Entry], screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    for entry in entries {
        let place = screen.palette.place;
        let (id, time) = (shown_text(&entry.id), date(entry.time));
        let mark = match &entry.mark {
            Mark::None => String::new(),
            Mark::UndoneBy(by) => format!(", taken back by {}", shown_text(by)),
            Mark::CutOff => ", cut off: the next `unshim apply` or `unshim undo` takes it back".to_owned(),
        };
        let what = what(entry, screen.detail == Detail::All);
        let counts = match &entry.branch {
            Some(branch) => format!("branch {}, ", shown_text(branch)),
            None => String::new(),
        } + &written(&entry.done);
        writeln!(out, "{place}{id}{place:#}  {time}  {what}: {counts}{mark}")?;
    }
    if screen.detail == Detail::Quiet {
        return Ok(());
    }
    match entries.first() {
        None => writeln!(out, "nothing was applied here yet"),
        Some(newest) => writeln!(out, "Next: `unshim undo {}`, or any id above", shown_text(&newest.id)),
    }
}

/// Tells that an apply was taken back.
pub fn write_undone(id: &str, done: &Done, out: &mut dyn Write) -> io::Result<()> {
    let what = match &done.branch {
        Some((name, 0)) => format!("branch {} is deleted", shown_text(name)),
        Some((name, _)) => format!("branch {} is there again", shown_text(name)),
        None => written(done),
    };
    writeln!(out, "{} is taken back: {what}", shown_text(id))?;
    writeln!(out, "Next: `unshim undo {}` makes the change again", shown_text(&done.id))
}

fn what(entry: &Entry, all: bool) -> String {
    if let Some(undoes) = &entry.undoes {
        return format!("takes back {}", shown_text(undoes));
    }
    let shown = if all { entry.rules.len() } else { entry.rules.len().min(MOST_RULES) };
    let rule = |(rule, edits): &(String, usize)| format!("{} ×{}", shown_text(rule), number(*edits));
    let mut rules: Vec<String> = entry.rules[..shown].iter().map(rule).collect();
    let rest = entry.rules.len() - shown;
    rules.extend((rest > 0).then(|| format!("{} more", number(rest))));
    rules.join(", ")
}

/// `2026-11-26 22:31 UTC`: civil from days, as in Howard Hinnant's `chrono`-compatible date algorithms.
fn date(time: u64) -> String {
    let (days, seconds) = (time / 86_400 + 719_468, time % 86_400);
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let (day, month) = (day - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
    let year = era * 400 + year + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02} UTC", seconds / 3_600, seconds / 60 % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        let dates = [(0, "1970-01-01 00:00"), (951_782_399, "2000-02-28 23:59"), (951_782_400, "2000-02-29 00:00")];
        for (time, shown) in dates {
            assert_eq!(date(time), format!("{shown} UTC"));
        }
        assert_eq!(date(1_795_732_260), "2026-11-26 22:31 UTC");
        assert_eq!(date(4_107_542_399), "2100-02-28 23:59 UTC");
    }
}
