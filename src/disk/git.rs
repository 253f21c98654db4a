//! Questions to the `git` program: plumbing only, and nothing that a foreign repository could make it run.

use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// Git could not be asked.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    #[error("cannot run `git`: {0}")]
    Run(#[from] io::Error),
    #[error("`git {command}` failed: {message}")]
    Failed { command: String, message: String },
}

/// A repository whose monitors, hooks and filters stay switched off.
#[derive(Debug)]
pub(super) struct Git<'t> {
    top: &'t Path,
    /// Settings of higher rank than all configuration files.
    overrides: Vec<(String, String)>,
}

impl<'t> Git<'t> {
    /// For questions about names only, which look at no file's content.
    pub(super) fn for_names(top: &'t Path) -> Self {
        let overrides =
            [("core.fsmonitor", "false"), ("core.hooksPath", "/dev/null"), ("core.untrackedCache", "false")];
        Self { top, overrides: overrides.map(|(key, value)| (key.to_owned(), value.to_owned())).into() }
    }

    /// What git prints; an error if it fails.
    pub(super) fn ask(&self, arguments: &[&str]) -> Result<Vec<u8>, GitError> {
        let output = self.command(arguments).stdin(Stdio::null()).output()?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let message = String::from_utf8_lossy(&output.stderr).trim().replace('\n', "; ");
        Err(GitError::Failed { command: arguments.first().copied().unwrap_or_default().to_owned(), message })
    }

    fn command(&self, arguments: &[impl AsRef<OsStr>]) -> Command {
        let mut command = Command::new("git");
        for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_CONFIG_PARAMETERS"] {
            command.env_remove(variable);
        }
        command.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_NO_LAZY_FETCH", "1").env("LC_ALL", "C");
        command.env("GIT_CONFIG_COUNT", self.overrides.len().to_string());
        for (index, (key, value)) in self.overrides.iter().enumerate() {
            command.env(format!("GIT_CONFIG_KEY_{index}"), key).env(format!("GIT_CONFIG_VALUE_{index}"), value);
        }
        command.arg("--literal-pathspecs").arg("-C").arg(self.top).args(arguments);
        command
    }
}

/// The fields of an answer that was asked for with `-z`. Those that are not UTF-8 are left out.
pub(super) fn fields(answer: &[u8]) -> Vec<String> {
    let fields = answer.split(|&byte| byte == 0).filter(|field| !field.is_empty());
    fields.filter_map(|field| String::from_utf8(field.to_vec()).ok()).collect()
}
