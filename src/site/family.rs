//! Rules made ready for a tree: what each canonical symbol is, and whether a route passes a declared alias.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::merging::{self, Merging};
use super::text_manual::AllTold;
use super::{Held, Mismatch, Target, canonical, fold};
use crate::python::{DottedName, Identifier, Symbol};
use crate::rule::{Alias, Canonical, Rule, RuleSet};
use crate::semantics::{Origin, Resolution, Why, World};

/// A canonical symbol with what its rule says of it.
#[derive(Debug)]
pub struct Family {
    pub canonical: Canonical,
    /// What the canonical symbol is; for a module rule the module.
    pub origin: Origin,
    /// The symbols from the canonical one to its definition: never shims.
    pub own_route: FxHashSet<Symbol>,
}

/// All families of a run.
pub struct Families<'a> {
    pub world: &'a World,
    pub rules: &'a RuleSet,
    pub families: Vec<Family>,
    /// The rules by what their canonical symbols are.
    by_origin: FxHashMap<Origin, Vec<usize>>,
    /// What the canonical symbols are made of.
    own: FxHashSet<Symbol>,
    /// The modules of these, and of the symbols that rules declare one by one.
    named_modules: FxHashSet<DottedName>,
    pub(super) symbols: FxHashMap<Symbol, Declared>,
    pub(super) stars: FxHashMap<DottedName, Vec<usize>>,
    pub(super) modules: FxHashMap<DottedName, usize>,
    /// The classes that are merged into others.
    pub merging: Vec<Merging>,
    /// Every module that holds a declared alias, with a rule that says so.
    pub(super) shim_modules: FxHashMap<DottedName, usize>,
    /// The last parts of these.
    shim_ends: FxHashSet<&'static str>,
    pub(super) existing: OnceLock<Vec<(Symbol, usize)>>,
    pub(super) told: OnceLock<AllTold>,
    /// Rules of which nothing can be done, because type checkers would not find the canonical symbol, and why.
    pub blocked: BTreeMap<usize, String>,
    /// For the stubs: the declared aliases that are the canonical object when the program runs.
    pub(super) twins: FxHashSet<Symbol>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Declared {
    pub(super) rule: usize,
    merge: bool,
}

/// A route that passes an alias.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Index into the rule set.
    pub rule: usize,
    /// The symbol as the site reaches it first.
    pub symbol: Symbol,
    /// The declared alias on the route.
    pub alias: Symbol,
    /// What the site shall name instead.
    pub target: Symbol,
    pub standing: Standing,
}

/// What the alias is, compared with the canonical symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The same object.
    Same,
    /// A name of an installed package, of which the rule says that it is one with the canonical name of another.
    Vouched,
    /// Another object that the rule names under `merge`, or a deprecated subclass that adds nothing.
    Merged,
    /// Another object that the rule does not name under `merge`.
    Other,
    /// A subclass that adds nothing, but to fold it would widen every `except` that names it.
    WidensExcept,
    /// The canonical module has no such name.
    NoCounterpart,
    /// Nothing is there any more: matched by its path.
    Gone,
    Unknown(Why),
}

impl<'a> Families<'a> {
    /// The families of `rules` in `world`, or all rules that do not fit the tree.
    pub fn new(world: &'a World, rules: &'a RuleSet) -> Result<Self, Vec<Mismatch>> {
        let (ready, mismatches) = Self::fitted(world, rules);
        if mismatches.is_empty() { Ok(ready) } else { Err(mismatches) }
    }

    /// The families of `rules` in `world`, and what does not fit it.
    pub(super) fn fitted(world: &'a World, rules: &'a RuleSet) -> (Self, Vec<Mismatch>) {
        let mut mismatches = Vec::new();
        let families = rules.rules.iter().enumerate();
        let families: Vec<_> =
            families.map(|(index, rule)| canonical::family(world, index, rule, &mut mismatches)).collect();
        let own: FxHashSet<_> = families.iter().flat_map(|family| family.own_route.iter().cloned()).collect();
        let mut ready = Self {
            world,
            rules,
            by_origin: FxHashMap::default(),
            named_modules: own.iter().map(|symbol| symbol.module.clone()).collect(),
            own,
            families,
            symbols: FxHashMap::default(),
            stars: FxHashMap::default(),
            modules: FxHashMap::default(),
            merging: Vec::new(),
            shim_modules: FxHashMap::default(),
            shim_ends: FxHashSet::default(),
            existing: OnceLock::new(),
            told: OnceLock::new(),
            blocked: BTreeMap::new(),
            twins: FxHashSet::default(),
        };
        for (index, rule) in rules.rules.iter().enumerate() {
            ready.declare(index, rule);
            ready.by_origin.entry(ready.families[index].origin.clone()).or_default().push(index);
        }
        ready.shim_ends = ready.shim_modules.keys().map(|name| name.last().as_str()).collect();
        ready.find_own_symbols(&mut mismatches);
        let origins: Vec<Origin> = ready.families.iter().map(|family| family.origin.clone()).collect();
        ready.merging = merging::find(world, rules, &origins, &mut mismatches);
        (ready, mismatches)
    }

    fn declare(&mut self, rule: usize, declared: &Rule) {
        for alias in &declared.aliases {
            match alias {
                Alias::Symbol(symbol) => {
                    self.declare_symbol(symbol, Declared { rule, merge: false });
                }
                Alias::Star(module) => {
                    self.shim_modules.insert(module.clone(), rule);
                    self.stars.entry(module.clone()).or_default().push(rule);
                }
                Alias::Module(module) => {
                    self.shim_modules.insert(module.clone(), rule);
                    self.modules.insert(module.clone(), rule);
                }
            }
        }
        for symbol in &declared.merge {
            self.declare_symbol(symbol, Declared { rule, merge: true });
        }
    }

    fn declare_symbol(&mut self, symbol: &Symbol, declared: Declared) {
        self.shim_modules.insert(symbol.module.clone(), declared.rule);
        self.named_modules.insert(symbol.module.clone());
        self.symbols.insert(symbol.clone(), declared);
    }

    /// A symbol on the canonical's own route is what the canonical symbol is made of.
    pub(super) fn find_own_symbols(&self, mismatches: &mut Vec<Mismatch>) {
        let mut own: Vec<_> = self
            .symbols
            .iter()
            .filter(|(symbol, declared)| self.families[declared.rule].own_route.contains(*symbol))
            .map(|(symbol, declared)| Mismatch {
                rule: declared.rule,
                message: format!("`{symbol}` lies on the way from the canonical symbol to its definition"),
                help: "it is no detour; to keep another name of the class, name that one `canonical`".into(),
            })
            .collect();
        own.sort_by(|a, b| a.message.cmp(&b.message));
        mismatches.extend(own);
    }

    /// The alias that a route passes before it reaches the canonical symbol; `spelled` is what the code names.
    pub fn hit(&self, spelled: &Symbol, resolution: &Resolution) -> Option<Hit> {
        let hops = resolution.route.hops_of(|module| self.concerns(module, &resolution.origin)).map(|hop| &hop.symbol);
        let spelled_only = resolution.route.is_empty().then_some(spelled);
        for symbol in hops.chain(spelled_only) {
            if let Some((rule, merge, target)) = self.declared(symbol, &resolution.origin) {
                let standing = self.standing((rule, merge), symbol, &target, resolution);
                return Some(Hit { rule, symbol: spelled.clone(), alias: symbol.clone(), target, standing });
            }
            if self.own.contains(symbol) {
                return None;
            }
        }
        self.outside_hit(spelled, resolution)
    }

    /// Whether a name of the module that is `origin` can be declared, or be what a canonical symbol is made of.
    fn concerns(&self, module: &DottedName, origin: &Origin) -> bool {
        self.named_modules.contains(module) || self.starred(module, origin).is_some() || self.module(module).is_some()
    }

    /// The rule that declares all names of the module that are `origin`.
    fn starred(&self, module: &DottedName, origin: &Origin) -> Option<usize> {
        self.stars.get(module)?.iter().copied().find(|rule| self.families[*rule].origin == *origin)
    }

    /// The rule that declares `symbol`, whether under `merge`, and what shall stand in its place.
    pub(super) fn declared(&self, symbol: &Symbol, origin: &Origin) -> Option<(usize, bool, Symbol)> {
        if let Some(declared) = self.symbols.get(symbol) {
            return Some((declared.rule, declared.merge, self.canonical(declared.rule, symbol)?));
        }
        if self.stars.contains_key(&symbol.module) {
            let rule = self.starred(&symbol.module, origin)?;
            return Some((rule, false, self.canonical(rule, symbol)?));
        }
        let (rule, module) = self.module(&symbol.module)?;
        Some((rule, false, Symbol::new(module, symbol.name.clone())))
    }

    /// Whether a rule declares `symbol` if it is what the rule takes it for.
    pub(super) fn may_declare(&self, symbol: &Symbol) -> bool {
        self.symbols.contains_key(symbol)
            || self.stars.contains_key(&symbol.module)
            || self.module(&symbol.module).is_some()
    }

    /// Whether `symbol` is a canonical object under a name that is neither declared nor on the way to it.
    pub(super) fn is_beside(&self, symbol: &Symbol, origin: &Origin) -> bool {
        let rules = self.by_origin.get(origin).into_iter().flatten();
        rules.into_iter().any(|rule| !self.families[*rule].own_route.contains(symbol))
    }

    fn canonical(&self, rule: usize, symbol: &Symbol) -> Option<Symbol> {
        match &self.families[rule].canonical {
            Canonical::Symbol(canonical) => Some(canonical.clone()),
            Canonical::Module(module) => Some(Symbol::new(module.clone(), symbol.name.clone())),
        }
    }

    /// The rule whose module alias is `name` or holds it, and the module that shall stand in its place.
    pub fn module(&self, name: &DottedName) -> Option<(usize, DottedName)> {
        if self.modules.is_empty() {
            return None;
        }
        let mut alias = Some(name.clone());
        while let Some(candidate) = alias {
            if let Some(&rule) = self.modules.get(&candidate) {
                let Canonical::Module(canonical) = &self.families[rule].canonical else { return None };
                let rest = name.strip_prefix(&candidate).expect("a candidate is a prefix of the name");
                return Some((rule, if rest.is_empty() { canonical.clone() } else { canonical.child(rest) }));
            }
            alias = candidate.parent();
        }
        None
    }

    pub(super) fn standing(
        &self,
        (rule, merge): (usize, bool),
        alias: &Symbol,
        target: &Symbol,
        resolution: &Resolution,
    ) -> Standing {
        let canonical = match &self.families[rule].canonical {
            Canonical::Symbol(_) => self.families[rule].origin.clone(),
            Canonical::Module(_) => self.world.symbol(target).origin,
        };
        match resolution.origin {
            Origin::Unknown(Why::Missing) if resolution.route.is_empty() => Standing::Gone,
            Origin::Outside(ref path)
                if !merge && self.is_outside(rule, &canonical) && *path == alias.path() && !self.is_described(path) =>
            {
                Standing::Vouched
            }
            Origin::Outside(ref path) if resolution.route.is_empty() && !self.is_described(path) => Standing::Gone,
            _ if canonical == Origin::Unknown(Why::Missing) => Standing::NoCounterpart,
            Origin::Unknown(why) => Standing::Unknown(why),
            ref origin if *origin != canonical && origin.is_either() => Standing::Unknown(Why::TwoOrigins),
            _ if merge => Standing::Merged,
            _ if resolution.origin == canonical => Standing::Same,
            _ if self.is_declared_itself(rule, &resolution.origin) => {
                fold::standing(self, &resolution.origin, &canonical)
            }
            _ => Standing::Other,
        }
    }

    /// Whether the rule names the definition that an alias ends at one by one.
    fn is_declared_itself(&self, rule: usize, origin: &Origin) -> bool {
        let Origin::Defined(definition) = origin else { return false };
        self.symbols.get(&definition.symbol).is_some_and(|declared| declared.rule == rule)
    }

    /// How what is read from a module alias compares with what the other module has under that name.
    pub fn counterpart(&self, alias: &DottedName, target: &DottedName, name: Option<&Identifier>) -> Standing {
        if self.world.project.module(target.as_str()).is_none() {
            return Standing::NoCounterpart;
        }
        if self.is_unreadable(target) {
            return Standing::Unknown(Why::NotPython);
        }
        if self.world.project.module(alias.as_str()).is_none() {
            return Standing::Gone;
        }
        let Some(name) = name else { return Standing::Same };
        let of = |module: &DottedName| self.world.symbol(&Symbol::new(module.clone(), DottedName::new(name.as_str())));
        match (of(alias).origin, of(target).origin) {
            (_, Origin::Unknown(Why::Missing)) => Standing::NoCounterpart,
            (Origin::Unknown(why), _) => Standing::Unknown(why),
            (old, new) if old == new => Standing::Same,
            (old, _) if old.is_either() => Standing::Unknown(Why::TwoOrigins),
            (Origin::Module(_), Origin::Module(_)) => Standing::Same,
            _ => Standing::Other,
        }
    }

    /// Whether the file of a module is no valid Python: importing it fails.
    pub fn is_unreadable(&self, module: &DottedName) -> bool {
        let id = self.world.project.module(module.as_str());
        let file = id.and_then(|id| self.world.file_of(id));
        file.is_some_and(|file| !self.world.is_read(file))
    }

    /// How members of an alias are called on the canonical symbol, for aliases under `merge`.
    pub fn members(&self, hit: &Hit) -> Option<&BTreeMap<Identifier, Identifier>> {
        let named = self.symbols.get(&hit.alias).is_some_and(|declared| declared.merge);
        (hit.standing == Standing::Merged && named).then(|| &self.rules.rules[hit.rule].members)
    }

    /// The first rule that spells a name: of its canonical symbol or of an alias.
    pub fn spelled_by(&self, name: &Identifier) -> Option<usize> {
        let last = |symbol: &Symbol| symbol.name.last() == *name;
        self.rules.rules.iter().position(|rule| {
            matches!(&rule.canonical, Canonical::Symbol(symbol) if last(symbol))
                || rule.merge.iter().any(last)
                || rule.aliases.iter().any(|alias| matches!(alias, Alias::Symbol(symbol) if last(symbol)))
        })
    }

    /// Whether a module that holds a declared alias is called so.
    pub fn ends_shim_module(&self, name: &str) -> bool {
        self.shim_ends.contains(name)
    }

    /// What a target is.
    pub fn target_origin(&self, target: &Target) -> Origin {
        match target {
            Target::Symbol(hit) => match &self.families[hit.rule].canonical {
                Canonical::Symbol(_) => self.families[hit.rule].origin.clone(),
                Canonical::Module(_) => self.world.symbol(&hit.target).origin,
            },
            Target::Module(hit) => Origin::Module(hit.target.clone()),
        }
    }

    /// The rule that declares `symbol` itself.
    pub fn declares(&self, symbol: &Symbol) -> Option<usize> {
        if let Some(declared) = self.symbols.get(symbol) {
            return Some(declared.rule);
        }
        let origin = self.world.symbol(symbol).origin;
        self.declared(symbol, &origin).map(|(rule, _, _)| rule)
    }

    /// The aliases, and the modules of aliases, that a dotted path goes through, with their rules.
    pub fn held_by(&self, path: &DottedName) -> Vec<(usize, Held)> {
        let mut held = Vec::new();
        for prefix in std::iter::successors(Some(path.clone()), DottedName::parent) {
            if let Some(parent) = prefix.parent() {
                let symbol = Symbol::new(parent, DottedName::new(prefix.last().as_str()));
                held.extend(self.declares(&symbol).map(|rule| (rule, Held::Symbol(symbol))));
            }
            let leads_somewhere = || path.strip_prefix(&prefix).is_some_and(|rest| self.leads(&prefix, rest));
            let module = self.shim_modules.get(&prefix).filter(|_| leads_somewhere());
            held.extend(module.map(|rule| (*rule, Held::Module(prefix.clone()))));
        }
        held
    }

    /// Whether `rest` is nothing or begins with a name that the module has: other paths were broken before.
    fn leads(&self, module: &DottedName, rest: &str) -> bool {
        let first = rest.split('.').next().unwrap_or_default();
        let id = self.world.project.module(module.as_str());
        let found = |id| self.world.member(id, &Identifier::new(first)).origin != Origin::Unknown(Why::Missing);
        rest.is_empty() || id.is_some_and(found)
    }
}
