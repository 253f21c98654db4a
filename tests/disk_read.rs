//! Reading trees: what belongs to a tree, what is passed by, and what is reported.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use unshim::disk::{
    ReadError, ReadOptions, Reading, SkippedAs, Snapshot, Tree, default_rule_files, named_rule_files, read,
};
use unshim::project::{Content, Loaded, OtherContent, Project, RootConfig};
use unshim::text::Search;

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=a", "-c", "user.email=a@b"];
    let done = Command::new("git").current_dir(folder).args(identity).args(arguments).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

fn read_all(folder: &Path, options: &ReadOptions) -> Reading {
    read(&Tree::around(folder).unwrap(), options).unwrap()
}

fn options(names: &[&str]) -> ReadOptions {
    ReadOptions { names: names.iter().map(|name| name.to_string()).collect(), ..ReadOptions::default() }
}

fn paths(reading: &Reading) -> Vec<&str> {
    reading.files.iter().map(|file| file.path.as_str()).collect()
}

fn file<'r>(reading: &'r Reading, path: &str) -> &'r Loaded {
    reading.files.iter().find(|file| file.path == path).unwrap()
}

#[test]
fn every_source_is_kept_and_other_files_only_if_they_mention_a_name() {
    let folder = folder(&[
        ("b.py", b""),
        ("a/é x.py", b"x = 1"),
        (".hidden/c.py", b""),
        ("stub.pyi", b""),
        ("conf/x.yaml", b"class: pkg.old.Old"),
        ("conf/y.yaml", b"class: pkg.older"),
        ("doc.md", b"pkg.old and pkg.old, not pkg.older"),
        ("b.py.bak", b"from pkg.old import x"),
        ("pyproject.toml", b""),
    ]);
    let reading = read_all(folder.path(), &options(&["old"]));
    let expected =
        [".hidden/c.py", "a/é x.py", "b.py", "b.py.bak", "conf/x.yaml", "doc.md", "pyproject.toml", "stub.pyi"];
    assert_eq!(paths(&reading), expected);
    assert!(reading.problems.is_empty());
    let project = Project::new(reading.files, &RootConfig::default());
    let mentions: Vec<_> = project.mentions().iter().map(|(ending, count)| (ending.as_str(), *count)).collect();
    assert_eq!(mentions, [("bak", 1), ("md", 2)]);
    assert_eq!(project.files.len(), 4);
}

#[test]
fn strange_bytes_and_names_come_back_as_they_are() {
    let texts: [(&str, &[u8]); 8] = [
        ("mark.py", b"\xef\xbb\xbfx = 1\r\n"),
        ("ends.py", b"a\nb\r\nc\rd"),
        ("feed.py", b"\x0cclass A:\n\tpass  \n"),
        ("latin.py", b"#!x\n# coding: latin-1\nx = '\xe9'"),
        ("cp.py", b"# coding: cp1252\nx = '\x80'"),
        ("separator.py", b"x = '\xe2\x80\xa8'"),
        ("empty.py", b""),
        ("blank and \u{e000}.py", b"x"),
    ];
    let folder = folder(&texts);
    fs::write(folder.path().join("nul.py"), b"x = '\0'").unwrap();
    let project = Project::new(read_all(folder.path(), &options(&[])).files, &RootConfig::default());
    for (path, bytes) in texts {
        let file = project.file(project.file_by_path(path).unwrap());
        assert_eq!(file.shape().unwrap().encode(file.text().unwrap()).as_deref(), Some(bytes), "{path}");
    }
    assert_eq!(project.text(project.file_by_path("nul.py").unwrap()), None);
}

#[test]
fn links_are_counted_and_never_followed() {
    let outside = folder(&[("secret.py", b"outside")]);
    let folder = folder(&[("real/a.py", b"")]);
    symlink(outside.path(), folder.path().join("out")).unwrap();
    symlink(outside.path().join("secret.py"), folder.path().join("secret.py")).unwrap();
    symlink("real", folder.path().join("same")).unwrap();
    symlink("real/a.py", folder.path().join("b.py")).unwrap();
    symlink(".", folder.path().join("loop")).unwrap();
    symlink("gone", folder.path().join("dangling.py")).unwrap();
    let reading = read_all(folder.path(), &options(&[]));
    assert_eq!(paths(&reading), ["real/a.py"]);
    assert_eq!((reading.links, reading.problems.len()), (6, 0));
}

#[test]
fn ignored_files_are_left_out_unless_git_tracks_them() {
    let folder = folder(&[
        (".gitignore", b"build/\n*.gen.py\n"),
        ("build/kept.py", b""),
        ("build/left.py", b""),
        ("a.gen.py", b""),
        ("sub/.gitignore", b"!b.gen.py\n"),
        ("sub/b.gen.py", b""),
    ]);
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "-f", "build/kept.py"]);
    assert_eq!(paths(&read_all(folder.path(), &options(&[]))), ["build/kept.py", "sub/b.gen.py"]);
    fs::remove_file(folder.path().join("build/kept.py")).unwrap();
    symlink("left.py", folder.path().join("build/kept.py")).unwrap();
    let reading = read_all(folder.path(), &options(&[]));
    assert_eq!((paths(&reading), reading.problems.len()), (vec!["sub/b.gen.py"], 0));
}

#[test]
fn other_repositories_and_environments_inside_are_skipped() {
    let folder = folder(&[
        ("a.py", b""),
        ("module/.git", b"gitdir: ../.git/modules/module"),
        ("module/b.py", b""),
        ("clone/.git/HEAD", b""),
        ("clone/c.py", b""),
        (".venv/pyvenv.cfg", b""),
        (".venv/lib/d.py", b""),
    ]);
    let reading = read_all(folder.path(), &options(&[]));
    assert_eq!(paths(&reading), ["a.py"]);
    let skipped: Vec<_> = reading.skipped.iter().map(|skipped| (skipped.path.as_str(), skipped.why)).collect();
    use SkippedAs::{Environment, Repository};
    assert_eq!(skipped, [(".venv", Environment), ("clone", Repository), ("module", Repository)]);
}

#[test]
fn what_is_no_file_or_has_no_name_is_a_problem_and_the_rest_is_read() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder(&[("a.py", b"")]);
    let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("socket.py")).unwrap();
    assert!(Command::new("mkfifo").arg(folder.path().join("pipe.py")).status().unwrap().success());
    let reading_names_everything = fs::write(folder.path().join(std::ffi::OsStr::from_bytes(b"\xff.py")), b"").is_ok();
    let reading = read_all(folder.path(), &options(&[]));
    assert_eq!(paths(&reading), ["a.py"]);
    let problems: Vec<_> = reading.problems.iter().map(|problem| problem.path.as_str()).collect();
    assert_eq!(problems[..2], ["pipe.py", "socket.py"]);
    assert_eq!(problems.len(), if reading_names_everything { 3 } else { 2 });
}

#[test]
fn unreadable_files_and_folders_are_problems_and_the_rest_is_read() {
    let folder = folder(&[("a.py", b""), ("closed.py", b""), ("locked/b.py", b"")]);
    for path in ["closed.py", "locked"] {
        fs::set_permissions(folder.path().join(path), fs::Permissions::from_mode(0o000)).unwrap();
    }
    let is_above_permissions = fs::File::open(folder.path().join("closed.py")).is_ok();
    let known = || ReadOptions { before: Some(Arc::default()), ..options(&[]) };
    let reading = read_all(folder.path(), &known());
    fs::set_permissions(folder.path().join("locked"), fs::Permissions::from_mode(0o700)).unwrap();
    if is_above_permissions {
        assert_eq!(paths(&reading), ["a.py", "closed.py", "locked/b.py"]);
        return;
    }
    assert_eq!(paths(&reading), ["a.py", "closed.py"]);
    assert!(matches!(file(&reading, "closed.py").content, Content::Unread { .. }));
    let problems: Vec<_> = reading.problems.iter().map(|problem| problem.path.as_str()).collect();
    assert_eq!(problems, ["closed.py", "locked"]);
    assert_eq!(
        reading.snapshot.changed_since(&reading.snapshot),
        Some(vec!["closed.py"]),
        "nobody knows what is in it"
    );
    fs::remove_file(folder.path().join("closed.py")).unwrap();
    fs::remove_dir_all(folder.path().join("locked")).unwrap();
    assert_eq!(read_all(folder.path(), &known()).snapshot.changed_since(&reading.snapshot), None);
}

#[test]
fn large_files_are_searched_and_not_kept() {
    let mut large = vec![b'#'; 3000];
    large.extend_from_slice(b"\npkg.old.Old");
    let folder = folder(&[("a.py", &large), ("b.json", &large), ("c.md", &large), ("d.py", &large[..3000])]);
    let options = ReadOptions { max_file_size: 1000, ..options(&["old", "Old", "absent"]) };
    let reading = read_all(folder.path(), &options);
    assert_eq!(paths(&reading), ["a.py", "b.json", "c.md", "d.py"]);
    let Content::Unread { mentions, .. } = &file(&reading, "a.py").content else { panic!() };
    assert_eq!(mentions, &["Old", "old"]);
    assert_eq!(
        reading.problems.iter().map(|problem| problem.path.as_str()).collect::<Vec<_>>(),
        ["a.py", "b.json", "d.py"]
    );
    let project = Project::new(reading.files, &RootConfig::default());
    assert!(matches!(&project.others()[0].content, OtherContent::Unread { mentions, .. } if mentions.len() == 2));
}

#[test]
fn a_source_without_the_words_stays_on_the_disk() {
    let folder = folder(&[
        ("a.py", b"from old import Old"),
        ("b.py", b"x = OldTimer"),
        ("latin.py", b"# coding: latin-1\nfrom old import \xc9t\xe9\n"),
    ]);
    let kept = Some(vec!["Old".to_owned(), "Été".to_owned()]);
    let reading = read_all(folder.path(), &ReadOptions { kept, ..options(&["Old", "Été", "x"]) });
    let is_shelved = |path: &str| matches!(file(&reading, path).content, Content::Shelved(_));
    assert_eq!(["a.py", "b.py", "latin.py"].map(is_shelved), [false, true, false]);
    let [looked_at, project] = [(); 2].map(|()| Project::new(reading.files.clone(), &RootConfig::default()));
    let spells = |project: &Project, name: &str| {
        project.files.iter().map(|file| file.spells(&Search::new([name]))).collect::<Vec<_>>()
    };
    assert_eq!(spells(&looked_at, "OldTimer"), [false, true, false]);
    assert_eq!(spells(&project, "Été"), [false, false, true]);
    fs::remove_file(folder.path().join("b.py")).unwrap();
    assert_eq!([&looked_at, &project].map(|project| project.files[1].text()), [Some("x = OldTimer"), None]);
}

#[test]
fn a_tree_is_known_again_by_its_stamps_and_else_by_its_content() {
    let other = "x = 1 # \u{e9}".chars().map(|character| character as u8).collect::<Vec<u8>>();
    let folder = folder(&[
        ("a.py", b"Old"),
        ("b.py", b"x"),
        ("latin.py", &[b"# coding: latin-1\n", &other[..]].concat()),
        ("conf.yaml", b"old.Old"),
        ("note.md", b"Old"),
        ("data.csv", b"1"),
    ]);
    let read = |before: Option<&Snapshot>| {
        let before = Some(Arc::new(before.cloned().unwrap_or_default()));
        read_all(folder.path(), &ReadOptions { kept: Some(vec!["Old".to_owned()]), before, ..options(&["Old"]) })
    };
    let write = |path: &str, text: &str| fs::write(folder.path().join(path), text).unwrap();
    let fresh = read(None);
    let shown = |reading: &Reading| -> Vec<String> {
        let text = |file: &Loaded| match &file.content {
            Content::Bytes(bytes) => format!("{} {}", file.path, String::from_utf8_lossy(bytes)),
            Content::Shelved(shelved) => format!("{} {:?}", file.path, shelved.shelf.bytes(&file.path)),
            other => format!("{} {other:?}", file.path),
        };
        reading.files.iter().map(text).collect()
    };
    assert_eq!(read(Some(&fresh.snapshot)).snapshot.changed_since(&fresh.snapshot), Some(vec![]));
    std::thread::sleep(std::time::Duration::from_millis(2_100));
    let settled = read(Some(&fresh.snapshot)).snapshot;
    assert!(settled != fresh.snapshot && settled.changed_since(&fresh.snapshot) == Some(vec![]));
    let again = read(Some(&settled));
    assert!(again.snapshot == settled);
    let is_shelved = |file: &&Loaded| matches!(file.content, Content::Shelved(_));
    assert_eq!(again.files.iter().filter(is_shelved).map(|file| &*file.path).collect::<Vec<_>>(), ["a.py", "b.py"]);
    let without_shelf = |shown: Vec<String>| shown.concat().replace("Ok([79, 108, 100])", "Old");
    assert_eq!(without_shelf(shown(&again)), without_shelf(shown(&fresh)));
    write("note.md", "nothing of it");
    write("data.csv", "Old");
    write("b.py", "y");
    write("a.py", "Old");
    assert_eq!(read(Some(&settled)).snapshot.changed_since(&settled), Some(vec!["b.py"]));
    write("conf.yaml", "old.Old ");
    assert_eq!(read(Some(&settled)).snapshot.changed_since(&settled), None);
    write("conf.yaml", "old.Old");
    fs::rename(folder.path().join("b.py"), folder.path().join("c.py")).unwrap();
    assert_eq!(read(Some(&settled)).snapshot.changed_since(&settled), None);
}

#[test]
fn only_what_is_asked_for_and_not_excluded_is_editable() {
    let folder = folder(&[
        (".git/HEAD", b""),
        ("app/a.py", b""),
        ("app/migrations/0001.py", b""),
        ("application/b.py", b""),
        ("tests/c.py", b""),
    ]);
    let editable = |path: &str, excludes: &[&str]| {
        let excludes = excludes.iter().map(|glob| glob.to_string()).collect();
        let tree = Tree::around(&folder.path().join(path)).unwrap();
        assert_eq!(tree.top, fs::canonicalize(folder.path()).unwrap());
        let reading = read(&tree, &ReadOptions { excludes, ..ReadOptions::default() }).unwrap();
        assert_eq!(reading.files.len(), 4);
        let editable = reading.files.into_iter().filter(|file| file.editable);
        editable.map(|file| file.path).collect::<Vec<_>>()
    };
    assert_eq!(editable("app", &["**/migrations"]), ["app/a.py"]);
    assert_eq!(editable("app/a.py", &[]), ["app/a.py"]);
    assert_eq!(editable("", &["app/", "*/c.py"]), ["application/b.py"]);
}

#[test]
fn a_path_that_is_missing_and_a_glob_that_is_none_are_errors() {
    let folder = folder(&[]);
    assert!(matches!(Tree::around(&folder.path().join("gone")), Err(ReadError::Path { .. })));
    let options = ReadOptions { excludes: vec!["a[".to_owned()], ..ReadOptions::default() };
    let error = read(&Tree::around(folder.path()).unwrap(), &options).unwrap_err();
    assert!(error.to_string().starts_with("`a[` is no valid pattern: "), "{error}");
}

#[test]
fn a_repository_cannot_make_the_reader_run_a_program() {
    let folder = folder(&[("a.py", b"")]);
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "a.py"]);
    let proof = folder.path().join("ran");
    for key in ["core.fsmonitor", "filter.x.clean", "filter.x.process"] {
        git(folder.path(), &["config", key, &format!("touch {}", proof.display())]);
    }
    fs::write(folder.path().join(".gitattributes"), "* filter=x\n").unwrap();
    assert_eq!(paths(&read_all(folder.path(), &options(&[]))), ["a.py"]);
    assert!(!proof.exists());
}

#[test]
fn the_nearest_folder_with_rules_gives_them() {
    let folder = folder(&[
        (".git/HEAD", b""),
        ("rules/top.toml", b"[[rule]]"),
        ("app/rules/other.toml", b"[[rules]]"),
        ("app/pyproject.toml", b"more"),
        ("app/lib/rules/deep/b.toml", b" [[ rule ]]"),
        ("app/lib/rules/a.toml", b""),
        ("listed/one.toml", b""),
    ]);
    let found = |path: &str, list: &[&str]| {
        let tree = Tree::around(&folder.path().join(path)).unwrap();
        let listed = |_: &str, bytes: &[u8]| {
            let list = list.iter().map(|path| path.to_string()).collect();
            Ok::<_, ReadError>((bytes == b"more").then_some(list))
        };
        default_rule_files(&tree, listed).map(|files| files.into_iter().map(|file| file.name).collect::<Vec<_>>())
    };
    assert_eq!(found("", &[]).unwrap(), ["rules/top.toml"]);
    assert_eq!(found("app", &[]).unwrap(), ["rules/top.toml"]);
    assert_eq!(found("app/lib", &[]).unwrap(), ["app/lib/rules/a.toml", "app/lib/rules/deep/b.toml"]);
    assert_eq!(found("app", &["rules"]).unwrap(), ["app/rules/other.toml"]);
    assert!(found("app", &["gone.toml"]).is_err());
}

#[test]
fn named_rule_files_must_exist() {
    let folder = folder(&[("a.toml", b"1"), ("more/b.toml", b"2"), ("more/c.txt", b"3")]);
    let path = |name: &str| folder.path().join(name);
    let files = named_rule_files(&[path("more"), path("a.toml")]).unwrap();
    let shown: Vec<_> = files.iter().map(|file| (file.bytes.as_slice(), file.is_named)).collect();
    assert_eq!(shown, [(b"2".as_slice(), false), (b"1", true)]);
    let error = named_rule_files(&[path("gone")]).unwrap_err();
    assert!(error.to_string().starts_with("cannot read `"), "{error}");
}
