"""Ticket bound: every harmful action must serve an open ticket."""

from attrs import frozen

from simulator.clock import DAY, Seconds, format_duration
from simulator.controls._reasons import harmless
from simulator.decisions import ALLOW, DENY, Decision, Request
from simulator.scenario.fields import field
from simulator.shelf import Guard, references
from simulator.view import View


@frozen(kw_only=True)
class TicketBound(Guard):
    """Refuse a harmful action that no fitting ticket asks for."""

    id = "ticket-bound"
    title = "Action bound to a ticket"
    definition = (
        "A harmful action must cite a recent ticket about the same target that "
        "somebody else opened."
    )
    stops = "Acts out of the blue, and slips onto a target the ticket does not name."
    does_not_stop = (
        "Misuse that cites a ticket of somebody else about the same target, opened in "
        "good faith or not."
    )
    cost = "Refuses honest work, however urgent, whose ticket is missing or old."
    sources = references(
        nist="CM-3(1)~, AC-3(13)",
        cis="6.1~",
        iso="A.5.37, A.8.32",
        attack="M1018~",
        d3fend="D3-AMED~",
        itm="PV057",
        csg="17, 3",
    )

    match_target: bool = field(
        "whether the ticket must be about the same target",
        default=True,
        source="assumption",
    )
    max_age: Seconds = field(
        "age from which a ticket no longer counts",
        default=7 * DAY,
        ge=1,
        source="assumption",
    )
    other_creator: bool = field(
        "whether somebody else than the requester must have opened the ticket",
        default=True,
        source="assumption",
    )

    def answer(self, request: Request, view: View) -> Decision:
        """Deny without a fitting ticket."""
        if not view.harmful(request.action):
            return ALLOW
        return DENY if self._fault(request, view) else ALLOW

    def reason(self, request: Request, view: View) -> str:
        """Name the ticket, and what is wrong with it."""
        return (
            harmless(request, view)
            or self._fault(request, view)
            or f"ticket {request.ticket} asks for it: it is about {request.target}"
        )

    def _fault(self, request: Request, view: View) -> str:
        """Say what is wrong with the ticket cited; "" if nothing is."""
        ticket = view.ticket(request.ticket)
        if ticket is None:
            cited = f"ticket {request.ticket} does not exist"
            return cited if request.ticket else "no ticket is cited"
        if self.match_target and ticket.target != request.target:
            return f"ticket {ticket.id} is about {ticket.target}, not {request.target}"
        if self.other_creator and ticket.opened_by == request.staff:
            return f"ticket {ticket.id} was opened by {request.staff}, who also acts"
        age = request.at - ticket.opened_at
        if age >= self.max_age:
            said, limit = format_duration(age), format_duration(self.max_age)
            return f"ticket {ticket.id} is {said} old; it counts for {limit}"
        return ""
