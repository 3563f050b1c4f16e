"""Volume anomaly: more harmful effects of one person than a fixed number."""

from attrs import frozen

from simulator.alerts._fields import ingest_field
from simulator.alerts._reasons import harmless, no_effect
from simulator.clock import HOUR, Seconds, format_duration
from simulator.decisions import Alert
from simulator.scenario.fields import field
from simulator.shelf import Detection, references
from simulator.streams import Distribution
from simulator.trail import Executed, Watched
from simulator.view import View


@frozen(kw_only=True)
class VolumeAnomaly(Detection):
    """Raise an alarm when a person's harmful effects in a window reach a number.

    It fires on the effect that reaches the number, and again only after the count has
    been below it, so that one flood is one alarm.
    """

    id = "volume-anomaly"
    title = "Alert on volume"
    definition = (
        "The count of a person's harmful effects in a sliding window reaches a fixed "
        "number."
    )
    stops = "Mass action that goes on after the number is reached."
    does_not_stop = (
        "A few acts, so never a single important target or one request on many; nor "
        "somebody patient, or several people together."
    )
    cost = "False alarms on people whose honest work comes in bursts."
    sources = references(
        nist="AC-2(12), SI-4(13)",
        cis="13.11",
        iso="A.8.16",
        attack="T1531, AN0339",
        d3fend="D3-AZET",
        itm="DT101, DT102",
        csg="14",
    )

    count: int = field(
        "harmful effects in the window, the last one included, that raise the alarm",
        unit="actions",
        default=20,
        ge=1,
        source="assumption",
    )
    window: Seconds = field(
        "length of the sliding window", default=HOUR, ge=1, source="assumption"
    )
    ingest: Distribution = ingest_field()

    def look(self, record: Watched, view: View) -> Alert | None:
        """Fire on the effect that reaches the number."""
        if not isinstance(record, Executed) or not view.harmful(record.action):
            return None
        if self._so_far(record, view) != self.count:
            return None
        return Alert(record.staff, record.target, self.ingest)

    def reason(self, record: Watched, view: View) -> str:
        """Name the count that stands against the number."""
        return (
            no_effect(record)
            or harmless(record, view)
            or f"number {self._so_far(record, view)} within "
            f"{format_duration(self.window)}; fires on number {self.count}"
        )

    def _so_far(self, record: Watched, view: View) -> int:
        until = record.at + 1
        since = until - self.window
        return 1 + view.count(record.staff, since=since, until=until, of="executed")
