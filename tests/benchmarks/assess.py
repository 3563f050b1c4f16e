"""How long does it take to assess an organisation against the whole library?

    python -m tests.benchmarks.assess [ORGANISATION...] [--replications 100] [--jobs 2]

Without files every organisation in scenarios/organisations is assessed, or that of the
seed scenario if there is none. Prints wall-clock seconds beside the target of 60 s, and
processor seconds of all processes, which say more where other work is going on.
"""

import argparse
import resource
import sys
import time
from pathlib import Path

from simulator import assess, load

LIBRARY = Path("scenarios")
SEED_SCENARIO = LIBRARY / "microblog-lastday-2017.yaml"
TARGET_S = 60


def incidents():
    """Load every scenario of the library that has a misuse."""
    loaded = (load(path) for path in sorted(LIBRARY.glob("*.yaml")))
    return [scenario for scenario in loaded if scenario.misuse is not None]


def processor_s():
    """Return the processor seconds of this process and of those that have ended."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def largest_mib():
    """Return the peak memory of the largest process so far."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    unit = 1 if sys.platform == "darwin" else 1024
    return max(resource.getrusage(one).ru_maxrss for one in who) * unit / 2**20


def measure(path, library, told):
    """Assess one organisation and print what it took."""
    began, used = time.perf_counter(), processor_s()
    found = assess(load(path), library, replications=told.replications, jobs=told.jobs)
    wall_s, cpu_s = time.perf_counter() - began, processor_s() - used
    print(
        f"{path.stem:<28} {len(found.possible):3} possible {len(found.gaps):3} gaps "
        f"{wall_s:7.1f} s (target {TARGET_S}) {cpu_s:7.1f} s of processors"
    )


def main():
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("organisations", nargs="*", type=Path)
    parser.add_argument("--replications", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=2)
    told = parser.parse_args()
    known = sorted(LIBRARY.glob("organisations/*.yaml")) or [SEED_SCENARIO]
    library = incidents()
    print(
        f"{len(library)} incidents, {told.replications} replications, {told.jobs} jobs"
    )
    for path in told.organisations or known:
        measure(path, library, told)
    print(f"largest process {largest_mib():.0f} MiB")


if __name__ == "__main__":
    main()
