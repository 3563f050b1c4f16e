"""Periodic log review: somebody reads privileged logs on a schedule."""

from attrs import frozen

from simulator.alerts._reasons import below, harmless, no_effect
from simulator.clock import WEEK, Seconds, format_duration
from simulator.decisions import Alert
from simulator.scenario.fields import Share, field
from simulator.shelf import Detection, references, tier_field
from simulator.streams import Constant
from simulator.trail import Executed, Watched
from simulator.view import View


@frozen(kw_only=True)
class PeriodicLogReview(Detection):
    """Find a harmful effect at one of the reviews that follow it.

    Reviews take place at whole intervals from the scenario's start. An entry overlooked
    at one may be found at the next, so the number of looks is geometric.
    """

    id = "periodic-log-review"
    title = "Periodic log review"
    definition = (
        "At a fixed interval somebody reads a share of the privileged log and notices "
        "a share of what is wrong in it."
    )
    stops = "Harm that nothing else shows: quiet changes, found late."
    does_not_stop = (
        "The act itself, any outage, for it comes days later, what ranks too low to be "
        "read, and what a reader misses."
    )
    cost = "Hours of reading at every review, and false alarms on honest work."
    sources = references(
        nist="AU-6, AU-6(4)",
        cis="8.11",
        iso="A.8.15",
        attack="M1047",
        d3fend="D3-UBA~",
        itm="DT052",
        csg="12",
    )

    interval: Seconds = field(
        "time between two reviews",
        default=WEEK,
        ge=1,
        source="CIS Controls v8.1, 8.11: weekly or more often",
    )
    coverage: Share = field(
        "share of the log that is read", default=0.2, ge=0, le=1, source="assumption"
    )
    diligence: Share = field(
        "chance that a reader notices a harmful action",
        default=0.5,
        ge=0,
        le=1,
        source="assumption",
    )
    from_tier: str | None = tier_field(
        "the lowest tier reviewed; the top tier if not given"
    )

    def look(self, record: Watched, view: View) -> Alert | None:
        """Fire at a later review, perhaps."""
        if not isinstance(record, Executed):
            return None
        if not view.reaches(record.tier, self.from_tier):
            return None
        if not view.harmful(record.action):
            return None
        return Alert(
            record.staff,
            record.target,
            delay=Constant(self._delay_s(record.at)),
            chance=self.coverage * self.diligence,
            again_every_s=self.interval,
        )

    def reason(self, record: Watched, view: View) -> str:
        """Name the next review and the chance."""
        after = self._delay_s(record.at)
        return (
            no_effect(record)
            or harmless(record, view)
            or below(record, view, self.from_tier)
            or f"the next review is at {view.wall(record.at + after)}, "
            f"{format_duration(after)} after the effect, and finds it with a chance of "
            f"{self.coverage * self.diligence:.0%}"
        )

    def _delay_s(self, at: int) -> int:
        """Return the time to the next review, which reads what is older than it."""
        return self.interval - at % self.interval
