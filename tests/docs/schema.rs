//! A JSON Schema as tables: a section for each object, with its keys.

use std::collections::VecDeque;

use serde_json::{Map, Value};

/// Values that have a page of their own, and where.
const PAGES: [(&str, &str); 3] = [("Code", "codes.md"), ("Reason", "refusals.md"), ("Kind", "sites.md")];

/// The object of this name and all that it is made of.
pub(crate) fn objects(schema: &str, first: &str) -> String {
    let schema: Value = serde_json::from_str(schema).unwrap();
    sections(&schema, vec![first.to_owned()])
}

/// All that the schema takes in one place or another, and what that is made of.
pub(crate) fn outputs(schema: &str) -> String {
    let schema: Value = serde_json::from_str(schema).unwrap();
    let all = schema["anyOf"].as_array().unwrap().iter().map(|one| named(one).unwrap().to_owned());
    sections(&schema, all.collect())
}

fn sections(schema: &Value, mut told: Vec<String>) -> String {
    let mut open: VecDeque<String> = told.iter().cloned().collect();
    let mut text = String::new();
    while let Some(name) = open.pop_front() {
        let definition = &schema["definitions"][&name];
        let about = definition["description"].as_str().unwrap_or_default();
        let body = keys(definition).unwrap_or_else(|| values(definition));
        for part in [&format!("### {name}"), about, &body].into_iter().filter(|part| !part.is_empty()) {
            text += &format!("{}\n\n", part.trim());
        }
        let own = referred(definition).into_iter().filter(|name| PAGES.iter().all(|(known, _)| known != name));
        let new: Vec<String> = own.filter(|name| !told.contains(name)).collect();
        told.extend(new.iter().cloned());
        open.extend(new);
    }
    text
}

/// A row for each key of an object, those that must be there first; `None` if it is no object.
fn keys(definition: &Value) -> Option<String> {
    let properties = definition["properties"].as_object()?;
    let required: Vec<&str> =
        definition["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let is_required = |key: &&String| required.contains(&key.as_str());
    let (first, rest): (Vec<&String>, Vec<&String>) = properties.keys().partition(is_required);
    let rows: String = first.into_iter().chain(rest).map(|key| row(key, &properties[key], is_required(&key))).collect();
    Some(format!("| key | type | |\n| --- | --- | --- |\n{rows}"))
}

fn row(key: &str, property: &Value, is_required: bool) -> String {
    let mut about = property["description"].as_str().unwrap_or_default().to_owned();
    for choice in property["oneOf"].as_array().into_iter().flatten() {
        about += &format!(" {}: {}", code(choice["const"].as_str().unwrap()), choice["description"].as_str().unwrap());
    }
    if !is_required {
        about += &match property.get("default") {
            Some(Value::Null) | None => " Not there by default.".to_owned(),
            Some(value) => format!(" Default: {}.", code(&written(value))),
        };
    }
    if let Some(example) = property["examples"].get(0) {
        about += &format!(" Example: {}.", code(&written(example)));
    }
    format!("| `{key}` | {} | {} |\n", kind(property), about.trim())
}

/// A value as rule files spell it, on one line.
fn written(value: &Value) -> String {
    match value {
        Value::Object(table) => {
            let is_bare = |key: &String| key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            let key = |key: &String| if is_bare(key) { key.clone() } else { Value::from(key.as_str()).to_string() };
            let pairs = table.iter().map(|(name, value)| format!("{} = {}", key(name), written(value)));
            if table.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", ")) }
        }
        Value::Array(list) => format!("[{}]", list.iter().map(written).collect::<Vec<_>>().join(", ")),
        plain => plain.to_string(),
    }
}

/// A row for each value of an enumeration, or a list of them if nothing is said of each.
fn values(definition: &Value) -> String {
    if let Some(words) = definition["enum"].as_array() {
        return format!("One of {}.", words.iter().map(|word| code(&word.to_string())).collect::<Vec<_>>().join(", "));
    }
    let told = definition["oneOf"].as_array().into_iter().flatten();
    let rows = told.map(|one| {
        format!("| {} | {} |\n", code(&one["const"].to_string()), one["description"].as_str().unwrap_or_default())
    });
    format!("| value | |\n| --- | --- |\n{}", rows.collect::<String>())
}

/// The type of a value, in words.
fn kind(value: &Value) -> String {
    if let Some(name) = named(value) {
        let page = PAGES.iter().find(|(known, _)| *known == name).map(|(_, page)| (*page).to_owned());
        return format!("[{name}]({})", page.unwrap_or_else(|| format!("#{}", name.to_lowercase())));
    }
    if let Some(either) = value["anyOf"].as_array().or(value["allOf"].as_array()) {
        return either.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    if let Some(choices) = value["oneOf"].as_array() {
        return choices.iter().map(|choice| code(&choice["const"].to_string())).collect::<Vec<_>>().join(" or ");
    }
    let types = value["type"].as_array().cloned().unwrap_or_else(|| vec![value["type"].clone()]);
    types.iter().map(|name| simple(name.as_str().unwrap_or("any"), value)).collect::<Vec<_>>().join(" or ")
}

fn simple(name: &str, value: &Value) -> String {
    match name {
        "array" => format!("list of {}", kind(&value["items"])),
        "object" => format!("{} by name", kind(&value["additionalProperties"])),
        "null" => "`null`".to_owned(),
        other => other.to_owned(),
    }
}

/// The name of the definition that a value refers to.
fn named(value: &Value) -> Option<&str> {
    value["$ref"].as_str()?.strip_prefix("#/definitions/")
}

/// All definitions that a definition refers to, in order.
fn referred(definition: &Value) -> Vec<String> {
    let mut open = vec![definition];
    let mut names = Vec::new();
    while let Some(value) = open.pop() {
        names.extend(named(value).map(str::to_owned));
        open.extend(value.as_array().into_iter().flatten());
        open.extend(value.as_object().into_iter().flat_map(Map::values));
    }
    names.sort();
    names.dedup();
    names
}

/// Code for a cell of a table, which a bar would end.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('|', "\\|"))
}
