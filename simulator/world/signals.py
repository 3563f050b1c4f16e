"""The life of a signal: a rule looks at a record, later an alarm may be raised."""

from collections.abc import Generator
from math import ceil, log1p

from simpy import Event

from simulator.decisions import Alert
from simulator.protocols import AlertRule
from simulator.trail import Alerted, LeftBehind, Watched, WouldAlert
from simulator.world.choices import is_on
from simulator.world.world import Alarm, World


def watch(world: World, record: Watched) -> None:
    """Let every rule look at a record; those that are only asked leave a note."""
    for rule in world.rules[record.kind]:
        if not world.choices.may_be_on(rule.label):
            continue
        alert = rule.watch(record, world.knowledge)
        if alert is not None and rule.label not in world.switched_off:
            _foresee(world, rule, alert, record)
    for rule in world.shadow_rules[record.kind]:
        if rule.watch(record, world.knowledge) is not None:
            world.write(WouldAlert(record.at, rule.label, record.request))


def find(world: World, left: LeftBehind) -> None:
    """Let every rule look for access left behind, as `watch` does for actions."""
    for rules in world.rules.values():
        for rule in rules:
            if not world.choices.may_be_on(rule.label):
                continue
            alert = rule.find(left, world.knowledge)
            if alert is not None and rule.label not in world.switched_off:
                _foresee(world, rule, alert, left)
    for rules in world.shadow_rules.values():
        for rule in rules:
            if rule.find(left, world.knowledge) is not None:
                world.write(WouldAlert(left.at, rule.label, left.request))


def _foresee(
    world: World, rule: AlertRule, alert: Alert, record: Watched | LeftBehind
) -> None:
    """Draw whether and when the signal comes, and play it if it does."""
    delay = comes_after(world, rule, alert, record)
    if delay is not None:
        outage = world.knowledge.out.get(alert.target or "", "")
        world.env.process(_raise(world, rule, alert, record, outage, delay))


def comes_after(
    world: World, rule: AlertRule, alert: Alert, record: Watched | LeftBehind
) -> int | None:
    """Draw how long after its record a signal comes; None if not before the horizon."""
    who = (rule.label, record.request, record.kind)
    missed: int | None = 0
    if alert.chance < 1:
        missed = _looks_missed(alert, world.luck("signal-chance", *who))
    if missed is None:
        return None
    delay = alert.delay.draw(world.luck("signal-delay", *who))
    delay += missed * alert.again_every_s
    return delay if record.at + delay < world.stage.horizon else None


def _looks_missed(alert: Alert, u: float) -> int | None:
    """Return how many looks fail before the first that succeeds; None if none does.

    With a chance p at each look the number is geometric, by inversion of u.
    """
    if u < alert.chance:
        return 0
    if not alert.again_every_s or alert.chance <= 0:
        return None
    return ceil(log1p(-u) / log1p(-alert.chance)) - 1


def _is_over(world: World, target: str | None, outage: str) -> bool:
    """Whether the outage a signal would tell of is over; an early one needs any."""
    now_out = world.knowledge.out.get(target or "", "")
    return not now_out if not outage else now_out != outage


def _still_works(world: World, left: LeftBehind) -> bool:
    """Whether access that was left behind still is there."""
    credential = world.stage.credentials.get(left.credential)
    if credential is None:
        return world.access.ended_by(left.staff, left.system, world.now) is None
    return not world.access.credential_barred_by(
        left.staff, credential, left.system, world.now
    )


def _raise(
    world: World,
    rule: AlertRule,
    alert: Alert,
    record: Watched | LeftBehind,
    outage: str,
    delay: int,
) -> Generator[Event, None, None]:
    if delay:
        yield world.env.timeout(delay)

    left = record if isinstance(record, LeftBehind) else None
    if left and alert.while_access and not _still_works(world, left):
        return
    if alert.while_out and _is_over(world, alert.target, outage):
        return
    told = (rule.label, alert.target or "", outage)
    once = alert.once_per_target and alert.target is not None
    if once and told in world.raised:
        return
    if not is_on(world.choices, rule.label):
        return
    if once:
        world.raised.add(told)

    alarm = Alarm(
        f"{rule.label}/{record.request}/{record.kind}",
        rule.label,
        rule.origin,
        record.request,
        alert.staff,
        alert.target,
        alert.urgent,
        world.now,
        team=alert.team,
        finding=left is not None,
    )
    world.knowledge.note_alarm(alarm.staff, world.now)
    world.write(
        Alerted(
            world.now,
            alarm.id,
            alarm.label,
            alarm.origin,
            alarm.about,
            alarm.staff,
            alarm.target,
        )
    )
    world.hear(alarm)
