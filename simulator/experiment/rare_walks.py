"""Walks to where something rare happens, level by level.

    score = how near a run came; at or above a level, it happened
    best  = the tenth of the runs that came nearest
    walk  = a run, changed in a draw or two again and again, and kept above a level

From each of the best runs goes a walk that stays as near, and the best on these walks
are the start of the next. Where the score does not tell near from far, runs that look
at both ends of every draw are the start.

Source: S.-K. Au and J. L. Beck (2001), Probabilistic Engineering Mechanics 16, 263-277.
"""

import math
from collections.abc import Callable, Sequence
from typing import TypeAlias

from attrs import evolve, frozen

from simulator.experiment.rare_fit import groups_of
from simulator.experiment.rare_tilt import LARGEST, SMALLEST, WIDE, Luck, Tilts
from simulator.streams import named

LEVELS = 20
"""More are not tried; each is about ten times rarer than the one before it."""
BEST = 0.1
ROUNDS = 3
"""Rounds of walks on the last level."""
ANEW = 0.5
"""Share of changes that draw anew; the others step to a draw near by."""

Score: TypeAlias = Callable[[Luck], float]
Deal: TypeAlias = Callable[[int, Tilts], Luck]
"""Gives the luck of a pilot run by its number, tilted as is asked."""

Chance: TypeAlias = Callable[[], float]
"""Gives one number in [0, 1) after the other."""


@frozen
class Played:
    """A run: its score, and the draws that led to it."""

    score: float
    luck: Luck


def play(score: Score, luck: Luck) -> Played:
    """Play one run."""
    return Played(score(luck), luck)


def walk_there(
    score: Score, deal: Deal, *, at: float, pilot: int, seed: int
) -> list[Played]:
    """Return runs as they are where the score is at or above a level.

    They are the stops of walks, and so less different than runs of their own. None
    where the level was not reached. Uses the first ``2 pilot`` numbers of ``deal``.

    Walks start twice: from runs as they come, and from runs that look at both ends of
    every draw. The first see best what many draws do together, the second find ways
    that are apart from each other; these are left out where runs have more draws than
    the walks can bring back to where they usually are.
    """
    walks = _Walks(score, at, pilot, seed)
    runs = [play(score, deal(number, {})) for number in range(pilot)]
    near = walks.climb(runs, "plain")
    if near and max(len(run.luck.drawn) for run in runs) > ROUNDS / BEST / 2:
        return near
    wide = dict.fromkeys(groups_of([run.luck for run in runs]), WIDE)
    far = [play(score, deal(number, wide)) for number in range(pilot, 2 * pilot)]
    return [*near, *walks.climb(far, "wide")]


@frozen
class _Walks:
    """Walks of so many stops in all, from level to level."""

    score: Score
    at: float
    pilot: int
    seed: int

    def climb(self, runs: Sequence[Played], name: str) -> list[Played]:
        """Walk up from these runs. Returns the last stops; none if it is too high."""
        rounds = ROUNDS
        for number in range(LEVELS):
            best = _spread_out(_best(runs, self.at), math.ceil(BEST * self.pilot))
            if not best:
                break
            level = min(self.at, *(run.score for run in best))
            chance = named(self.seed, f"{name} walks", number).random
            stops = -(-self.pilot // len(best))
            runs = _walk_on(self.score, best, level, stops=stops, chance=chance)
            # More rounds on the last level let the walks forget where they began.
            rounds -= level >= self.at
            if not rounds:
                return runs
        return []


def _best(runs: Sequence[Played], at: float) -> list[Played]:
    """Return those runs that came as near as the best tenth of them.

    Where that is no nearer than the farthest, those that are nearer than it, if any.
    """
    scores = sorted((run.score for run in runs), reverse=True)
    level = min(at, scores[math.ceil(BEST * len(runs)) - 1])
    if level <= scores[-1] < at:
        return [run for run in runs if run.score > scores[-1]]
    return [run for run in runs if run.score >= level]


def _spread_out(runs: Sequence[Played], most: int) -> Sequence[Played]:
    """Return at most so many of the runs, from all along the walks they are from."""
    if len(runs) <= most:
        return runs
    return [runs[number * len(runs) // most] for number in range(most)]


def _walk_on(
    score: Score, best: Sequence[Played], level: float, *, stops: int, chance: Chance
) -> list[Played]:
    """Walk from each of these runs, and return where the walks are at each stop."""
    visited, first = [], int(chance() * 2**16)
    for here in best:
        for stop in range(stops):
            there = play(score, _changed(here.luck, first + stop, chance))
            if there.score >= level:
                here = there
            visited.append(here)
    return visited


def _changed(luck: Luck, turn: int, chance: Chance) -> Luck:
    """Change each draw in turn, and now and then another; all stay as evenly spread."""
    names = list(luck.drawn)
    given = dict(luck.given) | {name: v for name, (_, v) in luck.drawn.items()}
    for number, name in enumerate(names):
        if number == turn % len(names) or chance() < 0.5 / len(names):
            anew = chance() < ANEW
            given[name] = _anew(chance) if anew else _beside(given[name], chance)
    return evolve(luck, tilts={}, given=given, drawn={})


def _anew(chance: Chance) -> float:
    return min(max(chance(), SMALLEST), LARGEST)


def _beside(value: float, chance: Chance) -> float:
    """Step to a number near by, near either end the more finely.

    A logistic step s in log(u / (1 - u)), taken with the chance that leaves u even:
    ``min(1, v (1 - v) / u (1 - u))``.
    """
    step = _anew(chance)
    odds = value / (1 - value) * step / (1 - step)
    other = min(max(odds / (1 + odds), SMALLEST), LARGEST)
    kept = other * (1 - other) / (value * (1 - value))
    return other if chance() < kept else value
