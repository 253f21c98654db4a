"""`action.yml`, step by step as a runner does it: `action.py PROFILE`, after `wheel.py`.

It installs from its own source and from an index, fails with marks at the places, passes where nothing is new, and takes
no input for a part of its program.
"""

import os
import re
import sys

import yaml

sys.dont_write_bytecode = True
from place import ALIAS, OUT, TOP, building, empty, git, repository, run, write  # noqa: E402

ACTION = yaml.safe_load((TOP / "action.yml").read_text())
STEPS = ACTION["runs"]["steps"]
EXPRESSION = re.compile(r"\$\{\{ ([a-z._-]+) \}\}")
HOSTILE = "HEAD; touch hacked; $(touch hacked) `touch hacked`"


def check_shape():
    assert {"name", "description", "inputs", "runs"} <= set(ACTION) and ACTION["runs"]["using"] == "composite"
    for name, given in ACTION["inputs"].items():
        assert set(given) == {"description", "default"} and isinstance(given["default"], str), name
    for step in STEPS:
        assert step["shell"] == "bash" and "${{" not in step["run"], step["name"]
        assert all(re.search(rf"\$\{{?{name}\b", step["run"]) for name in step["env"]), step["name"]
    used = {name for step in STEPS for text in [*step["env"].values(), step.get("working-directory", "")]
            for name in EXPRESSION.findall(text)}
    assert used == {f"inputs.{name}" for name in ACTION["inputs"]} | {"github.action_path"}, used


def act(folder, inputs, ends=0, **more):
    """What the last step prints. It ends with this code, and those before it with 0."""
    values = {f"inputs.{name}": given["default"] for name, given in ACTION["inputs"].items()}
    values |= {f"inputs.{name}": text for name, text in inputs.items()} | {"github.action_path": str(TOP)}

    def filled(text):
        return EXPRESSION.sub(lambda found: values[found[1]], text)

    scratch, path = empty("runner"), os.environ["PATH"]
    added, script = scratch / "path", scratch / "step.sh"
    added.touch()
    for step in STEPS:
        script.write_text(step["run"])
        path = ":".join([*reversed(added.read_text().splitlines()), path])
        given = {name: filled(text) for name, text in step["env"].items()} | {"PATH": path}
        given |= {"RUNNER_TEMP": str(scratch), "GITHUB_PATH": str(added)}
        place = folder / filled(step.get("working-directory", "."))
        code = ends if step is STEPS[-1] else 0
        said = run("bash", "--noprofile", "--norc", "-eo", "pipefail", script, folder=place, ends=code, **more, **given)
    return said


def main():
    check_shape()
    folder, (wheel,) = repository("acted"), (OUT / "dist").glob("*.whl")
    act(folder, {}, **building(sys.argv[1]))
    index = {"PIP_FIND_LINKS": str(wheel.parent)}
    write(folder, ALIAS)
    version = {"version": wheel.name.split("-")[1]}
    found = act(folder, version | {"working-directory": "shop"}, ends=1, **index)
    assert "::error file=shop/api.py,line=1," in found and "title=US101" in found, found
    assert "::error" in act(folder, version | {"since": "HEAD"}, ends=1, **index)
    assert "::error" not in act(folder, version | {"args": " shop/users.py\n --exclude sh*p/*.py "}, **index)
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message=alias")
    assert "::error" not in act(folder, version | {"since": "HEAD"}, **index)
    for name in ("since", "args"):
        act(folder, version | {name: HOSTILE}, ends=2, **index)
    assert not list(folder.rglob("hacked")), "an input was run"
    print("action.yml: installs from source and index, marks what is found, runs no input")


if __name__ == "__main__":
    main()
