//! A rule file for a family: what is safe under `aliases`, what somebody must decide as comments with the reason.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::families::{differences, kind_word};
use super::visible::shown_text;
use super::words::counted;
use crate::audit::{Alias, AliasKind, Family, Other, What};
use crate::project::Project;
use crate::python::Symbol;
use crate::rule::kebab;
use crate::semantics::HopKind;

/// A rule file that does not exist yet.
#[derive(Debug)]
pub struct Proposal {
    /// The id of its rule, and the name of the file without its ending.
    pub id: String,
    pub text: String,
    /// Something in it is safe: the rule is no comment.
    pub is_rule: bool,
}

/// A rule file for each family, with ids that no other has.
pub fn proposals<'a>(project: &Project, families: impl Iterator<Item = &'a Family>, taken: &[&str]) -> Vec<Proposal> {
    let mut ids: BTreeSet<String> = taken.iter().map(|id| (*id).to_owned()).collect();
    let proposal = |family: &Family| {
        let id = fresh_id(&family.canonical, &mut ids);
        let safe: Vec<&Alias> = family.aliases.iter().filter(|alias| alias.same_object && !is_idle(alias)).collect();
        let is_rule = !safe.is_empty();
        Proposal { text: text(project, family, &id, &safe), id, is_rule }
    };
    families.map(proposal).collect()
}

/// A name that a star or a table brings along with others, and that nobody in the tree reads: nothing would become of it.
fn is_idle(alias: &Alias) -> bool {
    let first = alias.route.first().map(|hop| hop.kind);
    matches!(first, Some(HopKind::Star | HopKind::Getattr)) && alias.importers == 0
}

/// `UserService` → `user-service`; `user-service-legacy` if that is taken.
fn fresh_id(canonical: &Symbol, ids: &mut BTreeSet<String>) -> String {
    let short = id_of(canonical.name.last().as_str());
    let long = format!("{short}-{}", id_of(canonical.module.last().as_str()));
    let numbered = (2..).map(|number| format!("{long}-{number}"));
    let mut wishes = [short, long.clone()].into_iter().chain(numbered);
    let id = wishes.find(|id| !ids.contains(id)).expect("numbers do not end");
    ids.insert(id.clone());
    id
}

/// A name as the id of a rule.
fn id_of(name: &str) -> String {
    let kebab = kebab(name);
    match kebab.starts_with(|first: char| first.is_ascii_lowercase()) {
        true => kebab,
        false => format!("rule-{kebab}").trim_end_matches('-').to_owned(),
    }
}

fn text(project: &Project, family: &Family, id: &str, safe: &[&Alias]) -> String {
    let mut text = String::new();
    let (uses, importers) =
        safe.iter().fold((0, 0), |(uses, importers), alias| (uses + alias.uses as usize, importers + alias.importers));
    let what = match family.what {
        What::Class => "class",
        What::Function => "function",
        What::Value => "value",
    };
    let reasons: Vec<&str> = family.reasons.iter().map(|reason| reason.words()).collect();
    let canonical = &family.canonical;
    let told = match safe.len() {
        0 => "what is like it is another object: nothing here is a rule yet".to_owned(),
        count => {
            let names = counted(count, "other name");
            format!("{names}, {} and {} through them", counted(importers, "import"), counted(uses, "use"))
        }
    };
    add(&mut text, "# ", &format!("{canonical}: {told}."));
    add(
        &mut text,
        "# ",
        &format!("Why this name: {}. `unshim explain {canonical}` shows all of them.", reasons.join(", ")),
    );
    let mark = if safe.is_empty() { "# " } else { "" };
    add(&mut text, mark, "[[rule]]");
    add(&mut text, mark, &format!("id = \"{id}\""));
    add(&mut text, mark, &format!("why = \"One {what} under several names, as `unshim audit` found it.\""));
    add(&mut text, mark, &format!("canonical = \"{canonical}\""));
    if !safe.is_empty() {
        text.push_str("aliases = [\n");
        for alias in safe {
            add(&mut text, "    ", &format!("\"{}\",  # {}", alias.symbol, said(alias)));
        }
        text.push_str("]\n");
    }
    let merges = merges(project, family);
    if !merges.is_empty() {
        text.push_str("# Other objects. Each line that stands under `merge` becomes the canonical one all the same:\n");
        text.push_str("# merge = [\n");
        merges.iter().for_each(|line| add(&mut text, "#     ", line));
        text.push_str("# ]\n");
    }
    let idle = family.aliases.iter().filter(|alias| alias.same_object && is_idle(alias));
    idle.for_each(|alias| add(&mut text, "# ", &format!("Left out: {}: {}.", alias.symbol, said(alias))));
    let kept = family.definitions.iter().filter_map(|other| Some((&other.symbol, other.kept?)));
    for (symbol, keep) in kept {
        add(&mut text, "# ", &format!("Not to be touched: {symbol}: {}.", keep.words()));
    }
    text
}

/// A line, whatever names stand in it.
fn add(text: &mut String, mark: &str, line: &str) {
    writeln!(text, "{mark}{}", shown_text(line)).expect("a string takes all text");
}

fn said(alias: &Alias) -> String {
    format!("{}, {}", kind_word(alias.kind), counted(alias.importers, "importer"))
}

/// The other objects, each as a line of a list with the reason why it is a comment.
fn merges(project: &Project, family: &Family) -> Vec<String> {
    let alias = |alias: &Alias| {
        let why = match alias.kind {
            AliasKind::DualRoot => return None,
            AliasKind::Subclass | AliasKind::Dynamic => {
                "a class of its own: `isinstance` and `except` tell the two apart"
            }
            AliasKind::Forward => "a function of its own",
            AliasKind::Copy => "an equal definition: two objects, and state that each has for itself",
            _ => "leads to another object",
        };
        Some(format!("\"{}\",  # {}: {why}", alias.symbol, said(alias)))
    };
    let other = |other: &Other| {
        let alike = (other.likeness * 100.0).floor();
        let differs = match other.differs.as_deref() {
            None => "shares only the name".to_owned(),
            Some([]) => "state and identity of its own".to_owned(),
            Some(all) => differences(project, all),
        };
        format!("\"{}\",  # {alike} % alike, {}: {differs}", other.symbol, counted(other.importers, "importer"))
    };
    let aliases = family.aliases.iter().filter(|alias| !alias.same_object).filter_map(alias);
    let others = family.definitions.iter().filter(|other| other.kept.is_none()).map(other);
    aliases.chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_new_and_in_kebab_case() {
        let mut ids = BTreeSet::from(["cart".to_owned()]);
        let mut id = |symbol: &str| fresh_id(&Symbol::parse(symbol).unwrap(), &mut ids);
        assert_eq!(id("shop.old:Cart"), "cart-old");
        assert_eq!(id("stall.old:Cart"), "cart-old-2");
        assert_eq!([id("a:UserService"), id("a:_x1"), id("a:__"), id("a:É")], ["user-service", "x1", "rule", "rule-a"]);
    }
}
