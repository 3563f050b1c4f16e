"""Shared account use: a login acts, and nobody can say who it was."""

from attrs import frozen

from simulator.alerts._fields import ingest_field
from simulator.alerts._reasons import no_request, soon
from simulator.decisions import Alert
from simulator.scenario.fields import Share, field
from simulator.shelf import Detection, references
from simulator.streams import Distribution
from simulator.trail import Requested, Watched
from simulator.view import View


@frozen(kw_only=True)
class SharedAccountUse(Detection):
    """Raise an alarm on every request of a login that is tied to no one person.

    What is asked for does not matter: reading with it is as untraceable as harm.
    """

    id = "shared-account-use"
    watches = "requested"
    title = "Alert on use of shared accounts"
    definition = (
        "A request is made with a login that several people share or nobody owns, and "
        "no check-out log ties the use to one person."
    )
    stops = "Misuse that hides behind a login of many, or of nobody."
    does_not_stop = (
        "The act itself, misuse of a personal login, and a use that was checked out."
    )
    cost = "An alarm for every honest use of such a login that is not checked out."
    sources = references(
        nist="AC-2(9), IA-2(5)",
        cis="5.2, 5.5",
        iso="A.5.17",
        attack="T1078, DET0560",
        d3fend="D3-DAM",
        itm="DT045, DT047",
        csg="11",
    )

    checked_out: Share = field(
        "share of uses that a check-out log ties to one person; they raise no alarm",
        default=0.0,
        ge=0,
        le=1,
        source="assumption",
    )
    ingest: Distribution = ingest_field()

    def look(self, record: Watched, view: View) -> Alert | None:
        """Fire on the use of a login that cannot be tied to one person."""
        if not isinstance(record, Requested) or not view.is_shared(record.staff):
            return None
        if self._is_tied(record, view):
            return None
        return Alert(record.staff, record.target, self.ingest)

    def reason(self, record: Watched, view: View) -> str:
        """Name the login, or what ties the use to a person."""
        if why := no_request(record):
            return why
        if not view.is_shared(record.staff):
            return f"{record.staff} is the login of one person"
        said = f"{record.staff} is a login tied to no one person"
        if self._is_tied(record, view):
            return f"{said}, but the check-out log says who used it for this request"
        return f"{said}: fires {soon(self.ingest)}"

    def _is_tied(self, record: Watched, view: View) -> bool:
        return view.among(self.checked_out, f"{self.id} checked out", record.request)
