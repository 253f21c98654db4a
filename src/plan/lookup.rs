//! Aliases that a module's `__getattr__` gives: their entries go, and the function with the last of them.

use std::collections::BTreeSet;

use super::context::{Draft, Kept};
use super::emit::leaves;
use super::names::note;
use super::refuse::{Refused, Stays, frozen, objection};
use super::wish::Wishes;
use super::{Note, Objection, Reason, shims};
use crate::python::Identifier;
use crate::python::syntax::{BindKind, ScopeId, StatementId, StatementKind, Test, Value};
use crate::rule::Shims;
use crate::semantics::Place;
use crate::site::{Held, Kind, LookupSite, Target};
use crate::text::Span;

/// Takes the entries of all aliases away that nothing holds; what stays is refused, and holds what it goes through.
pub(super) fn settle(draft: &Draft, kept: &Kept, refused: &mut Refused, wishes: &mut Wishes) {
    let mut going = Vec::new();
    for site in &draft.sites.lookups {
        let target = Target::Symbol(site.hit.clone());
        if let Some((reason, text)) = objected(draft, kept, site) {
            refused.add(draft, Stays { span: site.span, kind: Kind::ShimGetattr, reason, text }, &target);
        } else if draft.run.rules().rules[site.hit.rule].shims == Shims::Remove {
            going.push(site);
            continue;
        }
        let route = site.entry.resolution.route.iter().skip(1);
        refused.held.extend(route.map(|hop| Held::Symbol(hop.symbol.clone())));
    }
    let Some(first) = going.first() else { return };
    let names: Vec<Identifier> = going.iter().map(|site| site.name.clone()).collect();
    if draft.run.world.lookup_gives_more(draft.file, &names) {
        going.iter().for_each(|site| take_out(draft, site, wishes));
        if let Err((reason, text)) = cut_arms(draft, &going, wishes) {
            for site in &going {
                let stays = Stays { span: site.span, kind: Kind::ShimGetattr, reason, text: text.clone() };
                refused.add(draft, stays, &Target::Symbol(site.hit.clone()));
            }
            return;
        }
    } else {
        remove_all(draft, first, wishes);
    }
    for site in &going {
        shims::unlist(draft, &site.name, &Target::Symbol(site.hit.clone()), wishes);
    }
    drop_emptied_checks(draft, Note { kind: Kind::ExportEntry, ..site_note(first) }, wishes);
}

fn site_note(site: &LookupSite) -> Note {
    note(&Target::Symbol(site.hit.clone()), Kind::ShimGetattr)
}

/// Why the entry stays.
fn objected(draft: &Draft, kept: &Kept, site: &LookupSite) -> Option<Objection> {
    let symbol = &site.hit.alias;
    if let Some(why) = frozen(draft, site.hit.rule) {
        return Some((Reason::NotEdited, why));
    }
    if let Some(objection) = kept.objection(draft.file, site.span) {
        return Some(objection);
    }
    if let Some(objection) = objection(&draft.run, kept, &Target::Symbol(site.hit.clone())) {
        return Some(objection);
    }
    match draft.run.rules().rules[site.hit.rule].shims {
        Shims::Keep => return None,
        Shims::Deprecate if site.entry.warns => return None,
        Shims::Deprecate => {
            return Some((Reason::Form, "the module's `__getattr__` gives it without a warning".into()));
        }
        Shims::Remove => {}
    }
    if let Some(text) = unwritable(draft, site) {
        return Some((Reason::Form, text.to_owned()));
    }
    if draft.is_kept(kept, &site.name) {
        return Some((Reason::Held, format!("`{symbol}` stays: places that are left alone need it")));
    }
    None
}

/// Why the entry cannot be taken out of the function.
fn unwritable(draft: &Draft, site: &LookupSite) -> Option<&'static str> {
    if site.entry.places.is_empty() {
        return Some("the module's `__getattr__` hands every name on, not this one alone");
    }
    let in_list = |place: &Place| match place {
        Place::Listed { list, element } => draft.facts.element_at(*list, *element).is_some(),
        Place::Arm { .. } | Place::Text(_) => true,
    };
    (!site.entry.places.iter().all(in_list)).then_some("the name stands in a set or a pattern with others")
}

/// Takes the strings of one name out of tables and tests; arms go together.
fn take_out(draft: &Draft, site: &LookupSite, wishes: &mut Wishes) {
    let strings = site.entry.places.iter().filter_map(|place| match *place {
        Place::Arm { .. } => None,
        Place::Text(string) => Some(string),
        Place::Listed { list, element } => draft.facts.element_at(list, element),
    });
    wishes.unlisted.extend(strings.map(|string| (string, site_note(site))));
}

/// Cuts the arms of all names that go out of their `if` or `match`.
fn cut_arms(draft: &Draft, going: &[&LookupSite], wishes: &mut Wishes) -> Result<(), Objection> {
    let arm = |place: &Place| match place {
        Place::Arm { statement, index, .. } => Some((*statement, *index)),
        _ => None,
    };
    let places = going.iter().flat_map(|site| site.entry.places.iter().filter_map(arm));
    let arms: BTreeSet<(StatementId, usize)> = places.collect();
    let statements: BTreeSet<StatementId> = arms.iter().map(|(statement, _)| *statement).collect();
    let Some(first) = going.first() else { return Ok(()) };
    let choices = draft.facts.lookup_arms();
    for statement in statements {
        let gone = |index: usize| arms.contains(&(statement, index));
        let all = choices.get(&statement).copied().unwrap_or_default();
        if (0..all.len()).all(gone) {
            wishes.removed.insert(statement, site_note(first));
            continue;
        }
        let is_if = matches!(draft.facts.syntax.statements[statement.index()].kind, StatementKind::If { .. });
        let mut index = 0;
        while index < all.len() {
            if !gone(index) {
                index += 1;
                continue;
            }
            let end = (index..all.len()).find(|index| !gone(*index));
            let span = match end.map(|end| &all[end]) {
                Some(next) if index == 0 && is_if && next.test.is_none() => {
                    return Err((Reason::Form, "only the `else` of the `if` would be left".into()));
                }
                // `elif` becomes `if`.
                Some(next) if index == 0 && is_if => Span::new(all[0].span.start(), next.span.start() + 2),
                Some(next) => Span::new(line_start(draft.text, all[index].span), line_start(draft.text, next.span)),
                None => Span::new(
                    line_start(draft.text, all[index].span),
                    line_end(draft.text, all[all.len() - 1].span.end()),
                ),
            };
            wishes.cuts.insert(span, site_note(first));
            index = end.unwrap_or(all.len());
        }
    }
    Ok(())
}

fn line_start(text: &str, span: Span) -> usize {
    text[..span.start()].rfind(['\n', '\r']).map_or(0, |end| end + 1)
}

fn line_end(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    rest.find('\n').map_or(text.len(), |end| from + end + 1)
}

/// The function goes, `__dir__` with it, and the tables that only they read.
fn remove_all(draft: &Draft, site: &LookupSite, wishes: &mut Wishes) {
    wishes.removed.insert(site.entry.statement, site_note(site));
    let note = Note { kind: Kind::ExportEntry, ..site_note(site) };
    let bindings = draft.facts.bindings.iter().filter(|binding| binding.scope == ScopeId::MODULE);
    for binding in bindings.filter(|binding| binding.name.as_str() == "__dir__") {
        if is_one_line(draft, binding.statement) {
            wishes.removed.insert(binding.statement, note);
        }
    }
    while let Some(unread) = unread_value(draft, wishes) {
        wishes.removed.insert(unread, note);
    }
}

/// A `__dir__` that only answers: a `return`, perhaps under a docstring.
fn is_one_line(draft: &Draft, statement: StatementId) -> bool {
    let syntax = &draft.facts.syntax;
    let StatementKind::Function(function) = &syntax.statements[statement.index()].kind else { return false };
    syntax.blocks[function.body.index()].statements.iter().all(|id| {
        matches!(syntax.statements[id.index()].kind, StatementKind::Return | StatementKind::Expression(Value::Text(_)))
    })
}

/// An assignment of a table or an importer whose only readers are statements that go.
fn unread_value(draft: &Draft, wishes: &Wishes) -> Option<StatementId> {
    let syntax = &draft.facts.syntax;
    let gone: Vec<Span> = wishes.removed.keys().map(|id| syntax.statements[id.index()].span).collect();
    let is_gone = |span: Span| gone.iter().any(|gone| gone.contains(span));
    let found = draft.facts.bindings.iter().find(|binding| {
        let is_value = matches!(
            &binding.kind,
            BindKind::Assign(Value::Dict(_) | Value::Call(_) | Value::Tuple(_) | Value::List(_) | Value::Text(_))
        );
        let name = &binding.name;
        let is_own = binding.scope == ScopeId::MODULE && binding.from == ScopeId::MODULE && is_value;
        if !is_own || wishes.removed.contains_key(&binding.statement) || draft.is_exported(binding.scope, name) {
            return false;
        }
        let reads = draft.facts.references.iter().filter(|reference| {
            reference.reach.scope == Some(ScopeId::MODULE) && syntax.chains[reference.chain.index()].root == *name
        });
        let mut reads = reads.map(|reference| syntax.chains[reference.chain.index()].root_span).peekable();
        let is_single = draft.facts.scopes[0].names[name].len() == 1;
        is_single && reads.peek().is_some() && reads.all(is_gone)
    });
    found.map(|binding| binding.statement)
}

/// `if TYPE_CHECKING:` goes when all that it imports goes.
fn drop_emptied_checks(draft: &Draft, note: Note, wishes: &mut Wishes) {
    let syntax = &draft.facts.syntax;
    for (index, statement) in syntax.statements.iter().enumerate() {
        let StatementKind::If { tests, blocks } = &statement.kind else { continue };
        let ([Test::TypeChecking], [block]) = (&tests[..], &blocks[..]) else { continue };
        let inside = &syntax.blocks[block.index()].statements;
        if inside.iter().all(|id| leaves(draft, wishes, *id)) {
            wishes.removed.insert(StatementId(index as u32), note);
        }
    }
}
