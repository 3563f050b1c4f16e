"""People who serve requests one at a time, in order of arrival, on shift only.

Who serves is settled on arrival: whoever can start first. With everybody always there
and no time to pick up, this is the M/M/c queue, which the tests hold it against.
"""

from collections.abc import Callable, Container

from attrs import Factory, define, frozen

from simulator.world.stage import Member

HOUR = 3600


@frozen
class Booking:
    """Who serves, from when until when."""

    member: Member
    start: int
    end: int


@define
class Pool:
    """A group of people; ``reachable(id, hour)`` says who can be had in which hour."""

    members: tuple[Member, ...]
    reachable: Callable[[str, int], bool] = lambda member, hour: True
    _free_at: dict[str, int] = Factory(dict)

    def book(
        self,
        at: int,
        *,
        takes_s: int,
        pick_up_s: int = 0,
        until: int,
        but: Container[str] = (),
    ) -> Booking | None:
        """Book whoever can start first; None if nobody is done by ``until``.

        Args:
            at: When the request arrives.
            takes_s: Time it keeps the person busy.
            pick_up_s: Time before a free person turns to it.
            until: Latest instant at which it has to be done.
            but: Ids of people who must not serve it.
        """
        starts = [
            (start, position)
            for position, member in enumerate(self.members)
            if member.id not in but
            and (start := self._start(member, at, pick_up_s, until)) is not None
        ]
        if not starts:
            return None
        start, position = min(starts)
        if start + takes_s > until:
            return None
        member = self.members[position]
        self._free_at[member.id] = start + takes_s
        return Booking(member, start, start + takes_s)

    def _start(self, member: Member, at: int, pick_up_s: int, until: int) -> int | None:
        """Return the first instant at which a person can start, up to ``until``."""
        start = max(at, self._free_at.get(member.id, 0)) + pick_up_s
        while start <= until:
            shift = member.next_shift(start)
            if shift is None:
                return None
            start = max(start, shift.start)
            if self.reachable(member.id, start // HOUR):
                return start
            start = (start // HOUR + 1) * HOUR
        return None
