"""An incident's misuse, bound to another organisation.

    bound = the organisation's clock, people, posture and targets
          + the incident's misuse, said in the organisation's words

An incident tells what a person must be and what is to be done; the names of its people,
roles, actions and targets mean nothing elsewhere. So each part is carried over by what
it is:

- who: by requirement, never by name. The employment, and whether the person leaves, if
  the departure is decided by then; a role only where the organisation has one of that
  name. Then what the first try that is open needs: that the person may use its action
  on its tier, with a credential of the kind it goes through if it goes through one.
- when: anchors stay. An instant is counted from the separation for one who leaves, from
  the start of a shift for others, and then lies within that shift. The time simulated
  is made as long as that needs.
- action: one that does the same: that has the same effect, and gives a role or switches
  controls off where the other does. The one of the same name, if it is open in the way
  that the try goes; else the one that most of those who are asked for may use, on a
  system of the same kind if they may use one.
- target: by the rank of its tier, counted from the top, and by its kind. A named target
  of the organisation for each; where none is left, one is added, with the name of the
  incident's and the audience that is usual on its tier.
- through: the kind of access stays; which credential it is, a run finds.
- tickets, fallbacks, waits, fuses, batches and repetitions stay.

A try without an action is dropped, and so is a step without tries. A way that nobody
has, such as a key where none is given out, stays in the plan, and a run passes it over.
Where nobody is left who could make a try, it is not possible, and that is the finding.
"""

from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from simulator.clock import Seconds
from simulator.scenario.misuse import Doer, Misuse, Requirement, Target
from simulator.scenario.moments import described, in_time, is_leaving, relative
from simulator.scenario.people import Somebody, Workforce
from simulator.scenario.scenario import Provenance, Scenario
from simulator.scenario.sense import HORIZON_MAX
from simulator.scenario.wording import Nobody, Wording, reworded, why_nobody

_ITS_OWN = ("misuse", "expect", "axes")
"""What an organisation's file may say of an incident of its own."""


@frozen
class NotPossible:
    """Nobody of the organisation could do it.

    Attributes:
        why: One sentence, such as "not possible here, because nobody leaves".
    """

    why: str


def bind(incident: Scenario, organisation: Scenario) -> Scenario | NotPossible:
    """Let an incident's misuse happen at another organisation.

    Args:
        incident: The scenario with the misuse, with the variant already chosen.
        organisation: The scenario of the organisation; a misuse of its own is left out.

    Returns:
        The organisation's scenario with the misuse, under the incident's title and
        question, without expectations and open questions; or why it is not possible.
    """
    if incident.misuse is None:
        return NotPossible("not possible here, because the incident has no misuse")
    try:
        return _bound(incident, incident.misuse, organisation)
    except Nobody as because:
        return NotPossible(f"not possible here, because {because}")


def _bound(incident: Scenario, misuse: Misuse, place: Scenario) -> Scenario:
    """Return the bound scenario; raise `Nobody` where there is none."""
    tiers = _tiers(incident, place)
    asked = _asked(incident, misuse, place)
    said = _wording(incident, place, asked, tiers).of(asked)
    targets = _targets(incident, said, place, tiers)
    added = (t for t in targets.values() if t not in place.targets)
    name = f", at {place.organisation.name}"
    return evolve(
        place,
        title=f"{incident.title.removesuffix(name)}{name}",
        question=incident.question,
        incident=incident.incident,
        clock=evolve(place.clock, horizon=_horizon(incident, place, said, tiers)),
        targets=(*place.targets, *added),
        misuse=reworded(said, lambda one: evolve(one, target=targets[one.target].id)),
        expect=(),
        axes=(),
        chosen=(),
        provenance=tuple(_provenance(incident, place)),
    )


def _asked(incident: Scenario, misuse: Misuse, place: Scenario) -> Misuse:
    """Ask for people and for a moment in a way that means the same elsewhere."""
    people = Workforce.of(incident.organisation).people
    roles = {role.id for role in place.organisation.roles}

    def portable(who: Requirement) -> Requirement:
        named = [one for one in people if one.id is not None and one.id == who.person]
        return Requirement(
            role=who.role if who.role in roles else None,
            employment=who.employment or next((n.employment for n in named), None),
            leaving=who.leaving or any(is_leaving(misuse.when, n) for n in named),
        )

    who, helper = portable(misuse.who), misuse.accomplice
    return evolve(
        misuse,
        who=who,
        when=relative(incident, misuse, place, who),
        accomplice=helper and portable(helper),
    )


def _wording(
    incident: Scenario, place: Scenario, asked: Misuse, tiers: Mapping[str, str]
) -> Wording:
    """Look up who is asked for; raise `Nobody` where there is none in time."""
    force = Workforce.of(place.organisation)
    actors = tuple(one for one, _ in in_time(place, asked, tiers, HORIZON_MAX))
    if not actors:
        some = force.qualified(asked, "actor", tiers)
        moment = f"could begin {described(asked.when)} within the time simulated"
        raise Nobody(why_nobody(asked.who, moment if some else ""))
    helpers = force.qualified(asked, "accomplice", tiers)
    doers: dict[Doer, tuple[Somebody, ...]] = {"actor": actors, "accomplice": helpers}
    return Wording(incident.organisation, place.organisation, force, tiers, doers)


def _own_tiers(scenario: Scenario) -> dict[str, str]:
    return {target.id: target.tier for target in scenario.targets}


def _tiers(incident: Scenario, place: Scenario) -> dict[str, str]:
    """Return the tier at the organisation of each target of the incident."""
    theirs, ours = incident.organisation.tiers[::-1], place.organisation.tiers[::-1]
    return {
        name: ours[min(theirs.index(tier), len(ours) - 1)]
        for name, tier in _own_tiers(incident).items()
    }


def _targets(
    incident: Scenario, said: Misuse, place: Scenario, tiers: Mapping[str, str]
) -> dict[str, Target]:
    """Find the target there that each one of the plan means, or make one up."""
    aims = {one.target for step in said.plan for one in step.tries}
    audiences = {p.id: p.audience for p in place.organisation.populations}
    taken = {target.id for target in place.targets}
    free = {(t.kind, t.tier, t.id): t for t in place.targets}
    known = [
        evolve(target, tier=tiers[target.id], tier_since=None)
        for target in incident.targets
        if target.id in aims
    ]
    # Namesakes come first, so that no other takes their place.
    known.sort(key=lambda t: (t.kind, t.tier, t.id) not in free)
    meant = {}
    for target in known:
        like = [key for key in free if key[:2] == (target.kind, target.tier)]
        if like:
            key = max(like, key=lambda key: key[2] == target.id)
            meant[target.id] = free.pop(key)
            continue
        name = target.id
        while name in taken:
            name = f"{name}-too"
        taken.add(name)
        audience = audiences.get(target.tier, 0)
        meant[target.id] = evolve(target, id=name, audience=audience)
    return meant


def _horizon(
    incident: Scenario, place: Scenario, said: Misuse, tiers: Mapping[str, str]
) -> Seconds:
    """Simulate as long after the moment as the incident does; of several, the last."""
    assert incident.misuse is not None
    until, own = incident.clock.horizon, _own_tiers(incident)
    begun = (at for _, at in in_time(incident, incident.misuse, own, until))
    left = until - max(begun, default=0)
    # The shift that a moment is counted from must begin in the time simulated.
    to_anchor = said.when.before - said.when.after + 1
    ends = (
        at + max(left, to_anchor if one.leaving is None else 0)
        for one, at in in_time(place, said, tiers, HORIZON_MAX)
    )
    return Seconds(max(place.clock.horizon, min(max(ends), HORIZON_MAX)))


def _provenance(incident: Scenario, place: Scenario) -> Iterator[Provenance]:
    """Yield the sources of the organisation's numbers, then those of the misuse."""
    for known in place.provenance:
        if known.path.partition(".")[0] not in _ITS_OWN:
            yield known
    for known in incident.provenance:
        if known.path.startswith("misuse."):
            yield known
