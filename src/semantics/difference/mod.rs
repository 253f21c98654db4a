//! How two definitions differ, member by member: what one has and the other lacks, and what each does in its own way.

mod class;
mod routine;

use serde::{Deserialize, Serialize};

use super::{ClassView, Origin, World};
use crate::project::FileId;
use crate::python::Identifier;
use crate::python::outline::{Outline, outline};
use crate::python::syntax::{ChainId, ScopeId, StatementKind};
use crate::text::Span;
use class::Flat;

/// One way in which a definition differs from the canonical one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Difference {
    pub what: Differs,
    /// The member; `None` for the class or function as a whole.
    pub member: Option<String>,
    /// Where it stands in the definition that is compared; `None` if it has no such member.
    pub own: Option<Stretch>,
    /// Where it stands in the canonical one.
    pub canonical: Option<Stretch>,
}

/// A stretch of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stretch {
    pub file: FileId,
    pub span: Span,
}

/// In what two definitions can differ. The codes are part of the machine output and never change meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Differs {
    /// one is a class, the other a function; one member is a method, the other an attribute
    Kind,
    /// the classes extend different classes, or have other keywords
    Bases,
    /// the canonical one has no such member
    Extra,
    /// only the canonical one has the member
    Missing,
    /// other decorators, such as `property`, `staticmethod` and `classmethod`
    Decorators,
    /// one is `async`
    Async,
    /// other parameters
    Signature,
    /// a parameter or an attribute of the class has another value
    Default,
    /// one is an attribute of the class, the other of its instances
    Level,
    /// the code does something else
    Body,
    /// the code reads alike, and a name in it is another object
    Names,
}

/// A definition ready to be compared.
struct Defined<'a> {
    world: &'a World,
    file: FileId,
    name: Span,
    outline: Outline,
    origin: &'a Origin,
}

impl World {
    /// Whether two definitions can be equal, as far as their statements alone say: what that denies need not be compared.
    pub fn can_be_equal(&self, own: &Origin, canonical: &Origin) -> bool {
        match (self.class(own), self.class(canonical)) {
            (Some(one), Some(other)) => self.bases(&one) == self.bases(&other),
            (one, other) => one.is_none() && other.is_none(),
        }
    }

    /// What a class extends; `object` goes without saying, and of what is no name nothing is known.
    fn bases(&self, view: &ClassView) -> Vec<Option<Origin>> {
        let object = Origin::Builtin(Identifier::new("object"));
        let bases = view.class.bases.iter().map(|base| self.base(view, base));
        bases.filter(|base| base.as_ref() != Some(&object)).collect()
    }

    /// How `own` differs from `canonical`, sorted; `None` if one of them is no class or function of the tree.
    pub fn differences(&self, own: &Origin, canonical: &Origin) -> Option<Vec<Difference>> {
        let (one, other) = (Defined::new(self, own)?, Defined::new(self, canonical)?);
        let pair = Pair { world: self, origins: [own, canonical] };
        let mut found = match (&one.outline, &other.outline) {
            (Outline::Class(_), Outline::Class(_)) => pair.classes(&one, &other),
            (Outline::Function(routine), Outline::Function(canonical)) => {
                pair.routines(None, (one.file, routine), (other.file, canonical))
            }
            _ => vec![Difference::of(Differs::Kind, None, one.stretch(one.name), other.stretch(other.name))],
        };
        found.sort();
        Some(found)
    }
}

/// Two definitions under comparison.
struct Pair<'a> {
    world: &'a World,
    origins: [&'a Origin; 2],
}

impl<'a> Defined<'a> {
    fn new(world: &'a World, origin: &'a Origin) -> Option<Self> {
        let (file, facts, binding) = world.defined(origin)?;
        let statement = &facts.syntax.statements[binding.statement.index()];
        if !matches!(statement.kind, StatementKind::Class(_) | StatementKind::Function(_)) {
            return None;
        }
        let outline = outline(world.project.text(file)?, statement.span, binding.span)?;
        Some(Self { world, file, name: binding.span, outline, origin })
    }

    fn stretch(&self, span: Span) -> Option<Stretch> {
        Some(Stretch { file: self.file, span })
    }
}

impl Difference {
    fn of(what: Differs, member: Option<&str>, own: Option<Stretch>, canonical: Option<Stretch>) -> Self {
        Self { what, member: member.map(str::to_owned), own, canonical }
    }
}

impl<'a> Pair<'a> {
    fn classes(&self, one: &Defined<'a>, other: &Defined<'a>) -> Vec<Difference> {
        let mut found = self.headers(one, other);
        found.extend(self.members(&Flat::new(one), &Flat::new(other)));
        found
    }

    /// The first names in two stretches of equal code that are different objects. The two definitions count as one.
    fn other_names(&self, one: Stretch, other: Stretch) -> Option<(Stretch, Stretch)> {
        let (names, others) = (self.names(one)?, self.names(other)?);
        names.into_iter().zip(others).find_map(|((at, origin), (other_at, other_origin))| {
            let same = origin == other_origin || self.is_own(&origin) && self.is_own(&other_origin);
            (!same).then_some((Stretch { span: at, ..one }, Stretch { span: other_at, ..other }))
        })
    }

    fn is_own(&self, origin: &Origin) -> bool {
        self.origins.contains(&origin)
    }

    /// The names that a stretch reads from around its definition, in source order.
    fn names(&self, stretch: Stretch) -> Option<Vec<(Span, Origin)>> {
        let facts = self.world.facts(stretch.file)?;
        let from_outside = |index: &usize| {
            let chain = &facts.syntax.chains[*index];
            let scope = facts.references[*index].reach.scope;
            stretch.span.contains(chain.root_span) && scope.is_none_or(|scope| scope == ScopeId::MODULE)
        };
        let mut inside: Vec<_> =
            (0..facts.references.len()).filter(from_outside).map(|id| ChainId(id as u32)).collect();
        inside.sort_by_key(|id| facts.syntax.chains[id.index()].root_span);
        let named = |id: ChainId| {
            let root = self.world.root(stretch.file, &facts.references[id.index()]);
            (facts.syntax.chains[id.index()].root_span, root.origin)
        };
        Some(inside.into_iter().map(named).collect())
    }
}
