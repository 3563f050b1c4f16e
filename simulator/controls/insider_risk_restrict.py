"""Insider-risk restriction: signs of risk narrow what a person may do."""

from attrs import frozen

from simulator.clock import DAY, HOUR, Seconds, format_duration
from simulator.controls._reasons import below, harmless
from simulator.decisions import ALLOW, DENY, Decision, Request
from simulator.scenario.fields import Share, field
from simulator.shelf import Guard, references, tier_field
from simulator.view import View


@frozen(kw_only=True)
class InsiderRiskRestrict(Guard):
    """Refuse harmful actions on high tiers to people whose risk score is high.

    Each alarm that names the person counts one point, confirmed or not, from some time
    after it was raised until it is as old as the window.
    """

    id = "insider-risk-restrict"
    title = "Restriction by insider risk"
    definition = (
        "A person whose alarms and known departure add up to a raised risk score may "
        "do nothing harmful to targets of high tiers."
    )
    stops = (
        "People who gave cause for alarm before and go on hours or days later, and "
        "leavers, where a known departure alone weighs enough."
    )
    does_not_stop = (
        "A first act, or a person about whom no alarm was raised, where a departure "
        "alone weighs too little; an act that follows its alarms too quickly; and one "
        "who uses a colleague's access or a shared secret."
    )
    cost = "Restricts people over false alarms, and people flagged without cause."
    sources = references(
        nist="AC-2(13), IR-4(6), PM-12",
        iso="A.6.4~, A.8.16",
        attack="M1018",
        d3fend="D3-UAP",
        itm="PV054, PV058~",
        csg="4, 5",
    )

    from_tier: str | None = tier_field(
        "the lowest tier restricted; the top tier if not given"
    )
    threshold: int = field(
        "score from which a person is restricted",
        unit="points",
        default=2,
        ge=1,
        source="assumption",
    )
    window: Seconds = field(
        "how long an alarm about the person counts",
        default=30 * DAY,
        ge=1,
        source="assumption",
    )
    time_to_act: Seconds = field(
        "time from an alarm until it counts; one that is as long as the window lets "
        "none count",
        default=HOUR,
        ge=0,
        source="assumption",
    )
    departure_points: int = field(
        "points for a departure that the registry shows",
        unit="points",
        default=1,
        ge=0,
        source="assumption",
    )
    flagged_wrongly: Share = field(
        "share of the staff who are restricted without cause",
        default=0.0,
        ge=0,
        le=1,
        source="it works as meant",
    )

    def answer(self, request: Request, view: View) -> Decision:
        """Deny from the threshold on."""
        if not view.reaches(request.tier, self.from_tier):
            return ALLOW
        if not view.harmful(request.action):
            return ALLOW
        if self._is_flagged(request, view):
            return DENY
        score = self._alarms(request, view) + self._for_departure(request, view)
        return DENY if score >= self.threshold else ALLOW

    def reason(self, request: Request, view: View) -> str:
        """Name the score and what it is made of."""
        if why := harmless(request, view) or below(request, view, self.from_tier):
            return why
        if self._is_flagged(request, view):
            return f"{request.staff} is flagged without cause, whatever the score"
        alarms = self._alarms(request, view)
        departure = self._for_departure(request, view)
        score = (
            f"{request.staff} scores {alarms + departure} of {self.threshold} points"
        )
        aged = f"{format_duration(self.time_to_act)} to {format_duration(self.window)}"
        return f"{score}: {alarms} for alarms {aged} old, {departure} for a departure"

    def _is_flagged(self, request: Request, view: View) -> bool:
        return view.among(self.flagged_wrongly, f"{self.id} flags", request.staff)

    def _alarms(self, request: Request, view: View) -> int:
        """Count the alarms old enough to count and not yet too old."""
        until = request.at - self.time_to_act + 1
        since = min(request.at - self.window + 1, until)
        return view.alarms(request.staff, since=since, until=until)

    def _for_departure(self, request: Request, view: View) -> int:
        departure = view.departure(request.staff, request.at)
        return 0 if departure is None else self.departure_points
