//! Paths to modules and back, one tree a test.

use std::collections::BTreeMap;

use super::*;

fn project(files: &[(&str, &str)]) -> Project {
    with_roots(files, &[])
}

fn with_roots(files: &[(&str, &str)], roots: &[&str]) -> Project {
    let loaded = files.iter().map(|(path, text)| Loaded::text(path, text)).collect();
    Project::new(loaded, &RootConfig { roots: roots.iter().map(|root| root.to_string()).collect() })
}

/// The names of the module at `path`, the primary one first.
fn names(project: &Project, path: &str) -> Vec<String> {
    let file = project.file_by_path(path).unwrap();
    project.modules_of(file).iter().map(|id| project.modules[id.index()].name.to_string()).collect()
}

/// The file that an absolute import finds.
fn found<'p>(project: &'p Project, name: &str) -> Option<&'p str> {
    let module = project.module(name)?;
    Some(project.modules[module.index()].file.map_or("(namespace)", |file| &project.file(file).path))
}

#[test]
fn a_flat_tree_counts_from_its_top() {
    let project = project(&[("shop/__init__.py", ""), ("shop/a.py", ""), ("tool.py", ""), ("my-script.py", "")]);
    assert_eq!(names(&project, "shop/a.py"), ["shop.a"]);
    assert_eq!(names(&project, "shop/__init__.py"), ["shop"]);
    assert_eq!(names(&project, "tool.py"), ["tool"]);
    assert!(names(&project, "my-script.py").is_empty());
    assert!(project.text(project.file_by_path("my-script.py").unwrap()).is_some());
}

#[test]
fn a_source_folder_gives_two_names_the_shorter_first() {
    let project = project(&[("src/shop/a.py", ""), ("pyproject.toml", "")]);
    assert_eq!(names(&project, "src/shop/a.py"), ["shop.a", "src.shop.a"]);
    assert_eq!(found(&project, "src.shop"), Some("(namespace)"));
}

#[test]
fn a_source_folder_that_is_a_package_is_no_root() {
    let project = project(&[("src/__init__.py", ""), ("src/a.py", "")]);
    assert_eq!(names(&project, "src/a.py"), ["src.a"]);
}

#[test]
fn a_project_inside_a_package_counts_from_above_it() {
    let project = project(&[("auth/__init__.py", ""), ("auth/pyproject.toml", ""), ("auth/core/a.py", "")]);
    assert_eq!(names(&project, "auth/core/a.py"), ["auth.core.a"]);
}

#[test]
fn a_script_called_setup_makes_no_project_unless_it_installs() {
    let project = project(&[
        ("scripts/setup.py", "def setup():\n    pass\nsetup()\n"),
        ("scripts/a.py", ""),
        ("lib/setup.py", "from setuptools import setup\nsetup(package_dir={'': 'code'})\n"),
        ("lib/code/b.py", ""),
    ]);
    assert_eq!(names(&project, "scripts/a.py"), ["scripts.a"]);
    assert_eq!(names(&project, "lib/code/b.py"), ["b", "code.b", "lib.code.b"]);
}

#[test]
fn each_service_means_its_own_module_of_a_common_name() {
    let project = project(&[
        ("services/a/pyproject.toml", ""),
        ("services/a/app/main.py", ""),
        ("services/a/app/use.py", ""),
        ("services/b/pyproject.toml", ""),
        ("services/b/app/main.py", ""),
        ("services/b/tests/test_main.py", ""),
        ("check.py", ""),
    ]);
    let seen_from = |path: &str| {
        let importing = project.modules_of(project.file_by_path(path).unwrap())[0];
        let module = project.module_seen_from(importing, "app.main")?;
        Some(project.file(project.modules[module.index()].file.unwrap()).path.as_str())
    };
    assert_eq!(seen_from("services/a/app/use.py"), Some("services/a/app/main.py"));
    assert_eq!(seen_from("services/b/tests/test_main.py"), Some("services/b/app/main.py"));
    assert_eq!(seen_from("check.py"), None);
    assert_eq!(project.module("app.main"), None);
    assert_eq!(project.namesakes("app.main").count(), 2);
    assert_eq!(found(&project, "app.use"), Some("services/a/app/use.py"));
}

#[test]
fn a_package_wins_over_a_module_and_a_module_over_a_folder() {
    let project =
        project(&[("a.py", ""), ("a/__init__.py", ""), ("a/x.py", ""), ("b.py", ""), ("b/x.py", ""), ("c/x.py", "")]);
    assert_eq!(found(&project, "a"), Some("a/__init__.py"));
    assert_eq!(found(&project, "a.x"), Some("a/x.py"));
    assert!(names(&project, "a.py").is_empty());
    assert_eq!(found(&project, "b"), Some("b.py"));
    assert_eq!(found(&project, "b.x"), None);
    assert_eq!(found(&project, "c"), Some("(namespace)"));
    assert_eq!(found(&project, "c.x"), Some("c/x.py"));
}

#[test]
fn named_roots_replace_those_that_are_found() {
    let files = [("src/shop/a.py", ""), ("tests/t.py", "")];
    let project = with_roots(&files, &["./src/", "../out", "/etc"]);
    assert_eq!(names(&project, "src/shop/a.py"), ["shop.a"]);
    assert!(names(&project, "tests/t.py").is_empty());
}

#[test]
fn a_folder_can_be_a_package_of_another_name() {
    let project = project(&[
        ("pyproject.toml", "[tool.setuptools.package-dir]\n'shop' = 'lib/source'\n'api' = 'lib/api'\n"),
        ("lib/source/__init__.py", ""),
        ("lib/source/a.py", ""),
        ("lib/api/b.py", ""),
    ]);
    assert_eq!(found(&project, "shop"), Some("lib/source/__init__.py"));
    assert_eq!(found(&project, "shop.a"), Some("lib/source/a.py"));
    assert_eq!(found(&project, "api.b"), Some("lib/api/b.py"));
}

#[test]
fn relative_imports_count_from_the_package() {
    let project = project(&[("a/__init__.py", ""), ("a/b/__init__.py", ""), ("a/b/c.py", ""), ("top.py", "")]);
    let resolve = |importing: &str, level, module: &str| {
        let module = (!module.is_empty()).then(|| DottedName::new(module));
        let resolved = project.resolve_relative(project.module(importing).unwrap(), level, module.as_ref());
        resolved.map(|name| name.to_string())
    };
    assert_eq!(resolve("a.b.c", 1, "x").as_deref(), Some("a.b.x"));
    assert_eq!(resolve("a.b.c", 2, "x.y").as_deref(), Some("a.x.y"));
    assert_eq!(resolve("a.b.c", 1, "").as_deref(), Some("a.b"));
    assert_eq!(resolve("a.b", 1, "x").as_deref(), Some("a.b.x"));
    assert_eq!(resolve("a.b", 2, "").as_deref(), Some("a"));
    assert_eq!(resolve("a.b", 3, ""), None);
    assert_eq!(resolve("a", 1, "").as_deref(), Some("a"));
    assert_eq!(resolve("a", 2, "x"), None);
    assert_eq!(resolve("top", 1, "x"), None);
    assert_eq!(resolve("top", 0, "x").as_deref(), Some("x"));
}

#[test]
fn children_are_one_level_below() {
    let project =
        project(&[("a/__init__.py", ""), ("a/b/__init__.py", ""), ("a/b/c.py", ""), ("a/d.py", ""), ("ab.py", "")]);
    let package = project.module("a").unwrap();
    let children: Vec<_> = project.children(package).map(|id| project.modules[id.index()].name.as_str()).collect();
    assert_eq!(children, ["a.b", "a.d"]);
}

#[test]
fn a_changed_copy_shares_what_stays() {
    let before = project(&[("a/__init__.py", ""), ("a/b.py", "old"), ("c.py", "c")]);
    let changes = [("a/b.py", Some("new")), ("c.py", None), ("d.py", Some("d"))];
    let changes: BTreeMap<_, _> = changes.map(|(path, text)| (path.to_owned(), text.map(str::to_owned))).into();
    let after = before.replace(changes);
    assert!(Arc::ptr_eq(&before.files[0], &after.files[0]));
    assert_eq!(after.file_by_path("a/b.py").and_then(|file| after.text(file)), Some("new"));
    assert_eq!(after.file_by_path("c.py"), None);
    assert_eq!(found(&after, "c"), None);
    assert_eq!(found(&after, "d"), Some("d.py"));
    assert_eq!(before.file_by_path("a/b.py").and_then(|file| before.text(file)), Some("old"));
}

#[test]
fn the_nearest_configuration_decides_the_length_of_lines() {
    let project = project(&[
        ("pyproject.toml", "[tool.black]\nline-length = 100\n"),
        ("a/ruff.toml", "line-length = 120\n"),
        ("a/pyproject.toml", "[tool.ruff]\nline-length = 60\n"),
        ("b/pyproject.toml", "[project]\nname = 'b'\n"),
        ("c/pyproject.toml", "[tool.ruff.lint]\nselect = ['E']\n"),
        ("d/ruff.toml", "extend = '../pyproject.toml'\n"),
    ]);
    let lengths = ["x.py", "a/b/x.py", "b/x.py", "c/x.py", "d/x.py"].map(|path| project.line_length(path));
    assert_eq!(lengths, [100, 120, 100, 88, 100]);
}

#[test]
fn stubs_and_texts_that_cannot_be_read_are_no_modules_or_hold_no_text() {
    let latin = Loaded { content: Content::Bytes(b"x = '\xe9'".to_vec()), ..Loaded::text("bad.py", "") };
    let project = Project::new(vec![Loaded::text("a.pyi", "x: int"), latin], &RootConfig::default());
    assert_eq!(found(&project, "a"), None);
    let bad = project.file_by_path("bad.py").unwrap();
    assert_eq!(project.text(bad), None);
    assert_eq!(project.file(bad).searchable(), b"x = '\xe9'");
    assert_eq!(found(&project, "bad"), Some("bad.py"));
}

#[test]
fn prose_is_counted_and_configuration_is_kept() {
    let counted = |path: &str, count| Loaded { content: Content::Counted(count), ..Loaded::text(path, "") };
    let loaded = vec![counted("a.md", 2), counted("b/c.md", 3), counted("x.py.bak", 1), counted("d.txt", 0)];
    let project =
        Project::new([loaded, vec![Loaded::text("conf/a.yaml", "x: old.Old")]].concat(), &RootConfig::default());
    let mentions: Vec<_> = project.mentions().iter().map(|(ending, count)| (ending.as_str(), *count)).collect();
    assert_eq!(mentions, [("bak", 1), ("md", 5)]);
    assert_eq!(project.others()[0].path, "conf/a.yaml");
}
