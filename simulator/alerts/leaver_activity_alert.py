"""Leaver activity: harmful requests of people about to leave raise an alarm."""

from attrs import frozen

from simulator.alerts._fields import ingest_field
from simulator.alerts._reasons import harmless, no_request
from simulator.clock import DAY, Seconds
from simulator.decisions import Alert
from simulator.reasons import apart, not_leaving
from simulator.scenario.fields import field
from simulator.shelf import Detection, references
from simulator.streams import Distribution
from simulator.trail import Requested, Watched
from simulator.view import View


@frozen(kw_only=True)
class LeaverActivityAlert(Detection):
    """Raise an alarm on privileged requests near a departure known to the registry."""

    id = "leaver-activity-alert"
    watches = "requested"
    title = "Alert on privileged activity of leavers"
    definition = (
        "From some time before a known departure, every privileged request of the "
        "person raises an alarm, refused ones included."
    )
    stops = "Misuse by leavers, attempts that were refused included."
    does_not_stop = (
        "The act itself, anything before the watch begins, a leaver whom the registry "
        "does not show yet, people who stay, and access by another name: a colleague's "
        "session or a shared secret."
    )
    cost = "An alarm for every honest privileged request of every leaver."
    sources = references(
        nist="SI-4(19), AC-2(12), AU-6(9)",
        cis="13.1",
        iso="A.8.16, A.6.5",
        attack="T1078.004, DET0546",
        d3fend="D3-UBA",
        itm="DT104, PV054",
        csg="4, 12, 20",
    )

    window: Seconds = field(
        "how long before the separation the watch begins",
        default=14 * DAY,
        ge=0,
        source="assumption",
    )
    actions: tuple[str, ...] = field(
        "the actions watched; every harmful one if none is given",
        default=(),
        ref="actions",
        source="assumption",
    )
    ingest: Distribution = ingest_field()

    def look(self, record: Watched, view: View) -> Alert | None:
        """Fire on a request within the window and after it."""
        if not isinstance(record, Requested):
            return None
        departure = view.departure(record.staff, record.at)
        if departure is None or record.at < departure.separation - self.window:
            return None
        if not self._covers(record.action, view):
            return None
        return Alert(record.staff, record.target, self.ingest)

    def reason(self, record: Watched, view: View) -> str:
        """Name the start of the watch."""
        if why := no_request(record):
            return why
        if not self._covers(record.action, view):
            listed = f"watches only {', '.join(self.actions)}, not {record.action}"
            return listed if self.actions else harmless(record, view)
        departure = view.departure(record.staff, record.at)
        if departure is None:
            return not_leaving(record, view)
        begins = departure.separation - self.window
        when = f"{view.wall(begins)}, {apart(begins, record)}"
        if begins > record.at:
            return f"the watch begins at {when}"
        return f"a known leaver, watched since {when}"

    def _covers(self, action: str, view: View) -> bool:
        return action in self.actions if self.actions else view.harmful(action)
