"""User report: a visitor finds the target gone and tells."""

from functools import lru_cache
from typing import ClassVar, Literal

from attrs import frozen

from simulator.alerts._fields import urgent_from_field
from simulator.alerts._reasons import no_effect, soon, stays_up
from simulator.clock import HOUR, LONGEST
from simulator.decisions import Alert
from simulator.scenario.fields import Share, field
from simulator.shelf import BaseAlert, references
from simulator.streams import Exponential
from simulator.trail import Executed, Watched
from simulator.view import View


@frozen(kw_only=True)
class UserReport(BaseAlert):
    """Be told by a visitor, at a rate proportional to the audience."""

    origin: ClassVar[Literal["inside", "outside"]] = "outside"

    id = "user-report"
    title = "Report by a user"
    definition = (
        "A visitor who finds a target out of service tells the organisation; the more "
        "followers, the sooner."
    )
    stops = "Outages of popular targets that nobody inside notices."
    does_not_stop = (
        "The act itself, changes that leave the target in place, and outages of "
        "targets that few people visit."
    )
    cost = "None of its own; reports come in whether they are wanted or not."
    sources = references(nist="IR-6, IR-5", cis="17.2, 17.3", iso="A.6.8, A.5.25")

    visits: float = field(
        "visits to the target by each follower",
        unit="per follower per hour",
        default=0.002,
        ge=0,
        le=3600,
        source="assumption",
    )
    tells: Share = field(
        "chance that a visitor who finds it gone tells",
        default=0.001,
        ge=0,
        le=1,
        source="assumption",
    )
    urgent_from: int = urgent_from_field()

    def watch(self, record: Watched, view: View) -> Alert | None:
        """Tell while the target is out, after an exponential time."""
        if not isinstance(record, Executed) or not view.takes_down(record.action):
            return None
        audience = view.audience(record.target)
        if not self._per_h(audience):
            return None
        return Alert(
            target=record.target,
            delay=self._delay(audience),
            while_out=True,
            once_per_target=True,
            urgent=audience >= self.urgent_from,
        )

    def explain(self, record: Watched, view: View) -> str:
        """Name the audience and how soon one of it tells."""
        if why := no_effect(record) or stays_up(record, view):
            return why
        audience = view.audience(record.target)
        said = f"{audience:,} people follow {record.target}"
        if not self._per_h(audience):
            return f"{said}, and none of them is there to tell"
        return f"{said}: the first tells {soon(self._delay(audience))}"

    def _per_h(self, audience: int) -> float:
        return audience * self.visits * self.tells

    def _delay(self, audience: int) -> Exponential:
        return _first_of(self._per_h(audience))


@lru_cache(maxsize=64)
def _first_of(per_h: float) -> Exponential:
    """Return the time to the first of reports that come at a rate."""
    return Exponential(max(1, round(min(HOUR / per_h, LONGEST))))
