//! The state of a session: what was read, what lies over it, what was found, and what the editor shows of that.

use std::cell::OnceCell;
use std::path::Path;
use std::sync::Arc;

use gen_lsp_types::{CodeAction, CodeActionParams, PublishDiagnosticsParams, Uri};

use super::action::{Bench, Stale, actions};
use super::analysis::{Analysis, Found, Wish};
use super::desk::Desk;
use super::diagnostic::{Shown, nothing, show_findings, show_misfits, show_problems};
use super::ground::{Ground, Reading, Trouble};
use super::place::Places;
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
        Self { desk, is_stale: true, is_new: true, base, analysis: None, shown }
    }

    /// Looks at what is new: at the disk only if that may have changed.
    pub(super) fn look(&mut self, read: &mut Read) -> News {
        self.is_new = false;
        self.analysis = None;
        if std::mem::take(&mut self.is_stale) {
            self.read_disk(read);
        }
        let mut shown = nothing(&self.desk);
        let mut complaint = None;
        match &self.base {
            Ok(base) => {
                let world = base.world.changed(self.desk.laid_over(&base.world.project));
                let analysis = Analysis::new(base.found_in(&world), world, base.wish);
                show_findings(&analysis, &self.desk, &mut shown);
                show_misfits(&analysis.misfits, &self.desk, &mut shown);
                self.analysis = Some(analysis);
            }
            Err(Trouble::NoRules) => {}
            Err(Trouble::Rules(problems)) => show_problems(problems, &self.desk, &mut shown),
            Err(Trouble::Other(why)) => complaint = Some(why.clone()),
        }
        // What was shown elsewhere is over.
        let over = self.shown.keys().filter(|uri| !shown.contains_key(*uri));
        let over =
            over.map(|uri| PublishDiagnosticsParams { uri: Uri(uri.clone()), version: None, diagnostics: Vec::new() });
        let diagnostics = over.chain(shown.values().cloned()).collect();
        self.shown = shown;
        News { diagnostics, complaint }
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
