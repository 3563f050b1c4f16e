"""First-time tier: somebody harms a target of a tier they never work on."""

from attrs import frozen

from simulator.alerts._fields import ingest_field
from simulator.alerts._reasons import below, harmless, no_effect
from simulator.clock import DAY, Seconds, format_duration
from simulator.decisions import Alert
from simulator.scenario.fields import field
from simulator.shelf import Detection, references, tier_field
from simulator.streams import Distribution
from simulator.trail import Executed, Watched
from simulator.view import View


@frozen(kw_only=True)
class FirstTimeTier(Detection):
    """Raise an alarm on a person's first harmful effect on a tier for a long time.

    Of the time before the scenario it knows only what everyday work brings.
    """

    id = "first-time-tier"
    title = "Alert on first action on a tier"
    definition = (
        "A person's first harmful effect on a tier within some time raises an alarm, "
        "unless everyday work brings such actions."
    )
    stops = "People who act outside their usual work, on important targets above all."
    does_not_stop = (
        "The act itself, people whose work is on the tier, and acts after the first, "
        "which raise no alarm of their own."
    )
    cost = (
        "A false alarm on everybody who is given new work; the honest work of a "
        "scenario never is."
    )
    sources = references(
        nist="AC-2(12), SI-4(20)",
        iso="A.8.16",
        attack="T1078, DET0560",
        d3fend="D3-RAPA, D3-JFAPA",
        itm="DT101",
        csg="14",
    )

    look_back: Seconds = field(
        "time without a harmful effect on the tier that makes the next one the first",
        default=90 * DAY,
        ge=1,
        le=3650 * DAY,
        source="assumption",
    )
    from_tier: str | None = tier_field(
        "the lowest tier watched; every tier if not given"
    )
    ingest: Distribution = ingest_field()

    def look(self, record: Watched, view: View) -> Alert | None:
        """Fire on a first harmful effect on a tier that is not everyday work."""
        if not isinstance(record, Executed) or not view.harmful(record.action):
            return None
        if self._below(record, view) or view.familiar(record.staff, record.tier):
            return None
        if self._so_far(record, view):
            return None
        return Alert(record.staff, record.target, self.ingest)

    def reason(self, record: Watched, view: View) -> str:
        """Name the everyday work, or the count that stands against the first."""
        if why := no_effect(record) or harmless(record, view):
            return why
        if why := self._below(record, view):
            return why
        if view.familiar(record.staff, record.tier):
            return f"tier {record.tier} is everyday work of {record.staff}"
        return (
            f"effect number {1 + self._so_far(record, view)} of {record.staff} on tier "
            f"{record.tier} within {format_duration(self.look_back)}; fires on the "
            "first only"
        )

    def _below(self, record: Watched, view: View) -> str:
        return "" if self.from_tier is None else below(record, view, self.from_tier)

    def _so_far(self, record: Watched, view: View) -> int:
        return view.count(
            record.staff,
            since=record.at + 1 - self.look_back,
            until=record.at + 1,
            of="executed",
            tier=record.tier,
        )
