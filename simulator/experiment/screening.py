"""The first look: every assumption at both ends of its range, on the same seeds.

player   = plays points on shared seeds, and counts the replications
screened = all assumptions, sorted by what they changed in the first replications

An assumption that changed nothing in any of them is proven to be without effect there.
Only those that moved the answer, or the time until all was back, are played out.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from itertools import chain

from attrs import Factory, define

from simulator.experiment.assumptions import Assumption
from simulator.experiment.bench import Bench, Point, Sample, Study
from simulator.experiment.engine import Engine
from simulator.experiment.executors import play
from simulator.experiment.placing import placed
from simulator.experiment.tornado import (
    Answer,
    End,
    Moved,
    answer_of,
    change_between,
    restored,
    swing_of,
)
from simulator.experiment.variance import Effect
from simulator.scenario.ranges import write_number

SCREENING = 20
"""Replications in which every assumption is tried."""

Runs = list[Sample]


@define(eq=False)
class Player:
    """Plays points on shared seeds, and counts the replications."""

    study: Study
    engine: Engine
    jobs: int | None
    plays: int
    progress: Callable[[int, int], None] | None
    played: int = 0

    def runs(
        self, points: Sequence[Point], first: int, count: int
    ) -> tuple[Runs, list[Runs], list[bool]]:
        """Play points on replications from ``first`` on.

        Returns:
            The samples of the scenario as it is, those of each point, and of each point
            whether any of its outcomes differed from that of the scenario.
        """
        base: Runs = []
        at_points: list[Runs] = [[] for _ in points]
        differs = [False for _ in points]
        bench = Bench(self.study, tuple(points), self.engine)
        numbers = range(first, first + count)
        with closing(play(bench, numbers, jobs=self.jobs)) as results:
            for plain, samples in results:
                base.append(plain)
                for position, sample in enumerate(samples):
                    at_points[position].append(plain if sample is None else sample)
                    differs[position] |= sample is not None
                self.played += 1
                if self.progress is not None:
                    self.progress(self.played, self.plays)
        return base, at_points, differs


@define(eq=False)
class Tried:
    """An assumption at both ends of its range."""

    assumption: Assumption
    ends: tuple[tuple[Point, bool], tuple[Point, bool]]
    low: Runs = Factory(list)
    high: Runs = Factory(list)


@define(eq=False)
class Screened:
    """All assumptions after the first replications, sorted by what they changed."""

    study: Study
    base: Runs
    movers: list[Tried]
    elsewhere: list[Tried]
    idle: list[Tried]

    @classmethod
    def of(
        cls, player: Player, assumptions: Sequence[Assumption], replications: int
    ) -> "Screened":
        """Play both ends of every range in the first replications."""
        study = player.study
        tried = [Tried(one, _ends(study, one)) for one in assumptions]
        points = [point for one in tried for point, _ in one.ends]
        base, runs, differs = player.runs(points, 0, min(SCREENING, replications))
        found = cls(study, base, [], [], [])
        for position, one in enumerate(tried):
            one.low, one.high = runs[2 * position : 2 * position + 2]
            if not any(differs[2 * position : 2 * position + 2]):
                found.idle.append(one)
            elif one.low == base == one.high:
                found.elsewhere.append(one)
            else:
                found.movers.append(one)
        return found

    def play_out(self, player: Player, replications: int) -> None:
        """Play the rest of the replications, for those that moved the answer."""
        played = len(self.base)
        if played < replications:
            points = [point for one in self.movers for point, _ in one.ends]
            base, runs, _ = player.runs(points, played, replications - played)
            self.base += base
            for one, low, high in zip(self.movers, runs[::2], runs[1::2], strict=True):
                one.low += low
                one.high += high

    def with_effect(self) -> list[Assumption]:
        """Return the assumptions that changed anything at all."""
        return [one.assumption for one in chain(self.movers, self.elsewhere)]

    def of_answer(self) -> list[Assumption]:
        """Return the assumptions that changed the answer itself in some run."""
        values = [sample.value for sample in self.base]
        return [
            one.assumption
            for one in self.movers
            if any([s.value for s in runs] != values for runs in (one.low, one.high))
        ]

    def answer(self, runs: Runs) -> Answer:
        """Return the mean answer of some runs."""
        is_share = self.study.measure.share and not self.study.difference
        return answer_of(runs, share=is_share)

    def rows(self, effects: Mapping[str, Effect | None]) -> tuple[Moved, ...]:
        """Sum up what moved the answer, the largest swing first."""
        rows = [self._row(one, effects) for one in self.movers]
        return tuple(sorted(rows, key=lambda r: (-r.swing, -_later(r), r.path)))

    def _row(self, one: Tried, effects: Mapping[str, Effect | None]) -> Moved:
        number, (low, high) = one.assumption.number, one.ends
        at_low, at_high = self._end(one, low, one.low), self._end(one, high, one.high)
        return Moved(
            path=number.path,
            says=number.slot.spec.doc,
            value=self._written(one, number.value),
            source=one.assumption.source,
            declared=one.assumption.range.declared,
            low=at_low,
            high=at_high,
            across=change_between(one.low, one.high),
            swing=swing_of(self.answer(self.base), at_low.answer, at_high.answer),
            effect=effects.get(number.path),
        )

    def _end(self, one: Tried, end: tuple[Point, bool], runs: Runs) -> End:
        point, drawn_back = end
        value = dict(point).get(one.assumption.number.parts)
        return End(
            value=self._written(
                one, one.assumption.number.value if value is None else value
            ),
            answer=self.answer(runs),
            change=change_between(self.base, runs),
            restore=restored(runs),
            drawn_back=drawn_back,
        )

    def _written(self, one: Tried, value: object) -> str:
        return write_number(
            one.assumption.number.slot, value, self.study.variants[0].wall
        )


def _ends(
    study: Study, one: Assumption
) -> tuple[tuple[Point, bool], tuple[Point, bool]]:
    low, high = one.range.low, one.range.high
    return placed(study, [(one, low)]), placed(study, [(one, high)])


def _later(row: Moved) -> float:
    """Return the swing of the time until all was back, to sort equals."""
    medians = [end.restore.median or 0.0 for end in (row.low, row.high)]
    return abs(medians[1] - medians[0])
