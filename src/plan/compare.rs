//! The proof of one file: every reference of the old text, found again in the new one, ends where it shall.

use rustc_hash::{FxHashMap, FxHashSet};

use super::calls;
use super::compose::ComposedFile;
use super::context::Run;
use super::emit::Written;
use crate::project::FileId;
use crate::python::syntax::{BindKind, BindingId, Call, Chain, ChainId, Value};
use crate::python::{DottedName, Identifier};
use crate::semantics::{Facts, Origin, Reference, World};
use crate::site::{FileSites, MemberSite, Standing, UseSite};
use crate::text::{Edits, Span};

/// What the comparison of a file has shown.
#[derive(Debug, Default)]
pub(super) struct Compared {
    /// References that were rewritten and end at the canonical origin.
    pub proven: usize,
    /// Other references, which end where they ended.
    pub unchanged: usize,
    /// The old places of references that end elsewhere.
    pub wrong: Vec<Span>,
}

/// A file before and after.
pub(super) struct Pair<'a> {
    run: &'a Run<'a>,
    new: &'a World,
    old_file: FileId,
    new_file: FileId,
    before: &'a Facts,
    after: &'a Facts,
    edits: &'a Edits,
    /// Modules that change with a string behind them.
    moved: &'a FxHashMap<ChainId, DottedName>,
}

/// Where a reference ends: its origin, and the attributes that lead on from there.
pub(super) type End = (Origin, Vec<Identifier>);

impl<'a> Pair<'a> {
    /// A file in both worlds, its new facts kept for the proofs that follow; `None` if the new text is no valid Python.
    pub(super) fn new(run: &'a Run, new: &'a World, composed: &'a ComposedFile) -> Option<Self> {
        let old_file = composed.file;
        let new_file = new.project.file_by_path(&run.world.project.file(old_file).path)?;
        let (before, after) = (run.world.facts(old_file)?, new.facts(new_file)?);
        let (edits, moved) = (&composed.written.edits, &composed.moved);
        Some(Self { run, new, old_file, new_file, before, after, edits, moved })
    }

    /// Compares all references of the file.
    pub(super) fn compare(&self, sites: &FileSites, refused: &Refusals) -> Compared {
        let (before, after) = (self.before, self.after);
        let found = chains_by_place(after);
        let mut seen: FxHashMap<u32, usize> = FxHashMap::default();
        let uses: FxHashMap<ChainId, &UseSite> = sites.uses.iter().map(|site| (site.chain, site)).collect();
        let followed = followed(sites, self.edits);
        let mut compared = Compared::default();
        for reference in &before.references {
            let chain = &before.syntax.chains[reference.chain.index()];
            let site = uses.get(&reference.chain).filter(|_| !refused.contains(&chain.root_span));
            let Some(position) = self.edits.landed(chain.root_span.start()) else { continue };
            let nth = seen.entry(chain.root_span.start).or_default();
            let same_place = found.get(&(position as u32)).and_then(|chains| chains.get(*nth));
            *nth += 1;
            let Some(new) = same_place else {
                if !self.edits.covers(chain.root_span) {
                    compared.wrong.push(chain.root_span);
                }
                continue;
            };
            let new = &after.references[new.index()];
            let right = match site {
                _ if self.moved.contains_key(&reference.chain) => self.is_moved(&self.moved[&reference.chain], new),
                _ if followed.contains_key(&chain.root_span) => true,
                None if !self.leads_to_canonical(chain, new, &followed) => false,
                Some(site) if self.is_kept_shim(reference, site) => self.is_same(reference, new),
                Some(site) => self.is_canonical(reference, (site, sites), new),
                None => self.is_same(reference, new),
            };
            let is_in_time = self.before.is_bound_late(reference) || !self.after.is_bound_late(new);
            match (right && is_in_time, site) {
                (false, _) => compared.wrong.push(chain.root_span),
                (true, Some(_)) => compared.proven += 1,
                (true, None) => compared.unchanged += 1,
            }
        }
        compared
    }

    /// Whether a reference means after the change what it meant before.
    fn is_same(&self, old: &Reference, new: &Reference) -> bool {
        self.is_bound_alike(old, new) || self.alike(self.old_end(old), self.new_end(new))
    }

    /// Where a reference ended, with its attributes under the names that they have now.
    fn old_end(&self, reference: &Reference) -> End {
        let last = self.run.world.chain(self.old_file, reference).pop().expect("the root is a step");
        (last.resolution.origin, self.renamed_rest(reference, last.attributes))
    }

    fn renamed_rest(&self, reference: &Reference, consumed: usize) -> Vec<Identifier> {
        let chain = &self.before.syntax.chains[reference.chain.index()];
        let edits = self.edits.as_slice();
        let named = |(name, span): &(Identifier, Span)| match edits.binary_search_by_key(span, |edit| edit.span) {
            Ok(edit) => Identifier::new(&edits[edit].text),
            Err(_) => name.clone(),
        };
        chain.attributes.iter().skip(consumed).map(named).collect()
    }

    /// Whether the variable of a followed member holds the canonical class, a class that descends from it, or an object of these.
    fn leads_to_canonical(&self, old: &Chain, new: &Reference, followed: &Followed) -> bool {
        let Some(site) = old.attributes.first().and_then(|(_, span)| followed.get(span)) else { return true };
        let canonical = &self.run.families.families[site.hit.rule].origin;
        let root = self.new.root(self.new_file, new).origin;
        let class = if self.new.class(&root).is_some() {
            Some(root)
        } else {
            self.new.object_class(self.new_file, self.after, new)
        };
        class.is_some_and(|class| self.new.descends(&class, canonical))
    }

    fn new_end(&self, reference: &Reference) -> End {
        end(self.new, self.new_file, self.after, reference)
    }

    /// The quick way: the same bindings, none of which looks beyond the file.
    fn is_bound_alike(&self, old: &Reference, new: &Reference) -> bool {
        let (one, other) = (&old.reach, &new.reach);
        if one.bindings.len() != other.bindings.len() || !one.stars.is_empty() || !other.stars.is_empty() {
            return false;
        }
        let (a, b) = (&self.before.syntax.chains[old.chain.index()], &self.after.syntax.chains[new.chain.index()]);
        let spelled_alike = a.root == b.root
            && a.attributes.len() == b.attributes.len()
            && a.attributes.iter().zip(&b.attributes).all(|((one, _), (other, _))| one == other);
        let mut pairs = one.bindings.iter().zip(&other.bindings);
        spelled_alike
            && one.scope.is_some() == other.scope.is_some()
            && pairs.all(|(one, other)| self.is_own_binding(*one, *other))
    }

    fn is_own_binding(&self, one: BindingId, other: BindingId) -> bool {
        let (one, other) = (&self.before.bindings[one.index()], &self.after.bindings[other.index()]);
        let leads_on = one.kind.is_import() || matches!(one.kind, BindKind::Assign(Value::Chain(_) | Value::Either(_)));
        !leads_on
            && std::mem::discriminant(&one.kind) == std::mem::discriminant(&other.kind)
            && self.edits.landed(one.span.start()) == Some(other.span.start())
    }

    /// Whether a reference means the definition of a merged alias in its own file, which stays.
    fn is_kept_shim(&self, reference: &Reference, site: &UseSite) -> bool {
        let stays = |id: &BindingId| {
            let binding = &self.before.bindings[id.index()];
            !binding.kind.is_import() && self.edits.landed(binding.span.start()).is_some()
        };
        site.target.standing() == Standing::Merged && site.attributes == 0 && reference.reach.bindings.iter().any(stays)
    }

    /// Whether a rewritten reference ends at the canonical origin, with the same attributes behind it.
    fn is_canonical(&self, old: &Reference, (site, sites): (&UseSite, &FileSites), new: &Reference) -> bool {
        let run = self.run;
        let target = run.families.target_origin(&site.target);
        let mut wanted = match site.target.standing() {
            Standing::Same => self.old_end(old),
            _ => in_package((target, self.renamed_rest(old, site.attributes))),
        };
        if let Some(call) = calls::decided(sites, site)
            && let Some(attributes) = calls::attributes(run.rules(), site, call)
        {
            let is_called = |call: &Call| call.callee == Some(new.chain);
            if !self.after.syntax.calls.iter().any(is_called) {
                return false;
            }
            wanted.1 = attributes;
        }
        if site.target.standing() == Standing::Merged {
            wanted = follow(self.new, wanted);
        }
        self.alike(wanted, self.new_end(new))
    }

    /// Whether a chain is the module that stands before a rewritten string.
    fn is_moved(&self, module: &DottedName, new: &Reference) -> bool {
        self.new_end(new) == (Origin::Module(module.clone()), Vec::new())
    }

    fn alike(&self, old: End, new: End) -> bool {
        if old.1 != new.1 {
            return false;
        }
        match (&old.0, &new.0) {
            (Origin::Local(one), Origin::Local(other)) => {
                let start = self.before.scopes[one.scope as usize].span.start();
                let moved = self.edits.landed(start).unwrap_or(start);
                one.nth == other.nth && moved == self.after.scopes[other.scope as usize].span.start()
            }
            (one, other) => self.run.families.is_one(one, other),
        }
    }
}

/// The chains that begin at each offset: more than one only inside a string that cannot be mapped.
fn chains_by_place(facts: &Facts) -> FxHashMap<u32, Vec<ChainId>> {
    let mut found: FxHashMap<u32, Vec<ChainId>> = FxHashMap::default();
    for reference in &facts.references {
        let start = facts.syntax.chains[reference.chain.index()].root_span.start;
        found.entry(start).or_default().push(reference.chain);
    }
    found
}

/// What is read of something in an installed package is a path of that package.
fn in_package((origin, attributes): End) -> End {
    let Origin::Outside(path) = origin else { return (origin, attributes) };
    let path = attributes.iter().fold(path, |path, name| path.child(name.as_str()));
    (Origin::Outside(path), Vec::new())
}

/// The attributes of a class that are classes or names of others, as far as they lead on.
fn follow(world: &World, (mut origin, attributes): End) -> End {
    let mut rest = attributes.into_iter().peekable();
    while let Some(next) = rest.peek().and_then(|name| world.nested(&origin, name)) {
        origin = next.origin;
        rest.next();
    }
    (origin, rest.collect())
}

/// The members of merged classes that are renamed, by their place.
type Followed<'a> = FxHashMap<Span, &'a MemberSite>;

fn followed<'a>(sites: &'a FileSites, edits: &Edits) -> Followed<'a> {
    let is_renamed = |site: &&MemberSite| edits.as_slice().binary_search_by_key(&site.span, |edit| edit.span).is_ok();
    sites.members.iter().filter(is_renamed).map(|site| (site.span, site)).collect()
}

/// The places of a file that were refused.
pub(super) type Refusals = FxHashSet<Span>;

pub(super) fn end(world: &World, file: FileId, facts: &Facts, reference: &Reference) -> End {
    let last = world.chain(file, reference).pop().expect("the root is a step");
    (last.resolution.origin, rest(facts, reference, last.attributes))
}

fn rest(facts: &Facts, reference: &Reference, consumed: usize) -> Vec<Identifier> {
    let chain = &facts.syntax.chains[reference.chain.index()];
    chain.attributes.iter().skip(consumed).map(|(name, _)| name.clone()).collect()
}

/// The text of a file after its edits.
pub(super) fn changed_text(run: &Run, file: FileId, written: &Written) -> String {
    written.edits.apply(run.world.project.text(file).unwrap_or_default())
}
