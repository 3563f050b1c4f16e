"""Residual access: how long a leaver could still get in after separation.

There are several ways in: the own login to each system, and each credential beside it.
The own login is gone when the account has ended and so has every session that outlives
it; a credential when it was revoked, changed or given back; each also when the response
has taken the access away for good.

    residual = end of access - separation, in seconds; lower is better

It is 0 where the records name nothing left behind, and None where access did not end
before the horizon. Access that the response took by mistake, and gave back, has not
ended. An account that nobody owns on record stands for itself, from the start of the
scenario, beside those who leave knowing of it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from simulator.outcome.ledger import Ledger
from simulator.outcome.outcome import Residual
from simulator.scenario.organisation import Credential, Organisation, Person
from simulator.scenario.scenario import Scenario
from simulator.trail import AccessEnded, LeftBehind

OWN_NAME = ("shared-secret", "shadow-account")
"""Credentials that act under their own name, so that records name them as the login."""


class _Way(NamedTuple):
    """One way in of one leaver; ``credential`` is "" for the own login."""

    staff: str
    system: str
    what: str
    credential: str


def residual_access(ledger: Ledger, scenario: Scenario) -> Iterator[Residual]:
    """Yield what was left of each way in.

    People who separate at the horizon or later have not left yet and are left out.
    """
    gone = {
        person.id: person
        for person in scenario.organisation.staff
        if person.leaving is not None and person.leaving.separation < ledger.horizon
    }
    left = {_way(record): record.at for record in ledger.left_behind}
    ended: defaultdict[_Way, list[AccessEnded]] = defaultdict(list)
    for record in ledger.access_ended:
        ended[_way(record)].append(record)
    barred = _barred(ledger)
    for way in dict.fromkeys((*_ways(scenario.organisation, gone.values()), *left)):
        seconds: int | None = 0
        if way in left:
            login = way.credential if way.what in OWN_NAME else way.staff
            ends = (_ended(way, ended[way], left[way]), barred.get(login))
            at = min((end for end in ends if end is not None), default=None)
            since = _since(gone.get(way.staff), left[way])
            seconds = None if at is None else max(0, at - since)
        named = f"{way.what} {way.credential}".rstrip()
        yield Residual(way.staff, way.system, named, seconds)


def _since(person: Person | None, written: int) -> int:
    """Return the separation; it may lie before the start, when it is first written."""
    leaving = person.leaving if person else None
    return leaving.separation if leaving else written


def _ways(organisation: Organisation, gone: Collection[Person]) -> Iterator[_Way]:
    """Yield every way in that is given to those who leave, or left to nobody."""
    for person in gone:
        for system in organisation.systems:
            yield _Way(person.id, system.id, "account", "")
    for known in organisation.credentials:
        for staff in _left_with(known, gone):
            for opened in known.systems:
                yield _Way(staff, opened, known.kind, known.id)


def _left_with(credential: Credential, gone: Iterable[Person]) -> Iterator[str]:
    """Name who leaves with a credential; a shadow account stands for itself as well."""
    if credential.kind == "shadow-account":
        yield credential.id
    for person in gone:
        if person.id in credential.staff or person.team in credential.teams:
            yield person.id


def _way(record: LeftBehind | AccessEnded) -> _Way:
    """Return which way in a record is about; sessions belong to the own login."""
    own = record.what in ("account", "session", "sessions")
    what = "account" if own else record.what
    return _Way(record.staff, record.system, what, record.credential)


def _ended(way: _Way, ends: Sequence[AccessEnded], since: int) -> int | None:
    """Return when a way in ended; a login only with the last of its sessions."""
    if way.what != "account":
        return min((end.at for end in ends if end.at >= since), default=None)
    if any(end.what == "account" for end in ends):
        return max(end.at for end in ends)
    return None


def _barred(ledger: Ledger) -> dict[str, int]:
    """Return from when on the response kept each login out for good."""
    barred: dict[str, int] = {}
    for contained in ledger.contained:
        if contained.until >= ledger.horizon:
            barred.setdefault(contained.staff, contained.at)
    return barred
