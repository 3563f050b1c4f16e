"""Hand-made what-ifs: every set of five candidates, with all that can be found."""

import math
from itertools import combinations
from typing import Any

from simulator.experiment.statistics import Difference, wilson
from simulator.experiment.whatif.findings import (
    Arm,
    Axis,
    Burden,
    Frontier,
    Redundant,
    Shapley,
    Sufficient,
    WhatIf,
    WhatIfReading,
    Worse,
)
from simulator.outcome.outcome import VERDICTS

RUNS = 100
CANDIDATES = (
    "four-eyes",
    "last-day-cutoff",
    "peer-report",
    "protected-lock",
    "volume-anomaly",
)
STOPPED = {"four-eyes": 49, "last-day-cutoff": 51, "protected-lock": 100}
ADDED = {"four-eyes": 4.4, "protected-lock": 0.0}
REFUSED = {"last-day-cutoff": 0.05, "protected-lock": 0.012}
AXES = (Axis("harm", "share of runs", 0.001), Axis("refused", "share", 0.001))


def arm(*labels: str, **changed: Any) -> Arm:
    """Return an arm whose controls add up, and whose peers catch nine runs more."""
    adding = min(sum(STOPPED.get(label, 0) for label in labels), RUNS)
    stopped = changed.pop("stopped", adding)
    caught = min(9 if "peer-report" in labels else 0, RUNS - stopped)
    counts = {"stopped": stopped, "caught": caught}
    counts["noticed"] = RUNS - sum(counts.values())
    held = counts["stopped"] + counts["caught"]
    parts: dict[str, Any] = {
        "labels": tuple(sorted(labels)),
        "verdicts": {v: wilson(counts.get(v, 0), RUNS) for v in VERDICTS},
        "held": wilson(held, RUNS),
        "stopped": wilson(counts["stopped"], RUNS),
        "caught": wilson(held, RUNS),
        "friction": burden(labels),
        "against": Difference(RUNS, held / RUNS, held / RUNS - 0.1, held / RUNS + 0.1),
        "saved": 0.4,
    }
    return Arm(**parts | changed)


def burden(labels: tuple[str, ...], **changed: Any) -> Burden:
    """Return what honest work pays, the sum over the labels."""
    added = sum(ADDED.get(label, 0.0) for label in labels)
    reach = 0.5 if added else 0.0
    parts: dict[str, Any] = {
        "added_s": added,
        "refused": sum(REFUSED.get(label, 0.0) for label in labels),
        "approvals_per_day": 12.5 if "four-eyes" in labels else 0.0,
        "alarms_per_shift": 0.4 * ("peer-report" in labels),
        "false_alarms_per_shift": 0.3 * ("peer-report" in labels),
        "queue_wait_s": 190.0,
        "added_low": added - reach,
        "added_high": added + reach,
    }
    return Burden(**parts | changed)


REFERENCE = arm(against=None, saved=None)
SETS = tuple(
    arm(*labels) for size in range(6) for labels in combinations(CANDIDATES, size)
)
LOCK, PAIR = arm("protected-lock"), arm("four-eyes", "last-day-cutoff")
WORSE = Worse(
    arm=("peer-report",),
    adding="volume-anomaly",
    before=wilson(9, RUNS),
    after=wilson(2, RUNS),
    flips=8,
    mended=1,
    p=0.04,
    mechanism="the true alarm waited 38 min behind 12 others instead of 3 min",
    seed=712,
    chosen=(("intent", "slip"),),
)


def enough(
    *sets: Arm, within_s: int | None = None, least: float = 0.9, **changed: Any
) -> Sufficient:
    """Return smallest sets that are enough."""
    goal = "stopped" if within_s is None else "caught"
    shares = [one.stopped if within_s is None else one.caught for one in sets]
    parts: dict[str, Any] = {
        "goal": goal,
        "at_least": least,
        "within_s": within_s,
        "sets": sets,
        "sure": tuple(share.low >= least for share in shares),
        "how_many": len(sets),
        "share_of_sets": 0.625,
    }
    return Sufficient(**parts | changed)


def reading(**changed: Any) -> WhatIfReading:
    """Return a reading of a lattice in which everything there is to say is said."""
    parts: dict[str, Any] = {
        "chosen": (),
        "says": (),
        "reference": REFERENCE,
        "arms": SETS,
        "sufficient": (enough(LOCK, PAIR), enough(LOCK, PAIR, within_s=300)),
        "frontier": Frontier((arm(), arm("peer-report"), LOCK), AXES),
        "shapley": (
            Shapley("protected-lock", 0.75, 0.7, 0.8),
            Shapley("last-day-cutoff", 0.13, 0.08, 0.18),
            Shapley("four-eyes", 0.12, 0.07, 0.17),
            Shapley("volume-anomaly", -0.02, -0.03, -0.01),
            Shapley("peer-report", 0.0, 0.0, 0.0),
        ),
        "redundant": (
            Redundant("four-eyes", ("protected-lock",)),
            Redundant("last-day-cutoff", ("protected-lock",)),
            Redundant("peer-report", None),
        ),
        "worse": (WORSE,),
        "silent": ("volume-anomaly",),
        "runs": 1_204,
        "stands_for": 3_200,
        "saved": 0.4,
    }
    return WhatIfReading(**parts | changed)


def what_if(*readings: WhatIfReading, **changed: Any) -> WhatIf:
    """Return a what-if of some readings; of one in which everything is said."""
    parts: dict[str, Any] = {
        "title": "The last day of a contractor",
        "question": "Which sets of controls and alerts would have been enough?",
        "incident": "microblog-lastday-2017",
        "seed": 1,
        "design": "lattice",
        "candidates": CANDIDATES,
        "replications": RUNS,
        "finished": RUNS,
        "version": "0.1.0",
        "at_least": 0.9,
        "within_s": 300,
        "readings": readings or (reading(),),
    }
    return WhatIf(**parts | changed)


def of_design(name: str, **changed: Any) -> WhatIf:
    """Return a what-if with the arms of another design."""
    sizes = {"alone": (0, 1), "without": (4, 5), "pairs": (0, 1, 2)}[name]
    arms = tuple(one for one in SETS if len(one.labels) in sizes)
    fine = [one for one in arms if one.stopped.share >= 0.9]
    least = min(len(one.labels) for one in fine)
    smallest = [one for one in fine if len(one.labels) == least]
    told = reading(
        arms=arms,
        sufficient=(enough(*smallest), enough(*smallest, within_s=300)),
        shapley=(),
        redundant=(),
    )
    return what_if(told, **{"design": name, **changed})


def of_one_run() -> WhatIf:
    """Return a what-if of a single run, whose intervals have no ends."""
    endless = {"added_low": -math.inf, "added_high": math.inf}
    lock = arm(
        "protected-lock",
        friction=burden(("protected-lock",), **endless),
        against=Difference(1, 1.0, -math.inf, math.inf),
        saved=None,
    )
    told = reading(
        sufficient=(enough(lock), enough(lock, within_s=300)),
        arms=(lock, arm()),
        shapley=(Shapley("protected-lock", 1.0, -math.inf, math.inf),),
        frontier=Frontier((lock,), AXES),
    )
    return what_if(told, replications=1, finished=1)
