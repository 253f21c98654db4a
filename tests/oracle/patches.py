"""Random patches, rewritten by `unshim`, with CPython as the judge of what they reach.

    patches.py [--seed N] [--count N] [--unshim PROGRAM]

Project `n` is drawn from seed N + n. Its consumers take one class by imports, attributes and functions of all kinds, and its
tests patch one name each, in all forms that `unittest.mock` has, and note what every consumer gives meanwhile. After `apply`
each consumer gives the same under each patch that did not fail before, and a second run changes nothing. Patches of the
canonical name itself are not drawn: they reach whatever is sent there.
"""

import importlib
import json
import os
import pathlib
import random
import sys
import tempfile

import running

BASE = {
    "app/__init__.py": "",
    "app/new.py": 'class New:\n    tag = "new"\n',
    "app/old.py": "from app.new import New as Old\n\n\ndef run():\n    return Old.tag\n",
}
IMPORTS = [
    "from app.old import Old\n\n\ndef run():\n    return Old.tag\n",
    "from app.old import Old as Mine\n\n\ndef run():\n    return Mine.tag\n",
    "import app.old\n\n\ndef run():\n    return app.old.Old.tag\n",
    "from app import old\n\n\ndef run():\n    return old.Old.tag\n",
    "def run():\n    from app.old import Old\n\n    return Old.tag\n",
    "from app.old import Old\n\nKEPT = Old\n\n\ndef run():\n    return KEPT.tag\n",
    "from app.new import New\n\n\ndef run():\n    return New.tag\n",
    "import app.new\n\n\ndef run():\n    return app.new.New.tag\n",
]
FROM_CONSUMER = [
    "from app.{0} import Old\n\n\ndef run():\n    return Old.tag\n",
    "import app.{0}\n\n\ndef run():\n    return app.{0}.Old.tag\n",
]
NAMES = ["Old", "New", "Mine", "KEPT"]
FORMS = [
    "with patch(\"app.{0}.{1}\", Fake):\n        note()",
    "with m.patch(target=\"app.\" \"{0}.{1}\", new=Fake):\n        note()",
    "with patch.object(app.{0}, \"{1}\", Fake):\n        note()",
    "with patch.multiple(\"app.{0}\", {1}=Fake):\n        note()",
    "patch(\"app.{0}.{1}\", Fake)(note)()",
    "started = patch(\"app.{0}.{1}\", Fake)\n    started.start()\n    note()\n    started.stop()",
    "with patch(\"app.{0}.{1}.tag\", \"changed\"):\n        note()",
    "with patch.dict(sys.modules, {{\"app.{0}\": None}}):\n        pass",
]


def project(draw):
    """The files of a project, and the names of its modules that have a `run`."""
    consumers = [f"c{number}" for number in range(draw.randint(1, 4))]
    files = dict(BASE)
    for number, name in enumerate(consumers):
        sources = draw.choice(FROM_CONSUMER).format(draw.choice(consumers[:number])) if number and draw.random() < 0.3 else None
        files[f"app/{name}.py"] = sources or draw.choice(IMPORTS)
    modules = ["old", *consumers]
    tests = []
    for number in range(draw.randint(1, 5)):
        module = draw.choice([*modules, "new"])
        name = draw.choice([name for name in NAMES if (module, name) != ("new", "New")])
        form = draw.choice(FORMS).format(module, name)
        tests.append(f"def test_{number}(note):\n    {form}\n")
    imports = "".join(f"import app.{name}\n" for name in [*modules, "new"])
    head = f'import sys\nfrom unittest import mock as m\nfrom unittest.mock import patch\n\n{imports}\n\nclass Fake:\n    tag = "fake"\n\n\n'
    files["test_app.py"] = head + "\n\n".join(tests)
    return files, modules


def observed(tree, modules):
    """What each test notes of every consumer, or the error that it ends with; the error of the import, if there is one."""

    def enter():
        sys.dont_write_bytecode = True
        sys.path.insert(0, str(tree))
        os.chdir(tree)
        if error := running.error_of(lambda: importlib.import_module("test_app")):
            return error
        tests = sys.modules["test_app"]
        consumers = [importlib.import_module(f"app.{name}") for name in modules if running.has_file(tree, f"app.{name}")]
        noted = {}
        for name in sorted(vars(tests)):
            if not name.startswith("test_"):
                continue
            seen = []
            note = lambda seen=seen: seen.append({module.__name__: running.called(module.run) for module in consumers})
            error = running.error_of(lambda name=name, note=note: getattr(tests, name)(note))
            noted[name] = error or seen
        return noted

    return running.in_child(enter)


def differs(before, after):
    """The first test that notes something else, in a sentence; "" if none."""
    if isinstance(after, str):
        return f"import: the tests raise {after}"
    for name, seen in before.items():
        if not isinstance(seen, list):
            continue
        now = after.get(name)
        if not isinstance(now, list) or len(now) != len(seen):
            return f"effect: {name} noted {seen}, now {now}"
        for one, other in zip(seen, now):
            if any(one[module] != value for module, value in other.items()):
                return f"effect: {name} noted {seen}, now {now}"
    return ""


def run(program, seed):
    """One project: "applied", "unfit", "plain" or "wrong"."""
    draw = random.Random(seed)
    files, modules = project(draw)
    with tempfile.TemporaryDirectory() as folder:
        tree, rules = pathlib.Path(folder, "tree"), pathlib.Path(folder, "rule.toml")
        running.write(tree, files)
        strings = draw.choice(["safe", "none"])
        aliases = json.dumps(["app.old:Old"])
        rules.write_text(f'[[rule]]\nid = "drawn"\ncanonical = "app.new:New"\naliases = {aliases}\nstrings = "{strings}"\n', encoding="utf-8")
        before = observed(tree, modules)
        if isinstance(before, str):
            return "plain"
        told = running.apply(program, tree, rules)
        if told is None:
            return "unfit"
        told = told or differs(before, observed(tree, modules)) or running.second_run(program, tree, rules)
        if not told:
            return "applied"
        after = {str(path.relative_to(tree)): path.read_text() for path in sorted(tree.rglob("*.py"))}
    print(f"seed {seed}: {told}\nstrings = {strings}")
    for path, text in sorted(files.items()):
        changed = "" if after.get(path) == text else f"\n## after\n{after.get(path, 'deleted')}"
        print(f"## {path}\n{text}{changed}")
    return "wrong"


if __name__ == "__main__":
    sys.exit(running.main(__doc__, run))
