"""One run: set the world up, let every life begin, stop at the horizon.

`simulate` is pure: the same scenario, arm and seed give the same trail, on every
machine and under every hash seed.
"""

from collections.abc import Callable, Iterator
from functools import partial
from operator import or_

from simpy import Environment

from simulator.protocols import AlertRule, Control
from simulator.scenario.organisation import Posture
from simulator.scenario.scenario import Scenario
from simulator.streams import uniform
from simulator.trail import Closed, Opened, Trail, WouldEnd
from simulator.world.access import Access
from simulator.world.choices import Choices, Settled
from simulator.world.day import Day, draw_day
from simulator.world.desk import DeskWork
from simulator.world.exits import ExitPlan, Offboarding, register
from simulator.world.knowledge import Knowledge
from simulator.world.leaver import leave, list_ownerless
from simulator.world.memory import Memory
from simulator.world.misuse import commit
from simulator.world.pool import Pool
from simulator.world.response import Responders
from simulator.world.routine import write_down
from simulator.world.world import Rules, World


def simulate(
    scenario: Scenario,
    arm: Posture,
    seed: int,
    *,
    shadow: Posture | None = None,
    day: Day | None = None,
    choices: Choices | None = None,
    memory: Memory | None = None,
    luck: Callable[..., float] | None = None,
) -> Trail:
    """Play one run.

    Args:
        scenario: The scenario, with the variant already chosen.
        arm: The controls and alerts that are switched on.
        seed: Any whole number.
        shadow: Controls and alerts that are asked too and change nothing; those that
            are switched on already are left out.
        day: The honest work of this seed from `draw_day`, if it is drawn already; it
            must come from a scenario with the same organisation, clock and targets.
        choices: Which of the arm are on, where that is not all of them: a run that
            leaves some open stands for many arms, and tells no story.
        memory: What other runs of this day have found out, with the same controls and
            alerts; it changes nothing but the time it takes.
        luck: Draws instead of `simulator.streams.uniform` all that is drawn while the
            run goes on; called with a purpose and an identity.

    Returns:
        All that happened in ``[0, horizon)``, in order.

    Raises:
        ValueError: The day was drawn for another seed.
    """
    day = day or draw_day(scenario, seed)
    if day.seed != seed:
        raise ValueError(f"day of another seed ({day.seed}); accepted: that of {seed}")
    arm, shadow = _apart(arm, shadow or Posture())
    choices = choices or Settled(frozenset(arm.labels))
    world = _set_up(scenario, day, arm, shadow, choices, memory, luck)
    _open(world, arm, shadow)
    world.knowledge.catch_up = world.catch_up
    desks = _begin(world, day)
    world.env.run(until=world.stage.horizon)
    for desk in desks:
        desk.sum_up()
    write_down(world)
    _close(world)
    return Trail(tuple(world.records))


def _apart(arm: Posture, shadow: Posture) -> tuple[Posture, Posture]:
    """Sort both by label, and leave out of the shadow what is switched on."""
    if shadow.controls or shadow.alerts:
        for label in arm.labels:
            shadow = shadow.minus(label)
    return Posture().plus(arm), Posture().plus(shadow)


def _set_up(
    scenario: Scenario,
    day: Day,
    arm: Posture,
    asked: Posture,
    choices: Choices,
    memory: Memory | None,
    luck: Callable[..., float] | None,
) -> World:
    stage, seed = day.stage, day.seed
    departures = register(scenario, stage, seed)
    leavers = Offboarding(scenario, stage, departures, seed)
    access = _access(leavers, arm.controls, choices, memory)
    return World(
        env=Environment(),
        scenario=scenario,
        stage=stage,
        seed=seed,
        draw=luck or (memory.draw if memory else partial(uniform, seed)),
        memory=memory,
        choices=choices,
        controls=arm.controls,
        shadow_controls=asked.controls,
        rules=_by_record(arm.alerts),
        shadow_rules=_by_record(asked.alerts),
        access=access,
        shadow_access=tuple(_shadow_access(leavers, access.plan, arm, asked)),
        deciders=tuple(
            (control.label, control.decide)
            for control in (*arm.controls, *asked.controls)
        ),
        knowledge=Knowledge(stage, access, seed, departures),
        runbooks=tuple(
            (control.label, runbook)
            for control in arm.controls
            if (runbook := control.runbook()) is not None
        ),
        undo_windows={
            action: _undo_windows(arm.controls, action) for action in stage.actions
        },
    )


def _access(
    leavers: Offboarding,
    controls: tuple[Control, ...],
    choices: Choices,
    memory: Memory | None,
) -> Access:
    """Work out when access ends, and settle which controls are on as far as needed."""
    stage, acting = leavers.stage, [c for c in controls if c.exit_orders()]
    nobody: frozenset[str] = frozenset()

    plans = memory.plans if memory else {}

    def under(on: frozenset[str]) -> Access:
        if on not in plans:
            chosen = [control for control in acting if control.label in on]
            plans[on] = leavers.plan(chosen)
        return Access(stage, plans[on], leavers.seed)

    on = choices.settle(
        ((control.label, frozenset((control.label,))) for control in acting),
        nobody,
        or_,
        alike=lambda on: under(on).comes_to(stage.horizon),
    )
    access = under(on)
    choices.hear(access.plan.labels(stage.horizon))
    return access


def _shadow_access(
    leavers: Offboarding, planned: ExitPlan, arm: Posture, asked: Posture
) -> Iterator[tuple[str, Access]]:
    """Yield the access there would be under each control that would change it."""
    stage = leavers.stage
    as_it_is = planned.before(stage.horizon)
    for control in asked.controls:
        if control.exit_orders():
            plan = leavers.plan((*arm.controls, control))
            if plan.before(stage.horizon) != as_it_is:
                yield control.label, Access(stage, plan, leavers.seed)


def _by_record(rules: tuple[AlertRule, ...]) -> Rules:
    return {
        kind: tuple(rule for rule in rules if rule.watches == kind)
        for kind in ("requested", "executed")
    }


def _undo_windows(
    controls: tuple[Control, ...], action: str
) -> tuple[tuple[str, int], ...]:
    windows = ((control.label, control.undo_window_s(action)) for control in controls)
    return tuple(window for window in windows if window[1] > 0)


def _open(world: World, arm: Posture, asked: Posture) -> None:
    scenario = world.scenario
    world.write(
        Opened(0, scenario.title, world.seed, scenario.chosen, arm.labels, asked.labels)
    )
    for label, _ in world.shadow_access:
        world.write(WouldEnd(0, label))


def _begin(world: World, day: Day) -> list[DeskWork]:
    """Start every life that goes on in this run. Returns the desks at work."""
    desks = []
    world.knowledge.tickets.update(day.open_tickets)
    for desk, tickets in day.desks:
        desks.append(DeskWork.open(world, desk, tickets))
        world.env.process(desks[-1].work())

    manners = world.scenario.organisation.response
    restorers = Pool(world.stage.of_role(manners.restore_role))
    world.hear = Responders(world, manners, restorers).hear

    list_ownerless(world)
    for member in world.stage.leavers:
        world.env.process(leave(world, member))
    if world.scenario.misuse is not None:
        world.env.process(commit(world, world.scenario.misuse))
    return desks


def _close(world: World) -> None:
    team = world.stage.teams[world.scenario.organisation.response.triage_team]
    rostered_s = sum(
        max(0, min(shift.end, end) - max(shift.start, start))
        for start, end in _windows(world)
        for member in team
        for shift in member.roster
    )
    world.write(
        Closed(
            world.stage.horizon,
            tuple(sorted(world.pending)),
            world.analyst_s,
            world.approver_s,
            rostered_s,
        )
    )


def _windows(world: World) -> list[tuple[int, int]]:
    """Merge the windows in which honest work is simulated; all the time if none is."""
    desks = world.scenario.organisation.desks
    merged: list[tuple[int, int]] = []
    for start, end in sorted((desk.opens, desk.closes) for desk in desks):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged or [(0, world.stage.horizon)]
