"""The verdict of one run, and the label that did it first.

    stopped   nothing of the misuse took effect. By: what refused the try after which
              the first step was given up; for one still under way, what delays it
    limited   fewer targets were touched than the plan wants. By: what refused a step
              that was never done, or the alarm whose response ended the access.
              Or all was undone within the tolerable outage, taken together for each
              target. By: the signal that was confirmed first, for that is what set the
              restoring off
    caught    a signal from inside was confirmed soon enough. By: that signal
    noticed   only outsiders told, or it came too late. By: whichever came first, a
              signal from outside or the late confirmation of one from inside
    missed    none of these. By: nobody

Where several labels refused together they are joined by " + ". Where access was gone,
the label is the task or control that ended it, or the alarm that made the response do
so. "" stands for circumstance: no way was open, or the horizon came first.
"""

from collections.abc import Iterator

from simulator.outcome.ledger import Ledger
from simulator.outcome.outcome import Harm, Times, Verdict
from simulator.scenario.scenario import Tolerances
from simulator.trail import Refused

CONTAINMENT = "containment"
"""What the world names as the reason where the response had ended the access."""


def judge(
    ledger: Ledger, harm: Harm, times: Times, tolerances: Tolerances
) -> tuple[Verdict, str]:
    """Return the best verdict that holds, and the label that did it first."""
    if not ledger.effects:
        return "stopped", _stopped_by(ledger)
    if harm.touched < harm.intended:
        return "limited", _cut_short_by(ledger)
    if _undone(ledger, harm, tolerances.tolerable_outage):
        return "limited", _first(_confirmed(ledger))
    detected_s = times.detect_s
    if detected_s is not None and detected_s <= tolerances.caught_within:
        return "caught", _first(_confirmed(ledger, origin="inside"))
    told = [*_told(ledger), *_confirmed(ledger, origin="inside")]
    return ("noticed", _first(told)) if told else ("missed", "")


def could_try(ledger: Ledger) -> bool:
    """Say whether any try of the misuse came to a request."""
    impossible = {r.request for r in ledger.refused if r.why == "not-possible"}
    return any(request not in impossible for request in ledger.misuse)


def _undone(ledger: Ledger, harm: Harm, within_s: int) -> bool:
    """Say whether everything is back, and no target was out or altered for longer."""
    altered_s = (
        effect.ended - effect.began
        for effect in ledger.effects
        if effect.does == "alters" and effect.ended is not None
    )
    return harm.restored and max(harm.outage_s or 0, *altered_s, 0) <= within_s


def _first(moments: list[tuple[int, str]]) -> str:
    """Return the label of the earliest moment; of equals, the first in the trail."""
    return min(moments, key=lambda moment: moment[0], default=(0, ""))[1]


def _confirmed(ledger: Ledger, origin: str = "") -> list[tuple[int, str]]:
    return [
        (confirmation.at, confirmation.signal.label)
        for confirmation in ledger.confirmations
        if origin in ("", confirmation.signal.origin)
    ]


def _told(ledger: Ledger) -> list[tuple[int, str]]:
    return [(s.at, s.label) for s in ledger.signals if s.origin == "outside"]


def _stopped_by(ledger: Ledger) -> str:
    steps = sorted({truth.step for truth in ledger.misuse.values()})
    refusers = (_refused_by(ledger, step) for step in steps)
    return next(filter(None, refusers), "") or _delayed_by(ledger)


def _cut_short_by(ledger: Ledger) -> str:
    done = {ledger.misuse[effect.request].step for effect in ledger.effects}
    steps = sorted({truth.step for truth in ledger.misuse.values()} - done)
    refusers = (_refused_by(ledger, step) for step in steps)
    return next(filter(None, refusers), "") or _contained_by(ledger)


def _refused_by(ledger: Ledger, step: int) -> str:
    """Name what ended a step: who refused its last try, as far as somebody did."""
    refusals = [
        refused
        for refused in ledger.refused
        if refused.request in ledger.misuse
        and ledger.misuse[refused.request].step == step
        and refused.why != "not-possible"
    ]
    return next(filter(None, (_refuser(ledger, r) for r in reversed(refusals))), "")


def _refuser(ledger: Ledger, refused: Refused) -> str:
    if CONTAINMENT not in refused.by:
        return " + ".join(refused.by)
    alarms = [
        contained.alarm
        for contained in ledger.contained
        if contained.staff == refused.staff and contained.at <= refused.at
    ]
    return ledger.alarms[alarms[-1]].label if alarms else CONTAINMENT


def _contained_by(ledger: Ledger) -> str:
    """Name the alarm whose response ended the access of the misuse."""
    return _first(list(_containments(ledger)))


def _containments(ledger: Ledger) -> Iterator[tuple[int, str]]:
    for contained in ledger.contained:
        alarm = ledger.alarms.get(contained.alarm)
        if alarm is not None and alarm.about in ledger.misuse:
            yield contained.at, alarm.label


def _delayed_by(ledger: Ledger) -> str:
    """Name what keeps a request of the misuse under way at the horizon."""
    labels = {
        label
        for request in ledger.closed.pending
        if request in ledger.misuse
        for label, _ in ledger.requested[request].answers
        if label in ledger.active
    }
    return " + ".join(sorted(labels))
