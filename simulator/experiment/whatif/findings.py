"""What a what-if found: frozen values that a report prints and a user can read.

what-if  = readings; one for each combination of open questions shown apart
reading  = arms, and what follows from all of them together
arm      = verdicts with intervals, and what honest work pays
reference = the arm that is what is in force, candidates as they stand there

A reading of a lattice lists the arms that matter; `WhatIfReading.arm` answers for any.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, Protocol

from attrs import evolve, field, fields, frozen

from simulator.errors import LastdayError
from simulator.experiment.export import to_plain
from simulator.experiment.findings import Estimate
from simulator.experiment.statistics import Difference
from simulator.experiment.whatif.design import DesignName
from simulator.outcome.outcome import Verdict

FORMAT = 1
"""Version of the keys of `WhatIf.to_json`; raised when one changes or goes."""
Goal = Literal["stopped", "held", "caught"]
"""What is wanted of a run.

    stopped  nothing of the misuse took effect
    held     the verdict is stopped, limited or caught
    caught   stopped, or a signal from inside was confirmed within the time asked for
"""


@frozen
class Burden:
    """What honest work pays in one arm, over all runs. Lower is better throughout.

    Attributes:
        added_s: Mean seconds added to one honest request, beyond the reference; below
            zero where honest work is spared something, 0 of the reference itself.
        refused: Honest requests refused, as a share of all.
        approvals_per_day: Approvals asked of honest work in 24 h of desks at work.
        alarms_per_shift: Signals from inside for each analyst shift of eight hours.
        false_alarms_per_shift: Those of them that were false.
        queue_wait_s: Mean wait of one ticket in seconds.
        added_low: Lower end of the 95 % interval of the paired difference ``added_s``;
            minus infinity of a single run.
        added_high: Upper end.
    """

    added_s: float
    refused: float
    approvals_per_day: float
    alarms_per_shift: float
    false_alarms_per_shift: float
    queue_wait_s: float
    added_low: float
    added_high: float


@frozen
class Arm:
    """One combination of candidates, on top of what else is in force.

    Attributes:
        labels: The candidates that are on, sorted; () is none of them.
        verdicts: Share of each verdict.
        held: Share of runs that were stopped, limited or caught.
        stopped: Share of runs in which nothing of the misuse took effect.
        caught: Share of runs that were stopped, or in which a signal from inside was
            confirmed within the time asked for.
        friction: What honest work pays.
        against: Paired difference of ``held`` to the reference, in probability; None of
            the reference itself.
        saved: Share of the variance of that difference that common random numbers took
            away; None of the reference, and where neither arm varies.
    """

    labels: tuple[str, ...]
    verdicts: Mapping[Verdict, Estimate]
    held: Estimate
    stopped: Estimate
    caught: Estimate
    friction: Burden
    against: Difference | None = None
    saved: float | None = None

    @property
    def name(self) -> str:
        """Its labels in one text; "" for none."""
        return " + ".join(self.labels)


@frozen
class Sufficient:
    """The smallest sets of candidates that are enough.

    A set is enough if it met the goal in the share of runs that was asked for. It is
    minimal if no part of it, among the arms of the design, is enough.

    Attributes:
        goal: What is wanted.
        at_least: The share of runs asked for.
        within_s: The time asked for of "caught" in seconds; None for "stopped".
        sets: Minimal sets, fewest labels first, then the least friction.
        sure: For each of them, whether the low end of the 95 % interval is enough too.
        how_many: All minimal sets; more than ``sets`` where only the first are listed.
        share_of_sets: Share of all arms that are enough, minimal or not.
    """

    goal: Literal["stopped", "caught"]
    at_least: float
    within_s: int | None
    sets: tuple[Arm, ...]
    sure: tuple[bool, ...]
    how_many: int
    share_of_sets: float


@frozen
class Shapley:
    """What one candidate adds, averaged over all orders of adding candidates.

    Attributes:
        label: The candidate.
        share: Its part of P(goal) of all candidates minus P(goal) of none, in
            probability; the parts of all candidates add up to that difference.
        low: Lower end of the 95 % interval over runs; 0 where it had no part in any of
            several runs, and minus infinity where it had none in a single one.
        high: Upper end.
        goal: What is wanted.
    """

    label: str
    share: float
    low: float
    high: float
    goal: Goal = "held"


@frozen
class Axis:
    """One thing that points of a frontier are compared by; lower is better.

    Attributes:
        name: Its name.
        unit: Its unit.
        step: What values are rounded to before they are compared.
    """

    name: str
    unit: str
    step: float


@frozen
class Frontier:
    """Arms for which no other arm is as good in every respect and better in one.

    Attributes:
        points: From the most harm to the least, and so, broadly, from the least
            friction to the most. Of arms that are equal in all axes only the one with
            the fewest labels.
        axes: What they are compared by.
    """

    points: tuple[Arm, ...]
    axes: tuple[Axis, ...]


@frozen
class Redundant:
    """A candidate that makes no difference.

    Attributes:
        label: The candidate.
        given: The smallest set of others beside which it changed no verdict in any run,
            although alone it does; None where it never mattered: it changed none in any
            run, whatever else was on.
    """

    label: str
    given: tuple[str, ...] | None

    @property
    def never_mattered(self) -> bool:
        """Whether it changed no verdict in any arm."""
        return self.given is None


@frozen
class Worse:
    """A set of candidates to which one more does harm.

    Attributes:
        arm: The set, without it.
        adding: The candidate that is added.
        before: Share of runs that met the goal without it.
        after: Share with it.
        flips: Runs in which adding it turned a run that met the goal into one that did
            not.
        mechanism: One or two sentences with figures: what differed in one such run; ""
            where an interrupt came before it was told.
        seed: The seed of that run, for `simulate`; None where there is none told.
        chosen: The options of open questions that held in it, as (axis, option).
        mended: Runs in which adding it did the opposite.
        p: Chance of as clear a difference if adding it did as much good as harm; by the
            exact sign test.
        goal: What is wanted.
    """

    arm: tuple[str, ...]
    adding: str
    before: Estimate
    after: Estimate
    flips: int
    mechanism: str = ""
    seed: int | None = None
    chosen: tuple[tuple[str, str], ...] = ()
    mended: int = 0
    p: float = 0.0
    goal: Goal = "held"


class Table(Protocol):
    """Answers for any arm of a design."""

    def arm(self, labels: Iterable[str]) -> Arm:
        """Return the arm in which just these candidates are on."""


@frozen
class WhatIfReading:
    """One answer to the questions that are shown apart.

    Attributes:
        chosen: The options that hold in all its runs.
        says: What each of them says.
        reference: What is in force, candidates as they stand there.
        arms: Every arm of the designs alone, without and pairs, in the design's order;
            of a lattice none, each alone, the minimal sets, the frontier, and all.
        sufficient: The smallest sets that stop it, and those that catch it in time.
        frontier: Harm against friction.
        shapley: The part of each candidate, the largest first; only of a lattice.
        redundant: Candidates that make no difference, by label.
        worse: Sets to which one more candidate does harm, the smallest first.
        silent: Candidates that never fired in any run, sorted. What is green because of
            them was never put to the test.
        runs: Runs that were played.
        stands_for: Runs that they stand for: arms times replications.
        table: What `arm` asks; no part of the reading's value.
        saved: Share of the variance of what adding one candidate changes in ``held``
            that common random numbers took away: the median over the steps from small
            sets, and to all candidates, that changed anything, where chance decides
            with and without it; None where there are none.
    """

    chosen: tuple[tuple[str, str], ...]
    says: tuple[str, ...]
    reference: Arm
    arms: tuple[Arm, ...]
    sufficient: tuple[Sufficient, ...]
    frontier: Frontier
    shapley: tuple[Shapley, ...]
    redundant: tuple[Redundant, ...]
    worse: tuple[Worse, ...]
    silent: tuple[str, ...]
    runs: int
    stands_for: int
    table: Table | None = field(default=None, eq=False, repr=False)
    saved: float | None = None

    def arm(self, labels: Iterable[str]) -> Arm:
        """Return any arm of the design; of a lattice every set of candidates is one.

        Raises:
            LastdayError: A label is no candidate, or the design has no such arm.
        """
        if self.table is not None:
            return self.table.arm(labels)
        wanted = tuple(sorted(set(labels)))
        for arm in (self.reference, *self.arms):
            if arm.labels == wanted:
                return arm
        named = " + ".join(wanted) or "none"
        raise LastdayError(f"no arm with {named}; accepted: one of the arms listed")

    @property
    def listed(self) -> tuple[Arm, ...]:
        """All arms that are listed, the reference first where it is not among them."""
        if any(arm.labels == self.reference.labels for arm in self.arms):
            return self.arms
        return (self.reference, *self.arms)


@frozen
class WhatIf:
    """Everything `whatif` found, and what it takes to find it again.

    Attributes:
        title: Title of the scenario.
        question: What it asks.
        incident: Slug of the incident; "" if none.
        seed: Where chance started.
        design: How arms were chosen.
        candidates: What was tried, sorted.
        replications: Replications asked for; with a precision, at most so many.
        finished: Replications that the readings tell of.
        version: Of the simulator.
        at_least: The share of runs in which a set must meet a goal to be enough.
        within_s: The time within which "caught" is in time, in seconds.
        readings: One for each combination of open questions shown apart.
        precision: Half the width that every interval of a share should have; None if
            that was not asked for.
        ended: Why it ended: "all" were played, the intervals were "precise" enough, or
            it was "interrupted".
    """

    title: str
    question: str
    incident: str
    seed: int
    design: DesignName
    candidates: tuple[str, ...]
    replications: int
    finished: int
    version: str
    at_least: float
    within_s: int
    readings: tuple[WhatIfReading, ...]
    precision: float | None = None
    ended: Literal["all", "precise", "interrupted"] = "all"

    def to_table(self) -> list[dict[str, object]]:
        """Return one flat dict for each reading and arm listed, as data frames like it.

        Estimates become three columns (``held``, ``held_low``, ``held_high``), what
        honest work pays one column each, options shown apart one column each
        (``chosen.intent``). All dicts have the same keys, in the same order.
        """
        return [
            {f"chosen.{axis}": option for axis, option in reading.chosen}
            | _flat(arm, is_reference=arm.labels == reading.reference.labels)
            for reading in self.readings
            for arm in reading.listed
        ]

    def to_json(self) -> dict[str, Any]:
        """Return everything as dicts, lists, texts, numbers and None.

        The keys are the names of the fields, in their order; options become ``{"axis":
        ..., "option": ...}``, and an interval without an end has None there.
        """
        bare = evolve(
            self, readings=tuple(evolve(r, table=None) for r in self.readings)
        )
        plain = {"format": FORMAT, **to_plain(bare)}
        for reading in plain["readings"]:
            del reading["table"]
        return plain


def _flat(arm: Arm, *, is_reference: bool) -> dict[str, object]:
    flat: dict[str, object] = {
        "labels": arm.name,
        "size": len(arm.labels),
        "reference": is_reference,
        "runs": arm.held.of,
    }
    shares: dict[str, Estimate] = {"held": arm.held, "caught_in_time": arm.caught}
    shares |= dict(arm.verdicts.items())
    for name, share in shares.items():
        flat |= {
            name: share.share,
            f"{name}_low": share.low,
            f"{name}_high": share.high,
        }
    against = arm.against
    flat |= {
        "against": against and against.mean,
        "against_low": against and against.low,
        "against_high": against and against.high,
        "saved": arm.saved,
    }
    return flat | {f.name: getattr(arm.friction, f.name) for f in fields(Burden)}
