"""Explorations made up by a test: which arms met what, and what honest work paid."""

from itertools import product

from hypothesis import strategies as st

from simulator.experiment.whatif.design import design
from simulator.experiment.whatif.explore import Explored, Leaf
from simulator.experiment.whatif.goals import met
from simulator.experiment.whatif.table import ArmTable
from simulator.outcome import VERDICTS, Friction, Harm, Outcome, Times
from simulator.regions import union

WITHIN_S = 300
LATTICE = design("lattice", ("a", "b", "c"))
DESIGNS = tuple(
    design(name, ("a", "b", "c")) for name in ("alone", "without", "pairs", "lattice")
)


def paying(**parts):
    """Build the friction of a run; nothing is paid unless told."""
    nothing = dict.fromkeys(
        (
            "added_s",
            "refused",
            "slips",
            "slips_caught",
            "approvals",
            "queue_wait_s",
            "alarms",
            "false_alarms",
            "alarm_wait_s",
        ),
        0,
    )
    return Friction(
        **{"requests": 100, "tickets": 100, "analyst_shifts": 2.0, **nothing, **parts}
    )


def ended(verdict="missed", detect_s=None, by="", **friction):
    """Build an outcome."""
    times = Times(None, None, detect_s, None, None, None, None, None, (), ())
    harm = Harm(1, 1, None, 0.0, restored=False)
    return Outcome(verdict, by, True, harm, times, paying(**friction))


def explored(arms, outcomes):
    """Build what is explored of a design, with one outcome for each arm in turn."""
    parts = {}
    for arm, outcome in zip(range(len(arms.masks)), outcomes, strict=True):
        parts.setdefault(outcome, []).append(1 << arm)
    leaves = tuple(Leaf(union(found), outcome) for outcome, found in parts.items())
    return Explored(leaves, frozenset())


def counted(arms, *replications, reference=0):
    """Fold replications, each a sequence of outcomes by arm, into a table."""
    table = ArmTable(arms, reference)
    for outcomes in replications:
        one = explored(arms, outcomes)
        table.add(one, met(one, WITHIN_S), days=1.0)
    return table


def met_in(arms, region):
    """Return what was met where the arms of a region were stopped, others missed."""
    outcomes = (
        ended("stopped" if region >> arm & 1 else "missed")
        for arm in range(len(arms.masks))
    )
    return met(explored(arms, outcomes), WITHIN_S)


def _pool():
    """Build outcomes that differ in verdict, time, and each thing that is paid."""
    for number, (verdict, detect_s) in enumerate(
        product(VERDICTS, (None, 0, 200, 300, 301))
    ):
        yield ended(
            verdict,
            detect_s,
            added_s=37 * number % 400,
            refused=number % 4,
            requests=3 + number % 3,
            alarms=3 + number % 5,
            false_alarms=number % 3,
        )


outcomes = st.sampled_from(tuple(_pool()))


@st.composite
def replications(draw, arms, most=5):
    """Draw replications of a design."""
    each = st.lists(outcomes, min_size=len(arms.masks), max_size=len(arms.masks))
    return draw(st.lists(each, min_size=1, max_size=most))
