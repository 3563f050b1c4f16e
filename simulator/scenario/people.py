"""Who works in an organisation and what they may do, as the nouns of a file tell it.

    workforce = people + the roles, actions and credentials that say what they may do
    somebody  = one named person, or the unnamed people of a team

No run is needed, so the check of a file and a binding can tell what a run will find.
"""

from collections.abc import Iterable, Mapping

from attrs import frozen

from simulator.scenario.misuse import Doer, Misuse, Requirement
from simulator.scenario.organisation import (
    Action,
    Credential,
    Employment,
    Leaving,
    Organisation,
    Person,
    Role,
    Team,
)

OWN_LOGIN = ("shared-secret", "shadow-account")
"""Kinds of credential that act under a name of their own."""


@frozen
class Somebody:
    """One named person, or the unnamed people of a team, who are all alike."""

    id: str | None
    team: str
    role: str
    employment: Employment
    shift: str
    leaving: Leaving | None = None
    count: int = 1


@frozen
class Workforce:
    """The people of an organisation, and what says what they may do.

    Attributes:
        people: Those of the teams, then those who are named.
        teams: The teams by name.
        ranks: The rank of each tier, 0 for the lowest.
        roles: The roles by name.
        actions: The actions by name.
        credentials: Access beside the own logins.
    """

    people: tuple[Somebody, ...]
    teams: Mapping[str, Team]
    ranks: Mapping[str, int]
    roles: Mapping[str, Role]
    actions: Mapping[str, Action]
    credentials: tuple[Credential, ...]

    @classmethod
    def of(cls, organisation: Organisation) -> "Workforce":
        """Return the workforce of an organisation."""
        teams = {team.id: team for team in organisation.teams}
        return cls(
            people_of(teams, organisation.staff),
            teams,
            {tier: rank for rank, tier in enumerate(organisation.tiers)},
            {role.id: role for role in organisation.roles},
            {action.id: action for action in organisation.actions},
            organisation.credentials,
        )

    def qualified(
        self, misuse: Misuse, by: Doer, tiers: Mapping[str, str]
    ) -> tuple[Somebody, ...]:
        """List those who are and may what a misuse asks for, whenever that would be.

        Args:
            misuse: The misuse.
            by: Whether the one who does it is asked for, or the one who helps.
            tiers: The tier of each named target.
        """
        who = misuse.who if by == "actor" else misuse.accomplice
        if who is None:
            return ()
        aim = misuse.aim(who.may, by)
        tier = next(iter(self.ranks)) if aim is None else tiers[aim]
        return tuple(
            one for one in self.people if who.fits(one) and self.can(one, who, tier)
        )

    def can(self, one: Somebody, who: Requirement, tier: str) -> bool:
        """Say whether somebody may on a tier, and holds, what is asked for."""
        if who.holds is None:
            return who.may is None or self.allows(one.role, who.may, tier)
        return any(
            known.kind == who.holds
            and (who.may is None or self.opens(one, known, who.may, tier))
            for known in self.held(one)
        )

    def held(self, one: Somebody) -> tuple[Credential, ...]:
        """List the credentials that somebody may hold."""
        return tuple(
            known
            for known in self.credentials
            if known.held and (one.team in known.teams or one.id in known.staff)
        )

    def opens(self, one: Somebody, known: Credential, action: str, tier: str) -> bool:
        """Say whether an action is open to one who comes with a credential."""
        return self.actions[action].system in known.systems and self.allows(
            known.role or self._role_of_login(one, known), action, tier
        )

    def _role_of_login(self, one: Somebody, known: Credential) -> str:
        """Return the role of the login that a credential acts under."""
        if known.kind not in OWN_LOGIN:
            return one.role
        teams = (*known.teams, *(p.team for p in self.people if p.id in known.staff))
        return self.teams[teams[0]].role

    def allows(self, role: str, action: str, tier: str) -> bool:
        """Say whether a role carries an entitlement to an action on a tier."""
        return any(
            action in entitlement.actions
            and self.ranks[entitlement.up_to] >= self.ranks[tier]
            for entitlement in self.roles[role].may
        )


def people_of(
    teams: Mapping[str, Team], staff: Iterable[Person]
) -> tuple[Somebody, ...]:
    """List the unnamed people of all teams, then those who are named."""
    unnamed = (
        Somebody(None, team.id, team.role, team.employment, team.shift, None, team.size)
        for team in teams.values()
        if team.size
    )
    named = (
        Somebody(
            person.id,
            person.team,
            teams[person.team].role,
            teams[person.team].employment,
            person.shift or teams[person.team].shift,
            person.leaving,
        )
        for person in staff
    )
    return (*unnamed, *named)
