"""The wheel and the sdist, in fresh virtual environments without network: `wheel.py PROFILE`, one of cargo's.

The wheel stays in `target/channels/dist`, and the program that it installs in `target/channels/wheel/bin`.
"""

import email
import json
import sys
import tarfile
import time
import zipfile

sys.dont_write_bytecode = True
from place import building, empty, environment, run  # noqa: E402


def check_wheel(wheel, crate):
    """It holds the program, says what Cargo.toml says, and nothing else."""
    with zipfile.ZipFile(wheel) as archive:
        stem = f"unshim-{crate['version']}"
        parts = ["METADATA", "WHEEL", "RECORD", "licenses/LICENSE-APACHE", "licenses/LICENSE-MIT"]
        about = {f"{stem}.dist-info/{part}" for part in parts}
        assert set(archive.namelist()) == about | {f"{stem}.data/scripts/unshim"}, archive.namelist()
        about = email.message_from_bytes(archive.read(f"{stem}.dist-info/METADATA"))
    assert (about["Name"], about["Version"], about["Summary"]) == ("unshim", crate["version"], crate["description"])
    assert about["License-Expression"] == crate["license"], about["License-Expression"]
    assert about["Requires-Python"] == ">=3.7" and about["Requires-Dist"] is None
    assert about.get_payload().startswith("# unshim\n"), "the readme is missing"


def check_program(name, package, crate, **more):
    """Installs the package into an environment of its own and runs it."""
    programs = environment(name)
    run(programs / "pip", "install", package, **more)
    assert run(programs / "unshim", "--version") == f"unshim {crate['version']}\n"
    assert run(programs / "unshim", "rules", "django").count("[[rule]]") > 10, "the rule packs did not come along"
    run(programs / "unshim", "demo")


def unpacked(sdist):
    """Its files are dated now, so that cargo compiles them; for the hook and the action it need not do so again."""
    folder = empty("sdist")
    with tarfile.open(sdist) as archive:
        names = archive.getnames()
        for member in archive:
            member.mtime = time.time()
            archive.extract(member, folder)
    (top,) = folder.iterdir()
    unwanted = [name for name in names if name.startswith((f"{top.name}/tests", f"{top.name}/snapshots"))]
    assert not unwanted and sdist.stat().st_size < 2 << 20, (unwanted[:3], sdist.stat().st_size)
    return top


def main():
    profile = sys.argv[1]
    (crate,) = json.loads(run("cargo", "metadata", "--quiet", "--no-deps", "--format-version=1"))["packages"]
    dist = empty("dist")
    run(sys.executable, "-m", "maturin", "build", "--profile", profile, "--out", dist)
    run(sys.executable, "-m", "maturin", "sdist", "--out", dist)
    (wheel,), (sdist,) = dist.glob("*.whl"), dist.glob("*.tar.gz")
    check_wheel(wheel, crate)
    check_program("wheel", wheel, crate)
    check_program("from-sdist", unpacked(sdist), crate, **building(profile))
    print(f"{wheel.name} ({wheel.stat().st_size >> 20} MiB) and {sdist.name} ({sdist.stat().st_size >> 10} KiB) can be installed")


if __name__ == "__main__":
    main()
