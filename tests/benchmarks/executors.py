"""Who plays a comparison how fast: one process, two, or a Dask cluster of two workers.

    python -m tests.benchmarks.executors [--rounds N] [--replications N] [--memory]

All take turns in each round, so that what else the machine does hits them alike. It
only ever makes them slower, so the ratios are those of the best rounds. Where the
machine is busy the seconds of processor time, of all processes together, say more. The
cluster runs on this machine and its workers have played before. With --memory the peak
of the largest process is measured, too, while results are kept, for 1,000 replications
against 100 (minutes).
"""

import argparse
import logging
import resource
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from distributed import LocalCluster

from simulator import compare, load

SCENARIO = "scenarios/mortgage-sameday-logicbomb-2008.yaml"


def seconds(played):
    """Return the wall-clock and the processor seconds of one comparison."""
    began, used = time.perf_counter(), processor_seconds()
    played()
    return time.perf_counter() - began, processor_seconds() - used


def processor_seconds():
    """Return what this process, those it started, and those they started have used."""
    ended = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = sum(sum(resource.getrusage(who)[:2]) for who in ended)
    for child in psutil.Process().children(recursive=True):
        used += sum(child.cpu_times()[:2])
    return used


def kept(scenario, replications):
    """Compare in two processes into a folder of results."""
    with TemporaryDirectory() as folder:
        compare(scenario, replications=replications, jobs=2, results=Path(folder, "r"))


def speed(replications, rounds):
    """Measure whoever can play, in turn, and print what they took."""
    scenario = load(SCENARIO)
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        dashboard_address="127.0.0.1:0",
        silence_logs=logging.CRITICAL,
    ) as cluster:
        where = partial(compare, scenario, replications=replications)
        afar = partial(where, cluster=cluster.scheduler_address)
        afar()
        players = {
            "one process": partial(where, jobs=1),
            "two processes": partial(where, jobs=2),
            "two, results kept": partial(kept, scenario, replications),
            "Dask, two workers": afar,
        }
        taken = {name: [] for name in players}
        for _ in range(rounds):
            for name, played in players.items():
                taken[name].append(seconds(played))
    print(f"{SCENARIO}, {replications} replications, {rounds} rounds")
    for name, rounds_taken in taken.items():
        each = ", ".join(f"{wall:.2f} s ({cpu:.2f})" for wall, cpu in rounds_taken)
        print(f"{name:20} {each}")
    walls, cpus = (
        [min(one[which] for one in rounds_taken) for rounds_taken in taken.values()]
        for which in (0, 1)
    )
    one, two, with_results, dask = walls
    print(f"two processes against one        {one / two:.2f} (target 1.8)")
    print(f"Dask against two processes       {two / dask:.2f} (target 0.8)")
    print(f"keeping results, share of time   {with_results / two - 1:+.1%}")
    one, two, with_results, dask = cpus
    print("and if two processors had nothing else to do, by processor time at most:")
    print(f"two processes against one        {2 * one / two:.2f}")
    print(f"Dask against two processes       {two / dask:.2f}")
    print(f"keeping results, share of time   {with_results / two - 1:+.1%}")


def largest(replications):
    """Play with results and print the peak of the largest process, in MiB."""
    kept(load(SCENARIO), replications)
    unit = 1 if sys.platform == "darwin" else 1024
    peaks = (
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(max(peaks) * unit / 2**20)


def memory():
    """Print the peak for many replications against that for few."""
    command = (sys.executable, "-m", "tests.benchmarks.executors", "--largest")
    few, many = (
        float(
            subprocess.run([*command, str(n)], capture_output=True, check=True).stdout
        )
        for n in (100, 1_000)
    )
    print(
        f"memory, 1,000 against 100        {many:.0f} MiB / {few:.0f} MiB"
        f" = {many / few:.2f} (target 1.2)"
    )


def main():
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--replications", type=int, default=100)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--largest", type=int, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.largest:
        largest(told.largest)
        return
    speed(told.replications, told.rounds)
    if told.memory:
        memory()


if __name__ == "__main__":
    main()
