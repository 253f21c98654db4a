//! Writes what examples really give back into their rule file; comments and layout stay.

use std::collections::BTreeMap;

use toml_edit::{Array, DocumentMut, InlineTable, Item, Key, Table, TableLike, Value};

/// What came of one example.
#[derive(Clone, Debug)]
pub struct Found {
    /// The id of its rule.
    pub rule: String,
    /// Its position among the rule's examples.
    pub example: usize,
    /// Every file afterwards; `None` if nothing changes.
    pub after: Option<BTreeMap<String, String>>,
    /// `path:line reason`
    pub refusals: Vec<String>,
}

/// The text of a rule file with other expectations; `None` if it is no TOML or holds none of the examples.
pub fn update(text: &str, found: &[Found]) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    for found in found {
        let rules = tables(document.get_mut("rule")?);
        let rule = rules.into_iter().find(|rule| rule.get("id").and_then(Item::as_str) == Some(&found.rule))?;
        let example = tables(rule.get_mut("example")?).into_iter().nth(found.example)?;
        set_after(example, found.after.as_ref());
        set_refusals(example, &found.refusals);
    }
    Some(document.to_string())
}

/// The tables of a list, whichever way it is written.
fn tables(item: &mut Item) -> Vec<&mut dyn TableLike> {
    match item {
        Item::ArrayOfTables(tables) => tables.iter_mut().map(|table| table as &mut dyn TableLike).collect(),
        Item::Value(Value::Array(array)) => {
            let tables = array.iter_mut().filter_map(Value::as_inline_table_mut);
            tables.map(|table| table as &mut dyn TableLike).collect()
        }
        _ => Vec::new(),
    }
}

/// Files that stay keep their place and their comments; new files come last, sorted.
fn set_after(example: &mut dyn TableLike, after: Option<&BTreeMap<String, String>>) {
    let Some(after) = after else {
        example.remove("after");
        return;
    };
    if example.get("after").is_none() {
        let fresh = same_form(example.get("before"));
        example.insert("after", fresh);
    }
    let before = example.get("before").cloned().unwrap_or_default();
    let Some(files) = example.get_mut("after").and_then(Item::as_table_like_mut) else { return };
    let paths: Vec<String> = files.iter().map(|(path, _)| path.to_owned()).collect();
    let gone = paths.iter().filter(|path| !after.contains_key(*path));
    gone.for_each(|path| drop(files.remove(path)));
    for (path, text) in after {
        let like = files.get(path).or_else(|| before.get(path)).and_then(Item::as_value).cloned();
        set_text(files, path, text_like(like.as_ref(), text));
    }
}

/// An empty table in the form of another one: `{ … }`, `before."a.py" = …` or `[rule.example.before]`.
fn same_form(other: Option<&Item>) -> Item {
    match other {
        Some(Item::Table(other)) => {
            let mut table = Table::new();
            table.set_dotted(other.is_dotted());
            Item::Table(table)
        }
        Some(Item::Value(Value::InlineTable(other))) => {
            let mut table = InlineTable::new();
            table.set_dotted(other.is_dotted());
            Item::Value(Value::InlineTable(table))
        }
        _ => Item::Value(Value::InlineTable(InlineTable::new())),
    }
}

/// A text written in the manner of another one: in the same quotes where they can hold it.
fn text_like(other: Option<&Value>, text: &str) -> Value {
    let spelled = other.map(Value::to_string).unwrap_or_default();
    let is_equal = other.and_then(Value::as_str) == Some(text);
    let literal = format!("'''\n{text}'''").parse::<Value>().ok();
    let literal = literal.filter(|value| value.as_str() == Some(text) && text.contains('\n'));
    match (other, literal) {
        (Some(other), _) if is_equal => other.clone(),
        (Some(_), Some(literal)) if spelled.trim_start().starts_with("'''") => literal,
        _ => Value::from(text),
    }
}

fn set_text(files: &mut dyn TableLike, path: &str, mut fresh: Value) {
    match files.get_mut(path) {
        Some(Item::Value(value)) => {
            *fresh.decor_mut() = value.decor().clone();
            *value = fresh;
        }
        _ => {
            fresh.decor_mut().clear();
            files.entry_format(&Key::new(path)).or_insert(Item::Value(fresh));
        }
    }
}

/// One refusal a line, if there are several.
fn set_refusals(example: &mut dyn TableLike, refusals: &[String]) {
    let old: Vec<&str> =
        example.get("refusals").and_then(Item::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let mut sorted = old.clone();
    sorted.sort_unstable();
    if sorted == refusals {
        return;
    }
    if refusals.is_empty() {
        example.remove("refusals");
        return;
    }
    let mut list: Array = refusals.iter().map(String::as_str).collect();
    if refusals.len() > 1 {
        list.iter_mut().for_each(|item| item.decor_mut().set_prefix("\n    "));
        list.set_trailing("\n");
        list.set_trailing_comma(true);
    }
    match example.get_mut("refusals") {
        Some(Item::Value(value)) => {
            let decor = value.decor().clone();
            *value = Value::Array(list);
            *value.decor_mut() = decor;
        }
        _ => drop(example.insert("refusals", Item::Value(Value::Array(list)))),
    }
}
