"""Fast restore: bringing a target back is rehearsed, not invented on the night."""

from attrs import frozen

from simulator.clock import MINUTE
from simulator.controls._reasons import harmless, usually
from simulator.decisions import Request, Runbook
from simulator.scenario.fields import field
from simulator.shelf import BaseControl, references
from simulator.streams import Distribution, Triangular
from simulator.view import View


@frozen(kw_only=True)
class FastRestore(BaseControl):
    """Bring back by a runbook what is kept reversible."""

    id = "fast-restore"
    title = "Rehearsed restoration"
    definition = (
        "A rehearsed runbook, with the rights it needs at hand, brings a target back "
        "into service within a known time."
    )
    stops = (
        "Nothing from happening; it shortens the outage between the moment somebody "
        "notices and the moment the target is back."
    )
    does_not_stop = (
        "The act, the time until it is noticed and believed, and the loss of whatever "
        "is not kept reversible."
    )
    cost = "Rehearsals, and people on call who may restore."
    sources = references(
        nist="CP-10(4), IR-4, CP-2",
        cis="17.4, 11.5",
        iso="A.5.26, A.5.29, A.5.30",
        d3fend="D3-RUAA, D3-ULA",
    )

    restore: Distribution = field(
        "time to bring a target back and verify it, once somebody is at it",
        default=Triangular(MINUTE, 3 * MINUTE, 10 * MINUTE),
        source="assumption",
    )
    call_out: Distribution | None = field(
        "time to get somebody to it who is not on shift; as long as ever if not given",
        default=None,
        source="assumption",
    )

    def runbook(self) -> Runbook:
        """Offer the runbook."""
        return Runbook(self.restore, self.call_out)

    def explain(self, request: Request, view: View) -> str:
        """Name the times, and what they do not help."""
        if why := harmless(request, view):
            return why
        calls = "as long as ever" if self.call_out is None else usually(self.call_out)
        return (
            f"changes nothing about the request; what is kept reversible is back "
            f"{usually(self.restore)} after somebody is at it, a call-out takes "
            f"{calls}, and what is not kept reversible is not helped"
        )
