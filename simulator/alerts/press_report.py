"""Press report: the outage is news, and the press asks."""

from typing import ClassVar, Literal

from attrs import frozen

from simulator.alerts._fields import urgent_from_field
from simulator.alerts._reasons import no_effect, soon, stays_up
from simulator.clock import HOUR, MINUTE
from simulator.decisions import Alert
from simulator.scenario.fields import field
from simulator.shelf import BaseAlert, references
from simulator.streams import Distribution, LogNormal
from simulator.trail import Executed, Watched
from simulator.view import View


@frozen(kw_only=True)
class PressReport(BaseAlert):
    """Be asked by the press about a target with a large audience.

    The question comes even where the target is back by then: it was news.
    """

    origin: ClassVar[Literal["inside", "outside"]] = "outside"

    id = "press-report"
    title = "Report by the press"
    definition = (
        "The press asks about a target that went out of service, where its audience "
        "is large enough to make it news."
    )
    stops = "Outages of famous targets that nobody inside notices."
    does_not_stop = (
        "The act itself, changes that leave the target in place, and outages of "
        "targets that are not news."
    )
    cost = "None of its own; but the public knows by then."
    sources = references(nist="IR-6, IR-5", cis="17.2, 17.3", iso="A.6.8, A.5.25")

    audience: int = field(
        "audience from which an outage is news",
        unit="people",
        default=1_000_000,
        ge=0,
        source="assumption",
    )
    delay: Distribution = field(
        "time until the press asks",
        default=LogNormal(20 * MINUTE, 2 * HOUR),
        source="assumption",
    )
    urgent_from: int = urgent_from_field()

    def watch(self, record: Watched, view: View) -> Alert | None:
        """Ask where the outage is news."""
        if not isinstance(record, Executed) or not view.takes_down(record.action):
            return None
        audience = view.audience(record.target)
        if audience < self.audience:
            return None
        return Alert(
            target=record.target,
            delay=self.delay,
            once_per_target=True,
            urgent=audience >= self.urgent_from,
        )

    def explain(self, record: Watched, view: View) -> str:
        """Name the audience and how soon the press asks."""
        if why := no_effect(record) or stays_up(record, view):
            return why
        audience = view.audience(record.target)
        said = f"{audience:,} people follow {record.target}"
        if audience < self.audience:
            return f"{said}; it is news from {self.audience:,} on"
        return f"{said}: the press asks {soon(self.delay)}"
