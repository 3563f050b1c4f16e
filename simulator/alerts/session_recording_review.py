"""Session recording review: somebody watches what was done at the console."""

from attrs import frozen

from simulator.alerts._reasons import harmless, no_effect, percent, soon
from simulator.clock import DAY
from simulator.decisions import Alert
from simulator.scenario.fields import Share, field
from simulator.shelf import Detection, references
from simulator.streams import Distribution, LogNormal
from simulator.trail import Executed, Watched
from simulator.view import View


@frozen(kw_only=True)
class SessionRecordingReview(Detection):
    """Find a harmful effect in a recording, if it is one of those that are watched.

    Each recording is watched once or never. Watching live is a delay of nothing.
    """

    id = "session-recording-review"
    title = "Review of session recordings"
    definition = (
        "Console sessions are recorded, a sample of them is watched, live or later, "
        "and a share of what is wrong in them is noticed."
    )
    stops = "Harm that looks right in the log and wrong on the screen."
    does_not_stop = (
        "The act itself, sessions outside the sample, and what whoever watches misses."
    )
    cost = (
        "Time for every recording watched, the staff's privacy, and false alarms on "
        "honest work."
    )
    sources = references(
        nist="AU-14, AU-14(3)",
        cis="8.5~",
        iso="A.8.15, A.8.16",
        attack="M1047",
        d3fend="D3-WSAA",
        itm="DT045",
        csg="11",
    )

    sample: Share = field(
        "share of the recordings that are watched",
        default=0.1,
        ge=0,
        le=1,
        source="assumption",
    )
    detect: Share = field(
        "chance that whoever watches notices a harmful action",
        default=0.5,
        ge=0,
        le=1,
        source="assumption",
    )
    review_delay: Distribution = field(
        "time from the effect until its recording has been watched; none if live",
        default=LogNormal(DAY, 3 * DAY),
        source="assumption",
    )

    def look(self, record: Watched, view: View) -> Alert | None:
        """Fire, perhaps, on a harmful effect."""
        if not isinstance(record, Executed) or not view.harmful(record.action):
            return None
        chance = self.sample * self.detect
        if not chance:
            return None
        return Alert(record.staff, record.target, self.review_delay, chance)

    def reason(self, record: Watched, view: View) -> str:
        """Name both shares and the delay."""
        return (
            no_effect(record)
            or harmless(record, view)
            or f"{percent(self.sample)} of the recordings are watched, "
            f"{soon(self.review_delay)}, and {percent(self.detect)} of what is wrong "
            "in them is noticed"
        )
