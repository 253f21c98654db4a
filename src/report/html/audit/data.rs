//! What the page is drawn from. Text of the tree stands in it as people shall see it.

use rayon::prelude::*;
use serde::Serialize;

use super::members::{AliasData, OtherData, Place, alias, other, place};
use crate::audit::{Audit, Family, Reason, Trouble, TroubleKind, What};
use crate::project::Project;
use crate::report::audit::heading;
use crate::report::families::{sum, verdict};
use crate::report::graph::Picture;
use crate::report::html::picture::Drawn;
use crate::report::visible::{shown_path, shown_text};

#[derive(Serialize)]
pub(super) struct Page {
    /// Files read.
    read: usize,
    /// The most costly first.
    families: Vec<FamilyData>,
    problems: Vec<Problems>,
}

#[derive(Serialize)]
struct FamilyData {
    canonical: String,
    /// Where the object is defined, if that is another name.
    origin: Option<String>,
    what: &'static str,
    /// Why the canonical name is the one to keep.
    reasons: Vec<&'static str>,
    at: Place,
    importers: usize,
    uses: u32,
    verdict: String,
    /// How many other objects somebody must decide about.
    decisions: usize,
    sum: String,
    score: f64,
    aliases: Vec<AliasData>,
    others: Vec<OtherData>,
    drawn: Drawn,
}

/// What is wrong, of one kind.
#[derive(Serialize)]
struct Problems {
    kind: TroubleKind,
    says: String,
    places: Vec<(Place, String)>,
}

impl Page {
    pub(super) fn new(audit: &Audit) -> Self {
        let project = &audit.world.project;
        Self {
            read: project.files.len(),
            families: audit.families.par_iter().map(|family| family_data(project, family)).collect(),
            problems: audit.troubles.chunk_by(|one, other| one.kind == other.kind).map(problems).collect(),
        }
    }
}

fn family_data(project: &Project, family: &Family) -> FamilyData {
    let origin = &family.origin.symbol;
    let shown = |text: String| shown_text(&text).into_owned();
    FamilyData {
        canonical: shown(family.canonical.to_string()),
        origin: (*origin != family.canonical).then(|| shown(origin.to_string())),
        what: match family.what {
            What::Class => "class",
            What::Function => "function",
            What::Value => "value",
        },
        reasons: family.reasons.iter().copied().map(Reason::words).collect(),
        at: place(project, family.place),
        importers: family.importers,
        uses: family.uses,
        verdict: verdict(family).replace("   ", " · "),
        decisions: family.decisions(),
        sum: sum(family),
        score: family.score,
        aliases: family.aliases.iter().map(|one| alias(project, family, one)).collect(),
        others: family.definitions.iter().map(|one| other(project, one)).collect(),
        drawn: Drawn::from(&Picture::new(family)),
    }
}

fn problems(group: &[Trouble]) -> Problems {
    let line = |trouble: &Trouble| {
        let at = (shown_path(&trouble.path).into_owned(), trouble.line);
        (at, shown_text(&trouble.what).into_owned())
    };
    let kind = group[0].kind;
    Problems { kind, says: heading(kind, group.len()), places: group.iter().map(line).collect() }
}
