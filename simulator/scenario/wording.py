"""A plan of misuse, said in the actions of another organisation.

Which actions do the same is known by what they do, which of several is meant by who may
use it. That nobody could do it is told by `Nobody`, in words.
"""

from collections.abc import Callable, Mapping
from typing import get_args

from attrs import evolve, frozen

from simulator.decisions import CredentialKind
from simulator.scenario.misuse import Attempt, Doer, Misuse, Requirement
from simulator.scenario.organisation import Action, Organisation
from simulator.scenario.people import Somebody, Workforce

_KINDS: Mapping[str, CredentialKind] = {kind: kind for kind in get_args(CredentialKind)}
_IS = {
    "employee": "is an employee",
    "contractor": "is a contractor",
    "vendor": "works for a vendor",
}
_DOES = {
    "takes-down": "takes a target down",
    "alters": "alters a target",
    "exposes": "shows what is private",
    "reads": "looks at a target",
}


class Nobody(Exception):  # noqa: N818 - a finding, told where it is caught
    """Says in a clause why nobody could do it."""


@frozen
class Wording:
    """What an incident's words for actions mean at an organisation.

    Attributes:
        theirs: The organisation of the incident.
        ours: The other organisation.
        force: Its workforce.
        tiers: The tier there of each target of the incident.
        doers: Who is asked for there and has the moment, whatever they may do.
    """

    theirs: Organisation
    ours: Organisation
    force: Workforce
    tiers: Mapping[str, str]
    doers: Mapping[Doer, tuple[Somebody, ...]]

    def of(self, misuse: Misuse) -> Misuse:
        """Say the plan, and ask for people who could begin it.

        Raises:
            Nobody: No action does the same, or nobody could make a try.
        """
        said = reworded(misuse, self._said)
        if not said.plan:
            wanted = self._wanted(misuse.plan[0].tries[0])
            raise Nobody(f"no action there {_does(wanted)}")
        return self._with_needs(said)

    def _said(self, attempt: Attempt) -> Attempt | None:
        """Say a try in an action that does the same; None where there is none."""
        wanted = self._wanted(attempt)
        same = [a for a in self.ours.actions if _does(a) == _does(wanted)]
        if not same:
            return None
        best = max(same, key=lambda action: self._fitness(action, attempt))
        return evolve(attempt, action=best.id)

    def _wanted(self, attempt: Attempt) -> Action:
        """Return the action of the incident that a try is made with."""
        return next(a for a in self.theirs.actions if a.id == attempt.action)

    def _fitness(self, action: Action, attempt: Attempt) -> tuple[bool, bool, int, int]:
        """Rank an action for a try: by its name, by its system, by how many may."""
        need = Requirement(may=action.id, holds=_credential(attempt))
        tier, wanted = self.tiers[attempt.target], self._wanted(attempt)
        able = sum(
            one.count
            for one in self.doers[attempt.by]
            if self.force.can(one, need, tier)
        )
        holders = self._holders(attempt, action)
        namesake = action.id == wanted.id and (need.holds is None or holders > 0)
        alike = _runs_on(action, self.ours) == _runs_on(wanted, self.theirs)
        return namesake, alike and able > 0, able, holders

    def _with_needs(self, misuse: Misuse) -> Misuse:
        """Ask also for what the first open try of each of the two needs."""
        tries = [one for step in misuse.plan for one in step.tries]
        first = {one.by: one for one in reversed(tries) if self._is_open(one)}
        if not first:
            raise Nobody(self._closed(misuse, tries[0]))
        helper = misuse.accomplice
        asking = evolve(
            misuse,
            who=_needing(misuse.who, first.get("actor")),
            accomplice=helper and _needing(helper, first.get("accomplice")),
        )
        by: Doer = "actor" if "actor" in first else "accomplice"
        who = asking.asks(by)
        tier = self.tiers[asking.aim(who.may, by) or first[by].target]
        if not any(self.force.can(one, who, tier) for one in self.doers[by]):
            raise Nobody(why_nobody(who, _allowed(who, tier)))
        return asking

    def _is_open(self, attempt: Attempt) -> bool:
        """Say whether a run would make a try, and not pass it over."""
        if _credential(attempt) is None:
            return bool(self.doers[attempt.by])
        return self._holders(attempt, self.force.actions[attempt.action]) > 0

    def _holders(self, attempt: Attempt, action: Action) -> int:
        """Count who may hold the kind of credential that a try goes through."""
        kind = _credential(attempt)
        return sum(
            one.count
            for one in self.doers[attempt.by]
            if any(
                known.kind == kind and action.system in known.systems
                for known in self.force.held(one)
            )
        )

    def _closed(self, misuse: Misuse, attempt: Attempt) -> str:
        """Say why nobody can make a try."""
        kind, system = _credential(attempt), self.force.actions[attempt.action].system
        also = f"holds {_a(kind)} that opens {system}" if kind else ""
        return why_nobody(misuse.asks(attempt.by), also)


def reworded(misuse: Misuse, change: Callable[[Attempt], Attempt | None]) -> Misuse:
    """Change every try of a plan; drop those that come to None, and empty steps."""
    plan = []
    for step in misuse.plan:
        changed = (change(attempt) for attempt in step.tries)
        if tries := tuple(attempt for attempt in changed if attempt is not None):
            plan.append(evolve(step, tries=tries))
    return evolve(misuse, plan=tuple(plan))


def why_nobody(who: Requirement, also: str = "") -> str:
    """Say in a clause that nobody is what is asked for, and also something else."""
    employment = _IS[who.employment] if who.employment else ""
    role = f"has the role {who.role}" if who.role else ""
    said = " and ".join(filter(None, (employment, role, also)))
    if who.leaving:
        return f"nobody who leaves {said}" if said else "nobody leaves"
    return f"nobody there {said}" if said else "nobody works there"


def _does(action: Action) -> str:
    """Say what an action does, in the same words for all that do the same."""
    grants = " and gives a role" if action.grants is not None else ""
    switches = " and switches controls off" if action.switches_off else ""
    return f"{_DOES[action.effect]}{grants}{switches}"


def _runs_on(action: Action, organisation: Organisation) -> str:
    """Return the kind of system that an action runs on."""
    return next(s.kind for s in organisation.systems if s.id == action.system)


def _credential(attempt: Attempt) -> CredentialKind | None:
    """Return the kind of credential that a try goes through; None for a login."""
    return _KINDS.get(attempt.through)


def _needing(who: Requirement, first: Attempt | None) -> Requirement:
    """Ask also for what somebody's first open try needs, if there is one."""
    if first is None:
        return who
    return evolve(who, may=first.action, holds=_credential(first))


def _allowed(who: Requirement, tier: str) -> str:
    if who.holds is None:
        return f"may use {who.may} on tier {tier}"
    return f"holds {_a(who.holds)} that allows {who.may} on tier {tier}"


def _a(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
