"""What CPython says about a tree: which modules import, and which of their names are one object.

    identity.py print TREE            the tree's modules, their errors, and the names of each object, as JSON
    identity.py compare BEFORE AFTER  fails if AFTER breaks an import or parts names that were one object
    identity.py cases DIRECTORY       compares before/ and after/ of every case below DIRECTORY
"""

import ast
import contextlib
import importlib
import json
import os
import pathlib
import pkgutil
import shutil
import sys
import tempfile
import tomllib
import warnings

from running import OBJECTS, in_child

# Cases in which a name changes its object as it should, each with the reason.
KNOWN = {
    "identity/last-star-wins": "nothing reads `use:Old` any more, which the other star now gives",
    "deprecate/subclass": "the deprecated subclass is the canonical class now",
    "copies/function": "the importer of the copy has the canonical function now",
}


def find_roots(tree):
    """The folders that go on `sys.path`: the tree, and `src` in it."""
    return [root for root in (tree / "src", tree) if root.is_dir()]


def find_modules(tree):
    """The dotted names of all files that can be imported, sorted."""
    names = set()
    roots = find_roots(tree)
    for root in roots:
        for path in root.rglob("*.py"):
            if root == tree and len(roots) > 1 and roots[0] in path.parents:
                continue
            parts = path.relative_to(root).with_suffix("").parts
            if parts[-1] == "__init__":
                parts = parts[:-1]
            if parts and all(part.isidentifier() for part in parts):
                names.add(".".join(parts))
    return sorted(names)


def enter_tree(tree):
    sys.dont_write_bytecode = True
    sys.path[:0] = [str(root) for root in find_roots(tree)]
    os.chdir(tree)


def error_of(name):
    """Why the module does not import, or `None`."""
    try:
        importlib.import_module(name)
    except BaseException as error:  # a module may even exit
        return type(error).__name__
    return None


def find_strings(module):
    """The identifiers in the strings of a module's source: what its `__getattr__` may know."""
    try:
        tree = ast.parse(pathlib.Path(module.__file__).read_bytes())
    except (AttributeError, OSError, SyntaxError, TypeError):
        return set()
    strings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {string for string in strings if string.isidentifier()}


def find_attributes(module):
    """The attributes of a module, those that its `__getattr__` gives included."""
    found = dict(vars(module))
    for name in find_strings(module) - found.keys() if "__getattr__" in found else ():
        with warnings.catch_warnings(), contextlib.suppress(Exception):
            warnings.simplefilter("ignore")
            found[name] = getattr(module, name)
    return sorted(found.items())


def find_groups(names):
    """For each class and function: the `module:name` of every module attribute that is this very object."""
    groups = {}
    for name in names:
        module = sys.modules.get(name)
        for attribute, value in find_attributes(module) if module else ():
            if isinstance(value, OBJECTS) and not attribute.startswith("__"):
                groups.setdefault(id(value), []).append(f"{name}:{attribute}")
    return sorted(groups.values())


def snapshot(tree):
    """Errors with each module as the first one imported, and the groups after all of them were."""
    tree = pathlib.Path(tree).resolve()
    names = find_modules(tree)

    def enter_by(name):
        enter_tree(tree)
        return error_of(name)

    def enter_by_all():
        enter_tree(tree)
        for name in names:
            error_of(name)
        return find_groups(names)

    errors = {name: in_child(lambda: enter_by(name)) for name in names}
    return {"errors": errors, "groups": in_child(enter_by_all)}


def find_damage(before, after, merging):
    """What the second snapshot lacks of the first, in sentences."""
    damage = []
    for name, error in sorted(after["errors"].items()):
        if error and not before["errors"].get(name):
            damage.append(f"{name} no longer imports: {error}")
    old = {name: number for number, group in enumerate(before["groups"]) for name in group}
    new = {name: number for number, group in enumerate(after["groups"]) for name in group}
    both = sorted(old.keys() & new.keys())
    for position, first in enumerate(both):
        for second in both[position + 1 :]:
            was, now = old[first] == old[second], new[first] == new[second]
            if was and not now or now and not was and not merging:
                damage.append(f"{first} and {second} {'were' if was else 'are now'} one object")
    return damage


def find_silence(tree, rule):
    """The deprecated aliases of a rule that do not warn once, with the canonical path, and give the canonical object."""
    canonical = rule["canonical"].replace(":", ".")
    damage = []
    for alias in rule.get("aliases", []):
        module, name = alias.split(":")
        enter_tree(tree)
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("default")
            space = {}
            exec(f"from {module} import {name} as found", space)  # the way in which users ask
        said = [str(warning.message) for warning in told if warning.category is DeprecationWarning]
        if "__getattr__" not in vars(sys.modules[module]):
            continue  # an import that the module needs for itself
        if len(said) != 1 or canonical not in said[0]:
            damage.append(f"{alias} says {said}, not once that it is {canonical}")
        if space["found"] is not pkgutil.resolve_name(rule["canonical"]):
            damage.append(f"{alias} is not {canonical}")
    return damage


def check_deprecated(case, tree):
    """The damage of a case whose shims warn afterwards; those that were refused do not."""
    rules = tomllib.loads((case / "rule.toml").read_text(encoding="utf-8"))["rule"]
    refused = (case / "refusals.txt").exists()
    wanted = [rule for rule in rules if rule.get("shims") == "deprecate" and not refused]
    return [line for rule in wanted for line in in_child(lambda: find_silence(tree.resolve(), rule))]


def check_case(case):
    """The damage of one case directory; a case without `after` changes nothing."""
    after = case / "after"
    deprecated = check_deprecated(case, after if after.is_dir() else case / "before")
    if not after.is_dir() or f"{case.parent.name}/{case.name}" in KNOWN:
        return deprecated
    merging = "merge =" in (case / "rule.toml").read_text(encoding="utf-8")
    return deprecated + find_damage(snapshot(case / "before"), snapshot(after), merging)


def check_copy(case):
    """The damage of a case, run in a copy: what its modules write stays out of the repository."""
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder, case.parent.name, case.name)
        shutil.copytree(case, copy, symlinks=True)
        return check_case(copy)


def main(arguments):
    match arguments:
        case ["print", tree]:
            json.dump(snapshot(tree), sys.stdout, indent=1)
            return 0
        case ["compare", before, after]:
            damage = find_damage(snapshot(before), snapshot(after), False)
        case ["cases", directory]:
            found = sorted(rule.parent for rule in pathlib.Path(directory).rglob("rule.toml"))
            damage = [f"{case}: {line}" for case in found for line in check_copy(case)]
            print(f"{len(found)} cases", file=sys.stderr)
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    print("\n".join(damage), end="\n" if damage else "")
    return 1 if damage else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
