"""A view of plain data, and builders of requests and records, for tests of decisions.

Everything defaults to "nothing special": an employee of role agent, on shift, just
signed in, not leaving, who at 15:50 on the first day asks to deactivate an ordinary
account without citing a ticket. A test names what is special about its own row. Second
0 is a midnight.
"""

# The protocol that FakeView keeps documents its methods.
# ruff: noqa: D102

from collections.abc import Mapping
from typing import Any, Literal

from attrs import Factory, frozen

from simulator.clock import DAY, HOUR, MINUTE, Span
from simulator.decisions import ALLOW, Request
from simulator.trail import Executed, LeftBehind, Requested
from simulator.view import Departure, Ticket

ACT = 15 * HOUR + 50 * MINUTE
"""When everything happens unless said otherwise: 15:50."""

EFFECTS = {
    "deactivate": "takes-down",
    "rename": "alters",
    "view-private": "exposes",
    "look-up": "reads",
    "grant-role": "alters",
    "switch-off": "alters",
}
ALWAYS = Span(-(10**9), 10**9)


@frozen(kw_only=True)
class FakeView:
    """Keeps the `simulator.view.View` protocol from mappings of plain values.

    ``past`` holds one row for each record of somebody: (at, staff, of, action), with
    the tier as a fifth where it matters; ``alarms_at`` one for each alarm: (at, staff,
    whether confirmed). ``within`` holds the (what, item) pairs that are among any share
    between 0 and 1.
    """

    tiers: tuple[str, ...] = ("ordinary", "business", "protected")
    roles: Mapping[str, str] = Factory(dict)
    employments: Mapping[str, str] = Factory(dict)
    departures: Mapping[str, Departure] = Factory(dict)
    rosters: Mapping[str, tuple[Span, ...]] = Factory(dict)
    tickets: tuple[Ticket, ...] = ()
    signed_in: Mapping[str, int] = Factory(dict)
    past: tuple[tuple[Any, ...], ...] = ()
    passed: Mapping[tuple[str, str], int] = Factory(dict)
    peers: Mapping[str, float] = Factory(dict)
    unfamiliar: frozenset[tuple[str, str]] = frozenset()
    alarms_at: tuple[tuple[int, str | None, bool], ...] = ()
    shared: frozenset[str] = frozenset()
    on_shift: Mapping[str, int] = Factory(dict)
    within: frozenset[tuple[str, str]] = frozenset()
    risen: Mapping[str, int] = Factory(dict)
    decoys: frozenset[str] = frozenset()
    swept_decoys: frozenset[str] = frozenset()
    grant: Mapping[str, str] = Factory(dict)
    switch: Mapping[str, tuple[str, ...]] = Factory(dict)
    accounts_end: Mapping[str, int] = Factory(dict)
    sessions_end: Mapping[tuple[str, str], int] = Factory(dict)
    audiences: Mapping[str, int] = Factory(dict)
    watched: frozenset[str] = frozenset()
    out: frozenset[str] = frozenset()

    @property
    def top_tier(self) -> str:
        return self.tiers[-1]

    def rank(self, tier: str) -> int:
        return {name: rank for rank, name in enumerate(self.tiers)}[tier]

    def reaches(self, tier: str, from_tier: str | None) -> bool:
        return self.rank(tier) >= self.rank(from_tier or self.top_tier)

    def role(self, staff: str) -> str:
        return self.roles.get(staff, "agent")

    def employment(self, staff: str) -> str:
        return self.employments.get(staff, "employee")

    def harmful(self, action: str) -> bool:
        return EFFECTS[action] != "reads"

    def takes_down(self, action: str) -> bool:
        return EFFECTS[action] == "takes-down"

    def departure(self, staff: str, at: int) -> Departure | None:
        known = self.departures.get(staff)
        return known if known and known.known_from <= at else None

    def shift(self, staff: str, at: int, tolerance_s: int = 0) -> Span | None:
        for span in self.rosters.get(staff, (ALWAYS,)):
            if span.start - tolerance_s <= at < span.end + tolerance_s:
                return span
        return None

    def ticket(self, ticket: str | None) -> Ticket | None:
        return {known.id: known for known in self.tickets}.get(ticket or "")

    def signed_in_at(self, staff: str, at: int) -> int | None:
        return self.signed_in.get(staff, at)

    def count(
        self,
        staff: str,
        *,
        since: int,
        until: int,
        of: Literal["requested", "refused", "executed"],
        action: str | None = None,
        tier: str | None = None,
    ) -> int:
        return sum(
            who == staff
            and kind == of
            and since <= at < until
            and (self.harmful(what) if action is None else what == action)
            and (tier is None or tier in on)
            for at, who, kind, what, *on in self.past
        )

    def passed_at(self, staff: str, kind: str, at: int) -> int | None:
        passed = self.passed.get((staff, kind))
        return passed if passed is not None and passed < at else None

    def peer_mean(self, staff: str, *, since: int, until: int, of: str) -> float:
        return self.peers.get(staff, 0.0)

    def familiar(self, staff: str, tier: str) -> bool:
        return (staff, tier) not in self.unfamiliar

    def alarms(
        self, staff: str | None, *, since: int, until: int, confirmed: bool = False
    ) -> int:
        return sum(
            since <= at < until and staff in (None, who) and (sure or not confirmed)
            for at, who, sure in self.alarms_at
        )

    def is_shared(self, staff: str) -> bool:
        return staff in self.shared

    def colleagues(self, staff: str, at: int) -> int:
        return self.on_shift.get(staff, 0)

    def among(self, share: float, what: str, item: str) -> bool:
        return share >= 1 or (share > 0 and (what, item) in self.within)

    def tier_since(self, target: str) -> int | None:
        return self.risen.get(target)

    def is_decoy(self, target: str, share: float = 0.0) -> bool:
        return target in self.decoys or (share > 0 and target in self.swept_decoys)

    def grants(self, action: str) -> str | None:
        return self.grant.get(action)

    def switches_off(self, action: str) -> tuple[str, ...]:
        return self.switch.get(action, ())

    def account_ends(self, staff: str) -> int | None:
        return self.accounts_end.get(staff)

    def session_ends(self, staff: str, system: str, at: int) -> int | None:
        ends = self.sessions_end.get((staff, system))
        return ends if ends is not None and at < ends else None

    def audience(self, target: str) -> int:
        return self.audiences.get(target, 0)

    def is_watched(self, target: str) -> bool:
        return target in self.watched

    def is_out(self, target: str, at: int) -> bool:
        return target in self.out

    def wall(self, at: int) -> str:
        """Return "09:00" on the first day, "day 2 09:00" on the next."""
        days, second = divmod(at, DAY)
        day = f"day {days + 1} " if days else ""
        return f"{day}{second // HOUR:02}:{second // MINUTE % 60:02}"


def a_request(**changes: Any) -> Request:
    """Build a request; nothing special about it but what is named."""
    plain = {
        "id": "r1",
        "at": ACT,
        "staff": "agent-1",
        "system": "console",
        "action": "deactivate",
        "target": "account-1",
        "tier": "ordinary",
    }
    return Request(**{**plain, **changes})


def a_requested(**changes: Any) -> Requested:
    """Build the record of a request, answered with allow unless said otherwise."""
    plain = {
        "at": ACT,
        "request": "r1",
        "staff": "agent-1",
        "system": "console",
        "action": "deactivate",
        "target": "account-1",
        "tier": "ordinary",
        "ticket": None,
        "decision": ALLOW,
        "answers": (),
    }
    return Requested(**{**plain, **changes})


def an_executed(**changes: Any) -> Executed:
    """Build the record of an effect that came at once and cannot be undone."""
    plain = {
        "at": ACT,
        "request": "r1",
        "staff": "agent-1",
        "action": "deactivate",
        "target": "account-1",
        "tier": "ordinary",
        "ticket": None,
    }
    given = {**plain, **changes}
    at = given["at"]
    return Executed(**{"released_at": at, "undo_until": at, **given})


def a_left_behind(**changes: Any) -> LeftBehind:
    """Build the record of an account that still works at a separation at 15:50."""
    plain = {
        "at": ACT,
        "request": "left-agent-1-console",
        "staff": "agent-1",
        "system": "console",
        "what": "account",
    }
    return LeftBehind(**{**plain, **changes})


def a_departure(separation: int = 17 * HOUR, known_from: int = 0) -> Departure:
    """Build an entry of the registry: 17:00 is the end, known from the start."""
    return Departure(known_from, (separation // DAY + 1) * DAY, separation)


def a_ticket(**changes: Any) -> Ticket:
    """Build a ticket about account-1 that a customer opened an hour before the act."""
    plain = {
        "id": "t1",
        "target": "account-1",
        "opened_at": ACT - HOUR,
        "opened_by": "customer",
    }
    return Ticket(**{**plain, **changes})
