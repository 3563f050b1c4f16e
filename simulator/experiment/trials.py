"""One replication of an assessment, played in whichever process has a hand free.

look  what is in force is played once, with everything that could be added asked
try   the same day is played again with something added, one arm after the other
pay   the organisation without misuse is played, bare and with each arm: its friction

An arm is a set of additions as a bit mask: bit n stands for the n-th addition. Of a run
only labels and whole numbers come back. As in `replicate`, what could not change a run
is not played: its outcome is the one already known.
"""

from functools import reduce
from operator import or_
from typing import NamedTuple

from attrs import frozen

from simulator.experiment.arms import Candidate
from simulator.experiment.engine import Engine
from simulator.experiment.plan import replication_seed
from simulator.experiment.replicate import Heard, could_matter, hear
from simulator.outcome import VERDICTS, Friction, Outcome, measure
from simulator.scenario.organisation import Posture
from simulator.scenario.scenario import Scenario
from simulator.trail import (
    Alerted,
    Executed,
    LeftBehind,
    Refused,
    Requested,
    Restored,
    Trail,
    Truth,
    WouldAlert,
    WouldEnd,
)

NEVER = -1
"""Seconds of what did not end before the horizon."""
ALL = -1
"""The mask of every addition."""


class Look(NamedTuple):
    """Play what is in force in one scene; ``asks`` which additions are asked too."""

    scene: int
    number: int
    asks: int


class Try(NamedTuple):
    """Play some arms, with those additions asked that are in the mask ``asks``."""

    scene: int
    number: int
    arms: tuple[int, ...]
    asks: int = 0


class Pay(NamedTuple):
    """Measure the friction of some arms where there is no misuse."""

    number: int
    arms: tuple[int, ...]


Task = Look | Try | Pay


class Seen(NamedTuple):
    """What one run of what is in force showed.

    Attributes:
        verdict: Its position in `VERDICTS`.
        by: The label that did it first.
        noticed_first: The label of the first signal that spoke of the misuse.
        notice_s: Time to that signal, from the first effect.
        detect_s: Time to the first confirmation of a signal from inside.
        restore_s: Time until the last target was back.
        residual_s: Access that whoever did it had left after separation, by the longest
            way in; `NEVER` if it did not end, None if nobody had left.
        possible: Whether the misuse could be tried.
        could: The additions that could change anything in this run; all of them where
            none was asked.
        bites: Those asked that could change something about the misuse.
    """

    verdict: int
    by: str
    noticed_first: str
    notice_s: int | None
    detect_s: int | None
    restore_s: int | None
    residual_s: int | None
    possible: bool
    could: int
    bites: int


class Tried(NamedTuple):
    """What one run of an arm showed.

    Attributes:
        verdict: Its position in `VERDICTS`.
        refused: Whether what was added refused any try of the misuse.
        bites: Of the additions asked, those that could change more about the misuse.
    """

    verdict: int
    refused: bool
    bites: int


class Paid(NamedTuple):
    """Friction of what is in force, and of each arm; None where it is the same."""

    in_force: Friction
    arms: tuple[Friction | None, ...]


@frozen
class Trials:
    """All scenes of an assessment, ready to be played in any process.

    Attributes:
        seed: Where chance starts.
        scenes: For each incident, bound scenarios that take turns.
        honest: The organisation without misuse.
        additions: Postures of one control or alert each.
        engine: What plays the runs.
    """

    seed: int
    scenes: tuple[tuple[Scenario, ...], ...]
    honest: Scenario
    additions: tuple[Posture, ...]
    engine: Engine

    def __call__(self, task: Task) -> Seen | tuple[Tried, ...] | Paid:
        """Do one task."""
        match task:
            case Look(scene, number, asks):
                return self._day(self._turn(scene, number), number).look(asks)
            case Try(scene, number, arms, asks):
                day = self._day(self._turn(scene, number), number)
                return tuple(day.tried(arm, asks=asks) for arm in arms)
            case Pay(number, arms):
                return self._day(self.honest, number).paid(arms)

    def _turn(self, scene: int, number: int) -> Scenario:
        variants = self.scenes[scene]
        return variants[number % len(variants)]

    def _day(self, scenario: Scenario, number: int) -> "_Day":
        seed = replication_seed(self.seed, number)
        work = self.engine.draw_day(scenario, seed)
        return _Day(self.engine, scenario, seed, work, self.additions)


@frozen
class _Day:
    """One day that is played again and again."""

    engine: Engine
    scenario: Scenario
    seed: int
    work: object
    additions: tuple[Posture, ...]

    def look(self, asks: int) -> Seen:
        trail = self._play(0, asks=asks)
        outcome = measure(trail, self.scenario)
        times = outcome.times
        told = [s for s in (times.notice_s, times.signal_s) if s is not None]
        return Seen(
            verdict=VERDICTS.index(outcome.verdict),
            by=outcome.by,
            noticed_first=_noticed_first(trail),
            notice_s=min(told, default=None),
            detect_s=times.detect_s,
            restore_s=times.restore_s,
            residual_s=_residual_s(trail, outcome),
            possible=outcome.possible,
            could=self._matters(hear(trail)) if asks else ALL,
            bites=self._matters(hear_misuse(trail)) & asks,
        )

    def tried(self, arm: int, *, asks: int) -> Tried:
        trail = self._play(arm, asks=asks)
        outcome = measure(trail, self.scenario)
        return Tried(
            verdict=VERDICTS.index(outcome.verdict),
            refused=_refuses(trail, self._posture(arm)),
            bites=self._matters(hear_misuse(trail)) & asks & ~arm,
        )

    def paid(self, arms: tuple[int, ...]) -> Paid:
        trail = self._play(0, asks=reduce(or_, arms, 0))
        could = self._matters(hear(trail))
        return Paid(
            measure(trail, self.scenario).friction,
            tuple(
                measure(self._play(arm), self.scenario).friction
                if arm & could
                else None
                for arm in arms
            ),
        )

    def _play(self, arm: int, *, asks: int = 0) -> Trail:
        in_force = self.scenario.organisation.posture
        return self.engine.simulate(
            self.scenario,
            in_force.plus(self._posture(arm)),
            self.seed,
            shadow=self._posture(asks),
            day=self.work,
        )

    def _posture(self, arm: int) -> Posture:
        parts = [self.additions[n] for n in members(arm & self._everything)]
        return Posture(
            tuple(control for part in parts for control in part.controls),
            tuple(alert for part in parts for alert in part.alerts),
        )

    @property
    def _everything(self) -> int:
        return (1 << len(self.additions)) - 1

    def _matters(self, heard: Heard) -> int:
        """Return the additions that could change something, as a mask."""
        return sum(
            1 << n
            for n, posture in enumerate(self.additions)
            if could_matter(posture, heard, _ADDED)
        )


_ADDED = Candidate("", "control", in_force=False)
"""What `could_matter` is asked about: something added to what is in force."""


def members(arm: int) -> tuple[int, ...]:
    """Return the positions of the additions in an arm."""
    return tuple(n for n in range(arm.bit_length()) if arm >> n & 1)


def hear_misuse(trail: Trail) -> Heard:
    """Find who was heard about the misuse, or about access left behind.

    Who would end access otherwise is heard too, for it may be the access that is used.
    """
    about = {t.request for t in trail.of(Truth) if t.purpose == "misuse"}
    labels = {record.label for record in trail.of(WouldEnd)}
    for request in trail.of(Requested):
        if request.request in about:
            labels.update(label for label, _ in request.answers)
    spoken_of = about | {left.request for left in trail.of(LeftBehind)}
    labels.update(a.label for a in trail.of(Alerted) if a.about in spoken_of)
    labels.update(w.label for w in trail.of(WouldAlert) if w.about in spoken_of)
    return Heard(
        frozenset(labels),
        frozenset(e.action for e in trail.of(Executed) if e.request in about),
        any(restored.undoes in about for restored in trail.of(Restored)),
    )


def _noticed_first(trail: Trail) -> str:
    """Return the label of the first signal that speaks of the misuse; "" if none."""
    about = {t.request for t in trail.of(Truth) if t.purpose == "misuse"}
    signals = [signal for signal in trail.of(Alerted) if signal.about in about]
    return min(signals, key=lambda signal: signal.at).label if signals else ""


def _residual_s(trail: Trail, outcome: Outcome) -> int | None:
    """Return the longest that access of whoever did it lasted after separation."""
    truths = {t.request: t.actor for t in trail.of(Truth) if t.purpose == "misuse"}
    who = set(truths.values())
    who.update(r.staff for r in trail.of(Requested) if r.request in truths)
    left = [way.seconds for way in outcome.times.residual if way.staff in who]
    if None in left:
        return NEVER
    return max((seconds for seconds in left if seconds is not None), default=None)


def _refuses(trail: Trail, posture: Posture) -> bool:
    """Say whether one of these refused a try of the misuse."""
    about = {t.request for t in trail.of(Truth) if t.purpose == "misuse"}
    return any(
        refused.request in about and not set(refused.by).isdisjoint(posture.labels)
        for refused in trail.of(Refused)
    )
