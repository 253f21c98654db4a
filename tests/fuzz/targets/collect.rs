//! Bytes as one Python file: decoded, searched, parsed, and its scopes collected.

use unshim::python::syntax::{Chain, Form};
use unshim::python::{parse, tolerant};
use unshim::semantics::{Facts, collect};
use unshim::text::Shape;

/// What is searched for in files that do not parse.
const NAMES: [&str; 3] = ["Old", "New", "a"];

pub(crate) fn broken(bytes: &[u8]) -> Vec<String> {
    let mut broken = Vec::new();
    for (at, name) in tolerant::mentions(bytes, &NAMES) {
        if !bytes[at..].starts_with(NAMES[name].as_bytes()) {
            broken.push(format!("`{}` is not at {at}", NAMES[name]));
        }
    }
    let (text, shape) = match Shape::decode(bytes.to_vec()) {
        Ok(decoded) => decoded,
        Err(undecoded) if undecoded.bytes == bytes => return broken,
        Err(_) => return vec!["law 2: bytes that are no text are others now".to_owned()],
    };
    if shape.encode(&text).as_deref() != Some(bytes) {
        broken.push("law 2: decoding and encoding gives other bytes".to_owned());
    }
    match parse(&text) {
        Ok(syntax) => broken.extend(facts_beside_the_text(&collect(syntax, &text), &text)),
        Err(error) if error.offset() <= text.len() => {}
        Err(error) => broken.push(format!("the error is beyond the text: {error:?}")),
    }
    broken
}

/// Spans that are not in the text or not what they are of, and names that lead nowhere.
fn facts_beside_the_text(facts: &Facts, text: &str) -> Vec<String> {
    let mut broken = Vec::new();
    let syntax = &facts.syntax;
    let spans = syntax.statements.iter().map(|statement| statement.span);
    let spans = spans.chain(facts.bindings.iter().map(|binding| binding.span));
    let spans = spans.chain(syntax.strings.iter().map(|string| string.span)).chain(syntax.comments.iter().copied());
    broken.extend(spans.filter(|span| text.get(span.range()).is_none()).map(|span| format!("{span:?} is no text")));
    let names = |chain: &Chain| {
        let mut names = vec![(chain.root.clone(), chain.root_span)];
        names.extend(chain.attributes.iter().cloned());
        names
    };
    // Identifiers that are no ASCII may be folded (PEP 3131); names in escaped or joined strings are not spelled in one place.
    let is_spelled = |name: &str, found: &str| found == name || !found.is_ascii();
    let mapped = syntax.chains.iter().filter(|chain| !matches!(chain.form, Form::Unmapped(_)));
    for (name, span) in mapped.flat_map(names) {
        if !text.get(span.range()).is_some_and(|found| is_spelled(name.as_str(), found)) {
            broken.push(format!("`{name}` is not at {span:?}"));
        }
    }
    if facts.references.len() != syntax.chains.len() {
        broken.push(format!("{} references of {} names", facts.references.len(), syntax.chains.len()));
    }
    let reached =
        facts.references.iter().flat_map(|reference| reference.reach.bindings.iter().chain(&reference.reach.stars));
    let held = facts.scopes.iter().flat_map(|scope| scope.names.values().flatten());
    let lost = reached.chain(held).find(|binding| binding.index() >= facts.bindings.len());
    broken.extend(lost.map(|binding| format!("there is no binding {}", binding.index())));
    broken
}
