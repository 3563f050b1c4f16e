"""Session revocation: open sessions end with the account."""

from attrs import frozen

from simulator.clock import MINUTE
from simulator.controls._reasons import account_end, unreached
from simulator.decisions import ExitOrder, Request
from simulator.reasons import apart
from simulator.scenario.fields import Share, field
from simulator.shelf import BaseControl, references
from simulator.streams import Distribution, Uniform
from simulator.view import View


@frozen(kw_only=True)
class SessionRevocation(BaseControl):
    """End open sessions soon after their account, not only when their token does."""

    id = "session-revocation"
    title = "Session revocation"
    definition = (
        "When an account is disabled its open sessions are told to end, instead of "
        "living on until their token does."
    )
    stops = "Use of a session that outlives its account: a machine left logged in."
    does_not_stop = (
        "Anything while the account is still enabled, a session until it is told, a "
        "colleague's session, shared secrets and keys, and systems that do not listen, "
        "or only when a token ends."
    )
    cost = "Systems must take part; somebody disabled too soon is thrown out at once."
    sources = references(
        nist="AC-12, SC-23(1), IA-5(13), AC-3(8)",
        cis="6.2~, 4.3~",
        iso="A.8.5, A.5.18",
        attack="M1018, M1036",
        d3fend="D3-ST, D3-ANCI",
        itm="PV024",
        csg="20, 13",
    )

    delay: Distribution = field(
        "time from the end of the account until its sessions end",
        default=Uniform(0, 15 * MINUTE),
        source="Microsoft Entra documentation, continuous access evaluation: near real "
        "time, up to 15 minutes",
    )
    failure: Share = field(
        "share of leavers whose sessions it misses",
        default=0.0,
        ge=0,
        le=1,
        source="assumption",
    )
    systems: tuple[str, ...] = field(
        "the systems that listen; all if none is given",
        default=(),
        ref="systems",
        source="assumption",
    )

    def exit_orders(self) -> tuple[ExitOrder, ...]:
        """End the sessions after the account."""
        order = ExitOrder(
            "account-ended",
            self.delay,
            "sessions",
            self.failure,
            systems=self.systems,
            luck=self.id,
        )
        return (order,)

    def explain(self, request: Request, view: View) -> str:
        """Name the end of the account and of the session."""
        if why := unreached(request, self.systems):
            return why
        account = view.account_ends(request.staff)
        if account is None:
            return f"acts once an account has ended; that of {request.staff} never does"
        said = account_end(request, view)
        if account > request.at:
            return f"acts only once the account has ended; {said}"
        session = view.session_ends(request.staff, request.system, request.at)
        if session is None:
            return f"{said}; no session on {request.system} is open any more"
        return (
            f"{said}; the session on {request.system} ends at {view.wall(session)}, "
            f"{apart(session, request)}"
        )
