//! Shims that stay for a while and say so: each becomes an arm of the module's `__getattr__` (PEP 562).
//!
//! ```python
//! if TYPE_CHECKING:
//!     from new import New as Old
//!
//!
//! def __getattr__(name: str) -> object:
//!     if name == "Old":
//!         from new import New
//!         warnings.warn("old.Old is deprecated, use new.New", DeprecationWarning, stacklevel=2)
//!         return New
//!     raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
//! ```
//!
//! The module's own reads of a name do not go through `__getattr__`: they take the canonical name, as when the shim goes.

use super::context::{Draft, Kept};
use super::names::{Outcomes, note};
use super::shims::{Taken, take};
use super::variable::Variable;
use super::wish::{EntryWish, Needed, Wishes};
use super::{Note, Objection, Reason};
use crate::python::syntax::{ScopeId, StatementId, StatementKind, Test, Value};
use crate::python::{DottedName, Identifier, Symbol};
use crate::rule::Shims;
use crate::site::{Hit, Kind, LookupSite, Target};
use crate::text::Span;

/// Whether a variable is a declared shim that shall become an arm of `__getattr__`.
pub(super) fn is_deprecated(draft: &Draft, variable: &Variable) -> bool {
    let targets = variable.targets();
    !draft.run.world.project.file(draft.file).is_stub
        && draft.declares(variable.scope, &variable.name)
        && targets.iter().all(|(_, target)| draft.run.rules().rules[target.rule()].shims == Shims::Deprecate)
        && arm(draft, &variable.name).is_none()
}

/// Takes the statements of a shim away, and notes that it shall have an arm; not while something holds it as it is.
pub(super) fn turn(
    draft: &Draft,
    kept: &Kept,
    (variable, outcomes): (&Variable, &Outcomes),
    wishes: &mut Wishes,
) -> Result<Option<String>, Objection> {
    let targets = variable.targets();
    let hit = targets.iter().find_map(|(_, target)| match target {
        Target::Symbol(hit) => Some(hit.clone()),
        Target::Module(_) => None,
    });
    let Some(hit) = hit else { return Ok(None) };
    if let Some(objection) = objection(draft, &hit) {
        return Err(objection);
    }
    if draft.is_kept(kept, &variable.name) {
        return Ok(None);
    }
    let taken = take(draft, variable, outcomes, wishes)?;
    if let Taken::Away(replacement) = &taken
        && replacement.as_deref() != Some(variable.name.as_str())
    {
        wishes.deprecated.push((variable.name.clone(), hit));
    }
    Ok(taken.replacement())
}

/// The arm of the module's `__getattr__` that gives a name already.
pub(super) fn arm<'a>(draft: &'a Draft, name: &Identifier) -> Option<&'a LookupSite> {
    let found = draft.sites.lookups.binary_search_by(|site| site.name.cmp(name));
    found.ok().map(|index| &draft.sites.lookups[index])
}

/// Why a shim cannot become an arm.
pub(super) fn objection(draft: &Draft, hit: &Hit) -> Option<Objection> {
    let no = |text: String| Some((Reason::Form, text));
    if hit.target.name.parent().is_some() {
        return no(format!("`{}` is nested, and `__getattr__` imports what stands in a module", hit.target));
    }
    let names = &draft.facts.scopes[ScopeId::MODULE.index()].names;
    if names.contains_key(&Identifier::new("__getattr__")) && function(draft).is_none() {
        return no("the module's `__getattr__` has a form that is not extended".into());
    }
    let by_star = || draft.run.sites.files.iter().flat_map(|file| &file.stars).any(|star| star.hit.alias == hit.alias);
    if draft.facts.exports.is_none() && by_star() {
        return no(format!("`{}` has no `__all__`, and a star import does not ask `__getattr__`", hit.alias.module));
    }
    let taken = [("warnings", "warnings"), ("TYPE_CHECKING", "typing.TYPE_CHECKING")];
    let taken = taken.into_iter().find(|(name, path)| is_other(draft, name, path))?;
    Some((Reason::NameTaken, format!("`{}` means something else in the module", taken.0)))
}

/// Whether the module binds `name` to something else than what lies at `path`.
fn is_other(draft: &Draft, name: &str, path: &str) -> bool {
    let Some(ids) = draft.facts.scopes[ScopeId::MODULE.index()].names.get(&Identifier::new(name)) else { return false };
    let is_it = |origin: crate::semantics::Origin| match origin {
        crate::semantics::Origin::Outside(found) => {
            found.as_str() == path || found.as_str() == format!("typing_extensions.{name}")
        }
        _ => false,
    };
    !ids.iter().all(|id| is_it(draft.run.world.binding(draft.file, *id).origin))
}

/// The module's `__getattr__`, if arms can be written into it.
fn function<'a>(draft: &'a Draft) -> Option<(StatementId, &'a Identifier)> {
    let lookup = draft.facts.syntax.lookup.as_ref()?;
    let is_it = draft.facts.lookup_statement() == Some(lookup.statement);
    let StatementKind::Function(function) = &draft.facts.syntax.statements[lookup.statement.index()].kind else {
        return None;
    };
    let is_block = !draft.facts.syntax.blocks[function.body.index()].inline;
    (is_it && is_block).then_some((lookup.statement, &lookup.parameter))
}

/// Writes the arms of all shims that became one.
pub(super) fn write(draft: &Draft, wishes: &mut Wishes) {
    let Some((_, first)) = wishes.deprecated.first() else { return };
    let note = note(&Target::Symbol(first.clone()), Kind::ShimGetattr);
    let deprecated = wishes.deprecated.clone();
    need_imports(draft, note, wishes);
    let page = Page::new(draft);
    let checks: Vec<String> = deprecated.iter().map(|(name, hit)| page.check(draft, name, hit)).collect();
    let mut appendix = match open_check(draft) {
        Some(last) => {
            let lines: String = checks.iter().map(|line| format!("{}{}{line}", page.newline, page.unit)).collect();
            wishes.tokens.insert(Span::empty(last), (lines, note));
            String::new()
        }
        None => {
            let lines: String = checks.iter().map(|line| format!("{}{line}{}", page.unit, page.newline)).collect();
            format!("if TYPE_CHECKING:{}{lines}", page.newline)
        }
    };
    let arms = |parameter: &str, indent: &str| -> String {
        deprecated.iter().map(|(name, hit)| page.arm(draft, (parameter, indent), (name, hit))).collect()
    };
    match function(draft).and_then(|(statement, parameter)| Some((first_line(draft, statement)?, parameter))) {
        Some((at, parameter)) => {
            wishes.tokens.insert(Span::empty(at), (arms(parameter.as_str(), &page.unit), note));
        }
        None => {
            let gap = if appendix.is_empty() { "" } else { page.newline };
            let (newline, unit) = (page.newline, &page.unit);
            appendix.push_str(&format!("{gap}{gap}def __getattr__(name: str) -> object:{newline}"));
            appendix.push_str(&arms("name", unit));
            appendix.push_str(&format!("{unit}{MISSING}{newline}"));
        }
    }
    if !appendix.is_empty() {
        wishes.appendix = Some((appendix, note));
    }
}

const MISSING: &str = "raise AttributeError(f\"module {__name__!r} has no attribute {name!r}\")";

/// `import warnings` and `TYPE_CHECKING`, beside the first import of the module.
fn need_imports(draft: &Draft, note: Note, wishes: &mut Wishes) {
    let names = &draft.facts.scopes[ScopeId::MODULE.index()].names;
    let syntax = &draft.facts.syntax;
    let body = &syntax.blocks[0].statements;
    let is_import = |id: &&StatementId| match &syntax.statements[id.index()].kind {
        StatementKind::Import(_) => true,
        StatementKind::From(from) => !from.is_future(),
        _ => false,
    };
    let is_head = |id: &&StatementId| match &syntax.statements[id.index()].kind {
        StatementKind::Expression(Value::Text(_)) => true,
        StatementKind::From(from) => from.is_future(),
        _ => false,
    };
    let head = body.iter().take_while(is_head).last();
    let Some(place) = body.iter().find(is_import).or(head).or(body.first()) else { return };
    let is_code = !is_import(&place) && !is_head(&place) && !wishes.removed.contains_key(place);
    let note = Note { kind: Kind::ImportFrom, ..note };
    let mut need = |name: &str, needed: Needed| match names.get(&Identifier::new(name)) {
        None => wishes.imports.entry(*place).or_default().push((needed, note)),
        // What only the old shim needed is needed by the new one.
        Some(ids) => wishes.entries.retain(|(statement, _), (wish, _)| {
            let is_it = ids.iter().any(|id| draft.facts.bindings[id.index()].statement == *statement);
            !(is_it && *wish == EntryWish::Drop)
        }),
    };
    need("warnings", Needed::Module { module: DottedName::new("warnings"), local: None });
    let checking = Needed::From { module: DottedName::new("typing"), name: "TYPE_CHECKING".into(), local: None };
    need("TYPE_CHECKING", checking);
    if is_code {
        above_all(draft, *place, note, wishes);
    }
}

/// Imports of a module that begins with code stand above it.
fn above_all(draft: &Draft, first: StatementId, note: Note, wishes: &mut Wishes) {
    let newline = Page::new(draft).newline;
    let line = |(needed, _): (Needed, Note)| match &needed {
        Needed::From { module, .. } => format!("from {module} import {}{newline}", needed.text()),
        Needed::Module { .. } => format!("import {}{newline}", needed.text()),
    };
    let lines: String = wishes.imports.remove(&first).into_iter().flatten().map(line).collect();
    let statement = &draft.facts.syntax.statements[first.index()];
    let gap = match statement.kind {
        StatementKind::Class(_) | StatementKind::Function(_) => 2,
        _ => 1,
    };
    wishes.tokens.insert(Span::empty(statement.span.start()), (lines + &newline.repeat(gap), note));
}

/// The end of the last line of the module's `if TYPE_CHECKING:`.
fn open_check(draft: &Draft) -> Option<usize> {
    let syntax = &draft.facts.syntax;
    let mut body = syntax.blocks[0].statements.iter();
    body.find_map(|id| match &syntax.statements[id.index()].kind {
        StatementKind::If { tests, blocks } if tests[..] == [Test::TypeChecking] && blocks.len() == 1 => {
            let block = &syntax.blocks[blocks[0].index()];
            let last = syntax.statements[block.statements.last()?.index()].span.end();
            let rest = draft.text[last..].lines().next().unwrap_or_default();
            (!block.inline).then_some(last + rest.len())
        }
        _ => None,
    })
}

/// The start of the first line of a function's body that is no docstring.
fn first_line(draft: &Draft, statement: StatementId) -> Option<usize> {
    let syntax = &draft.facts.syntax;
    let StatementKind::Function(function) = &syntax.statements[statement.index()].kind else { return None };
    let mut body = syntax.blocks[function.body.index()].statements.iter().map(|id| &syntax.statements[id.index()]);
    let first = body.find(|statement| !matches!(statement.kind, StatementKind::Expression(Value::Text(_))))?;
    let start = draft.text[..first.span.start()].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    Some(start)
}

/// How the file is laid out.
struct Page {
    newline: &'static str,
    unit: String,
    width: usize,
}

impl Page {
    fn new(draft: &Draft) -> Self {
        let newline = if draft.text.contains("\r\n") { "\r\n" } else { "\n" };
        let indented = draft.text.lines().find(|line| line.starts_with([' ', '\t']) && !line.trim().is_empty());
        let unit = indented.map(|line| line[..line.len() - line.trim_start().len()].to_owned());
        let unit = unit.filter(|unit| unit.len() <= 8).unwrap_or_else(|| "    ".to_owned());
        Self { newline, unit, width: draft.run.world.project.line_length(draft.path()) }
    }

    /// What a type checker shall read.
    fn check(&self, draft: &Draft, name: &Identifier, hit: &Hit) -> String {
        let (target, canonical) = (&hit.target, hit.target.name.as_str());
        match (target.module == draft.run.world.module_name(draft.file), canonical == name.as_str()) {
            (true, _) => format!("{name} = {canonical}"),
            // Written twice, it is a name that the module gives to others (PEP 484, "Stub Files").
            (false, _) => format!("from {} import {canonical} as {name}", target.module),
        }
    }

    fn arm(&self, draft: &Draft, (parameter, indent): (&str, &str), (name, hit): (&Identifier, &Hit)) -> String {
        let Symbol { module, name: canonical } = &hit.target;
        let inner = format!("{indent}{}", self.unit);
        let says = format!("\"{} is deprecated, use {}\"", hit.alias.path(), hit.target.path());
        let one_line = format!("{inner}warnings.warn({says}, DeprecationWarning, stacklevel=2)");
        let mut lines = vec![format!("{indent}if {parameter} == \"{name}\":")];
        if *module != draft.run.world.module_name(draft.file) {
            lines.push(format!("{inner}from {module} import {canonical}"));
        }
        let (open, deeper) = (format!("{inner}warnings.warn("), format!("{inner}{}", self.unit));
        let two_lines = format!("{deeper}{says}, DeprecationWarning, stacklevel=2");
        let fits = |line: &str| line.chars().count() <= self.width;
        if fits(&one_line) {
            lines.push(one_line);
        } else if fits(&two_lines) {
            lines.extend([open, two_lines, format!("{inner})")]);
        } else {
            let each = [says.as_str(), "DeprecationWarning", "stacklevel=2"];
            lines.push(open);
            lines.extend(each.map(|argument| format!("{deeper}{argument},")));
            lines.push(format!("{inner})"));
        }
        lines.push(format!("{inner}return {canonical}"));
        lines.iter().map(|line| format!("{line}{}", self.newline)).collect()
    }
}
