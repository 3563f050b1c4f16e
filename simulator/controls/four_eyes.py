"""Four eyes: distinct other people must consent before the action takes effect."""

from attrs import frozen

from simulator.clock import DAY, HOUR, Seconds
from simulator.controls._reasons import below, harmless
from simulator.decisions import ALLOW, Approval, Decision, Request
from simulator.scenario.fields import field
from simulator.shelf import Guard, references, tier_field
from simulator.view import View


@frozen(kw_only=True)
class FourEyes(Guard):
    """Ask for the consent of others on high tiers."""

    id = "four-eyes"
    title = "Four-eyes approval"
    definition = (
        "Distinct other people of a role must approve a harmful action on a high tier "
        "before it takes effect."
    )
    stops = (
        "One person acting alone, deliberately or by a slip, as long as the approver "
        "looks at what is asked and sees it."
    )
    does_not_stop = (
        "An approver who consents without a look or sees nothing wrong, two people who "
        "agree on it, and targets below the tier."
    )
    cost = "Approvers' time, and a wait for whoever needs them; worst when few are on."
    sources = references(
        nist="AC-3(2), CM-5(4)~",
        cis="6.8~",
        iso="A.5.3, A.8.2",
        attack="M1026~",
        d3fend="D3-APA~",
        itm="PV049~",
        csg="15",
    )

    from_tier: str | None = tier_field(
        "the lowest tier that needs approval; the top tier if not given"
    )
    approvers: int = field(
        "how many other people must consent",
        unit="people",
        default=1,
        ge=1,
        source="NIST SP 800-53 r5, AC-3(2): dual authorization",
    )
    role: str = field(
        "the role they must have; the requester's own role if empty",
        default="",
        ref="roles",
        source="assumption",
    )
    ttl: Seconds = field(
        "the request lapses when they have not consented after this time",
        default=HOUR,
        ge=1,
        le=30 * DAY,
        source="assumption",
    )

    def answer(self, request: Request, view: View) -> Decision:
        """Ask for approval on the tiers covered."""
        if not view.reaches(request.tier, self.from_tier):
            return ALLOW
        if not view.harmful(request.action):
            return ALLOW
        return Decision(approvals=(Approval(self.role, self.approvers, self.ttl),))

    def reason(self, request: Request, view: View) -> str:
        """Name who must consent."""
        if why := harmless(request, view) or below(request, view, self.from_tier):
            return why
        role = self.role or view.role(request.staff)
        if self.approvers == 1:
            return f"an approver of role {role} must consent first"
        return f"{self.approvers} approvers of role {role} must consent first"
