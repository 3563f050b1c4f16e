"""The search for the cheapest that closes a gap: single additions first, then pairs.

    gap    an incident that is held in too small a share of its runs
    arm    one addition, or a pair, as a mask of bits
    price  what honest work pays for an arm, of a pair the sum of its parts; arms are
           tried in the order of it

Only additions that were heard about the misuse are tried. One that guards the next way
is not heard while the first is open; so, before pairs are tried, the best single
additions are played with all others asked, and who is heard then makes pairs with them.

Most arms are out after a few runs. The others are played in all runs, the cheapest
first, until enough were found to close the gap. Everything here yields tasks and is
sent their results; see `simulator.experiment.crew`.
"""

from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from itertools import combinations
from math import comb, floor
from typing import Any, TypeVar

from attrs import Factory, define, evolve, frozen

from simulator.experiment.assessed import Friction, Gap, IncidentRow, Remedy
from simulator.experiment.costs import CostTally
from simulator.experiment.findings import Estimate
from simulator.experiment.matrix import Case, MatrixTally, held_of
from simulator.experiment.trials import (
    ALL,
    Look,
    Paid,
    Pay,
    Task,
    Tried,
    Try,
    members,
)
from simulator.outcome import VERDICTS

ASKED = 25
"""Runs in which all additions are asked; at least one for each variant. Assumption:
what is not heard about the misuse in any of them does not close a gap."""
SCREENS = (4, 12)
"""Runs after which arms are left out that fail too often."""
CHANCE = 1e-4
"""How seldom an arm that would close the gap fails so often by chance."""
WAVE = 8
"""Arms that are screened together."""
BEST = 6
"""Single additions that pairs are made of. Assumption: a pair that closes a gap has one
of the six best in it."""
PARTNERS = 6
"""Additions tried beside each of them that were heard only with it."""
BATCH = 500
"""Runs whose results are waited for together, so that memory stays bounded."""

_Found = TypeVar("_Found")
Steps = Generator[Sequence[Task], list[Any], _Found]


@frozen
class Rules:
    """What a search goes by.

    Attributes:
        replications: Runs of each arm.
        gap_under: A smaller share held is a gap.
        remedies: How many are looked for in each gap.
        labels: Of the additions, by position.
        payers: Runs without misuse that friction is measured in.
        days: Days of 24 h of desks at work in each of them.
        known: Friction found so far, by arm; all searches share it.
    """

    replications: int
    gap_under: float
    remedies: int
    labels: tuple[str, ...]
    payers: int
    days: float
    known: dict[int, Friction] = Factory(dict)

    def is_gap(self, held: Estimate) -> bool:
        """Say whether so small a share held is a gap."""
        return held.share < self.gap_under

    def is_hopeless(self, standing: "Standing") -> bool:
        """Say whether an arm fails too often to close a gap.

        It does when the rest of the runs cannot make up for it. In a screening it does
        when an arm held in just the share asked for would fail so often with a chance
        of at most `CHANCE`: P(X >= failures) for X ~ Bin(runs, 1 - share).
        """
        runs, failures, fails = standing.runs, standing.failures, 1 - self.gap_under
        if failures > floor(self.replications * fails + 1e-9):
            return True
        if runs > SCREENS[-1]:
            return False
        chances = (
            comb(runs, k) * fails**k * (1 - fails) ** (runs - k)
            for k in range(failures, runs + 1)
        )
        return sum(chances) <= CHANCE

    def named(self, arm: int) -> tuple[str, ...]:
        """Return the labels of an arm, sorted."""
        return tuple(sorted(self.labels[n] for n in members(arm)))

    def price(self, arm: int) -> tuple[float, ...]:
        """Return what the parts of an arm cost together, as far as is known."""
        costs = [self.known[1 << n].order for n in members(arm)]
        return tuple(map(sum, zip(*costs, strict=True)))


@define
class Standing:
    """How an arm does over the runs it was played in so far."""

    arm: int
    verdicts: list[int] = Factory(lambda: [0] * len(VERDICTS))
    refused: int = 0

    def add(self, verdict: int, *, refused: bool) -> None:
        """Count the next run."""
        self.verdicts[verdict] += 1
        self.refused += refused

    @property
    def runs(self) -> int:
        """Runs counted."""
        return sum(self.verdicts)

    @property
    def held(self) -> Estimate:
        """The share held."""
        return held_of(self.verdicts)

    @property
    def failures(self) -> int:
        """Runs that were not held."""
        return self.runs - self.held.count

    @property
    def merit(self) -> tuple[float, ...]:
        """What ranks it: share held, how well it held, share of runs it refused in.

        What refuses one way and is then beaten on the next is half of a pair.
        """
        shares = [count / self.runs for count in self.verdicts]
        return (self.held.share, *shares[:3], self.refused / self.runs)


def examine(case: Case, rules: Rules) -> Steps[IncidentRow]:
    """Find how an incident ends, and what closes the gap if it is one."""
    tally = MatrixTally(case)
    asked = max(ASKED, len(case.variants))
    for batch in _batches(range(rules.replications)):
        looks = [Look(case.position, n, ALL if n < asked else 0) for n in batch]
        for seen in (yield looks):
            tally.add(seen)
    row = tally.row()
    if row.why_not or not rules.is_gap(row.held):
        return row
    gap = yield from _Search(case, tally, rules).gap(row.held)
    return evolve(row, gap=gap)


@frozen
class _Search:
    """The search for what closes one gap."""

    case: Case
    tally: MatrixTally
    rules: Rules

    def gap(self, held: Estimate) -> Steps[Gap]:
        """Find what closes it, or what comes closest."""
        suspects = self._suspects()
        yield from pay(self.rules, suspects)
        singles = yield from self._tried(suspects)
        pairs: list[Standing] = []
        closing = self._closing(singles)
        if singles and not closing:
            arms = yield from self._pairs(_ranked(singles)[:BEST])
            pairs = yield from self._tried(arms)
            closing = self._closing(pairs)
            yield from pay(self.rules, [standing.arm for standing in closing])
        closest = None
        if not closing:
            closest = yield from self._closest([*singles, *pairs], held)
        remedies = sorted(map(self._remedy, closing), key=_dearness)
        return Gap(
            remedies=tuple(remedies[: self.rules.remedies]),
            heard=len(suspects),
            tried=len(singles),
            pairs=len(pairs),
            closest=closest,
        )

    def _suspects(self) -> list[int]:
        """Return all single additions that could change anything about the misuse."""
        in_force = self.case.variants[0].organisation.posture
        heard = sorted(self.tally.heard)
        return [1 << n for n in heard if self.rules.labels[n] not in in_force]

    def _tried(self, arms: Iterable[int]) -> Steps[list[Standing]]:
        """Try arms, the cheapest first, until enough of them close the gap."""
        heard = self.tally.heard

        def price(arm: int) -> tuple[Any, ...]:
            """Of equals, one that is heard more often is more likely to help."""
            return self.rules.price(arm), -sum(heard[n] for n in members(arm)), arm

        left, standings = sorted(arms, key=price), list[Standing]()
        while left and self._wanted(standings):
            racing = [Standing(arm) for arm in left[:WAVE]]
            standings += racing
            left = left[WAVE:]
            for runs in SCREENS:
                racing = yield from self._play(racing, runs)
            while racing and (wanted := self._wanted(standings)):
                for runs in (3 * SCREENS[-1], self.rules.replications):
                    yield from self._play(racing[:wanted], runs)
                racing = racing[wanted:]
        return standings

    def _wanted(self, standings: Sequence[Standing]) -> int:
        return max(0, self.rules.remedies - len(self._closing(standings)))

    def _closing(self, standings: Iterable[Standing]) -> list[Standing]:
        return [
            standing
            for standing in standings
            if standing.runs == self.rules.replications
            and not self.rules.is_gap(standing.held)
        ]

    def _play(self, standings: Sequence[Standing], runs: int) -> Steps[list[Standing]]:
        """Play arms until they have so many runs; return those with hope left."""
        hopeful = [s for s in standings if not self.rules.is_hopeless(s)]
        start = min((s.runs for s in hopeful), default=runs)
        until = min(runs, self.rules.replications)
        for batch in _batches(range(start, until)):
            yield from self._play_in(batch, hopeful)
        return [s for s in hopeful if not self.rules.is_hopeless(s)]

    def _play_in(self, numbers: range, standings: Sequence[Standing]) -> Steps[None]:
        """Play arms in some runs; what could not change a run is as it was."""
        tasks = [task for n in numbers if (task := self._try(n, standings)).arms]
        results: list[tuple[Tried, ...]] = yield tasks
        tried = {
            (task.number, arm): one
            for task, result in zip(tasks, results, strict=True)
            for arm, one in zip(task.arms, result, strict=True)
        }
        for number in numbers:
            as_it_was = Tried(self.tally.verdicts[number], refused=False, bites=0)
            for standing in standings:
                one = tried.get((number, standing.arm), as_it_was)
                standing.add(one.verdict, refused=one.refused)

    def _try(self, number: int, standings: Sequence[Standing]) -> Try:
        could = self.tally.could[number]
        arms = tuple(s.arm for s in standings if s.arm & could)
        return Try(self.case.position, number, arms)

    def _pairs(self, best: Sequence[Standing]) -> Steps[list[int]]:
        """Pair the best with each other, and with whom they give something to do."""
        arms = tuple(standing.arm for standing in best)
        runs = range(min(SCREENS[-1], self.rules.replications))
        heard: dict[int, Counter[int]] = {arm: Counter() for arm in arms}
        for result in (yield [Try(self.case.position, n, arms, ALL) for n in runs]):
            for arm, tried in zip(arms, result, strict=True):
                fresh = (n for n in members(tried.bites) if n not in self.tally.heard)
                heard[arm].update(fresh)
        pairs = {one | other for one, other in combinations(arms, 2)}
        for arm, partners in heard.items():
            often = sorted(partners, key=lambda n: (-partners[n], n))[:PARTNERS]
            pairs.update(arm | 1 << n for n in often)
        yield from pay(self.rules, {1 << n for pair in pairs for n in members(pair)})
        return sorted(pairs)

    def _closest(
        self, standings: Sequence[Standing], held: Estimate
    ) -> Steps[Remedy | None]:
        """Return what comes closest, over all runs; None if nothing helps."""
        for best in _ranked(standings)[:1]:
            for batch in _batches(range(best.runs, self.rules.replications)):
                yield from self._play_in(batch, [best])
            if best.held.share > held.share:
                yield from pay(self.rules, [best.arm])
                return self._remedy(best)
        return None

    def _remedy(self, standing: Standing) -> Remedy:
        arm = standing.arm
        return Remedy(self.rules.named(arm), standing.held, self.rules.known[arm])


def pay(rules: Rules, arms: Iterable[int]) -> Steps[None]:
    """Measure the friction of arms, unless it is known."""
    asked = tuple(sorted({arm for arm in arms if arm not in rules.known}))
    if not asked:
        return
    in_force = CostTally()
    tallies = [CostTally() for _ in asked]
    results: list[Paid] = yield [Pay(number, asked) for number in range(rules.payers)]
    for paid in results:
        usual = paid.in_force
        in_force.add(usual, less=None, days=rules.days)
        for tally, friction in zip(tallies, paid.arms, strict=True):
            tally.add(friction or usual, less=usual, days=rules.days)
    usually = in_force.cost()
    for arm, tally in zip(asked, tallies, strict=True):
        cost = tally.cost()
        rules.known[arm] = Friction(
            refused=cost.refused - usually.refused,
            added_s=cost.added_s,
            added_low=cost.added_low if rules.payers > 1 else None,
            added_high=cost.added_high if rules.payers > 1 else None,
            alarms_per_shift=cost.alarms_per_shift - usually.alarms_per_shift,
        )


def _dearness(remedy: Remedy) -> tuple[Any, ...]:
    return remedy.friction.order, -remedy.held.share, remedy.labels


def _ranked(standings: Iterable[Standing]) -> list[Standing]:
    """Sort the best first; of equals, the one that comes first in the catalogue."""
    return sorted(standings, key=lambda s: (*(-m for m in s.merit), s.arm))


def _batches(numbers: range) -> Iterator[range]:
    return (numbers[at : at + BATCH] for at in range(0, len(numbers), BATCH))
