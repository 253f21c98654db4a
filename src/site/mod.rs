//! Where aliases stand: one file per kind of place. Nothing here edits.
//!
//! A site is found by identity: the route of a name passes a declared alias. Its spelling only decides whether a file
//! is looked at.

mod assertion;
mod call;
mod canonical;
mod change;
mod config;
mod copy;
mod declared;
mod deprecated;
mod family;
mod find;
mod fold;
mod forward;
mod import_from;
mod import_module;
mod import_star;
mod kind;
mod member;
mod merging;
mod mismatch;
mod names;
mod outside;
mod path;
mod place;
mod readers;
mod shim;
mod shim_getattr;
mod shim_sys_modules;
mod stub;
mod text_beside;
mod text_dictionary;
mod text_follow;
mod text_manual;
mod text_path;
mod text_role;
mod trail;
mod unreadable;
mod use_chain;

pub use assertion::Asserted;
pub use call::{CallSite, CallWish};
pub use config::{ConfigSite, ConfigState};
pub use family::{Families, Family, Hit, Standing};
pub use find::{Sites, find_changed, find_in, find_in_sides, find_sides};
pub use fold::{is_deprecated, is_exception, shape as detour};
pub use kind::Kind;
pub use merging::{Becomes, Merging};
pub use mismatch::Mismatch;
pub use path::{PathSite, find as find_path};
pub use readers::{Reader, Via, cells, runs_later};
pub use shim_getattr::LookupSite;
pub use trail::Trail;
pub use use_chain::{is_placeholder, is_stored};

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use crate::project::FileId;
use crate::python::syntax::{BindingId, ChainId, StringId};
use crate::python::{DottedName, Identifier, Symbol};
use crate::text::Span;

/// All places of one file in which an alias stands, each list in source order, those of bindings and chains in that of their ids.
#[derive(Clone, Debug)]
pub struct FileSites {
    pub file: FileId,
    /// Entries of `from` statements that give an alias.
    pub imports: Vec<ImportSite>,
    /// Entries of `import` and `from` statements that give a module which is an alias as a whole.
    pub modules: Vec<ModuleSite>,
    /// Names that star imports bring along.
    pub stars: Vec<StarSite>,
    /// Names and attribute chains.
    pub uses: Vec<UseSite>,
    /// Statements that make a declared alias exist.
    pub shims: Vec<ShimSite>,
    /// The names of the aliases that these make.
    declared: OnceLock<FxHashSet<DottedName>>,
    /// Declared aliases that the module's `__getattr__` gives, by name.
    pub lookups: Vec<LookupSite>,
    /// Strings that name an alias.
    pub texts: Vec<TextSite>,
    /// The rule for which the file goes as a whole: it only puts the other module into its place.
    pub swap: Option<usize>,
    /// Places that stay as they are and need an alias.
    pub holders: Vec<Holder>,
    /// Sites that a test makes assertions about.
    pub asserted: Asserted,
    /// Members of merged classes that have another name on the canonical class, or none.
    pub members: Vec<MemberSite>,
    /// Attributes that may be such members.
    pub loose: Vec<LooseSite>,
    /// Uses of merged aliases that patterns for calls decide.
    pub calls: Vec<CallSite>,
}

/// `made.send`, `self.send`, `super().send`, and `def send` in a subclass, where the class is merged into another.
#[derive(Clone, Debug)]
pub struct MemberSite {
    /// The name of the member.
    pub span: Span,
    pub name: Identifier,
    pub hit: Hit,
    pub form: MemberForm,
    pub becomes: Becomes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberForm {
    /// An object's or a class's attribute.
    Read,
    /// What a subclass has in its place.
    Override,
    /// The same, where the subclass has the new name as well.
    Clash,
}

/// An attribute of something unknown that is called like a member of a merged class.
#[derive(Clone, Debug)]
pub struct LooseSite {
    pub span: Span,
    pub name: Identifier,
    pub alias: Symbol,
    pub rule: usize,
}

/// `from old import Old`.
#[derive(Clone, Debug)]
pub struct ImportSite {
    pub binding: BindingId,
    pub hit: Hit,
}

/// `import pkg.old`, `from pkg import old`, where `pkg.old` is an alias as a whole.
#[derive(Clone, Debug)]
pub struct ModuleSite {
    pub binding: BindingId,
    pub hit: ModuleHit,
}

/// A module that is an alias as a whole, and the one that shall stand in its place.
#[derive(Clone, Debug)]
pub struct ModuleHit {
    pub rule: usize,
    pub alias: DottedName,
    pub target: DottedName,
    pub standing: Standing,
}

/// A name that `from old import *` brings along.
#[derive(Clone, Debug)]
pub struct StarSite {
    pub binding: BindingId,
    pub name: Identifier,
    pub hit: Hit,
}

/// A chain whose first `attributes` attributes lead to an alias; with none, the root itself is one.
#[derive(Clone, Debug)]
pub struct UseSite {
    pub chain: ChainId,
    pub attributes: usize,
    pub target: Target,
    /// The string that names the last attribute: `getattr(old, "Old")`. Only a string that is rewritten makes such a use.
    pub text: Option<StringId>,
}

/// What a use stands for.
#[derive(Clone, Debug)]
pub enum Target {
    Symbol(Hit),
    Module(ModuleHit),
}

impl Target {
    pub fn rule(&self) -> usize {
        match self {
            Target::Symbol(hit) => hit.rule,
            Target::Module(hit) => hit.rule,
        }
    }

    pub fn standing(&self) -> Standing {
        match self {
            Target::Symbol(hit) => hit.standing,
            Target::Module(hit) => hit.standing,
        }
    }
}

/// A binding at module level that is a declared alias.
#[derive(Clone, Debug)]
pub struct ShimSite {
    pub binding: BindingId,
    pub kind: Kind,
    pub hit: Hit,
}

/// A string that names an alias: `patch("pkg.old.Old")`, `getattr(old, "Old")`.
#[derive(Clone, Debug)]
pub struct TextSite {
    /// The literal, unless the name is a keyword: `patch.multiple("pkg.old", Old=…)`.
    pub string: Option<StringId>,
    /// The whole literal, or the keyword.
    pub span: Span,
    pub kind: Kind,
    pub act: Act,
    /// The module of which the string names an attribute: `old` in `getattr(old, "Old")`.
    pub owner: Option<ChainId>,
    /// The number of leading dots, and the package that they stand for.
    pub relative: Option<(usize, DottedName)>,
    /// What the string stands for as an absolute path, the owner included.
    pub path: DottedName,
    /// How many names of the path lead to the alias.
    pub parts: usize,
    /// What the alias is; for a path that leads nowhere the rule that it concerns.
    pub target: Result<Target, usize>,
}

/// What the code does with a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// It takes what is at the path, or an attribute of that.
    Read,
    /// It takes the module.
    Import,
    /// It replaces the name in its module for a while.
    Patch,
    /// It replaces the name of the module that is its keyword.
    PatchKeyword,
    /// The same, and hands on under this name what it has made in its place.
    PatchSeveral,
    /// It replaces the module.
    Write,
    /// It asks whether something is there.
    Probe,
    /// Nobody knows.
    Data,
    /// It is no path, but prose, code or a pattern.
    Manual,
}

impl Act {
    pub fn is_patch(self) -> bool {
        matches!(self, Act::Patch | Act::PatchKeyword | Act::PatchSeveral)
    }
}

/// A place that is never edited and needs what it names.
#[derive(Clone, Debug)]
pub struct Holder {
    pub span: Span,
    pub rule: usize,
    pub kind: Kind,
    pub held: Held,
    pub why: HolderWhy,
}

/// What a holder needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    Symbol(Symbol),
    Module(DottedName),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HolderWhy {
    /// A string or a configuration value is the path.
    Text,
    /// The file is not Python that can be read.
    Unreadable,
}

impl FileSites {
    /// The shim that a binding is.
    pub fn shim(&self, binding: BindingId) -> Option<&ShimSite> {
        run(&self.shims, binding, |site| site.binding).first()
    }

    /// Whether a shim makes an alias of this name.
    pub fn declares(&self, name: &Identifier) -> bool {
        let names = || self.shims.iter().map(|shim| shim.hit.alias.name.clone()).collect();
        self.declared.get_or_init(names).contains(name.as_str())
    }

    /// The import of an alias that a binding is.
    pub fn import(&self, binding: BindingId) -> Option<&ImportSite> {
        run(&self.imports, binding, |site| site.binding).first()
    }

    /// What a chain is a use of.
    pub fn uses_of(&self, chain: ChainId) -> &[UseSite] {
        run(&self.uses, chain, |site| site.chain)
    }

    /// Whether a binding gives an alias or a module that is one, and does not make it.
    pub fn is_imported(&self, binding: BindingId) -> bool {
        self.import(binding).is_some()
            || !run(&self.modules, binding, |site| site.binding).is_empty()
            || !run(&self.stars, binding, |site| site.binding).is_empty()
    }

    /// The bindings that are sites.
    pub fn bindings(&self) -> impl Iterator<Item = BindingId> + '_ {
        let imports = self.imports.iter().map(|site| site.binding);
        let modules = self.modules.iter().map(|site| site.binding);
        let stars = self.stars.iter().map(|site| site.binding);
        imports.chain(modules).chain(stars).chain(self.shims.iter().map(|site| site.binding))
    }

    /// The rules of the sites.
    pub fn rules(&self) -> impl Iterator<Item = usize> + '_ {
        let imports = self.imports.iter().map(|site| site.hit.rule);
        let modules = self.modules.iter().map(|site| site.hit.rule);
        let uses = self.uses.iter().map(|site| site.target.rule());
        let lookups = self.lookups.iter().map(|site| site.hit.rule);
        imports.chain(modules).chain(uses).chain(lookups).chain(self.shims.iter().map(|site| site.hit.rule))
    }

    /// A file without any.
    pub fn new(file: FileId) -> Self {
        Self {
            file,
            imports: Vec::new(),
            modules: Vec::new(),
            stars: Vec::new(),
            uses: Vec::new(),
            shims: Vec::new(),
            declared: OnceLock::new(),
            lookups: Vec::new(),
            texts: Vec::new(),
            swap: None,
            holders: Vec::new(),
            asserted: Asserted::default(),
            members: Vec::new(),
            loose: Vec::new(),
            calls: Vec::new(),
        }
    }

    fn is_empty(&self) -> bool {
        self.imports.is_empty()
            && self.modules.is_empty()
            && self.stars.is_empty()
            && self.uses.is_empty()
            && self.shims.is_empty()
            && self.lookups.is_empty()
            && self.texts.is_empty()
            && self.swap.is_none()
            && self.holders.is_empty()
            && self.members.is_empty()
    }
}

/// The sites of one binding or chain, of a list that is sorted by these.
fn run<S, I: Ord>(sites: &[S], id: I, of: impl Fn(&S) -> I) -> &[S] {
    let rest = &sites[sites.partition_point(|site| of(site) < id)..];
    &rest[..rest.partition_point(|site| of(site) == id)]
}
