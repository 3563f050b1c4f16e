"""What moving the assumptions found: frozen values that a report prints.

sensitivity = the answer, a row for each assumption that moves it, and the spread over
              all assumptions together
row         = the answer at either end of a range, paired with the answer itself
"""

from collections.abc import Sequence
from statistics import fmean

from attrs import frozen

from simulator.experiment.bench import Sample
from simulator.experiment.findings import Spread
from simulator.experiment.statistics import (
    Difference,
    paired_difference,
    spread,
    wilson,
)
from simulator.experiment.variance import Effect, Parted


@frozen
class Answer:
    """The mean of the measure with its 95 % interval; None where no run has one.

    Attributes:
        runs: Runs that have an answer.
        mean: Their mean.
        low: Lower end: Wilson's of a share, Student's of anything else.
        high: Upper end.
    """

    runs: int
    mean: float | None
    low: float
    high: float


@frozen
class End:
    """One end of a range.

    Attributes:
        value: The number there, as a file would write it.
        answer: The answer there.
        change: The paired difference from the answer itself, run by run.
        restore: Time until all was back.
        drawn_back: The end itself makes no sense; this is the furthest that does.
    """

    value: str
    answer: Answer
    change: Difference
    restore: Spread
    drawn_back: bool


@frozen
class Moved:
    """One assumption, moved.

    Attributes:
        path: Where it stands.
        says: What it is.
        value: As it is.
        source: Tag and source; "default" of what no file says.
        declared: The file declares the range; else it is the default one.
        low: The answer at the low end.
        high: The answer at the high end.
        across: The paired difference from the low end to the high one.
        swing: Largest difference between the answers at both ends and as it is.
        effect: Elementary effects along random paths; None where not looked for.
    """

    path: str
    says: str
    value: str
    source: str
    declared: bool
    low: End
    high: End
    across: Difference
    swing: float
    effect: Effect | None = None

    @property
    def moves(self) -> bool:
        """Whether the interval of one of its paired differences leaves zero out."""
        return any(
            not found.low <= 0 <= found.high
            for found in (self.low.change, self.high.change, self.across)
        )


@frozen
class Sensitivity:
    """Which assumptions move the answer.

    Attributes:
        title: Of the scenario.
        measure: Name of the answer that is watched.
        says: What it means.
        share: It is a share of runs; else a number in the unit of the measure.
        arm: What is added to and taken from what is in force, as "+four-eyes".
        difference: The answer is how much the arm changes it.
        chosen: Options of the open questions, as (axis, option).
        seed: Of the experiment.
        replications: Runs of each row.
        screening: Runs in which every assumption was tried.
        base: The answer with all numbers as they are.
        restore: Time until all was back, with all numbers as they are.
        rows: What moved the answer or the time until all was back in the screening, the
            largest swing first.
        elsewhere: Paths of what changed some run of the screening, but neither of them.
        without_effect: Paths of what changed nothing at all in any of those runs.
        fixed: Paths of assumptions without a range, which stayed as they are.
        joint: The spread over all that changed anything, moved together; None where
            nothing did, or where it was not looked for.
        drawn_back: Draws of it that made no sense as they were drawn.
        version: Of the simulator.
    """

    title: str
    measure: str
    says: str
    share: bool
    arm: tuple[str, ...]
    difference: bool
    chosen: tuple[tuple[str, str], ...]
    seed: int
    replications: int
    screening: int
    base: Answer
    restore: Spread
    rows: tuple[Moved, ...]
    elsewhere: tuple[str, ...]
    without_effect: tuple[str, ...]
    fixed: tuple[str, ...]
    joint: Parted | None
    drawn_back: int
    version: str

    @property
    def tried(self) -> int:
        """How many assumptions were moved."""
        return len(self.rows) + len(self.elsewhere) + len(self.without_effect)

    def to_table(self) -> list[dict[str, object]]:
        """Return one flat dict for each row, as data frames like it."""
        return [
            {
                "path": row.path,
                "value": row.value,
                "source": row.source,
                "declared": row.declared,
                "swing": row.swing,
                "moves": row.moves,
                **_flat("low", row.low),
                **_flat("high", row.high),
                "effect": row.effect and row.effect.size,
                "interaction": row.effect and row.effect.spread,
            }
            for row in self.rows
        ]


def answer_of(samples: Sequence[Sample], *, share: bool) -> Answer:
    """Return the mean answer of some runs with its interval."""
    values = [sample.value for sample in samples if sample.value is not None]
    if not values:
        return Answer(0, None, float("-inf"), float("inf"))
    if share:
        found = wilson(round(sum(values)), len(values))
        return Answer(len(values), found.share, found.low, found.high)
    mean = paired_difference(values)
    return Answer(len(values), mean.mean, mean.low, mean.high)


def change_between(one: Sequence[Sample], other: Sequence[Sample]) -> Difference:
    """Return the mean change from one setting to another, run by run."""
    return paired_difference(
        b.value - a.value
        for a, b in zip(one, other, strict=True)
        if a.value is not None and b.value is not None
    )


def restored(samples: Sequence[Sample]) -> Spread:
    """Describe the time until all was back."""
    times = [sample.restore_s for sample in samples]
    return spread((time for time in times if time is not None), len(times))


def swing_of(*answers: Answer) -> float:
    """Return the largest difference between some answers; 0 where none is known."""
    means = [answer.mean for answer in answers if answer.mean is not None]
    return max(means) - min(means) if means else 0.0


def mean_of(samples: Sequence[Sample]) -> float | None:
    """Return the mean answer alone."""
    values = [sample.value for sample in samples if sample.value is not None]
    return fmean(values) if values else None


def _flat(name: str, end: End) -> dict[str, object]:
    return {
        f"{name}_value": end.value,
        f"{name}_answer": end.answer.mean,
        f"{name}_change": end.change.mean,
        f"{name}_change_low": end.change.low,
        f"{name}_change_high": end.change.high,
        f"{name}_restore": end.restore.median,
    }
