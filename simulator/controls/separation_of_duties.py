"""Separation of duties: one person does not do both halves of a thing."""

from attrs import frozen

from simulator.clock import DAY, Seconds, format_duration
from simulator.controls._reasons import harmless
from simulator.decisions import ALLOW, DENY, Decision, Request
from simulator.scenario.fields import field
from simulator.shelf import Guard, references
from simulator.view import View


@frozen(kw_only=True)
class SeparationOfDuties(Guard):
    """Refuse what one person must not do alone.

    That is to do two of the actions kept apart, to take a role by an action of one's
    own, and to act harmfully on a ticket that one has opened.
    """

    id = "separation-of-duties"
    title = "Separation of duties"
    definition = (
        "Asking and acting, granting and using, and other actions kept apart cannot "
        "all be done by the same person."
    )
    stops = (
        "People who give themselves a role, act on a ticket of their own, or do both "
        "halves of a transaction."
    )
    does_not_stop = (
        "Two people or logins together, halves further apart than the window, a ticket "
        "of somebody else or none at all, actions that nobody listed as apart, and "
        "roles that are exempt."
    )
    cost = "Refuses honest work to those who have done the other half of it."
    sources = references(
        nist="AC-5",
        cis="6.8~",
        iso="A.5.3",
        attack="M1026~",
        d3fend="D3-APA",
        itm="PV027",
        csg="15",
    )

    apart: tuple[str, ...] = field(
        "the actions of which one person may do only one",
        default=(),
        ref="actions",
        source="assumption",
    )
    window: Seconds = field(
        "how long doing one of them rules out the others",
        default=90 * DAY,
        ge=1,
        source="assumption",
    )
    own_grants: bool = field(
        "whether an action that gives a role to whoever does it is refused",
        default=True,
        source="it works as meant",
    )
    own_tickets: bool = field(
        "whether a harmful action on a ticket that the person opened is refused",
        default=True,
        source="it works as meant",
    )
    exempt_roles: tuple[str, ...] = field(
        "the roles that may do all of it",
        default=(),
        ref="roles",
        source="assumption",
    )

    def answer(self, request: Request, view: View) -> Decision:
        """Deny what the person must not do alone."""
        if not self._conflict(request, view):
            return ALLOW
        return ALLOW if view.role(request.staff) in self.exempt_roles else DENY

    def reason(self, request: Request, view: View) -> str:
        """Name the two duties that come together, or that none do."""
        conflict = self._conflict(request, view)
        role = view.role(request.staff)
        if conflict and role in self.exempt_roles:
            return f"role {role} is exempt, although {conflict}"
        return conflict or self._clear(request, view)

    def _conflict(self, request: Request, view: View) -> str:
        """Say which duties come together; "" if none do."""
        if self.own_grants and (role := view.grants(request.action)):
            return f"{request.staff} would take role {role} by an own act"
        if request.action in self.apart and (done := self._done(request, view)):
            within = format_duration(self.window)
            return f"{request.staff} has done {done} within {within} before the act"
        return self._own_ticket(request, view) if self.own_tickets else ""

    def _done(self, request: Request, view: View) -> str:
        """Name an action done that rules this one out; "" if there is none."""
        since = request.at - self.window
        for other in self.apart:
            if other != request.action and view.count(
                request.staff,
                since=since,
                until=request.at + 1,
                of="executed",
                action=other,
            ):
                return other
        return ""

    def _own_ticket(self, request: Request, view: View) -> str:
        ticket = view.ticket(request.ticket)
        if ticket is None or ticket.opened_by != request.staff:
            return ""
        if not view.harmful(request.action):
            return ""
        return f"{request.staff} both opened ticket {ticket.id} and acts on it"

    def _clear(self, request: Request, view: View) -> str:
        """Say why nothing that is kept apart comes together."""
        others = [other for other in self.apart if other != request.action]
        if others and request.action in self.apart:
            within = format_duration(self.window)
            not_done = f"{' or '.join(others)} within {within} before the act"
            return f"{request.staff} has not done {not_done}"
        said = f"{request.action} is kept apart from no other action"
        if not self.own_tickets:
            return said
        ticket = view.ticket(request.ticket)
        if ticket is None:
            return f"{said}, and no known ticket is cited"
        opener = f"{ticket.opened_by} opened ticket {ticket.id}, not {request.staff}"
        return harmless(request, view) or opener
