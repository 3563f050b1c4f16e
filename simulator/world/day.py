"""The honest work of one seed, drawn before the run so that all arms share it.

Nothing here depends on what controls answer: arrivals, kinds, rested handling times,
which tickets need an action, on which tier, and the luck that decides about slips.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Literal, NamedTuple

from attrs import frozen

from simulator.scenario.organisation import Desk, Population, TicketKind
from simulator.scenario.scenario import Scenario
from simulator.streams import named, poisson_arrivals, uniform
from simulator.view import Ticket
from simulator.world.stage import Stage, prepare

QUARTER = 900
"""Local hours begin on a quarter of an hour in every time zone."""


Mark = Literal["emergency", "shared", "elsewhere", "unmanaged"]
PLAIN: frozenset[Mark] = frozenset()


class HonestTicket(NamedTuple):
    """One ticket of honest work; a tuple, for a day has hundreds of them.

    Attributes:
        id: Stable: desk and number of arrival.
        arrives: Seconds since the start.
        rested_s: Handling time of a rested person.
        action: The privileged action it needs; None if it needs none, and then the
            rest says nothing.
        tier: Tier of its target.
        target: The account it is about.
        cited: Whether the action will name the ticket.
        luck: The action slips if its chance to slip is above this.
        batch: How many targets it touches.
        marks: What is unusual about it: an emergency is declared, the shared login is
            used, the place or the device is not the usual one.
    """

    id: str
    arrives: int
    rested_s: int
    action: str | None = None
    tier: str = ""
    target: str = ""
    cited: bool = False
    luck: float = 1.0
    batch: int = 1
    marks: frozenset[Mark] = PLAIN


@frozen(eq=False)
class Day:
    """All honest work of one seed, by desk, on a prepared stage."""

    seed: int
    stage: Stage
    desks: tuple[tuple[Desk, tuple[HonestTicket, ...]], ...]

    @cached_property
    def open_tickets(self) -> dict[str, Ticket]:
        """The tickets that need a privileged action, as systems know them."""
        return {
            ticket.id: Ticket(ticket.id, ticket.target, ticket.arrives, "public")
            for _, tickets in self.desks
            for ticket in tickets
            if ticket.action is not None
        }


def draw_day(scenario: Scenario, seed: int, *, stage: Stage | None = None) -> Day:
    """Draw the honest work of a seed.

    The same for all scenarios with equal organisation, clock and targets; the stage of
    one of them, from `prepare`, spares building it again for every seed.
    """
    stage = stage or prepare(scenario)
    populations = scenario.organisation.populations
    return Day(
        seed,
        stage,
        tuple(
            (desk, tuple(_tickets(desk, populations, stage, seed)))
            for desk in scenario.organisation.desks
        ),
    )


def _tickets(
    desk: Desk, populations: tuple[Population, ...], stage: Stage, seed: int
) -> Iterator[HonestTicket]:
    stream = named(seed, "honest-work", desk.id)
    chance = stream.random
    kinds = _Wheel([kind.share for kind in desk.kinds])
    tiers = _Wheel([population.count for population in populations] or [0])
    for number, arrives in enumerate(poisson_arrivals(stream, _rates(desk, stage))):
        name = f"{desk.id}-{number}"
        kind = desk.kinds[kinds.at(chance())]
        rested_s = kind.handling.draw(chance() or 0.5)
        acts, where, cites, luck = chance(), chance(), chance(), chance()
        if acts >= kind.acts or kind.action is None:
            yield HonestTicket(name, arrives, rested_s)
            continue
        tier = kind.tier or populations[tiers.at(where)].id
        target, cited = f"{tier}/{name}", cites < kind.cites_ticket
        yield HonestTicket(
            name,
            arrives,
            rested_s,
            kind.action,
            tier,
            target,
            cited,
            luck,
            kind.batch,
            _marks(desk, kind, name, seed),
        )


def _marks(desk: Desk, kind: TicketKind, ticket: str, seed: int) -> frozenset[Mark]:
    """Draw what is unusual about the action of a ticket; mostly nothing."""
    shares: tuple[tuple[Mark, float], ...] = (
        ("emergency", kind.emergency),
        ("shared", desk.shared_share if desk.shared_login else 0.0),
        ("elsewhere", desk.elsewhere),
        ("unmanaged", desk.unmanaged),
    )
    if not any(share for _, share in shares):
        return PLAIN
    return frozenset(
        mark
        for mark, share in shares
        if share > 0 and uniform(seed, "honest-mark", mark, ticket) < share
    )


def _rates(desk: Desk, stage: Stage) -> list[tuple[int, int, float]]:
    """Split the desk's window into quarters, each with its arrivals per hour."""
    if not desk.hour_of_day:
        return [(desk.opens, desk.closes, desk.tickets_per_hour)]
    rates: list[tuple[int, int, float]] = []
    start: int = desk.opens
    while start < desk.closes:
        epoch = stage.wall.start_epoch_s + start
        end = min(desk.closes, start + QUARTER - epoch % QUARTER)
        hour = stage.wall.hour_of_week(start, stage.zone) % 24
        rates.append((start, end, desk.tickets_per_hour * desk.hour_of_day[hour]))
        start = end
    return rates


class _Wheel:
    """Turns a number from 0 to 1 into a position, in proportion to weights."""

    def __init__(self, weights: Sequence[float]) -> None:
        self._edges = list(accumulate(weights))
        self._total, self._last = self._edges[-1], len(self._edges) - 1

    def at(self, u: float) -> int:
        return bisect_right(self._edges, u * self._total, hi=self._last)
