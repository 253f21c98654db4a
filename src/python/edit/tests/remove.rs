//! Statements that go, with what belongs to them.

use std::collections::BTreeMap;

use super::super::{Change, Own};
use super::harness::{case, suites};

#[test]
fn a_statement_goes_with_its_line() {
    for (before, after) in [
        ("a\n»Old = New\nb\n", "a\nb\n"),
        ("a\n»Old = New  # c\nb\n", "a\nb\n"),
        ("a\n»Old = (\n    New\n)  # c\nb\n", "a\nb\n"),
        ("»Old = New;\nb\n", "b\n"),
        ("»a; »b  # c\nd\n", "d\n"),
        ("a\n»Old = \\\n    New\nb\n", "a\nb\n"),
        ("a\n»Old = New\\\n\nb\n", "a\n\nb\n"),
        ("if x:\n    »Old = New\n    y\n", "if x:\n    y\n"),
        ("\x0c\n»Old = New\nb\n", "\x0c\nb\n"),
        ("»Old = New\n", ""),
        ("»Old = New", ""),
        ("a\n»Old = New", "a\n"),
        ("a\n\n\n»Old = New", "a\n"),
        ("a\n\n\n»Old = New\n", "a\n"),
        ("# licence\n\n»Old = New\n", "# licence\n"),
    ] {
        case(before).remove().gives(after);
    }
}

#[test]
fn neighbours_on_the_line_stay() {
    for (before, after) in [
        ("»a; b; c  # x\n", "b; c  # x\n"),
        ("a; »b; c  # x\n", "a; c  # x\n"),
        ("a; b; »c  # x\n", "a; b  # x\n"),
        ("a; »b; »c\n", "a\n"),
        ("»a; »b; c\n", "c\n"),
        ("»a; b; »c\n", "b\n"),
        ("»a; b; »c; d\n", "b; d\n"),
        ("a; »b;\n", "a;\n"),
        ("a ;»b\n", "a\n"),
        ("a; \\\n  »b; c\n", "a; \\\n  c\n"),
        ("if x: a; »b\n", "if x: a\n"),
        ("if x: »a; b\n", "if x: b\n"),
        ("x; »from a import (\n    b,\n); y\n", "x; y\n"),
    ] {
        case(before).remove().gives(after);
    }
}

#[test]
fn an_empty_suite_becomes_pass() {
    for (before, after) in [
        ("if x:\n    »Old = New\ny\n", "if x:\n    pass\ny\n"),
        ("if x:\n    »Old = New  # c\ny\n", "if x:\n    pass\ny\n"),
        ("if x: »Old = New\ny\n", "if x: pass\ny\n"),
        ("if x: »Old = New  # c\ny\n", "if x: pass  # c\ny\n"),
        ("if x: »a; »b\n", "if x: pass\n"),
        ("if x: »a;\n", "if x: pass;\n"),
        ("if x:\n    »a; »b\n", "if x:\n    pass\n"),
        ("if x:\n    »a;\n", "if x:\n    pass\n"),
        ("if x:\n    »a\n    »b\n", "if x:\n    pass\n"),
        ("if x:\n    # about a\n    »a\n    # about b\n    »b\n", "if x:\n    pass\n"),
        ("try:\n\t»import old\nexcept E:\n\ta\n", "try:\n\tpass\nexcept E:\n\ta\n"),
        ("def f():\n    'doc'\n    »Old = New\n", "def f():\n    'doc'\n"),
        ("class A:\n    »Old = New", "class A:\n    pass"),
        ("class A:\n    »def f():\n        x\n        # end of f\ny\n", "class A:\n    pass\ny\n"),
    ] {
        case(before).remove().gives(after);
    }
}

#[test]
fn comments_directly_above_go_too_but_not_those_of_the_file_or_a_section() {
    for (before, after) in [
        ("a\n# old name\n# for plugins\n»Old = New\nb\n", "a\nb\n"),
        ("a\n# not attached\n\n»Old = New\nb\n", "a\n# not attached\n\nb\n"),
        ("# licence\n# of this file\n»Old = New\nb\n", "# licence\n# of this file\nb\n"),
        ("#!/bin/python\n# -*- coding: utf-8 -*-\n»Old = New\nb\n", "#!/bin/python\n# -*- coding: utf-8 -*-\nb\n"),
        ("#!/bin/python\n# text\n»Old = New\nb\n", "#!/bin/python\n# text\nb\n"),
        ("a\n# fmt: off\n»Old = New\n# fmt: on\nb\n", "a\n# fmt: off\n# fmt: on\nb\n"),
        ("a\n# ------\n# old name\n»Old = New\nb\n", "a\n# ------\nb\n"),
        ("a\n# === Compat ===\n»Old = New\nb\n", "a\n# === Compat ===\nb\n"),
        ("a\n#region old\n»Old = New\n#endregion\n", "a\n#region old\n#endregion\n"),
        ("a\n# ruff: noqa\n»Old = New\nb\n", "a\n# ruff: noqa\nb\n"),
        ("if x:\n    a\n  # odd\n    »Old = New\nb\n", "if x:\n    a\n  # odd\nb\n"),
        ("a\n# parts\n»import old\nimport new\n", "a\n# parts\nimport new\n"),
        ("a\n# parts\n»import old\n»import older\nb\n", "a\nb\n"),
        ("a\n# parts\n»import old\n\nimport new\n", "a\n\nimport new\n"),
        ("'''x\n# not a comment\n'''\n»Old = New\nb\n", "'''x\n# not a comment\n'''\nb\n"),
    ] {
        case(before).remove().gives(after);
    }
}

#[test]
fn decorators_and_bodies_go_with_what_they_belong_to() {
    for (before, after) in [
        ("a\n\n\n# about f\n@old\n@older(1)\ndef f():\n    return 1  # c\n\n\nb\n", "a\n\n\nb\n"),
        ("a\n\n\nclass Old(New):\n    '''doc'''\n\n    # trailing\n    # remarks\n\n\nb\n", "a\n\n\nb\n"),
        ("a\n\n\nclass Old(New): pass\n\n\nb\n", "a\n\n\nb\n"),
        ("a\n\n\ntry:\n    x\nexcept E:\n    y\nb\n", "a\n\n\nb\n"),
        ("class A:\n    @old\n    def f(self): pass\n\n    def g(self): pass\n", "class A:\n    def g(self): pass\n"),
    ] {
        let lines = ["@old", "class Old", "try:"];
        let at = lines.iter().filter_map(|line| before.find(line)).min().unwrap();
        let mut marked = before.to_owned();
        marked.insert(at, '»');
        case(&marked).remove().gives(after);
    }
}

#[test]
fn blank_lines_stay_sensible() {
    for (before, after) in [
        ("a\n\n\n»Old = New\n\n\nb\n", "a\n\n\nb\n"),
        ("a\n\n»Old = New\n\n\nb\n", "a\n\n\nb\n"),
        ("a\n\n\n»Old = New\n\nb\n", "a\n\n\nb\n"),
        ("a\n\n»Old = New\nb\n", "a\n\nb\n"),
        ("a\n»Old = New\n\nb\n", "a\n\nb\n"),
        ("»Old = New\n\n\nb\n", "b\n"),
        ("'doc'\n\n»Old = New\n\nb\n", "'doc'\n\nb\n"),
        ("class A:\n    »x\n\n    y\n", "class A:\n    y\n"),
        ("class A:\n\n    »x\n\n    y\n", "class A:\n\n    y\n"),
        ("def f():\n    x\n\n    »y\n\n\nz\n", "def f():\n    x\n\n\nz\n"),
        ("a\n\n\n»x\n\n»y\n\n\nb\n", "a\n\n\nb\n"),
        ("a\n\n\n»x\n\n# stays\n\n»y\n\n\nb\n", "a\n\n\n# stays\n\n\nb\n"),
        ("a\n  \n»x\n\t\nb\n", "a\n  \nb\n"),
    ] {
        case(before).remove().gives(after);
    }
}

#[test]
fn a_docstring_is_never_removed() {
    case("»'''doc'''\n").remove().refused();
    case("class A:\n    »'doc'\n    x\n").remove().refused();
    case("if x:\n    »'no doc'\n    y\n").remove().gives("if x:\n    y\n");
}

#[test]
fn removal_and_other_changes_of_one_suite_go_together() {
    case("»import a; »from m import x, y; »import b\n")
        .own(Own::Remove)
        .import_at(1, "x | -")
        .gives("from m import y\n");
    case("a; »from m import x; »import b\n")
        .own(Own::Remove)
        .import_at(0, "-; after import q")
        .gives("a; from m import x; import q\n");
    case("»import a\n»from m import x\n»import b\n")
        .own(Own::Remove)
        .import_at(1, ">; before import p; after import q")
        .gives("import p\nimport q\n");
    case("if x:\n    »import a\n    »import b\n")
        .own(Own::Remove)
        .import_at(0, "x; after import c")
        .gives("if x:\n    import c\n");
}

/// `gives` for the first `try` of the source, of whose suites the one that begins with `kept` stays.
fn collapse(source: &str, kept: &str, changes: BTreeMap<usize, Change>) -> super::harness::Case {
    let text = source.replace('»', "");
    let start = text.find(kept).unwrap();
    let suites = suites(&text);
    let suite = suites.iter().find(|suite| suite.statements[0].start() == start).unwrap();
    case(source).own(Own::Collapse { kept: suite.statements.clone(), changes })
}

#[test]
fn a_compound_statement_collapses_to_one_of_its_suites() {
    for (before, kept, after) in [
        ("»try:\n    from a import b  # c\nexcept E:\n    b = None\nx\n", "from", "from a import b  # c\nx\n"),
        (
            "»try:\n    # why\n    import a\n    import b\nexcept E:\n    pass\n",
            "import",
            "# why\nimport a\nimport b\n",
        ),
        ("»try:\n    x\nexcept E:\n    import b  # c", "import", "import b  # c"),
        ("»try: import a; import b\nexcept E: pass\n", "import", "import a; import b\n"),
        (
            "if x:\n\t»try:\n\t\tfrom a import (\n\t\t\tb,\n\t\t)\n\n\t\tc\n\texcept E:\n\t\tpass\n",
            "from",
            "if x:\n\tfrom a import (\n\t\tb,\n\t)\n\n\tc\n",
        ),
        ("»try:\n    from a import (\n  b,\n)\nexcept E:\n    pass\n", "from", "from a import (\n  b,\n)\n"),
    ] {
        let case = collapse(before, kept, BTreeMap::new());
        assert_eq!(case.result().unwrap(), after);
    }
    let change = BTreeMap::from([(0, Change::from(Own::Remove))]);
    let case = collapse("»try:\n    import a\n    import b\nexcept E:\n    pass\n", "import", change);
    assert_eq!(case.result().unwrap(), "import b\n");
    collapse("»try:\n    x = '''\n  a'''\nexcept E:\n    pass\n", "x", BTreeMap::new()).refused();
}
