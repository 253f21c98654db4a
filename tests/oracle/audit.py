"""What the audit says of installed packages, with real imports as the judge.

    audit.py [--unshim PROGRAM] [--verbose] [PACKAGE ...]

Every module of a package is really imported. For each class and function that the package defines, all pairs of a module and a
name are collected through which it is reachable, and compared with `unshim audit --show-skipped --output-format json`:

- precision: an alias with `same_object = true` is the same object as its canonical name; every miss is named;
- recall: a name that the source makes by an import, a star, an assignment of a name, or a table of a module's `__getattr__`
  is known to the audit as a name of the same object.
"""

import argparse
import ast
import collections
import importlib
import json
import pathlib
import subprocess
import sys
import tempfile
import types
import warnings

import packages
import running

PACKAGES = [
    "attrs", "celery", "flask", "jinja2", "langchain-core", "networkx", "pydantic", "requests", "sqlalchemy", "urllib3", "werkzeug",
]
OBJECTS = (type, types.FunctionType)
# Modules that do something when they are imported, or want what is not installed.
SKIPPED = ("__main__", "conftest")


def modules_of(site, folder):
    for path in sorted((site / folder).rglob("*.py")):
        parts = path.relative_to(site).with_suffix("").parts
        if not all(part.isidentifier() for part in parts) or parts[-1] in SKIPPED or "tests" in parts:
            continue
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def reached(site, folders):
    """Every pair of module and name, by the object: a number, and where the object says that it is defined."""

    def work():
        sys.dont_write_bytecode = True
        warnings.simplefilter("ignore")
        sys.path.insert(0, str(site))
        modules = {}
        for folder in folders:
            for name in modules_of(site, folder):
                try:
                    modules[name] = importlib.import_module(name)
                except BaseException:
                    continue
        objects, names, asked = {}, {}, {}
        for name, module in modules.items():
            own = vars(module) if isinstance(module, types.ModuleType) else {}
            found = {key: value for key, value in list(own.items()) if isinstance(value, OBJECTS)}
            listed = getattr(module, "__all__", None) or [] if isinstance(module, types.ModuleType) else []
            for key in [*listed, *getattr(module, "__dir__", list)()]:
                if isinstance(key, str) and key not in own:
                    try:
                        value = getattr(module, key)
                    except BaseException:
                        continue
                    if isinstance(value, OBJECTS):
                        found[key] = value
                        asked[f"{name}:{key}"] = True
            for key, value in found.items():
                objects[id(value)] = value
                names[f"{name}:{key}"] = id(value)
        homes = {number: f"{value.__module__}:{value.__qualname__}" for number, value in objects.items()}
        return {"names": names, "homes": {str(number): home for number, home in homes.items()}, "modules": sorted(modules)}

    return running.in_child(work)


def written(site, module):
    """How each name of a module's source comes about: import, star, assignment; only those that can be read off."""
    path = site / module.replace(".", "/")
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    forms = collections.defaultdict(set)
    try:
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return forms
    for node in tree.body:
        match node:
            case ast.ImportFrom():
                for entry in node.names:
                    forms[entry.asname or entry.name].add("star" if entry.name == "*" else "import")
            case ast.Assign(targets=targets, value=ast.Name() | ast.Attribute()):
                for target in targets:
                    if isinstance(target, ast.Name):
                        forms[target.id].add("assignment")
            case ast.FunctionDef(name="__getattr__"):
                forms["__getattr__"].add("getattr")
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                forms[node.name].add("definition")
            case ast.Assign(targets=targets) | ast.AnnAssign(target=targets):
                for target in targets if isinstance(targets, list) else [targets]:
                    if isinstance(target, ast.Name):
                        forms[target.id].add("other")
    return forms


def form_of(forms, name):
    """The only form of a name, if recall counts it."""
    found = forms.get(name, set())
    if len(found) == 1:
        return next(iter(found)) if found & {"import", "assignment"} else None
    if not found and forms.get("*"):
        return "star"
    return "getattr" if not found and forms.get("__getattr__") else None


def audited(program, site, folders, scratch):
    tree = pathlib.Path(scratch) / "tree"
    packages.copy(site, folders, tree)
    command = [program, "audit", "--show-skipped", "--output-format", "json", str(tree)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def judge(program, site, package, verbose):
    folders = packages.top_folders(site, package)
    with tempfile.TemporaryDirectory() as scratch:
        families = audited(program, site, folders, scratch)["families"]
    real = reached(site, folders)
    names, imported = real["names"], set(real["modules"])
    # Each name with the name that it leads to, and for those that are said to be one object their canonical name.
    ends, canonical = {}, {}
    for family in families:
        ends.setdefault(family["canonical"], family["origin"])
        ends.setdefault(family["origin"], family["origin"])
        for alias in family["aliases"]:
            ends[alias["symbol"]] = alias["route"][-1]["symbol"] if alias["route"] else alias["symbol"]
            if alias["same_object"]:
                canonical[alias["symbol"]] = family["canonical"]
    wrong, judged = [], 0
    for symbol in ends:
        for other in {ends[symbol], canonical.get(symbol, ends[symbol])} - {symbol}:
            if symbol in names and other in names:
                judged += 1
                if names[symbol] != names[other]:
                    wrong.append(f"{symbol} is not {other}")
    missed, wanted = [], collections.Counter()
    forms = {module: written(site, module) for module in imported}
    for symbol, number in names.items():
        module, name = symbol.split(":")
        home = real["homes"][str(number)]
        form = form_of(forms[module], name)
        in_tree = home.split(":")[0].split(".")[0] in folders and names.get(home) == number
        if form is None or not in_tree or home == symbol or home.split(":")[0] not in imported:
            continue
        wanted[form] += 1
        if names.get(ends.get(symbol)) != number:
            missed.append(f"{symbol} ({form}) is {home}")
    if verbose:
        for line in wrong:
            print(f"  wrong   {line}")
        for line in missed:
            print(f"  missed  {line}")
    total = sum(wanted.values())
    recall = 1 - len(missed) / total if total else 1.0
    parts = ", ".join(f"{count} {form}" for form, count in sorted(wanted.items()))
    print(f"{package:<16} {len(imported):>4} modules  same object {judged - len(wrong)}/{judged}  "
          f"recall {total - len(missed)}/{total} = {recall:.2%}  ({parts})", flush=True)
    return len(wrong), judged, len(missed), total


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--unshim", default="target/debug/unshim")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("packages", nargs="*", metavar="PACKAGE")
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.unshim).resolve())
    chosen = arguments.packages or PACKAGES
    with tempfile.TemporaryDirectory() as folder:
        site = pathlib.Path(folder)
        packages.install(chosen, site)
        sums = [judge(program, site, package, arguments.verbose) for package in chosen]
    wrong, judged, missed, total = (sum(column) for column in zip(*sums))
    print(f"{'all':<16} same object {judged - wrong}/{judged}  recall {total - missed}/{total} = {1 - missed / total:.2%}")
    sys.exit(1 if wrong or missed > total / 100 else 0)


if __name__ == "__main__":
    main()
