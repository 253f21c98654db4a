//! Files that go with their twins: a module of shims and the stub that describes it leave together or not at all.

use super::compose::Composed;
use super::context::Run;
use super::delete::{self, Asked, Emptied, needed_modules};
use crate::project::FileId;
use crate::semantics::{World, is_hollow};

/// Judges the files that the edits empty, on every side; `new` is the world in which the edits are made.
pub(super) fn emptied(runs: &[Run], composed: &[Composed], new: &World, asked: &mut [Asked]) -> Emptied {
    let mut all = Emptied::default();
    for (((run, composed), new), asked) in runs.iter().zip(composed).zip(new.sides()).zip(asked) {
        let side = delete::emptied(run, composed, new, asked);
        all.deleted.extend(side.deleted);
        all.needed.extend(side.needed);
        all.refusals.extend(side.refusals);
    }
    if let [run, stubs] = runs {
        couple(run, &Stubs { run: stubs, composed: &composed[1], new: new.sides().last().unwrap_or(new) }, &mut all);
    }
    all
}

/// The side of type checkers after the change.
struct Stubs<'a> {
    run: &'a Run<'a>,
    composed: &'a Composed,
    new: &'a World,
}

/// Lets a file go only with its twin. A stub without one describes what is not in the tree, and stays.
fn couple(run: &Run, stubs: &Stubs, emptied: &mut Emptied) {
    let project = &run.world.project;
    let going = emptied.deleted.clone();
    let goes = |file: FileId| going.iter().any(|(gone, _)| *gone == file);
    let (mut deleted, mut staying) = (Vec::new(), Vec::new());
    for &(file, rule) in &going {
        match project.twin(file) {
            None if project.file(file).is_stub => {}
            None => deleted.push((file, rule)),
            Some(twin) if goes(twin) => deleted.push((file, rule)),
            Some(twin) if stubs.lets_go(twin, rule) => deleted.extend([(file, rule), (twin, rule)]),
            Some(_) if project.file(file).is_stub => {}
            Some(twin) => staying.push((run.world.module_name(file), project.file(twin).path.clone())),
        }
    }
    emptied.deleted = deleted;
    emptied.needed.extend(staying);
}

impl Stubs<'_> {
    /// Whether a stub that holds no shim says nothing either, and no other stub needs it.
    fn lets_go(&self, file: FileId, rule: usize) -> bool {
        let source = self.run.world.project.file(file);
        let says_nothing = || {
            let file = self.new.project.file_by_path(&source.path)?;
            Some(is_hollow(&*self.new.look(file)?))
        };
        source.is_stub
            && source.editable
            && says_nothing() == Some(true)
            && !self.composed.kept.keeps_module(&self.run.world.module_name(file))
            && needed_modules(self.new, &[(file, rule)], self.run).is_empty()
    }
}
