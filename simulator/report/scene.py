"""What a storyteller must know of a trail before telling it.

    scene   = scenario + trail + the misuse's requests, their truth, and T0
    finding = an alarm about access that somebody of the story left behind

T0 is the first instant at which an action of the misuse took effect.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from attrs import define

from simulator.outcome.repeats import original
from simulator.scenario.misuse import Target
from simulator.scenario.organisation import Action, Credential, Leaving, Person
from simulator.scenario.scenario import Scenario
from simulator.trail import (
    AccessEnded,
    Alerted,
    Executed,
    LeftBehind,
    Opened,
    Refused,
    Requested,
    Restored,
    Trail,
    Truth,
)

Group = tuple[object, ...]
"""What records about access have in common that differ by the system alone."""


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
    def barred(self) -> frozenset[tuple[str, int]]:
        """The requests, with their instants, that found no access any more."""
        ended = self.trail.of(Refused)
        return frozenset((r.request, r.at) for r in ended if r.why == "no-access")

    @cached_property
    def touched(self) -> frozenset[str]:
        """The targets on which the misuse took effect."""
        return frozenset(effect.target for effect in self.effects.values())

    @cached_property
    def returns(self) -> Mapping[str, int]:
        """When each target came back last."""
        return {back.target: back.at for back in self.trail.of(Restored)}

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
    def left(self) -> Mapping[str, LeftBehind]:
        """Access left behind, by the name that alarms about it go by."""
        return {left.request: left for left in self.trail.of(LeftBehind)}

    @cached_property
    def findings(self) -> Mapping[str, LeftBehind]:
        """What the people of the story left behind, by the alarm that tells of it."""
        return {
            alarm.alarm: self.left[alarm.about]
            for alarm in self.trail.of(Alerted)
            if alarm.about in self.left and self.left[alarm.about].staff in self.people
        }

    @cached_property
    def raised(self) -> Mapping[str, Alerted]:
        """The alarms of the story: those of the misuse, and the findings."""
        raised = self.trail.of(Alerted)
        told = self.alarms.keys() | self.findings.keys()
        return {a.alarm: a for a in raised if a.alarm in told}

    @cached_property
    def systems(self) -> Mapping[Group, list[str]]:
        """The systems on which the same access was left, or ended, at one instant."""
        found: defaultdict[Group, list[str]] = defaultdict(list)
        records: list[LeftBehind | AccessEnded] = [*self.trail.of(LeftBehind)]
        records += self.trail.of(AccessEnded)
        for record in records:
            found[group(record)].append(record.system)
        return found

    @cached_property
    def credentials(self) -> Mapping[str, Credential]:
        """The access beside the own logins."""
        return {known.id: known for known in self.scenario.organisation.credentials}

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
        return f"request {self._places[request]:,} of {len(self._places):,}"

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {name: place for place, name in enumerate(self.requests, start=1)}

    def leaving(self, staff: str) -> Leaving | None:
        """The departure of a person whom the scenario names, if there is one."""
        person = self.cast.get(staff)
        return person.leaving if person else None

    def who(self, staff: str) -> str:
        """Name a person: "the departing contractor", or a team's number; or a login."""
        if staff in self.credentials:
            return self.credential(staff)
        return f"the {staff.replace('-', ' ')}" if staff in self.cast else staff

    def credential(self, name: str) -> str:
        """Name a credential with its kind: "the shared secret night-login"."""
        known = self.credentials.get(name)
        return f"the {access_words(known.kind)} {name}" if known else name

    def thing(self, target: str, size: int = 1) -> str:
        """Name a target with its kind: "the account head-of-state and 9 more"."""
        known = self.targets.get(original(target))
        kind = known.kind.replace("-", " ") if known else "account"
        more = f" and {size - 1:,} more" if size > 1 else ""
        return f"the {kind} {target}{more}"

    def takes_down(self, action: str) -> bool:
        """Say whether an action puts its target out of service."""
        known = self.actions.get(action)
        return known is None or known.effect == "takes-down"

    def active(self, labels: Iterable[str]) -> tuple[str, ...]:
        """Keep the labels that were in force."""
        return tuple(label for label in labels if label in self.opened.active)


def access_words(what: str) -> str:
    """Name a kind of access: "shared secret", "API key"."""
    return what.replace("-", " ").replace("api", "API")


def group(record: LeftBehind | AccessEnded) -> Group:
    """Return what a record shares with those that differ by the system alone."""
    by = record.by if isinstance(record, AccessEnded) else None
    return record.kind, record.at, record.staff, record.what, record.credential, by
