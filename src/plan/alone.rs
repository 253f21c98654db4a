//! The change of one place, with everything else as it is.

use super::compose::Composed;
use super::context::{Kept, Run};
use super::left::{Left, landed};
use super::verify::{Fresh, planned};
use super::{Reason, Safety, Verified, moves};
use crate::project::FileId;
use crate::rule::RuleSet;
use crate::semantics::World;
use crate::site::Mismatch;
use crate::text::Span;

/// The proven plan of `rules` for the sites at `span` of the Python file at `path`, and nothing else; `None` if there is no
/// such file. It is empty if they cannot change alone. Definitions do not move.
pub fn plan_alone(
    world: &World,
    rules: &RuleSet,
    safety: Option<Safety>,
    (path, span): (&str, Span),
) -> Result<Option<Verified>, Vec<Mismatch>> {
    let world = &world.changed(world.project.narrowed(|other| other == path));
    let Some(file) = world.project.file_by_path(path) else { return Ok(None) };
    let (verified, _) = planned(world, &moves::settled(world, rules), safety, &Start::Alone { path, file, span })?;
    Ok(Some(verified))
}

/// What a plan begins with.
pub(super) enum Start<'a> {
    /// Everything may change. These imports are there only since a definition moved.
    Whole(Fresh),
    /// Only what stands at a place of a file may.
    Alone { path: &'a str, file: FileId, span: Span },
    /// Everything may change but these places.
    Without(&'a Left),
}

impl Start<'_> {
    /// What stays from the beginning.
    pub(super) fn kept(&self, runs: &[Run]) -> Kept {
        match self {
            Start::Whole(fresh) => Kept { fresh: fresh.clone(), ..Kept::default() },
            Start::Alone { path, span, .. } => all_but(runs, path, Some(*span)),
            Start::Without(left) => left.kept(runs),
        }
    }

    /// The same for a second run, in the tree as it is after the `first` one of `old` runs.
    pub(super) fn again(&self, runs: &[Run], (old, first): (&[Run], &[Composed])) -> Kept {
        match self {
            Start::Whole(_) => Kept::default(),
            Start::Without(left) => left.again(runs, |path, span| landed(old, first, path, span)),
            Start::Alone { path, file, span } => {
                let written = first.iter().flat_map(|side| &side.files).find(|composed| composed.file == *file);
                let landed = match written {
                    Some(composed) => composed.written.edits.landed(span.start()),
                    None => Some(span.start()),
                };
                all_but(runs, path, landed.map(|start| Span::new(start, start + 1)))
            }
        }
    }
}

/// Keeps what stands in a file, but not at `span`. Uses of a name that an import binds go with the import.
fn all_but(runs: &[Run], path: &str, span: Option<Span>) -> Kept {
    let mut kept = Kept::default();
    for run in runs {
        let Some(file) = run.world.project.file_by_path(path) else { continue };
        let all = seen(run, file).into_iter();
        let others = all.filter(|(shown, _)| span.is_none_or(|span| !shown.overlaps(span)));
        let why = (Reason::NotEdited, "only another place was asked for".to_owned());
        kept.keep(file, others.map(|(_, key)| key), &why);
    }
    kept
}

/// The sites of a file: where each is seen, and the place by which it is kept.
pub(super) fn seen(run: &Run, file: FileId) -> Vec<(Span, Span)> {
    let (Some(facts), Some(sites)) = (run.world.facts(file), run.sites.of(file)) else { return Vec::new() };
    let syntax = &facts.syntax;
    let bindings = sites.bindings().map(|id| facts.bindings[id.index()].span).map(|own| (own, own));
    let chains = sites.uses.iter().filter(|site| site.attributes > 0);
    let chains = chains.map(|site| (site.name_span(syntax), syntax.chains[site.chain.index()].root_span));
    let lookups = sites.lookups.iter().map(|site| (site.span, site.span));
    let texts = sites.texts.iter().map(|site| (site.span, site.span));
    let members = sites.members.iter().map(|site| (site.span, site.span));
    bindings.chain(chains).chain(lookups).chain(texts).chain(members).collect()
}
