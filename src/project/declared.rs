//! What configuration files say about where modules lie.

use toml::{Table, Value};

use crate::python::DottedName;

/// A folder in which a project keeps modules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Declared {
    /// As spelled, relative to the folder of the file that says so.
    pub(super) folder: String,
    /// The package that this folder *is*; `None` if packages lie in it.
    pub(super) package: Option<DottedName>,
}

/// Whether the layout of the tree depends on this file, whatever it mentions.
pub fn says_layout(name: &str) -> bool {
    matches!(
        name,
        "pyproject.toml" | "setup.cfg" | "pytest.ini" | ".pytest.ini" | "tox.ini" | "ruff.toml" | ".ruff.toml"
    )
}

/// What the configuration file called `name` declares. A file that cannot be read as its format declares nothing.
pub(super) fn declared_in_configuration(name: &str, text: &str) -> Vec<Declared> {
    match name {
        "pyproject.toml" => text.parse::<Table>().map(|table| in_pyproject(&table)).unwrap_or_default(),
        "setup.cfg" => {
            let mut declared = in_folders(ini_values(text, "options.packages.find", "where"));
            declared.extend(ini_values(text, "options", "package_dir").iter().filter_map(|line| {
                let (package, folder) = line.split_once('=')?;
                Some(package_at(package.trim(), folder.trim()))
            }));
            declared.extend(in_folders(words(ini_values(text, "tool:pytest", "pythonpath"))));
            declared
        }
        "pytest.ini" | ".pytest.ini" | "tox.ini" => in_folders(words(ini_values(text, "pytest", "pythonpath"))),
        _ => Vec::new(),
    }
}

/// What the calls in a `setup.py` declare: `find_packages("lib")`, `find_packages(where="lib")`, `package_dir={"": "lib"}`.
pub(super) fn declared_in_setup_script(text: &str) -> Vec<Declared> {
    let mut declared = Vec::new();
    for call in ["find_packages(", "find_namespace_packages("] {
        for (found, _) in text.match_indices(call) {
            let argument = text[found + call.len()..].trim_start();
            let argument = argument.strip_prefix("where").map_or(argument, |rest| rest.trim_start_matches([' ', '=']));
            declared.extend(in_folders(leading_string(argument)));
        }
    }
    for (found, key) in text.match_indices("package_dir") {
        let value = text[found + key.len()..].trim_start_matches([' ', '=']);
        let Some((entries, _)) = value.strip_prefix('{').and_then(|inside| inside.split_once('}')) else { continue };
        declared.extend(entries.split(',').filter_map(|entry| {
            let (package, folder) = entry.split_once(':')?;
            Some(package_at(leading_string(package.trim())?, leading_string(folder.trim())?))
        }));
    }
    declared
}

fn in_pyproject(table: &Table) -> Vec<Declared> {
    let mut declared = in_folders(strings(table, "tool.setuptools.packages.find.where"));
    declared.extend(pairs(table, "tool.setuptools.package-dir").map(|(package, folder)| package_at(package, folder)));
    declared.extend(in_folders(words(strings(table, "tool.pytest.ini_options.pythonpath"))));
    for package in strings(table, "tool.hatch.build.targets.wheel.packages") {
        declared.push(inside(package.rsplit_once('/').map_or("", |(above, _)| above)));
    }
    for sources in ["tool.hatch.build.sources", "tool.hatch.build.targets.wheel.sources"] {
        declared.extend(in_folders(strings(table, sources)));
        declared.extend(pairs(table, sources).map(|(folder, package)| package_at(package, folder)));
    }
    for package in at(table, "tool.poetry.packages").and_then(Value::as_array).into_iter().flatten() {
        declared.extend(in_folders(package.get("from").and_then(Value::as_str)));
    }
    for folder in ["tool.pdm.build.package-dir", "tool.maturin.python-source", "tool.uv.build-backend.module-root"] {
        declared.extend(in_folders(strings(table, folder)));
    }
    declared
}

fn inside(folder: &str) -> Declared {
    Declared { folder: folder.to_owned(), package: None }
}

fn in_folders(folders: impl IntoIterator<Item = impl AsRef<str>>) -> Vec<Declared> {
    folders.into_iter().map(|folder| inside(folder.as_ref())).collect()
}

/// The folder *is* the package; the empty name stands for all packages, which lie in it.
fn package_at(package: &str, folder: &str) -> Declared {
    Declared { folder: folder.to_owned(), package: DottedName::parse(package) }
}

fn words(lines: Vec<String>) -> Vec<String> {
    lines.iter().flat_map(|line| line.split_whitespace()).map(str::to_owned).collect()
}

/// The value at a path of keys joined by dots.
pub(super) fn at<'t>(table: &'t Table, path: &str) -> Option<&'t Value> {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let value = table.get(first)?;
    match rest {
        Some(rest) => at(value.as_table()?, rest),
        None => Some(value),
    }
}

/// A string, or an array of strings, at a path of keys.
fn strings(table: &Table, path: &str) -> Vec<String> {
    match at(table, path) {
        Some(Value::String(one)) => vec![one.clone()],
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// The keys of a table at a path of keys whose values are strings.
fn pairs<'t>(table: &'t Table, path: &str) -> impl Iterator<Item = (&'t str, &'t str)> {
    let inner = at(table, path).and_then(Value::as_table);
    inner.into_iter().flatten().filter_map(|(key, value)| Some((key.as_str(), value.as_str()?)))
}

/// The lines of a value in an INI file: the rest of the key's line and the indented lines below it.
fn ini_values(text: &str, section: &str, key: &str) -> Vec<String> {
    let mut values = Vec::new();
    let (mut is_in_section, mut is_in_value) = (false, false);
    for line in text.lines().filter(|line| !line.trim_start().starts_with(['#', ';'])) {
        let is_continued = line.starts_with([' ', '\t']);
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            (is_in_section, is_in_value) = (name.0 == section, false);
        } else if is_continued && is_in_value {
            values.push(line.trim().to_owned());
        } else if !is_continued && let Some((name, value)) = line.split_once('=') {
            is_in_value = is_in_section && name.trim() == key;
            values.extend(is_in_value.then(|| value.trim().to_owned()));
        }
    }
    values.retain(|value| !value.is_empty());
    values
}

/// The text between the quotes with which `source` begins.
fn leading_string(source: &str) -> Option<&str> {
    let quote = source.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    source[1..].split_once(quote).map(|(inside, _)| inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(declared: Vec<Declared>) -> Vec<String> {
        let show = |declared: Declared| match declared.package {
            Some(package) => format!("{package} = {}", declared.folder),
            None => declared.folder,
        };
        declared.into_iter().map(show).collect()
    }

    #[test]
    fn every_build_tool_has_its_own_words() {
        for (text, expected) in [
            ("[tool.setuptools.packages.find]\nwhere = ['lib', '.']", vec!["lib", "."]),
            ("[tool.setuptools.package-dir]\n'' = 'lib'\n'shop.api' = 'api'", vec!["lib", "shop.api = api"]),
            ("[tool.hatch.build.targets.wheel]\npackages = ['lib/shop']\nsources = ['other']", vec!["lib", "other"]),
            ("[tool.hatch.build.targets.wheel.sources]\n'lib/code' = 'shop'", vec!["shop = lib/code"]),
            ("[tool.poetry]\npackages = [{ include = 'shop', from = 'lib' }, { include = 'x' }]", vec!["lib"]),
            ("[tool.pytest.ini_options]\npythonpath = 'a b'", vec!["a", "b"]),
            ("[tool.maturin]\npython-source = 'python'", vec!["python"]),
            ("[tool.setuptools", vec![]),
        ] {
            assert_eq!(shown(declared_in_configuration("pyproject.toml", text)), expected, "{text}");
        }
    }

    #[test]
    fn ini_values_go_on_in_indented_lines() {
        let text =
            "[options]\npackage_dir =\n    = lib\n    # no\n    shop = code\n[options.packages.find]\nwhere = lib\n";
        assert_eq!(shown(declared_in_configuration("setup.cfg", text)), ["lib", "lib", "shop = code"]);
        assert_eq!(shown(declared_in_configuration("pytest.ini", "[pytest]\npythonpath = a\n  b\n")), ["a", "b"]);
    }

    #[test]
    fn setup_scripts_are_searched_not_run() {
        let text = "setup(packages=find_packages(where='lib'), package_dir={'': 'lib', \"shop\": \"code\"})";
        assert_eq!(shown(declared_in_setup_script(text)), ["lib", "lib", "shop = code"]);
        assert!(declared_in_setup_script("setup(packages=find_packages(), package_dir=layout)").is_empty());
    }
}
