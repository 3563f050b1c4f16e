"""Off-shift action: harmful requests while the roster has the person at home."""

from attrs import frozen

from simulator.alerts._fields import ingest_field
from simulator.alerts._reasons import harmless, no_request
from simulator.clock import MINUTE, Seconds, format_duration
from simulator.decisions import Alert
from simulator.scenario.fields import field
from simulator.shelf import Detection, references
from simulator.streams import Distribution
from simulator.trail import Requested, Watched
from simulator.view import View


@frozen(kw_only=True)
class OffShiftAction(Detection):
    """Raise an alarm on harmful requests outside the rostered shift.

    It looks at the request, because the effect may come hours after the click.
    """

    id = "off-shift-action"
    watches = "requested"
    title = "Alert on action off shift"
    definition = (
        "A harmful request outside the person's rostered shift raises an alarm."
    )
    stops = "Access used at night, on days off and after the last shift."
    does_not_stop = (
        "The act itself, anything done on shift or just beside it, and access of a "
        "colleague who is on shift."
    )
    cost = (
        "False alarms on overtime, and on every use of a login that the roster does "
        "not show, such as a shared one."
    )
    sources = references(
        nist="AC-2(12), AC-2(11)",
        cis="13.11~",
        iso="A.8.16",
        attack="T1078, DET0560, T1531, DET0120",
        d3fend="D3-ANET, D3-JFAPA",
        itm="DT101, DT102",
        csg="14",
    )

    tolerance: Seconds = field(
        "time before and after the shift that raises no alarm",
        default=30 * MINUTE,
        ge=0,
        source="assumption",
    )
    ingest: Distribution = ingest_field()

    def look(self, record: Watched, view: View) -> Alert | None:
        """Fire on a harmful request off shift."""
        if not isinstance(record, Requested) or not view.harmful(record.action):
            return None
        if view.shift(record.staff, record.at, self.tolerance) is not None:
            return None
        return Alert(record.staff, record.target, self.ingest)

    def reason(self, record: Watched, view: View) -> str:
        """Name the shift, or that there is none."""
        if why := no_request(record) or harmless(record, view):
            return why
        shift = view.shift(record.staff, record.at, self.tolerance)
        give_or_take = f"give or take {format_duration(self.tolerance)}"
        if shift is None:
            at = view.wall(record.at)
            return f"the roster has no shift of {record.staff} at {at}, {give_or_take}"
        span = f"{view.wall(shift.start)} to {view.wall(shift.end)}"
        return f"the rostered shift from {span} covers it, {give_or_take}"
