"""The view of one run: what its systems know, answered from indexes, not by scans."""

from bisect import bisect_left
from typing import Literal

from attrs import Factory, define

from simulator.clock import Span
from simulator.view import Departure, Ticket
from simulator.world.access import Access
from simulator.world.stage import Stage

Kind = Literal["requested", "refused", "executed"]


@define
class Knowledge:
    """Keeps the `simulator.view.View` protocol; only the world writes to it."""

    stage: Stage
    access: Access
    departures: dict[str, Departure]
    tickets: dict[str, Ticket] = Factory(dict)
    out: dict[str, str] = Factory(dict)
    _times: dict[tuple[str, str, str | None], list[int]] = Factory(dict)

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

    def harmful(self, action: str) -> bool:
        return self.stage.actions[action].effect != "reads"

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
    ) -> int:
        times = self._times.get((staff, of, action))
        if times is None:
            return 0
        return bisect_left(times, until) - bisect_left(times, since)

    def account_ends(self, staff: str) -> int | None:
        ends = [
            at
            for (who, _), (at, _) in self.access.plan.accounts.items()
            if who == staff
        ]
        return min(ends, default=None)

    def session_ends(self, staff: str, system: str, at: int) -> int | None:
        return self.access.session_end(staff, system, at)

    def audience(self, target: str) -> int:
        named = self.stage.targets.get(target)
        if named is not None:
            return named.audience
        return self.stage.audiences.get(target.partition("/")[0], 0)

    def is_watched(self, target: str) -> bool:
        return target in self.stage.targets

    def is_out(self, target: str, at: int) -> bool:
        return target in self.out

    def wall(self, at: int) -> str:
        return self.stage.wall.brief(at, self.stage.zone)

    def note(self, kind: Kind, staff: str, action: str, at: int) -> None:
        """Index one record, after everybody was asked about it."""
        self._index(staff, kind, action, at)
        if self.harmful(action):
            self._index(staff, kind, None, at)

    def _index(self, staff: str, kind: Kind, action: str | None, at: int) -> None:
        self._times.setdefault((staff, kind, action), []).append(at)
