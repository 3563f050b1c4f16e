"""The records of one trail, sorted once, so that each metric reads only what it needs.

misuse   requests of the misuse, by id, with the truth about them
honest   every other request
signal   an alarm that speaks of the misuse
finding  an alarm that speaks of access left behind; all others are false
effect   what one action of the misuse did to a target, from when to when
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from simulator.errors import ReplayError
from simulator.outcome.effects import Change, Effect, Outage, follow
from simulator.scenario.scenario import Scenario
from simulator.trail import (
    AccessEnded,
    Alerted,
    Attributed,
    Closed,
    Contained,
    DeskDay,
    Eased,
    Executed,
    LeftBehind,
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
    outages: tuple[Outage, ...]
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
    left_behind: tuple[LeftBehind, ...]
    desks: tuple[DeskDay, ...]

    @property
    def t0(self) -> int | None:
        """The first instant at which an action of the misuse took effect."""
        return self.effects[0].began if self.effects else None

    @property
    def findings(self) -> frozenset[str]:
        """What alarms name that speak of access left behind."""
        return frozenset(left.request for left in self.left_behind)


def sort_records(trail: Trail, scenario: Scenario) -> Ledger:
    """Sort the records of a whole trail.

    Raises:
        ReplayError: The trail has no beginning or no end, or an action of the misuse
            is not one of the scenario's.
    """
    of: defaultdict[type, list[Any]] = defaultdict(list)
    changes: list[Change] = []
    of[Executed] = of[Eased] = of[Restored] = changes
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
    does = {action.id: action.effect for action in scenario.organisation.actions}
    effects, outages = follow(changes, misuse, does, closed.at)
    return Ledger(
        active=frozenset(of[Opened][0].active),
        horizon=closed.at,
        closed=closed,
        requested={r.request: r for r in of[Requested]},
        misuse=misuse,
        slips=frozenset(t.request for t in of[Truth] if t.purpose == "honest-slip"),
        executed=tuple(c for c in changes if type(c) is Executed),
        refused=tuple(of[Refused]),
        effects=effects,
        outages=outages,
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
        left_behind=tuple(of[LeftBehind]),
        desks=tuple(of[DeskDay]),
    )


def _confirmations(
    triaged: list[Triaged], alarms: Mapping[str, Alerted], misuse: Mapping[str, Truth]
) -> Iterator[Confirmation]:
    for looked_at in triaged:
        signal = alarms.get(looked_at.alarm)
        if looked_at.confirmed and signal is not None and signal.about in misuse:
            yield Confirmation(looked_at.at, signal)
