"""A trail as a story: the events worth telling, and the rest in counts."""

from collections.abc import Hashable

from attrs import evolve, frozen

from simulator.report.reasons import Reasons, reasons
from simulator.report.repeats import summed_up
from simulator.report.scene import Scene
from simulator.report.telling import prologue, tell
from simulator.report.told import Told
from simulator.report.words import listing, plural, span
from simulator.trail import (
    Alerted,
    Attributed,
    Closed,
    DeskDay,
    Executed,
    Record,
    Refused,
    Requested,
    Triaged,
    Truth,
)


@frozen
class Story:
    """One run as it is told.

    Attributes:
        events: In order of time.
        meanwhile: Honest work and later signals, one sentence each.
        reasons: Why nothing, or what, stopped it.
    """

    events: tuple[Told, ...]
    meanwhile: tuple[str, ...]
    reasons: Reasons


def story(scene: Scene) -> Story:
    """Tell a run."""
    told = [
        evolve(event, text=event.text + one.words)
        for one in summed_up(_worth_telling(scene), scene)
        if (event := tell(one.record, scene))
    ]
    # The sort is stable: what happened in one second stays in the trail's order.
    events = sorted([*prologue(scene), *told], key=lambda event: event.at)
    return Story(tuple(events), _meanwhile(scene), reasons(scene))


def _worth_telling(scene: Scene) -> list[Record]:
    """Leave out what is said again: signals, confirmations, and who did it."""
    kept: list[Record] = []
    heard: set[Hashable] = set()
    untold: set[str] = set()
    confirmed = False
    for record in scene.trail:
        said = _said(record, scene)
        if said in heard:
            if isinstance(record, Alerted) and record.alarm in scene.findings:
                untold.add(record.alarm)
            continue
        if said is not None:
            heard.add(said)
        if isinstance(record, Triaged):
            if record.alarm in untold or (confirmed and record.alarm in scene.alarms):
                continue
            confirmed |= record.confirmed and record.alarm in scene.alarms
        kept.append(record)
    return kept


def _said(record: Record, scene: Scene) -> Hashable | None:
    """Return what a record says that need be said only once; None for most."""
    match record:
        case Alerted() if record.alarm in scene.findings:
            return record.label, scene.findings[record.alarm].staff
        case Alerted() if record.alarm in scene.alarms:
            # From outside one first word is enough; inside each alert is of interest.
            return record.origin if record.origin == "outside" else record.label
        case Attributed() if record.request in scene.truths:
            return Attributed, scene.truths[record.request].actor
        case _:
            return None


def _meanwhile(scene: Scene) -> tuple[str, ...]:
    told = (
        _later_signals(scene),
        _desk_work(scene),
        _honest_acts(scene),
        _findings(scene),
        _noise(scene),
    )
    return tuple(text for text in (*told, _open_end(scene)) if text)


def _later_signals(scene: Scene) -> str:
    raised = scene.alarms.values()
    outside = max(sum(a.origin == "outside" for a in raised) - 1, 0)
    inside_labels = [a.label for a in raised if a.origin == "inside"]
    inside = len(inside_labels) - len(set(inside_labels))
    parts = []
    if outside:
        parts.append(f"{plural(outside, 'further report')} from outside")
    if inside:
        parts.append(f"{plural(inside, 'further signal')} from inside")
    return f"{listing(parts)} followed." if parts else ""


def _desk_work(scene: Scene) -> str:
    days = scene.trail.of(DeskDay)
    arrived, done = sum(d.arrived for d in days), sum(d.done for d in days)
    if not arrived:
        return ""
    wait = sum(d.waited_s for d in days) / max(done, 1)
    return (
        f"Honest work: {plural(arrived, 'ticket')} arrived, {done:,} done, each "
        f"waiting {span(wait)} on average."
    )


def _honest_acts(scene: Scene) -> str:
    honest = {r.request for r in scene.trail.of(Requested)} - set(scene.truths)
    if not honest:
        return ""
    slips = {t.request for t in scene.trail.of(Truth) if t.purpose == "honest-slip"}
    done = sum(e.request in honest for e in scene.trail.of(Executed))
    refused = sum(r.request in honest for r in scene.trail.of(Refused))
    were = plural(len(slips), "was a slip", "were slips")
    return (
        f"Staff asked for {plural(len(honest), 'privileged action')}: {done:,} took "
        f"effect, {refused:,} did not, {were}."
    )


def _findings(scene: Scene) -> str:
    """Count the alarms about access of people who are not in the story."""
    about = (a.about for a in scene.trail.of(Alerted) if a.alarm not in scene.findings)
    found = sum(name in scene.left for name in about)
    if not found:
        return ""
    were = plural(found, "alarm was", "alarms were")
    return f"{were} about access that others had left behind."


def _noise(scene: Scene) -> str:
    false = {
        a.alarm
        for a in scene.trail.of(Alerted)
        if a.alarm not in scene.alarms and a.about not in scene.left
    }
    if not false:
        return ""
    believed = sum(t.confirmed for t in scene.trail.of(Triaged) if t.alarm in false)
    return (
        f"{plural(len(false), 'alarm')} spoke of something else; {believed:,} of "
        "them taken for true."
    )


def _open_end(scene: Scene) -> str:
    closed = scene.trail.of(Closed)
    pending = len(set(closed[-1].pending) & set(scene.truths)) if closed else 0
    if not pending:
        return ""
    return f"{plural(pending, 'request')} of the misuse still waited at the end."
