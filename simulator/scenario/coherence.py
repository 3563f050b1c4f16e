"""Whether the nouns of a file fit together, beyond the ids they name.

Works with the parts that were read well, so that one mistake hides no other.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Literal, TypeAlias

from simulator.clock import format_duration
from simulator.scenario.mistakes import Complaint, Path, choices, shown
from simulator.scenario.misuse import Misuse, Requirement, Target
from simulator.scenario.organisation import (
    Action,
    Desk,
    Organisation,
    Person,
    Posture,
    Team,
)
from simulator.scenario.people import Somebody, Workforce, people_of
from simulator.scenario.references import ids_of
from simulator.scenario.scenario import Expectation, Timeline
from simulator.scenario.shapes import form_of
from simulator.scenario.structuring import Structurer
from simulator.scenario.tour import child, item_class

Raw: TypeAlias = Mapping[str, object]

_SPEAKS_OF: Mapping[str, Literal["target", "statement", "action", "person"]] = {
    "outage": "target",
    "statement-lag": "statement",
    "people-able": "action",
    "residual-access": "person",
}
_PEOPLE_SHOWN = 6


def misfits(body: Raw, read: Structurer) -> Iterator[Complaint]:
    """Yield what does not fit together in a file."""
    timeline, _ = read.structure(body.get("clock"), Timeline)
    if timeline is not None:
        yield from _beyond_horizon(body, read, timeline)
    misuse, _ = read.structure(body.get("misuse"), Misuse)
    if misuse is not None:
        yield from _nobody_able(body, read, misuse)
    yield from _of_nothing(body, read)
    yield from _in_force_already(body, read)
    yield from _switches_off_nothing(body, read)


def _beyond_horizon(
    body: Raw, read: Structurer, timeline: Timeline
) -> Iterator[Complaint]:
    horizon = f"accepted: within the {format_duration(timeline.horizon)} from the start"
    for key, desk in read.items(_at(body, "organisation", "desks"), Desk).items():
        path: Path = ("organisation", "desks", key)
        if desk.opens < 0:
            yield Complaint((*path, "opens"), "opens before the start", horizon)
        if desk.closes > timeline.horizon:
            yield Complaint((*path, "closes"), "closes after the horizon", horizon)
    misuse, _ = read.structure(body.get("misuse"), Misuse)
    at = misuse.when.at if misuse is not None else None
    if at is not None and not 0 <= at < timeline.horizon:
        yield Complaint(("misuse", "when", "at"), "not simulated", horizon)


def _nobody_able(body: Raw, read: Structurer, misuse: Misuse) -> Iterator[Complaint]:
    who, anchor = misuse.who, misuse.when.anchor
    for name, collection in ((who.role, "roles"), (who.may, "actions")):
        if name not in (None, *(ids_of(body, collection) or ())):
            return
    people = _people(body, read)
    if people is None or who.person not in (None, *(one.id for one in people)):
        return
    able = _able(body, read, misuse, people)
    if not able:
        what = f"nobody is that ({', '.join(_asked(who))})"
        there = [
            f"{one.id or f'team {one.team}'} "
            f"({one.role}, {one.employment}{', leaving' * (one.leaving is not None)})"
            for one in people
        ]
        more = ", ..." if len(there) > _PEOPLE_SHOWN else ""
        accepted = f"there: {', '.join(there[:_PEOPLE_SHOWN]) or 'nobody'}{more}"
        yield Complaint(("misuse", "who"), what, accepted, "key")
    elif anchor in ("notice", "separation") and not all(one.leaving for one in able):
        what = f"no {anchor} for one who stays ({shown(anchor)})"
        accepted = "ask for 'leaving: true', or write 'at'"
        yield Complaint(("misuse", "when", "anchor"), what, accepted)


def _people(body: Raw, read: Structurer) -> tuple[Somebody, ...] | None:
    """Return who works there; None if not all of it can be read."""
    organisation = body.get("organisation")
    if not isinstance(organisation, Mapping):
        return None
    raw_teams, raw_staff = organisation.get("teams"), organisation.get("staff", {})
    teams, staff = read.items(raw_teams, Team), read.items(raw_staff, Person)
    for raw, items in ((raw_teams, teams), (raw_staff, staff)):
        if not isinstance(raw, Mapping) or len(raw) > len(items):
            return None
    if any(person.team not in teams for person in staff.values()):
        return None
    return people_of(teams, staff.values())


def _able(
    body: Raw, read: Structurer, misuse: Misuse, people: tuple[Somebody, ...]
) -> tuple[Somebody, ...]:
    """List who could do it; what they may do is asked only if it can be told."""
    organisation, _ = read.structure(body.get("organisation"), Organisation)
    targets = read.items(body.get("targets"), Target)
    if organisation is not None:
        tiers = {target.id: target.tier for target in targets.values()}
        # An id that is not there is complained of already.
        with suppress(KeyError):
            return Workforce.of(organisation).qualified(misuse, "actor", tiers)
    return tuple(one for one in people if misuse.who.fits(one))


def _asked(who: Requirement) -> Iterator[str]:
    """Yield in words what a requirement asks for."""
    yield from (word for word in (who.person, who.role, who.employment) if word)
    if who.leaving:
        yield "leaving"
    if who.may:
        yield f"may {who.may}"
    if who.holds:
        yield f"holds {who.holds}"


def _of_nothing(body: Raw, read: Structurer) -> Iterator[Complaint]:
    known = {
        "target": ids_of(body, "targets"),
        "action": ids_of(body, "actions"),
        "statement": _statements(body),
        "person": ids_of(body, "staff"),
    }
    for key, expectation in read.items(body.get("expect"), Expectation).items():
        path: Path = ("expect", key)
        noun = _SPEAKS_OF.get(expectation.metric, "")
        ids = known.get(noun, ())
        if ids is None:
            continue
        if not noun and expectation.of:
            what = f"{expectation.metric} is not of anything ({shown(expectation.of)})"
            yield Complaint((*path, "of"), what, "leave 'of' out")
        elif expectation.of and expectation.of not in ids:
            what = f"unknown {noun} ({shown(expectation.of)})"
            yield Complaint((*path, "of"), what, choices(expectation.of, ids))
        elif noun in ("statement", "action") and not expectation.of and len(ids) != 1:
            what = f"missing key 'of' (which {noun})"
            yield Complaint(path, what, choices("", ids), "key")


def _statements(body: Raw) -> tuple[str, ...] | None:
    response = _at(body, "organisation", "response")
    if not isinstance(response, Mapping):
        return None
    statements = response.get("statements", {})
    return tuple(statements) if isinstance(statements, Mapping) else None


def _in_force_already(body: Raw, read: Structurer) -> Iterator[Complaint]:
    """Yield every candidate whose label is that of something in force."""
    for shelf, other in (("controls", "alerts"), ("alerts", "controls")):
        slot, items = form_of(Posture).slots[shelf], _at(body, "candidates", shelf)
        for label, item in items.items() if isinstance(items, Mapping) else ():
            path: Path = ("candidates", shelf, label)
            # What names nothing of its shelf is complained of already.
            if item_class(slot, label, item, read.shelves) is None:
                continue
            if label in _labels(body, shelf):
                named = child(item, slot.of) or label
                what = f"in force already ({shown(label)})"
                accepted = f"give it a label of its own, with '{slot.of}: {named}'"
                yield Complaint(path, what, accepted, "key")
            elif label in _labels(body, other):
                noun = "an alert" if other == "alerts" else "a control"
                what = f"label of {noun} in force too ({shown(label)})"
                yield Complaint(path, what, "give it a label of its own", "key")


def _switches_off_nothing(body: Raw, read: Structurer) -> Iterator[Complaint]:
    """Yield every label that an action switches off and nothing goes by."""
    known = {
        label
        for shelf in ("controls", "alerts")
        for there in (_labels(body, shelf), _at(body, "candidates", shelf))
        for label in (there if isinstance(there, Mapping) else ())
    }
    known |= {*read.shelves.controls, *read.shelves.alerts}
    for key, action in read.items(_at(body, "organisation", "actions"), Action).items():
        for position, label in enumerate(action.switches_off):
            if label not in known:
                path: Path = ("organisation", "actions", key, "switches_off", position)
                what = f"nothing goes by that label ({shown(label)})"
                yield Complaint(path, what, choices(label, sorted(known)))


def _labels(body: Raw, shelf: str) -> Mapping[str, object]:
    in_force = _at(body, "organisation", "posture", shelf)
    return in_force if isinstance(in_force, Mapping) else {}


def _at(body: Raw, *path: str) -> object:
    found: object = body
    for step in path:
        found = child(found, step)
    return found
