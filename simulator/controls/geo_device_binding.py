"""Geo and device binding: harm is done from known devices in expected places only."""

from typing import Literal

from attrs import frozen

from simulator.clock import Seconds
from simulator.controls._prompts import OWN_FACTOR
from simulator.controls._reasons import below, harmless
from simulator.decisions import ALLOW, DENY, Challenge, Decision, Request
from simulator.scenario.fields import Share, field
from simulator.shelf import Guard, references, tier_field
from simulator.view import View


@frozen(kw_only=True)
class GeoDeviceBinding(Guard):
    """Refuse harmful actions of sessions that come from nowhere known."""

    id = "geo-device-binding"
    title = "Binding to device and place"
    definition = (
        "A harmful action on a high tier needs a session on a managed device and from "
        "an expected place; without, it is refused or the own factor is asked for."
    )
    stops = (
        "Stolen logins and shared secrets that somebody uses at home or from afar, "
        "leavers without their work device included."
    )
    does_not_stop = (
        "Anybody at a desk of the organisation, a work device that was never handed "
        "back, where the place fits or is not asked for, whoever shows or relays the "
        "own factor, where that will do, and everything below the tier."
    )
    cost = "Refuses honest work on the road, on a spare device or behind a wrong rule."
    sources = references(
        nist="AC-2(11), IA-3, AC-17(3)",
        cis="13.5, 6.4",
        iso="A.8.1, A.6.7, A.8.5",
        attack="M1036",
        d3fend="D3-TB~, D3-WSAM",
        itm="PV056",
        csg="13",
    )

    from_tier: str | None = tier_field(
        "the lowest tier that needs it; the top tier if not given"
    )
    needs_device: bool = field(
        "whether the device must be a managed one", default=True, source="assumption"
    )
    needs_place: bool = field(
        "whether the place must be the usual one", default=True, source="assumption"
    )
    fallback: Literal["deny", "step-up"] = field(
        "what happens otherwise: refused, or the own factor is asked for",
        default="deny",
        source="assumption",
    )
    seconds: Seconds = field(
        "time the prompt for the own factor takes",
        default=20,
        ge=0,
        source="assumption",
    )
    false_block: Share = field(
        "share of requests from a known session that it takes for unknown",
        default=0.0,
        ge=0,
        le=1,
        source="it works as meant",
    )

    def answer(self, request: Request, view: View) -> Decision:
        """Refuse or challenge a session that is not known."""
        if not view.reaches(request.tier, self.from_tier):
            return ALLOW
        if self._fits(request) and not self._mistakes(request, view):
            return ALLOW
        if not view.harmful(request.action):
            return ALLOW
        if self.fallback == "deny":
            return DENY
        prompt = Challenge(OWN_FACTOR, self.seconds, own_factor=True)
        return Decision(challenges=(prompt,))

    def reason(self, request: Request, view: View) -> str:
        """Name the device and the place."""
        if why := harmless(request, view) or below(request, view, self.from_tier):
            return why
        said = f"the device is {request.device} and the place {request.place}"
        if self._fits(request):
            if not self._mistakes(request, view):
                return f"{said}, which is good enough"
            said = f"{said}, but the session is taken for unknown"
        does = "refused" if self.fallback == "deny" else "the own factor is asked for"
        return f"{said}: {does}"

    def _fits(self, request: Request) -> bool:
        """Say whether the session tells of itself what is needed."""
        if self.needs_device and request.device != "managed":
            return False
        return not self.needs_place or request.place == "usual"

    def _mistakes(self, request: Request, view: View) -> bool:
        return view.among(self.false_block, f"{self.id} false blocks", request.id)
