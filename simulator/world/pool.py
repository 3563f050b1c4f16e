"""People who serve requests one at a time, in order of arrival.

Who serves is settled on arrival: whoever can start first, on shift only, unless
somebody is called out. With everybody always there and no time to pick up, this is the
M/M/c queue, which the tests hold it against.
"""

from collections.abc import Callable, Container, Iterable, Sequence
from typing import TypeVar

from attrs import Factory, define, frozen

from simulator.world.stage import Member

HOUR = 3600

_Arrival = TypeVar("_Arrival", int, tuple[int, bool])


@frozen
class Booking:
    """Who serves, from when until when, and whether they were called out for it."""

    member: Member
    start: int
    end: int
    is_called_out: bool = False


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
        starts = (
            (start, member)
            for member in self.members
            if member.id not in but
            and (start := self._start(member, at, pick_up_s, until)) is not None
        )
        first = _first(starts, at + pick_up_s)
        if first is None or first[0] + takes_s > until:
            return None
        start, member = first
        self._free_at[member.id] = start + takes_s
        return Booking(member, start, start + takes_s)

    def book_together(
        self,
        at: int,
        *,
        takes_s: int,
        call_outs_s: Sequence[int],
        may: Callable[[Member], bool],
    ) -> tuple[Booking, ...]:
        """Book distinct people who begin when the last of them is there.

        Each comes on shift, or is called out where that is sooner, and waits for the
        others.

        Args:
            at: When the request arrives.
            takes_s: Time it keeps all of them busy, once they are there.
            call_outs_s: For each of them, the time to get somebody who is off shift.
            may: Says who may be asked.

        Returns:
            One booking for each, all of the same span; none at all if people lack.
        """
        there: list[tuple[tuple[int, bool], Member]] = []
        for call_out_s in call_outs_s:
            taken = {member.id for _, member in there}
            arrivals = (
                (self._arrival(member, at, call_out_s), member)
                for member in self.members
                if member.id not in taken
            )
            first = _first(arrivals, (at, False), may)
            if first is None:
                return ()
            there.append(first)
        start = max(arrival for (arrival, _), _ in there)
        self._free_at.update({m.id: start + takes_s for _, m in there})
        return tuple(
            Booking(member, start, start + takes_s, is_called_out)
            for (_, is_called_out), member in there
        )

    def _arrival(self, member: Member, at: int, call_out_s: int) -> tuple[int, bool]:
        """Return when a person can be there, and whether called out for it."""
        called = max(at + call_out_s, self._free_at.get(member.id, 0))
        start = self._start(member, at, 0, called)
        return (called, True) if start is None or start > called else (start, False)

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


def _first(
    arrivals: Iterable[tuple[_Arrival, Member]],
    soonest: _Arrival,
    may: Callable[[Member], bool] = lambda member: True,
) -> tuple[_Arrival, Member] | None:
    """Return who of those that may comes first; the first named, where several do.

    Nobody can come before ``soonest``, so that the rest need not be asked.
    """
    best: tuple[_Arrival, Member] | None = None
    for arrival, member in arrivals:
        if (best is None or arrival < best[0]) and may(member):
            best = arrival, member
            if arrival == soonest:
                break
    return best
