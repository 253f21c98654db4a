"""Each hook of `.pre-commit-hooks.yaml`, as it is committed, in real commits: `hook.py PROFILE`, after `wheel.py`.

`pre-commit` takes the hooks from this repository, builds the program where a hook says so, and has no network. A commit
without an alias goes through, one with an alias does not.
"""

import json
import os
import sys

import yaml

sys.dont_write_bytecode = True
from place import ALIAS, OUT, TOP, building, empty, git, repository, run, write  # noqa: E402


def check_hook(name, **more):
    folder = repository("hooked")
    hook = {"repo": str(TOP), "rev": run("git", "rev-parse", "HEAD").strip(), "hooks": [{"id": name}]}
    write(folder, {".pre-commit-config.yaml": json.dumps({"repos": [hook]})})
    run(sys.executable, "-m", "pre_commit", "install", folder=folder, **more)
    write(folder, {"shop/more.py": "from shop.users import UserService\n"})
    git(folder, "add", ".")
    passed = git(folder, "commit", "--message=more", **more)
    assert "unshim check" in passed and "Passed" in passed, passed
    write(folder, ALIAS)
    git(folder, "add", ".")
    failed = git(folder, "commit", "--message=alias", ends=1, **more)
    assert "Failed" in failed and "shop/api.py:1:25: US101" in failed, failed


def main():
    home, programs = empty("pre-commit"), OUT / "wheel" / "bin"
    more = building(sys.argv[1]) | {"PRE_COMMIT_HOME": str(home)}
    hooks = yaml.safe_load((TOP / ".pre-commit-hooks.yaml").read_text())
    for hook in hooks:
        path = {"PATH": f"{programs}:{os.environ['PATH']}"} if hook["language"] == "system" else {}
        check_hook(hook["id"], **more, **path)
        print(f"{hook['id']}: stops a commit with an alias, and no other")


if __name__ == "__main__":
    main()
