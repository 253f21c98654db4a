//! Questions to the `git` program: plumbing only, and nothing that a foreign repository could make it run.

use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Git could not be asked.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    #[error("cannot run `git`: {0}")]
    Run(#[from] io::Error),
    #[error("`git {command}` failed: {message}")]
    Failed { command: String, message: String },
}

impl GitError {
    /// Another git holds a lock that this one wanted.
    pub(super) fn is_about_a_lock(&self) -> bool {
        matches!(self, GitError::Failed { message, .. } if message.contains(".lock") && message.contains("exists"))
    }
}

/// What a git that has called us, as for a hook, says of its own repository, and how names are meant. git(1)
const OF_THE_CALLER: [&str; 20] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_QUARANTINE_PATH",
    "GIT_PREFIX",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_NAMESPACE",
    "GIT_SHALLOW_FILE",
    "GIT_GRAFT_FILE",
    "GIT_REPLACE_REF_BASE",
    "GIT_ATTR_SOURCE",
    "GIT_CONFIG",
    "GIT_CONFIG_PARAMETERS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
];

/// A repository whose monitors, hooks and filters stay switched off.
#[derive(Clone, Debug)]
pub(super) struct Git<'t> {
    top: &'t Path,
    /// Another index than that of the work tree.
    index: Option<PathBuf>,
    /// Settings of higher rank than all configuration files.
    overrides: Vec<(String, String)>,
}

impl<'t> Git<'t> {
    /// For questions about names only, which look at no file's content.
    pub(super) fn for_names(top: &'t Path) -> Self {
        let overrides =
            [("core.fsmonitor", "false"), ("core.hooksPath", "/dev/null"), ("core.untrackedCache", "false")];
        Self { top, index: None, overrides: overrides.map(|(key, value)| (key.to_owned(), value.to_owned())).into() }
    }

    /// For questions that compare contents: every filter that the configuration names is taken out.
    pub(super) fn for_contents(top: &'t Path) -> Result<Self, GitError> {
        let mut git = Self::for_names(top);
        let names = git.ask_tolerantly(&["config", "-z", "--name-only", "--get-regexp", r"^filter\."])?;
        for name in fields(&names) {
            let value = if name.ends_with(".required") { "false" } else { "" };
            git.overrides.push((name, value.to_owned()));
        }
        Ok(git)
    }

    /// For making objects and references, each synced before the next one speaks of it.
    pub(super) fn for_objects(top: &'t Path) -> Self {
        let mut git = Self::for_names(top);
        let more = [
            ("core.fsync", "objects,reference"),
            ("i18n.commitEncoding", "UTF-8"),
            ("core.splitIndex", "false"),
            ("index.version", "2"),
        ];
        git.overrides.extend(more.map(|(key, value)| (key.to_owned(), value.to_owned())));
        git
    }

    pub(super) fn with_index(&self, index: PathBuf) -> Self {
        Self { index: Some(index), ..self.clone() }
    }

    /// The same git, called in another work tree.
    pub(super) fn in_folder<'f>(&self, top: &'f Path) -> Git<'f> {
        Git { top, index: self.index.clone(), overrides: self.overrides.clone() }
    }

    /// The one line that git prints.
    pub(super) fn line(&self, arguments: &[&str], input: &[u8]) -> Result<String, GitError> {
        Ok(String::from_utf8_lossy(&self.ask_with_input(arguments, input)?).trim().to_owned())
    }

    /// Gives each blob in turn: its size and content. One that the repository does not have, as in a partial clone, is an
    /// error: nobody knows what it holds.
    pub(super) fn each_blob(&self, hashes: &[&str], mut read: impl FnMut(u64, &mut dyn Read)) -> Result<(), GitError> {
        let input: String = hashes.iter().flat_map(|hash| [*hash, "\n"]).collect();
        let mut command = self.command(&["cat-file", "--batch", "--buffer"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let mut stdin = child.stdin.take().expect("the input is a pipe");
        let mut answers = BufReader::with_capacity(1 << 18, child.stdout.take().expect("the output is a pipe"));
        let given = std::thread::scope(|scope| {
            scope.spawn(move || stdin.write_all(input.as_bytes()).ok());
            hashes.iter().try_for_each(|_| one_blob(&mut answers, &mut read))
        });
        // A git that is not read to its end waits for ever.
        drop(answers);
        let status = child.wait()?;
        given?;
        if status.success() {
            return Ok(());
        }
        Err(GitError::Failed { command: "cat-file".to_owned(), message: status.to_string() })
    }

    /// What git prints; an error if it fails.
    pub(super) fn ask(&self, arguments: &[&str]) -> Result<Vec<u8>, GitError> {
        self.ask_with_input(arguments, &[])
    }

    /// What git prints, whether it succeeds or not: some commands fail to say that there is nothing.
    pub(super) fn ask_tolerantly(&self, arguments: &[&str]) -> Result<Vec<u8>, GitError> {
        Ok(self.command(arguments).stdin(Stdio::null()).output()?.stdout)
    }

    /// What git prints after it has read `input`.
    pub(super) fn ask_with_input(&self, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, GitError> {
        self.answer_and_warnings(arguments, input).map(|(answer, _)| answer)
    }

    /// The same, with what it says on standard error.
    pub(super) fn answer_and_warnings(&self, arguments: &[&str], input: &[u8]) -> Result<(Vec<u8>, String), GitError> {
        let mut child =
            self.command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let mut stdin = child.stdin.take().expect("the input is a pipe");
        let output = std::thread::scope(|scope| {
            // A git that stops early closes the pipe; its own message says why.
            scope.spawn(move || stdin.write_all(input).ok());
            child.wait_with_output()
        })?;
        let message = String::from_utf8_lossy(&output.stderr).trim().replace('\n', "; ");
        if output.status.success() {
            return Ok((output.stdout, message));
        }
        Err(GitError::Failed { command: arguments.first().copied().unwrap_or_default().to_owned(), message })
    }

    fn command(&self, arguments: &[impl AsRef<OsStr>]) -> Command {
        let mut command = Command::new("git");
        for variable in OF_THE_CALLER {
            command.env_remove(variable);
        }
        // A `.git` that is no repository shall not make git answer for one further up.
        if let Some(above) = self.top.parent() {
            command.env("GIT_CEILING_DIRECTORIES", above);
        }
        if let Some(index) = &self.index {
            command.env("GIT_INDEX_FILE", index);
        }
        command
            .env("GIT_NO_REPLACE_OBJECTS", "1")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_ALLOW_PROTOCOL", "none")
            .env("LC_ALL", "C");
        command.env("GIT_CONFIG_COUNT", self.overrides.len().to_string());
        for (index, (key, value)) in self.overrides.iter().enumerate() {
            command.env(format!("GIT_CONFIG_KEY_{index}"), key).env(format!("GIT_CONFIG_VALUE_{index}"), value);
        }
        command.arg("--literal-pathspecs").arg("-C").arg(self.top).args(arguments);
        command
    }
}

/// Reads `<hash> blob <size>`, the content, and the line's end.
fn one_blob(answers: &mut impl BufRead, read: &mut impl FnMut(u64, &mut dyn Read)) -> io::Result<()> {
    let mut head = String::new();
    answers.read_line(&mut head)?;
    let head = head.trim_end();
    let size = head.rsplit_once(' ').and_then(|(_, size)| size.parse().ok());
    let size = size.ok_or_else(|| io::Error::other(format!("`git cat-file` says `{head}` in place of a content")))?;
    let mut content = answers.take(size);
    read(size, &mut content);
    io::copy(&mut content, &mut io::sink())?;
    content.into_inner().read_exact(&mut [0])
}

/// The fields of an answer that was asked for with `-z`. Those that are not UTF-8 are left out.
pub(super) fn fields(answer: &[u8]) -> Vec<String> {
    let fields = answer.split(|&byte| byte == 0).filter(|field| !field.is_empty());
    fields.filter_map(|field| String::from_utf8(field.to_vec()).ok()).collect()
}
