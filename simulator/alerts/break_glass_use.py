"""Break-glass use: every declared emergency is told, or reviewed later."""

from attrs import frozen

from simulator.alerts._fields import ingest_field
from simulator.alerts._reasons import no_request, percent, soon
from simulator.clock import DAY, Seconds, format_duration
from simulator.decisions import Alert
from simulator.scenario.fields import Share, field
from simulator.shelf import Detection, references
from simulator.streams import Constant, Distribution
from simulator.trail import Requested, Watched
from simulator.view import View


@frozen(kw_only=True)
class BreakGlassUse(Detection):
    """Raise an urgent alarm on every request for which an emergency is declared.

    Refused requests and mere reading count: what is watched is the declaration.
    """

    id = "break-glass-use"
    watches = "requested"
    title = "Alert on break-glass use"
    definition = (
        "Every request for which an emergency is declared raises an urgent alarm, or "
        "is at least reviewed within a set time."
    )
    stops = "Misuse that declares an emergency to get past the controls."
    does_not_stop = (
        "The act itself, misuse that declares no emergency, and one that passes for a "
        "real emergency."
    )
    cost = "An alarm for every real emergency, while people are busy with it."
    sources = references(
        nist="AC-3(10), AC-6(9), AU-6",
        cis="8.5",
        iso="A.8.2, A.8.15",
        attack="T1548.005, DET0393",
        d3fend="D3-AZET",
        itm="DT106~",
        csg="11",
    )

    pages: bool = field(
        "whether somebody is told at once; if not, only the review tells",
        default=True,
        source="it works as meant",
    )
    urgent: bool = field(
        "whether what is told at once is taken before other alarms",
        default=True,
        source="assumption",
    )
    ingest: Distribution = ingest_field()
    review_within: Seconds = field(
        "time from the request to its review, where nobody is told at once",
        default=DAY,
        ge=0,
        le=365 * DAY,
        source="assumption",
    )
    review_finds: Share = field(
        "chance that the review raises the alarm",
        default=1.0,
        ge=0,
        le=1,
        source="it works as meant",
    )

    def look(self, record: Watched, view: View) -> Alert | None:
        """Fire on a declared emergency, at once or at its review."""
        if not isinstance(record, Requested) or not record.emergency:
            return None
        if self.pages:
            return Alert(record.staff, record.target, self.ingest, urgent=self.urgent)
        if not self.review_finds:
            return None
        review = Constant(self.review_within)
        return Alert(record.staff, record.target, review, chance=self.review_finds)

    def reason(self, record: Watched, view: View) -> str:
        """Name the page or the review, or that no emergency was declared."""
        if not isinstance(record, Requested):
            return no_request(record)
        if not record.emergency:
            return "no emergency was declared"
        if self.pages:
            return f"an emergency was declared: fires {soon(self.ingest)}"
        return (
            f"an emergency was declared and nobody is told at once: the review after "
            f"{format_duration(self.review_within)} tells with a chance of "
            f"{percent(self.review_finds)}"
        )
