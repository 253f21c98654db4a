//! The terminal of a review: one key at a time, and a line where a word is asked for.
//!
//! The terminal is raw only while a key is waited for, and nothing that ends the program leaves it so.

use std::io::{self, IsTerminal, Write};

use console::{Key, Term, measure_text_width};

use crate::cli::failure::Failure;
use crate::disk::{self, ApplyError};
use crate::report::shown_text;

/// Rows and columns where the terminal does not say.
const SIZE: (usize, usize) = (24, 80);
/// The number of the signal that Ctrl-C stands for.
const SIGINT: i32 = 2;
/// What ends an input: Ctrl-D.
const END: char = '\u{4}';

/// Whether there is somebody who could review.
pub(super) fn is_there() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Rows and columns.
pub(super) fn size() -> (usize, usize) {
    Term::stdout().size_checked().map_or(SIZE, |(rows, columns)| (usize::from(rows), usize::from(columns)))
}

/// The next key that is a character; Ctrl-D is `q`.
pub(super) fn read() -> Result<char, Failure> {
    loop {
        match read_key()? {
            Key::Char(END) => return Ok('q'),
            Key::Char(key) => return Ok(key),
            _ => {}
        }
    }
}

/// A line that is typed behind a prompt; `None` if it is given up with Escape.
pub(super) fn read_line(prompt: &str, out: &mut dyn Write) -> Result<Option<String>, Failure> {
    let mut line = String::new();
    write!(out, "{prompt}")?;
    loop {
        out.flush()?;
        match read_key()? {
            Key::Enter => break,
            Key::Escape | Key::Char(END) => {
                line.clear();
                break;
            }
            Key::Backspace => {
                let columns = line.pop().map_or(0, |key| measure_text_width(&key.to_string()));
                write!(out, "{}", "\u{8} \u{8}".repeat(columns))?;
            }
            Key::Char(key) if shown_text(key.encode_utf8(&mut [0; 4])).starts_with(key) => {
                line.push(key);
                write!(out, "{key}")?;
            }
            _ => {}
        }
    }
    writeln!(out)?;
    Ok((!line.is_empty()).then_some(line))
}

fn read_key() -> Result<Key, Failure> {
    match disk::with_key(|| Term::stdout().read_key_raw())?? {
        Key::CtrlC => Err(ApplyError::Interrupted { signal: SIGINT }.into()),
        key => Ok(key),
    }
}
