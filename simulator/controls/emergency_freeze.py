"""Emergency freeze: after a confirmed alarm, nobody does anything harmful."""

from bisect import bisect_left

from attrs import frozen

from simulator.clock import HOUR, MINUTE, Seconds, format_duration
from simulator.controls._reasons import below, uncovered
from simulator.decisions import ALLOW, DENY, Decision, Request
from simulator.reasons import apart
from simulator.scenario.fields import field
from simulator.shelf import Guard, references, tier_field
from simulator.view import View


@frozen(kw_only=True)
class EmergencyFreeze(Guard):
    """Refuse harmful actions of everybody for a time once alarms are confirmed.

    A freeze is ordered by each confirmation with which the alarms confirmed within the
    window, itself included, are as many as it takes. It holds from ``delay`` after the
    order, for ``lasts``; orders that overlap hold until the last of them ends.
    """

    id = "emergency-freeze"
    title = "Emergency freeze"
    definition = (
        "Once alarms have been confirmed, harmful actions are refused to everybody "
        "but a few roles, until the freeze ends by itself."
    )
    stops = "The rest of a misuse that goes on after an analyst has confirmed an alarm."
    does_not_stop = (
        "What was asked for before an alarm was confirmed and the freeze took hold, "
        "the act that raised it included; whoever waits until it ends; and roles that "
        "are exempt."
    )
    cost = (
        "All honest harmful work stands still, after false alarms taken for true too."
    )
    sources = references(
        nist="IR-4(5), IR-4(2)",
        cis="17.4",
        iso="A.5.26, A.5.29",
        attack="M1018~",
        d3fend="D3-AL",
        csg="2~",
    )

    alarms: int = field(
        "confirmed alarms that it takes",
        unit="alarms",
        default=1,
        ge=1,
        source="assumption",
    )
    window: Seconds = field(
        "time within which they must be confirmed",
        default=HOUR,
        ge=1,
        source="assumption",
    )
    delay: Seconds = field(
        "time until the freeze takes effect",
        default=5 * MINUTE,
        ge=0,
        source="assumption",
    )
    lasts: Seconds = field("how long it holds", default=HOUR, ge=1, source="assumption")
    from_tier: str | None = tier_field(
        "the lowest tier frozen; every tier if not given"
    )
    actions: tuple[str, ...] = field(
        "the actions frozen; every harmful one if none is given",
        default=(),
        ref="actions",
        source="assumption",
    )
    exempt_roles: tuple[str, ...] = field(
        "the roles that may go on",
        default=(),
        ref="roles",
        source="assumption",
    )

    def answer(self, request: Request, view: View) -> Decision:
        """Deny a covered action while a freeze holds, but to exempt roles."""
        if not view.reaches(request.tier, self.from_tier or request.tier):
            return ALLOW
        if uncovered(request, view, self.actions):
            return ALLOW
        if view.role(request.staff) in self.exempt_roles:
            return ALLOW
        return ALLOW if self._holding(request, view) is None else DENY

    def reason(self, request: Request, view: View) -> str:
        """Name the alarm that ordered the freeze, and how long it holds."""
        lowest = self.from_tier or request.tier
        why = uncovered(request, view, self.actions)
        if why := why or below(request, view, lowest):
            return why
        role = view.role(request.staff)
        if role in self.exempt_roles:
            return f"role {role} is exempt from a freeze"
        ordered = self._holding(request, view)
        if ordered is None:
            ordered = self._ordered(view, request.at - self.delay + 1, request.at)
        if ordered is None:
            return self._no_freeze(request, view)
        begins = ordered + self.delay
        number = self._confirmed(view, ordered - self.window + 1, ordered)
        return (
            f"the alarm confirmed at {view.wall(ordered)}, number {number} within "
            f"{format_duration(self.window)}, freezes {request.action} from "
            f"{view.wall(begins)}, {apart(begins, request)}, until "
            f"{view.wall(begins + self.lasts)}"
        )

    def _no_freeze(self, request: Request, view: View) -> str:
        looked_at = self.delay + self.lasts
        number = self._confirmed(view, request.at - looked_at + 1, request.at)
        return (
            f"no freeze holds: alarms confirmed in the {format_duration(looked_at)} "
            f"before the act: {number}; it takes {self.alarms} within "
            f"{format_duration(self.window)}"
        )

    def _holding(self, request: Request, view: View) -> int | None:
        """Return when the freeze that holds was ordered; None if none does."""
        latest = request.at - self.delay
        return self._ordered(view, latest - self.lasts + 1, latest)

    def _ordered(self, view: View, first: int, last: int) -> int | None:
        """Return when a freeze was last ordered from ``first`` to ``last``, if any."""
        # Most of the time there have been too few alarms, and one question tells.
        if self._confirmed(view, first - self.window + 1, last) < self.alarms:
            return None
        while self._confirmed(view, first, last):
            last = self._last_confirmed(view, first, last)
            if self._confirmed(view, last - self.window + 1, last) >= self.alarms:
                return last
            last -= 1
        return None

    def _last_confirmed(self, view: View, first: int, last: int) -> int:
        """Return when the last of the alarms confirmed from then to then was."""
        instants = range(first, last + 1)
        later = bisect_left(
            instants, True, key=lambda since: not self._confirmed(view, since, last)
        )
        return instants[later - 1]

    def _confirmed(self, view: View, first: int, last: int) -> int:
        """Count the alarms confirmed from one second to another, both included."""
        return view.alarms(None, since=first, until=last + 1, confirmed=True)
