"""A terminal of a given size, through tmux: keys go in, and what stands on the screen is waited for."""

import atexit
import re
import subprocess
import tempfile
import time
import unicodedata

PATIENCE = 60.0


class Terminal:
    """A shell in a folder, on a terminal of its own."""

    def __init__(self, folder, columns, rows, variables=None):
        # A server of its own: one that ends takes no new session.
        self.home = tempfile.TemporaryDirectory()
        self.size = (columns, rows)
        self.name = "review"
        settings = {"PS1": "$ ", "LANG": "C.UTF-8", "LESS": "FRX", **(variables or {})}
        pairs = [part for name, value in settings.items() for part in ("-e", f"{name}={value}")]
        shell = ["bash", "--norc", "--noprofile"]
        size = ["-x", str(columns), "-y", str(rows)]
        self.tmux("new-session", "-d", "-s", self.name, "-c", str(folder), *size, *pairs, *shell)
        atexit.register(self.close)
        self.wait(r"\$")

    def tmux(self, *arguments):
        command = ["tmux", "-S", f"{self.home.name}/socket", "-f", "/dev/null", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def press(self, *keys):
        for key in keys:
            self.tmux("send-keys", "-t", self.name, *([key] if key.startswith("C-") else ["-l", key]))

    def enter(self):
        self.tmux("send-keys", "-t", self.name, "Enter")

    def resize(self, columns, rows):
        self.size = (columns, rows)
        self.tmux("resize-window", "-t", self.name, "-x", str(columns), "-y", str(rows))

    def shell(self):
        """The process of the shell, whose child is the command."""
        return self.tmux("display-message", "-p", "-t", self.name, "#{pane_pid}").strip()

    def screen(self, history=False):
        """The lines on the screen, and those that have left it at its top."""
        start = ["-S", "-"] if history else []
        return self.tmux("capture-pane", "-p", "-t", self.name, *start).rstrip("\n").split("\n")

    def text(self):
        """All that was shown since the screen was emptied; lines that the terminal has wrapped are one."""
        lines = self.tmux("capture-pane", "-p", "-J", "-t", self.name, "-S", "-").split("\n")
        return "\n".join(line.rstrip() for line in lines)

    def wait(self, pattern):
        """Waits until a pattern stands in what was shown: its match."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if found := re.search(pattern, self.text(), re.MULTILINE):
                return found
            time.sleep(0.02)
        raise AssertionError(f"`{pattern}` did not come:\n{self.text()}")

    def run(self, line):
        """Begins a command."""
        self.clear()
        self.press(f"{line}; echo code=$?.")
        self.enter()

    def code(self):
        """The exit code of the command that was run last."""
        return int(self.wait(r"^code=(\d+)\.$")[1])

    def clear(self):
        """Empties the screen, without a key."""
        self.tmux("send-keys", "-R", "-t", self.name)
        self.tmux("clear-history", "-t", self.name)

    def is_sane(self):
        """Whether the terminal shows what is typed, and takes lines."""
        self.run("stty -a | grep -c -- '-echo \\|-icanon\\|-isig'")
        self.code()
        return re.search("^0$", self.text(), re.MULTILINE) is not None

    def close(self):
        atexit.unregister(self.close)
        self.tmux("kill-server")
        self.home.cleanup()


def columns(text):
    """The columns that a text takes."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(unicodedata.combining(character) > 0 for character in text)
