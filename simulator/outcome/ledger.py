"""The records of one trail, sorted once, so that each metric reads only what it needs.

misuse   requests of the misuse, by id, with the truth about them
honest   every other request
signal   an alarm that speaks of the misuse; others are false
effect   what one action of the misuse did to a target, from when to when
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from attrs import evolve, frozen

from simulator.errors import ReplayError
from simulator.scenario.scenario import Scenario
from simulator.trail import (
    AccessEnded,
    Alerted,
    Attributed,
    Closed,
    Contained,
    DeskDay,
    Executed,
    Opened,
    Recovered,
    Refused,
    Requested,
    Restored,
    Stated,
    Trail,
    Triaged,
    Truth,
)

Does = Literal["takes-down", "alters", "reads"]


@frozen
class Effect:
    """What one action of the misuse did; ``ended`` is None while it holds.

    What is read cannot be unread: such an effect never ends.
    """

    request: str
    target: str
    does: Does
    began: int
    ended: int | None = None


@frozen
class Confirmation:
    """A signal that an analyst took for true, and when."""

    at: int
    signal: Alerted


@frozen(eq=False)
class Ledger:
    """One trail, sorted. Every sequence keeps the order in which things happened."""

    active: frozenset[str]
    horizon: int
    closed: Closed
    requested: Mapping[str, Requested]
    misuse: Mapping[str, Truth]
    slips: frozenset[str]
    executed: tuple[Executed, ...]
    refused: tuple[Refused, ...]
    effects: tuple[Effect, ...]
    alarms: Mapping[str, Alerted]
    triaged: Mapping[str, Triaged]
    signals: tuple[Alerted, ...]
    confirmations: tuple[Confirmation, ...]
    contained: tuple[Contained, ...]
    restored: tuple[Restored, ...]
    recovered: tuple[Recovered, ...]
    attributed: tuple[Attributed, ...]
    stated: tuple[Stated, ...]
    access_ended: tuple[AccessEnded, ...]
    desks: tuple[DeskDay, ...]

    @property
    def t0(self) -> int | None:
        """The first instant at which an action of the misuse took effect."""
        return self.effects[0].began if self.effects else None


def sort_records(trail: Trail, scenario: Scenario) -> Ledger:
    """Sort the records of a whole trail.

    Raises:
        ReplayError: The trail has no beginning or no end, or an action of the misuse
            is not one of the scenario's.
    """
    of: defaultdict[type, list[Any]] = defaultdict(list)
    changes: list[Executed | Restored] = []
    of[Executed] = of[Restored] = changes
    for record in trail.records:
        of[type(record)].append(record)
    if not (of[Opened] and of[Closed]):
        raise ReplayError(
            f"trail is not whole ({len(trail)} records); "
            "accepted: 'opened' first and 'closed' last"
        )
    closed: Closed = of[Closed][-1]
    misuse = {t.request: t for t in of[Truth] if t.purpose == "misuse"}
    alarms = {a.alarm: a for a in of[Alerted]}
    return Ledger(
        active=frozenset(of[Opened][0].active),
        horizon=closed.at,
        closed=closed,
        requested={r.request: r for r in of[Requested]},
        misuse=misuse,
        slips=frozenset(t.request for t in of[Truth] if t.purpose == "honest-slip"),
        executed=tuple(c for c in changes if type(c) is Executed),
        refused=tuple(of[Refused]),
        effects=_effects(changes, misuse, scenario),
        alarms=alarms,
        triaged={t.alarm: t for t in of[Triaged]},
        signals=tuple(a for a in of[Alerted] if a.about in misuse),
        confirmations=tuple(_confirmations(of[Triaged], alarms, misuse)),
        contained=tuple(of[Contained]),
        restored=tuple(c for c in changes if type(c) is Restored),
        recovered=tuple(of[Recovered]),
        attributed=tuple(of[Attributed]),
        stated=tuple(of[Stated]),
        access_ended=tuple(of[AccessEnded]),
        desks=tuple(of[DeskDay]),
    )


def _effects(
    changes: list[Executed | Restored],
    misuse: Mapping[str, Truth],
    scenario: Scenario,
) -> tuple[Effect, ...]:
    """Follow each target of the misuse: actions take effect, then it is brought back.

    A target that is back is back from everything that was done to it before, whichever
    request the record names.
    """
    does = {action.id: action.effect for action in scenario.organisation.actions}
    effects: list[Effect] = []
    for change in changes:
        if isinstance(change, Restored):
            effects = [_ended(effect, change) for effect in effects]
        elif change.request in misuse:
            if change.action not in does:
                raise ReplayError(
                    f"trail is of another scenario (action {change.action!r}); "
                    f"accepted: {', '.join(sorted(does))}"
                )
            effects.append(
                Effect(change.request, change.target, does[change.action], change.at)
            )
    return tuple(effects)


def _ended(effect: Effect, restored: Restored) -> Effect:
    over = effect.target != restored.target or effect.ended is not None
    if over or effect.does == "reads":
        return effect
    return evolve(effect, ended=restored.at)


def _confirmations(
    triaged: list[Triaged], alarms: Mapping[str, Alerted], misuse: Mapping[str, Truth]
) -> Iterator[Confirmation]:
    for looked_at in triaged:
        signal = alarms.get(looked_at.alarm)
        if looked_at.confirmed and signal is not None and signal.about in misuse:
            yield Confirmation(looked_at.at, signal)
