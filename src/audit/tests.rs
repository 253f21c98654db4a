//! Which files are tests: by pytest's and unittest's customs.

/// Whether a path is that of a test, or lies in a folder of tests.
pub(super) fn is_test(path: &str) -> bool {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_folder = |folder: &str| matches!(folder, "test" | "tests" | "testing") || folder.ends_with("_tests");
    let stem = name.split('.').next().unwrap_or(name);
    folders.split('/').any(is_folder) || stem.starts_with("test_") || stem.ends_with("_test") || stem == "conftest"
}
