//! The state of a session: what was read, what lies over it, what was found, and what the editor shows of that.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use gen_lsp_types::{CodeAction, CodeActionParams, PublishDiagnosticsParams, Uri};

use super::action::{Bench, Stale, actions};
use super::analysis::{Analysis, Found, Wish};
use super::desk::Desk;
use super::diagnostic::{Shown, nothing, show_findings, show_misfits, show_problems};
use super::ground::{Ground, Reading, Trouble};
use super::place::Places;
use super::reasons::Reasons;
use crate::project::{FileKind, Project, Shelf};
use crate::rule::RuleSet;
use crate::semantics::World;
use crate::text::Search;

/// Looks at the disk, for the tree around a folder; an error is a sentence for people.
pub(super) type Read<'r> = dyn FnMut(&Path) -> Result<Reading, String> + 'r;

pub(super) struct Work {
    pub(super) desk: Desk,
    /// The disk may be another than it was.
    pub(super) is_stale: bool,
    /// There is something that was not looked at yet.
    pub(super) is_new: bool,
    /// Why findings stay was not looked for since they were found.
    pub(super) is_unexplained: bool,
    reasons: Reasons,
    base: Result<Base, Trouble>,
    analysis: Option<Analysis>,
    shown: Shown,
}

/// The tree as it lies on the disk.
struct Base {
    world: World,
    rules: RuleSet,
    wish: Wish,
    shelf: Arc<dyn Shelf>,
    found: OnceCell<Found>,
}

/// What the editor is to be told.
#[derive(Default)]
pub(super) struct News {
    pub(super) diagnostics: Vec<PublishDiagnosticsParams>,
    /// Why nothing was found.
    pub(super) complaint: Option<String>,
}

impl Work {
    pub(super) fn new(desk: Desk) -> Self {
        let (base, shown) = (Err(Trouble::NoRules), Shown::new());
        let reasons = Reasons::default();
        Self { desk, is_stale: true, is_new: true, is_unexplained: false, reasons, base, analysis: None, shown }
    }

    /// Looks at what is new: at the disk only if that may have changed.
    pub(super) fn look(&mut self, read: &mut Read) -> News {
        self.is_new = false;
        self.analysis = None;
        if std::mem::take(&mut self.is_stale) {
            self.read_disk(read);
        }
        let mut complaint = None;
        match &self.base {
            Ok(base) => {
                let world = base.world.changed(self.desk.laid_over(&base.world.project));
                self.analysis = Some(Analysis::new(base.found_in(&world), world, base.wish));
            }
            Err(Trouble::NoRules | Trouble::Rules(_)) => {}
            Err(Trouble::Other(why)) => complaint = Some(why.clone()),
        }
        let (shown, has_findings) = self.shown();
        self.is_unexplained = has_findings;
        // What was shown elsewhere is over.
        let over = self.shown.keys().filter(|uri| !shown.contains_key(*uri));
        let over =
            over.map(|uri| PublishDiagnosticsParams { uri: Uri(uri.clone()), version: None, diagnostics: Vec::new() });
        let diagnostics = over.chain(shown.values().cloned()).collect();
        self.shown = shown;
        News { diagnostics, complaint }
    }

    /// Looks for the reasons why findings in open documents stay: the documents with others than were shown.
    pub(super) fn explain(&mut self) -> News {
        self.is_unexplained = false;
        if let Some(analysis) = &self.analysis {
            let open: BTreeSet<String> = self.desk.open().map(|(path, ..)| path).collect();
            self.reasons = Reasons::of(analysis, |path| open.contains(path));
        }
        let (shown, _) = self.shown();
        let others = shown.iter().filter(|(uri, shown)| self.shown.get(*uri) != Some(*shown));
        let diagnostics = others.map(|(_, shown)| shown.clone()).collect();
        self.shown = shown;
        News { diagnostics, complaint: None }
    }

    /// What there is to show, and whether a finding is among it.
    fn shown(&self) -> (Shown, bool) {
        let mut shown = nothing(&self.desk);
        if let Err(Trouble::Rules(problems)) = &self.base {
            show_problems(problems, &self.desk, &mut shown);
        }
        let Some(analysis) = &self.analysis else { return (shown, false) };
        show_findings(analysis, &self.desk, &self.reasons, &mut shown);
        let has_findings = shown.values().any(|shown| !shown.diagnostics.is_empty());
        show_misfits(&analysis.misfits, &self.desk, &mut shown);
        (shown, has_findings)
    }

    fn read_disk(&mut self, read: &mut Read) {
        let asked = self.desk.client.folder.clone();
        let reading = match read(&asked) {
            Ok(reading) => reading,
            Err(why) => {
                self.base = Err(Trouble::Other(why));
                return;
            }
        };
        let Reading { top, inside, rule_folder, ground } = reading;
        let real = top.join(inside);
        self.desk.places = Places { top, asked, real, rules: rule_folder };
        self.base = ground.map(|ground| Base::new(ground, self.base.as_ref().ok()));
    }

    /// The fixes for a place; a file that changed unnoticed is noticed now.
    pub(super) fn actions(&mut self, params: &CodeActionParams) -> Result<Vec<CodeAction>, Stale> {
        let (Ok(base), Some(analysis)) = (&self.base, &mut self.analysis) else { return Ok(Vec::new()) };
        actions(params, &mut Bench { analysis, desk: &self.desk, shelf: &*base.shelf })
    }
}

impl Base {
    /// The tree that was read; what is known of files that are the same as `before` stays known.
    fn new(ground: Ground, before: Option<&Base>) -> Self {
        let Ground { rules, files, roots, safety, today, shelf } = ground;
        // An editor opens a notebook cell by cell: to edit its file is not for us.
        let project = Project::new(files, &roots);
        let mut project = project.narrowed(|path| FileKind::of(path) != FileKind::Notebook);
        let world = match before {
            None => World::new(project),
            Some(before) => {
                project.share(&before.world.project, &Search::new(rules.names()));
                before.world.changed(project)
            }
        };
        Self { world, rules, wish: Wish { safety, today }, shelf, found: OnceCell::new() }
    }

    /// What is found in this tree with the open documents laid over it.
    fn found_in(&self, world: &World) -> Found {
        let today = self.wish.today;
        let found = self.found.get_or_init(|| Found::new(&self.world, &self.rules, today));
        found.updated((world, &self.world), today).unwrap_or_else(|| Found::new(world, &self.rules, today))
    }
}
