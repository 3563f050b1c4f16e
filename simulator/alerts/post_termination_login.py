"""Post-termination login: access of somebody who is gone is still being used."""

from typing import Literal

from attrs import frozen

from simulator.alerts._fields import ingest_field
from simulator.alerts._reasons import no_effect, no_request
from simulator.clock import DAY, MINUTE, Seconds, format_duration
from simulator.decisions import Alert
from simulator.reasons import apart, not_leaving
from simulator.scenario.fields import field
from simulator.shelf import Detection, references
from simulator.streams import Distribution
from simulator.trail import Watched
from simulator.view import View


@frozen(kw_only=True)
class PostTerminationLogin(Detection):
    """Raise an alarm on all that is done with a leaver's access after the separation.

    It looks at attempts, which include what is refused and what finds no access, or at
    effects alone.
    """

    id = "post-termination-login"
    title = "Alert on access after the separation"
    definition = (
        "Anything asked for with the access of a person whom the registry shows as "
        "gone raises an alarm, harmful or not."
    )
    stops = "Access that outlives its leaver, from the first time it is tried."
    does_not_stop = (
        "The act itself, anything before the separation, a leaver whom the registry "
        "does not show yet, and access by another name: a colleague's session or a "
        "shared secret."
    )
    cost = (
        "False alarms on people who stay on after the separation entered for them, "
        "and, without attempts, on effects that come late."
    )
    sources = references(
        nist="AC-2(3), AC-2(4), SI-4(5)",
        cis="6.2, 8.11",
        iso="A.5.18, A.8.16",
        attack="T1078.004, DET0546, DC0002, DC0067",
        d3fend="D3-DAM, D3-ANET",
        itm="DT104, DT063",
        csg="20",
    )

    skew: Seconds = field(
        "time after the separation that raises no alarm, as clocks differ",
        default=5 * MINUTE,
        ge=0,
        le=DAY,
        source="assumption",
    )
    attempts: bool = field(
        "whether it looks at requests, refused ones included, and not at effects",
        default=True,
        source="assumption",
    )
    ingest: Distribution = ingest_field()

    # The base says it for the class; here each setting has its own, which is only read.
    @property
    def watches(self) -> Literal["requested", "executed"]:  # type: ignore[override]
        """Requests, or effects where attempts do not count."""
        return "requested" if self.attempts else "executed"

    def look(self, record: Watched, view: View) -> Alert | None:
        """Fire once the separation is as long ago as clocks may differ."""
        if record.kind != self.watches:
            return None
        departure = view.departure(record.staff, record.at)
        if departure is None or record.at < departure.separation + self.skew:
            return None
        return Alert(record.staff, record.target, self.ingest)

    def reason(self, record: Watched, view: View) -> str:
        """Name the separation and how far it lies from the act."""
        if record.kind != self.watches:
            return no_request(record) or no_effect(record)
        departure = view.departure(record.staff, record.at)
        if departure is None:
            return not_leaving(record, view)
        gone = departure.separation
        return (
            f"the separation at {view.wall(gone)} is {apart(gone, record)}; fires from "
            f"{format_duration(self.skew)} after it on"
        )
