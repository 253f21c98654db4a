//! A plan in a file: what was asked for, the digest of everything that was read, and the digest of what each file becomes.
//!
//! The plan is not carried out from the file. It is made and proven again from the tree, and has to come out the same.
//! What a review decides is appended, a line for each decision: the last one on a stretch counts.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::apply::StaleFile;
use super::digest::digest;
use super::rule_files::RuleBytes;
use super::step::steps;
use super::top::Tree;
use crate::plan::{Stretch, Verdict, Verified};
use crate::project::{Content, Loaded, Project};
use crate::text::Span;

/// Raised when a plan means something else than before.
const FORMAT: u32 = 1;

/// What was asked for when the plan was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// PATH, relative to the tree.
    pub path: String,
    /// `--rules`: relative to the tree, or absolute where they lie outside.
    pub rules: Vec<String>,
    pub roots: Vec<String>,
    pub excludes: Vec<String>,
    pub safety: String,
}

/// Digests of all that a plan depends on, by path: `rule file …` for rules.
pub type Digests = BTreeMap<String, String>;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedPlan {
    pub asked: Asked,
    pub read: Digests,
    /// What each file becomes, by path: a digest; `None` if it goes.
    pub changes: BTreeMap<String, Option<String>>,
    /// What a review has decided so far.
    pub verdicts: Verdicts,
}

/// Decisions on stretches of the change.
pub type Verdicts = BTreeMap<Stretch, Verdict>;

/// Why a plan cannot be saved, or is not followed.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    #[error("`{file}` exists and is no saved plan")]
    InTheWay { file: String },
    #[error("cannot {action} `{file}`: {cause}")]
    File { action: &'static str, file: String, cause: io::Error },
    #[error("`{file}` is no saved plan: {why}")]
    Damaged { file: String, why: String },
    #[error("the tree changed since the plan was saved")]
    Stale { files: Vec<StaleFile> },
    #[error("the plan does not come out as it was saved")]
    Another { files: Vec<StaleFile> },
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "lowercase")]
enum Line {
    Plan {
        format: u32,
        version: String,
        asked: Asked,
    },
    Read {
        path: String,
        digest: String,
    },
    Change {
        path: String,
        digest: Option<String>,
    },
    End {
        lines: usize,
    },
    /// No verdict: it is taken back.
    Decided {
        path: String,
        start: usize,
        end: usize,
        becomes: Option<String>,
        verdict: Option<Verdict>,
    },
}

/// Digests of what was read of the tree, and of the rules.
pub fn digests(files: &[Loaded], rules: &[RuleBytes]) -> Digests {
    let of_file = |file: &Loaded| {
        let digest = match &file.content {
            Content::Bytes(bytes) => digest(bytes),
            Content::Unread { why, mentions } => digest(format!("{why} {mentions:?}").as_bytes()),
            Content::Shelved(shelved) => match shelved.shelf.bytes(&file.path) {
                Ok(bytes) => digest(&bytes),
                Err(why) => digest(why.as_bytes()),
            },
            Content::Counted(count) => format!("{count} mentions"),
        };
        (file.path.clone(), digest)
    };
    let mut digests: Digests = files.par_iter().map(of_file).collect();
    digests.extend(rules.iter().map(|rule| (format!("rule file {}", rule.name), digest(&rule.bytes))));
    digests
}

/// What a proven plan makes of each file, for [`SavedPlan::changes`].
pub fn outcome(verified: &Verified, project: &Project) -> BTreeMap<String, Option<String>> {
    let steps = steps(verified.plan(), project);
    steps.iter().map(|step| (step.path().to_owned(), step.after().map(digest))).collect()
}

impl SavedPlan {
    /// Writes the plan, whole or not at all. A file that is no plan is not written over.
    pub fn save(&self, file: &Path) -> Result<(), PlanError> {
        let shown = || file.display().to_string();
        let failed = |cause| PlanError::File { action: "write", file: shown(), cause };
        if fs::symlink_metadata(file).is_ok() && Self::load(file).is_err() {
            return Err(PlanError::InTheWay { file: shown() });
        }
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let new = tempfile::NamedTempFile::new_in(folder);
        let mut new = new.map_err(|error| failed(error.kind().into()))?;
        new.write_all(&self.to_bytes()).and_then(|()| new.as_file().sync_all()).map_err(failed)?;
        new.persist(file).map_err(|error| failed(error.error))?;
        Ok(())
    }

    /// Adds decisions to the file of a plan, all or none; `None` takes one back.
    pub fn append(file: &Path, decisions: &[(&Stretch, Option<Verdict>)]) -> Result<(), PlanError> {
        let mut bytes = Vec::new();
        for (stretch, verdict) in decisions {
            push_line(&mut bytes, &decided(stretch, *verdict));
        }
        let appended = || fs::OpenOptions::new().append(true).open(file)?.write_all(&bytes);
        appended().map_err(|cause| PlanError::File { action: "write", file: file.display().to_string(), cause })
    }

    pub fn load(file: &Path) -> Result<Self, PlanError> {
        let shown = || file.display().to_string();
        let bytes = fs::read(file).map_err(|cause| PlanError::File { action: "read", file: shown(), cause })?;
        Self::from_bytes(&bytes).map_err(|why| PlanError::Damaged { file: shown(), why })
    }

    fn to_bytes(&self) -> Vec<u8> {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let head = Line::Plan { format: FORMAT, version, asked: self.asked.clone() };
        let read = self.read.iter().map(|(path, digest)| Line::Read { path: path.clone(), digest: digest.clone() });
        let changes = self.changes.iter();
        let changes = changes.map(|(path, digest)| Line::Change { path: path.clone(), digest: digest.clone() });
        let end = Line::End { lines: 1 + self.read.len() + self.changes.len() };
        let mut bytes = Vec::new();
        let decided = self.verdicts.iter().map(|(stretch, verdict)| decided(stretch, Some(*verdict)));
        for line in std::iter::once(head).chain(changes).chain(read).chain([end]).chain(decided) {
            push_line(&mut bytes, &line);
        }
        bytes
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let text = str::from_utf8(bytes).map_err(|error| error.to_string())?;
        let mut plan = Self::default();
        let mut is_whole = false;
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let number = index + 1;
            if is_whole && !line.ends_with('\n') {
                // The review was cut off in the middle of its last decision.
                break;
            }
            let line = serde_json::from_str(line).map_err(|error| format!("line {number}: {error}"))?;
            match line {
                Line::Plan { format: FORMAT, asked, .. } if index == 0 => plan.asked = asked,
                Line::Plan { format, .. } if index == 0 => return Err(format!("format {format} is not known")),
                Line::Read { path, digest } if index > 0 => drop(plan.read.insert(path, digest)),
                Line::Change { path, digest } if index > 0 => drop(plan.changes.insert(path, digest)),
                Line::End { lines } if lines == index => is_whole = true,
                Line::Decided { path, start, end, becomes, verdict } if is_whole && start <= end && is_offset(end) => {
                    let stretch = Stretch { path, span: Span::new(start, end), becomes };
                    match verdict {
                        Some(verdict) => plan.verdicts.insert(stretch, verdict),
                        None => plan.verdicts.remove(&stretch),
                    };
                }
                _ => return Err(format!("line {number} is out of place")),
            }
        }
        if is_whole { Ok(plan) } else { Err("the last line is missing".to_owned()) }
    }

    /// The decisions on files that are the same in another state of the tree.
    pub fn verdicts_in(self, now: &Digests) -> Verdicts {
        let mut verdicts = self.verdicts;
        verdicts.retain(|stretch, _| self.read.get(&stretch.path) == now.get(&stretch.path));
        verdicts
    }

    /// Whether what is read now is what the plan was made from. The file of the plan itself does not count.
    pub fn compare_read(&self, now: &Digests, tree: &Tree, file: &Path) -> Result<(), PlanError> {
        let file = fs::canonicalize(file).unwrap_or_default();
        let itself = |path: &str| tree.top.join(path) == file;
        let mut files = Vec::new();
        for path in self.read.keys().chain(now.keys().filter(|path| !self.read.contains_key(*path))) {
            let why = match (self.read.get(path), now.get(path)) {
                (Some(then), Some(now)) if then == now => continue,
                _ if itself(path) => continue,
                (_, None) => "it is gone, or no longer mentions the rules' names",
                (None, _) => "it is new, or mentions the rules' names now",
                _ => "its content is another",
            };
            files.push(StaleFile { path: path.clone(), why: why.to_owned() });
        }
        if files.is_empty() { Ok(()) } else { Err(PlanError::Stale { files }) }
    }

    /// Whether the plan comes out as it was saved.
    pub fn compare_outcome(&self, now: &BTreeMap<String, Option<String>>) -> Result<(), PlanError> {
        let paths = self.changes.keys().chain(now.keys().filter(|path| !self.changes.contains_key(*path)));
        let others = paths.filter(|path| self.changes.get(*path) != now.get(*path));
        let why = |path: &String| StaleFile { path: path.clone(), why: "would become something else now".to_owned() };
        let files: Vec<_> = others.map(why).collect();
        if files.is_empty() { Ok(()) } else { Err(PlanError::Another { files }) }
    }
}

fn decided(stretch: &Stretch, verdict: Option<Verdict>) -> Line {
    let Stretch { path, span, becomes } = stretch.clone();
    Line::Decided { path, start: span.start(), end: span.end(), becomes, verdict }
}

/// Whether a file can be so long.
fn is_offset(end: usize) -> bool {
    u32::try_from(end).is_ok()
}

fn push_line(bytes: &mut Vec<u8>, line: &Line) {
    serde_json::to_writer(&mut *bytes, line).expect("strings and numbers are JSON");
    bytes.push(b'\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> SavedPlan {
        let read = [("a.py", "1"), ("b.py", "2")].map(|(path, digest)| (path.to_owned(), digest.to_owned()));
        SavedPlan {
            asked: Asked::default(),
            read: read.into(),
            changes: [("a.py".to_owned(), None)].into(),
            ..SavedPlan::default()
        }
    }

    #[test]
    fn a_plan_is_read_as_it_was_written_and_a_cut_one_is_none() {
        let bytes = plan().to_bytes();
        assert_eq!(SavedPlan::from_bytes(&bytes).unwrap(), plan());
        for end in 0..bytes.len() - 1 {
            assert!(SavedPlan::from_bytes(&bytes[..end]).is_err(), "{end}");
        }
    }

    #[test]
    fn the_last_decision_on_a_stretch_counts_and_a_cut_one_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.plan");
        plan().save(&file).unwrap();
        let stretch = |start| Stretch { path: "a.py".to_owned(), span: Span::new(start, 9), becomes: None };
        let decide = |start, verdict| SavedPlan::append(&file, &[(&stretch(start), verdict)]).unwrap();
        decide(0, Some(Verdict::Accept));
        decide(4, Some(Verdict::Accept));
        decide(0, Some(Verdict::Leave));
        decide(4, None);
        let mut far = fs::read(&file).unwrap();
        push_line(
            &mut far,
            &Line::Decided { path: "a.py".into(), start: 0, end: 1 << 32, becomes: None, verdict: None },
        );
        assert!(SavedPlan::from_bytes(&far).is_err());
        let verdicts: Verdicts = [(stretch(0), Verdict::Leave)].into();
        assert_eq!(SavedPlan::load(&file).unwrap().verdicts, verdicts);
        let bytes = fs::read(&file).unwrap();
        decide(0, Some(Verdict::Accept));
        for end in bytes.len()..fs::read(&file).unwrap().len() - 1 {
            assert_eq!(SavedPlan::from_bytes(&fs::read(&file).unwrap()[..end]).unwrap().verdicts, verdicts);
        }
    }

    #[test]
    fn what_is_no_plan_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("notes.txt");
        fs::write(&file, "mine").unwrap();
        assert!(matches!(plan().save(&file), Err(PlanError::InTheWay { .. })));
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
        let file = folder.path().join("a.plan");
        plan().save(&file).unwrap();
        plan().save(&file).unwrap();
        assert_eq!(SavedPlan::load(&file).unwrap(), plan());
    }

    #[test]
    fn every_difference_is_listed() {
        let tree = Tree { top: "/".into(), inside: String::new(), is_repository: false };
        let now = [("a.py", "x"), ("c.py", "3")].map(|(path, digest)| (path.to_owned(), digest.to_owned()));
        let Err(PlanError::Stale { files }) = plan().compare_read(&now.into(), &tree, Path::new("p")) else { panic!() };
        assert_eq!(files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(), ["a.py", "b.py", "c.py"]);
        assert!(plan().compare_read(&plan().read, &tree, Path::new("p")).is_ok());
        assert!(plan().compare_outcome(&plan().changes).is_ok());
        assert!(plan().compare_outcome(&BTreeMap::new()).is_err());
    }
}
