"""What is done for leavers: tasks, orders of controls, and when access so ends.

    register     when the organisation's systems come to know of each leaver
    Offboarding  the tasks of the plan, a graph, worked out once for every leaver
    ExitPlan     that, and what the controls of one arm order

Triggers, delays, failures and retries depend on nothing that happens in a run, so it is
all worked out before the run; only the response takes access away while it goes on.
"""

from collections.abc import Iterable, Iterator, Mapping
from math import log

from attrs import Factory, define, evolve, frozen

from simulator.clock import Moment, Span
from simulator.decisions import Ends, ExitOrder
from simulator.protocols import Control
from simulator.scenario.organisation import Credential, ExitTask, Leaving
from simulator.scenario.scenario import Scenario
from simulator.streams import uniform
from simulator.view import Departure
from simulator.world.stage import Member, Stage

TOKEN_LIFE = "token-life"
"""What ends a session that nothing else ends after its account."""
ROTATION = "rotation"
"""What ends the use of a secret that is changed for everybody."""
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
    """When access of leavers ends.

    Attributes:
        accounts: By person and system; an account ends once.
        sessions: By person and system, the instants at which sessions are cut; each
            cut ends those that are open just before it.
        credentials: By holder and credential, when the holder's use of it ends.
        first: By person, when the first of the accounts ends.
    """

    accounts: Mapping[tuple[str, str], End]
    sessions: Mapping[tuple[str, str], tuple[End, ...]]
    credentials: Mapping[tuple[str, str], End]
    first: Mapping[str, int]

    def labels(self, horizon: int) -> set[str]:
        """Name the tasks and controls that end something before an instant."""
        ends = (*self.accounts.values(), *self.credentials.values())
        cuts = (cut for cuts in self.sessions.values() for cut in cuts)
        return {by for at, by in (*ends, *cuts) if at < horizon}

    def before(self, horizon: int) -> "ExitPlan":
        """Return what of it happens before an instant."""
        accounts, credentials = (
            {key: end for key, end in ends.items() if end[0] < horizon}
            for ends in (self.accounts, self.credentials)
        )
        sessions = {
            key: kept
            for key, ends in self.sessions.items()
            if (kept := tuple(end for end in ends if end[0] < horizon))
        }
        return ExitPlan(accounts, sessions, credentials, {})


@define
class Offboarding:
    """The offboarding of every leaver in one run, before controls add to it."""

    scenario: Scenario
    stage: Stage
    departures: Mapping[str, Departure]
    seed: int
    _leavers: dict[str, "_Leaver"] = Factory(dict)

    def plan(self, controls: Iterable[Control]) -> ExitPlan:
        """Work out the exit of every leaver under some controls."""
        orders = [
            (control.label, order)
            for control in controls
            for order in control.exit_orders()
        ]
        accounts: dict[tuple[str, str], End] = {}
        sessions: dict[tuple[str, str], tuple[End, ...]] = {}
        for member in self.stage.leavers:
            leaver = self._leaver(member)
            for system in self.stage.systems:
                if end := min(leaver.ends("account", system, orders), default=None):
                    accounts[member.id, system] = end
        accounts = dict(self._signed_in(accounts))
        for member in self.stage.leavers:
            leaver = self._leaver(member)
            for system in self.stage.systems:
                account = accounts.get((member.id, system))
                cuts = leaver.cuts(system, orders, account)
                sessions[member.id, system] = tuple(sorted(cuts))
        first: dict[str, int] = {}
        for (staff, _), (at, _) in accounts.items():
            first[staff] = min(at, first.get(staff, at))
        return ExitPlan(accounts, sessions, dict(self._credentials(orders)), first)

    def _leaver(self, member: Member) -> "_Leaver":
        if member.id not in self._leavers:
            self._leavers[member.id] = _Leaver(
                member,
                self.departures.get(member.id),
                self.stage,
                self.seed,
                {task.id: task for task in self.scenario.organisation.offboarding},
            )
        return self._leavers[member.id]

    def _signed_in(
        self, accounts: Mapping[tuple[str, str], End]
    ) -> Iterator[tuple[tuple[str, str], End]]:
        """End with an identity provider's account those it signs in to."""
        for member in self.stage.leavers:
            for system in self.stage.systems:
                ends = [
                    accounts[member.id, one]
                    for one in self._through(system)
                    if (member.id, one) in accounts
                ]
                if ends:
                    yield (member.id, system), min(ends)

    def _through(self, system: str | None) -> Iterator[str]:
        """Yield a system and the chain of those that sign in to it."""
        while system is not None:
            yield system
            system = self.stage.systems[system].sign_in

    def _credentials(
        self, orders: list[tuple[str, ExitOrder]]
    ) -> Iterator[tuple[tuple[str, str], End]]:
        """Find for every holder of a credential when the use of it ends, if it does."""
        for credential in self.stage.credentials.values():
            holders = self.stage.holders[credential.id]
            own = {
                member.id: self._leaver(member).loses(credential, orders)
                for member in holders
                if member.leaving is not None
            }
            changed = [end for ends in own.values() for end in ends]
            if credential.kind == "shadow-account":
                found = self._found_ownerless(credential, orders)
                changed = [*found, *(end for end in changed if end[1] != ROTATION)]
                holders = (*holders, self.stage.members[credential.id])
            expiry = credential.ends
            for member in holders:
                ends = own.get(member.id, [])
                if credential.kind == "shadow-account":
                    ends = [*ends, *changed]
                elif credential.kind == "shared-secret" and member.leaving is not None:
                    # Who still works here is told the new one; who has left is not.
                    gone = member.leaving.separation
                    ends = [*ends, *(end for end in changed if end[0] >= gone)]
                if expiry is not None:
                    ends = [*ends, (expiry, credential.id)]
                if ends:
                    yield (member.id, credential.id), min(ends)

    def _found_ownerless(
        self, credential: Credential, orders: list[tuple[str, ExitOrder]]
    ) -> list[End]:
        """List when reviews end an account that has had no owner from the start."""
        nobody = evolve(
            self.stage.members[credential.id], leaving=Leaving(Moment(0), Moment(0))
        )
        account = _Leaver(nobody, None, self.stage, self.seed, {})
        reviews = [(label, order) for label, order in orders if order.trigger == "gone"]
        return [
            end
            for system in credential.systems
            for end in account.by_orders(credential.kind, system, reviews)
        ]


@define
class _Leaver:
    """One leaver's triggers, and what each task or order makes of them."""

    member: Member
    departure: Departure | None
    stage: Stage
    seed: int
    tasks: Mapping[str, ExitTask]
    _done: dict[str, int | None] = Factory(dict)

    @property
    def leaving(self) -> Leaving:
        assert self.member.leaving is not None
        return self.member.leaving

    def ends(
        self, what: Ends, system: str, orders: list[tuple[str, ExitOrder]]
    ) -> Iterator[End]:
        """Yield every end of one kind of access to a system."""
        yield from self._by_tasks(what, system)
        yield from self.by_orders(what, system, orders)

    def by_orders(
        self, what: Ends, system: str, orders: list[tuple[str, ExitOrder]]
    ) -> Iterator[End]:
        """Yield what controls alone make of it."""
        for label, order in orders:
            if order.ends == what and order.trigger != "account-ended":
                known = self._known(order, order.luck or label)
                yield from self._by_order(label, order, system, known)

    def cuts(
        self, system: str, orders: list[tuple[str, ExitOrder]], account: End | None
    ) -> Iterator[End]:
        """Yield the instants at which open sessions are cut."""
        yield from self.ends("sessions", system, orders)
        for label, order in orders:
            if order.ends == "sessions" and order.trigger == "account-ended":
                known = account and self._look(order, account[0], order.luck or label)
                yield from self._by_order(label, order, system, known)
        if account is not None and (shift := self.member.shift_at(account[0])):
            yield token_end(self.stage, system, shift.start, account[0]), TOKEN_LIFE

    def loses(
        self, credential: Credential, orders: list[tuple[str, ExitOrder]]
    ) -> list[End]:
        """List what ends a credential for this leaver, wherever it opens something."""
        ends = [
            end
            for system in credential.systems
            for end in self.ends(credential.kind, system, orders)
        ]
        if credential.rotates_every is not None:
            at = _next_multiple(self.leaving.separation, credential.rotates_every)
            ends.append((at, ROTATION))
        return ends

    def _by_tasks(self, what: Ends, system: str) -> Iterator[End]:
        for task in self.tasks.values():
            if task.ends != what or system not in task.systems:
                continue
            at = self._done_at(task)
            if at is not None and self._reaches(task.coverage, task.id, system):
                yield at, task.id

    def _done_at(self, task: ExitTask) -> int | None:
        """Return when a task is done for this leaver; None if it never is."""
        if task.id not in self._done:
            self._done[task.id] = self._work_out(task)
        return self._done[task.id]

    def _work_out(self, task: ExitTask) -> int | None:
        if self.member.employment not in task.employments:
            return None
        begins = [self._trigger(task)]
        for earlier in (self.tasks[name] for name in task.after):
            if self.member.employment in earlier.employments:
                begins.append(self._done_at(earlier))
        known = [at for at in begins if at is not None]
        if len(known) < len(begins):
            return None
        return self._tried(task, max(known))

    def _tried(self, task: ExitTask, at: int | None) -> int | None:
        """Play the tries of a task from an instant on, up to the one that succeeds."""
        for number in range(task.most_tries):
            again = (number,) if number else ()
            delay = task.delay.draw(self._draw("exit-delay", task.id, *again))
            at = self._worked(task, at, delay)
            if self._draw("exit-fails", task.id, *again) >= task.failure:
                return at
            if task.retry is None:
                return None
            retry = task.retry.draw(self._draw("exit-retry", task.id, *again))
            at = self._worked(task, at, retry)
        return None

    def _worked(self, task: ExitTask, at: int | None, seconds: int) -> int | None:
        if at is None or task.hours is None:
            return None if at is None else at + seconds
        return work_off(self.stage.hours[task.hours], at, seconds)

    def _by_order(
        self, label: str, order: ExitOrder, system: str, trigger: int | None
    ) -> Iterator[End]:
        name = order.luck or label
        covered = (
            trigger is not None
            and system in (order.systems or (system,))
            and (not order.employments or self.member.employment in order.employments)
            and self._reaches(order.coverage, name, system)
        )
        missed = self._missed(order, name)
        if covered and missed is not None and trigger is not None:
            delay = order.delay.draw(self._draw("exit-delay", name, order.ends))
            yield trigger + missed * order.every_s + delay, label

    def _missed(self, order: ExitOrder, name: str) -> int | None:
        """Return how many looks miss this leaver; None if all do."""
        luck = self._draw("exit-fails", name, order.ends)
        if luck >= order.failure:
            return 0
        if not order.again or order.failure >= 1:
            return None
        # Geometric by inversion: the chance that n looks all miss is failure ** n.
        return int(log(luck) / log(order.failure))

    def _trigger(self, task: ExitTask) -> int | None:
        if task.trigger == "registry-entry":
            return None if self.departure is None else self.departure.known_from
        if task.trigger == "notice":
            return self.leaving.notice
        if task.trigger == "separation":
            return self.leaving.separation
        return self.stage.wall.midnight_after(self.leaving.separation)

    def _known(self, order: ExitOrder, name: str) -> int | None:
        """Return when an order is due: never before systems know of its trigger."""
        separation = self.leaving.separation
        if order.trigger == "vendor-notice":
            told = order.told.draw(self._draw("vendor-tells", name))
            return max(self._look(order, self.leaving.notice + told, name), separation)
        if order.trigger == "gone":
            return self._look(order, separation, name)
        if self.departure is None:
            return None
        if order.trigger == "registry-entry":
            return self._look(order, self.departure.known_from, name)
        return self._look(order, max(self.departure.known_from, separation), name)

    def _look(self, order: ExitOrder, at: int, name: str) -> int:
        """Return the first look at or after an instant, where there are looks."""
        if not order.every_s:
            return at
        phase = int(uniform(self.seed, "exit-phase", name) * order.every_s)
        return phase + _next_multiple(at - phase, order.every_s)

    def _reaches(self, coverage: float, name: str, system: str) -> bool:
        return coverage >= 1 or self._draw("exit-covers", name, system) < coverage

    def _draw(self, purpose: str, *identity: str | int) -> float:
        return uniform(self.seed, purpose, self.member.id, *identity)


def token_end(stage: Stage, system: str, opened: int, asked: int) -> int:
    """Return when a session first asks for its account at or after an instant."""
    known = stage.systems[system]
    life = known.refresh_life or known.token_life
    return opened + max(-((opened - asked) // life), 1) * life


def work_off(hours: tuple[Span, ...], at: int, seconds: int) -> int | None:
    """Return when so much work is done that goes on in some hours only.

    Without work to do it is done at the first instant of those hours. None if they are
    over before it is done.
    """
    for span in hours:
        start = max(span.start, at)
        if start >= span.end:
            continue
        if seconds <= span.end - start:
            return start + seconds
        seconds -= span.end - start
    return None


def _next_multiple(at: int, interval: int) -> int:
    return -(-at // interval) * interval
