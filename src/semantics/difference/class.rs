//! Classes side by side: their headers, and their members, inherited ones included.

use rustc_hash::FxHashMap;

use super::{Defined, Difference, Differs, Pair, Stretch};
use crate::project::FileId;
use crate::python::outline::{ClassOutline, Member, MemberShape, Outline};

/// All members of a class, as far as its ancestors can be followed; the nearest of each name counts.
pub(super) struct Flat {
    members: Vec<(FileId, Member)>,
    places: FxHashMap<String, usize>,
}

impl Flat {
    pub(super) fn new(defined: &Defined) -> Self {
        let mut flat = Self { members: Vec::new(), places: FxHashMap::default() };
        for origin in defined.world.ancestors(defined.origin).into_iter().flatten() {
            let Some(view) = defined.world.class(&origin) else { continue };
            let Some(class) = view.outline() else { continue };
            class.members.into_iter().for_each(|member| flat.add(view.file, member));
        }
        flat
    }

    fn add(&mut self, file: FileId, member: Member) {
        if !self.places.contains_key(&member.name) {
            self.places.insert(member.name.clone(), self.members.len());
            self.members.push((file, member));
        }
    }

    fn get(&self, name: &str) -> Option<&(FileId, Member)> {
        self.places.get(name).map(|place| &self.members[*place])
    }
}

fn name_of((file, member): &(FileId, Member)) -> Option<Stretch> {
    Some(Stretch { file: *file, span: member.span })
}

impl<'a> Pair<'a> {
    pub(super) fn headers(&self, one: &Defined<'a>, other: &Defined<'a>) -> Vec<Difference> {
        let (Outline::Class(class), Outline::Class(canonical)) = (&one.outline, &other.outline) else {
            return Vec::new();
        };
        let bases = |defined: &Defined| self.world.class(defined.origin).map(|view| self.world.bases(&view));
        let mut found = Vec::new();
        if class.decorators != canonical.decorators {
            found.push(Difference::of(
                Differs::Decorators,
                None,
                first_decorator(one, class),
                first_decorator(other, canonical),
            ));
        }
        if bases(one) != bases(other) || class.keywords != canonical.keywords {
            let (own, theirs) = (one.stretch(class.header), other.stretch(canonical.header));
            found.push(Difference::of(Differs::Bases, None, own, theirs));
        }
        found
    }

    pub(super) fn members(&self, own: &Flat, canonical: &Flat) -> Vec<Difference> {
        let mut found = Vec::new();
        for member in &own.members {
            let name = member.1.name.as_str();
            match canonical.get(name) {
                None => found.push(Difference::of(Differs::Extra, Some(name), name_of(member), None)),
                Some(other) => found.extend(self.member(member, other)),
            }
        }
        let missing = canonical.members.iter().filter(|(_, member)| own.get(&member.name).is_none());
        found.extend(
            missing.map(|member| Difference::of(Differs::Missing, Some(&member.1.name), None, name_of(member))),
        );
        found
    }

    fn member(&self, own: &(FileId, Member), canonical: &(FileId, Member)) -> Vec<Difference> {
        let (one, other) = (name_of(own), name_of(canonical));
        if one == other {
            return Vec::new();
        }
        let name = own.1.name.as_str();
        let by_name = |what| vec![Difference::of(what, Some(name), one, other)];
        match (&own.1.shape, &canonical.1.shape) {
            (MemberShape::Method(routine), MemberShape::Method(theirs)) => {
                self.routines(Some(name), (own.0, routine), (canonical.0, theirs))
            }
            (MemberShape::Attribute(value), MemberShape::Attribute(theirs)) if value != theirs => {
                let at = |file, value: &Option<_>, name| match value {
                    Some(crate::python::outline::Part { span, .. }) => Some(Stretch { file, span: *span }),
                    None => name,
                };
                let (value, theirs) = (at(own.0, value, one), at(canonical.0, theirs, other));
                vec![Difference::of(Differs::Default, Some(name), value, theirs)]
            }
            (MemberShape::Attribute(_), MemberShape::Instance) | (MemberShape::Instance, MemberShape::Attribute(_)) => {
                by_name(Differs::Level)
            }
            (one, other) if std::mem::discriminant(one) != std::mem::discriminant(other) => by_name(Differs::Kind),
            _ => Vec::new(),
        }
    }
}

fn first_decorator(defined: &Defined, class: &ClassOutline) -> Option<Stretch> {
    class.decorators.first().and_then(|decorator| defined.stretch(decorator.span))
}
