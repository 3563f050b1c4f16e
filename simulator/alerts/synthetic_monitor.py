"""Synthetic monitor: a probe that reads important targets and misses one."""

from attrs import frozen

from simulator.alerts._reasons import no_effect, stays_up, unwatched
from simulator.clock import MINUTE, Seconds, format_duration
from simulator.decisions import Alert
from simulator.scenario.fields import field
from simulator.shelf import Detection, references
from simulator.streams import Constant
from simulator.trail import Executed, Watched
from simulator.view import View


@frozen(kw_only=True)
class SyntheticMonitor(Detection):
    """Raise an urgent alarm when probes of a watched target fail in a row.

    Probes run at whole intervals from the scenario's start, one at the very second of
    the effect included.
    """

    id = "synthetic-monitor"
    title = "Synthetic monitor"
    definition = (
        "A probe reads every watched target at a fixed interval and raises an urgent "
        "alarm after some failures in a row."
    )
    stops = "Outages of watched targets that would be told by the public first."
    does_not_stop = (
        "The act itself, outages of targets that are not on the list, changes that "
        "leave the target in place, and outages shorter than the probes take."
    )
    cost = "Probes to run, and a list of targets to keep."
    sources = references(nist="CA-7, SI-4(2)", iso="A.8.16", attack="T1531")

    interval: Seconds = field(
        "time between two probes", default=MINUTE, ge=1, source="assumption"
    )
    failures: int = field(
        "probes that must fail in a row",
        unit="probes",
        default=2,
        ge=1,
        source="assumption",
    )

    def look(self, record: Watched, view: View) -> Alert | None:
        """Fire at the probe that fails last, if the target is still out then."""
        if not isinstance(record, Executed) or not view.is_watched(record.target):
            return None
        if not view.takes_down(record.action):
            return None
        return Alert(
            target=record.target,
            delay=Constant(self._delay_s(record.at)),
            while_out=True,
            once_per_target=True,
            urgent=True,
        )

    def reason(self, record: Watched, view: View) -> str:
        """Name the list, or the time of the probe that raises the alarm."""
        after = self._delay_s(record.at)
        return (
            no_effect(record)
            or stays_up(record, view)
            or unwatched(record, view)
            or f"failed probe {self.failures} of {record.target} is due at "
            f"{view.wall(record.at + after)}, {format_duration(after)} after the effect"
        )

    def _delay_s(self, at: int) -> int:
        return -at % self.interval + (self.failures - 1) * self.interval
