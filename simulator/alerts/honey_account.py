"""Honey account: nobody has an honest reason to touch a decoy."""

from attrs import frozen

from simulator.alerts._fields import ingest_field
from simulator.alerts._reasons import no_request, percent, soon
from simulator.decisions import Alert
from simulator.scenario.fields import Share, field
from simulator.shelf import Detection, references
from simulator.streams import Distribution
from simulator.trail import Requested, Watched
from simulator.view import View


@frozen(kw_only=True)
class HoneyAccount(Detection):
    """Raise an urgent alarm when anybody asks for anything on a decoy.

    A request that touches many targets may hit a decoy beside the one it names.
    """

    id = "honey-account"
    watches = "requested"
    title = "Honey account"
    definition = (
        "Some targets are decoys that nobody owns; any request on one, reading "
        "included, raises an urgent alarm."
    )
    stops = "People who browse, or act on many targets picked from a list."
    does_not_stop = (
        "The act itself, and acts on targets that somebody has in mind, as those do "
        "who know the decoys."
    )
    cost = (
        "Decoys to keep lifelike, and false alarms on honest work on many targets at "
        "once."
    )
    sources = references(
        nist="SC-26", iso="A.8.16~", d3fend="D3-DO, D3-DP", itm="DT011"
    )

    decoys: tuple[str, ...] = field(
        "targets that are decoys by name",
        default=(),
        ref="targets",
        source="assumption",
    )
    share: Share = field(
        "share of decoys among the targets that somebody picks unseen",
        default=0.001,
        ge=0,
        le=1,
        source="assumption",
    )
    ingest: Distribution = ingest_field()

    def look(self, record: Watched, view: View) -> Alert | None:
        """Fire on a decoy, or by chance on one of many targets."""
        if not isinstance(record, Requested):
            return None
        chance = self._chance(record, view)
        if not chance:
            return None
        return Alert(
            record.staff, record.target, self.ingest, chance=chance, urgent=True
        )

    def reason(self, record: Watched, view: View) -> str:
        """Name the decoy, or the chance that there is one among many targets."""
        if not isinstance(record, Requested):
            return no_request(record)
        if self._is_decoy(record.target, view):
            return f"{record.target} is a decoy: fires {soon(self.ingest)}"
        said = f"{record.target} is no decoy"
        if record.size == 1:
            return said
        chance = percent(self._chance(record, view))
        return (
            f"{said}, and one of {record.size - 1} more that are touched is with a "
            f"chance of {chance}"
        )

    def _is_decoy(self, target: str, view: View) -> bool:
        return target in self.decoys or view.is_decoy(target, self.share)

    def _chance(self, record: Requested, view: View) -> float:
        """Return the chance to hit a decoy, given what the named target is.

        Together with the named one, picked unseen, it is 1 - (1 - share) ** size.
        """
        if self._is_decoy(record.target, view):
            return 1.0
        return 1 - (1 - self.share) ** (record.size - 1)
