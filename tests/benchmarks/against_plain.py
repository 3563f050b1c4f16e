"""How much dearer is our day than a plain SimPy script of the same honest work?

    python -m tests.benchmarks.against_plain [--pairs 5] [--runs 20] [SCENARIO]

Each pair is two fresh processes, one after the other: the plain script in one, ours in
the other, with every control and alert of the catalogue asked in the shadow and the
trail kept. In both the rosters are worked out once and the honest work is drawn in each
run. Each process plays the same seeds, each several times, and reports the mean of the
quickest, in processor seconds; the ratio is taken pair by pair. Target: at most 1.5.
"""

import argparse
import subprocess
import sys
import time
from statistics import median

REPEATS = 5
SCENARIO = "scenarios/microblog-lastday-2017.yaml"


def seconds_per_run(which, path, runs):
    """Return the mean over seeds of the quickest of some plays, in this process."""
    from simulator import load

    scenario = load(path).variant()
    play = _plain(scenario) if which == "plain" else _ours(scenario)
    quickest = [
        min(_clocked(play, seed) for _ in range(REPEATS)) for seed in range(runs)
    ]
    return sum(quickest) / runs


def _clocked(play, seed):
    began = time.process_time()
    play(seed)
    return time.process_time() - began


def _plain(scenario):
    from tests.benchmarks.plain_day import plain_day, plan

    desks = plan(scenario)
    return lambda seed: plain_day(scenario, desks, seed)


def _ours(scenario):
    from simulator.experiment.arms import default_candidates
    from simulator.world import draw_day, prepare, simulate

    shadow, arm = default_candidates(scenario), scenario.organisation.posture
    stage = prepare(scenario)

    def play(seed):
        day = draw_day(scenario, seed, stage=stage)
        return simulate(scenario, arm, seed, shadow=shadow, day=day)

    return play


def in_its_own_process(which, path, runs):
    """Return the seconds per run that a fresh process measures."""
    command = [sys.executable, "-m", __spec__.name, "--only", which, path]
    done = subprocess.run(
        [*command, "--runs", str(runs)], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def main():
    """Measure the pairs and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="?", default=SCENARIO)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--only", choices=["plain", "ours"], help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.only:
        print(seconds_per_run(told.only, told.scenario, told.runs))
        return

    ratios = []
    for _ in range(told.pairs):
        plain = in_its_own_process("plain", told.scenario, told.runs)
        ours = in_its_own_process("ours", told.scenario, told.runs)
        ratios.append(ours / plain)
        print(
            f"plain {plain * 1e3:7.2f} ms   ours {ours * 1e3:7.2f} ms"
            f"   ratio {ratios[-1]:.2f}"
        )
    print(f"ratio, median of {told.pairs} pairs: {median(ratios):.2f} (target 1.5)")


if __name__ == "__main__":
    main()
