"""Everything about a scenario that no run changes: people, rosters, entitlements.

A team of a given size becomes so many people, numbered; people the story names join
them. A shared secret and a shadow account are one more login each, nobody's own.
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
    Credential,
    Leaving,
    Organisation,
    ShiftPattern,
    System,
    Team,
)
from simulator.scenario.people import OWN_LOGIN
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
    harmful: frozenset[str]
    targets: Mapping[str, Target]
    audiences: Mapping[str, int]
    systems: Mapping[str, System]
    credentials: Mapping[str, Credential]
    headcounts: Mapping[str, int]
    familiar: Mapping[str, frozenset[str]]
    hours: Mapping[str, tuple[Span, ...]]

    def named(self, target: str) -> Target | None:
        """Return the named target that an id means, or is one of a sweep of."""
        return self.targets.get(target.partition("#")[0])

    @cached_property
    def holders(self) -> Mapping[str, tuple[Member, ...]]:
        """Those who may hold each credential, by team and then by name."""
        return {
            credential.id: tuple(self.members[who] for who in self._who_of(credential))
            for credential in self.credentials.values()
        }

    @cached_property
    def holdings(self) -> Mapping[str, tuple[Credential, ...]]:
        """The credentials that each person may hold, where there are any."""
        found: dict[str, tuple[Credential, ...]] = {}
        for credential in self.credentials.values():
            for who in self._who_of(credential):
                found[who] = (*found.get(who, ()), credential)
        return found

    def _who_of(self, credential: Credential) -> dict[str, None]:
        of_teams = (m.id for team in credential.teams for m in self.teams[team])
        return dict.fromkeys((*of_teams, *credential.staff))

    def entitled(self, member: Member, action: str, tier: str) -> bool:
        """Say whether the member's own role carries an entitlement to it."""
        return self.allows(member.role, action, tier)

    def allows(self, role: str, action: str, tier: str) -> bool:
        """Say whether a role carries an entitlement to an action on a tier."""
        return self.rights[role].get(action, -1) >= self.ranks[tier]

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
    logins = [
        _own_login(credential, organisation)
        for credential in organisation.credentials
        if credential.kind in OWN_LOGIN
    ]
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
        harmful=frozenset(a.id for a in organisation.actions if a.effect != "reads"),
        targets={target.id: target for target in scenario.targets},
        audiences={p.id: p.audience for p in organisation.populations},
        systems={system.id: system for system in organisation.systems},
        credentials={known.id: known for known in organisation.credentials},
        headcounts=Counter(member.role for member in people),
        familiar=_familiar(organisation),
        hours=_hours(organisation, wall, scenario.clock.horizon),
    )


def _refuse_namesakes(organisation: Organisation, people: list[Member]) -> None:
    """Raise ValueError where two people, or a person and a login, share an id."""
    times = Counter(member.id for member in people)
    times.update(credential.id for credential in organisation.credentials)
    twice = sorted(name for name, count in times.items() if count > 1)
    if twice:
        raise ValueError(
            f"two people or logins of one id ({', '.join(twice)}); people of a team "
            "are TEAM-1, TEAM-2, so name the person or the credential otherwise"
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


def _roster(
    pattern: ShiftPattern, wall: Clock, until: int, since: int = 0
) -> tuple[Span, ...]:
    return shift_spans(
        wall,
        days=pattern.days,
        start_of_day=pattern.starts,
        end_of_day=pattern.ends,
        zone=pattern.zone or wall.zone,
        until=until,
        since=since,
    )


def _until(roster: tuple[Span, ...], leaving: Leaving | None) -> tuple[Span, ...]:
    """Cut a roster at the separation: the last shift ends there."""
    if leaving is None:
        return roster
    end = leaving.separation
    return tuple(
        Span(span.start, min(span.end, end)) for span in roster if span.start < end
    )


def _own_login(credential: Credential, organisation: Organisation) -> Member:
    """Make the login of a credential: of its first holders' team, with its role."""
    team_of = {person.id: person.team for person in organisation.staff}
    teams = (*credential.teams, *(team_of[person] for person in credential.staff))
    team = next(team for team in organisation.teams if team.id == teams[0])
    role = credential.role or team.role
    return Member(credential.id, team.id, role, team.employment, (), shared=True)


def _familiar(organisation: Organisation) -> dict[str, frozenset[str]]:
    """Say for each team on which tiers its desks' everyday work brings actions."""
    tiers: dict[str, set[str]] = {team.id: set() for team in organisation.teams}
    everywhere = {population.id for population in organisation.populations}
    for desk in organisation.desks:
        for kind in desk.kinds:
            if kind.action is not None and kind.share * kind.acts > 0:
                for team in desk.teams:
                    tiers[team] |= {kind.tier} if kind.tier else everywhere
    return {team: frozenset(known) for team, known in tiers.items()}


def _hours(
    organisation: Organisation, wall: Clock, horizon: int
) -> dict[str, tuple[Span, ...]]:
    """List the hours in which tasks of offboarding are worked on."""
    asked = {task.hours for task in organisation.offboarding if task.hours}
    notices = (p.leaving.notice for p in organisation.staff if p.leaving)
    since = min((0, *notices))
    return {
        pattern.id: _roster(pattern, wall, horizon, since=since)
        for pattern in organisation.shifts
        if pattern.id in asked
    }


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
