"""Owner report: whoever owns a watched target finds it gone and calls."""

from typing import ClassVar, Literal

from attrs import frozen

from simulator.alerts._fields import urgent_from_field
from simulator.alerts._reasons import no_effect, soon, stays_up, unwatched
from simulator.clock import HOUR, MINUTE
from simulator.decisions import Alert
from simulator.scenario.fields import field
from simulator.shelf import BaseAlert, references
from simulator.streams import Distribution, LogNormal
from simulator.trail import Executed, Watched
from simulator.view import View


@frozen(kw_only=True)
class OwnerReport(BaseAlert):
    """Be told by the owner of a watched target, who has somebody to call."""

    origin: ClassVar[Literal["inside", "outside"]] = "outside"

    id = "owner-report"
    title = "Report by the owner"
    definition = (
        "The owner of a watched target finds it out of service and tells the "
        "organisation."
    )
    stops = "Outages of important targets that nobody inside notices."
    does_not_stop = (
        "The act itself, changes that leave the target in place, and outages that end "
        "before the owner looks."
    )
    cost = "A contact for every watched target, to be kept up to date."
    sources = references(nist="IR-6, IR-5", cis="17.2, 17.3", iso="A.6.8, A.5.25")

    delay: Distribution = field(
        "time until the owner has noticed and told",
        default=LogNormal(30 * MINUTE, 4 * HOUR),
        source="assumption",
    )
    urgent_from: int = urgent_from_field()

    def watch(self, record: Watched, view: View) -> Alert | None:
        """Tell while the target is out."""
        if not isinstance(record, Executed) or not view.is_watched(record.target):
            return None
        if not view.takes_down(record.action):
            return None
        return Alert(
            target=record.target,
            delay=self.delay,
            while_out=True,
            once_per_target=True,
            urgent=view.audience(record.target) >= self.urgent_from,
        )

    def explain(self, record: Watched, view: View) -> str:
        """Name the list and how soon the owner tells."""
        return (
            no_effect(record)
            or stays_up(record, view)
            or unwatched(record, view)
            or f"the owner of {record.target} tells {soon(self.delay)}"
        )
