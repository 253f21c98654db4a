//! Import statements: comments stay with the names that they belong to.

use super::harness::case;

#[test]
fn a_comment_leaves_with_its_name_and_stays_with_its_name() {
    for (before, wish, after) in [
        (
            "»from m import (\n    a,  # about a\n    b,  # about b\n)\n",
            "x | -",
            "from m import (\n    b,  # about b\n)\n",
        ),
        (
            "»from m import (\n    a,  # about a\n    b,  # about b\n)\n",
            "- | x",
            "from m import (\n    a,  # about a\n)\n",
        ),
        (
            "»from m import (\n    a,  # about a\n    b  # about b\n)\n",
            "- | x",
            "from m import (\n    a  # about a\n)\n",
        ),
        (
            "»from m import (\n    # about a\n    a,\n    # about b\n    b,\n)\n",
            "x | -",
            "from m import (\n    # about b\n    b,\n)\n",
        ),
        (
            "»from m import (\n    # about a\n    a,\n    # about b\n    b,\n    # the end\n)\n",
            "- | x",
            "from m import (\n    # about a\n    a,\n    # the end\n)\n",
        ),
        (
            "»from m import (a,  # about a\n    b,  # about b\n    c)\n",
            "x | - | -",
            "from m import (b,  # about b\n    c)\n",
        ),
        (
            "»from m import (a,  # about a\n    b,  # about b\n    c)\n",
            "- | - | x",
            "from m import (a,  # about a\n    b  # about b\n    )\n",
        ),
        ("»from m import (a,  # about a\n    # about b\n    b)\n", "x | -", "from m import (\n    # about b\n    b)\n"),
        (
            "»from m import (\n    a, b,  # about both\n    c,\n)\n",
            "- | x | -",
            "from m import (\n    a,  # about both\n    c,\n)\n",
        ),
        ("»from m import (\n    a, b,  # about both\n    c,\n)\n", "x | x | -", "from m import (\n    c,\n)\n"),
        ("»from m import (a, b,  # about both\n    c)\n", "- | x | -", "from m import (a,  # about both\n    c)\n"),
    ] {
        case(before).import(wish).gives(after);
    }
}

#[test]
fn comments_of_the_statement_stay_with_it() {
    for (before, wish, after) in [
        (
            "»from m import (  # the parts\n    a,\n    b,\n)  # end\n",
            "x | -",
            "from m import (  # the parts\n    b,\n)  # end\n",
        ),
        ("»from m import ( C, )  # noqa\n", "D", "from m import ( D, )  # noqa\n"),
        ("»from m import a, b  # both\n", "x | -", "from m import b  # both\n"),
        ("# above\n»from m import a, b\n", "x | -", "# above\nfrom m import b\n"),
        ("»from m import (  # the parts\n    a,\n    # tail\n)\n", "x; add b", "from m import b\n"),
    ] {
        case(before).import(wish).gives(after);
    }
}

#[test]
fn a_moved_name_brings_its_comments() {
    for (before, wish, after) in [
        (
            "»from m import (\n    a,  # about a\n    b,\n)\n",
            "> | -; after from n import a<0",
            "from m import (\n    b,\n)\nfrom n import a  # about a\n",
        ),
        (
            "»from m import (\n    # about a\n    a,\n    b,\n)\n",
            "> | -; before from n import a<0",
            "# about a\nfrom n import a\nfrom m import (\n    b,\n)\n",
        ),
        (
            "»from m import (\n    a, b,  # both  # noqa: F401\n)\n",
            "> | -; after from n import a<0",
            "from m import (\n    b,  # both  # noqa: F401\n)\nfrom n import a  # noqa: F401\n",
        ),
        (
            "»from m import (\n    a,  # about a\n    b,  # about b\n    c,\n)\n",
            "> | > | -; after from n import a<0, b<1",
            "from m import (\n    c,\n)\nfrom n import (\n    a,  # about a\n    b,  # about b\n)\n",
        ),
        (
            "x = 1; »from m import (\n    a,  # about a\n    b,\n); y = 1\n",
            "> | -; after from n import a<0",
            "x = 1; from m import (\n    b,\n); from n import (\n    a,  # about a\n); y = 1\n",
        ),
    ] {
        case(before).import(wish).gives(after);
    }
}

#[test]
fn lint_and_type_comments_go_to_both_halves() {
    for (before, wish, after) in [
        (
            "»from m import a, b  # noqa: F401\n",
            "> | -; after from n import a<0",
            "from m import b  # noqa: F401\nfrom n import a  # noqa: F401\n",
        ),
        (
            "»from m import a, b  # shared  # type: ignore\n",
            "> | -; after from n import a<0",
            "from m import b  # shared  # type: ignore\nfrom n import a  # type: ignore\n",
        ),
        (
            "»from m import (  # pylint: disable=x\n    a,\n    b,\n)\n",
            "> | -; after from n import a<0",
            "from m import (  # pylint: disable=x\n    b,\n)\nfrom n import a  # pylint: disable=x\n",
        ),
        (
            "»from m import (\n    a,\n    b,\n)  # pragma: no cover\n",
            "> | -; before from n import a<0",
            "from n import a  # pragma: no cover\nfrom m import (\n    b,\n)  # pragma: no cover\n",
        ),
        (
            "»from m import a, b  # a remark\n",
            "> | -; after from n import a<0",
            "from m import b  # a remark\nfrom n import a\n",
        ),
    ] {
        case(before).import(wish).gives(after);
    }
}
