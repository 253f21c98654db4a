//! The way through the demo's project: a sentence, a command line, and what the command says.

use std::io::Write;
use std::path::Path;

use super::files;
use crate::cli::arguments::{Apply, Audit, Check, Diff, FindingFormat, Global, OutputFormat};
use crate::cli::failure::Failure;
use crate::cli::progress::Progress;
use crate::cli::session::{Outcome, Session};
use crate::cli::{apply, audit, check, diff, flow};
use crate::report::{self, Detail, Screen};

/// The file whose diff is shown in full: the one with the swapped names.
const SWAPPED: &str = "harbor/api.py";

pub(super) struct Walk<'a> {
    pub(super) global: &'a Global,
    pub(super) folder: &'a Path,
    /// The project is committed, as `apply` wants it.
    pub(super) has_git: bool,
    pub(super) screen: Screen,
    pub(super) out: &'a mut dyn Write,
}

impl Walk<'_> {
    pub(super) fn along(&mut self) -> Result<(), Failure> {
        let whole = || Diff {
            path: ".".into(),
            stat: false,
            side_by_side: false,
            save_plan: None,
            html: None,
            exit_code: false,
            output_format: OutputFormat::Text,
        };
        let stat = Diff { stat: true, ..whole() };
        let findings = Check {
            path: ".".into(),
            baseline: None,
            write_baseline: false,
            since: None,
            no_cache: true,
            output_format: FindingFormat::Text,
        };
        let has_no_git = !self.has_git;
        let apply = Apply { path: ".".into(), allow_dirty: has_no_git, allow_no_vcs: has_no_git, ..Apply::default() };
        let (quiet, normal) = (Detail::Quiet, Detail::Normal);
        self.log()?;
        let log = Audit { path: ".".into(), log: Some("staging.log".into()), ..Audit::default() };
        self.command("unshim audit --log staging.log", normal, |session| audit::run(&log, session))?;
        self.say("Three of the objects have a canonical name in rules/demo.toml. Who goes through another one?")?;
        self.command("unshim check -q", quiet, |session| check::run(&findings, session))?;
        self.say("What would change?")?;
        self.command("unshim diff --stat", normal, |session| diff::run(&stat, session))?;
        self.say("One file of it: two names are swapped, and the canonical one is taken. Identity decides.")?;
        self.swapped_file()?;
        self.say("All or nothing.")?;
        self.command("unshim apply", normal, |session| apply::run(&apply, session))?;
        self.say("A second run changes nothing; what a string holds is still there, and still reported.")?;
        self.command("unshim diff", normal, |session| diff::run(&whole(), session))?;
        self.command("unshim check -q", quiet, |session| check::run(&findings, session))
    }

    pub(super) fn say(&mut self, sentence: &str) -> Result<(), Failure> {
        let heading = self.screen.palette.heading;
        Ok(writeln!(self.out, "\n{heading}{sentence}{heading:#}")?)
    }

    /// The log that it all begins with.
    fn log(&mut self) -> Result<(), Failure> {
        let faint = self.screen.palette.faint;
        Ok(writeln!(self.out, "{faint}{}{faint:#}", files::LOG.trim_end())?)
    }

    fn swapped_file(&mut self) -> Result<(), Failure> {
        let session = &mut self.session(Detail::Normal);
        let proven = flow::prove(Path::new("."), session)?;
        Ok(report::diff::write_file(&proven.view(), SWAPPED, &session.screen, session.out)?)
    }

    /// Shows a command line and runs what it stands for.
    fn command(
        &mut self,
        line: &str,
        detail: Detail,
        run: impl FnOnce(&mut Session) -> Result<Outcome, Failure>,
    ) -> Result<(), Failure> {
        let faint = self.screen.palette.faint;
        writeln!(self.out, "{faint}$ {line}{faint:#}")?;
        run(&mut self.session(detail)).map(|_| ())
    }

    /// The surroundings of a command that is called in the project.
    fn session(&mut self, detail: Detail) -> Session<'_> {
        let screen = Screen { detail, ..self.screen };
        let folder = self.folder.to_owned();
        Session { global: self.global, folder, out: self.out, screen, progress: Progress::hidden() }
    }
}
