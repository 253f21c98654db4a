"""What the growing benchmarks share: runs of `unshim` that are measured, and how they grow with the size of what it is given."""

import math
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

# Seconds of the processor after which a run is ended and counts as endless.
PATIENCE = 300
# Below these seconds a clock tick, the start of the program and its neighbours on the machine are what is measured.
LEAST = 0.05


def run(command, folder, rounds):
    """The least seconds of the processor that one of the runs took, and the peak memory of the last in MiB."""
    seconds, memory = zip(*(run_once(command, folder) for _ in range(rounds)))
    return min(seconds), memory[-1]


def run_once(command, folder):
    limit = lambda: resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=errors, preexec_fn=limit)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode < 0:
            return math.inf, used.ru_maxrss / 1024
        if child.returncode > 1:
            errors.seek(0)
            sys.exit(f"{' '.join(map(str, command))}: exit {child.returncode}: {errors.read().decode(errors='replace')[-500:]}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def exponents(sizes, seconds):
    """The powers of the size that the seconds grew with: from each size to the next, and from the first to the last; as text."""
    points = list(zip(sizes, seconds))
    steps = [exponent(first, last) for first, last in zip(points, points[1:])]
    return ", ".join(steps), exponent(points[0], points[-1])


def exponent(first, last):
    """That between two points, or a dash where too little time was taken to tell."""
    (size, took), (later, then) = first, last
    if took < LEAST or math.inf in (took, then):
        return "–"
    return f"{math.log(then / took) / math.log(later / size):.2f}"


def program(path):
    return Path(path).resolve()
