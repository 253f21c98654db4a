//! `unshim demo`: writes a small project and walks through the commands on it, each with its real output.

mod files;
mod log;

use std::path::Path;

use super::arguments::{self, Apply, Check, Demo, Diff, OutputFormat};
use super::failure::Failure;
use super::progress::Progress;
use super::session::{Outcome, Session};
use super::{apply, check, diff, flow};
use crate::disk::DemoFolder;
use crate::report::{self, Detail, counted};

/// The file whose diff is shown in full: the one with the swapped names.
const SWAPPED: &str = "harbor/api.py";

pub(super) fn run(demo: &Demo, session: &mut Session) -> Result<Outcome, Failure> {
    let place = match &demo.folder {
        Some(folder) => DemoFolder::kept(&session.folder.join(folder))?,
        None => DemoFolder::temporary()?,
    };
    let files: Vec<_> = files::PROJECT.iter().copied().chain([files::RULES]).collect();
    place.write(&files)?;
    let has_git = place.commit().is_ok();
    let mut walk = Walk { session, folder: place.path(), allow_no_vcs: !has_git };
    walk.run(files.len())?;
    let last = match &demo.folder {
        Some(folder) => {
            format!("cd {}, and `git diff` shows what was done", report::shown_path(&folder.to_string_lossy()))
        }
        None => "`unshim demo FOLDER` keeps the project to look around in".to_owned(),
    };
    writeln!(session.out, "\nNext: {last}")?;
    Ok(Outcome::Done)
}

/// The way through the project in `folder`.
struct Walk<'a, 's> {
    session: &'a mut Session<'s>,
    folder: &'a Path,
    allow_no_vcs: bool,
}

impl Walk<'_, '_> {
    fn run(&mut self, files: usize) -> Result<(), Failure> {
        self.say(&format!("A harbour of {}. Its start-up log complains of eleven classes.", counted(files, "file")))?;
        self.names_in_log()?;
        self.say("Three of the objects have a canonical name in rules/demo.toml. Who goes through another one?")?;
        self.command("unshim check -q", |session| check::run(&all_findings(), session), Detail::Quiet)?;
        self.say("What would change?")?;
        self.command("unshim diff --stat", |session| diff::run(&preview(Form::Stat), session), Detail::Normal)?;
        self.say("One file of it: two names are swapped, and the canonical one is taken. Identity decides.")?;
        self.swapped_file()?;
        self.say("All or nothing.")?;
        let apply = Apply { path: ".".into(), allow_dirty: false, allow_no_vcs: self.allow_no_vcs };
        self.command("unshim apply", |session| apply::run(&apply, session), Detail::Normal)?;
        self.say("A second run changes nothing; what a string holds is still there, and still reported.")?;
        self.command("unshim diff", |session| diff::run(&preview(Form::Whole), session), Detail::Normal)?;
        self.command("unshim check -q", |session| check::run(&all_findings(), session), Detail::Quiet)
    }

    fn say(&mut self, sentence: &str) -> Result<(), Failure> {
        let heading = self.session.screen.palette.heading;
        Ok(writeln!(self.session.out, "\n{heading}{sentence}{heading:#}")?)
    }

    fn names_in_log(&mut self) -> Result<(), Failure> {
        let session = &mut self.nested(Detail::Normal);
        let input = flow::read(Path::new("."), session)?;
        Ok(log::write(files::LOG, &input.world, &session.screen, session.out)?)
    }

    fn swapped_file(&mut self) -> Result<(), Failure> {
        let session = &mut self.nested(Detail::Normal);
        let proven = flow::prove(Path::new("."), session)?;
        Ok(report::diff::write_file(&proven.view(), SWAPPED, &session.screen, session.out)?)
    }

    /// Shows a command line and runs what it stands for.
    fn command(
        &mut self,
        line: &str,
        run: impl FnOnce(&mut Session) -> Result<Outcome, Failure>,
        detail: Detail,
    ) -> Result<(), Failure> {
        let faint = self.session.screen.palette.faint;
        writeln!(self.session.out, "{faint}$ {line}{faint:#}")?;
        run(&mut self.nested(detail)).map(|_| ())
    }

    /// The surroundings of a command that is called in the project.
    fn nested(&mut self, detail: Detail) -> Session<'_> {
        let screen = report::Screen { detail, ..self.session.screen };
        let folder = self.folder.to_owned();
        Session { global: self.session.global, folder, out: self.session.out, screen, progress: Progress::hidden() }
    }
}

/// What `unshim diff` is asked to show.
enum Form {
    Whole,
    Stat,
}

fn preview(form: Form) -> Diff {
    Diff { path: ".".into(), stat: matches!(form, Form::Stat), exit_code: false, output_format: OutputFormat::Text }
}

fn all_findings() -> Check {
    Check { path: ".".into(), output_format: arguments::OutputFormat::Text }
}
