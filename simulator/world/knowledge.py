"""The view of one run: what its systems know, answered from indexes, not by scans."""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Literal

from attrs import Factory, define

from simulator.clock import Span
from simulator.decisions import Request
from simulator.streams import uniform
from simulator.view import Departure, Ticket
from simulator.world.access import Access
from simulator.world.stage import Stage

Kind = Literal["requested", "refused", "executed"]


@define
class Knowledge:
    """Keeps the `simulator.view.View` protocol; only the world writes to it.

    Attributes:
        looked_back: Set by every question whose answer depends on what happened in the
            run, or on when access ends in it.
        catch_up: Brings in what was done and not noted yet.
    """

    stage: Stage
    access: Access
    seed: int
    departures: dict[str, Departure]
    tickets: dict[str, Ticket] = Factory(dict)
    out: dict[str, str] = Factory(dict)
    _times: dict[tuple[str, str, str | None], list[int]] = Factory(dict)
    _on_tier: dict[tuple[str, str, str], list[int]] = Factory(dict)
    _of_role: dict[tuple[str, str], list[int]] = Factory(dict)
    _passed: dict[tuple[str, str], list[int]] = Factory(dict)
    _alarms: dict[tuple[str | None, bool], list[int]] = Factory(dict)
    looked_back: bool = False
    catch_up: Callable[[], None] = lambda: None
    _among: dict[tuple[str, str], float] = Factory(dict)

    @property
    def top_tier(self) -> str:
        return self.stage.top_tier

    def rank(self, tier: str) -> int:
        return self.stage.ranks[tier]

    def reaches(self, tier: str, from_tier: str | None) -> bool:
        ranks = self.stage.ranks
        return ranks[tier] >= ranks[from_tier or self.stage.top_tier]

    def role(self, staff: str) -> str:
        return self.stage.members[staff].role

    def employment(self, staff: str) -> str:
        return self.stage.members[staff].employment

    def is_shared(self, staff: str) -> bool:
        return self.stage.members[staff].shared

    def colleagues(self, staff: str, at: int) -> int:
        team = self.stage.teams.get(self.stage.members[staff].team, ())
        return sum(m.id != staff and m.shift_at(at) is not None for m in team)

    def among(self, share: float, what: str, item: str) -> bool:
        if share >= 1 or share <= 0:
            return share >= 1
        u = self._among.get((what, item))
        if u is None:
            u = self._among[what, item] = uniform(self.seed, "among", what, item)
        return u < share

    def harmful(self, action: str) -> bool:
        return action in self.stage.harmful

    def takes_down(self, action: str) -> bool:
        return self.stage.actions[action].effect == "takes-down"

    def departure(self, staff: str, at: int) -> Departure | None:
        known = self.departures.get(staff)
        return known if known is not None and known.known_from <= at else None

    def shift(self, staff: str, at: int, tolerance_s: int = 0) -> Span | None:
        return self.stage.members[staff].shift_at(at, tolerance_s)

    def ticket(self, ticket: str | None) -> Ticket | None:
        return None if ticket is None else self.tickets.get(ticket)

    def signed_in_at(self, staff: str, at: int) -> int | None:
        shift = self.stage.members[staff].last_shift(at)
        return None if shift is None else shift.start

    def count(
        self,
        staff: str,
        *,
        since: int,
        until: int,
        of: Kind,
        action: str | None = None,
        tier: str | None = None,
    ) -> int:
        self._look_back()
        if tier is not None:
            return _between(self._on_tier.get((staff, of, tier)), since, until)
        return _between(self._times.get((staff, of, action)), since, until)

    def passed_at(self, staff: str, kind: str, at: int) -> int | None:
        self._look_back()
        passed = self._passed.get((staff, kind), ())
        before = bisect_left(passed, at)
        return passed[before - 1] if before else None

    def peer_mean(self, staff: str, *, since: int, until: int, of: Kind) -> float:
        self._look_back()
        member, own = self.stage.members[staff], 0
        others = self.stage.headcounts[member.role]
        if not member.shared:
            own = self.count(staff, since=since, until=until, of=of)
            others -= 1
        of_all = _between(self._of_role.get((member.role, of)), since, until)
        return (of_all - own) / others if others else 0.0

    def familiar(self, staff: str, tier: str) -> bool:
        return tier in self.stage.familiar[self.stage.members[staff].team]

    def alarms(
        self, staff: str | None, *, since: int, until: int, confirmed: bool = False
    ) -> int:
        self.looked_back = True
        return _between(self._alarms.get((staff, confirmed)), since, until)

    def account_ends(self, staff: str) -> int | None:
        self.looked_back = True
        return self.access.plan.first.get(staff)

    def session_ends(self, staff: str, system: str, at: int) -> int | None:
        self.looked_back = True
        return self.access.session_end(staff, system, at)

    def audience(self, target: str) -> int:
        named = self.stage.named(target)
        if named is not None:
            return named.audience
        return self.stage.audiences.get(target.partition("/")[0], 0)

    def tier_since(self, target: str) -> int | None:
        named = self.stage.named(target)
        return None if named is None else named.tier_since

    def is_decoy(self, target: str, share: float = 0.0) -> bool:
        return "#" in target and self.among(share, "decoy", target)

    def grants(self, action: str) -> str | None:
        return self.stage.actions[action].grants

    def switches_off(self, action: str) -> tuple[str, ...]:
        return self.stage.actions[action].switches_off

    def is_watched(self, target: str) -> bool:
        return target in self.stage.targets

    def is_out(self, target: str, at: int) -> bool:
        self.looked_back = True
        return target in self.out

    def wall(self, at: int) -> str:
        return self.stage.wall.brief(at, self.stage.zone)

    def _look_back(self) -> None:
        self.looked_back = True
        self.catch_up()

    def put_in_order(self) -> None:
        """Sort the indexes after something was noted late."""
        for index in (self._times, self._on_tier, self._of_role, self._passed):
            for times in index.values():
                times.sort()

    def note(self, kind: Kind, request: Request, at: int) -> None:
        """Index one record, after everybody was asked about it."""
        staff, action = request.staff, request.action
        self._times.setdefault((staff, kind, action), []).append(at)
        if action in self.stage.harmful:
            member = self.stage.members[staff]
            self._times.setdefault((staff, kind, None), []).append(at)
            self._on_tier.setdefault((staff, kind, request.tier), []).append(at)
            # A login of nobody is no peer of those who use it.
            if not member.shared:
                self._of_role.setdefault((member.role, kind), []).append(at)

    def note_passed(self, staff: str, kinds: Iterable[str], at: int) -> None:
        """Index that a request which asked for some prompts is carried out."""
        for kind in kinds:
            self._passed.setdefault((staff, kind), []).append(at)

    def note_alarm(self, staff: str | None, at: int) -> None:
        """Index an alarm when it is raised, by whom it names."""
        self._note_alarm(staff, at, confirmed=False)

    def note_confirmed(self, staff: str | None, at: int) -> None:
        """Index an alarm when an analyst takes it for true."""
        self._note_alarm(staff, at, confirmed=True)

    def _note_alarm(self, staff: str | None, at: int, *, confirmed: bool) -> None:
        self._alarms.setdefault((None, confirmed), []).append(at)
        if staff is not None:
            self._alarms.setdefault((staff, confirmed), []).append(at)


def _between(times: list[int] | None, since: int, until: int) -> int:
    """Count the instants of a sorted list in ``[since, until)``."""
    if times is None:
        return 0
    return bisect_left(times, until) - bisect_left(times, since)
