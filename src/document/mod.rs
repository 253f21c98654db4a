//! Files that are not Python: the values of TOML, YAML, JSON and INI, each with its place and the keys that lead to it.
//!
//! A format is read by a parser that keeps positions; what stands between the values is never looked at, so that
//! comments and layout stay as they are.

mod ini;
mod json;
pub mod mention;
pub mod snippet;
mod toml;
mod yaml;

use compact_str::CompactString;

use crate::text::Span;

/// A format whose values have names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Toml,
    Yaml,
    Json,
    /// Lines `key = value` in sections; also `.env`, `.conf` and `.properties`.
    Ini,
}

impl Format {
    /// The format of a file with this ending.
    pub fn of(ending: &str) -> Option<Self> {
        match ending {
            "toml" => Some(Format::Toml),
            "yaml" | "yml" => Some(Format::Yaml),
            "json" => Some(Format::Json),
            "ini" | "cfg" | "conf" | "properties" | "env" => Some(Format::Ini),
            _ => None,
        }
    }

    /// As people call it.
    pub fn name(self) -> &'static str {
        match self {
            Format::Toml => "TOML",
            Format::Yaml => "YAML",
            Format::Json => "JSON",
            Format::Ini => "INI",
        }
    }
}

/// A text that is not of its format, and why, in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken(pub String);

/// All values of a document in source order, keys included.
#[derive(Debug, Default)]
pub struct Document {
    pub values: Vec<Value>,
    keys: Vec<Key>,
}

/// A scalar, or a key.
#[derive(Debug)]
pub struct Value {
    /// What stands between the quotes, if there are any.
    pub span: Span,
    pub is_key: bool,
    /// What the value is, where it is not what `span` reads: escapes, folded lines.
    decoded: Option<Box<str>>,
    under: KeyId,
}

/// A place in the tree of keys; the first is the top. List items have the place of their list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct KeyId(u32);

#[derive(Debug)]
struct Key {
    above: KeyId,
    name: CompactString,
}

impl Document {
    /// Reads `text` as a document of this format.
    pub fn read(format: Format, text: &str) -> Result<Self, Broken> {
        match format {
            Format::Toml => toml::read(text),
            Format::Yaml => yaml::read(text),
            Format::Json => json::read(text),
            Format::Ini => Ok(ini::read(text)),
        }
    }

    /// The keys that lead to a value, the nearest first; for a key those above it.
    pub fn keys<'a>(&'a self, value: &Value) -> impl Iterator<Item = &'a str> {
        let mut at = value.under;
        std::iter::from_fn(move || {
            let key = self.keys.get((at.0 as usize).checked_sub(1)?)?;
            at = key.above;
            Some(key.name.as_str())
        })
    }

    /// The value that holds all of `span`.
    pub fn value_around(&self, span: Span) -> Option<usize> {
        let behind = self.values.partition_point(|value| value.span.start() <= span.start());
        let index = behind.checked_sub(1)?;
        self.values[index].span.contains(span).then_some(index)
    }

    /// The table, of all in the document, in which a key stands.
    pub fn table_of(&self, key: &Value) -> u32 {
        key.under.0
    }

    /// Whether two documents are the same in all but their places, up to the values for which `expected` knows better.
    pub fn is_same<'a>(
        &self,
        text: &str,
        (other, other_text): (&Document, &str),
        expected: impl Fn(usize) -> Option<&'a str>,
    ) -> bool {
        let value = |index: usize| expected(index).unwrap_or_else(|| self.values[index].text(text));
        // A rewritten key renames what stands below it: the keys of the changed document are compared one by one.
        let alike = |index: usize| {
            let (one, two) = (&self.values[index], &other.values[index]);
            one.is_key == two.is_key && one.under == two.under && value(index) == two.text(other_text)
        };
        self.values.len() == other.values.len()
            && self.keys.len() == other.keys.len()
            && (0..self.values.len()).all(alike)
    }

    const TOP: KeyId = KeyId(0);

    fn push_key(&mut self, above: KeyId, name: &str) -> KeyId {
        self.keys.push(Key { above, name: name.into() });
        KeyId(self.keys.len() as u32)
    }

    /// Adds a value whose text is `decoded`, or what its span reads.
    fn push(&mut self, under: KeyId, span: Span, decoded: Option<&str>) {
        self.values.push(Value { span, is_key: false, decoded: decoded.map(Into::into), under });
    }

    fn push_name(&mut self, under: KeyId, span: Span, decoded: Option<&str>) {
        self.values.push(Value { span, is_key: true, decoded: decoded.map(Into::into), under });
    }
}

impl Value {
    pub fn text<'a>(&'a self, text: &'a str) -> &'a str {
        self.decoded.as_deref().unwrap_or_else(|| self.span.of(text))
    }

    /// What is written is what is meant: bytes of it can be replaced.
    pub fn is_verbatim(&self) -> bool {
        self.decoded.is_none()
    }
}

/// What the text between quotes decodes to, if that is not what it reads.
fn escaped<'a>(span: Span, text: &str, decoded: &'a str) -> Option<&'a str> {
    (span.of(text) != decoded).then_some(decoded)
}

/// The span without the quotes, single or triple, at its ends.
fn unquoted(text: &str, start: usize, end: usize) -> Span {
    let slice = &text[start..end];
    for quote in ["\"\"\"", "'''", "\"", "'"] {
        if slice.len() >= 2 * quote.len() && slice.starts_with(quote) && slice.ends_with(quote) {
            return Span::new(start + quote.len(), end - quote.len());
        }
    }
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `keys: value` for each value, `!` before one that is not verbatim, `keys?name` for each key.
    fn shown(format: Format, text: &str) -> Vec<String> {
        let document = Document::read(format, text).unwrap();
        let show = |value: &Value| {
            let mut keys: Vec<_> = document.keys(value).collect();
            keys.reverse();
            let mark = if value.is_key { "?" } else { ": " };
            let exact = if value.is_verbatim() { "" } else { "!" };
            format!("{}{mark}{exact}{}", keys.join("/"), value.text(text).replace('\n', "\\n"))
        };
        document.values.iter().map(show).collect()
    }

    #[test]
    fn toml_values_have_their_keys() {
        let text = "a.b = 'x' # c\r\n[t.\"q.r\"]\nl = [\"y\\u0041\", { z = 1 }]\nm = '''\nlines\n'''\n[[u]]\nv = 'w'\n";
        let expected = [
            "?a",
            "a?b",
            "a/b: x",
            "?t",
            "t?q.r",
            "t/q.r?l",
            "t/q.r/l: !yA",
            "t/q.r/l?z",
            "t/q.r/l/z: 1",
            "t/q.r?m",
            "t/q.r/m: !lines\\n",
            "?u",
            "u?v",
            "u/v: w",
        ];
        assert_eq!(shown(Format::Toml, text), expected);
        assert!(Document::read(Format::Toml, "a = ").is_err());
    }

    #[test]
    fn json_values_have_their_keys() {
        let text = "{\"a\": {\"b\": [\"x\", 1, null]}, // c\n \"é\": \"\\u0041\",}";
        assert_eq!(shown(Format::Json, text), ["?a", "a?b", "a/b: x", "a/b: 1", "a/b: null", "?é", "é: !A"]);
        let deep = "[".repeat(100_000);
        for broken in ["{\"a\": }", "{\"a\" \"b\"}", "{'a': 1}", "", deep.as_str()] {
            assert!(Document::read(Format::Json, broken).is_err());
        }
    }

    #[test]
    fn yaml_values_have_their_keys() {
        let text = "é: \"it's\"\r\na: # c\r\n  - b.c\r\n  - \"d\\x41\"\r\n  - {e: f, g: !t h}\r\nt: |\r\n  one\r\n  two\r\n---\nx: &n y\nz: *n\n";
        let expected = [
            "?é",
            "é: it's",
            "?a",
            "a: b.c",
            "a: !dA",
            "a?e",
            "a/e: f",
            "a?g",
            "a/g: h",
            "?t",
            "t: !one\\ntwo\\n",
            "?x",
            "x: y",
            "?z",
        ];
        assert_eq!(shown(Format::Yaml, text), expected);
        assert!(Document::read(Format::Yaml, "a: [b").is_err());
        assert!(Document::read(Format::Yaml, "a: b: c").is_err());
    }

    #[test]
    fn ini_values_have_their_sections_and_keys() {
        let text = "\u{feff}top=1\n[s]\n# a = b\nk = v w  ; c\nlist =\n  one.two\n  x = y.z:w\nexport Q='r'\nno value\nurl: http://a#b\n";
        let expected = [
            "?top",
            "top: 1",
            "?s",
            "s?k",
            "s/k: v w",
            "s?list",
            "s/list: one.two",
            "s/list?x",
            "s/list/x: y.z:w",
            "s?Q",
            "s/Q: r",
            "s?url",
            "s/url: http://a#b",
        ];
        assert_eq!(shown(Format::Ini, text.trim_start_matches('\u{feff}')), expected);
    }

    #[test]
    fn documents_differ_only_where_that_is_expected() {
        let (old, new) = ("{\"a\": \"x\", \"b\": \"y\"}", "{\"a\":  \"z\", \"b\": \"y\"}");
        let read = |text| Document::read(Format::Json, text).unwrap();
        let same = |expected: &[(usize, &'static str)]| {
            let of = |index: usize| expected.iter().find(|(at, _)| *at == index).map(|(_, text)| *text);
            read(old).is_same(old, (&read(new), new), of)
        };
        assert!(same(&[(1, "z")]));
        assert!(!same(&[]) && !same(&[(1, "w")]) && !same(&[(1, "z"), (3, "v")]));
    }
}
