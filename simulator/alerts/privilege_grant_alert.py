"""Privilege grant: an action that gives a role raises an alarm."""

from attrs import frozen

from simulator.alerts._fields import ingest_field
from simulator.alerts._reasons import no_effect, soon
from simulator.decisions import Alert
from simulator.scenario.fields import field
from simulator.shelf import Detection, references
from simulator.streams import Distribution
from simulator.trail import Executed, Watched
from simulator.view import View


@frozen(kw_only=True)
class PrivilegeGrantAlert(Detection):
    """Raise an alarm when a role is given that is not expected to be."""

    id = "privilege-grant-alert"
    title = "Alert on granted privilege"
    definition = (
        "An action that gives somebody a role takes effect, and the role is not among "
        "those expected to be given."
    )
    stops = "People who give themselves a role on the way to an act."
    does_not_stop = (
        "The grant itself, what is done with it before anybody looks, and misuse of a "
        "role held for long or expected to be given."
    )
    cost = "False alarms on honest grants of roles that are not on the list."
    sources = references(
        nist="AC-2(4), AC-6(9)",
        cis="8.5",
        iso="A.8.2, A.5.18",
        attack="T1098.003, DET0277, DC0094",
        d3fend="D3-DAM",
        itm="DT106",
        csg="11",
    )

    expected_roles: tuple[str, ...] = field(
        "roles whose grants raise no alarm",
        default=(),
        ref="roles",
        source="assumption",
    )
    ingest: Distribution = ingest_field()

    def look(self, record: Watched, view: View) -> Alert | None:
        """Fire on the grant of a role that is not expected."""
        if not isinstance(record, Executed):
            return None
        role = view.grants(record.action)
        if role is None or role in self.expected_roles:
            return None
        return Alert(record.staff, record.target, self.ingest)

    def reason(self, record: Watched, view: View) -> str:
        """Name the role given, or that there is none."""
        if why := no_effect(record):
            return why
        role = view.grants(record.action)
        if role is None:
            return f"{record.action} gives nobody a role"
        if role in self.expected_roles:
            return f"{record.action} gives role {role}, whose grants are expected"
        given = f"{record.action} gives role {role} to {record.staff}"
        return f"{given}: fires {soon(self.ingest)}"
