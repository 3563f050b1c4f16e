"""Everything about a scenario that no run changes: people, rosters, entitlements.

A team of a given size becomes so many people, numbered; people the story names join
them. A team's shared login is one more identity that belongs to nobody.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from attrs import frozen

from simulator.clock import Clock, Span, shift_spans
from simulator.scenario.misuse import Target
from simulator.scenario.organisation import (
    Action,
    Leaving,
    Organisation,
    ShiftPattern,
    Team,
)
from simulator.scenario.scenario import Scenario
from simulator.streams import Constant


@frozen
class Member:
    """One person, or one shared login, with rostered spans in order."""

    id: str
    team: str
    role: str
    employment: str
    roster: tuple[Span, ...]
    leaving: Leaving | None = None
    shared: bool = False

    def shift_at(self, at: int, tolerance_s: int = 0) -> Span | None:
        """Return the rostered span that covers an instant, stretched on both sides."""
        position = bisect_right(self._starts, at + tolerance_s)
        if position and at < self.roster[position - 1].end + tolerance_s:
            return self.roster[position - 1]
        return None

    def last_shift(self, at: int) -> Span | None:
        """Return the last rostered span that has begun by an instant."""
        position = bisect_right(self._starts, at)
        return self.roster[position - 1] if position else None

    def next_shift(self, at: int) -> Span | None:
        """Return the first rostered span that ends after an instant."""
        position = bisect_right(self._ends, at)
        return self.roster[position] if position < len(self.roster) else None

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(shift.start for shift in self.roster)

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        return tuple(shift.end for shift in self.roster)


@frozen(eq=False)
class Stage:
    """A scenario prepared for any number of runs."""

    wall: Clock
    horizon: int
    zone: str
    members: Mapping[str, Member]
    teams: Mapping[str, tuple[Member, ...]]
    leavers: tuple[Member, ...]
    rights: Mapping[str, Mapping[str, int]]
    ranks: Mapping[str, int]
    top_tier: str
    actions: Mapping[str, Action]
    instant: frozenset[str]
    targets: Mapping[str, Target]
    audiences: Mapping[str, int]

    def entitled(self, member: Member, action: str, tier: str) -> bool:
        """Say whether the member's role carries an entitlement to it."""
        return self.rights[member.role].get(action, -1) >= self.ranks[tier]

    def of_role(self, role: str) -> tuple[Member, ...]:
        """Return the people of a role, in order; shared logins are not people."""
        return tuple(
            member
            for member in self.members.values()
            if member.role == role and not member.shared
        )


def prepare(scenario: Scenario) -> Stage:
    """Build the stage of a scenario."""
    organisation, wall = scenario.organisation, scenario.wall
    ranks = {tier: rank for rank, tier in enumerate(organisation.tiers)}
    teams = _teams(organisation, wall, scenario.clock.horizon)
    people = [member for members in teams.values() for member in members]
    _refuse_namesakes(organisation, people)
    logins = [_shared_login(team) for team in organisation.teams]
    return Stage(
        wall=wall,
        horizon=scenario.clock.horizon,
        zone=scenario.clock.zone,
        members={member.id: member for member in (*people, *logins)},
        teams=teams,
        leavers=tuple(member for member in people if member.leaving is not None),
        rights=_rights(organisation, ranks),
        ranks=ranks,
        top_tier=organisation.tiers[-1],
        actions={action.id: action for action in organisation.actions},
        instant=frozenset(
            action.id
            for action in organisation.actions
            if action.effect_delay == Constant(0)
        ),
        targets={target.id: target for target in scenario.targets},
        audiences={p.id: p.audience for p in organisation.populations},
    )


def _refuse_namesakes(organisation: Organisation, people: list[Member]) -> None:
    """Raise ValueError where two people, or a person and a login, share an id."""
    times = Counter(member.id for member in people)
    times.update(f"shared-{team.id}" for team in organisation.teams)
    twice = sorted(name for name, count in times.items() if count > 1)
    if twice:
        raise ValueError(
            f"two people of one id ({', '.join(twice)}); people of a team are numbered "
            "and its shared login is shared-TEAM, so name the person otherwise"
        )


def _teams(
    organisation: Organisation, wall: Clock, horizon: int
) -> dict[str, tuple[Member, ...]]:
    # A leaver's last shift may lie beyond the horizon.
    leaving = (p.leaving.separation for p in organisation.staff if p.leaving)
    until = max((horizon, *leaving))
    rosters = {
        pattern.id: _roster(pattern, wall, until) for pattern in organisation.shifts
    }
    teams = {}
    for team in organisation.teams:
        width = len(str(team.size))
        unnamed = (
            _member(team, f"{team.id}-{number:0{width}d}", rosters[team.shift])
            for number in range(1, team.size + 1)
        )
        named = (
            _member(
                team, person.id, rosters[person.shift or team.shift], person.leaving
            )
            for person in organisation.staff
            if person.team == team.id
        )
        teams[team.id] = (*named, *unnamed)
    return teams


def _member(
    team: Team, name: str, roster: tuple[Span, ...], leaving: Leaving | None = None
) -> Member:
    return Member(
        name, team.id, team.role, team.employment, _until(roster, leaving), leaving
    )


def _roster(pattern: ShiftPattern, wall: Clock, until: int) -> tuple[Span, ...]:
    return shift_spans(
        wall,
        days=pattern.days,
        start_of_day=pattern.starts,
        end_of_day=pattern.ends,
        zone=pattern.zone or wall.zone,
        until=until,
    )


def _until(roster: tuple[Span, ...], leaving: Leaving | None) -> tuple[Span, ...]:
    """Cut a roster at the separation: the last shift ends there."""
    if leaving is None:
        return roster
    end = leaving.separation
    return tuple(
        Span(span.start, min(span.end, end)) for span in roster if span.start < end
    )


def _shared_login(team: Team) -> Member:
    return Member(
        f"shared-{team.id}", team.id, team.role, team.employment, (), shared=True
    )


def _rights(
    organisation: Organisation, ranks: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    rights: dict[str, dict[str, int]] = {}
    for role in organisation.roles:
        highest = rights.setdefault(role.id, {})
        for entitlement in role.may:
            for action in entitlement.actions:
                rank = ranks[entitlement.up_to]
                highest[action] = max(highest.get(action, -1), rank)
    return rights
