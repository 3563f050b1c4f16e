"""HR reconciliation: rosters are compared with live accounts on a schedule."""

from attrs import frozen

from simulator.clock import DAY, Seconds
from simulator.decisions import Alert
from simulator.reasons import apart
from simulator.scenario.fields import Share, field
from simulator.shelf import Detection, references
from simulator.streams import Constant
from simulator.trail import LeftBehind, Watched
from simulator.view import View

_EVER = 10**12
"""An instant by which every entry that will ever arrive has arrived."""


@frozen(kw_only=True)
class HrIdpReconciliation(Detection):
    """Find live accounts of people who have left, and accounts of nobody.

    Runs take place at whole intervals from the scenario's start. An account overlooked
    in one may be found in the next, as long as it works.
    """

    id = "hr-idp-reconciliation"
    title = "Reconciliation of rosters and accounts"
    definition = (
        "At a fixed interval live accounts are compared with the rosters of employees "
        "and contractors; one of a leaver, or of nobody, is a finding."
    )
    stops = "Accounts that outlive a departure, and accounts that nobody owns."
    does_not_stop = (
        "Anything done until the run, leavers whom the registry does not show, and "
        "access that is no account: keys, shared secrets and sessions kept open on a "
        "device."
    )
    cost = "A job to keep, and work on rows that do not match."
    sources = references(
        nist="AU-6(9), IA-4(4), PS-4(2)~",
        cis="5.1, 6.6~",
        iso="A.5.16, A.5.9~",
        attack="T1078, DET0560, M1018",
        d3fend="D3-AM",
        itm="DT104, PV023",
        csg="20, 12",
    )

    interval: Seconds = field(
        "time between two runs",
        default=DAY,
        ge=1,
        le=3650 * DAY,
        source="assumption",
    )
    grace: Seconds = field(
        "time after the separation in which a live account is no finding",
        default=0,
        ge=0,
        le=365 * DAY,
        source="assumption",
    )
    match_errors: Share = field(
        "share of leavers whose account is taken for somebody else's and never found",
        default=0.0,
        ge=0,
        le=1,
        source="it works as meant",
    )
    misses: Share = field(
        "chance that a run overlooks an account",
        default=0.0,
        ge=0,
        le=1,
        source="it works as meant",
    )
    unmatched: bool = field(
        "whether accounts that match no row of any roster are findings",
        default=True,
        source="it works as meant",
    )

    def search(self, left: LeftBehind, view: View) -> Alert | None:
        """Fire at the first run that can see the account, or at a later one."""
        run = self._found(left, view)
        if run is None or self.misses >= 1:
            return None
        return Alert(
            left.staff,
            delay=Constant(run - left.at),
            chance=1 - self.misses,
            again_every_s=self.interval,
            while_access=True,
        )

    def reason(self, record: Watched, view: View) -> str:
        """Name the first run that shows the person's account as left behind."""
        said = "looks for accounts left behind, not at actions"
        departure = view.departure(record.staff, record.at)
        if departure is None:
            return f"{said}, and the registry shows no departure of {record.staff}"
        if self._is_mismatched(record.staff, view):
            return f"{said}, and takes that of {record.staff} for somebody else's"
        run = self._run(departure.separation + self.grace, departure.known_from)
        return (
            f"{said}: the run at {view.wall(run)}, {apart(run, record)}, is the first "
            f"to show that of {record.staff}"
        )

    def _found(self, left: LeftBehind, view: View) -> int | None:
        """Return the first run that can see the account; None if none ever does."""
        if left.what == "shadow-account":
            return self._run(left.at) if self.unmatched else None
        if left.what != "account" or self._is_mismatched(left.staff, view):
            return None
        # An entry may still be on its way. To ask for it is not to see the future: the
        # world plays the delay, so nothing is told before the run that finds the entry.
        departure = view.departure(left.staff, _EVER)
        if departure is None:
            return None
        gone = max(left.at, departure.separation)
        return self._run(gone + self.grace, departure.known_from)

    def _is_mismatched(self, staff: str, view: View) -> bool:
        return view.among(self.match_errors, f"{self.id} mismatch", staff)

    def _run(self, *moments: int) -> int:
        """Return the first run that comes before none of the moments."""
        due = max(moments)
        return due + -due % self.interval
