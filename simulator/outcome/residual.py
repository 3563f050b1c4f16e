"""Residual access: how long a leaver could still get in after separation.

Access to a system is gone when the account has ended and so has every session that
outlives it, or when the response has taken all access away for good.

    residual = max(0, end of access - separation), in seconds; lower is better

None means that access did not end before the horizon. Access that the response took by
mistake, and gave back, has not ended.
"""

from collections.abc import Iterator

from simulator.outcome.ledger import Ledger
from simulator.scenario.scenario import Scenario

Residual = tuple[str, str, int | None]


def residual_access(ledger: Ledger, scenario: Scenario) -> Iterator[Residual]:
    """Yield (person, system, seconds) for each leaver and system.

    People who separate at the horizon or later have not left yet and are left out.
    """
    for person in scenario.organisation.staff:
        if person.leaving is None or person.leaving.separation >= ledger.horizon:
            continue
        for system in scenario.organisation.systems:
            ended = _ended(ledger, person.id, system.id)
            left = None if ended is None else max(0, ended - person.leaving.separation)
            yield person.id, system.id, left


def _ended(ledger: Ledger, staff: str, system: str) -> int | None:
    ends = [
        record
        for record in ledger.access_ended
        if record.staff == staff and record.system == system
    ]
    planned = None
    if any(end.what == "account" for end in ends):
        planned = max(end.at for end in ends)
    barred = (
        contained.at
        for contained in ledger.contained
        if contained.staff == staff and contained.until >= ledger.horizon
    )
    known = [at for at in (planned, next(barred, None)) if at is not None]
    return min(known, default=None)
