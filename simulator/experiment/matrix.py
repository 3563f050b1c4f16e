"""One incident against what is in force: counting its runs, and the row they make.

Of each run the tally keeps at most seven whole numbers, for quantiles and for the
search for remedies, which plays the same runs again; everything else is a count.
"""

from array import array
from collections import Counter
from collections.abc import Collection, Sequence

from attrs import Factory, define, frozen

from simulator.experiment.assessed import (
    ActorAccess,
    ByAnswer,
    ByLabel,
    IncidentRow,
)
from simulator.experiment.findings import Estimate
from simulator.experiment.plan import Choices
from simulator.experiment.reasons import commonest
from simulator.experiment.statistics import spread, wilson
from simulator.experiment.tally import HELD
from simulator.experiment.trials import NEVER, Seen, members
from simulator.outcome import VERDICTS
from simulator.scenario.scenario import Scenario

NOBODY_COULD = "in none of the runs could anybody try it"
IS_HELD = tuple(verdict in HELD for verdict in VERDICTS)
"""Whether a verdict counts as held, by its position."""


def held_of(verdicts: Sequence[int]) -> Estimate:
    """Estimate the share held from counts of each verdict."""
    held = sum(c for c, is_held in zip(verdicts, IS_HELD, strict=True) if is_held)
    return wilson(held, sum(verdicts))


@frozen
class Case:
    """One incident as it is played.

    Attributes:
        position: Among the incidents.
        name: Slug of the incident, or its title.
        title: Its title.
        variants: Scenarios bound to the organisation, which take turns.
        stands_for: For each variant, all (axis, option) pairs that come to it, sorted.
        why_not: Why there are no variants.
    """

    position: int
    name: str
    title: str
    variants: tuple[Scenario, ...] = ()
    stands_for: tuple[Choices, ...] = ()
    why_not: str = ""


def _seconds() -> "array[int]":
    return array("i")


@define
class MatrixTally:
    """What has been counted of one incident.

    Attributes:
        could: Of each run, the additions that could change anything, as a mask.
        heard: In how many of the runs that asked each addition was heard about the
            misuse, by its position.
    """

    case: Case
    verdicts: "array[int]" = Factory(lambda: array("b"))
    could: list[int] = Factory(list)
    heard: Counter[int] = Factory(Counter)
    possible: int = 0
    done_by: Counter[str] = Factory(Counter)
    noticed_by: Counter[str] = Factory(Counter)
    notice: "array[int]" = Factory(_seconds)
    detect: "array[int]" = Factory(_seconds)
    restore: "array[int]" = Factory(_seconds)
    residual: "array[int]" = Factory(_seconds)

    def add(self, seen: Seen) -> None:
        """Count the next run."""
        self.verdicts.append(seen.verdict)
        self.could.append(seen.could)
        self.heard.update(members(seen.bites))
        self.possible += seen.possible
        if seen.by:
            self.done_by[seen.by] += 1
        if seen.noticed_first:
            self.noticed_by[seen.noticed_first] += 1
        for kept, seconds in (
            (self.notice, seen.notice_s),
            (self.detect, seen.detect_s),
            (self.restore, seen.restore_s),
            (self.residual, seen.residual_s),
        ):
            if seconds is not None:
                kept.append(seconds)

    def row(self) -> IncidentRow:
        """Make the row of the assessment, without its gap."""
        runs = len(self.verdicts)
        counts = Counter(self.verdicts)
        is_impossible = runs > 0 and not self.possible
        return IncidentRow(
            name=self.case.name,
            title=self.case.title,
            why_not=self.case.why_not or (NOBODY_COULD if is_impossible else ""),
            possible=wilson(self.possible, runs),
            verdicts={v: wilson(counts[n], runs) for n, v in enumerate(VERDICTS)},
            held=held_of([counts[n] for n in range(len(VERDICTS))]),
            done_by=_by_label(self.done_by),
            noticed_by=_by_label(self.noticed_by),
            notice=spread(self.notice, runs),
            detect=spread(self.detect, runs),
            restore=spread(self.restore, runs),
            residual=self._residual(runs),
            by_answer=self._by_answer(),
        )

    def _residual(self, runs: int) -> ActorAccess:
        beyond = self.residual.count(NEVER)
        lasted = [seconds for seconds in self.residual if seconds > 0]
        return ActorAccess(
            left=wilson(len(lasted) + beyond, runs),
            lasted=spread(lasted, runs),
            beyond=wilson(beyond, runs),
            leavers=len(self.residual),
        )

    def _by_answer(self) -> tuple[ByAnswer, ...]:
        """Estimate the share held for each option that makes a difference at all."""
        turns: dict[tuple[str, str], frozenset[int]] = {
            option: frozenset(
                turn for turn, of in enumerate(self.case.stands_for) if option in of
            )
            for option in sorted(set().union(*self.case.stands_for))
        }
        return tuple(
            ByAnswer(axis, option, self._held_in(mine))
            for (axis, option), mine in turns.items()
            if any(a == axis and other != mine for (a, _), other in turns.items())
        )

    def _held_in(self, turns: Collection[int]) -> Estimate:
        several = len(self.case.variants)
        verdicts = [v for n, v in enumerate(self.verdicts) if n % several in turns]
        return wilson(sum(IS_HELD[verdict] for verdict in verdicts), len(verdicts))


def _by_label(counted: Counter[str]) -> tuple[ByLabel, ...]:
    return tuple(ByLabel(label, runs) for label, runs in commonest(counted))
