"""Denied burst: somebody keeps trying what is refused."""

from attrs import frozen

from simulator.alerts._fields import ingest_field
from simulator.alerts._reasons import no_request
from simulator.clock import HOUR, Seconds, format_duration
from simulator.decisions import Alert
from simulator.scenario.fields import field
from simulator.shelf import Detection, references
from simulator.streams import Distribution
from simulator.trail import Requested, Watched
from simulator.view import View


@frozen(kw_only=True)
class DeniedBurst(Detection):
    """Raise an alarm on a denied request that is one of several refused in a window."""

    id = "denied-burst"
    watches = "requested"
    title = "Alert on repeated refusals"
    definition = (
        "A request is denied to a person who, this one included, was refused several "
        "times in a sliding window."
    )
    stops = "Somebody who tries one way after the other."
    does_not_stop = (
        "An act that no control refuses, a first try that succeeds, tries that find no "
        "access or no entitlement, and somebody who tries with other people's access "
        "or comes back the next day."
    )
    cost = "False alarms on honest people who do not see why they are refused."
    sources = references(
        nist="SI-4(13), AC-6(9)",
        cis="13.11",
        iso="A.8.16",
        attack="T1548.005, DET0393~, T1621, DET0160",
        d3fend="D3-AZET, D3-ANET",
        itm="DT113",
        csg="4, 12",
    )

    count: int = field(
        "refusals in the window, this one included, from which on it fires",
        unit="requests",
        default=3,
        ge=1,
        source="assumption",
    )
    window: Seconds = field(
        "length of the sliding window", default=HOUR, ge=1, source="assumption"
    )
    ingest: Distribution = ingest_field()

    def look(self, record: Watched, view: View) -> Alert | None:
        """Fire on a denied request that reaches the number or goes beyond it."""
        if not isinstance(record, Requested) or not record.decision.deny:
            return None
        if self._so_far(record, view) < self.count:
            return None
        return Alert(record.staff, record.target, self.ingest)

    def reason(self, record: Watched, view: View) -> str:
        """Name the count that stands against the number."""
        if not isinstance(record, Requested):
            return no_request(record)
        if not record.decision.deny:
            return f"nothing was denied: the answer was {record.decision.words}"
        return (
            f"refusal number {self._so_far(record, view)} within "
            f"{format_duration(self.window)}; fires from number {self.count} on"
        )

    def _so_far(self, record: Watched, view: View) -> int:
        until = record.at + 1
        since = until - self.window
        return 1 + view.count(record.staff, since=since, until=until, of="refused")
