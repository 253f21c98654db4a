"""A tree as CPython runs it, before and after `unshim` has changed it: shared by the random oracles."""

import argparse
import importlib
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import types
import typing

OBJECTS = (type, types.FunctionType)


def write(tree, files):
    for path, text in files.items():
        path = tree / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def in_child(work):
    """Runs `work` in a process of its own, so that nothing stays imported, and returns what it returns."""
    readable, writable = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(readable)
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        with open(writable, "w") as pipe:
            json.dump(work(), pipe)
        os._exit(0)
    os.close(writable)
    with open(readable) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return json.loads(text)


def error_of(work):
    """What `work` raises, by name, or `None`."""
    try:
        work()
    except BaseException as error:  # a module may even exit
        return type(error).__name__
    return None


def told(value):
    """What a value is, in words that do not depend on the names through which it is reached."""
    match value:
        case type() if "mark" in vars(value):
            return f"class {value.mark}"
        case type():
            return f"class {value.__module__}.{value.__qualname__}"
        case tuple() | list():
            return [told(item) for item in value]
        case str() | int() | None:
            return value
        case _:
            return type(value).__name__


def called(function):
    try:
        return told(function())
    except Exception as error:
        return type(error).__name__


def hinted(value):
    try:
        return {name: str(told(hint)) for name, hint in typing.get_type_hints(value).items()}
    except Exception as error:
        return type(error).__name__


def is_failure(result):
    return any(isinstance(part, str) and part.endswith("Error") for part in result)


def has_file(tree, module):
    path = tree / module.replace(".", "/")
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def packages_of(name):
    """A module and all packages above it."""
    parts = name.split(".")
    return [".".join(parts[: number + 1]) for number in range(len(parts))]


def snapshot(tree, modules):
    """Errors with each module first, and with all imported: names by object, results of functions, star imports."""

    def enter():
        sys.dont_write_bytecode = True
        sys.path.insert(0, str(tree))
        os.chdir(tree)

    def enter_by(name):
        enter()
        return error_of(lambda: importlib.import_module(name))

    def enter_by_all():
        enter()
        errors = {name: error_of(lambda name=name: importlib.import_module(name)) for name in modules}
        held, defined, results, exported = {}, {}, {}, {}
        for name in modules:
            module = sys.modules.get(name)
            if module is None or any(errors.get(above) for above in packages_of(name)):
                continue  # what a package that fails leaves behind cannot be imported again
            for attribute, value in sorted(vars(module).items()):
                if isinstance(value, type) and "mark" in vars(value):
                    held[f"{name}:{attribute}"] = told(value)
                    defined[told(value)] = f"{value.__module__}:{value.__qualname__}"
                elif isinstance(value, types.FunctionType) and value.__module__ == name:
                    results[f"{name}:{attribute}"] = [called(value), hinted(value)]
            exported[name] = error_of(lambda name=name: exec(f"from {name} import *", {}))
        groups = {}
        for symbol, value in held.items():
            groups.setdefault(value, []).append(symbol)
        parts = {"held": held, "defined": defined, "groups": groups, "results": results}
        return {**parts, "errors": errors, "exported": exported}

    whole = in_child(enter_by_all)
    first = {name: in_child(lambda name=name: enter_by(name)) for name in modules if not whole["errors"][name]}
    files = [name for name in modules if has_file(tree, name)]
    return {**whole, "first": first, "modules": files}


def damage(before, after):
    """What the change broke, in a sentence that begins with its kind; "" if nothing."""
    for part in ("errors", "first", "exported"):
        for name, error in after[part].items():
            if error and name in after["modules"] and before[part].get(name, error) is None:
                return f"import: `{name}` raises {error} ({part})"
    for name, result in after["results"].items():
        was = before["results"].get(name, result)
        if was != result and not is_failure(was):
            return f"result: `{name}` gave {was}, now {result}"
    for name, value in after["held"].items():
        if before["held"].get(name, value) != value:
            return f"identity: `{name}` was {before['held'][name]}, is {value}"
    return ""


def draw_rule(draw, group, own, most=None):
    """A canonical name, mostly that of the definition, and some of the other names of the same object."""
    canonical = own if own in group and draw.random() < 0.7 else draw.choice(group)
    rest = [name for name in group if name != canonical]
    return {"canonical": canonical, "aliases": sorted(draw.sample(rest, draw.randint(1, min(most or len(rest), len(rest)))))}


def rules_text(rules):
    """The rule file of those rules that have aliases."""
    tables = [
        f'[[rule]]\nid = "drawn-{number}"\ncanonical = "{rule["canonical"]}"\naliases = {json.dumps(rule["aliases"])}\n'
        for number, rule in enumerate(rules)
        if rule["aliases"]
    ]
    return "\n".join(tables)


def apply_fitting(program, tree, rules, path):
    """Applies the rules without the aliases on a canonical symbol's own route. As `apply`; `None` also if none is left."""
    while path.write_text(rules_text(rules), encoding="utf-8"):
        told = apply(program, tree, path)
        if told is None or not told.startswith("route: "):
            return told
        route = told.removeprefix("route: ").split()
        rules = [{**rule, "aliases": [name for name in rule["aliases"] if name not in route]} for rule in rules]
    return None


def apply(program, tree, rules):
    """Applies the rules. `None` if they do not fit the tree, a sentence if the program fails, else "".

    Aliases on the canonical symbol's own route are a sentence too: "route: " and the symbols.
    """
    command = [program, "apply", "--allow-no-vcs", "--rules", str(rules), str(tree)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    route = re.findall(r"`([^` ]+)` lies on the way", done.stderr)
    if route:
        return f"route: {' '.join(route)}"
    if done.returncode == 2 and "error:" in done.stderr and "panicked" not in done.stderr:
        return None
    return "" if done.returncode == 0 else f"exit: {done.returncode}: {done.stderr[-2000:]}"


def second_run(program, tree, rules):
    """What a second run would change, in a sentence; "" if nothing."""
    command = [program, "diff", "--exit-code", "--rules", str(rules), str(tree)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else f"again: {done.stdout[:2000]}{done.stderr[-500:]}"


def find_modules(tree, folders):
    """The modules of some packages of a tree, but for those that act when they are imported."""
    names = set()
    for folder in folders:
        for path in (tree / folder).rglob("*.py"):
            parts = path.relative_to(tree).with_suffix("").parts
            if parts[-1] != "__main__" and all(part.isidentifier() for part in parts) and "tests" not in parts:
                names.add(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return sorted(names)


def objects(tree, site, folders):
    """Import errors, the names of each class and function of the packages in a tree, and which stars work."""
    modules = find_modules(tree, folders)

    def own(value):
        return isinstance(value, OBJECTS) and (getattr(value, "__module__", None) or "").split(".")[0] in folders

    def enter():
        sys.dont_write_bytecode = True
        sys.path[:0] = [str(tree), str(site)]
        errors = {name: error_of(lambda name=name: importlib.import_module(name)) for name in modules}
        numbers, groups, defined, exported = {}, {}, {}, {}
        for name in modules:
            module = sys.modules.get(name)
            if module is None or any(errors.get(above) for above in packages_of(name)):
                continue  # what a package that fails leaves behind cannot be imported again
            for attribute, value in sorted(vars(module).items()):
                if own(value) and attribute.isidentifier() and not attribute.startswith("__"):
                    number = numbers.setdefault(id(value), str(len(numbers)))
                    groups.setdefault(number, []).append(f"{name}:{attribute}")
            exported[name] = error_of(lambda name=name: exec(f"from {name} import *", {}))
        for number, group in groups.items():
            module, attribute = group[0].split(":")
            value = getattr(sys.modules[module], attribute)
            for symbol in group:
                defined[symbol] = f"{value.__module__}:{value.__qualname__}"
        return {"errors": errors, "groups": groups, "defined": defined, "exported": exported}

    return {**in_child(enter), "modules": modules}


def torn(before, after):
    """What the change broke of a package, in a sentence that begins with its kind; "" if nothing."""
    for part in ("errors", "exported"):
        for name, error in after[part].items():
            if error and before[part].get(name, error) is None:
                return f"import: `{name}` raises {error} ({part})"
    old = {name: number for number, group in before["groups"].items() for name in group}
    for group in after["groups"].values():
        known = [name for name in group if name in old]
        if len({old[name] for name in known}) > 1:
            return f"identity: {known} are now one object"
    new = {name: number for number, group in after["groups"].items() for name in group}
    for group in before["groups"].values():
        kept = [name for name in group if name in new]
        if len({new[name] for name in kept}) > 1:
            return f"identity: {kept} were one object"
    return ""


def main(description, run):
    """Runs as many projects as the command line says, each from its seed, and counts what `run` says of them."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--unshim", default="target/debug/unshim")
    given = parser.parse_args()
    program = str(pathlib.Path(given.unshim).resolve())
    print(f"seed {given.seed}, {given.count} projects", flush=True)
    counts = {}
    for number in range(given.count):
        outcome = run(program, given.seed + number)
        counts[outcome] = counts.get(outcome, 0) + 1
    print(", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())))
    return 1 if counts.get("wrong") or not counts.get("applied") else 0
