"""What happened in one run: an append-only list of frozen records.

    opened      the run: scenario, seed, who was in force, who was only asked
    requested   a privileged action was asked for, and what was answered
    truth       what no system sees: who really sat there, why, and what was meant
    explained   why one control or alert did or did not bite on the misuse
    passed      a person passed a prompt, or an approver gave or withheld consent
    executed    an action took effect
    refused     a request ended without effect, and why
    alerted     a signal reached the triage queue; would-alert: one that is off
    would-end   a control that is off would end some access sooner
    triaged     an analyst dealt with it
    contained   access of a person was ended by the response
    eased       a part of a target came back
    restored    a target came back; recovered: its derived state too
    attributed  the records named who did it; stated: the public was told
    access      an account, a session or a credential of a person ended
    left-behind access of a leaver that still worked at the separation
    desk        one desk's day in sums
    closed      the horizon

Times are whole seconds since the scenario's start. A trail is measured by
`simulator.outcome` and never needs the world that made it.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, Literal, TypeVar

import attrs
from attrs import frozen

from simulator.decisions import (
    Approval,
    Challenge,
    CredentialKind,
    Decision,
    Device,
    Ends,
    Place,
)
from simulator.errors import ReplayError

FORMAT = 2
"""Version of the JSON lines; raised when an old trail can no longer be read."""


Reason = Literal[
    "denied",
    "no-access",
    "slip-caught",
    "factor-missing",
    "rejected",
    "lapsed",
    "cancelled",
    "contained",
    "desisted",
    "not-possible",
]
"""Why a request ended without effect."""


@frozen
class Opened:
    """The first record: what was run.

    ``chosen`` are (axis, option) pairs, ``active`` and ``asked`` are sorted labels;
    those asked and not active answered in the shadow and changed nothing.
    """

    kind: ClassVar = "opened"
    at: int
    title: str
    seed: int
    chosen: tuple[tuple[str, str], ...]
    active: tuple[str, ...]
    asked: tuple[str, ...]


@frozen
class Requested:
    """A privileged action was asked for.

    ``decision`` is what the active controls answered together; ``answers`` holds every
    answer other than allow, active or shadow, sorted by label.
    """

    kind: ClassVar = "requested"
    at: int
    request: str
    staff: str
    system: str
    action: str
    target: str
    tier: str
    ticket: str | None
    decision: Decision
    answers: tuple[tuple[str, Decision], ...]
    size: int = 1
    credential: str = ""
    device: Device = "managed"
    place: Place = "usual"
    emergency: bool = False


@frozen
class Truth:
    """What no control and no alert sees about a request.

    ``actor`` really sat there; ``meant`` is the target the person had in mind;
    ``step`` and ``attempt`` count from 0 in the plan of the misuse, ``turn`` how often
    the step was done or tried before.
    """

    kind: ClassVar = "truth"
    at: int
    request: str
    actor: str
    purpose: Literal["honest", "honest-slip", "misuse"]
    intent: str
    meant: str
    step: int = 0
    attempt: int = 0
    turn: int = 0


@frozen
class Explained:
    """One sentence on why a control or alert did or did not bite; misuse only."""

    kind: ClassVar = "explained"
    at: int
    request: str
    label: str
    bit: bool
    why: str


@frozen
class Passed:
    """A prompt was passed, or an approver answered; ``by`` is who."""

    kind: ClassVar = "passed"
    at: int
    request: str
    what: Literal["challenge", "approved", "rejected"]
    by: str
    waited_s: int
    looked: bool = True


@frozen
class Executed:
    """An action took effect. ``released_at`` is when the system carried it out.

    Between the two lies the platform's own delay from click to effect. ``undo_until``
    is the end of the window in which the effect is kept reversible, ``size`` how many
    targets were touched, of which one is named.
    """

    kind: ClassVar = "executed"
    at: int
    request: str
    staff: str
    action: str
    target: str
    tier: str
    ticket: str | None
    released_at: int
    undo_until: int
    size: int = 1


@frozen
class Refused:
    """A request ended without effect; ``by`` are the labels that made it so."""

    kind: ClassVar = "refused"
    at: int
    request: str
    staff: str
    why: Reason
    by: tuple[str, ...] = ()


@frozen
class Alerted:
    """A signal reached the triage queue. ``about`` is the request it speaks of."""

    kind: ClassVar = "alerted"
    at: int
    alarm: str
    label: str
    origin: Literal["inside", "outside"]
    about: str
    staff: str | None
    target: str | None


@frozen
class WouldAlert:
    """An alert that is only asked, not in force, would have given a signal."""

    kind: ClassVar = "would-alert"
    at: int
    label: str
    about: str


@frozen
class WouldEnd:
    """A control that is only asked, not in force, would end access otherwise."""

    kind: ClassVar = "would-end"
    at: int
    label: str


@frozen
class Triaged:
    """An analyst dealt with an alarm that had waited from ``alerted`` to ``began``."""

    kind: ClassVar = "triaged"
    at: int
    alarm: str
    analyst: str
    began: int
    confirmed: bool


@frozen
class Contained:
    """The response ended a person's access, from the next second to an instant."""

    kind: ClassVar = "contained"
    at: int
    staff: str
    alarm: str
    until: int


@frozen
class Eased:
    """A part of a target came back ahead of the rest; ``share`` of it works now."""

    kind: ClassVar = "eased"
    at: int
    target: str
    share: float


@frozen
class Restored:
    """A target came back into service. ``undoes`` is the request that took it down.

    ``lost_s`` is how old the backup was that it came back from: what was changed in
    that time is gone; 0 where nothing was.
    """

    kind: ClassVar = "restored"
    at: int
    target: str
    undoes: str
    by: str
    lost_s: int = 0


@frozen
class Recovered:
    """Derived state of a target, such as its follower count, is whole again."""

    kind: ClassVar = "recovered"
    at: int
    target: str


@frozen
class Attributed:
    """The records named who did it."""

    kind: ClassVar = "attributed"
    at: int
    request: str


@frozen
class Stated:
    """The organisation told the public something."""

    kind: ClassVar = "stated"
    at: int
    statement: str


@frozen
class AccessEnded:
    """An account was disabled, or a session ended before its shift did.

    Or a credential beside the own login ended for its holder: it was revoked, changed
    or given back; ``credential`` names it. What ended before the scenario began is
    written at its start.
    """

    kind: ClassVar = "access"
    at: int
    staff: str
    system: str
    what: Literal["account", "session"] | CredentialKind
    by: str
    credential: str = ""


@frozen
class LeftBehind:
    """Access of a leaver that still works when the last shift ends.

    Also an account that nobody owns on record, from the start. ``request`` is the name
    that alarms about it go by.
    """

    kind: ClassVar = "left-behind"
    at: int
    request: str
    staff: str
    system: str
    what: Ends
    credential: str = ""


@frozen
class DeskDay:
    """One desk's work in sums: tickets, and the seconds they waited and were worked.

    Tickets that nobody has begun by closing time count as waiting until then.
    """

    kind: ClassVar = "desk"
    at: int
    desk: str
    arrived: int
    done: int
    pending: int
    waited_s: int
    worked_s: int


@frozen
class Closed:
    """The last record: the horizon was reached.

    ``pending`` are the requests that had neither taken effect nor been refused,
    ``analyst_s`` and ``approver_s`` the time both were kept busy, ``analyst_shift_s``
    the analysts' rostered seconds inside the windows of honest work.
    """

    kind: ClassVar = "closed"
    at: int
    pending: tuple[str, ...]
    analyst_s: int
    approver_s: int
    analyst_shift_s: int


Record = (
    Opened
    | Requested
    | Truth
    | Explained
    | Passed
    | Executed
    | Refused
    | Alerted
    | WouldAlert
    | WouldEnd
    | Triaged
    | Contained
    | Eased
    | Restored
    | Recovered
    | Attributed
    | Stated
    | AccessEnded
    | LeftBehind
    | DeskDay
    | Closed
)

Watched = Requested | Executed
"""The kinds of record about an action that alerts may look at."""

_Kind = TypeVar("_Kind", bound=Record)


@frozen
class Trail:
    """All records of one run, in the order in which they happened."""

    records: tuple[Record, ...]

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)

    def of(self, kind: type[_Kind]) -> tuple[_Kind, ...]:
        """Return the records of one class, in order."""
        return tuple(r for r in self.records if type(r) is kind)

    def to_jsonl(self) -> str:
        """Write one JSON object a line; the same trail always gives the same bytes."""
        return "".join(f"{_to_json(record)}\n" for record in self.records)

    @classmethod
    def from_jsonl(cls, text: str) -> "Trail":
        """Read what `to_jsonl` wrote.

        Raises:
            ReplayError: with the number of the first line that is not a record.
        """
        return cls(tuple(_parse_lines(text.splitlines())))


def _to_json(record: Record) -> str:
    body = attrs.asdict(record)
    return json.dumps({"kind": record.kind, **body}, separators=(",", ":"))


_CLASSES: dict[str, Any] = {c.kind: c for c in Record.__args__}


def _parse_lines(lines: Iterable[str]) -> Iterator[Record]:
    for number, line in enumerate(lines, start=1):
        try:
            body = json.loads(line)
            yield _from_json(_CLASSES[body.pop("kind")], body)
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            raise ReplayError(
                f"line {number}: not a record of a trail ({problem!r}); "
                f"accepted are lines written by format {FORMAT}"
            ) from problem


def _from_json(kind: Any, body: dict[str, Any]) -> Record:
    if kind is Requested:
        body["decision"] = _decision(body["decision"])
        body["answers"] = [(label, _decision(d)) for label, d in body["answers"]]
    record: Record = kind(**{name: _frozen(value) for name, value in body.items()})
    return record


def _decision(body: dict[str, Any]) -> Decision:
    body["approvals"] = tuple(Approval(**a) for a in body["approvals"])
    body["challenges"] = tuple(Challenge(**c) for c in body["challenges"])
    return Decision(**body)


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list | tuple) else value
