//! What the marked parts of a page hold, each made of the program.

use unshim::plan::{Code, Reason};
use unshim::report::page::page;
use unshim::site::Kind;

use crate::{Page, commands, schema};

const END: &str = "<!-- end -->";

/// The page with every marked part made anew.
pub(crate) fn remade(page: &Page) -> String {
    let mut parts = page.text.split("<!-- made: ");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(" -->").expect("a mark is closed");
        let (_, rest) = rest.split_once(END).unwrap_or_else(|| panic!("{}: `{name}` has no end", page.path));
        text += &format!("<!-- made: {name} -->\n\n{}\n\n{END}{rest}", made(name).trim());
    }
    text
}

fn made(name: &str) -> String {
    match name {
        "commands" => commands::reference(),
        "formats" => commands::formats(),
        "exit-codes" => commands::exit_codes(),
        "rule-keys" => schema::objects(&unshim::rule::schema(), "RuleTable"),
        "outputs" => schema::outputs(&unshim::report::json::schema()),
        "codes" => sections(Code::ALL.iter().map(ToString::to_string)),
        "refusals" => sections(Reason::ALL.iter().map(ToString::to_string)),
        "kinds" => sections(Kind::ALL.iter().map(ToString::to_string)),
        other => panic!("nothing is called `{other}`"),
    }
}

/// The pages of these words, each as a section.
fn sections(words: impl Iterator<Item = String>) -> String {
    let section = |word: String| {
        let page = page(&word).expect("every code, reason and kind has a page");
        let (title, body) = page.split_once('\n').expect("a page has a title");
        // The words of a code's title are its own, those of the others the same for all.
        let title = if word.starts_with("US") { title } else { &format!("# {word}") };
        format!("#{title}\n{body}")
    };
    words.map(section).collect::<Vec<_>>().join("\n")
}
