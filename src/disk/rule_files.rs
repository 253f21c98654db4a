//! Rule files and where they are looked for. What is in them is another floor's business.

use std::fs;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;

use super::top::{ReadError, Tree};

/// A rule file as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleBytes {
    /// As people would name it: as given on the command line, or relative to the tree.
    pub name: String,
    pub bytes: Vec<u8>,
    /// Somebody named this very file, not a folder that it lies in.
    pub is_named: bool,
}

/// The files that `--rules` names: a file is taken as it is, of a folder every `.toml` in it and below, sorted.
pub fn named_rule_files(paths: &[PathBuf]) -> Result<Vec<RuleBytes>, ReadError> {
    let mut files = Vec::new();
    for path in paths {
        let metadata = fs::metadata(path).map_err(|cause| ReadError::path(path, cause))?;
        if metadata.is_dir() {
            files.extend(files_of_folder(path)?);
        } else {
            files.push(RuleBytes { is_named: true, ..rule_bytes(path)? });
        }
    }
    Ok(files)
}

/// The rules of the nearest folder, from the PATH that was asked for up to the tree's top, that has any.
///
/// A folder has rules if `rules/` in it holds a TOML file with `[[rule]]`, or if its `pyproject.toml` lists some:
/// `listed` reads the paths under `[tool.unshim] rules` off that file's name and bytes. No folder has any: the result
/// is empty.
pub fn default_rule_files<E: From<ReadError>>(
    tree: &Tree,
    listed: impl Fn(&str, &[u8]) -> Result<Option<Vec<String>>, E>,
) -> Result<Vec<RuleBytes>, E> {
    let asked = tree.top.join(&tree.inside);
    for folder in asked.ancestors().take_while(|folder| folder.starts_with(&tree.top)) {
        let default = folder.join("rules");
        let mut files = if default.is_dir() { files_of_folder(&default)? } else { Vec::new() };
        if !files.iter().any(|file| holds_rule(&file.bytes)) {
            files.clear();
        }
        if let Some(project) = project_file(folder)? {
            let paths = listed(&relative(tree, Path::new(&project.name)), &project.bytes)?.unwrap_or_default();
            let paths: Vec<PathBuf> = paths.iter().map(|path| folder.join(path)).collect();
            files.extend(named_rule_files(&paths)?);
        }
        let mut seen = FxHashSet::default();
        files.retain(|file| seen.insert(file.name.clone()));
        if !files.is_empty() {
            files.iter_mut().for_each(|file| file.name = relative(tree, Path::new(&file.name)));
            return Ok(files);
        }
    }
    Ok(Vec::new())
}

/// Whether a line opens a rule.
fn holds_rule(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.lines().map(|line| line.replace([' ', '\t'], ""));
    lines.any(|line| line.starts_with("[[rule]]") || line.starts_with("rule=["))
}

/// The `pyproject.toml` of a folder, if there is one.
fn project_file(folder: &Path) -> Result<Option<RuleBytes>, ReadError> {
    let path = folder.join("pyproject.toml");
    if path.is_file() { rule_bytes(&path).map(Some) } else { Ok(None) }
}

fn files_of_folder(folder: &Path) -> Result<Vec<RuleBytes>, ReadError> {
    toml_files_below(folder)?.iter().map(|path| rule_bytes(path)).collect()
}

/// Every `.toml` file in a folder and below, sorted. Links to folders are not followed.
fn toml_files_below(folder: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let failed = |cause| ReadError::path(&folder, cause);
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let path = entry.path();
            if entry.file_type().map_err(failed)?.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn rule_bytes(path: &Path) -> Result<RuleBytes, ReadError> {
    let bytes = fs::read(path).map_err(|cause| ReadError::path(path, cause))?;
    Ok(RuleBytes { name: path.display().to_string(), bytes, is_named: false })
}

fn relative(tree: &Tree, path: &Path) -> String {
    path.strip_prefix(&tree.top).unwrap_or(path).display().to_string()
}
