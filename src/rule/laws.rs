//! The laws between rules: no id twice, no symbol an alias twice, no alias a canonical, no circle.

use rustc_hash::FxHashMap;

use super::check::Draft;
use super::circle::find_circles;
use super::cover::{above, moved};
use super::problem::{Place, Problem, list_of};
use super::{Alias, Canonical};

/// What the rules of all files say that cannot be true together.
pub(super) fn find_conflicts(drafts: &[Draft]) -> Vec<Problem> {
    let mut problems = find_equal_ids(drafts);
    let mut claims = Claims { drafts, by_alias: FxHashMap::default() };
    for claim in all_claims(drafts) {
        problems.extend(claims.add(claim));
    }
    problems.extend(claims.by_alias.values().filter_map(|claim| claims.find_overlap(claim)));
    problems.extend(claims.find_kept_aliases());
    problems
}

fn find_equal_ids(drafts: &[Draft]) -> Vec<Problem> {
    let mut first: FxHashMap<&str, Place> = FxHashMap::default();
    let mut problems = Vec::new();
    for draft in drafts {
        let Some(id) = &draft.id else { continue };
        let place = draft.place(id.span);
        match first.get(id.value.as_str()) {
            None => drop(first.insert(&id.value, place)),
            Some(earlier) => {
                let problem = Problem::new(
                    place,
                    format!("two rules have the id `{}`", id.value),
                    "give one of them another id: reports name rules by it",
                );
                problems.push(problem.also(*earlier, "first here"));
            }
        }
    }
    problems
}

/// A name that a rule wants gone.
#[derive(Clone)]
pub(super) struct Claim {
    /// Index of the rule.
    pub(super) draft: usize,
    pub(super) alias: Alias,
    pub(super) place: Place,
    is_merge: bool,
}

fn all_claims(drafts: &[Draft]) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        let claim = |alias, span, is_merge| Claim { draft: index, alias, place: draft.place(span), is_merge };
        claims.extend(draft.aliases.iter().map(|alias| claim(alias.value.clone(), alias.span, false)));
        claims.extend(draft.merge.iter().map(|symbol| claim(Alias::Symbol(symbol.value.clone()), symbol.span, true)));
    }
    claims
}

/// What is claimed, and by whom first. A star is claimed once for each canonical: it takes only what ends there.
pub(super) struct Claims<'d> {
    drafts: &'d [Draft],
    by_alias: FxHashMap<(Alias, Option<Canonical>), Claim>,
}

impl Claims<'_> {
    pub(super) fn canonical(&self, draft: usize) -> Option<&Canonical> {
        self.drafts[draft].canonical.as_ref().map(|written| &written.value)
    }

    pub(super) fn canonical_place(&self, draft: usize) -> Option<Place> {
        let draft = &self.drafts[draft];
        draft.canonical.as_ref().map(|written| draft.place(written.span))
    }

    /// How a message names the rule.
    pub(super) fn name(&self, draft: usize) -> String {
        self.drafts[draft].id.as_ref().map_or("another rule".to_owned(), |id| format!("rule `{}`", id.value))
    }

    fn get(&self, alias: &Alias) -> Option<&Claim> {
        self.by_alias.get(&(alias.clone(), None))
    }

    /// Enters the claim, or says that the name is claimed already.
    fn add(&mut self, claim: Claim) -> Option<Problem> {
        let end = matches!(claim.alias, Alias::Star(_)).then(|| self.canonical(claim.draft).cloned()).flatten();
        let key = (claim.alias.clone(), end);
        let Some(first) = self.by_alias.get(&key) else {
            self.by_alias.insert(key, claim);
            return None;
        };
        let help = match (first.draft == claim.draft, first.is_merge == claim.is_merge) {
            (true, true) => "take one of the two out".to_owned(),
            (true, false) => {
                "take one of the two out: `aliases` are the same object, `merge` are other objects".to_owned()
            }
            (false, _) => "a name can go to one place only: leave it to one of the two rules".to_owned(),
        };
        let problem = Problem::new(claim.place, format!("`{}` is an alias twice", claim.alias), help);
        Some(problem.also(first.place, "first here"))
    }

    /// A claim that another one covers: the whole module, or the class around it, goes elsewhere.
    fn find_overlap(&self, claim: &Claim) -> Option<Problem> {
        let target = self.canonical(claim.draft)?;
        let (name, is_star) = match &claim.alias {
            Alias::Symbol(symbol) => (Canonical::Symbol(symbol.clone()), false),
            Alias::Module(module) => (Canonical::Module(module.clone()), false),
            Alias::Star(module) => (Canonical::Module(module.clone()), true),
        };
        let above = above(&name);
        let cover = above.iter().skip(usize::from(!is_star)).find_map(|alias| self.get(alias))?;
        let end = moved(&name, &cover.alias, self.canonical(cover.draft)?)?;
        if end == *target {
            return None;
        }
        let message =
            format!("`{}` is an alias twice: it is part of `{}`, which goes as a whole", claim.alias, cover.alias);
        let help = format!("take one of the two out, or name the parts of `{}` one by one", cover.alias);
        let problem = Problem::new(claim.place, message, help).label(format!("goes to `{target}`"));
        Some(problem.also(cover.place, format!("takes it to `{end}`")))
    }

    /// Canonicals that a rule wants gone: by themselves, or along a circle of rules.
    fn find_kept_aliases(&self) -> Vec<Problem> {
        let kept: Vec<Option<&Claim>> = (0..self.drafts.len()).map(|draft| self.claim_on_canonical(draft)).collect();
        let others: Vec<Option<usize>> = kept.iter().map(|claim| claim.map(|claim| claim.draft)).collect();
        let circles = find_circles(&others);
        let mut problems: Vec<_> = circles.iter().filter_map(|circle| self.circle(circle, &kept)).collect();
        for (draft, claim) in kept.iter().enumerate() {
            if let Some(claim) = claim.filter(|_| !circles.iter().any(|circle| circle.contains(&draft))) {
                problems.extend(self.kept_alias(draft, claim));
            }
        }
        problems
    }

    /// The claim that covers the rule's canonical, its own star included.
    fn claim_on_canonical(&self, draft: usize) -> Option<&Claim> {
        let canonical = self.canonical(draft)?;
        let own_star = match canonical {
            Canonical::Symbol(symbol) => {
                self.by_alias.get(&(Alias::Star(symbol.module.clone()), Some(canonical.clone())))
            }
            Canonical::Module(_) => None,
        };
        above(canonical).iter().find_map(|alias| self.get(alias)).or(own_star)
    }

    /// The canonical of one rule among the aliases of another.
    fn kept_alias(&self, draft: usize, claim: &Claim) -> Option<Problem> {
        let canonical = self.canonical(draft)?;
        let end = moved(canonical, &claim.alias, self.canonical(claim.draft)?);
        let help = match end {
            Some(end) => {
                format!("let {} keep `{end}`, or take `{}` out of the aliases", self.name(draft), claim.alias)
            }
            None => format!("take `{}` out of the aliases", claim.alias),
        };
        let goes = match claim.alias.to_string() == canonical.to_string() {
            true => "and an alias".to_owned(),
            false => format!("and lies in `{}`, an alias", claim.alias),
        };
        let (keeper, other) = (self.name(draft), self.name(claim.draft));
        let message = format!("`{canonical}` is the canonical of {keeper} {goes} in {other}");
        let problem = Problem::new(self.canonical_place(draft)?, message, help).label("is kept here");
        Some(problem.also(claim.place, "and goes here"))
    }

    /// Rules each of which wants the canonical of the one before gone; a circle of one is a rule about itself.
    fn circle(&self, circle: &[usize], kept: &[Option<&Claim>]) -> Option<Problem> {
        let (&first, rest) = circle.split_first()?;
        let claim = kept[first]?;
        let canonical = self.canonical(first)?;
        if rest.is_empty() {
            return Some(self.own_canonical(claim, canonical));
        }
        let names: Vec<_> = circle.iter().filter_map(|&draft| self.drafts[draft].id.as_ref()).collect();
        let names: Vec<_> = names.iter().map(|id| id.value.as_str()).collect();
        let message = format!("rules {} send their names round in a circle", list_of(&names));
        let help = "decide which one name is kept, and let all these rules keep it";
        let mut problem = Problem::new(self.canonical_place(first)?, message, help).label("is kept here");
        for claim in circle.iter().filter_map(|&draft| kept[draft]) {
            problem = problem.also(claim.place, format!("goes here, to `{}`", self.canonical(claim.draft)?));
        }
        Some(problem)
    }

    fn own_canonical(&self, claim: &Claim, canonical: &Canonical) -> Problem {
        match &claim.alias {
            Alias::Star(module) => Problem::new(
                claim.place,
                format!("`{module}:*` takes the canonical `{canonical}` itself"),
                format!("name the aliases in `{module}` one by one"),
            ),
            alias if alias.to_string() == canonical.to_string() => Problem::new(
                claim.place,
                format!("`{alias}` is the canonical and its own alias"),
                "take it out of the aliases, or keep another symbol",
            ),
            alias => Problem::new(
                claim.place,
                format!("the alias `{alias}` takes the canonical `{canonical}` with it"),
                "name what shall go one by one, without what is kept",
            ),
        }
    }
}
