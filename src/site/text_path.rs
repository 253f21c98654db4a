//! Strings that are a dotted path to an alias, or the name of one in a module: `patch("pkg.old.Old")`,
//! `getattr(old, "Old")`. The modules of aliases that strings name are held.

use super::find::Visit;
use super::text_beside::{self, NamedModule};
use super::text_follow::{Followed, follow};
use super::text_role::{Role, Roles};
use super::{Act, Held, Hit, Holder, HolderWhy, Kind, Standing, Target, TextSite};
use crate::python::syntax::{Call, ChainId, Keyword, StringId, StringKind, Value};
use crate::python::{DottedName, Identifier, Symbol};
use crate::text::Span;

/// A longer string is no path.
const LONGEST_PATH: usize = 300;

/// What the strings of a file name.
#[derive(Debug, Default)]
pub(super) struct Named {
    /// Those that name an alias.
    pub sites: Vec<TextSite>,
    /// Those that name the module of one.
    pub holders: Vec<Holder>,
    /// The names that may be read through them.
    pub read: Vec<Symbol>,
    /// The names that are patched, and that a canonical object has beside its own.
    pub patched: Vec<Symbol>,
}

/// Looks at the strings of a file.
pub(super) fn find(visit: &Visit) -> Named {
    let spelled = spelled(visit);
    let by_keyword: Vec<&Call> = visit.facts.syntax.calls.iter().filter(|call| names_by_keyword(visit, call)).collect();
    if spelled.is_empty() && by_keyword.is_empty() {
        return Named::default();
    }
    let roles = Roles::of(visit);
    let sites = by_keyword.into_iter().flat_map(|call| several(visit, &roles, call)).collect();
    let mut found = Named { sites, ..Named::default() };
    let mut modules = Vec::new();
    for id in spelled {
        let string = &visit.facts.syntax.strings[id.index()];
        let role = roles.role(id);
        if let Some(site) = site(visit, id, &role) {
            found.sites.push(site);
            continue;
        }
        found.patched.extend(patched(visit, id, &role));
        if let Some((path, relative)) = path(visit, id, &role) {
            let is_unknown = matches!(follow(visit, &path), Followed::Unknown);
            let holds = |held: &Held| match held {
                Held::Module(_) => relative.is_some(),
                Held::Symbol(_) => is_unknown,
            };
            for (rule, held) in visit.families.held_by(&path).into_iter().filter(|(_, held)| holds(held)) {
                let why = HolderWhy::Text;
                found.holders.push(Holder { span: string.span, rule, kind: role.kind, held, why });
            }
            if visit.world.project.module(path.as_str()).is_some() {
                modules.push(NamedModule { string: id, role, module: path });
            }
        }
    }
    let (held, read) = text_beside::find(visit, &roles, &modules);
    found.holders.extend(held);
    Named { read, ..found }
}

/// The name of a canonical object that a string patches, if it is none of an alias and not the canonical one.
fn patched(visit: &Visit, id: StringId, role: &Role) -> Option<Symbol> {
    if !role.act.is_patch() {
        return None;
    }
    let value = visit.facts.syntax.strings[id.index()].value(visit.text);
    let path = match role.owner {
        Some(owner) => attribute(visit, owner, value)?,
        None => path(visit, id, role)?.0,
    };
    let symbol = Symbol::new(path.parent()?, DottedName::new(path.last().as_str()));
    let origin = visit.world.symbol(&symbol).origin;
    visit.families.is_beside(&symbol, &origin).then_some(symbol)
}

/// The strings that are a path with one of the names in it, one of the names alone, or the name of a module.
fn spelled(visit: &Visit) -> Vec<StringId> {
    let strings = visit.facts.syntax.strings.iter().enumerate();
    let found = strings.filter(|(_, string)| {
        let value = string.value(visit.text);
        string.kind == StringKind::Plain && value.len() <= LONGEST_PATH && is_path(visit, value)
    });
    found.map(|(index, _)| StringId(index as u32)).collect()
}

fn is_path(visit: &Visit, value: &str) -> bool {
    let spells = |part: &str| visit.names.spells(part) || visit.families.ends_shim_module(part);
    let is_module = |name: &str| visit.world.project.module(name).is_some();
    let name = value.trim_start_matches('.');
    (name.split(['.', ':']).any(spells) || is_module(value) || name.len() < value.len())
        && DottedName::parse(&name.replacen(':', ".", 1)).is_some()
}

fn site(visit: &Visit, id: StringId, role: &Role) -> Option<TextSite> {
    let string = &visit.facts.syntax.strings[id.index()];
    let value = string.value(visit.text);
    let site = TextSite {
        string: Some(id),
        span: string.span,
        kind: role.kind,
        act: role.act,
        owner: role.owner,
        relative: None,
        path: DottedName::new(value),
        parts: 0,
        target: Err(0),
    };
    if let Some(owner) = role.owner {
        let path = attribute(visit, owner, value)?;
        return followed(visit, TextSite { path, ..site });
    }
    let (path, relative) = path(visit, id, role)?;
    followed(visit, TextSite { path, relative, ..site })
}

/// The names that a call of `patch.multiple` replaces by its keywords.
fn several(visit: &Visit, roles: &Roles, call: &Call) -> Vec<TextSite> {
    let Some(target) = roles.patched_by_keywords(call) else { return Vec::new() };
    let module = match target {
        Value::Text(string) => DottedName::parse(visit.facts.syntax.strings[string.index()].value(visit.text)),
        Value::Chain(chain) => visit.world.module_at(visit.file, visit.facts, *chain),
        _ => None,
    };
    let Some(module) = module else { return Vec::new() };
    let named = call.keywords.iter().map(|Keyword { name, span, value }| {
        let act = if roles.is_made_by_mock(value) { Act::PatchSeveral } else { Act::PatchKeyword };
        (name.clone(), *span, act)
    });
    let spread = spread(visit, call).map(|(name, span)| (name, span, Act::PatchSeveral));
    let sites = named.chain(spread).filter(|(name, ..)| visit.names.has(name)).filter_map(|(name, span, act)| {
        let path = module.child(name.as_str());
        let (kind, owner, relative) = (Kind::TextPatch, None, None);
        followed(visit, TextSite { string: None, span, kind, act, owner, relative, path, parts: 0, target: Err(0) })
    });
    sites.collect()
}

/// Whether a call can name one of the names by a keyword, also by `**{"Old": …}`.
fn names_by_keyword(visit: &Visit, call: &Call) -> bool {
    call.keywords.iter().any(|keyword| visit.names.has(&keyword.name)) || spread(visit, call).next().is_some()
}

/// The names in a dictionary that is spread into the keywords of `patch.multiple`.
fn spread<'v>(visit: &'v Visit, call: &Call) -> impl Iterator<Item = (Identifier, Span)> + 'v {
    let span = call.span;
    let is_multiple = |id: ChainId| visit.facts.syntax.chains[id.index()].last().as_str() == "multiple";
    let spreads = call.callee.is_some_and(is_multiple) && span.of(visit.text).contains("**");
    let strings = spreads.then(|| visit.facts.syntax.strings.iter()).into_iter().flatten();
    let strings = strings.filter(move |string| span.contains(string.span));
    strings.filter_map(|string| Some((Identifier::parse(string.value(visit.text))?, string.span)))
}

/// The path of a name that is asked of the module that a chain is.
fn attribute(visit: &Visit, owner: ChainId, name: &str) -> Option<DottedName> {
    Some(visit.world.module_at(visit.file, visit.facts, owner)?.child(Identifier::parse(name)?.as_str()))
}

/// The absolute path of a string that is one, and for one with leading dots their number and what they stand for.
fn path(visit: &Visit, id: StringId, role: &Role) -> Option<(DottedName, Option<(usize, DottedName)>)> {
    let value = visit.facts.syntax.strings[id.index()].value(visit.text);
    let name = value.trim_start_matches('.');
    let level = value.len() - name.len();
    let path = DottedName::parse(&name.replacen(':', ".", 1))?;
    if level > 0 {
        let mut base = package(visit, role.package.as_ref()?)?;
        for _ in 1..level {
            base = base.parent()?;
        }
        return Some((base.child(path.as_str()), Some((level, base))));
    }
    let is_path = role.act != Act::Data || role.is_import() || value.contains(['.', ':']);
    is_path.then_some((path, None))
}

fn package(visit: &Visit, value: &Value) -> Option<DottedName> {
    let syntax = &visit.facts.syntax;
    let module = visit.world.module_name(visit.file);
    match value {
        Value::Text(string) => DottedName::parse(syntax.strings[string.index()].value(visit.text)),
        Value::Chain(chain) => match syntax.chains[chain.index()].last().as_str() {
            "__name__" => Some(module),
            "__package__" if visit.world.project.file(visit.file).path.ends_with("__init__.py") => Some(module),
            "__package__" => module.parent(),
            _ => None,
        },
        _ => None,
    }
}

/// The site with where its path leads, if that concerns a family.
fn followed(visit: &Visit, site: TextSite) -> Option<TextSite> {
    match follow(visit, &site.path) {
        Followed::Alias { parts, target } => {
            let target = match &target {
                Target::Symbol(hit) if site.act == Act::Import || is_unseen(&site, parts, hit) => Err(hit.rule),
                _ => Ok(target),
            };
            Some(TextSite { parts, target, ..site })
        }
        Followed::Broken { rule } if site.act != Act::Data || declares(visit, &site.path) => {
            Some(TextSite { target: Err(rule), ..site })
        }
        _ => None,
    }
}

/// Whether the string patches a name of an installed package, whose readers there are not known.
fn is_unseen(site: &TextSite, parts: usize, hit: &Hit) -> bool {
    let is_name = parts == site.path.parts().count() && hit.symbol == hit.alias;
    is_name && hit.standing == Standing::Vouched && site.act.is_patch()
}

fn declares(visit: &Visit, path: &DottedName) -> bool {
    let held = visit.families.held_by(path);
    held.iter().any(|(_, held)| matches!(held, Held::Symbol(_)))
}
