//! A journal of any stage over a tree in any state: `apply` and `undo` find it, and lose nothing.

use std::fs;
use std::path::Path;

use serde_json::json;
use tempfile::TempDir;
use unshim::disk::{Ledger, Tree as Top, open_change, past, recover, undo};

use super::super::input;
use crate::case::{Tree, read_tree, write_tree};

/// Between what a file was and what it becomes.
const BETWEEN: u8 = 0x1f;
/// What somebody else has written.
const FOREIGN: &[u8] = b"somebody's own";
const STAGES: [&str; 4] = ["open", "open", "sealed", "done"];
const FOLDER: &str = ".git/unshim";

pub(crate) fn broken(bytes: &[u8]) -> Vec<String> {
    let (head, files) = input::read(bytes);
    match head.split_first() {
        Some((b'r', journal)) => any_text(journal, &files),
        Some((byte, _)) => {
            let entries: Vec<Entry> = files.iter().filter_map(Entry::new).collect();
            any_state(STAGES[usize::from(*byte) % STAGES.len()], &entries)
        }
        None => Vec::new(),
    }
}

/// A folder with a tree in it, and a file beside the tree that nobody may touch.
struct Place(TempDir);

impl Place {
    fn new(files: &Tree, stage: &str, journal: &[u8]) -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        fs::write(place.0.path().join("outside"), "outside").unwrap();
        fs::create_dir_all(place.top().join(FOLDER)).unwrap();
        write_tree(&place.top(), files);
        fs::write(place.top().join(format!("{FOLDER}/000001-0123abcd.{stage}.jsonl")), journal).unwrap();
        place
    }

    fn top(&self) -> std::path::PathBuf {
        self.0.path().join("tree")
    }

    fn ledger(&self) -> Ledger {
        Ledger::locked(&Top::around(&self.top()).unwrap()).unwrap()
    }

    fn files(&self) -> Tree {
        let mut files = read_tree(&self.top());
        files.retain(|path, _| !path.starts_with(".git/"));
        files
    }

    /// What must hold whatever the journal says.
    fn broken(&self) -> Vec<String> {
        let outside = fs::read(self.0.path().join("outside")).ok();
        let is_intact = outside.as_deref() == Some(b"outside") && fs::read_dir(self.0.path()).unwrap().count() == 2;
        if is_intact { Vec::new() } else { vec!["law 8: something outside of the tree was written".to_owned()] }
    }
}

/// A journal of which every byte may be wrong.
fn any_text(journal: &[u8], files: &Tree) -> Vec<String> {
    let mut broken = Vec::new();
    for stage in ["open", "sealed", "done"] {
        let place = Place::new(files, stage, journal);
        let before = place.files();
        let tree = Top::around(&place.top()).unwrap();
        drop((open_change(&tree), past(&tree)));
        if place.files() != before {
            broken.push("a reading command writes".to_owned());
        }
        let ledger = place.ledger();
        let is_recovered = recover(&ledger).is_ok();
        drop(undo(&ledger, None));
        let is_named = |path: &str| {
            String::from_utf8_lossy(journal).contains(Path::new(path).file_name().unwrap().to_str().unwrap())
        };
        let lost = before.iter().find(|(path, bytes)| place.files().get(*path) != Some(bytes) && !is_named(path));
        broken.extend(
            lost.map(|(path, _)| format!("{path} is lost, of which the journal says nothing ({is_recovered})")),
        );
        broken.extend(place.broken());
    }
    broken
}

/// One file of a change, and what lies on the disk for it.
struct Entry {
    path: String,
    beside: String,
    old: Option<Vec<u8>>,
    new: Option<Vec<u8>>,
    /// What lies at the path, under the temporary name, and under the third one.
    found: [Option<Vec<u8>>; 3],
}

impl Entry {
    fn new((path, content): (&String, &Vec<u8>)) -> Option<Self> {
        let (states, contents) = content.split_at_checked(4)?;
        let mut sides = contents.splitn(2, |byte| *byte == BETWEEN).map(<[u8]>::to_vec);
        let (old, new) = (sides.next(), sides.next());
        let (old, new) = match states[0] % 4 {
            0 => (None, old),
            1 => (old, None),
            _ => (old.clone(), new.or(old)),
        };
        let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let beside = format!("{folder}.unshim-1-{}", blake3::hash(path.as_bytes()).to_hex());
        let found = [1, 2, 3].map(|at| match states[at] % 6 {
            0 => old.clone(),
            1 => new.clone(),
            2 => None,
            3 => Some(Vec::new()),
            4 => new.clone().map(|bytes| bytes[..bytes.len() / 2].to_vec()),
            _ => Some(FOREIGN.to_vec()),
        });
        Some(Self { path: path.clone(), beside, old, new, found })
    }

    fn names(&self) -> [String; 3] {
        [self.path.clone(), self.beside.clone(), format!("{}-", self.beside)]
    }

    fn line(&self) -> serde_json::Value {
        let digest = |side: &Option<Vec<u8>>| side.as_ref().map(|bytes| blake3::hash(bytes).to_hex().to_string());
        let hex = |bytes: &Vec<u8>| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let (old, new) = (digest(&self.old), digest(&self.new));
        let mut line =
            json!({"line": "file", "path": self.path, "beside": self.beside, "mode": null, "old": old, "new": new});
        if let Some(bytes) = &self.old {
            line["hex"] = hex(bytes).into();
        }
        line
    }

    /// Whether what lies at the path is on neither side, and is not the gap of an exchange in steps.
    fn is_strange(&self) -> bool {
        let [now, _, third] = &self.found;
        let is_old_file =
            |bytes: &Vec<u8>| Some(bytes) == self.old.as_ref() || Some(bytes) != self.new.as_ref() && !bytes.is_empty();
        let is_between = self.new.is_some() && self.old.is_some() && third.as_ref().is_some_and(is_old_file);
        *now != self.old && *now != self.new && !(now.is_none() && is_between)
    }
}

/// A journal that is whole, over a tree that may be anything.
fn any_state(stage: &str, entries: &[Entry]) -> Vec<String> {
    let mut files = Tree::new();
    for entry in entries {
        files.extend(
            entry.names().into_iter().zip(entry.found.clone()).filter_map(|(name, found)| Some((name, found?))),
        );
    }
    let place = Place::new(&files, stage, &journal_of(entries));
    let before = place.files();
    let ledger = place.ledger();
    let (is_done, what) = match stage {
        "done" => (undo(&ledger, None).map_err(|error| error.to_string()).map(drop), "undo"),
        _ => (recover(&ledger).map_err(|error| error.to_string()).map(drop), "recovery"),
    };
    let after = place.files();
    let mut broken = place.broken();
    match is_done {
        Err(told) => {
            if after != before {
                broken.push(format!("law 7: {what} refuses ({told}) and has written"));
            }
            let is_right = match stage {
                "done" => entries
                    .iter()
                    .any(|entry| entry.found[0] != entry.new || entry.old.is_none() && entry.new.is_none()),
                "sealed" => false,
                _ => entries.iter().any(Entry::is_strange),
            };
            if !is_right {
                broken.push(format!("{what} refuses without a reason: {told}"));
            }
        }
        Ok(()) => broken.extend(entries.iter().filter_map(|entry| loss(entry, stage, &after))),
    }
    broken
}

/// The journal of the change that these files tell of.
#[cfg(test)]
pub(crate) fn written(files: &Tree) -> Vec<u8> {
    journal_of(&files.iter().filter_map(Entry::new).collect::<Vec<_>>())
}

fn journal_of(entries: &[Entry]) -> Vec<u8> {
    let head = json!({"line": "apply", "format": 1, "id": "0123abcd", "time": 0, "tree": "", "rules": [],
        "edited": 0, "deleted": 0, "created": 0});
    let end = json!({"line": "end", "lines": entries.len() + 1});
    let lines = std::iter::once(head).chain(entries.iter().map(Entry::line)).chain([end]);
    lines.flat_map(|line| format!("{line}\n").into_bytes()).collect()
}

/// What is wrong with a file after its change was ended.
fn loss(entry: &Entry, stage: &str, after: &Tree) -> Option<String> {
    let [path, beside, third] = entry.names();
    let now = after.get(&path).cloned();
    // An editor that held the old file open may have written to it under its other name.
    let by_hand = || entry.found[1..].iter().flatten().any(|found| Some(found) == now.as_ref() && !found.is_empty());
    let is_right = match stage {
        "sealed" => now == entry.found[0],
        "open" => now == entry.old || entry.old.is_some() && by_hand(),
        _ => now == entry.old,
    };
    if !is_right {
        return Some(format!("law 7: {path} was {:?} and is {now:?} ({stage})", entry.found));
    }
    let is_left = stage != "done" && (after.contains_key(&beside) || after.contains_key(&third));
    is_left.then(|| format!("law 7: a temporary name beside {path} is left"))
}
