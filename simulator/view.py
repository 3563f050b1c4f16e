"""What the organisation's systems know at one moment: all that controls and alerts see.

Every answer is knowledge, not truth: the registry of leavers lags, the roster is a
plan, tickets say what somebody wrote. There is no question here that only the truth
could answer. Times are seconds since the scenario's start, tiers are ranked from 0.
"""

from typing import Literal, Protocol

from attrs import frozen

from simulator.clock import Span


@frozen
class Departure:
    """A leaver as the registry shows it.

    Attributes:
        known_from: When the entry reached the systems that ask.
        last_day_ends: Local midnight after the last working day.
        separation: End of the last shift as entered.
    """

    known_from: int
    last_day_ends: int
    separation: int


@frozen
class Ticket:
    """A ticket as it stands in the queue."""

    id: str
    target: str
    opened_at: int
    opened_by: str


class View(Protocol):
    """Questions to the organisation's systems, all as of the instant ``at``."""

    @property
    def top_tier(self) -> str:
        """The highest tier of the register."""

    def rank(self, tier: str) -> int:
        """Position of a tier, lowest 0; KeyError for an unknown tier."""

    def reaches(self, tier: str, from_tier: str | None) -> bool:
        """Whether a tier is as high as another, or as the top one if none is given."""

    def role(self, staff: str) -> str:
        """The person's role."""

    def employment(self, staff: str) -> str:
        """How the person is employed."""

    def is_shared(self, staff: str) -> bool:
        """Whether the login belongs to several people, or to nobody on record."""

    def colleagues(self, staff: str, at: int) -> int:
        """How many others of the person's team are on shift."""

    def among(self, share: float, what: str, item: str) -> bool:
        """Whether an item is in a share of things: a list, a roll-out, an error.

        The same question always has the same answer, in every arm; a larger share
        holds all that a smaller one does.
        """

    def harmful(self, action: str) -> bool:
        """Whether the action takes targets down or alters them."""

    def takes_down(self, action: str) -> bool:
        """Whether the action puts targets out of service."""

    def departure(self, staff: str, at: int) -> Departure | None:
        """The registry's entry of a leaver, if it has reached the systems by then."""

    def shift(self, staff: str, at: int, tolerance_s: int = 0) -> Span | None:
        """The rostered shift that covers an instant, stretched by a tolerance."""

    def ticket(self, ticket: str | None) -> Ticket | None:
        """The ticket of that number, if there is one."""

    def signed_in_at(self, staff: str, at: int) -> int | None:
        """When the person last authenticated, at the start of the last shift.

        None where no sign-in is known, as for a login that belongs to nobody.
        """

    def passed_at(self, staff: str, kind: str, at: int) -> int | None:
        """When the person last had a request carried out that asked for a prompt.

        ``kind`` is the prompt's kind. None if that never happened before ``at``.
        """

    def count(
        self,
        staff: str,
        *,
        since: int,
        until: int,
        of: Literal["requested", "refused", "executed"],
        action: str | None = None,
        tier: str | None = None,
    ) -> int:
        """The person's records in ``[since, until)``: of one action, or all harmful.

        With a tier, the harmful ones on targets of that tier. ``requested`` counts
        every request, ``refused`` those not let through, ``executed`` those that took
        effect; each counts from when it happened. The record being asked about is not
        counted.
        """

    def peer_mean(
        self,
        staff: str,
        *,
        since: int,
        until: int,
        of: Literal["requested", "refused", "executed"],
    ) -> float:
        """Mean of that count of harmful records over the others of the same role.

        0 where nobody else has the role.
        """

    def familiar(self, staff: str, tier: str) -> bool:
        """Whether the person's everyday work already brought actions on the tier."""

    def alarms(
        self, staff: str | None, *, since: int, until: int, confirmed: bool = False
    ) -> int:
        """Alarms in ``[since, until)`` that name a person; all alarms for None.

        Counted from when they were raised or, if ``confirmed``, from when an analyst
        took them for true, which may be wrong.
        """

    def account_ends(self, staff: str) -> int | None:
        """When the person's account was, or is due to be, disabled; None if never."""

    def session_ends(self, staff: str, system: str, at: int) -> int | None:
        """When a session open at that instant ends; None if none is open."""

    def audience(self, target: str) -> int:
        """How many people follow a target."""

    def tier_since(self, target: str) -> int | None:
        """When the target rose to its tier; None if it always had it."""

    def is_decoy(self, target: str, share: float = 0.0) -> bool:
        """Whether the target is a decoy that nobody owns.

        ``share`` of the targets that somebody picks from a list unseen are decoys too.
        """

    def grants(self, action: str) -> str | None:
        """The role that the action gives to whoever does it; None for most actions."""

    def switches_off(self, action: str) -> tuple[str, ...]:
        """Labels of the controls and alerts that the action switches off."""

    def is_watched(self, target: str) -> bool:
        """Whether the target is on the list of named, important targets."""

    def is_out(self, target: str, at: int) -> bool:
        """Whether the target is out of service, as anybody can see."""

    def wall(self, at: int) -> str:
        """Local weekday and time of the story, for sentences."""
