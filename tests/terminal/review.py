"""Reviews a change on a real terminal: python3 tests/terminal/review.py target/debug/unshim

Keys are pressed, screens of several sizes are read, and what was written is compared. Nothing waits for a clock.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
from terminal import Terminal, columns  # noqa: E402

RULES = """\
[[rule]]
id = "user-service"
why = "one service"
canonical = "shop.users:UserService"
aliases = ["shop.legacy:UserService"]

[[rule]]
id = "orders"
why = "one order"
canonical = "shop.orders:Order"
aliases = ["shop.old:Order"]
"""
LONG = "".join(f"from shop.legacy import UserService as Service{number}\n" for number in range(40))
FILES = {
    "rules/shop.toml": RULES,
    "shop/__init__.py": "",
    "shop/users.py": "class UserService:\n    pass\n",
    "shop/orders.py": "class Order:\n    pass\n",
    "shop/legacy.py": "from shop.users import UserService\n",
    "shop/old.py": "from shop.orders import Order\n",
    "shop/a.py": "from shop.old import Order\n\n" + "x = 1\n" * 12 + "\n\ndef later():\n"
    "    from shop.legacy import UserService\n\n    return UserService\n",
    "shop/b.py": "from shop.legacy import UserService\n",
    "shop/long.py": LONG,
    "shop/wide.py": "名前 = '日本語の長い文字列がここにあります🎉そしてまだまだ続きます、とても長いのです'\n"
    "from shop.legacy import UserService  # 🎉 利用者サービス\n",
}


class Place:
    """A committed tree, and how the program is started on it."""

    def __init__(self, program, folder):
        self.program, self.tree = program, Path(folder, "tree")
        self.plan = Path(folder, "mine.plan")
        for path, text in FILES.items():
            file = self.tree / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        for line in ["init -q", "add -A", "-c user.name=n -c user.email=e@x commit -q -m start"]:
            subprocess.run(["git", *line.split()], cwd=self.tree, check=True)

    def is_clean(self):
        status = subprocess.run(["git", "status", "--porcelain"], cwd=self.tree, check=True, capture_output=True)
        return not status.stdout

    def write(self, path, text):
        """A new file, committed."""
        (self.tree / path).write_text(text, encoding="utf-8")
        for line in ["add -A", "-c user.name=n -c user.email=e@x commit -q -m more"]:
            subprocess.run(["git", *line.split()], cwd=self.tree, check=True)

    def read(self, path):
        return (self.tree / path).read_text(encoding="utf-8")

    def save_plan(self):
        command = [self.program, "diff", "-q", "--save-plan", str(self.plan)]
        subprocess.run(command, cwd=self.tree, check=True, capture_output=True)


def assert_fits(lines, terminal):
    width = terminal.size[0]
    assert all(columns(line) <= width for line in lines), lines


def go_to(terminal, key, word):
    """Asks for a hunk by a word."""
    terminal.press(key)
    terminal.wait("search:$" if key == "/" else "go to:$")
    terminal.press(word)
    terminal.enter()


def review_to_its_end(place):
    """Accept, leave, search, take back, leave the review, go on, and make what was accepted."""
    place.save_plan()
    terminal = Terminal(place.tree, 80, 24, {"PLAN": str(place.plan)})
    review = f"{place.program} apply -i --plan $PLAN"
    terminal.run(review)
    terminal.wait(r"^\(1/7\) rule orders · shop/a\.py · hunk 1 of 2 · safe$")
    terminal.wait(r"^\+from shop\.orders import Order$")
    terminal.press("y")
    terminal.wait(r"^\(2/7\) rule user-service · shop/a\.py · hunk 2 of 2 · safe$")
    terminal.press("?")
    terminal.wait("take the last decision back")
    go_to(terminal, "/", "利用者")
    terminal.wait(r"^\(7/7\) rule user-service · shop/wide\.py")
    go_to(terminal, "g", "b.py")
    terminal.wait(r"^\(3/7\) rule user-service · shop/b\.py")
    terminal.press("n")
    terminal.wait(r"^\(4/7\) rule user-service · shop/legacy\.py · the file goes")
    terminal.press("K")
    terminal.wait(r"^\(3/7\) .* · safe · left$")
    terminal.clear()
    terminal.press("u")
    terminal.wait(r"^\(3/7\) rule user-service · shop/b\.py · hunk 1 of 1 · safe$")
    terminal.press("n")
    terminal.wait(r"^\(4/7\) ")
    terminal.press("q")
    terminal.wait("nothing was written · 2 of 7 hunks decided")
    assert terminal.code() == 0 and place.is_clean() and terminal.is_sane()

    terminal.run(f"{place.program} apply --plan $PLAN")
    terminal.wait("the review of the plan is not through: 5 hunks not decided")
    assert terminal.code() == 3 and place.is_clean()

    terminal.run(review)
    terminal.wait(r"^\(2/7\) rule user-service · shop/a\.py · hunk 2 of 2 · safe$")
    terminal.press("j")
    terminal.wait(r"^\(4/7\) rule user-service · shop/legacy\.py")
    terminal.press("A")
    terminal.wait("what is left keeps 1 accepted hunk from being made:$")
    terminal.wait("shop/b.py:1 +the review leaves this place as it is")
    terminal.wait("make it. y yes, n not now, u undo >$")
    terminal.press("y")
    terminal.wait("Undo: unshim undo")
    assert terminal.code() == 0 and terminal.is_sane()
    assert place.read("shop/b.py") == FILES["shop/b.py"], "what was left is as it was"
    assert place.read("shop/legacy.py") == FILES["shop/legacy.py"], "and what it needs too"
    assert "from shop.users import UserService" in place.read("shop/a.py")
    assert not (place.tree / "shop/old.py").exists()
    terminal.run(f"{place.program} undo")
    assert terminal.code() == 0 and place.is_clean()
    terminal.close()


def interrupt(place):
    """Ctrl-C ends the review, in a question too; a narrow screen shows long hunks in parts."""
    place.plan.unlink()
    place.save_plan()
    terminal = Terminal(place.tree, 40, 20, {"PLAN": str(place.plan)})
    review = f"{place.program} apply -i --plan $PLAN"
    terminal.run(review)
    terminal.wait(r"^\(1/7\) ")
    terminal.press("y")
    terminal.wait(r"^\(2/7\) ")
    terminal.press("n")
    terminal.wait(r"^\(3/7\) ")
    terminal.press("C-c")
    terminal.wait("interrupted")
    assert terminal.code() == 130 and place.is_clean() and terminal.is_sane()

    terminal.run(review)
    terminal.wait(r"^\(3/7\) ")
    go_to(terminal, "g", "long")
    terminal.wait("more lines: space shows them")
    terminal.wait(r"\? help >$")
    assert_fits(terminal.screen(), terminal)
    assert any(line.startswith("(5/7)") for line in terminal.screen()), terminal.screen()
    terminal.press("p")
    terminal.wait(r"\+from shop\.users import UserService as Service39$")
    terminal.press("/")
    terminal.wait("search:$")
    terminal.press("C-c")
    assert terminal.code() == 130 and place.is_clean() and terminal.is_sane()
    terminal.close()


def split(place):
    """A hunk is taken apart, and its parts are decided on one by one, a day later too; patterns are searched for."""
    place.plan.unlink()
    part = "def {}():\n    from shop.legacy import UserService\n\n    return UserService\n"
    text = part.format("one") + part.format("two")
    place.write("shop/parts.py", text)
    place.save_plan()
    terminal = Terminal(place.tree, 80, 24, {"PLAN": str(place.plan), "UNSHIM_HYPERLINKS": "always"})
    review = f"{place.program} apply -i --plan $PLAN"
    terminal.run(review)
    terminal.wait(r"^\(1/8\) ")
    terminal.press("s")
    terminal.wait("its lines belong together")
    go_to(terminal, "/", r"^.def tw[o]\(")
    terminal.wait(r"^\(7/8\) rule user-service · shop/parts\.py · hunk 1 of 1 · safe$")
    terminal.press("s")
    terminal.wait(r"^\(7/9\) rule user-service · shop/parts\.py · part 1 of 2 · safe$")
    terminal.press("J")
    terminal.wait(r"^\(8/9\) rule user-service · shop/parts\.py · part 2 of 2 · safe$")
    terminal.press("n")
    terminal.wait(r"^\(9/9\) ")
    terminal.press("q")
    assert terminal.code() == 0 and place.is_clean() and terminal.is_sane()
    terminal.run(review)
    terminal.wait(r"^\(1/9\) ")
    terminal.press("A")
    terminal.wait("make it. y yes, n not now, u undo >$")
    terminal.press("y")
    terminal.wait("Undo: unshim undo")
    assert terminal.code() == 0 and terminal.is_sane()
    after = place.read("shop/parts.py")
    assert after == text.replace("legacy", "users", 1), after
    terminal.run(f"{place.program} undo")
    assert terminal.code() == 0 and place.is_clean()
    terminal.close()


def be_stopped(place):
    """Signals end the wait for a key and what is between two, and the terminal is as it was."""
    for signal, code in [("TERM", 143), ("HUP", 129), ("INT", 130)]:
        for key in ["", "/"]:
            terminal = Terminal(place.tree, 20, 10)
            terminal.run(f"{place.program} apply -i")
            terminal.wait(r"help >$")
            if key:
                terminal.press(key)
                terminal.wait("search:$")
            terminal.resize(30, 6)
            subprocess.run(["pkill", f"-{signal}", "-P", terminal.shell(), "unshim"], check=True)
            assert terminal.code() == code and place.is_clean() and terminal.is_sane(), (signal, key)
            terminal.close()
    terminal = Terminal(place.tree, 80, 24)
    for name, said in [("mine", "there is a branch `mine`"), ("a..b", "`a..b`")]:
        subprocess.run(["git", "branch", "-f", "mine"], cwd=place.tree, check=True)
        terminal.run(f"{place.program} apply -i --branch {name}")
        terminal.wait(rf"^error: .*{re.escape(said)}")
        assert terminal.code() in (2, 3) and place.is_clean()
    terminal.close()


def leave_everything(place):
    """A review that leaves all has nothing to make, and a stale plan is refused."""
    terminal = Terminal(place.tree, 120, 40, {"PLAN": str(place.plan)})
    terminal.run(f"{place.program} apply -i")
    terminal.wait(r"^\(1/7\) ")
    terminal.press("D")
    terminal.wait("nothing to make: u undo, q quit >$")
    terminal.press("u")
    terminal.wait(r"\? help >$")
    terminal.press("R")
    terminal.wait(r"^\(2/7\) ")
    terminal.press("r")
    terminal.wait("make it. y yes, n not now, u undo >$")
    terminal.press("n")
    terminal.wait("makes a plan that keeps the decisions")
    assert terminal.code() == 0 and place.is_clean() and terminal.is_sane()
    (place.tree / "shop/b.py").write_text(FILES["shop/b.py"] + "\n")
    terminal.run(f"{place.program} apply -i --plan $PLAN")
    terminal.wait("the tree changed since the plan was saved")
    assert terminal.code() == 3
    (place.tree / "shop/b.py").write_text(FILES["shop/b.py"])
    terminal.close()


def read_side_by_side(place):
    """Both versions stand in their columns at every width, whatever the characters are."""
    for width, height in [(80, 24), (120, 40), (40, 20)]:
        terminal = Terminal(place.tree, width, height, {"UNSHIM_PAGER": "cat"})
        terminal.run(f"{place.program} diff -q --side-by-side shop/wide.py")
        assert terminal.code() == 0
        lines = [line for line in terminal.screen(history=True) if not line.startswith("$ ")]
        assert_fits(lines, terminal)
        bars = {columns(line[: line.index("│")]) for line in lines if "│" in line}
        assert len(bars) == 1, lines
        assert any("🎉" in line for line in lines), lines
        terminal.close()


def page(place):
    """A long result waits in the pager, which leaves the terminal as it was."""
    terminal = Terminal(place.tree, 80, 24, {"PAGER": "less"})
    terminal.run(f"{place.program} diff")
    terminal.wait("rule orders")
    terminal.press("G")
    terminal.wait("Next: unshim apply")
    terminal.press("q")
    assert terminal.code() == 0 and terminal.is_sane()
    terminal.close()


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        place = Place(program, folder)
        for test in [review_to_its_end, interrupt, leave_everything, read_side_by_side, page, be_stopped, split]:
            test(place)
            print(f"{test.__name__}: good")


if __name__ == "__main__":
    main()
