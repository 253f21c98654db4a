//! Where two trees differ, as text for people.

use similar::TextDiff;

use crate::case::Tree;

/// Files that are not what they should be.
pub(crate) fn tree_differences(expected: &Tree, found: &Tree) -> Vec<String> {
    let mut paths: Vec<&String> = expected.keys().chain(found.keys()).collect();
    paths.sort();
    paths.dedup();
    paths.into_iter().filter_map(|path| file_difference(path, expected.get(path), found.get(path))).collect()
}

fn file_difference(path: &str, expected: Option<&Vec<u8>>, found: Option<&Vec<u8>>) -> Option<String> {
    match (expected, found) {
        (Some(expected), Some(found)) if expected == found => None,
        (Some(expected), Some(found)) => {
            let (expected, found) = (shown(expected), shown(found));
            let diff = TextDiff::from_lines(&expected, &found);
            let diff = diff.unified_diff().header("expected", "found").to_string();
            Some(format!("{path}:\n{diff}"))
        }
        (Some(_), None) => Some(format!("{path}: is gone and should stay")),
        (None, Some(found)) => Some(format!("{path}: is there and should go\n{}", shown(found))),
        (None, None) => None,
    }
}

/// The text of a file with all but printed characters and line feeds spelled out.
fn shown(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.chars()
        .map(|c| if c.is_control() && c != '\n' { c.escape_default().to_string() } else { c.to_string() })
        .collect()
}
