"""Proves that nothing is lost: faults in the middle of `apply`, `undo` and `apply --branch`, and what the next command makes of it.

    python3 tests/faults/faults.py PROGRAM [--draw N] [--only PART…] [--command NAME…]

`strace` injects SIGKILL, ENOSPC, EIO and EACCES at every mutating system call; further parts kill at random instants, fill
small file systems, run eight processes at once, and edit files between preview and apply. `--draw N` takes about N faults of
each kind instead of all. The seed is fixed, so a failure comes again. Ends with 1 if a tree was neither old nor new.
"""

import argparse
import collections
import concurrent.futures
import itertools
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

FILES = 20
CALLS = (
    "openat,write,pwrite64,writev,fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,"
    "rmdir,fchmod,chmod,fchmodat,fchown,ftruncate,fsetxattr,fremovexattr,copy_file_range,sendfile"
).split(",")
# These are asked for before anything is changed, too: a call is mutating only with one of these words in it.
OPENING = re.compile(r"O_CREAT|O_TRUNC|O_WRONLY|O_RDWR")
ERRORS = ["ENOSPC", "EIO", "EACCES"]
RULE = """[[rule]]
id = "service"
why = "one service"
canonical = "shop.users:Service"
aliases = ["shop.old.legacy:Service"]
"""


class Failure(Exception):
    """A law is broken."""


class Tree:
    """A small project in git, ready to be changed."""

    def __init__(self, folder, files=FILES):
        self.top = pathlib.Path(folder) / "tree"
        (self.top / "shop" / "old").mkdir(parents=True)
        (self.top / "rules").mkdir()
        self.write("rules/shop.toml", RULE)
        self.write("shop/__init__.py", "")
        self.write("shop/old/__init__.py", "")
        self.write("shop/users.py", "class Service:\n    pass\n")
        self.write("shop/old/legacy.py", "from shop.users import Service\n")
        for number in range(files - 1):
            self.write(f"shop/use{number}.py", f"from shop.old.legacy import Service  # {number}\n\nprint(Service)\n")
        os.chmod(self.top / "shop/use1.py", 0o755)
        for words in (
            ["init", "-q", "-b", "main"],
            ["config", "user.name", "n"],
            ["config", "user.email", "e@x"],
            ["config", "gc.auto", "0"],
            ["add", "-A"],
            ["commit", "-qm", "start"],
        ):
            subprocess.run(["git", *words], cwd=self.top, check=True)

    def write(self, path, text):
        (self.top / path).write_text(text)

    def state(self):
        """Every name outside of `.git`, with mode and content."""
        state = {}
        for folder, folders, names in os.walk(self.top):
            if ".git" in folders:
                folders.remove(".git")
            for name in folders + names:
                path = pathlib.Path(folder) / name
                found = path.lstat()
                content = path.read_bytes() if path.is_file() else None
                state[str(path.relative_to(self.top))] = (found.st_mode, content)
        return state

    def branches(self):
        said = git(self.top, "for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads/")
        return dict(line.split() for line in said.splitlines())


def git(top, *words):
    done = subprocess.run(["git", *words], cwd=top, capture_output=True, text=True)
    if done.returncode != 0:
        raise Failure(f"git {' '.join(words)}: {done.stderr}")
    return done.stdout


class Lab:
    """A tree in the old and the new state, and copies of it to break."""

    def __init__(self, program, folder, files=FILES):
        self.program = program
        self.folder = pathlib.Path(folder)
        self.base = Tree(self.folder, files)
        self.old = self.base.state()
        self.applied = self.copy("applied")
        self.run(self.applied, ["apply"])
        self.new = self.state_of(self.applied)
        assert self.old != self.new and "shop/old/legacy.py" not in self.new
        self.serial = itertools.count()

    def copy(self, name, source=None):
        target = self.folder / name
        shutil.copytree(source or self.base.top, target, symlinks=True)
        return target

    def fresh(self, source):
        return self.copy(f"run{next(self.serial)}", source)

    @staticmethod
    def state_of(top):
        tree = Tree.__new__(Tree)
        tree.top = top
        return tree.state()

    @staticmethod
    def branches_of(top):
        tree = Tree.__new__(Tree)
        tree.top = top
        return tree.branches()

    def run(self, top, words, wrapper=()):
        command = [*wrapper, self.program, "-j", "1", *words]
        return subprocess.run(command, cwd=top, capture_output=True, text=True, errors="replace", timeout=120)

    def trace(self, top, words):
        """How often each mutating call is made, in the order of the calls of one thread."""
        log = self.folder / "trace"
        self.run(top, words, ["strace", "-f", "-qq", "-o", str(log), "-e", "trace=" + ",".join(CALLS)])
        counts = collections.Counter()
        mutating = []
        seen = collections.Counter()
        for line in log.read_text(errors="replace").splitlines():
            found = re.match(r"(\d+) +(\w+)\((.*)", line)
            if not found:
                continue
            process, call, rest = found.groups()
            seen[process, call] += 1
            if call == "openat" and not OPENING.search(rest):
                continue
            if call == "write" and re.match(r"[012],", rest):
                continue
            mutating.append((call, seen[process, call]))
            counts[call] += 1
        return sorted(set(mutating)), counts


def whole(lab, top, before, after):
    """Raises unless the tree is one of both, without leftovers, in a repository that is sound."""
    state, branches = lab.state_of(top), lab.branches_of(top)
    if (state, "new" in branches) not in (before, after):
        extra = sorted(set(state) - set(before[0]) - set(after[0]))
        missing = [path for path in before[0] if path not in state]
        other = [path for path in state if state[path] not in (before[0].get(path), after[0].get(path))]
        raise Failure(f"neither old nor new: extra {extra}, missing {missing}, other {other}, branches {branches}")
    journals = sorted(os.listdir(top / ".git/unshim")) if (top / ".git/unshim").exists() else []
    strange = [name for name in journals if name != "lock" and not name.endswith(".done.jsonl")]
    if strange:
        raise Failure(f"left in the state folder: {strange}")
    said = git(top, "fsck", "--no-dangling", "--no-progress")
    if said.strip():
        raise Failure(f"git fsck: {said}")
    locks = [str(path) for path in (top / ".git").rglob("*.lock")]
    if locks:
        raise Failure(f"locks are left: {locks}")


def settle(lab, top):
    """The next command: it ends what was cut off, and finds no tree to refuse."""
    done = lab.run(top, ["undo", "none"])
    if done.returncode not in (2,) or "no change `none`" not in done.stderr:
        raise Failure(f"the next command ends with {done.returncode}: {done.stderr}")


def after_fault(lab, words, fault, source, before, after):
    """Which tree is there after one fault and the next command."""
    name, call, index, kind = fault
    top = lab.fresh(source)
    how = "signal=KILL" if kind == "KILL" else f"error={kind}"
    inject = ["-e", f"trace={call}", "-e", f"inject={call}:{how}:when={index}"]
    done = lab.run(top, words, ["strace", "-f", "-qq", "-o", "/dev/null", *inject])
    try:
        if "panicked" in done.stderr:
            raise Failure("the program panics")
        settle(lab, top)
        whole(lab, top, before, after)
        if done.returncode == 0 and (lab.state_of(top), "new" in lab.branches_of(top)) != after:
            raise Failure("the program says that all is well, and the change is not made")
    except Failure as failure:
        raise Failure(f"{name}: {kind} at {call} {index}: {failure}\n{done.stderr}") from None
    is_new = (lab.state_of(top), "new" in lab.branches_of(top)) == after
    shutil.rmtree(top)
    return "new" if is_new else "old"


def syscalls(lab, arguments, words, name, source, before, after):
    """Every fault at every mutating call of one command."""
    calls, counts = lab.trace(lab.fresh(source), words)
    faults = [(call, index, fault) for call, index in calls for fault in ["KILL", *ERRORS]]
    chooser = random.Random(name)
    if arguments.draw and len(faults) > arguments.draw:
        faults = sorted(chooser.sample(faults, arguments.draw))

    def one(fault):
        return after_fault(lab, words, (name, *fault), source, before, after)

    # `strace` waits more than it works.
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as workers:
        outcomes = collections.Counter(workers.map(one, faults))
    print(f"{name}: {len(faults)} faults at {len(calls)} mutating calls ({sum(counts.values())} made), "
          f"then old {outcomes['old']}, new {outcomes['new']}", flush=True)
    return len(faults)


def commands(lab):
    """What is broken: a name, the words of the command, the tree to begin with, and that tree before and after."""
    old, new, branched = (lab.old, False), (lab.new, False), (lab.old, True)
    undone, with_branch = lab.fresh(lab.applied), lab.fresh(lab.base.top)
    lab.run(undone, ["undo"])
    newest = lab.run(undone, ["log"]).stdout.split()[0]
    lab.run(with_branch, ["apply", "--branch", "new"])
    return [
        ("apply", ["apply"], lab.base.top, old, new),
        ("undo", ["undo"], lab.applied, new, old),
        ("undo of an undo", ["undo", newest], undone, old, new),
        ("branch", ["apply", "--branch", "new"], lab.base.top, old, branched),
        ("undo of a branch", ["undo"], with_branch, branched, old),
    ]


def all_syscalls(arguments):
    total = 0
    with tempfile.TemporaryDirectory(prefix="unshim-faults-") as folder:
        lab = Lab(arguments.program, folder)
        for name, words, source, before, after in commands(lab):
            if not arguments.command or name in arguments.command:
                total += syscalls(lab, arguments, words, name, source, before, after)
    print(f"system calls: {total} faults, every tree old or new")


def random_kills(arguments):
    count, files = (200, 2000) if not arguments.draw else (max(2, arguments.draw // 8), 200)
    chooser = random.Random("kills")
    outcomes = collections.Counter()
    with tempfile.TemporaryDirectory(prefix="unshim-faults-") as folder:
        lab = Lab(arguments.program, folder, files)
        begin = time.monotonic()
        timed = lab.fresh(lab.base.top)
        lab.run(timed, ["apply"])
        length = time.monotonic() - begin
        shutil.rmtree(timed)
        top = lab.fresh(lab.base.top)
        for number in range(count):
            process = subprocess.Popen([lab.program, "apply"], cwd=top, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(chooser.uniform(0, 1.1 * length))
            process.kill()
            outcomes["finished before" if process.wait() == 0 else "killed"] += 1
            settle(lab, top)
            whole(lab, top, (lab.old, False), (lab.new, False))
            if lab.state_of(top) == lab.new:
                outcomes["new"] += 1
                undone = lab.run(top, ["undo"])
                if lab.state_of(top) != lab.old:
                    raise Failure(f"undo after kill {number}: {undone.stderr}")
            else:
                outcomes["old"] += 1
    print(f"random kills: {count} of an apply of {files} files, {dict(outcomes)}", flush=True)


def small_disks(arguments):
    sizes = range(1, 41) if not arguments.draw else random.Random("disks").sample(range(1, 41), 4)
    outcomes = collections.Counter()
    with tempfile.TemporaryDirectory(prefix="unshim-faults-") as folder:
        lab = Lab(arguments.program, folder)
        need = sum(path.lstat().st_blocks * 512 for path in lab.base.top.rglob("*")) // 1024
        disk = pathlib.Path(folder) / "disk"
        disk.mkdir()
        for size in sizes:
            mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={need + 4 * size + 40}k", "tmpfs", str(disk)])
            if mounted.returncode != 0:
                print("small disks: not run, a file system cannot be mounted here")
                return
            try:
                top = disk / "tree"
                shutil.copytree(lab.base.top, top, symlinks=True)
                done = lab.run(top, ["apply"])
                state = lab.state_of(top)
                if (done.returncode == 0) != (state == lab.new) or (done.returncode != 0) != (state == lab.old):
                    raise Failure(f"{size}: ends with {done.returncode}: {done.stderr}")
                outcomes["made" if done.returncode == 0 else f"refused with {done.returncode}"] += 1
                settle(lab, top)
                whole(lab, top, (lab.old, False), (lab.new, False))
            finally:
                subprocess.run(["umount", str(disk)], check=True)
    print(f"small disks: {len(sizes)} sizes, {dict(outcomes)}", flush=True)


def many_processes(arguments):
    rounds = 30 if not arguments.draw else 2
    outcomes = collections.Counter()
    chooser = random.Random("processes")
    with tempfile.TemporaryDirectory(prefix="unshim-faults-") as folder:
        lab = Lab(arguments.program, folder)
        top = lab.fresh(lab.base.top)
        for _ in range(rounds):
            words = [chooser.choice([["apply", "--allow-dirty"], ["undo"], ["diff", "-q"], ["check", "-q"]]) for _ in range(8)]
            running = [
                subprocess.Popen([lab.program, "-j", "1", *each], cwd=top, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
                for each in words
            ]
            for each, process in zip(words, running):
                said = process.communicate()[1]
                outcomes[process.returncode] += 1
                if process.returncode not in (0, 1, 3) or "panicked" in said:
                    raise Failure(f"{each} ends with {process.returncode}: {said}")
            settle(lab, top)
            whole(lab, top, (lab.old, False), (lab.new, False))
    print(f"processes: {rounds} rounds of 8, exit codes {dict(sorted(outcomes.items()))}", flush=True)


def edits_between(arguments):
    count = 100 if not arguments.draw else 6
    chooser = random.Random("edits")
    refused = 0
    with tempfile.TemporaryDirectory(prefix="unshim-faults-") as folder:
        lab = Lab(arguments.program, folder)
        for _ in range(count):
            top = lab.fresh(lab.base.top)
            lab.run(top, ["diff", "-q", "--save-plan", "../plan"])
            path = top / chooser.choice([path for path in lab.old if path.endswith((".py", ".toml"))])
            edit = chooser.choice(["append", "delete", "new"])
            if edit == "append":
                path.write_text(path.read_text() + "# edited\n")
            elif edit == "delete":
                path.unlink()
            else:
                path = top / "shop" / "added.py"
                path.write_text("from shop.old.legacy import Service\n")
            before = lab.state_of(top)
            done = lab.run(top, ["apply", "--allow-dirty", "--plan", "../plan"])
            if lab.state_of(top) != before or done.returncode not in (2, 3):
                raise Failure(f"{edit} of {path}: ends with {done.returncode}: {done.stderr}")
            refused += 1
            shutil.rmtree(top)
    print(f"edits between preview and apply: {count}, {refused} refused", flush=True)


PARTS = {
    "syscalls": all_syscalls,
    "kills": random_kills,
    "disks": small_disks,
    "processes": many_processes,
    "edits": edits_between,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--draw", type=int, help="about so many faults of each kind")
    parser.add_argument("--jobs", type=int, default=4, help="so many faults at a time")
    parser.add_argument("--command", nargs="*", help="break these commands only, as `undo of a branch`")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=list(PARTS))
    arguments = parser.parse_args()
    arguments.program = os.path.abspath(arguments.program)
    begin = time.monotonic()
    for name in arguments.only:
        try:
            PARTS[name](arguments)
        except Failure as failure:
            sys.exit(f"{name}: {failure}")
    print(f"nothing was lost, {time.monotonic() - begin:.0f} s")


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    main()
