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

    def count(
        self,
        staff: str,
        *,
        since: int,
        until: int,
        of: Literal["requested", "refused", "executed"],
        action: str | None = None,
    ) -> int:
        """The person's records in ``[since, until)``, of one action or of all harmful.

        ``requested`` counts every request, ``refused`` those not let through,
        ``executed`` those that took effect; each counts from when it happened. The
        record being asked about is not counted.
        """

    def account_ends(self, staff: str) -> int | None:
        """When the person's account was, or is due to be, disabled; None if never."""

    def session_ends(self, staff: str, system: str, at: int) -> int | None:
        """When a session open at that instant ends; None if none is open."""

    def audience(self, target: str) -> int:
        """How many people follow a target."""

    def is_watched(self, target: str) -> bool:
        """Whether the target is on the list of named, important targets."""

    def is_out(self, target: str, at: int) -> bool:
        """Whether the target is out of service, as anybody can see."""

    def wall(self, at: int) -> str:
        """Local weekday and time of the story, for sentences."""
