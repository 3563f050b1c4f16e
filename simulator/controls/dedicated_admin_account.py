"""Dedicated admin account: privileged work needs an identity of its own."""

from functools import cached_property

from attrs import frozen

from simulator.clock import DAY, HOUR, MINUTE, Seconds, format_duration
from simulator.controls._reasons import (
    barred,
    below,
    harmless,
    opened,
    run_out,
    still_open,
)
from simulator.decisions import ALLOW, DENY, Challenge, Decision, Request
from simulator.scenario.fields import Share, field
from simulator.shelf import Guard, references, tier_field
from simulator.view import View


@frozen(kw_only=True)
class DedicatedAdminAccount(Guard):
    """Let nobody act on high tiers but by a separate identity with its own factor."""

    id = "dedicated-admin-account"
    title = "Dedicated admin account"
    definition = (
        "A harmful action on a high tier needs a sign-in with a separate admin "
        "identity, which only some people have."
    )
    stops = (
        "Everybody without such an identity, and whoever sits at a colleague's "
        "everyday session or uses a stolen login, a key or a shared secret."
    )
    does_not_stop = (
        "The holder of an admin identity, whatever the intent, whoever sits there "
        "while the admin session is open or gets the holder to sign in, and targets "
        "below the tier."
    )
    cost = "A switch of identity for every spell of privileged work."
    sources = references(
        nist="AC-6(2), AC-6(5), AC-17(4)",
        cis="5.4, 12.8",
        iso="A.8.2, A.8.18",
        attack="M1026",
        d3fend="D3-UAP",
        itm="PV002, PV048",
        csg="11",
    )

    from_tier: str | None = tier_field(
        "the lowest tier that needs it; the top tier if not given"
    )
    holder_roles: tuple[str, ...] = field(
        "the roles whose people may have one; every role if none is given",
        default=(),
        ref="roles",
        source="assumption",
    )
    issued: Share = field(
        "share of those people to whom one was issued",
        default=1.0,
        ge=0,
        le=1,
        source="it works as meant",
    )
    seconds: Seconds = field(
        "time it takes to switch to it",
        default=MINUTE,
        ge=0,
        le=DAY,
        source="assumption",
    )
    lasts: Seconds = field(
        "how long an admin session lasts",
        default=HOUR,
        ge=1,
        le=30 * DAY,
        source="assumption",
    )

    def answer(self, request: Request, view: View) -> Decision:
        """Ask for the admin sign-in, or deny where there is no such identity."""
        if not view.reaches(request.tier, self.from_tier):
            return ALLOW
        if not view.harmful(request.action):
            return ALLOW
        if self._lacks_one(request, view):
            return DENY
        last = opened(request, view, "admin-sign-in", self.lasts)
        open_now = last is not None and last.covers(request.at)
        return ALLOW if open_now else self._sign_in

    @cached_property
    def _sign_in(self) -> Decision:
        prompt = Challenge("admin-sign-in", self.seconds, own_factor=True)
        return Decision(challenges=(prompt,))

    def reason(self, request: Request, view: View) -> str:
        """Name the admin session, or what is missing for one."""
        why = harmless(request, view) or below(request, view, self.from_tier)
        if why := why or self._lacks_one(request, view):
            return why
        last = opened(request, view, "admin-sign-in", self.lasts)
        takes = format_duration(self.seconds)
        return (
            still_open(request, view, "admin session", last)
            or f"{run_out(request, view, 'admin session', last)}: a sign-in with the "
            f"own admin identity is asked for, which takes {takes}"
        )

    def _lacks_one(self, request: Request, view: View) -> str:
        """Say why the person has no admin identity; "" if there is one."""
        if why := barred(request, view, self.holder_roles, "has admin identities"):
            return why
        if view.among(self.issued, f"{self.id} issued", request.staff):
            return ""
        return f"no admin identity was issued to {request.staff}"
