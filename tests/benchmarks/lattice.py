"""How much less work is the exact lattice than playing every set?

    python -m tests.benchmarks.lattice [--replications 10] [--sample 64]

For 12 and for 18 candidates of the seed scenario: seconds of one exploration of all
sets beside those of playing every set by itself, which is estimated from a sample in
each replication. Both in one process, turn by turn, and both on honest work that is
drawn already; processor seconds, for these machines are noisy. Every sampled set is
also held against its leaf. Targets: 50 times and 500 times.
"""

import argparse
import random
import time
from pathlib import Path

from attrs import evolve

from simulator import load, measure, simulate
from simulator.experiment.arms import default_candidates, only
from simulator.experiment.plan import make_plan, replication_seed
from simulator.experiment.whatif.design import design
from simulator.experiment.whatif.explore import did_it, explore
from simulator.scenario.organisation import Posture
from simulator.world import draw_day

SEED_SCENARIO = Path("scenarios/microblog-lastday-2017.yaml")
TWELVE = (
    "cooling-off",
    "dedicated-admin-account",
    "four-eyes",
    "four-eyes-by-a-peer",
    "last-day-cutoff",
    "leaver-activity-alert",
    "notice-restriction",
    "out-of-band-confirm",
    "protected-change-alert",
    "protected-lock",
    "role-entitlement",
    "synthetic-monitor",
)
"""What `lastday whatif --design lattice` chooses by itself."""
EIGHTEEN = (
    *TWELVE,
    "contractor-registry-sync",
    "denied-burst",
    "fast-restore",
    "step-up-auth",
    "ticket-bound",
    "type-to-confirm",
)
"""What it would choose if it took eighteen."""
TARGETS = {len(TWELVE): 50, len(EIGHTEEN): 500}


def setting(scenario, labels):
    """Return the candidates with the settings on offer."""
    on_offer, found = default_candidates(scenario), Posture()
    for label in labels:
        found = found.plus(only(label, on_offer))
    return found


def brute_force_s(scenario, candidates, arms, seed, day, explored, sample):
    """Return the seconds of one set, played by itself; hold each against its leaf."""
    chosen, spent = random.Random(seed), 0.0
    for arm in (chosen.randrange(len(arms.masks)) for _ in range(sample)):
        on = arms.on(arm)
        began = time.process_time()
        posture = scenario.organisation.posture
        for label in on:
            posture = posture.plus(only(label, candidates))
        outcome = measure(simulate(scenario, posture, seed, day=day), scenario)
        spent += time.process_time() - began
        leaf = explored.leaf(arm).outcome
        assert outcome == evolve(leaf, by=did_it(leaf, arms, on)), on
    return spent / sample


def compare_ways(scenario, labels, replications, sample):
    """Print one line for each replication, and the ratio over all of them."""
    plan = make_plan(scenario, seed=1, choose={"intent": "gesture"})
    variants = plan.questions[0].variants
    arms, lattice_s, every_s = design("lattice", labels), 0.0, 0.0
    for number in range(replications):
        variant = variants[number % len(variants)]
        candidates, seed = setting(variant, labels), replication_seed(1, number)
        day = draw_day(variant, seed)
        began = time.process_time()
        explored = explore(variant, candidates, arms, seed, day)
        took_s = time.process_time() - began
        one_s = brute_force_s(variant, candidates, arms, seed, day, explored, sample)
        lattice_s, every_s = lattice_s + took_s, every_s + one_s * len(arms.masks)
        print(
            f"{len(labels)} candidates, replication {number}: "
            f"{len(explored.leaves):5} leaves for {len(arms.masks)} sets, "
            f"{took_s:6.2f} s beside {one_s * len(arms.masks):7.1f} s: "
            f"{one_s * len(arms.masks) / took_s:6.0f} times"
        )
    print(
        f"{len(labels)} candidates in all: {every_s / lattice_s:.0f} times fewer "
        f"seconds (target {TARGETS[len(labels)]})\n"
    )


def main():
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=10)
    parser.add_argument("--sample", type=int, default=64)
    told = parser.parse_args()
    for labels in (TWELVE, EIGHTEEN):
        compare_ways(load(SEED_SCENARIO), labels, told.replications, told.sample)


if __name__ == "__main__":
    main()
