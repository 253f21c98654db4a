//! Import statements: new statements beside, before, behind and in place of the old one.

use super::harness::case;

#[test]
fn a_new_statement_stands_beside_the_old_one() {
    for (before, wish, after) in [
        ("»from m import a, b\n", "> | -; after from n import a", "from m import b\nfrom n import a\n"),
        ("»from m import a, b\n", "> | -; before from n import a", "from n import a\nfrom m import b\n"),
        ("»from m import a, b", "> | -; after from n import a", "from m import b\nfrom n import a"),
        (
            "def f():\n    »from m import a, b  # why\n    g()\n",
            "> | -; after from n import a; after import c",
            "def f():\n    from m import b  # why\n    from n import a\n    import c\n    g()\n",
        ),
        (
            "try:\n\t»from m import a, b\nexcept E:\n\tpass\n",
            "- | >; before from n import b",
            "try:\n\tfrom n import b\n\tfrom m import a\nexcept E:\n\tpass\n",
        ),
        ("x; »from m import a, b; y\n", "> | -; after from n import a", "x; from m import b; from n import a; y\n"),
        ("»from m import a, b; y\n", "> | -; before from n import a", "from n import a; from m import b; y\n"),
        (
            "if x: »from m import a, b  # c\n",
            "> | -; after from n import a",
            "if x: from m import b; from n import a  # c\n",
        ),
        ("»from m import *  # noqa\n", "-; after from n import A", "from m import *  # noqa\nfrom n import A\n"),
        ("»from m import a, \\\n    b\n", "> | -; after from n import a", "from m import b\nfrom n import a\n"),
        (
            "»from m import Old, b\n",
            "- | -; module k; after from n import a",
            "from k import Old, b\nfrom n import a\n",
        ),
        (
            "if x:\n    pass\n    »from m import (\n        a,\n        b\n    )",
            "- | >; after from n import b",
            "if x:\n    pass\n    from m import (\n        a\n    )\n    from n import b",
        ),
    ] {
        case(before).import(wish).gives(after);
    }
}

#[test]
fn new_statements_take_the_place_of_the_old_one() {
    for (before, wish, after) in [
        ("»from m import a\n", ">; after from n import a", "from n import a\n"),
        ("»from m import a  # why\n", ">; after from n import a<0", "from n import a  # why\n"),
        ("»from m import a, b  # why\n", "> | >; after from n import a, b", "from n import a, b  # why\n"),
        (
            "»from m import a, b  # why  # noqa\n",
            "> | >; after from n import a<0; after from k import b<1",
            "from n import a  # noqa  # why\nfrom k import b  # noqa\n",
        ),
        (
            "# above\n»from m import (\n    a,  # about a\n    b,\n)  # end\nx\n",
            "> | >; after from n import a<0; after from k import b<1",
            "# above\nfrom n import a  # about a  # end\nfrom k import b\nx\n",
        ),
        ("x; »from m import a; y  # c\n", ">; after from n import a", "x; from n import a; y  # c\n"),
        ("x; »from m import a  # c\n", ">; after from n import a<0", "x; from n import a  # c\n"),
        ("if x: »from m import a  # c\n", ">; after from n import a", "if x: from n import a  # c\n"),
        ("if x: »from m import a\n", ">; before from n import a; after import c", "if x: from n import a; import c\n"),
        ("»import a.old  # noqa\n", "x; after import a.new", "import a.new  # noqa\n"),
        ("»import a.old\n", "x; after from a import new as old", "from a import new as old\n"),
        (
            "if x:\n    »from m import (  # head\n        a,\n    )\n",
            ">; after from n import a<0",
            "if x:\n    from n import a  # head\n",
        ),
        ("»from m import *  # noqa\n", "x; after from n import A", "from n import A  # noqa\n"),
    ] {
        case(before).import(wish).gives(after);
    }
}

#[test]
fn statements_stand_beside_one_that_stays() {
    for (source, before, after, expected) in [
        ("»x = 1  # c\ny\n", vec!["import a"], vec!["import b"], "import a\nx = 1  # c\nimport b\ny\n"),
        ("»'doc'\n", vec![], vec!["import b"], "'doc'\nimport b\n"),
        ("»x = 1  \ny\n", vec![], vec!["import b"], "x = 1  \nimport b\ny\n"),
        ("class A:\n  »x = 1;\n", vec!["import a"], vec!["import b"], "class A:\n  import a; x = 1; import b;\n"),
        ("def f():\n  »x = 1", vec![], vec!["from . import b"], "def f():\n  x = 1\n  from . import b"),
    ] {
        case(source).beside(&before, &after).gives(expected);
    }
}

#[test]
fn a_statement_all_of_whose_names_leave_goes() {
    for (before, wish, after) in [
        ("import x\n»from m import a, b  # c\nimport y\n", "x | x", "import x\nimport y\n"),
        ("x; »from m import a; y\n", "x", "x; y\n"),
        ("if x: »from m import a\n", ">", "if x: pass\n"),
        ("if x:\n    »from m import (\n        a,\n    )  # c\n", "x", "if x:\n    pass\n"),
        ("»from m import *\nx\n", "x", "x\n"),
    ] {
        case(before).import(wish).gives(after);
    }
}
