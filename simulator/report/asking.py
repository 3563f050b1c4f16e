"""A request of the misuse, in plain sentences: who asks for what, and the answer."""

from simulator.decisions import Decision
from simulator.outcome.repeats import turn
from simulator.report.scene import Scene
from simulator.report.told import Told
from simulator.report.words import listing, plural, sentence, span
from simulator.trail import Requested, Truth


def ask(record: Requested, scene: Scene) -> Told:
    """Tell who asks for what, what was meant, and what was answered."""
    truth = scene.truths[record.request]
    parts = [_asks(record, scene), *_truth(record, scene)]
    if (record.request, record.at) not in scene.barred:
        parts.append(_answered(record, scene))
    brief = f"{_place(truth)}asks to {record.action}"
    return Told(record.at, "misuse", " ".join(map(sentence, parts)), brief)


def _asks(record: Requested, scene: Scene) -> str:
    truth = scene.truths[record.request]
    who = f"{_place(truth)}{_described(truth.actor, record.at, scene)}"
    thing = scene.thing(record.target, record.size)
    what = f"{record.action} {thing} (tier {record.tier})"
    return ", ".join([f"{who} asks {record.system} to {what}", *_manner(record, scene)])


def _manner(record: Requested, scene: Scene) -> list[str]:
    """Say how it is asked: with which ticket and credential, from where."""
    told = [f"citing {record.ticket}" if record.ticket else "citing no ticket"]
    if record.credential not in ("", record.staff):
        told.append(f"with {scene.credential(record.credential)}")
    odd = ["an unknown device"] if record.device == "unknown" else []
    odd += ["an unusual place"] if record.place == "elsewhere" else []
    if odd:
        told.append(f"from {listing(odd)}")
    if record.emergency:
        told.append("declaring an emergency")
    return told


def _place(truth: Truth) -> str:
    """Say where in the plan a request is: "step 2, time 9: "; "" for the very first."""
    counted = (
        ("step", truth.step),
        ("time", turn(truth.request)),
        ("try", truth.attempt),
    )
    place = ", ".join(f"{what} {number + 1:,}" for what, number in counted if number)
    return f"{place}: " if place else ""


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
