"""Access as a question about intervals: who can act on which system at which instant.

An account works until it is disabled. A session, opened at the start of a shift, works
until the shift ends; after its account is disabled it lives on to the end of its token
unless it is ended too. Every interval is half-open: access that ends at an instant is
gone at that instant.

What is done for leavers follows from triggers that no run changes, so it is worked out
once, before the run; only the response takes access away while the run goes on.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from attrs import Factory, define, frozen

from simulator.decisions import ExitOrder
from simulator.protocols import Control
from simulator.scenario.organisation import ExitTask, Organisation
from simulator.scenario.scenario import Scenario
from simulator.streams import uniform
from simulator.view import Departure
from simulator.world.stage import Member, Stage

TOKEN_LIFE = "token-life"
"""What ends a session that nothing else ends after its account."""
End = tuple[int, str]
"""When access ends, and the task or control that ends it."""


def register(scenario: Scenario, stage: Stage, seed: int) -> dict[str, Departure]:
    """Work out when the organisation's systems come to know of each leaver.

    People whose employment has no registry, or whom the registry misses, are absent.
    """
    registries = {r.id: r for r in scenario.organisation.registries}
    known = {}
    for member in stage.leavers:
        registry = registries.get(member.employment)  # type: ignore[call-overload]
        if member.leaving is None or registry is None:
            continue
        if uniform(seed, "registry-misses", member.id) < registry.missing:
            continue
        delay = registry.delay.draw(uniform(seed, "registry-delay", member.id))
        entered = member.leaving.notice + delay
        if registry.sync is not None:
            entered = stage.wall.next_time_of_day(entered, registry.sync, stage.zone)
        known[member.id] = Departure(
            known_from=entered,
            last_day_ends=stage.wall.midnight_after(member.leaving.separation),
            separation=member.leaving.separation,
        )
    return known


@frozen
class ExitPlan:
    """When the accounts and sessions of leavers end, by person and system.

    An account ends once. Sessions are cut at several instants; each cut ends those that
    are open just before it.
    """

    accounts: Mapping[tuple[str, str], End]
    sessions: Mapping[tuple[str, str], tuple[End, ...]]


def plan_exits(
    scenario: Scenario,
    stage: Stage,
    departures: Mapping[str, Departure],
    controls: Iterable[Control],
    seed: int,
) -> ExitPlan:
    """Work out the exit of every leaver under some controls."""
    orders = [(c.label, order) for c in controls for order in c.exit_orders()]
    accounts: dict[tuple[str, str], End] = {}
    sessions: dict[tuple[str, str], tuple[End, ...]] = {}
    for member in stage.leavers:
        leaver = _Leaver(member, departures.get(member.id), stage, seed)
        organisation = scenario.organisation
        for system in organisation.systems:
            at = (member.id, system.id)
            account = min(
                leaver.accounts(organisation, orders, system.id), default=None
            )
            if account is not None:
                accounts[at] = account
            cuts = leaver.sessions(organisation, orders, system.id, account)
            sessions[at] = tuple(sorted(cuts))
    return ExitPlan(accounts, sessions)


@frozen
class _Leaver:
    """One leaver's triggers, and what each task or order makes of them."""

    member: Member
    departure: Departure | None
    stage: Stage
    seed: int

    def accounts(
        self,
        organisation: Organisation,
        orders: list[tuple[str, ExitOrder]],
        system: str,
    ) -> Iterator[End]:
        yield from self._tasks(organisation, system, "account")
        for label, order in orders:
            if order.ends == "account" and order.trigger != "account-ended":
                yield from self._order(label, order, self._known(order.trigger))

    def sessions(
        self,
        organisation: Organisation,
        orders: list[tuple[str, ExitOrder]],
        system: str,
        account: End | None,
    ) -> Iterator[End]:
        yield from self._tasks(organisation, system, "sessions")
        for label, order in orders:
            if order.ends == "sessions":
                trigger = (
                    account and account[0]
                    if order.trigger == "account-ended"
                    else self._known(order.trigger)
                )
                yield from self._order(label, order, trigger)
        if account is not None:
            yield self._token_end(organisation, system, account[0]), TOKEN_LIFE

    def _tasks(
        self,
        organisation: Organisation,
        system: str,
        ends: Literal["account", "sessions"],
    ) -> Iterator[End]:
        for task in organisation.offboarding:
            covered = (
                task.ends == ends
                and system in task.systems
                and self.member.employment in task.employments
                and self._draw("exit-fails", task.id) >= task.failure
            )
            trigger = self._trigger(task) if covered else None
            if trigger is not None:
                delay = task.delay.draw(self._draw("exit-delay", task.id))
                yield trigger + delay, task.id

    def _order(
        self, label: str, order: ExitOrder, trigger: int | None
    ) -> Iterator[End]:
        if (
            trigger is not None
            and self._draw("exit-fails", label, order.ends) >= order.failure
        ):
            delay = order.delay.draw(self._draw("exit-delay", label, order.ends))
            yield trigger + delay, label

    def _trigger(self, task: ExitTask) -> int | None:
        leaving = self.member.leaving
        assert leaving is not None
        if task.trigger == "registry-entry":
            return None if self.departure is None else self.departure.known_from
        if task.trigger == "notice":
            return leaving.notice
        if task.trigger == "separation":
            return leaving.separation
        return self.stage.wall.midnight_after(leaving.separation)

    def _known(self, trigger: str) -> int | None:
        """Return when systems act on a trigger: never before they know of it."""
        if self.departure is None:
            return None
        if trigger == "registry-entry":
            return self.departure.known_from
        return max(self.departure.known_from, self.departure.separation)

    def _token_end(self, organisation: Organisation, system: str, account: int) -> int:
        life = next(s.token_life for s in organisation.systems if s.id == system)
        shift = self.member.shift_at(account)
        if shift is None:
            return account
        lives = -((shift.start - account) // life)
        return shift.start + max(lives, 1) * life

    def _draw(self, purpose: str, *identity: str) -> float:
        return uniform(self.seed, purpose, self.member.id, *identity)


@define
class Access:
    """Who can act on which system at which instant, in one run."""

    stage: Stage
    plan: ExitPlan
    blocked: dict[str, list[tuple[int, int]]] = Factory(dict)

    def ended_by(self, staff: str, system: str, at: int) -> str | None:
        """Name what took a person's access away; None while there is access.

        A working account is access, on or off shift; so is an open session.
        """
        for start, end in self.blocked.get(staff, ()):
            if start <= at < end:
                return "containment"
        account = self.plan.accounts.get((staff, system))
        if account is None or at < account[0]:
            return None
        if self.session_end(staff, system, at) is not None:
            return None
        shift = self.stage.members[staff].shift_at(at)
        if shift is None or account[0] <= shift.start:
            return account[1]
        cut_by = self._cut(staff, system, shift.start, account)[1]
        return account[1] if cut_by == TOKEN_LIFE else cut_by

    def session_end(self, staff: str, system: str, at: int) -> int | None:
        """Return when the session open at an instant ends; None if none is open."""
        shift = self.stage.members[staff].shift_at(at)
        if shift is None:
            return None
        account = self.plan.accounts.get((staff, system))
        if account is not None and account[0] <= shift.start:
            return None
        end = min(shift.end, self._cut(staff, system, shift.start, (shift.end, ""))[0])
        return end if at < end else None

    def _cut(self, staff: str, system: str, opened: int, default: End) -> End:
        """Return the first cut of a session opened at an instant, or a default.

        While the account works, whoever is cut off signs in again.
        """
        account = self.plan.accounts.get((staff, system))
        if account is None:
            return default
        cuts = self.plan.sessions.get((staff, system), ())
        ends = (cut for cut in cuts if cut[0] > opened and cut[0] >= account[0])
        return min(ends, default=default)

    def block(self, staff: str, start: int, end: int) -> None:
        """Take all access of a person away for ``[start, end)``."""
        self.blocked.setdefault(staff, []).append((start, end))
