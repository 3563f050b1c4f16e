"""The verdict of one run, and the label that did it first.

    stopped   nothing of the misuse took effect. By: what refused the try after which
              the first step was given up; for one still under way, what delays it
    limited   fewer targets were touched than the plan wants. By: what refused a step
              that was never done, or from some time on no more; the alarm whose
              response ended the access; what delays it; what made a smaller try do.
              Or all was undone within the tolerable outage, taken together for each
              target. By: the signal that was confirmed first, for that is what set the
              restoring off
    caught    a signal from inside was confirmed soon enough. By: that signal
    noticed   only outsiders told, or it came too late. By: whichever came first, a
              signal from outside or the late confirmation of one from inside
    missed    none of these. By: nobody

A step that is done many times is given up at the first time that failed after the last
that succeeded: what refused the last try of that time is named.

Where several labels refused together they are joined by " + ". Where access was gone,
the label is the task or control that ended it, or the alarm that made the response do
so. "" stands for circumstance: no way was open, or the horizon came first.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from simulator.outcome.effects import Effect
from simulator.outcome.harm import count_intended, count_touched
from simulator.outcome.ledger import Ledger
from simulator.outcome.outcome import Harm, Times, Verdict
from simulator.outcome.repeats import turn
from simulator.scenario.misuse import Step
from simulator.scenario.scenario import Scenario
from simulator.trail import Refused

CONTAINMENT = "containment"
"""What the world names as the reason where the response had ended the access."""


def judge(
    ledger: Ledger, harm: Harm, times: Times, scenario: Scenario
) -> tuple[Verdict, str]:
    """Return the best verdict that holds, and the label that did it first."""
    tolerances = scenario.tolerances
    if not ledger.effects:
        return "stopped", _stopped_by(ledger)
    if harm.touched < harm.intended:
        plan = scenario.misuse.plan if scenario.misuse else ()
        return "limited", _cut_short_by(ledger, plan)
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
    return _named(refusers) or _delayed_by(ledger)


def _cut_short_by(ledger: Ledger, plan: Iterable[Step]) -> str:
    effects: defaultdict[int, list[Effect]] = defaultdict(list)
    for effect in ledger.effects:
        effects[ledger.misuse[effect.request].step].append(effect)
    short = [
        number
        for number, step in enumerate(plan)
        if count_touched(effects[number]) < count_intended([step])
    ]
    done = {number: {turn(e.request) for e in effects[number]} for number in short}
    return (
        _named(_refused_by(ledger, number, done[number]) for number in short)
        or _contained_by(ledger)
        or _delayed_by(ledger)
        or _named(_refused_by(ledger, number) for number in short)
    )


def _named(labels: Iterable[str]) -> str:
    """Return the first label that is one."""
    return next(filter(None, labels), "")


def _refused_by(ledger: Ledger, step: int, done: Collection[int] = ()) -> str:
    """Name what ended a step: who refused the last try of a time it was not done.

    That is the first time after all those it was ``done``, as far as somebody refused;
    failing that, the first of those between.
    """
    failed: defaultdict[int, list[Refused]] = defaultdict(list)
    for refused in ledger.refused:
        truth = ledger.misuse.get(refused.request)
        if truth and truth.step == step and refused.why != "not-possible":
            failed[turn(refused.request)].append(refused)
    last = max(done, default=-1)
    turns = sorted(failed.keys() - set(done), key=lambda nth: (nth < last, nth))
    return _named(_refuser(ledger, r) for nth in turns for r in reversed(failed[nth]))


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
    """Yield each time that access was ended because of the misuse, or a finding."""
    asked = (ledger.requested.get(request) for request in ledger.misuse)
    used = {request.staff for request in asked if request is not None}
    findings = ledger.findings
    for contained in ledger.contained:
        alarm = ledger.alarms.get(contained.alarm)
        if alarm is None:
            continue
        if alarm.about in ledger.misuse or (
            alarm.about in findings and contained.staff in used
        ):
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
