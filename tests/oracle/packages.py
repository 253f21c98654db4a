"""Installed packages, rewritten by random rules, with CPython as the judge.

    packages.py [--seed N] [--rules N] [--rounds N] [--unshim PROGRAM] [PACKAGE ...]

A rule's canonical name and its aliases are names of one object, found by really importing the package. After `apply` every
module that imported still does, names that are still there are one object where they were one, `from m import *` works where
it did, and a second run changes nothing. Before that, rules that match nothing must not change a byte: of the packages, and
of the standard library.
"""

import argparse
import hashlib
import pathlib
import random
import shutil
import subprocess
import sys
import sysconfig
import tempfile

import running

PACKAGES = ["attrs", "click", "docutils", "httpx", "jinja2", "jsonschema", "networkx", "requests", "rich", "werkzeug"]

# Names that every code base spells, as aliases that are nowhere: files are read, and nothing is to be done.
IDLE = """[[rule]]
id = "idle"
canonical = "nowhere.new:Path"
external = true
aliases = ["nowhere.old:Path", "nowhere.old:Any", "nowhere.old:Error", "nowhere.old:name", "nowhere.older:*"]
"""


def install(packages, folder):
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target"]
    subprocess.run([*command, str(folder), *packages], check=True, stdout=subprocess.DEVNULL)


def top_folders(site, package):
    """The import packages that an installed package brings."""
    [record] = site.glob(f"{package.replace('-', '_')}-*.dist-info/RECORD") or [None]
    lines = record.read_text(encoding="utf-8").splitlines()
    return sorted({line.split("/")[0] for line in lines if line.split(",")[0].endswith("/__init__.py")})


def copy(site, folders, tree):
    ignore = shutil.ignore_patterns("__pycache__", "*.so")
    for folder in folders:
        shutil.copytree(site / folder, tree / folder, ignore=ignore)


def digest(tree):
    found = hashlib.sha256()
    for path in sorted(tree.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            found.update(str(path.relative_to(tree)).encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def stays(program, tree, folder):
    """What is wrong if rules that match nothing are applied to a tree."""
    rules = folder / "idle.toml"
    rules.write_text(IDLE, encoding="utf-8")
    before = digest(tree)
    command = [program, "apply", "--allow-no-vcs", "--rules", str(rules), str(tree)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return f"idle: exit {done.returncode}: {done.stderr[-500:]}"
    return "" if digest(tree) == before else "idle: bytes changed"


def draw_rules(draw, before, count):
    """Rules of which no two speak of one object."""
    groups = [group for group in before["groups"].values() if len(group) > 1]
    drawn = draw.sample(groups, min(count, len(groups)))
    return [running.draw_rule(draw, group, before["defined"].get(group[0]), most=8) for group in drawn]


def round_of(program, draw, site, folders, count, scratch):
    """One draw of rules: "applied", "unfit", or what is wrong."""
    tree, path = scratch / "tree", scratch / "rules.toml"
    shutil.rmtree(tree, ignore_errors=True)
    copy(site, folders, tree)
    before = running.objects(tree, site, folders)
    told = running.apply_fitting(program, tree, draw_rules(draw, before, count), path)
    if told is None:
        return "unfit"
    told = told or running.torn(before, running.objects(tree, site, folders)) or running.second_run(program, tree, path)
    return f"{told}\n{path.read_text(encoding='utf-8')}" if told else "applied"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", nargs="*", default=PACKAGES)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--rules", type=int, default=4, help="rules a round")
    parser.add_argument("--rounds", type=int, default=1, help="rounds a package")
    parser.add_argument("--unshim", default="target/debug/unshim")
    parser.add_argument("--site", type=pathlib.Path, help="a folder with the packages installed, instead of a new one")
    given = parser.parse_args()
    program = str(pathlib.Path(given.unshim).resolve())
    print(f"seed {given.seed}", flush=True)
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        site = given.site or scratch / "site"
        if not site.is_dir():
            install(given.packages, site)
        library = scratch / "library"
        ignore = shutil.ignore_patterns("__pycache__", "site-packages", "test", "lib2to3", "*.so")
        shutil.copytree(sysconfig.get_paths()["stdlib"], library, ignore=ignore)
        told = stays(program, library, scratch)
        print(f"standard library: {told or 'not a byte changed'}", flush=True)
        wrong += bool(told)
        for package in given.packages:
            folders = top_folders(site, package)
            shutil.rmtree(scratch / "tree", ignore_errors=True)
            copy(site, folders, scratch / "tree")
            outcomes = [stays(program, scratch / "tree", scratch) or "not a byte changed"]
            wrong += outcomes[0] != "not a byte changed"
            for number in range(given.rounds):
                draw = random.Random(f"{given.seed} {package} {number}")
                outcome = round_of(program, draw, site, folders, given.rules, scratch)
                wrong += outcome not in ("applied", "unfit")
                outcomes.append(outcome)
            print(f"{package}: {', '.join(outcomes)}", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
