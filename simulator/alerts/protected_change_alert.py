"""Protected change: any harm to a protected target raises an alarm at once."""

from attrs import frozen

from simulator import reasons
from simulator.alerts._fields import ingest_field
from simulator.alerts._reasons import below, harmless, no_effect, soon
from simulator.clock import DAY, Seconds
from simulator.decisions import Alert
from simulator.scenario.fields import Share, field
from simulator.shelf import Detection, references, tier_field
from simulator.streams import Distribution
from simulator.trail import Executed, Watched
from simulator.view import View


@frozen(kw_only=True)
class ProtectedChangeAlert(Detection):
    """Raise an urgent alarm on every harmful effect on a listed target of a high tier.

    The list is meant to hold the whole tier; it may have gaps and lag behind.
    """

    id = "protected-change-alert"
    title = "Alert on change of a protected target"
    definition = (
        "Every harmful action that takes effect on a listed target of a high tier "
        "raises an urgent alarm as soon as the log has arrived."
    )
    stops = "Outages of important targets that nobody inside would notice."
    does_not_stop = (
        "The act itself, acts on targets that the register ranks too low or the list "
        "lacks, and a long wait for an analyst where many honest changes raise the "
        "same alarm."
    )
    cost = "One urgent alarm for every honest action on the tier."
    sources = references(
        nist="SI-4(5), SI-4(12), AC-2(4), AU-6(1)",
        cis="13.1, 8.5",
        iso="A.8.16, A.8.15",
        attack="T1531, DET0120, AN0339, DC0010, DC0009",
        d3fend="D3-DAM, D3-UBA",
        itm="DT052, DT102",
        csg="11, 12",
    )

    from_tier: str | None = tier_field(
        "the lowest tier watched; the top tier if not given"
    )
    listed: Share = field(
        "share of the tier's targets that are on the list",
        default=1.0,
        ge=0,
        le=1,
        source="it works as meant",
    )
    list_lag: Seconds = field(
        "time from a target's rise to its tier until it is on the list",
        default=0,
        ge=0,
        le=3650 * DAY,
        source="it works as meant",
    )
    ingest: Distribution = ingest_field()

    def look(self, record: Watched, view: View) -> Alert | None:
        """Fire on a harmful effect on a listed target of the tiers watched."""
        if not isinstance(record, Executed):
            return None
        if not view.reaches(record.tier, self.from_tier):
            return None
        if not view.harmful(record.action) or self._unlisted(record, view):
            return None
        return Alert(record.staff, record.target, self.ingest, urgent=True)

    def reason(self, record: Watched, view: View) -> str:
        """Name the tier, the gap in the list or the delay."""
        return (
            no_effect(record)
            or harmless(record, view)
            or below(record, view, self.from_tier)
            or self._unlisted(record, view)
            or f"{record.target} is of tier {record.tier}: fires {soon(self.ingest)}"
        )

    def _unlisted(self, record: Watched, view: View) -> str:
        return reasons.unlisted(
            record.target,
            record.at,
            view,
            of=self.id,
            called="protected",
            listed=self.listed,
            lag_s=self.list_lag,
        )
