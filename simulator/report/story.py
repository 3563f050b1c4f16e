"""A trail as a story: the events worth telling, and the rest in counts."""

from attrs import frozen

from simulator.report.reasons import Reasons, reasons
from simulator.report.scene import Scene
from simulator.report.telling import prologue, tell
from simulator.report.told import Told
from simulator.report.words import listing, plural, span
from simulator.trail import (
    Alerted,
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
    records = _worth_telling(scene)
    told = [event for record in records if (event := tell(record, scene))]
    # The sort is stable: what happened in one second stays in the trail's order.
    events = sorted([*prologue(scene), *told], key=lambda event: event.at)
    return Story(tuple(events), _meanwhile(scene), reasons(scene))


def _worth_telling(scene: Scene) -> list[Record]:
    """Leave out repeated signals, and triage once one of each origin is confirmed."""
    kept: list[Record] = []
    heard: set[str] = set()
    confirmed = False
    for record in scene.trail:
        if isinstance(record, Alerted) and record.alarm in scene.alarms:
            # From outside one first word is enough; inside each alert is of interest.
            key = record.origin if record.origin == "outside" else record.label
            if key in heard:
                continue
            heard.add(key)
        if isinstance(record, Triaged) and record.alarm in scene.alarms:
            if confirmed:
                continue
            confirmed = record.confirmed
        kept.append(record)
    return kept


def _meanwhile(scene: Scene) -> tuple[str, ...]:
    told = (
        _later_signals(scene),
        _desk_work(scene),
        _honest_acts(scene),
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


def _noise(scene: Scene) -> str:
    false = {a.alarm for a in scene.trail.of(Alerted) if a.alarm not in scene.alarms}
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
