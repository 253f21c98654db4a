"""Where the channels are tried: folders below `target/channels`, a small repository, and commands that may not use the network."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
OUT = TOP / "target" / "channels"
ENVIRONMENT = {key: text for key, text in os.environ.items() if not key.startswith(("GIT_", "GITHUB_", "PRE_COMMIT"))}
ENVIRONMENT |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "NO_COLOR": "1"}
# Whoever installs finds the packages in a folder, and nothing that was built before.
ENVIRONMENT |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(OUT / "packages"), "PIP_NO_CACHE_DIR": "1", "PIP_QUIET": "1"}

RULES = """[[rule]]
id = "user-service"
canonical = "shop.users:UserService"
aliases = ["shop.legacy:UserService"]
"""
CLEAN = {
    "rules/shop.toml": RULES,
    "shop/__init__.py": "",
    "shop/users.py": "class UserService: ...\n",
    "shop/api.py": "from shop.users import UserService\n",
}
ALIAS = {"shop/api.py": "from shop.legacy import UserService\n", "shop/legacy.py": "from shop.users import UserService\n"}


def run(*words, ends=0, folder=TOP, **more):
    """What a command prints; it has to end with this code. `more` goes into its environment."""
    done = subprocess.run(
        list(map(str, words)), cwd=folder, env=ENVIRONMENT | more, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode != ends:
        raise SystemExit(f"{' '.join(map(str, words))}\n{done.stdout}ended with {done.returncode}")
    return done.stdout


def git(folder, *words, **more):
    return run("git", "-c", "user.name=a", "-c", "user.email=a@b.c", *words, folder=folder, **more)


def write(folder, files):
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def empty(name):
    """A folder with nothing in it."""
    shutil.rmtree(OUT / name, ignore_errors=True)
    (OUT / name).mkdir(parents=True)
    return OUT / name


def repository(name):
    """A repository without an alias, committed."""
    folder = empty(name)
    write(folder, CLEAN)
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message=clean")
    return folder


def environment(name):
    """A fresh virtual environment."""
    run(sys.executable, "-m", "venv", "--clear", OUT / name)
    return OUT / name / "bin"


def building(profile):
    """The environment of a build from source: without network, and with the crates that are compiled here already.

    The program is built by a setting of its own. Cargo names what it makes by the settings and not by the folder, so it
    would else take what it has built of another copy of the source for what is to be built here.
    """
    arguments = f"--profile {profile} --config profile.{profile}.package.unshim.codegen-units=15"
    target = os.environ.get("CARGO_TARGET_DIR", str(TOP / "target"))
    more = {"CARGO_TARGET_DIR": target, "CARGO_INCREMENTAL": "0", "CARGO_NET_OFFLINE": "true"}
    return more | {"MATURIN_PEP517_ARGS": arguments}
