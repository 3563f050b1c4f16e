"""One record of the trail, told in plain sentences.

Each function takes a record and the scene and returns a `Told`, or None where the
record is not part of the story. Honest work is counted elsewhere, never told.
"""

from typing import Literal

from attrs import frozen

from simulator.decisions import Decision
from simulator.report.scene import Scene
from simulator.report.words import listing, plural, sentence, span
from simulator.trail import (
    AccessEnded,
    Alerted,
    Attributed,
    Contained,
    Executed,
    Passed,
    Record,
    Recovered,
    Refused,
    Requested,
    Restored,
    Stated,
    Triaged,
)

Lane = Literal["misuse", "access", "target", "outside", "inside", "response", "public"]

REFUSED = {
    "denied": "it is refused",
    "no-access": "there is no access any more, so it fails",
    "slip-caught": "at the prompt the slip is noticed, and nothing happens",
    "factor-missing": "the prompt asks for what only its owner has, so it fails",
    "lapsed": "nobody approves in time, so it lapses",
    "cancelled": "the owner, told of the hold, objects, and it is cancelled",
    "contained": "it is stopped, as the response has ended the access",
    "desisted": "faced with this, the person gives it up",
    "not-possible": "this way is not open",
}


@frozen
class Told:
    """One event of the story.

    Attributes:
        at: When, in seconds since the scenario's start.
        lane: Whose doing it is.
        text: Full sentences.
        brief: A few words, for the picture.
    """

    at: int
    lane: Lane
    text: str
    brief: str


def tell(record: Record, scene: Scene) -> Told | None:
    """Tell one record, if it is about the misuse or its people."""
    match record:
        case Requested() if record.request in scene.requests:
            return _requested(record, scene)
        case Passed() if record.request in scene.truths:
            return _passed(record, scene)
        case Executed() if record.request in scene.truths:
            return _executed(record, scene)
        case Refused() if record.request in scene.truths and record.why != "rejected":
            return _refused(record, scene)
        case Alerted() if record.alarm in scene.alarms:
            return _alerted(record, scene)
        case Triaged() if record.alarm in scene.alarms:
            return _triaged(record, scene)
        case _:
            return _aftermath(record, scene)


def _aftermath(record: Record, scene: Scene) -> Told | None:
    match record:
        case Contained() if record.alarm in scene.alarms:
            who = scene.who(record.staff)
            return _say(
                record.at, "response", f"all access of {who} is ended", "access ended"
            )
        case AccessEnded() if record.staff in scene.people:
            return _access_ended(record, scene)
        case Restored() if record.undoes in scene.truths:
            return _restored(record, scene)
        case Recovered() if record.target in {e.target for e in scene.effects.values()}:
            return _recovered(record, scene)
        case Attributed() if record.request in scene.truths:
            who = scene.who(scene.truths[record.request].actor)
            text = f"the records name who did it: {who}"
            return _say(record.at, "response", text, "attributed")
        case Stated():
            name = record.statement.replace("-", " ")
            return _say(record.at, "public", f"the public is told: {name}", name)
        case _:
            return None


def prologue(scene: Scene) -> tuple[Told, ...]:
    """Tell when those who did it were given notice, and when their last shift ended."""
    told = []
    for staff in sorted(scene.people):
        leaving = scene.leaving(staff)
        if leaving is None:
            continue
        who = scene.who(staff)
        notice = f"the departure of {who} is decided"
        ends = f"the last shift of {who} ends"
        told.append(_say(leaving.notice, "access", notice, "departure decided"))
        told.append(_say(leaving.separation, "access", ends, "last shift ends"))
    return tuple(told)


def _say(at: int, lane: Lane, text: str, brief: str) -> Told:
    return Told(at, lane, sentence(text), brief)


def _requested(record: Requested, scene: Scene) -> Told:
    truth = scene.truths[record.request]
    parts = [_asks(record, scene), *_truth(record, scene)]
    if record.at <= _last_answer(record, scene):
        parts.append(_answered(record, scene))
    number = f"try {truth.attempt + 1}: " if truth.attempt else ""
    brief = f"{number}asks to {record.action}"
    return Told(record.at, "misuse", " ".join(map(sentence, parts)), brief)


def _asks(record: Requested, scene: Scene) -> str:
    truth = scene.truths[record.request]
    again = f"try {truth.attempt + 1}: " if truth.attempt else ""
    ticket = f"citing ticket {record.ticket}" if record.ticket else "citing no ticket"
    return (
        f"{again}{_described(truth.actor, record.at, scene)} asks {record.system} to "
        f"{record.action} {scene.thing(record.target)} (tier {record.tier}), {ticket}"
    )


def _described(staff: str, at: int, scene: Scene) -> str:
    leaving = scene.leaving(staff)
    if leaving is None:
        return scene.who(staff)
    away = leaving.separation - at
    if away == 0:
        return f"{scene.who(staff)}, as the last shift ends,"
    side = "before" if away > 0 else "after"
    return f"{scene.who(staff)}, {span(abs(away))} {side} the last shift ends,"


def _truth(record: Requested, scene: Scene) -> list[str]:
    truth = scene.truths[record.request]
    told = []
    if truth.actor != record.staff:
        told.append(f"the access used is that of {scene.who(record.staff)}")
    if truth.meant != record.target:
        told.append(f"what was meant is {scene.thing(truth.meant)}")
    return told


def _last_answer(record: Requested, scene: Scene) -> int:
    """Return the request's time if controls were asked at all, else one before it."""
    barred = any(
        r.request == record.request and r.why == "no-access"
        for r in scene.trail.of(Refused)
        if r.at == record.at
    )
    return record.at - 1 if barred else record.at


def _answered(record: Requested, scene: Scene) -> str:
    active = scene.opened.active
    spoke = [(who, answer) for who, answer in record.answers if who in active]
    if spoke:
        words = [f"{who} ({answer_words(answer)})" for who, answer in spoke]
        return f"in force, and speaking up: {listing(words)}"
    off = len(record.answers)
    would = f"{plural(off, 'control')} not in force would have spoken up, see below"
    return "nothing in force asks for more" + (f"; {would}" if off else "")


def answer_words(answer: Decision) -> str:
    """Say what a control asks for: "refuses", "wants 1 approval", "holds it 2 h"."""
    parts = []
    if answer.deny:
        return "refuses"
    for approval in answer.approvals:
        parts.append(f"wants {plural(approval.people, 'approval')}")
    if answer.hold_s:
        parts.append(f"holds it {span(answer.hold_s)}")
    if answer.throttle_s:
        parts.append(f"slows it by {span(answer.throttle_s)}")
    if answer.challenges:
        parts.append("prompts")
    return listing(parts) if parts else "lets it pass"


def _passed(record: Passed, scene: Scene) -> Told:
    waited = span(record.waited_s)
    if record.what == "challenge":
        text = f"{scene.who(record.by)} passes the prompt, which takes {waited}"
        return _say(record.at, "misuse", text, "prompt passed")
    verb = "approves it" if record.what == "approved" else "rejects it"
    look = "" if record.looked else ", without a look"
    text = f"the approver {record.by} {verb} after {waited}{look}"
    return _say(record.at, "misuse", text, record.what)


def _executed(record: Executed, scene: Scene) -> Told:
    thing = scene.thing(record.target)
    action = scene.actions.get(record.action)
    effect = action.effect if action else "takes-down"
    done = {
        "takes-down": f"{thing} is out of service",
        "alters": f"{thing} is altered",
        "reads": f"{thing} has been read",
    }[effect]
    delay = record.at - scene.requests[record.request].at
    since = f", {span(delay)} after the request" if delay else ", at once"
    return _say(
        record.at,
        "misuse" if effect == "reads" else "target",
        f"{record.action} takes effect{since}; {done}",
        {"takes-down": "out of service", "alters": "altered", "reads": "read"}[effect],
    )


def _refused(record: Refused, scene: Scene) -> Told:
    by = f" ({listing(record.by)})" if record.by else ""
    text = f"{REFUSED[record.why]}{by}"
    return _say(record.at, "misuse", text, record.why.replace("-", " "))


def _alerted(record: Alerted, scene: Scene) -> Told:
    what = scene.thing(record.target) if record.target else "what was done"
    if record.origin == "outside":
        text = f"the first word from outside ({record.label}) about {what}"
        return _say(record.at, "outside", text, record.label)
    return _say(
        record.at,
        "inside",
        f"the alert {record.label} fires about {what}",
        record.label,
    )


def _triaged(record: Triaged, scene: Scene) -> Told:
    alarm = scene.alarms[record.alarm]
    waited = record.began - alarm.at
    wait = f" after a wait of {span(waited)}" if waited else ""
    end = "confirms it" if record.confirmed else "takes it for noise"
    text = f"the analyst {record.analyst} takes up {alarm.label}{wait} and {end}"
    brief = f"{alarm.label} {'confirmed' if record.confirmed else 'dismissed'}"
    return _say(record.at, "response", text, brief)


def _access_ended(record: AccessEnded, scene: Scene) -> Told:
    who = scene.who(record.staff)
    what = "account" if record.what == "account" else "open session"
    text = f"the {what} of {who} on {record.system} is ended ({record.by})"
    return _say(record.at, "access", text, f"{record.system} {record.what} ended")


def _restored(record: Restored, scene: Scene) -> Told:
    out = span(record.at - scene.effects[record.undoes].at)
    thing = scene.thing(record.target)
    text = f"the operator {record.by} brings back {thing}; it was out for {out}"
    return _say(record.at, "target", text, f"back after {out}")


def _recovered(record: Recovered, scene: Scene) -> Told:
    back = [r.at for r in scene.trail.of(Restored) if r.target == record.target]
    later = f", {span(record.at - back[-1])} after it came back" if back else ""
    text = (
        f"what hangs on {scene.thing(record.target)}, such as counts, is whole{later}"
    )
    return _say(record.at, "target", text, "counts whole again")
