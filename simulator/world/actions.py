"""The life of a privileged action: request, decision, prompts, consent, wait, effect.

At every point where it stops, one `Refused` record says why and through whom. Access
and entitlement are asked twice: at the request, and again when the system carries it
out on the person's authority; the platform's own delay comes after that.
"""

from collections.abc import Callable, Generator
from operator import itemgetter
from typing import Any

from simpy import Event, Interrupt

from simulator.decisions import (
    ALLOW,
    DENY,
    Approval,
    Challenge,
    Decision,
    Request,
)
from simulator.trail import Executed, Passed, Reason, Refused, Requested, Truth
from simulator.world.answers import Answers, combine
from simulator.world.consent import approves, book_approvers
from simulator.world.explain import explain_alerts, explain_controls
from simulator.world.signals import watch
from simulator.world.world import Deed, Pending, World

Ending = Executed | Refused
Life = Generator[Event, Any, Ending]


def begin(world: World, deed: Deed) -> Requested | Refused:
    """Ask for the action. Returns the record of the request, or of its refusal."""
    request = deed.request
    if deed.is_harmful:
        world.deeds[request.id] = deed
    barred_by = what_bars(world, deed)
    answers = () if barred_by else _ask(world, deed)
    decision = _combined(world, deed, answers)
    asked = requested(request, decision, answers)
    world.write(asked)
    if deed.is_harmful:
        world.write(_truth(deed))
    if deed.purpose == "misuse" and world.choices.is_settled:
        explain_controls(world, deed, asked, barred_by)
        explain_alerts(world, deed, asked)
    watch(world, asked)
    world.knowledge.note("requested", request, request.at)
    if barred_by:
        return _refuse(world, deed, "no-access", (barred_by,))
    if decision.deny:
        by = _by(_in_force(world, answers), lambda d: d.deny)
        return _refuse(world, deed, "denied", by)
    return asked


def is_plain(world: World, asked: Requested) -> bool:
    """Whether an action takes effect at once: nothing asked, nothing to wait for."""
    return asked.decision is ALLOW and asked.action in world.stage.instant


def finish(world: World, deed: Deed, asked: Requested) -> Life:
    """Play an allowed request to its end: an effect or a refusal.

    The response may interrupt it at any point before the effect.
    """
    world.pending[deed.request.id] = Pending(deed, world.env.active_process)
    try:
        return (yield from _go_on(world, deed, asked))
    except Interrupt:
        return _refuse(world, deed, "contained", ("containment",))


def _go_on(world: World, deed: Deed, asked: Requested) -> Life:
    """Play what is asked for, one thing after the other, then the effect."""
    # Who asked for it is named, though it may be switched off meanwhile.
    decision, answers = asked.decision, _in_force(world, asked.answers)

    for challenge in map(decision.challenge, decision.kinds):
        if challenge is None:
            continue
        refused = yield from _prompt(world, deed, challenge, answers)
        if refused:
            return refused

    consenting: set[str] = {deed.actor, deed.request.staff}
    for approval in map(decision.approval, decision.roles):
        if approval is None:
            continue
        refused = yield from _consent(world, deed, approval, answers, consenting)
        if refused:
            return refused

    hold_s, throttle_s = decision.hold_s, decision.throttle_s
    if hold_s or throttle_s:
        refused = yield from _wait(world, deed, hold_s, throttle_s, answers)
        if refused:
            return refused

    if barred_by := what_bars(world, deed):
        return _refuse(world, deed, "no-access", (barred_by,))
    released_at = world.now
    kinds = (kind for kind in decision.kinds if decision.challenge(kind))
    world.knowledge.note_passed(deed.request.staff, kinds, released_at)
    delay = world.stage.actions[deed.request.action].effect_delay
    seconds = delay.draw(world.luck("effect-delay", deed.request.id))
    seconds += deed.fuse.draw(world.luck("fuse", deed.request.id))
    if seconds:
        world.planted.add(deed.request.id)
        yield world.env.timeout(seconds)
    return execute(world, deed, released_at)


def execute(world: World, deed: Deed, released_at: int) -> Executed:
    """Let the action take effect now."""
    request, now = deed.request, world.now
    done = executed(world, request, now, released_at)
    world.pending.pop(request.id, None)
    world.write(done)
    does = world.stage.actions[request.action].effect
    if does == "takes-down":
        world.knowledge.out.setdefault(request.target, request.id)
    if does in ("takes-down", "alters"):
        world.broken.setdefault(request.target, request.id)
    world.effect_at[request.id] = now
    if deed.is_harmful:
        world.effects.add(request.id)
    if deed.purpose == "misuse" and world.choices.is_settled:
        explain_alerts(world, deed, done)
    watch(world, done)
    world.knowledge.note("executed", request, now)
    _change_rules(world, request)
    return done


def executed(world: World, request: Request, at: int, released_at: int) -> Executed:
    """Make the record of an effect."""
    return Executed(
        at,
        request.id,
        request.staff,
        request.action,
        request.target,
        request.tier,
        request.ticket,
        released_at,
        at + _undo_window_s(world, request.action),
        request.size,
    )


def _change_rules(world: World, request: Request) -> None:
    """Give the role, or put out of force what the action is made to."""
    action = world.stage.actions[request.action]
    if action.grants is not None:
        world.granted.setdefault(request.staff, set()).add(action.grants)
    if action.switches_off:
        world.switched_off.update(action.switches_off)
        world.disturb()


def _undo_window_s(world: World, action: str) -> int:
    """Return how long an effect is kept reversible, at most where that is open."""
    windows = world.undo_windows[action]
    may_be_on = world.choices.may_be_on
    return max((window_s for label, window_s in windows if may_be_on(label)), default=0)


def what_bars(world: World, deed: Deed) -> str:
    """Name what took the access or the entitlement away; "" if both are there."""
    ended = world.access.barred_by(deed.request, deed.actor, world.now)
    return ended or ("" if is_entitled(world, deed.request) else "entitlement")


def is_entitled(world: World, request: Request) -> bool:
    """Whether a role that goes with the access used carries the entitlement."""
    stage = world.stage
    credential = stage.credentials.get(request.credential)
    carried = credential.role if credential is not None else None
    own = carried or stage.members[request.staff].role
    roles = (own, *world.granted.get(request.staff, ()))
    return any(stage.allows(role, request.action, request.tier) for role in roles)


def _ask(world: World, deed: Deed) -> Answers:
    """Ask every control, active or not, and keep the answers other than allow."""
    request = deed.request
    answers = world.ask(request)
    for label, access in world.shadow_access:
        if access.barred_by(request, deed.actor, request.at):
            answers.append((label, DENY))
    if len(answers) > 1:
        answers.sort(key=itemgetter(0))
    return tuple(answers)


def _combined(world: World, deed: Deed, answers: Answers) -> Decision:
    """Combine the answers of those that are on, and settle who is as far as needed."""
    at_once = deed.purpose != "misuse"
    return combine(world.choices, _in_force(world, answers), at_once=at_once)


def _in_force(world: World, answers: Answers) -> Answers:
    """Return the answers of the controls that are on now, as far as that is settled."""
    may_be_on, off = world.choices.may_be_on, world.switched_off
    return tuple(
        given for given in answers if given[0] not in off and may_be_on(given[0])
    )


def _by(answers: Answers, asks: Callable[[Decision], object]) -> tuple[str, ...]:
    """Return the labels of the controls whose answer asks for something."""
    return tuple(label for label, answer in answers if asks(answer))


def _refuse(world: World, deed: Deed, why: Reason, by: tuple[str, ...]) -> Refused:
    request = deed.request
    refused = Refused(world.now, request.id, request.staff, why, by)
    world.pending.pop(request.id, None)
    world.write(refused)
    world.knowledge.note("refused", request, world.now)
    return refused


def _prompt(
    world: World, deed: Deed, challenge: Challenge, answers: Answers
) -> Generator[Event, Any, Refused | None]:
    """Play one prompt. Returns the refusal if it ends there."""
    by = _by(answers, lambda d: any(c.kind == challenge.kind for c in d.challenges))
    yield world.env.timeout(challenge.seconds)

    if why := fails_at(world, deed, challenge):
        return _refuse(world, deed, why, by)
    passed = Passed(
        world.now, deed.request.id, "challenge", deed.request.staff, challenge.seconds
    )
    world.write(passed)
    return None


def fails_at(world: World, deed: Deed, challenge: Challenge) -> Reason | None:
    """Say why a person does not get past a prompt; None if they do."""
    who = (deed.request.id, challenge.kind)

    def befalls(what: str, chance: float) -> bool:
        return chance > 0 and world.luck(what, *who) < chance

    if befalls("prompt-unanswered", challenge.unanswered):
        return "lapsed"
    lacks_factor = challenge.own_factor and not deed.owns_access
    if lacks_factor and not befalls("factor-passed", deed.passes_factor):
        return "factor-missing"
    if deed.is_slip and befalls("slip-noticed", challenge.slip_catch):
        return "slip-caught"
    if deed.is_harmful and befalls("harm-seen", challenge.harm_catch):
        return "rejected"
    return "desisted" if _desists(world, deed, challenge.kind) else None


def _consent(
    world: World,
    deed: Deed,
    approval: Approval,
    answers: Answers,
    consenting: set[str],
) -> Generator[Event, Any, Refused | None]:
    """Wait for distinct other people to approve. Returns the refusal if one ends it."""
    by = _by(answers, lambda d: any(a.role == approval.role for a in d.approvals))
    if _desists(world, deed, f"approval-{approval.role}"):
        return _refuse(world, deed, "desisted", by)
    asked_at, until = world.now, world.now + approval.ttl_s
    bookings = book_approvers(world, deed, approval, until, consenting)
    for booking in bookings:
        yield world.env.timeout(booking.end - world.now)
        world.approver_s += booking.end - booking.start
        if not approves(world, deed, booking, asked_at):
            return _refuse(world, deed, "rejected", by)
    if len(bookings) < approval.people:
        yield world.env.timeout(until - world.now)
        return _refuse(world, deed, "lapsed", by)
    return None


def _wait(
    world: World, deed: Deed, hold_s: int, throttle_s: int, answers: Answers
) -> Generator[Event, Any, Refused | None]:
    """Sit out a hold or a throttle; the owner is told of a hold and may object."""
    by = _by(answers, lambda d: d.hold_s or d.throttle_s)
    if _desists(world, deed, "wait"):
        return _refuse(world, deed, "desisted", by)
    seconds = max(hold_s, throttle_s)
    objects_after = _owner_objects_after(world, deed) if hold_s else None
    if objects_after is not None and objects_after < hold_s:
        yield world.env.timeout(objects_after)
        held_by = _by(answers, lambda d: d.hold_s)
        return _refuse(world, deed, "cancelled", held_by)
    yield world.env.timeout(seconds)
    return None


def _owner_objects_after(world: World, deed: Deed) -> int | None:
    target = world.stage.named(deed.request.target)
    if target is None or target.owner_answers is None:
        return None
    return target.owner_answers.draw(world.luck("owner-answers", deed.request.id))


def _desists(world: World, deed: Deed, at: str) -> bool:
    return (
        deed.desists > 0 and world.luck("desists", deed.request.id, at) < deed.desists
    )


def requested(request: Request, decision: Decision, answers: Answers) -> Requested:
    """Make the record of a request."""
    return Requested(
        request.at,
        request.id,
        request.staff,
        request.system,
        request.action,
        request.target,
        request.tier,
        request.ticket,
        decision,
        answers,
        request.size,
        request.credential,
        request.device,
        request.place,
        request.emergency,
    )


def _truth(deed: Deed) -> Truth:
    return Truth(
        deed.request.at,
        deed.request.id,
        deed.actor,
        deed.purpose,
        deed.intent,
        deed.meant,
        deed.step,
        deed.attempt,
        deed.turn,
    )
