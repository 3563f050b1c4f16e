"""How long loading takes: the seed scenario, and files made to be slow.

    python -m tests.benchmarks.loading

Target: every file is answered in under a second.
"""

import time
from contextlib import suppress
from pathlib import Path

from simulator import load
from simulator.errors import ScenarioError
from tests.scenario.sample import problems
from tests.scenario.test_loading import HOSTILE


def seconds(read):
    """Return the wall-clock seconds of one reading, problems and all."""
    began = time.perf_counter()
    with suppress(ScenarioError):
        read()
    return time.perf_counter() - began


def main():
    """Measure and print, the slowest last."""
    taken = {
        path.name: seconds(lambda path=path: load(path))
        for path in sorted(Path("scenarios").rglob("*.yaml"))
    }
    for name, text in HOSTILE.items():
        taken[name] = seconds(lambda text=text: problems(text))
    for name, spent in sorted(taken.items(), key=lambda item: item[1]):
        print(f"{spent * 1e3:8.1f} ms  {name}")


if __name__ == "__main__":
    main()
