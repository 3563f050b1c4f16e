"""Peer deviation: somebody does far more harm than others in the same role."""

from bisect import bisect_left
from math import floor, sqrt

from attrs import frozen

from simulator.alerts._fields import ingest_field
from simulator.alerts._reasons import harmless, no_effect
from simulator.clock import DAY, Seconds, format_duration
from simulator.decisions import Alert
from simulator.scenario.fields import field
from simulator.shelf import Detection, references
from simulator.streams import Distribution
from simulator.trail import Executed, Watched
from simulator.view import View


@frozen(kw_only=True)
class PeerDeviation(Detection):
    """Raise an alarm when a person's harmful effects leave those of peers far behind.

    The limit moves with the work of the peers. It fires on the effect that crosses it,
    and again only after an effect that did not reach it, so that one flood is one
    alarm. Somebody without peers is held to the smallest number alone.
    """

    id = "peer-deviation"
    title = "Alert on deviation from peers"
    definition = (
        "The count of a person's harmful effects in a sliding window exceeds a "
        "multiple of the mean of others in the same role, and their usual spread."
    )
    stops = "Mass action that goes on after it stands out, on busy days and on quiet."
    does_not_stop = (
        "A few acts, so never a single important target or one request on many; nor "
        "somebody patient, or a role whose members misuse it together."
    )
    cost = "False alarms on the one person of a role who does the rare work."
    sources = references(
        nist="AC-2(12), IR-4(13)",
        cis="13.11",
        iso="A.8.16",
        attack="T1078, DET0560",
        d3fend="D3-JFAPA, D3-RAPA",
        itm="DT102",
        csg="14",
    )

    window: Seconds = field(
        "length of the sliding window",
        default=DAY,
        ge=1,
        le=365 * DAY,
        source="assumption",
    )
    at_least: int = field(
        "harmful effects in the window, the last one included, that it takes to fire",
        unit="actions",
        default=10,
        ge=1,
        source="assumption",
    )
    factor: float = field(
        "multiple of the peers' mean that is still usual",
        unit="times",
        default=3.0,
        ge=1,
        le=1000,
        source="assumption",
    )
    z: float = field(
        "how many times the square root of the mean, which is the spread of a Poisson "
        "count, is usual on top of it",
        unit="times",
        default=3.0,
        ge=0,
        le=1000,
        source="assumption",
    )
    ingest: Distribution = ingest_field()

    def look(self, record: Watched, view: View) -> Alert | None:
        """Fire on the effect that crosses the limit."""
        if not isinstance(record, Executed) or not view.harmful(record.action):
            return None
        number = 1 + self._so_far(record.staff, record.at, view)
        if number < self.at_least:
            return None
        if number < self._fires_from(record.staff, record.at, view):
            return None
        if self._was_above(record, view):
            return None
        return Alert(record.staff, record.target, self.ingest)

    def reason(self, record: Watched, view: View) -> str:
        """Name the count, the mean and the number that follows from it."""
        if why := no_effect(record) or harmless(record, view):
            return why
        number = 1 + self._so_far(record.staff, record.at, view)
        fires_from = self._fires_from(record.staff, record.at, view)
        mean = round(self._mean(record.staff, record.at, view), 1)
        said = (
            f"number {number} within {format_duration(self.window)}, where peers have "
            f"{mean:g} on average; fires from number {fires_from} on"
        )
        if number < fires_from or not self._was_above(record, view):
            return said
        return f"{said}, but once, and the effect before had reached it"

    def _fires_from(self, staff: str, at: int, view: View) -> int:
        mean = self._mean(staff, at, view)
        usual = self.factor * mean + self.z * sqrt(mean)
        return max(self.at_least, floor(usual) + 1)

    def _was_above(self, record: Watched, view: View) -> bool:
        """Whether the effect before, if the window holds one, had reached the limit.

        The view counts but names no times, so when it was is found by halving: in the
        first second that no other follows.
        """
        staff, until = record.staff, record.at + 1
        if not self._so_far(staff, record.at, view):
            return False
        window = range(until - self.window, until)
        before = window[
            bisect_left(
                window,
                0,
                key=lambda second: (
                    -view.count(staff, since=second + 1, until=until, of="executed")
                ),
            )
        ]
        reached = self._so_far(staff, before, view)
        return reached >= self._fires_from(staff, before, view)

    def _so_far(self, staff: str, at: int, view: View) -> int:
        since = at + 1 - self.window
        return view.count(staff, since=since, until=at + 1, of="executed")

    def _mean(self, staff: str, at: int, view: View) -> float:
        since = at + 1 - self.window
        return view.peer_mean(staff, since=since, until=at + 1, of="executed")
