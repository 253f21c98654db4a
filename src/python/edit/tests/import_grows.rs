//! Import statements: names that join, and lines that grow too long.

use super::harness::case;

#[test]
fn a_name_joins_in_the_layout_and_order_of_the_list() {
    for (before, wish, after) in [
        ("»from m import a\n", "-; add b", "from m import a, b\n"),
        ("»from m import b\n", "-; add a", "from m import a, b\n"),
        ("»from m import b, a\n", "- | -; add A", "from m import b, a, A\n"),
        ("»from m import (b, c)\n", "- | -; add a", "from m import (a, b, c)\n"),
        ("»from m import (b,)\n", "-; add c", "from m import (b, c,)\n"),
        ("»from m import (\n    a,\n    c,\n)\n", "- | -; add b", "from m import (\n    a,\n    b,\n    c,\n)\n"),
        ("»from m import (\n    a,\n    c,\n)\n", "- | -; add d", "from m import (\n    a,\n    c,\n    d,\n)\n"),
        (
            "»from m import (\n    a,\n    c  # why\n)\n",
            "- | -; add d",
            "from m import (\n    a,\n    c,  # why\n    d\n)\n",
        ),
        ("»from m import (\n    # why\n    b,\n)\n", "-; add a", "from m import (\n    a,\n    # why\n    b,\n)\n"),
        (
            "»from m import (a,\n               c)\n",
            "- | -; add b",
            "from m import (a,\n               b,\n               c)\n",
        ),
        (
            "»from m import (b,\n               c)\n",
            "- | -; add a",
            "from m import (a,\n               b,\n               c)\n",
        ),
        (
            "»from m import (a,\n               b)\n",
            "- | -; add c",
            "from m import (a,\n               b,\n               c)\n",
        ),
        (
            "»from m import (\n    a, b,\n    d, e,\n)\n",
            "- | - | - | -; add c",
            "from m import (\n    a, b,\n    c, d, e,\n)\n",
        ),
        ("»from m import a, \\\n    b\n", "- | -; add c", "from m import a, \\\n    b, c\n"),
        ("x; »from m import a; y\n", "-; add b", "x; from m import a, b; y\n"),
        ("»import a\n", "-; add b", "import a, b\n"),
        ("»from m import a, c\n", "x | -; add b, d", "from m import b, c, d\n"),
        ("»from m import (\n    a,\n)\n", "x; add b", "from m import b\n"),
        ("»from m import a\n", "-; add b as c, a as d", "from m import a, a as d, b as c\n"),
    ] {
        case(before).import(wish).gives(after);
    }
}

#[test]
fn a_name_joins_with_its_comments() {
    for (before, wish, after) in [
        (
            "»from n import z\n»from m import (\n    a,  # about a\n    b,\n)\n",
            "-; add a<1:0",
            "from n import (\n    a,  # about a\n    z,\n)\nfrom m import (\n    b,\n)\n",
        ),
        (
            "»from n import z\n»from m import a, b  # noqa\n",
            "-; add a<1:0",
            "from n import a, z  # noqa\nfrom m import b  # noqa\n",
        ),
        (
            "»from n import z  # the z\n»from m import a, b  # noqa: F401\n",
            "-; add a<1:0",
            "from n import a, z  # the z  # noqa: F401\nfrom m import b  # noqa: F401\n",
        ),
        (
            "»from n import (\n    z,\n)\n»from m import (\n    # about a\n    a,\n    b,\n)\n",
            "-; add a<1:0",
            "from n import (\n    # about a\n    a,\n    z,\n)\nfrom m import (\n    b,\n)\n",
        ),
    ] {
        case(before).import(wish).import_at(1, "> | -").gives(after);
    }
}

#[test]
fn a_line_that_grows_over_the_width_is_wrapped() {
    for (width, before, wish, after) in [
        (20, "»from m import aaa\n", "-; add bbb", "from m import (\n    aaa,\n    bbb,\n)\n"),
        (21, "»from m import aaa\n", "-; add b", "from m import aaa, b\n"),
        (20, "»from m import aaaaaaaaa\n", "-; module nn", "from nn import aaaaaaaaa\n"),
        (20, "»from m import aaaaa\n", "-; module nn", "from nn import aaaaa\n"),
        (20, "»from m import aaaaa\n", "-; module nnn", "from nnn import (\n    aaaaa,\n)\n"),
        (20, "»from m import aaaaa  # noqa\n", "-; add b", "from m import (\n    aaaaa,\n    b,\n)  # noqa\n"),
        (24, "»from m import (a, b)\n", "- | -; add c; module nn", "from nn import (a, b, c)\n"),
        (22, "»from m import (a, b)\n", "- | -; add c; module nn", "from nn import (\n    a,\n    b,\n    c,\n)\n"),
        (20, "if x:\n  »from m import a\n", "-; add bbb", "if x:\n  from m import (\n    a,\n    bbb,\n  )\n"),
        (20, "if x:\n\t»from m import a\n", "-; add bb", "if x:\n\tfrom m import (\n\t\ta,\n\t\tbb,\n\t)\n"),
        (20, "x; »from m import aaa\n", "-; add bbb", "x; from m import aaa, bbb\n"),
        (10, "»import aaaaa\n", "bbbbbbbbbb", "import bbbbbbbbbb\n"),
        (20, "»from m import a, b\n", "- | >; after from nnnn import bbb<1", "from m import a\nfrom nnnn import bbb\n"),
        (
            18,
            "»from m import a, b\n",
            "- | >; after from nnnn import bbb<1",
            "from m import a\nfrom nnnn import (\n    bbb,\n)\n",
        ),
        (
            20,
            "»from m import (aaa,\n    bbbb, ccccc, d)\n",
            "- | - | - | -; add e",
            "from m import (aaa,\n    bbbb, ccccc, d,\n    e)\n",
        ),
        (
            22,
            "»from m import aa, \\\n    bbbb, ccccc, dd\n",
            "- | - | - | -; add eeee",
            "from m import aa, \\\n    bbbb, ccccc, dd, \\\n    eeee\n",
        ),
    ] {
        case(before).width(width).import(wish).gives(after);
    }
}
