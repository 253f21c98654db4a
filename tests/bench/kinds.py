"""What `hostile` repeats: each kind makes, of a count, the text of one file that imports an alias, or several files of a tree."""

IMPORT = "from app.old import Old\n"
RULE = '[[rule]]\nid = "new"\ncanonical = "app.new:New"\naliases = ["app.old:Old"]\n'
# What all trees hold where the kind does not say something else.
BASE = {
    "app/__init__.py": "",
    "app/new.py": "class New:\n    def work(self, value=None):\n        return value\n",
    "app/old.py": "from app.new import New as Old\n",
    "rules.toml": RULE,
}
# Suites that lie within each other, below the depth that is too deep.
DEPTH = 50
# Packages that lie within each other: the system takes no longer path.
DEEPEST_PACKAGE = 600
# A hundred thousand lines are so many times a thousand files.
LINES_A_FILE = 100


def lines(text, head="", tail=""):
    """So many times the text, in which `{n}` is the number of the time and `{m}` the one before."""

    def repeated(count):
        return head + "".join(text.replace("{n}", str(n)).replace("{m}", str(n - 1)) for n in range(1, count + 1)) + tail

    return repeated


def stairs(opens, last):
    """As many lines as asked for, in stairs of suites."""
    stair = "".join(" " * depth + opens for depth in range(DEPTH)) + " " * DEPTH + last
    return lambda count: stair * (count // DEPTH)


def with_rule(keys, text):
    """The same with more keys in the rule."""
    return lambda count: {"app/hostile.py": IMPORT + text(count), "rules.toml": RULE + keys}


def with_shims(shims, uses):
    """One module of so many shims, and one that uses them."""
    rule = RULE.replace("app.old:Old", "app.old:*")
    return lambda count: {"app/old.py": shims(count), "app/hostile.py": uses(count), "rules.toml": rule}


def beside(path, text):
    """A file of another kind beside one ordinary site."""
    return lambda count: {"app/hostile.py": IMPORT + "Old()\n", path: text(count)}


def folder(text, uses):
    """A module for each hundred of the count, and one that uses them."""

    def files(count):
        numbers = range(1, count // LINES_A_FILE + 1)
        made = {f"app/m{n}.py": text.replace("{n}", str(n)).replace("{m}", str(n - 1)) for n in numbers}
        return made | {"app/m0.py": IMPORT, "app/hostile.py": uses(len(numbers))}

    return files


def deep(count):
    """Packages within each other, with one site at the bottom."""
    parts = [f"p{n}" for n in range(min(count // LINES_A_FILE, DEEPEST_PACKAGE))]
    packages = {"/".join(["app", *parts[: depth + 1], "__init__.py"]): "" for depth in range(len(parts))}
    return packages | {"/".join(["app", *parts, "hostile.py"]): IMPORT + "Old()\n"}


KINDS = {
    # Text.
    "comment lines": lines("# Old\n"),
    "blank lines": lines("\n"),
    "comments that ignore": lines("Old()  # unshim: ignore[US101] -- why\n"),
    "comments of types": lines("x = y  # type: Old\n"),
    "comments above shims": beside("app/old.py", lines("# Old\n", tail="from app.new import New as Old\n")),
    "one line": lines("Old, ", "x = [", "]\n"),
    "one line of statements": lines("Old(); ", tail="\n"),
    "one line of imports": lines("from app.old import Old; ", tail="\n"),
    "backslashes": lines("Old, \\\n", "x = ", "0\n"),
    "one string": lines("Old " * 10, "x = '", "'\n"),
    "one docstring": lines("Old\n", "'''", "'''\n"),
    "one f-string": lines("{Old}", "x = f'", "'\n"),
    "strings": lines('"app.old.Old"\n'),
    "strings end to end": lines('"app.old.Old"\n', "x = (", ")\n"),
    "list of strings": lines('    "app.old.Old",\n', "x = [\n", "]\n"),
    "dict": lines('    "k{n}": Old,\n', "x = {\n", "}\n"),
    "dict of strings": lines('    "k{n}": "app.old.Old",\n', "x = {\n", "}\n"),
    "strings, all risky ones too": with_rule('strings = "all"\n', lines('x = "app.old.Old"\n')),
    "prose, edited too": with_rule("docs = true\n", lines("# app.old.Old\n")),
    # Imports.
    "imports": lines("import module{n}\n"),
    "imports from": lines("from module{n} import name{n}\n"),
    "imports of one module": lines("from app.new import name{n}\n"),
    "imports of the alias": lines("from app.old import Old as Old{n}\n"),
    "imports of the alias, used": lines("from app.old import Old as Old{n}\nOld{n}()\n"),
    "imports of the alias, each name twice": lines("from app.old import Old\nOld()\n"),
    "imports of the module": lines("import app.old as old{n}\nold{n}.Old()\n"),
    "imports, names in one": lines("    name{n},\n", "from app.old import (\n", "    Old,\n)\n"),
    "imports, aliases in one": lines("    Old as Old{n},\n", "from app.old import (\n", ")\n"),
    "imports in functions": lines("def f{n}():\n    from app.old import Old\n    return Old\n"),
    "imports in classes": lines("class C{n}:\n    from app.old import Old\n"),
    "imports in one function": lines("    from app.old import Old as Old{n}\n", "def f():\n"),
    "imports that may fail": lines("try:\n    from app.old import Old\nexcept ImportError:\n    Old = None\n"),
    "imports for type checkers": lines("if TYPE_CHECKING:\n    from app.old import Old\n", "from typing import TYPE_CHECKING\n"),
    "imports by name": lines('importlib.import_module("app.old").Old\n', "import importlib\n"),
    "stars": lines("from app.old import *\n"),
    "stars of many": folder("def f{n}(): pass\n", lines("from app.m{n} import *\n", tail="Old()\n")),
    "stars in a chain": folder("from app.m{m} import *\ndef f{n}(): pass\n", lambda last: f"from app.m{last} import *\nOld()\n"),
    "modules in a chain": folder("from app.m{m} import Old\n", lambda last: f"from app.m{last} import Old\nOld()\n"),
    "modules in a ring": folder("from app import m{m}, hostile\nfrom app.old import Old\n", lambda last: f"from app import m{last}\n{IMPORT}"),
    "modules that use": folder("from app.old import Old\nfrom app import hostile\nOld()\n", lines("from app import m{n}\n")),
    "packages in each other": deep,
    # Names.
    "uses": lines("Old()\n"),
    "uses in one function": lines("    Old()\n", "def f():\n"),
    "attributes": lines("app.old.Old()\n", "import app.old\n"),
    "attributes of a chain": lines("Old.a.b.c.d\n"),
    "assignments of one name": lines("x = Old\n"),
    "assignments of many names": lines("x{n} = Old\n"),
    "assignments in one statement": lines("x{n} = ", tail="Old\n"),
    "aliases of aliases": lines("a{n} = a{m}\n", "a0 = Old\n"),
    "deletes": lines("from app.old import Old\ndel Old\n"),
    "branches": lines("if x:\n    Old = 1\n"),
    "branches in one": lines("elif x == {n}:\n    Old()\n", "if x:\n    pass\n"),
    "cases": lines("    case Old({n}):\n        pass\n", "match x:\n"),
    "loops": lines("for x in Old:\n    Old = x\n"),
    "tries": lines("try:\n    Old()\nexcept Old:\n    pass\n"),
    "handlers": lines("except Old:\n    pass\n", "try:\n    pass\n"),
    "withs": lines("with Old() as x{n}:\n    pass\n"),
    "operands": lines("Old + Old or Old\n"),
    "conditions": lines("Old if x else ", "y = (", "0)\n"),
    "arguments": lines("    Old,\n", "f(\n", ")\n"),
    "keywords": lines("    k{n}=Old,\n", "f(\n", ")\n"),
    "parameters": lines("    p{n}=Old,\n", "def f(\n", "): pass\n"),
    "functions": lines("def f{n}(a):\n    return Old(a)\n"),
    "functions of one name": lines("def f(a):\n    return Old(a)\n"),
    "functions that rebind": lines("def f{n}():\n    global Old\n    Old = 1\n"),
    "functions with the name taken": lines("def f{n}(New):\n    return Old(New)\n"),
    "lambdas": lines("lambda New: Old(New)\n"),
    "comprehensions": lines("[Old for New in x]\n"),
    "calls of functions before": lines("def f{n}():\n    return f{m}()\n", "def f0():\n    return Old()\n"),
    "decorators": lines("@Old\n", tail="def f(): pass\n"),
    "decorated functions": lines("@Old\ndef f{n}(): pass\n"),
    "classes": lines("class C{n}(Old):\n    pass\n"),
    "classes in a chain": lines("class C{n}(C{m}):\n    x = Old\n", "class C0(Old): pass\n"),
    "bases": lines("    C{n},\n", "class C(Old,\n", "): pass\n"),
    "methods": lines("    def f{n}(self):\n        return self.f{m}(Old)\n", "class C:\n"),
    "annotations": lines('x{n}: "list[Old]" = None\n'),
    "casts": lines('cast("Old", x)\n', "from typing import cast\n"),
    "types": lines("type T{n} = Old\n"),
    "exports": lines('    "name{n}",\n', "__all__ = [\n", '    "Old",\n]\n'),
    "exports added": lines('__all__ += ["Old"]\n', "__all__ = []\n"),
    "exports of all names": lines('x{n} = 1\n__all__.append("x{n}")\n', "__all__ = []\n"),
    "nested suites": stairs("if Old:\n", "pass\n"),
    "nested functions": stairs("def f():\n", "Old()\n"),
    "nested classes": stairs("class C:\n", "Old()\n"),
    # Patches and other calls that name a path.
    "patches": lines('    with patch("app.old.Old"): pass\n', "from unittest.mock import patch\ndef test():\n    Old()\n"),
    "patches of this file": lines('    with patch("app.hostile.Old"): pass\n', "from unittest.mock import patch\ndef test():\n    Old()\n"),
    "patches of the module": lines('patch.object(app.old, "Old")\n', "from unittest.mock import patch\nimport app.old\n"),
    "patched functions": lines('@patch("app.old.Old")\ndef test{n}(old): pass\n', "from unittest.mock import patch\n"),
    "getattr": lines('getattr(app.old, "Old")\n', "import app.old\n"),
    "modules replaced": lines('sys.modules["app.old"] = x\n', "import sys\n"),
    "comparisons": lines("assert Old is New\n", "from app.new import New\n"),
    # Shims.
    "shims": with_shims(lines("Old{n} = New\n", "from app.new import New\n"), lines("from app.old import Old{n}\nOld{n}()\n")),
    "shims in one import": with_shims(
        lines("    New as Old{n},\n", "from app.new import (\n", ")\n"), lines("    Old{n},\n", "from app.old import (\n", ")\n")
    ),
    "shims of attributes": with_shims(lines("from app.new import New as Old{n}\n"), lines("app.old.Old{n}()\n", "import app.old\n")),
    "shims in a chain": with_shims(lines("Old{n} = Old{m}\n", "from app.new import New as Old0\n"), lines("app.old.Old{n}()\n", "import app.old\n")),
    "shims in a table": with_shims(
        lines(
            '    "Old{n}": ("app.new", "New"),\n',
            "import importlib\n_TABLE = {\n",
            "}\ndef __getattr__(name):\n    module, attribute = _TABLE[name]\n    return getattr(importlib.import_module(module), attribute)\n",
        ),
        lines("from app.old import Old{n}\n"),
    ),
    "shims in a list": with_shims(
        lines(
            '    "Old{n}",\n',
            "import app.new\n_NAMES = [\n",
            "]\ndef __getattr__(name):\n    if name in _NAMES:\n        return app.new.New\n    raise AttributeError(name)\n",
        ),
        lines("from app.old import Old{n}\n"),
    ),
    "shims in a test": with_shims(
        lines(
            '        "Old{n}",\n',
            "import app.new\ndef __getattr__(name):\n    if name in (\n",
            "    ):\n        return app.new.New\n    raise AttributeError(name)\n",
        ),
        lines("from app.old import Old{n}\n"),
    ),
    "shims in a row of tests": with_shims(
        lines(
            '    if name == "Old{n}":\n        return app.new.New\n',
            "import app.new\ndef __getattr__(name):\n",
            "    raise AttributeError(name)\n",
        ),
        lines("from app.old import Old{n}\n"),
    ),
    "shims in arms": with_shims(
        lines(
            '    elif name == "Old{n}":\n        return app.new.New\n',
            'import app.new\ndef __getattr__(name):\n    if name == "Old":\n        return app.new.New\n',
            "    raise AttributeError(name)\n",
        ),
        lines("from app.old import Old{n}\n"),
    ),
    "strings beside names": with_shims(
        lines("Old{n} = New\n", "from app.new import New\n"), lines('f("app.old", "x{n}")\n', "from app.old import Old1\n")
    ),
    "shims that are classes": with_shims(lines("class Old{n}(New): pass\n", "from app.new import New\n"), lines("from app.old import Old{n}\n")),
    "shims one star takes": with_shims(lines("from app.new import New as Old{n}\n"), lines("Old{n}()\n", "from app.old import *\n")),
    # Files that are no modules.
    "stub": beside("app/hostile.pyi", lines("def f{n}(a: Old) -> Old: ...\n", IMPORT)),
    "notebook of cells": beside(
        "app/hostile.ipynb",
        lines(
            '  {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": null, "source": ["Old()"]},\n',
            '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [\n',
            '  {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": null, "source": ["from app.old import Old"]}\n]}\n',
        ),
    ),
    "TOML": beside("app/hostile.toml", lines('k{n} = "app.old.Old"\n')),
    "YAML": beside("app/hostile.yaml", lines("k{n}: app.old.Old\n")),
    "JSON": beside("app/hostile.json", lines('  "k{n}": "app.old.Old",\n', "{\n", '  "k": 0\n}\n')),
    "INI": beside("app/hostile.ini", lines("k{n} = app.old.Old\n", "[s]\n")),
    "Markdown": beside("app/hostile.md", lines("See `app.old.Old` here.\n")),
    "prose in Markdown": lambda count: {"app/hostile.py": IMPORT, "a.md": lines("`app.old.Old`\n")(count), "rules.toml": RULE + "docs = true\n"},
    "not valid Python": beside("app/broken.py", lines("from app.old import Old\nprint Old\n")),
}
