//! `unshim demo`: writes a small project and walks through the commands on it, each with its real output.

mod files;
mod walk;

use super::arguments::{Demo, Global};
use super::failure::Failure;
use super::session::{Outcome, Session};
use crate::disk::DemoFolder;
use crate::report::{counted, shown_path};
use walk::Walk;

pub(super) fn run(demo: &Demo, session: &mut Session) -> Result<Outcome, Failure> {
    session.progress.end();
    let place = match &demo.folder {
        Some(folder) => DemoFolder::kept(&session.folder.join(folder))?,
        None => DemoFolder::temporary()?,
    };
    let files: Vec<_> = files::PROJECT.iter().copied().chain([files::RULES]).collect();
    place.write(&files)?;
    let has_git = place.commit().is_ok();
    let global = Global { rules: Vec::new(), root: Vec::new(), exclude: Vec::new(), ..session.global.clone() };
    let mut walk = Walk { global: &global, folder: place.path(), has_git, screen: session.screen, out: session.out };
    walk.say(&format!("A harbour of {}. Its start-up log complains of eleven classes.", counted(files.len(), "file")))?;
    walk.along()?;
    let last = match &demo.folder {
        Some(folder) => format!("cd {}, and `git diff` shows what was done", shown_path(&folder.to_string_lossy())),
        None => "`unshim demo FOLDER` keeps the project to look around in".to_owned(),
    };
    writeln!(session.out, "\nNext: {last}")?;
    Ok(Outcome::Done)
}
