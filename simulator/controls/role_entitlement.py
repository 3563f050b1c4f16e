"""Role entitlement: a ceiling on what people of some employments may touch."""

from attrs import frozen

from simulator.controls._reasons import harmless
from simulator.decisions import ALLOW, DENY, Decision, Request
from simulator.scenario.fields import field
from simulator.scenario.organisation import Employment
from simulator.shelf import Guard, references
from simulator.view import View


@frozen(kw_only=True)
class RoleEntitlement(Guard):
    """Refuse what lies above the ceiling of the requester's employment."""

    id = "role-entitlement"
    title = "Role entitlement"
    definition = (
        "A harmful action is permitted only on targets up to a highest tier that "
        "depends on how the requester is employed."
    )
    stops = (
        "Contractors and vendors who act on the most important targets, whether they "
        "mean to or slip."
    )
    does_not_stop = (
        "Anybody employed under other terms, anything up to the ceiling, and a "
        "contractor who uses a shared secret that counts as an employee's login."
    )
    cost = "Refuses honest work above the ceiling to those who are under it."
    sources = references(
        nist="AC-3, AC-3(7), AC-6, AC-6(1)",
        cis="6.8, 3.3",
        iso="A.5.15, A.8.2, A.8.3",
        attack="M1018, M1026",
        d3fend="D3-UAP, D3-AMED",
        itm="PV002",
        csg="15",
    )

    employments: tuple[Employment, ...] = field(
        "whom the ceiling is for",
        default=("contractor", "vendor"),
        source="assumption",
    )
    up_to: str | None = field(
        "the highest tier they may touch; every tier but the top one if not given",
        default=None,
        ref="tiers",
        source="assumption",
    )

    def answer(self, request: Request, view: View) -> Decision:
        """Deny above the ceiling."""
        if not self._is_above(request.tier, view):
            return ALLOW
        if view.employment(request.staff) not in self.employments:
            return ALLOW
        return DENY if view.harmful(request.action) else ALLOW

    def reason(self, request: Request, view: View) -> str:
        """Name the ceiling and who is under it."""
        if why := harmless(request, view):
            return why
        employment = view.employment(request.staff)
        if employment not in self.employments:
            covered = " or ".join(self.employments)
            return (
                f"limits only those employed as {covered}; "
                f"{request.staff} is employed as {employment}"
            )
        ceiling = f"up to tier {self.up_to}" if self.up_to else "below the top tier"
        return (
            f"those employed as {employment} may touch targets {ceiling}; "
            f"this one is {request.tier}"
        )

    def _is_above(self, tier: str, view: View) -> bool:
        if self.up_to is None:
            return tier == view.top_tier
        return view.rank(tier) > view.rank(self.up_to)
