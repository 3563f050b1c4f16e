"""Peer report: a colleague on shift notices something odd and tells."""

from attrs import frozen

from simulator.alerts._reasons import below, harmless, no_request, percent, soon
from simulator.clock import DAY, HOUR
from simulator.decisions import Alert
from simulator.scenario.fields import Share, field
from simulator.shelf import Detection, references, tier_field
from simulator.streams import Distribution, LogNormal
from simulator.trail import Requested, Watched
from simulator.view import View


@frozen(kw_only=True)
class PeerReport(Detection):
    """Be told by a colleague; the more of the team are on shift, the more surely.

    Each of them notices on their own, so the chance that nobody does is a power.
    """

    id = "peer-report"
    watches = "requested"
    title = "Report by a colleague"
    definition = (
        "A colleague of the same team, on shift at that moment, notices a harmful "
        "request on a high tier and reports it."
    )
    stops = "Misuse in company, where nothing technical stands out."
    does_not_stop = (
        "The act itself, acts while the team is away or on lower tiers, and colleagues "
        "who look the other way."
    )
    cost = "Reports about honest work that looked odd, and some trust in the team."
    sources = references(
        nist="IR-6, AT-2(2)", cis="14.6, 17.3", iso="A.6.8", itm="PV022", csg="4"
    )

    noticing: Share = field(
        "chance that one colleague on shift notices the request and reports it",
        default=0.01,
        ge=0,
        le=1,
        source="assumption",
    )
    delay: Distribution = field(
        "time until the colleague reports it",
        default=LogNormal(HOUR, DAY),
        source="assumption",
    )
    from_tier: str | None = tier_field(
        "the lowest tier that colleagues find odd; the top tier if not given"
    )

    def look(self, record: Watched, view: View) -> Alert | None:
        """Fire, perhaps, on a harmful request while colleagues are on shift."""
        if not isinstance(record, Requested):
            return None
        if not view.reaches(record.tier, self.from_tier):
            return None
        if not view.harmful(record.action):
            return None
        chance = self._chance(view.colleagues(record.staff, record.at))
        if not chance:
            return None
        return Alert(record.staff, record.target, self.delay, chance)

    def reason(self, record: Watched, view: View) -> str:
        """Name how many colleagues were there and the chance."""
        why = no_request(record) or harmless(record, view)
        if why or (why := below(record, view, self.from_tier)):
            return why
        colleagues = view.colleagues(record.staff, record.at)
        if not colleagues:
            return f"no colleague of {record.staff} is on shift to notice"
        return (
            f"colleagues on shift: {colleagues}, of whom one notices with a chance of "
            f"{percent(self._chance(colleagues))} and tells {soon(self.delay)}"
        )

    def _chance(self, colleagues: int) -> float:
        return 1 - (1 - self.noticing) ** colleagues
