"""Rate limit: so many harmful actions per person and window, and no more."""

from bisect import bisect_left
from typing import Literal

from attrs import frozen

from simulator.clock import HOUR, Seconds, format_duration
from simulator.controls._reasons import harmless
from simulator.decisions import ALLOW, DENY, Decision, Request
from simulator.scenario.fields import field
from simulator.shelf import Guard, references
from simulator.view import View


@frozen(kw_only=True)
class RateLimit(Guard):
    """Refuse or slow down harmful actions beyond a number in a sliding window."""

    id = "rate-limit"
    title = "Rate limit"
    definition = (
        "A person gets at most so many harmful actions through in a sliding window; "
        "the next one is refused, or waits until the window has room again."
    )
    stops = "Mass action one by one: the tenth server, the hundredth account."
    does_not_stop = (
        "The first few acts, so never a single important target; one request for many "
        "targets; somebody patient, and several people or logins together."
    )
    cost = "Refuses or delays honest work in a rush, when it is needed most."
    sources = references(
        nist="AC-2(11)",
        iso="A.8.2~, A.8.26~",
        attack="M1036~",
        d3fend="D3-AZET~",
        csg="11~",
    )

    limit: int = field(
        "harmful actions that a person gets through in the window",
        unit="actions",
        default=30,
        ge=1,
        source="assumption",
    )
    window: Seconds = field(
        "length of the sliding window", default=HOUR, ge=1, source="assumption"
    )
    beyond: Literal["deny", "throttle"] = field(
        "what happens to the next one: refused, or made to wait until there is room",
        default="deny",
        source="assumption",
    )

    def answer(self, request: Request, view: View) -> Decision:
        """Deny or delay what goes beyond the limit."""
        if not view.harmful(request.action):
            return ALLOW
        if not self._is_full(request, view):
            return ALLOW
        if self.beyond == "deny":
            return DENY
        return Decision(throttle_s=self._frees_in_s(request, view))

    def reason(self, request: Request, view: View) -> str:
        """Name the count that stands against the limit."""
        if why := harmless(request, view):
            return why
        asked = self._count(request, view, "requested")
        through = asked - self._count(request, view, "refused")
        said = (
            f"{through} of {self.limit} harmful actions allowed within "
            f"{format_duration(self.window)} went through"
        )
        if self.beyond == "deny" or not self._is_full(request, view):
            return said
        wait = format_duration(self._frees_in_s(request, view))
        return f"{said}; there is room again in {wait}"

    def _is_full(self, request: Request, view: View, wait_s: int = 0) -> bool:
        asked = self._count(request, view, "requested", wait_s)
        # The second question costs time and can only make room.
        if asked < self.limit:
            return False
        return asked - self._count(request, view, "refused", wait_s) >= self.limit

    def _count(
        self,
        request: Request,
        view: View,
        of: Literal["requested", "refused"],
        wait_s: int = 0,
    ) -> int:
        """Count what there is by now of the window that ends after a wait."""
        until = request.at + 1
        since = until + wait_s - self.window
        return view.count(request.staff, since=since, until=until, of=of)

    def _frees_in_s(self, request: Request, view: View) -> int:
        """Return the shortest wait after which the window has room."""
        waits = range(1, self.window + 1)
        return waits[
            bisect_left(
                waits, True, key=lambda wait_s: not self._is_full(request, view, wait_s)
            )
        ]
