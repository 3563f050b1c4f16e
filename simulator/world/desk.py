"""The life of honest work: tickets arrive, wait, and keep somebody busy.

Who handles what is arithmetic on who is free when. Only a ticket that needs a
privileged action becomes a SimPy event, at the instant the action is asked for, because
what is answered there decides when that person is free again. A ticket may be given out
ahead of the clock only while nobody who is at such an action could be free for it
sooner.
"""

from collections.abc import Generator, Iterator
from heapq import heapify, heappop, heappush, heapreplace
from typing import Any, NamedTuple

from attrs import Factory, define
from simpy import Event

from simulator.clock import Span
from simulator.decisions import Request
from simulator.scenario.organisation import Desk
from simulator.trail import DeskDay, Refused
from simulator.world.actions import begin, execute, finish, is_plain
from simulator.world.day import HonestTicket
from simulator.world.routine import follow
from simulator.world.stage import Member
from simulator.world.world import Deed, World

HOUR = 3600
CONSENT = -1
"""In place of a seat: somebody of the desk may be asked to approve at that instant."""


class Act(NamedTuple):
    """Somebody at a seat asks for the action that a ticket needs, at an instant."""

    at: int
    seat: int
    number: int


@define
class DeskWork:
    """One desk at work in one run.

    Attributes:
        free: Heap of (instant, seat): who can take a ticket from when on.
        due: Heap of acts: who asks for an action when.
        shifts: The shift each seat is in, or comes to next.
    """

    world: World
    desk: Desk
    tickets: tuple[HonestTicket, ...]
    seats: list[Member]
    shifts: list[Span]
    free: list[tuple[int, int]]
    due: list[Act] = Factory(list)
    done: int = 0
    waited_s: int = 0
    worked_s: int = 0
    is_summed_up: bool = False

    @classmethod
    def open(
        cls, world: World, desk: Desk, tickets: tuple[HonestTicket, ...]
    ) -> "DeskWork":
        """Seat everybody of the desk's teams who has a shift while it is open."""
        seats, shifts = [], []
        for team in desk.teams:
            for member in world.stage.teams[team]:
                shift = member.next_shift(desk.opens)
                if shift is not None and shift.start < desk.closes:
                    seats.append(member)
                    shifts.append(shift)
        free = [(max(shift.start, desk.opens), i) for i, shift in enumerate(shifts)]
        heapify(free)
        return cls(world, desk, tickets, seats, shifts, free)

    def work(self) -> Generator[Event, Any, None]:
        """Handle all tickets, in order of arrival; then sum the day up."""
        world = self.world
        if world.memory is not None and world.memory.skips_routine:
            yield from follow(self)
        else:
            for act in self.acts():
                yield world.env.timeout(act.at - world.now)
                if not self.do(act):
                    yield world.env.timeout(0)
        yield world.env.timeout(max(0, self.desk.closes - world.now))
        self.sum_up()

    def acts(self) -> Iterator[Act]:
        """Give out the tickets that are left; yield each act when it has to be done.

        It is for whoever takes the act to say, with `do`, what comes of it.
        """
        due = self.due
        while self.done < len(self.tickets):
            ticket = self.tickets[self.done]
            seat, start = self._next_seat(ticket.arrives)
            if due and due[0][0] <= start:
                yield heappop(due)
            elif seat < 0 or start >= self.desk.closes:
                break
            else:
                self._give_out(self.done, ticket, seat, start)
        while due:
            yield heappop(due)

    def _next_seat(self, arrives: int) -> tuple[int, int]:
        """Find who can start first and when; seat -1 where nobody is left.

        With everybody at an action, the instant is beyond any that is due.
        """
        free, owed = self.free, self.world.owed
        while free:
            at, seat = free[0]
            member, shift = self.seats[seat], self.shifts[seat]
            start = max(arrives, at)
            if member.id in owed and self._makes_up(member.id, at, start):
                continue
            if start < shift.end:
                return seat, start
            following = member.next_shift(start)
            if following is None or following.start >= self.desk.closes:
                heappop(free)
                continue
            self.shifts[seat] = following
            heapreplace(free, (max(at, following.start), seat))
        return -1, self.world.stage.horizon

    def _makes_up(self, staff: str, at: int, start: int) -> bool:
        """Put whoever is first behind the approvals begun by an instant, if any."""
        reviews = self.world.owed.pop(staff)
        begun = [review for review in reviews if review.start <= start]
        later = [review for review in reviews if review.start > start]
        if later:
            self.world.owed[staff] = later
        for review in begun:
            at = max(at, review.start) + review.end - review.start
        heapreplace(self.free, (at, self.free[0][1]))
        return bool(begun)

    def _give_out(
        self, number: int, ticket: HonestTicket, seat: int, start: int
    ) -> None:
        tired_h = (start - self.shifts[seat].start) / HOUR
        takes_s = round(ticket.rested_s * (1 + self.desk.slows_per_h * tired_h))
        end = start + takes_s
        self.done += 1
        self.waited_s += start - ticket.arrives
        self.worked_s += takes_s
        if ticket.action is None:
            heapreplace(self.free, (end, seat))
        else:
            heappop(self.free)
            heappush(self.due, Act(end, seat, number))

    def do(self, act: Act) -> bool:
        """Ask for the action a ticket needs, and say when the person is free again.

        Prompts keep the person; consent and waits go on beside the next ticket. Returns
        whether that is settled; if not, somebody is booked to approve in this second.
        """
        at, seat, number = act
        if seat == CONSENT:
            return False
        world, deed = self.world, self.deed(act)
        asked = begin(world, deed)
        kept_s = 0
        if not isinstance(asked, Refused):
            kept_s = sum(c.seconds for c in asked.decision.challenges)
            if asked.decision.approvals:
                heappush(self.due, Act(at + kept_s, CONSENT, number))
            if is_plain(world, asked):
                execute(world, deed, world.now)
            else:
                world.env.process(finish(world, deed, asked))
        heappush(self.free, (at + kept_s, seat))
        return True

    def deed(self, act: Act) -> Deed:
        """Make the request that an act consists of."""
        desk, ticket, member = self.desk, self.tickets[act.number], self.seats[act.seat]
        into_shift_s, action = act.at - self.shifts[act.seat].start, ticket.action
        assert action is not None
        tired = 1 + desk.slips_grow_per_h * into_shift_s / HOUR
        slips = ticket.luck < desk.slip_rate * tired
        system = self.world.stage.actions[action].system
        secret = self._secret(member, system) if "shared" in ticket.marks else ""
        request = Request(
            f"act-{ticket.id}",
            act.at,
            secret or member.id,
            system,
            action,
            f"{ticket.target}-lookalike" if slips else ticket.target,
            ticket.tier,
            ticket.id if ticket.cited else None,
            ticket.batch,
            secret,
            "unknown" if "unmanaged" in ticket.marks else "managed",
            "elsewhere" if "elsewhere" in ticket.marks else "usual",
            "emergency" in ticket.marks,
        )
        if not slips:
            return Deed(request, member.id)
        return Deed(request, member.id, "honest-slip", "slip", ticket.target)

    def _secret(self, member: Member, system: str) -> str:
        """Name the shared login if the person has it and it opens the system."""
        return next(
            (
                known.id
                for known in self.world.access.held(member.id)
                if known.id == self.desk.shared_login and system in known.systems
            ),
            "",
        )

    def sum_up(self) -> None:
        """Write the sums of the day, once: when all is done, or at the horizon."""
        if self.is_summed_up:
            return
        self.is_summed_up = True
        arrived, closes = len(self.tickets), self.desk.closes
        pending = self.tickets[self.done :]
        waited_s = self.waited_s + sum(closes - t.arrives for t in pending)
        self.world.write(
            DeskDay(
                self.world.now,
                self.desk.id,
                arrived,
                self.done,
                arrived - self.done,
                waited_s,
                self.worked_s,
            )
        )
