"""Protected lock: some targets cannot be changed from ordinary tools at all."""

from attrs import frozen

from simulator.clock import DAY, Seconds
from simulator.controls._reasons import below, harmless
from simulator.decisions import ALLOW, DENY, Decision, Request
from simulator.reasons import unlisted
from simulator.scenario.fields import Share, field
from simulator.shelf import Guard, references, tier_field
from simulator.view import View


@frozen(kw_only=True)
class ProtectedLock(Guard):
    """Refuse actions on protected targets, whatever else the role may do."""

    id = "protected-lock"
    title = "Lock on protected targets"
    definition = (
        "Targets from a tier upwards refuse actions from everybody except a few roles "
        "that may bypass the lock."
    )
    stops = (
        "Any harmful action on a protected target by an ordinary role: deliberate, "
        "mistaken or with somebody else's access."
    )
    does_not_stop = (
        "Roles that may bypass it, targets that the register ranks too low or that "
        "nobody has put on the list, and an action that nobody listed as covered."
    )
    cost = (
        "Refuses honest work on protected targets to all but the few who may bypass it."
    )
    sources = references(
        nist="AC-3(13), AC-16, AC-6(10)",
        cis="3.3",
        iso="A.8.3, A.5.12, A.5.13",
        attack="M1018",
        d3fend="D3-UAP, D3-AMED",
        itm="PV002",
        csg="15, 1",
    )

    from_tier: str | None = tier_field(
        "the lowest tier locked; the top tier if not given"
    )
    actions: tuple[str, ...] = field(
        "the actions refused; every harmful one if none is given",
        default=(),
        ref="actions",
        source="assumption",
    )
    bypass_roles: tuple[str, ...] = field(
        "the roles the lock opens for",
        default=(),
        ref="roles",
        source="assumption",
    )
    listed: Share = field(
        "share of the targets of those tiers that are on the list of locked ones",
        default=1.0,
        ge=0,
        le=1,
        source="it works as meant",
    )
    list_lag: Seconds = field(
        "time from a target's rise to its tier until it is on the list",
        default=0,
        ge=0,
        le=3650 * DAY,
        source="it works as meant",
    )

    def answer(self, request: Request, view: View) -> Decision:
        """Deny a covered action on a locked target, but to bypass roles."""
        if not view.reaches(request.tier, self.from_tier):
            return ALLOW
        if not self._covers(request.action, view) or self._unlisted(request, view):
            return ALLOW
        return ALLOW if view.role(request.staff) in self.bypass_roles else DENY

    def reason(self, request: Request, view: View) -> str:
        """Name the lock and who may bypass it."""
        if not self._covers(request.action, view):
            listed = f"covers only {', '.join(self.actions)}, not {request.action}"
            return listed if self.actions else harmless(request, view)
        why = below(request, view, self.from_tier) or self._unlisted(request, view)
        if why:
            return why
        role = view.role(request.staff)
        if role in self.bypass_roles:
            return f"{request.target} is locked, but role {role} may bypass the lock"
        return f"{request.target} is locked at tier {request.tier} for role {role}"

    def _covers(self, action: str, view: View) -> bool:
        return action in self.actions if self.actions else view.harmful(action)

    def _unlisted(self, request: Request, view: View) -> str:
        """Say why the target is not on the list of locked ones; "" if it is."""
        return unlisted(
            request.target,
            request.at,
            view,
            of=self.id,
            called="locked",
            listed=self.listed,
            lag_s=self.list_lag,
        )
