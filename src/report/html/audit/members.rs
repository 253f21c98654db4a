//! The members of a family: its other names, and the objects that look like it.

use serde::Serialize;

use crate::audit::{Alias, AliasKind, Family, Other, Spot};
use crate::project::Project;
use crate::report::families::{alias_code, difference, kind_word};
use crate::report::html::route::{HopData, route};
use crate::report::merges;
use crate::report::visible::{shown_path, shown_text};
use crate::semantics::{Difference, Stretch};

/// A path and a line of it, from 1.
pub(super) type Place = (String, u32);

#[derive(Serialize)]
pub(super) struct AliasData {
    symbol: String,
    kind: AliasKind,
    /// The same in words.
    says: &'static str,
    /// Else another object that adds nothing.
    same: bool,
    at: Place,
    /// The statement that makes it.
    code: String,
    importers: usize,
    uses: u32,
    route: Vec<HopData>,
}

#[derive(Serialize)]
pub(super) struct OtherData {
    symbol: String,
    at: Place,
    /// In percent.
    alike: u32,
    importers: usize,
    /// Why it is not to be touched, if it is not.
    kept: Option<&'static str>,
    /// `null` if it was not compared.
    differs: Option<Vec<DifferenceData>>,
}

#[derive(Serialize)]
struct DifferenceData {
    says: String,
    own: Option<Code>,
    canonical: Option<Code>,
}

/// A line of source, and where it stands.
type Code = (Place, String);

pub(super) fn place(project: &Project, spot: Spot) -> Place {
    let line = project.line(spot.file, spot.span.start());
    (shown_path(&project.file(spot.file).path).into_owned(), line)
}

pub(super) fn alias(project: &Project, family: &Family, alias: &Alias) -> AliasData {
    AliasData {
        symbol: shown_text(&alias.symbol.to_string()).into_owned(),
        kind: alias.kind,
        says: kind_word(alias.kind),
        same: alias.same_object,
        at: place(project, alias.place),
        code: shown_text(&alias_code(project, family, alias)).into_owned(),
        importers: alias.importers,
        uses: alias.uses,
        route: route(project, &alias.route),
    }
}

pub(super) fn other(project: &Project, other: &Other) -> OtherData {
    let differs = other.differs.as_ref();
    OtherData {
        symbol: shown_text(&other.symbol.to_string()).into_owned(),
        at: place(project, other.place),
        alike: (other.likeness * 100.0).floor() as u32,
        importers: other.importers,
        kept: other.kept.map(|keep| keep.words()),
        differs: differs.map(|all| all.iter().map(|one| difference_data(project, one)).collect()),
    }
}

fn difference_data(project: &Project, one: &Difference) -> DifferenceData {
    let code = |stretch: Option<Stretch>| {
        let (path, line) = merges::place(project, stretch?);
        let text = merges::code(project, stretch?);
        Some(((shown_path(path).into_owned(), line), shown_text(&text).into_owned()))
    };
    let says = shown_text(&difference(project, one)).into_owned();
    DifferenceData { says, own: code(one.own), canonical: code(one.canonical) }
}
