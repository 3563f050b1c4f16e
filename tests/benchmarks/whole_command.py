"""Seconds and memory of whole commands, measured from outside.

    python -m tests.benchmarks.whole_command [--memory]

Prints the median of some runs beside each target. With --memory it also compares the
peak of the largest process for 1,000 replications with that for 100 (minutes).
"""

import argparse
import subprocess
import sys
import time
from statistics import median

SCENARIO = "scenarios/microblog-lastday-2017.yaml"
COMMANDS = (
    ("--help", ("--help",), 5, 0.3),
    ("one replay alone", ("run", SCENARIO, "--replications", "1"), 5, 1.0),
    ("run, 100 replications", ("run", SCENARIO, "--quiet"), 3, 20.0),
)
MEASURE = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def seconds(words):
    """Return the wall-clock seconds of one command."""
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "simulator", *words],
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - began


def peak_mib(replications):
    """Return the peak memory of the largest process of one run."""
    words = ("-m", "simulator", "run", SCENARIO, "--quiet")
    command = (sys.executable, *words, "--replications", str(replications))
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *command],
        capture_output=True,
        text=True,
        check=True,
    )
    unit = 1 if sys.platform == "darwin" else 1024
    return int(done.stdout) * unit / 2**20


def main():
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--memory", action="store_true")
    told = parser.parse_args()
    for name, words, times, target in COMMANDS:
        taken = sorted(seconds(words) for _ in range(times))
        print(
            f"{name:24} {median(taken):6.2f} s"
            f"  ({taken[0]:.2f} to {taken[-1]:.2f}; target {target} s)"
        )
    if told.memory:
        few, many = peak_mib(100), peak_mib(1_000)
        print(
            f"memory, 1,000 against 100   {many:.0f} MiB / {few:.0f} MiB"
            f" = {many / few:.2f} (target 1.2)"
        )


if __name__ == "__main__":
    main()
