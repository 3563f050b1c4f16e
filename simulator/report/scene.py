"""What a storyteller must know of a trail before telling it.

    scene = scenario + trail + the misuse's requests, their truth, and T0

T0 is the first instant at which an action of the misuse took effect.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property

from attrs import define

from simulator.scenario.misuse import Target
from simulator.scenario.organisation import Action, Leaving, Person
from simulator.scenario.scenario import Scenario
from simulator.trail import Alerted, Executed, Opened, Requested, Trail, Truth


@define(slots=False, frozen=True)
class Scene:
    """A trail with the questions a story asks of it."""

    scenario: Scenario
    trail: Trail

    @cached_property
    def opened(self) -> Opened:
        """The first record."""
        return self.trail.of(Opened)[0]

    @cached_property
    def truths(self) -> Mapping[str, Truth]:
        """The truth about each request of the misuse."""
        return {t.request: t for t in self.trail.of(Truth) if t.purpose == "misuse"}

    @cached_property
    def requests(self) -> Mapping[str, Requested]:
        """The requests of the misuse, in order."""
        asked = self.trail.of(Requested)
        return {r.request: r for r in asked if r.request in self.truths}

    @cached_property
    def effects(self) -> Mapping[str, Executed]:
        """The effects of the misuse, by request."""
        done = self.trail.of(Executed)
        return {e.request: e for e in done if e.request in self.truths}

    @cached_property
    def zero(self) -> int | None:
        """T0; None if nothing took effect."""
        return min((effect.at for effect in self.effects.values()), default=None)

    @cached_property
    def decisive(self) -> str:
        """The request that most was said about: the first with an effect, or at all."""
        return next(iter((*self.effects, *self.requests)), "")

    @cached_property
    def anchor(self) -> int:
        """The instant that distances are told from: T0, or the first request."""
        first = min((r.at for r in self.requests.values()), default=0)
        return first if self.zero is None else self.zero

    @cached_property
    def people(self) -> frozenset[str]:
        """Whoever sat there, and whose access was used."""
        actors = {truth.actor for truth in self.truths.values()}
        return frozenset(actors | {r.staff for r in self.requests.values()})

    @cached_property
    def alarms(self) -> Mapping[str, Alerted]:
        """Signals that speak of the misuse, by alarm."""
        raised = self.trail.of(Alerted)
        return {a.alarm: a for a in raised if a.about in self.truths}

    @cached_property
    def targets(self) -> Mapping[str, Target]:
        """The targets the scenario names."""
        return {target.id: target for target in self.scenario.targets}

    @cached_property
    def actions(self) -> Mapping[str, Action]:
        """The actions the organisation's tools offer."""
        return {a.id: a for a in self.scenario.organisation.actions}

    @cached_property
    def cast(self) -> Mapping[str, Person]:
        """The people whom the scenario names."""
        return {person.id: person for person in self.scenario.organisation.staff}

    def counted(self, request: str) -> str:
        """Say which of the misuse's requests it is: "request 2 of 3"."""
        asked = list(self.requests)
        return f"request {asked.index(request) + 1} of {len(asked)}"

    def leaving(self, staff: str) -> Leaving | None:
        """The departure of a person whom the scenario names, if there is one."""
        person = self.cast.get(staff)
        return person.leaving if person else None

    def who(self, staff: str) -> str:
        """Name a person: "the departing contractor", or a team's number."""
        return f"the {staff.replace('-', ' ')}" if staff in self.cast else staff

    def thing(self, target: str) -> str:
        """Name a target with its kind: "the account head-of-state"."""
        known = self.targets.get(target)
        kind = known.kind.replace("-", " ") if known else "account"
        return f"the {kind} {target}"

    def takes_down(self, action: str) -> bool:
        """Say whether an action puts its target out of service."""
        known = self.actions.get(action)
        return known is None or known.effect == "takes-down"

    def active(self, labels: Iterable[str]) -> tuple[str, ...]:
        """Keep the labels that were in force."""
        return tuple(label for label in labels if label in self.opened.active)
