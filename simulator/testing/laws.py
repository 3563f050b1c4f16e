"""Laws that hold for every scenario, every arm and every seed.

Each law is a function that raises `AssertionError` where it is broken, with what broke
it. Hold your own scenarios to them:

    laws.counts_conserve(scenario, arm, seed=7)

The numbers are those of the design.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, get_args

from attrs import evolve, frozen

from simulator.decisions import strictest
from simulator.experiment.arms import only
from simulator.experiment.whatif.design import (
    MOST_IN_LATTICE,
    Design,
    DesignName,
    design,
)
from simulator.experiment.whatif.explore import did_it, explore
from simulator.outcome import Outcome, measure
from simulator.scenario.misuse import Intent
from simulator.scenario.organisation import Posture
from simulator.scenario.scenario import Scenario
from simulator.shelf import BaseControl
from simulator.streams import named
from simulator.trail import (
    AccessEnded,
    Closed,
    Contained,
    DeskDay,
    Executed,
    Explained,
    Opened,
    Passed,
    Record,
    Refused,
    Requested,
    Restored,
    Trail,
    Triaged,
    Truth,
    WouldAlert,
    WouldEnd,
)
from simulator.world import Day, draw_day, simulate
from simulator.world.stage import Stage, prepare

Law = Callable[[Scenario, Posture, int], None]
ALL_ARMS = 32
"""A lattice of up to so many arms is held against plain runs of all of them."""
SAMPLED_ARMS = 6
"""Of a larger one: beside the first arm and the last."""


def same_seed_same_trail(scenario: Scenario, arm: Posture, seed: int) -> None:
    """Law 1: the same scenario, arm and seed give the same trail, byte for byte."""
    first, again = (simulate(scenario, arm, seed).to_jsonl() for _ in range(2))
    assert first == again, _first_difference(first.split("\n"), again.split("\n"))


def order_is_irrelevant(scenario: Scenario, arm: Posture, seed: int) -> None:
    """Law 2: the order of controls and of alerts changes nothing."""
    turned = Posture(arm.controls[::-1], arm.alerts[::-1])
    one, other = simulate(scenario, arm, seed), simulate(scenario, turned, seed)
    assert one == other, _first_difference(one, other)


def controls_only_tighten(scenario: Scenario, arm: Posture, seed: int) -> None:
    """Law 3: adding a control never loosens the decision on a request.

    What was switched off in the run is no longer asked for.
    """
    off: set[str] = set()
    does = {action.id: action for action in scenario.organisation.actions}
    for asked in simulate(scenario, arm, seed).records:
        if isinstance(asked, Executed):
            off.update(does[asked.action].switches_off)
        if not isinstance(asked, Requested):
            continue
        answers = [answer for label, answer in asked.answers if label not in off]
        assert asked.decision == strictest(answers), f"not the strictest: {asked}"
        for size in range(len(answers)):
            assert asked.decision.covers(strictest(answers[:size])), (
                f"loosened: {asked}"
            )


def effects_have_access(scenario: Scenario, arm: Posture, seed: int) -> None:
    """Law 4: nothing takes effect without access and entitlement at its release.

    The instant is when the system carries the action out on the person's authority;
    the platform's own delay from click to effect comes after it.
    """
    trail, stage = simulate(scenario, arm, seed), prepare(scenario)
    books = _Books.of(trail, stage)
    roles = {name: {member.role} for name, member in stage.members.items()}
    for done in trail.of(Executed):
        may = roles[done.staff]
        shown = may | books.role_of_credential(done)
        entitled = any(stage.allows(role, done.action, done.tier) for role in shown)
        assert entitled, f"no entitlement: {done}"
        assert books.has_access(done), f"no access: {done}"
        granted = stage.actions[done.action].grants
        if granted is not None:
            may.add(granted)


def intent_is_invisible(scenario: Scenario, arm: Posture, seed: int) -> None:
    """Law 5: changing the intent alone changes no decision and no alert.

    Whether a prompt catches a slip is the person's doing, so a slip is compared up to
    the answer to its first request, any other intent to the end.
    """
    if scenario.misuse is None:
        return
    slip, *others = (
        _with_intent(scenario, arm, seed, intent)
        for intent in sorted(get_args(Intent), key=lambda intent: intent != "slip")
    )
    for trail in others[1:]:
        assert trail == others[0], _first_difference(others[0], trail)
    assert _answers(slip)[:1] == _answers(others[0])[:1], "the first answer differs"


def inert_control_changes_nothing(scenario: Scenario, arm: Posture, seed: int) -> None:
    """Law 6: a control that only ever allows changes nothing but what it says."""
    without = simulate(scenario, arm, seed)
    with_it = simulate(scenario, arm.plus(Posture(controls=(Inert(),))), seed)
    one, other = (_but_said_by(trail, Inert.id) for trail in (without, with_it))
    assert one == other, _first_difference(one, other)


def shadows_change_nothing(
    scenario: Scenario, arm: Posture, seed: int, *, shadow: Posture
) -> None:
    """Law 6 for those only asked: a shadow leaves answers and notes, nothing else."""
    alone = simulate(scenario, arm, seed)
    asked = simulate(scenario, arm, seed, shadow=shadow)
    for label in shadow.labels:
        if label not in arm:
            asked = _but_said_by(asked, label)
    alone = _but_said_by(alone, "")
    assert alone == asked, _first_difference(alone, asked)


def every_effect_has_a_cause(scenario: Scenario, arm: Posture, seed: int) -> None:
    """Law 7: effects have requests, restores have effects, approvers are distinct."""
    asked: dict[str, Requested] = {}
    out: dict[str, str] = {}
    actors: dict[str, str] = {}
    consents: Counter[tuple[str, str]] = Counter()
    for record in simulate(scenario, arm, seed):
        if isinstance(record, Requested):
            asked[record.request] = record
        elif isinstance(record, Truth):
            actors[record.request] = record.actor
        elif isinstance(record, Executed):
            assert record.request in asked, f"an effect nobody asked for: {record}"
            out.setdefault(record.target, record.request)
        elif isinstance(record, Restored):
            assert out.pop(record.target, "") == record.undoes, f"not out: {record}"
        elif isinstance(record, Passed) and record.what != "challenge":
            consents[record.request, record.by] += 1
            requester = asked[record.request].staff
            actor = actors.get(record.request, requester)
            assert record.by not in (requester, actor), f"approved by self: {record}"
    assert all(times == 1 for times in consents.values()), f"approved twice: {consents}"


def counts_conserve(scenario: Scenario, arm: Posture, seed: int) -> None:
    """Law 8: requests = effects + refused + pending; tickets = done + pending."""
    trail = simulate(scenario, arm, seed)
    asked = Counter(record.request for record in trail.of(Requested))
    ended = Counter(record.request for record in trail.of(Executed))
    ended.update(r.request for r in trail.of(Refused) if r.why != "not-possible")
    ended.update(trail.of(Closed)[0].pending)
    assert asked == ended, f"requests do not add up: {asked - ended}, {ended - asked}"
    summed = sorted(day.desk for day in trail.of(DeskDay))
    desks = sorted(desk.id for desk in scenario.organisation.desks)
    assert summed == desks, f"desks summed up: {summed}, not {desks}"
    for desk in trail.of(DeskDay):
        assert desk.arrived == desk.done + desk.pending, f"tickets: {desk}"


def leaves_are_plain_runs(scenario: Scenario, arm: Posture, seed: int) -> None:
    """Law 9: leaves part the arms, and each is a plain run of every arm in it.

    Here the arm is candidates: what is explored is every combination of them, or every
    pair where they are too many for a lattice.
    """
    if not arm.labels:
        return
    name: DesignName = "lattice" if len(arm.labels) <= MOST_IN_LATTICE else "pairs"
    chosen, day = design(name, arm.labels), draw_day(scenario, seed)
    explored = explore(scenario, arm, chosen, seed, day, tapes_after=0)

    covered = 0
    for leaf in explored.leaves:
        assert leaf.arms, f"a leaf of no arm: {leaf.outcome}"
        assert not covered & leaf.arms, f"an arm in two leaves: {leaf.outcome}"
        covered |= leaf.arms
    assert covered == chosen.everything, "an arm in no leaf"
    for number in _some_arms(chosen, seed):
        on = chosen.on(number)
        told = explored.leaf(number).outcome
        told = evolve(told, by=did_it(told, chosen, on))
        plain = _plain_run(scenario, arm, on, day)
        assert told == plain, f"with {on}: {plain}, but the leaf: {told}"


def stored_measures_as_live(scenario: Scenario, arm: Posture, seed: int) -> None:
    """Law 10: measuring a stored trail equals measuring the live one."""
    live = simulate(scenario, arm, seed)
    stored = Trail.from_jsonl(live.to_jsonl())
    assert stored == live, _first_difference(live, stored)
    assert measure(stored, scenario) == measure(live, scenario)


def draws_stay_put(scenario: Scenario, arm: Posture, seed: int) -> None:
    """Law 11: what was drawn for a person or a target is the same in every arm."""
    full = simulate(scenario, arm, seed)
    parts = Posture(), Posture(controls=arm.controls), Posture(alerts=arm.alerts)
    for part in parts:
        fewer = simulate(scenario, part, seed)
        for drawn in (_tickets, _triage, _looks):
            one, other = drawn(fewer), drawn(full)
            for key in one.keys() & other.keys():
                assert one[key] == other[key], f"{key}: {one[key]}, then {other[key]}"


LAWS: tuple[Law, ...] = (
    same_seed_same_trail,
    order_is_irrelevant,
    controls_only_tighten,
    effects_have_access,
    intent_is_invisible,
    inert_control_changes_nothing,
    every_effect_has_a_cause,
    counts_conserve,
    leaves_are_plain_runs,
    stored_measures_as_live,
    draws_stay_put,
)
"""All laws about one scenario, one arm and one seed."""


@frozen(kw_only=True)
class Inert(BaseControl):
    """A control that lets everything pass."""

    id = "inert"
    definition = "lets everything pass"


@frozen
class _Books:
    """Access worked out again, from the records and not from the world's plan."""

    trail: Trail
    stage: Stage
    asked: Mapping[str, Requested]
    actors: Mapping[str, str]
    ended: Mapping[tuple[str, str, str], int]

    @classmethod
    def of(cls, trail: Trail, stage: Stage) -> "_Books":
        return cls(
            trail,
            stage,
            {asked.request: asked for asked in trail.of(Requested)},
            {truth.request: truth.actor for truth in trail.of(Truth)},
            {
                (end.staff, end.system, end.credential or end.what): end.at
                for end in trail.of(AccessEnded)
            },
        )

    def has_access(self, done: Executed) -> bool:
        asked, at = self.asked[done.request], done.released_at
        for contained in self.trail.of(Contained):
            if contained.staff == done.staff and contained.at < at < contained.until:
                return False
        holder = self.actors.get(done.request, done.staff)
        if not asked.credential:
            return self._own(done.staff, asked.system, at)
        # Who of the desk used a shared secret is on no record: all of them may.
        is_known = not self.stage.members[holder].shared if holder else False
        return not is_known or self._credential(
            holder, asked.credential, asked.system, at
        )

    def role_of_credential(self, done: Executed) -> set[str]:
        """Return the role that the credential used carries, if it has one."""
        known = self.stage.credentials.get(self.asked[done.request].credential)
        return {known.role} if known is not None and known.role else set()

    def _own(self, staff: str, system: str, at: int) -> bool:
        network = self.stage.systems[system].behind
        if network is not None and not self._own(staff, network, at):
            return False
        account = self.ended.get((staff, system, "account"), at + 1)
        if at < account:
            return True
        shift = self.stage.members[staff].shift_at(at)
        opened_in_time = shift is not None and shift.start < account
        return opened_in_time and at < self.ended.get(
            (staff, system, "session"), at + 1
        )

    def _credential(self, holder: str, name: str, system: str, at: int) -> bool:
        known = self.stage.credentials[name]
        if known.ends is not None and known.ends <= at:
            return False
        if self.ended.get((holder, system, name), at + 1) <= at:
            return False
        network = self.stage.systems[system].behind
        over = network is None or network in known.systems
        if not over and network is not None and not self._own(holder, network, at):
            return False
        account = self.ended.get((holder, system, "account"), at + 1)
        return known.kind != "device" or at < account + self._longest(system)

    def _longest(self, system: str) -> int:
        """Return how long a session may at most outlive its account."""
        known = self.stage.systems[system]
        return known.refresh_life or known.token_life


def _with_intent(scenario: Scenario, arm: Posture, seed: int, intent: Intent) -> Trail:
    assert scenario.misuse is not None
    changed = evolve(scenario, misuse=evolve(scenario.misuse, intent=intent))
    trail = simulate(changed, arm, seed)
    return Trail(tuple(record for record in trail if not isinstance(record, Truth)))


def _some_arms(chosen: Design, seed: int) -> Iterable[int]:
    """Return all arms of a small design, and some of a large one."""
    arms = len(chosen.masks)
    if arms <= ALL_ARMS:
        return range(arms)
    stream = named(seed, "law-9")
    sampled = (int(stream.random() * arms) for _ in range(SAMPLED_ARMS))
    return sorted({0, arms - 1, *sampled})


def _plain_run(
    scenario: Scenario, candidates: Posture, on: Iterable[str], day: Day
) -> Outcome:
    """Play what is in force with some of the candidates, and no others of them."""
    arm = scenario.organisation.posture
    for label in candidates.labels:
        arm = arm.minus(label)
    for label in on:
        arm = arm.plus(only(label, candidates))
    return measure(simulate(scenario, arm, day.seed, day=day), scenario)


def _answers(trail: Trail) -> list[object]:
    return [
        asked.answers
        for asked in trail.of(Requested)
        if asked.request.startswith("misuse")
    ]


def _but_said_by(trail: Trail, label: str) -> Trail:
    """Leave out what one control or alert said, and who was asked at all."""
    return Trail(
        tuple(
            _without_answers(record, label)
            for record in trail
            if not isinstance(record, Opened)
            and not (
                isinstance(record, Explained | WouldAlert | WouldEnd)
                and record.label == label
            )
        )
    )


def _without_answers(record: Record, label: str) -> Record:
    if not isinstance(record, Requested):
        return record
    kept = tuple(answer for answer in record.answers if answer[0] != label)
    return evolve(record, answers=kept)


def _tickets(trail: Trail) -> dict[object, object]:
    return {
        asked.request: (asked.action, asked.tier, asked.ticket)
        for asked in trail.of(Requested)
    }


def _triage(trail: Trail) -> dict[object, object]:
    return {
        done.alarm: (done.at - done.began, done.confirmed) for done in trail.of(Triaged)
    }


def _looks(trail: Trail) -> dict[object, object]:
    return {
        (passed.request, passed.by): (passed.what, passed.looked)
        for passed in trail.of(Passed)
        if passed.what != "challenge"
    }


def _first_difference(one: Iterable[Any], other: Iterable[Any]) -> str:
    ones, others = list(one), list(other)
    for mine, theirs in zip(ones, others, strict=False):
        if mine != theirs:
            return f"first difference: {mine} against {theirs}"
    return f"one is longer: {len(ones)} against {len(others)} records"
