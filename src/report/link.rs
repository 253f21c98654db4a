//! Places that people can follow: links to files (OSC 8), on a terminal that makes something of them.
//!
//! The form is that of <https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda>.

use std::fmt::{self, Write};

use anstyle::Style;

use super::screen::Screen;

impl Screen {
    /// A place as people see it, `shop/api.py:3:1`, in its colour, and as a link to its line.
    pub(crate) fn place<'a>(&self, at: &'a str) -> Place<'a> {
        Place { at, style: self.palette.place, link: self.link_to_place(at) }
    }

    /// What makes the text between the two a link to a file.
    pub(crate) fn file(&self, path: &str) -> (String, &'static str) {
        match self.links {
            Some(base) => (opened(base, path, ""), CLOSED),
            None => (String::new(), ""),
        }
    }

    /// A path that had to be quoted is no link, nor is a route of several places.
    fn link_to_place(&self, at: &str) -> Option<String> {
        let base = self.links.filter(|_| !at.is_empty() && !at.starts_with('"') && !at.contains(" → "))?;
        let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let (mut path, mut line) = (at, "");
        for _ in 0..2 {
            if let Some((before, last)) = path.rsplit_once(':').filter(|(_, last)| number(last)) {
                (path, line) = (before, last);
            }
        }
        Some(opened(base, path, line))
    }
}

/// A place with all that surrounds it.
pub(crate) struct Place<'a> {
    at: &'a str,
    style: Style,
    link: Option<String>,
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { at, style, link } = self;
        let (open, closed) = link.as_deref().map_or(("", ""), |open| (open, CLOSED));
        write!(formatter, "{open}{style}{at}{style:#}{closed}")
    }
}

const CLOSED: &str = "\x1b]8;;\x1b\\";

fn opened(base: &str, path: &str, line: &str) -> String {
    let line = if line.is_empty() { String::new() } else { format!("#{line}") };
    format!("\x1b]8;;{base}/{}{line}\x1b\\", percent_encoded(path.as_bytes()))
}

/// Where the links of a tree lead.
pub fn link_base(host: &str, top: &[u8]) -> String {
    format!("file://{}{}", percent_encoded(host.as_bytes()), percent_encoded(top).trim_end_matches('/'))
}

/// A path as it stands in a URL (RFC 3986, section 2.3).
fn percent_encoded(bytes: &[u8]) -> String {
    let mut encoded = String::with_capacity(bytes.len());
    for &byte in bytes {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                encoded.push(char::from(byte))
            }
            _ => write!(encoded, "%{byte:02X}").expect("a string takes all text"),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_link_to_its_line_and_nothing_of_a_path_is_obeyed() {
        let base = link_base("host", "/tr\u{e9}e/".as_bytes()).leak();
        let screen = Screen { links: Some(base), ..Screen::plain() };
        let shown = |at: &str| screen.place(at).to_string().replace('\x1b', "^");
        assert_eq!(shown("a b;c.py:3:7"), "^]8;;file://host/tr%C3%A9e/a%20b%3Bc.py#3^\\a b;c.py:3:7^]8;;^\\");
        assert_eq!(shown("a:9.py"), "^]8;;file://host/tr%C3%A9e/a%3A9.py^\\a:9.py^]8;;^\\");
        assert_eq!(shown("\"a\\033.py\":3"), "\"a\\033.py\":3");
        assert_eq!(shown("a.py:1 → b.py:2"), "a.py:1 → b.py:2");
        assert!(screen.file("\u{1b}]8;;\u{7}").0.ends_with("/%1B%5D8%3B%3B%07\x1b\\"));
        assert_eq!(Screen::plain().place("a.py:3").to_string(), "a.py:3");
    }
}
