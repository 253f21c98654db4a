//! The hops from a symbol to where it ends: a list whose rest is shared by all routes that go on alike.

use std::fmt;
use std::sync::Arc;

use serde::ser::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Hop;
use crate::python::DottedName;

/// Routes of more hops are not kept for another run.
const LONGEST_KEPT: usize = 64;

/// The hops from a symbol to its origin; the first hop is the symbol itself.
#[derive(Clone, Default)]
pub struct Route(Option<Arc<Link>>);

struct Link {
    hop: Hop,
    rest: Route,
    /// The rest from the first hop on that is one of another module.
    elsewhere: Route,
    /// How many hops there are from this one on.
    length: usize,
}

impl Route {
    /// The route of one hop.
    pub fn of(hop: Hop) -> Self {
        Self::default().after(hop)
    }

    /// The route that begins with `hop` and goes on as this one.
    #[must_use]
    pub fn after(self, hop: Hop) -> Self {
        let length = self.len() + 1;
        let elsewhere = match self.0.as_deref() {
            Some(next) if next.hop.symbol.module == hop.symbol.module => next.elsewhere.clone(),
            _ => self.clone(),
        };
        Self(Some(Arc::new(Link { hop, rest: self, elsewhere, length })))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |link| link.length)
    }

    /// The hops of modules that are `wanted`: all others of a module are passed in one step.
    pub fn hops_of<'r>(&'r self, wanted: impl Fn(&DottedName) -> bool + 'r) -> impl Iterator<Item = &'r Hop> {
        let first = move |mut route: &'r Route| {
            while let Some(link) = route.0.as_deref() {
                if wanted(&link.hop.symbol.module) {
                    return Some(link);
                }
                route = &link.elsewhere;
            }
            None
        };
        std::iter::successors(first(self), move |link| first(&link.rest)).map(|link| &link.hop)
    }

    pub fn first(&self) -> Option<&Hop> {
        self.iter().next()
    }

    pub fn last(&self) -> Option<&Hop> {
        self.iter().last()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Hop> + Clone {
        std::iter::successors(self.0.as_deref(), |link| link.rest.0.as_deref()).map(|link| &link.hop)
    }
}

impl FromIterator<Hop> for Route {
    fn from_iter<I: IntoIterator<Item = Hop>>(hops: I) -> Self {
        let hops: Vec<Hop> = hops.into_iter().collect();
        hops.into_iter().rev().fold(Self::default(), Self::after)
    }
}

impl Drop for Route {
    /// One link after the other: a route can be longer than the stack is deep.
    fn drop(&mut self) {
        let mut next = self.0.take();
        while let Some(mut link) = next.and_then(Arc::into_inner) {
            next = link.rest.0.take();
        }
    }
}

impl Serialize for Route {
    /// A long one is an error: what all names of a chain say would be written over and over again.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.len() > LONGEST_KEPT {
            return Err(S::Error::custom("the route is too long to be kept"));
        }
        self.iter().collect::<Vec<_>>().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Route {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::<Hop>::deserialize(deserializer).map(Self::from_iter)
    }
}

impl PartialEq for Route {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl Eq for Route {}

impl fmt::Debug for Route {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{FileId, Loaded, Project, RootConfig};
    use crate::python::{Identifier, Symbol};
    use crate::semantics::{HopKind, Origin, Why, World};
    use crate::text::Span;

    fn hop(symbol: &str) -> Hop {
        let symbol = Symbol::parse(symbol).unwrap();
        Hop { symbol, file: FileId(0), span: Span::empty(0), kind: HopKind::Assignment }
    }

    /// A module in which each name is the one before it.
    fn chain(count: usize) -> World {
        let names: String = (1..=count).map(|number| format!("a{number} = a{}\n", number - 1)).collect();
        let text = format!("class New: pass\na0 = New\n{names}");
        World::new(Project::new(vec![Loaded::text("m.py", &text)], &RootConfig::default()))
    }

    fn resolved(world: &World, number: usize) -> Arc<crate::semantics::Resolution> {
        world.member(world.project.module("m").unwrap(), &Identifier::new(&format!("a{number}")))
    }

    fn with_deep_stack(check: fn()) {
        std::thread::Builder::new().stack_size(64 << 20).spawn(check).unwrap().join().unwrap();
    }

    #[test]
    fn routes_that_go_on_alike_share_their_rest() {
        let world = chain(2);
        let (first, second) = (resolved(&world, 1), resolved(&world, 2));
        let after = |route: &Route, count: usize| {
            let link = (0..count).fold(route.0.clone(), |link, _| link.unwrap().rest.0.clone());
            Arc::as_ptr(&link.unwrap())
        };
        assert_eq!(after(&second.route, 2), after(&first.route, 1));
        assert_eq!((first.route.len(), second.route.len()), (3, 4));
    }

    /// The last hop that is told, and that nothing else is known.
    fn is_too_far(found: &crate::semantics::Resolution) -> bool {
        found.origin == Origin::Unknown(Why::TooFar) && found.route.len() == 1
    }

    #[test]
    fn names_end_alike_in_whatever_order_they_are_asked() {
        with_deep_stack(|| {
            let (forward, backward) = (chain(8_000), chain(8_000));
            let mut ends: Vec<_> = (0..=8_000).rev().map(|number| resolved(&backward, number)).collect();
            ends.reverse();
            assert!((0..=8_000).all(|number| resolved(&forward, number) == ends[number]));
            assert!(matches!(ends[1_498].origin, Origin::Defined(_)));
            assert_eq!(ends[1_498].route.len(), 1_500);
            assert!(ends[1_499..].iter().all(|found| is_too_far(found)));
        });
    }

    #[test]
    fn hops_of_other_modules_are_passed() {
        let symbols = ["a:d", "b:c", "b:b", "c:x", "b:a"];
        let route: Route = symbols.into_iter().map(hop).collect();
        let of = |wanted: &'static str| {
            let hops = route.hops_of(move |module| module.as_str() == wanted);
            hops.map(|hop| hop.symbol.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(of("b"), ["b:c", "b:b", "b:a"]);
        assert_eq!(of("c"), ["c:x"]);
        assert!(of("d").is_empty());
    }

    #[test]
    fn a_long_route_goes_without_a_deep_stack() {
        let route = (0..100_000).fold(Route::default(), |route, _| route.after(hop("a:b")));
        assert_eq!(route.len(), 100_000);
        assert_eq!(route.clone(), route);
    }
}
