"""What honest work paid: waits, refusals, consents asked, and alarms to answer."""

from simulator.clock import HOUR
from simulator.outcome.ledger import Ledger
from simulator.outcome.outcome import Friction
from simulator.scenario.scenario import Tolerances

ANALYST_SHIFT_S = 8 * HOUR
"""Length of the shift that alarms are counted by; a unit, not a roster."""


def measure_friction(ledger: Ledger, tolerances: Tolerances) -> Friction:
    """Measure what one run cost honest work."""
    misuse, slips, requested = ledger.misuse, ledger.slips, ledger.requested
    honest = [r for r in requested.values() if r.request not in misuse]
    refused = [r.request for r in ledger.refused if r.request not in misuse]
    alarms = [a for a in ledger.alarms.values() if a.origin == "inside"]
    true = misuse.keys() | ledger.findings
    answered = [a for a in alarms if a.alarm in ledger.triaged]
    waits = [ledger.triaged[a.alarm].began - a.at for a in answered]
    unanswered_s = sum(
        ledger.horizon - a.at for a in alarms if a.alarm not in ledger.triaged
    )
    return Friction(
        requests=len(honest),
        added_s=sum(
            done.released_at - requested[done.request].at
            for done in ledger.executed
            if done.request not in misuse
        ),
        refused=sum(request not in slips for request in refused),
        slips=len(slips),
        slips_caught=sum(request in slips for request in refused),
        approvals=sum(
            approval.people
            for request in honest
            if not request.decision.deny
            for approval in request.decision.approvals
        ),
        tickets=sum(desk.done for desk in ledger.desks),
        queue_wait_s=sum(desk.waited_s for desk in ledger.desks),
        alarms=len(alarms),
        false_alarms=sum(alarm.about not in true for alarm in alarms),
        alarms_in_time=sum(wait <= tolerances.caught_within for wait in waits),
        alarm_wait_s=sum(waits) + unanswered_s,
        analyst_shifts=ledger.closed.analyst_shift_s / ANALYST_SHIFT_S,
    )
