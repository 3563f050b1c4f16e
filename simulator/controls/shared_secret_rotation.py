"""Shared-secret rotation: what a leaver knew no longer opens anything."""

from typing import Literal

from attrs import frozen

from simulator.clock import DAY, HOUR
from simulator.controls._reasons import unreached, usually
from simulator.decisions import ExitOrder, Request
from simulator.scenario.fields import Share, field
from simulator.shelf import BaseControl, references
from simulator.streams import Distribution, Triangular
from simulator.view import View


@frozen(kw_only=True)
class SharedSecretRotation(BaseControl):
    """Change the shared secrets of everybody who leaves."""

    id = "shared-secret-rotation"
    title = "Rotation of shared secrets"
    definition = (
        "When somebody who knows a shared secret leaves, the secret is changed for "
        "all who go on using it."
    )
    stops = "Leavers who come back through a login that was never theirs alone."
    does_not_stop = (
        "Use of a secret until it is changed, secrets that nobody has listed, keys "
        "and accounts of another kind, a leaver the registry does not know, and a "
        "colleague who uses the new secret for the leaver."
    )
    cost = (
        "Everybody who shares a secret must learn the new one, which takes no time "
        "here; set off by the entry, it shuts out leavers who are still at work."
    )
    sources = references(
        nist="AC-2, AC-2(9), IA-5",
        cis="5.2, 5.5",
        iso="A.5.17, A.8.2",
        attack="M1027, M1026",
        d3fend="D3-CRO",
        itm="PV048, PV024",
        csg="20",
    )

    on: Literal["separation", "registry-entry"] = field(
        "what sets it off: the separation, or already the registry's entry of it",
        default="separation",
        source="assumption",
    )
    delay: Distribution = field(
        "time from then until the secrets are changed",
        default=Triangular(HOUR, DAY, 7 * DAY),
        source="assumption",
    )
    coverage: Share = field(
        "share of the secrets a leaver knew, system by system, that it reaches",
        default=1.0,
        ge=0,
        le=1,
        source="it works as meant",
    )
    failure: Share = field(
        "share of leavers whose secrets stay as they are",
        default=0.0,
        ge=0,
        le=1,
        source="it works as meant",
    )
    systems: tuple[str, ...] = field(
        "the systems whose secrets it changes; all if none is given",
        default=(),
        ref="systems",
        source="assumption",
    )

    def exit_orders(self) -> tuple[ExitOrder, ...]:
        """End what the leaver knew of shared secrets."""
        order = ExitOrder(
            self.on,
            self.delay,
            "shared-secret",
            self.failure,
            systems=self.systems,
            coverage=self.coverage,
            luck=self.id,
        )
        return (order,)

    def explain(self, request: Request, view: View) -> str:
        """Name the login and when the secret behind it is changed."""
        if not view.is_shared(request.staff):
            own = f"{request.staff} is one person's own login"
            return f"changes only what several people share; {own}"
        after = "separation" if self.on == "separation" else "entry in the registry"
        share = self.coverage * (1 - self.failure)
        return unreached(request, self.systems) or (
            f"{request.staff} is nobody's own login: a shared secret is changed "
            f"{usually(self.delay)} after the {after} of somebody who knew it, "
            f"in {share:.0%} of cases"
        )
