"""One record of the trail, told in plain sentences.

Each function takes a record and the scene and returns a `Told`, or None where the
record is not part of the story. Honest work is counted elsewhere, never told.
"""

from simulator.report.access import tell_ended, tell_finding, tell_left
from simulator.report.asking import ask
from simulator.report.scene import Scene
from simulator.report.told import Told
from simulator.report.words import listing, percent, span
from simulator.trail import (
    AccessEnded,
    Alerted,
    Attributed,
    Contained,
    Eased,
    Executed,
    LeftBehind,
    Passed,
    Record,
    Recovered,
    Refused,
    Requested,
    Restored,
    Stated,
    Triaged,
)

REFUSED = {
    "denied": "it is refused",
    "no-access": "there is no access any more, so it fails",
    "slip-caught": "at the prompt the slip is noticed, and nothing happens",
    "factor-missing": "the prompt asks for what only its owner has, so it fails",
    "lapsed": "nobody approves in time, so it lapses",
    "cancelled": "the owner, told of the hold, objects, and it is cancelled",
    "contained": "it is stopped, as the response has ended the access",
    "desisted": "faced with this, the person gives it up",
    "not-possible": "nobody here is in a position to try it",
}


DONE = {
    "takes-down": "out of service",
    "alters": "altered",
    "exposes": "exposed",
    "reads": "read",
}
"""What an effect has made of its target."""


def tell(record: Record, scene: Scene) -> Told | None:
    """Tell one record, if it is about the misuse or its people."""
    match record:
        case Requested() if record.request in scene.requests:
            return ask(record, scene)
        case Passed() if record.request in scene.truths:
            return _passed(record, scene)
        case Executed() if record.request in scene.truths:
            return _executed(record, scene)
        case Refused() if record.request in scene.truths and record.why != "rejected":
            return _refused(record, scene)
        case Alerted() if record.alarm in scene.alarms:
            return _alerted(record, scene)
        case Alerted() if record.alarm in scene.findings:
            return tell_finding(record, scene)
        case Triaged() if record.alarm in scene.raised:
            return _triaged(record, scene)
        case _:
            return _aftermath(record, scene)


def _aftermath(record: Record, scene: Scene) -> Told | None:
    match record:
        case Contained() if record.alarm in scene.raised:
            who = scene.who(record.staff)
            return Told.of(
                record.at, "response", f"all access of {who} is ended", "access ended"
            )
        case AccessEnded() if record.staff in scene.people:
            return tell_ended(record, scene)
        case LeftBehind() if record.staff in scene.people:
            return tell_left(record, scene)
        case Eased() if record.target in scene.touched:
            return _eased(record, scene)
        case Restored() if record.undoes in scene.truths:
            return _restored(record, scene)
        case Recovered() if record.target in scene.touched:
            return _recovered(record, scene)
        case Attributed() if record.request in scene.truths:
            who = scene.who(scene.truths[record.request].actor)
            text = f"the records name who did it: {who}"
            return Told.of(record.at, "response", text, "attributed")
        case Stated():
            name = record.statement.replace("-", " ")
            return Told.of(record.at, "public", f"the public is told: {name}", name)
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
        told.append(Told.of(leaving.notice, "access", notice, "departure decided"))
        told.append(Told.of(leaving.separation, "access", ends, "last shift ends"))
    return tuple(told)


def _passed(record: Passed, scene: Scene) -> Told:
    waited = span(record.waited_s)
    if record.what == "challenge":
        text = f"{scene.who(record.by)} passes the prompt, which takes {waited}"
        return Told.of(record.at, "misuse", text, "prompt passed")
    verb = "approves it" if record.what == "approved" else "rejects it"
    look = "" if record.looked else ", without a look"
    text = f"the approver {record.by} {verb} after {waited}{look}"
    return Told.of(record.at, "misuse", text, record.what)


def _executed(record: Executed, scene: Scene) -> Told:
    thing = scene.thing(record.target, record.size)
    action = scene.actions.get(record.action)
    effect = action.effect if action else "takes-down"
    verb = "is" if record.size == 1 else "are"
    if effect == "reads":
        verb = "has been" if record.size == 1 else "have been"
    delay = record.at - scene.requests[record.request].at
    since = f", {span(delay)} after the request" if delay else ", at once"
    return Told.of(
        record.at,
        "misuse" if effect == "reads" else "target",
        f"{record.action} takes effect{since}; {thing} {verb} {DONE[effect]}",
        DONE[effect],
    )


def _refused(record: Refused, scene: Scene) -> Told:
    by = f" ({listing(record.by)})" if record.by else ""
    text = f"{REFUSED[record.why]}{by}"
    return Told.of(record.at, "misuse", text, record.why.replace("-", " "))


def _alerted(record: Alerted, scene: Scene) -> Told:
    what = scene.thing(record.target) if record.target else "what was done"
    if record.origin == "outside":
        text = f"the first word from outside ({record.label}) about {what}"
        return Told.of(record.at, "outside", text, record.label)
    return Told.of(
        record.at,
        "inside",
        f"the alert {record.label} fires about {what}",
        record.label,
    )


def _triaged(record: Triaged, scene: Scene) -> Told:
    alarm = scene.raised[record.alarm]
    waited = record.began - alarm.at
    wait = f" after a wait of {span(waited)}" if waited else ""
    end = "confirms it" if record.confirmed else "takes it for noise"
    text = f"the analyst {record.analyst} takes up {alarm.label}{wait} and {end}"
    brief = f"{alarm.label} {'confirmed' if record.confirmed else 'dismissed'}"
    return Told.of(record.at, "response", text, brief)


def _eased(record: Eased, scene: Scene) -> Told:
    part = f"{percent(record.share)} %"
    text = f"{part} of {scene.thing(record.target)} works again"
    return Told.of(record.at, "target", text, f"{part} back")


def _restored(record: Restored, scene: Scene) -> Told:
    undone = scene.effects[record.undoes]
    state = "out" if scene.takes_down(undone.action) else "altered"
    out = span(record.at - undone.at)
    thing = scene.thing(record.target)
    role = record.by.removesuffix("-called-out")
    who = f"the operator {role}" if role == record.by else f"a {role}, called out,"
    lost = f", and {span(record.lost_s)} of data is lost" if record.lost_s else ""
    text = f"{who} brings back {thing}; it was {state} for {out}{lost}"
    return Told.of(record.at, "target", text, f"back after {out}")


def _recovered(record: Recovered, scene: Scene) -> Told:
    back = scene.returns.get(record.target)
    later = "" if back is None else f", {span(record.at - back)} after it came back"
    text = (
        f"what hangs on {scene.thing(record.target)}, such as counts, is whole{later}"
    )
    return Told.of(record.at, "target", text, "counts whole again")
