"""Action without ticket: effects are joined to tickets afterwards."""

from attrs import frozen

from simulator.alerts._reasons import harmless, no_effect, soon
from simulator.clock import MINUTE
from simulator.decisions import Alert
from simulator.scenario.fields import field
from simulator.shelf import Detection, references
from simulator.streams import Constant, Distribution
from simulator.trail import Executed, Watched
from simulator.view import View


@frozen(kw_only=True)
class ActionWithoutTicket(Detection):
    """Raise an alarm on harmful effects that no ticket about the target asks for."""

    id = "action-without-ticket"
    title = "Alert on action without a ticket"
    definition = (
        "Harmful effects are joined to tickets after the fact; one that matches no "
        "ticket about its target raises an alarm."
    )
    stops = "Acts out of the blue, and slips onto a target the ticket does not name."
    does_not_stop = (
        "The act itself, and misuse on a target about which a ticket is open, even one "
        "that whoever acts has opened."
    )
    cost = "False alarms on honest work whose ticket was not cited."
    sources = references(
        nist="AU-6(3), AU-6(9), SI-4(16)",
        cis="8.11",
        iso="A.8.15, A.5.37",
        attack="T1098, DET0096~",
        d3fend="D3-AZET~",
        itm="DT052, PV057",
        csg="12, 17",
    )

    join: Distribution = field(
        "time from the effect until it is joined to the tickets",
        default=Constant(15 * MINUTE),
        source="assumption",
    )

    def look(self, record: Watched, view: View) -> Alert | None:
        """Fire on a harmful effect without a ticket about its target."""
        if not isinstance(record, Executed) or not view.harmful(record.action):
            return None
        ticket = view.ticket(record.ticket)
        if ticket is not None and ticket.target == record.target:
            return None
        return Alert(record.staff, record.target, self.join)

    def reason(self, record: Watched, view: View) -> str:
        """Name the ticket, or that there is none."""
        if why := no_effect(record) or harmless(record, view):
            return why
        ticket = view.ticket(record.ticket)
        if ticket is None:
            cited = f"ticket {record.ticket} does not exist"
            fault = cited if record.ticket else "no ticket is cited"
        elif ticket.target == record.target:
            return f"ticket {ticket.id} matches: it is about {record.target}"
        else:
            fault = f"ticket {ticket.id} is about {ticket.target}, not {record.target}"
        return f"{fault}: fires {soon(self.join)}"
