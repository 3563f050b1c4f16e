"""Dormant and orphan scan: a job lists accounts that nobody uses or nobody owns."""

from attrs import frozen

from simulator.clock import DAY, WEEK, Seconds
from simulator.decisions import Alert
from simulator.reasons import apart
from simulator.scenario.fields import Share, field
from simulator.shelf import Detection, references
from simulator.streams import Constant
from simulator.trail import LeftBehind, Watched
from simulator.view import View


@frozen(kw_only=True)
class DormantOrphanScan(Detection):
    """Find accounts of leavers that still work, at one of the scans that follow.

    Scans take place at whole intervals from the scenario's start and list what is
    older than themselves. A leaver's own account is taken to lie unused from the last
    sign-in before the separation, whatever is done with it later; it is on the list
    once that is long enough ago. An account without an owner on record is on it at
    once.
    """

    id = "dormant-orphan-scan"
    title = "Scan for dormant and orphan accounts"
    definition = (
        "At a fixed interval a job lists the accounts that have no owner, or were not "
        "used for some time, and somebody follows the list up."
    )
    stops = "Access that was forgotten when its owner left, if it is not used at once."
    does_not_stop = (
        "Any act before the scan, and access that is no account: keys, shared secrets "
        "and sessions kept open on a device."
    )
    cost = "Work on every hit."
    sources = references(
        nist="AC-2(3), AC-2",
        cis="5.3, 5.1, 5.5",
        iso="A.5.16, A.5.18",
        attack="T1078, DET0560, M1018",
        d3fend="D3-AM, D3-DAM",
        itm="PV023",
    )

    interval: Seconds = field(
        "time between two scans",
        default=WEEK,
        ge=1,
        le=3650 * DAY,
        source="assumption",
    )
    dormant: Seconds = field(
        "time without a sign-in after which an account is listed",
        default=45 * DAY,
        ge=0,
        le=3650 * DAY,
        source="CIS Controls v8.1, 5.3: disable after 45 days of inactivity",
    )
    diligence: Share = field(
        "chance that an account on the list is followed up, at each scan",
        default=1.0,
        ge=0,
        le=1,
        source="it works as meant",
    )

    def search(self, left: LeftBehind, view: View) -> Alert | None:
        """Fire at the first scan that lists the account, or at a later one."""
        if left.what not in ("account", "shadow-account") or not self.diligence:
            return None
        found_at = self._scan_from(max(left.at + 1, self._listed_from(left, view)))
        return Alert(
            left.staff,
            delay=Constant(found_at - left.at),
            chance=self.diligence,
            again_every_s=self.interval,
            while_access=True,
        )

    def reason(self, record: Watched, view: View) -> str:
        """Say that it looks at accounts, and when it does so next."""
        scan = self._scan_from(record.at + 1)
        return (
            "looks at accounts, not at actions; the next scan is at "
            f"{view.wall(scan)}, {apart(scan, record)}"
        )

    def _listed_from(self, left: LeftBehind, view: View) -> int:
        if left.what == "shadow-account":
            return left.at
        signed_in = view.signed_in_at(left.staff, left.at)
        return (left.at if signed_in is None else signed_in) + self.dormant

    def _scan_from(self, moment: int) -> int:
        """Return the first whole interval that is not before a moment."""
        return moment + -moment % self.interval
