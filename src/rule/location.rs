//! Where a project says that its rules lie: `[tool.unshim] rules = [...]` in `pyproject.toml`.

use toml::de::{DeTable, DeValue};

use super::globs::find_outside;
use super::problem::{Fault, Problems, Shown, find_hidden};
use super::read::decode;
use super::reader::Reader;
use super::syntax::syntax_problems;
use super::table::{Kind, Table};

const TOOL: Kind = Kind {
    what: "`[tool.unshim]`",
    keys: &["rules"],
    later: &[],
    help: "its one key is `rules`, a list of rule files and folders",
};

/// The files and folders of rules that a `pyproject.toml` names, relative to it; `None` if it names none.
///
/// A file that does not mention `tool.unshim` has no problems, whatever it is.
///
/// # Errors
/// Everything that is wrong in that table.
pub fn read_locations(name: &str, bytes: &[u8]) -> Result<Option<Vec<String>>, Problems> {
    let (text, _) = decode(bytes);
    let (document, errors) = DeTable::parse_recoverable(&text);
    let Some(table) = tool_table(document.into_inner()) else {
        return Ok(None);
    };
    let mut reader = Reader { file: 0, text: &text, problems: Vec::new() };
    reader.problems.extend(syntax_problems(&errors, 0, &text));
    let rules = Table::new(&TOOL, table, &mut reader).list::<String>("rules", &mut reader).written;
    let rules = rules.map(|rules| {
        rules
            .value
            .into_iter()
            .filter_map(|written| {
                let Some(fault) = find_bad_path(&written.value) else {
                    return Some(written.value);
                };
                reader.report_fault("the path", &written, fault);
                None
            })
            .collect()
    });
    if reader.problems.is_empty() {
        return Ok(rules);
    }
    let list = reader.problems;
    Err(Problems::new(vec![Shown { name: name.to_owned(), text }], list))
}

/// `[tool.unshim]`
fn tool_table(mut document: DeTable<'_>) -> Option<DeTable<'_>> {
    let DeValue::Table(mut tool) = document.remove("tool")?.into_inner() else {
        return None;
    };
    match tool.remove("unshim")?.into_inner() {
        DeValue::Table(table) => Some(table),
        _ => None,
    }
}

fn find_bad_path(path: &str) -> Option<Fault> {
    if path.trim().is_empty() {
        return Some(Fault::new(0..path.len(), "is empty", "name a rule file or a folder of them, such as `rules`"));
    }
    find_hidden(path).or_else(|| find_outside(path))
}
