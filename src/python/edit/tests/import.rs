//! Import statements: names that leave or read differently.

use super::harness::case;

#[test]
fn a_changed_module_or_name_touches_only_its_tokens() {
    for (before, wish, after) in [
        ("»from a.old import Old  # noqa\n", "New; module a.new", "from a.new import New  # noqa\n"),
        ("»from  a.old  import  Old\n", "New; module a.new", "from  a.new  import  New\n"),
        ("»from ..old import Old as X", "New as X; module ..new", "from ..new import New as X"),
        ("»from .  import old\n", "new", "from .  import new\n"),
        ("»from . old import Old\n", "-; module .new", "from .new import Old\n"),
        ("»from a import Old\n", "New as Old", "from a import New as Old\n"),
        ("»from a import Old as New\n", "New", "from a import New\n"),
        ("»from a import Old  as  X, B\n", "New as X | -", "from a import New  as  X, B\n"),
        ("»from a import (\n    Old, # old\n    B,\n)\n", "Mew | -", "from a import (\n    Mew, # old\n    B,\n)\n"),
        ("»from a import (\n    A,\n    Old,  # old\n)\n", "- | New", "from a import (\n    A,\n    New,  # old\n)\n"),
        ("»from a import \\\n    Old, \\\n    Z\n", "New | -", "from a import \\\n    New, \\\n    Z\n"),
        ("»import a.old, b\n", "a.new | -", "import a.new, b\n"),
        ("»import a.old as o\n", "a.new as o", "import a.new as o\n"),
        ("»import a.old\n", "a.new as old", "import a.new as old\n"),
        ("»from a.old import *  # noqa: F403\n", "-; module a.new", "from a.new import *  # noqa: F403\n"),
        ("»from\ta.old\timport\tOld\x0c\n", "New; module a.new", "from\ta.new\timport\tNew\x0c\n"),
        ("if x:\n\t»from a.old import Old;\n", "New; module b", "if x:\n\tfrom b import New;\n"),
        ("x; »from a.old import Old; y\n", "New; module b", "x; from b import New; y\n"),
        ("if x: »from a.old import Old\n", "New; module b", "if x: from b import New\n"),
        ("»from a import é, Old\n", "- | ö", "from a import é, ö\n"),
        ("»from a import print, type, match, exec\n", "- | x | - | -", "from a import print, match, exec\n"),
        ("»from.old import Old\n", "-; module a.new", "from a.new import Old\n"),
        ("»from .import old\n", "Old; module .new", "from .new import Old\n"),
        ("»from.import old\n", "Old; module a", "from a import Old\n"),
        ("»from m import*\n", "A", "from m import A\n"),
        ("»from __future__ import a, b\n", "- | x", "from __future__ import a\n"),
    ] {
        case(before).import(wish).gives(after);
    }
}

#[test]
fn only_what_is_asked_leaves_a_line() {
    for (before, wish, after) in [
        ("»from m import a, b, c\n", "x | - | -", "from m import b, c\n"),
        ("»from m import a, b, c\n", "- | x | -", "from m import a, c\n"),
        ("»from m import a, b, c\n", "- | - | x", "from m import a, b\n"),
        ("»from m import a, b, c\n", "x | - | x", "from m import b\n"),
        ("»from m import a , b,c\n", "- | - | x", "from m import a , b\n"),
        ("»from m import a as x, b as y\n", "x | -", "from m import b as y\n"),
        ("»from m import C as A, C as B\n", "x | -", "from m import C as B\n"),
        ("»from m import C as A, C as B\n", "- | x", "from m import C as A\n"),
        ("»from m import (a, b, c)\n", "- | x | -", "from m import (a, c)\n"),
        ("»from m import (a, b)\n", "x | -", "from m import b\n"),
        ("»from m import(a, b)\n", "x | -", "from m import b\n"),
        ("»from m import (a, b,)\n", "x | -", "from m import (b,)\n"),
        ("»from m import (a, b)  # noqa\n", "- | x", "from m import a  # noqa\n"),
        ("»import a, b.c, d\n", "- | x | -", "import a, d\n"),
        ("»import a.b\\\n, c\n", "x | -", "import c\n"),
        ("»from m import a, \\\n    b, \\\n    c\n", "- | x | -", "from m import a, \\\n    c\n"),
        ("»from m import a, \\\n    b, \\\n    c\n", "- | - | x", "from m import a, \\\n    b\n"),
        ("»from m import a, \\\n    b, \\\n    c\n", "x | - | -", "from m import b, \\\n    c\n"),
        ("»from m \\\n  import a, b\n", "x | -", "from m \\\n  import b\n"),
        ("x; »from m import a, b; y\n", "x | -", "x; from m import b; y\n"),
        ("if x: »from m import a, b\n", "- | x", "if x: from m import a\n"),
        ("def f(): »from m import (a,\n b)\n", "- | x", "def f(): from m import (a)\n"),
    ] {
        case(before).import(wish).gives(after);
    }
}

#[test]
fn lines_of_a_parenthesised_list_go_as_a_whole() {
    for (before, wish, after) in [
        ("»from m import (\n    a,\n    b,\n    c,\n)\n", "- | x | -", "from m import (\n    a,\n    c,\n)\n"),
        ("»from m import (\n    a,\n    b,\n    c,\n)\n", "- | - | x", "from m import (\n    a,\n    b,\n)\n"),
        ("»from m import (\n    a,\n    b,\n    c\n)\n", "- | - | x", "from m import (\n    a,\n    b\n)\n"),
        ("»from m import (\n    a,\n    b,\n    c\n)\n", "x | x | -", "from m import (\n    c\n)\n"),
        ("»from m import (\n    a,\n    b,\n)\n", "x | -", "from m import (\n    b,\n)\n"),
        ("»from m import (\n    a,\n    b)\n", "- | x", "from m import (\n    a)\n"),
        ("»from m import (\n    a,\n    b)\n", "x | -", "from m import (\n    b)\n"),
        (
            "»from m import (a,\n               b,\n               c)\n",
            "x | - | -",
            "from m import (b,\n               c)\n",
        ),
        (
            "»from m import (a,\n               b,\n               c)\n",
            "- | - | x",
            "from m import (a,\n               b)\n",
        ),
        ("»from m import (a,\n               b,\n               c)\n", "- | x | x", "from m import (a)\n"),
        ("»from m import (a, b,\n    c, d)\n", "- | x | - | -", "from m import (a,\n    c, d)\n"),
        ("»from m import (a, b,\n    c, d)\n", "- | - | x | x", "from m import (a, b)\n"),
        ("»from m import (a, b,\n    c, d)\n", "x | x | - | -", "from m import (c, d)\n"),
        ("»from m import (a, b,\n    c, d)\n", "- | - | x | -", "from m import (a, b,\n    d)\n"),
        ("»from m import (\n    a, b,\n    c, d,\n)\n", "- | x | x | x", "from m import (\n    a,\n)\n"),
        ("»from m import (\n    a\n    , b\n    , c\n)\n", "- | x | -", "from m import (\n    a\n    , c\n)\n"),
        ("»from m import (\n\n    a,\n\n    b,\n)\n", "x | -", "from m import (\n\n    b,\n)\n"),
        (
            "try:\n    »from m import (\n  a,\n  b,\n)\nexcept E:\n    pass\n",
            "x | -",
            "try:\n    from m import (\n  b,\n)\nexcept E:\n    pass\n",
        ),
    ] {
        case(before).import(wish).gives(after);
    }
}

#[test]
fn doubles_become_one() {
    for (before, wish, after) in [
        ("»from m import New, Old\n", "- | New", "from m import New\n"),
        ("»from m import Old, New\n", "New | -", "from m import New\n"),
        ("»from m import Old, Older\n", "New | New", "from m import New\n"),
        ("»from m import New\n", "-; add New", "from m import New\n"),
        ("»from m import Old\n", "x; add New", "from m import New\n"),
        ("»from m import New as A, Old\n", "- | New", "from m import New, New as A\n"),
    ] {
        case(before).import(wish).gives(after);
    }
}

#[test]
fn a_sorted_list_stays_sorted_when_a_name_changes() {
    for (before, wish, after) in [
        ("»from m import Old, Z\n", "New | -", "from m import New, Z\n"),
        ("»from m import Apple, Old\n", "- | Aaa", "from m import Aaa, Apple\n"),
        ("»from m import B, A, C\n", "Z | - | -", "from m import Z, A, C\n"),
        ("»from m import MAX, Class, func\n", "- | - | Other", "from m import MAX, Class, Other\n"),
        ("»from m import (\n    A,  # first\n    B,\n)\n", "C | -", "from m import (\n    B,\n    C,  # first\n)\n"),
    ] {
        case(before).import(wish).gives(after);
    }
}

#[test]
fn a_change_that_does_not_fit_is_refused() {
    case("»from m import a, b\n").import("x").refused();
    case("»import a\n").import("-; module b").refused();
    case("»x = 1\n").import("x").refused();
    case("»from m import (\n    a  # why\n    as b,\n    c,\n)\n").import("- | x").refused();
    case("»from __future__ import a\n").beside(&["import b"], &[]).refused();
    case("»\"doc\"\nfrom __future__ import a\n").beside(&[], &["import b"]).refused();
    case("»'doc'\n").beside(&["import b"], &[]).refused();
}
