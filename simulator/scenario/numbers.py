"""Every number of a scenario, found by its nouns, and the scenario with some changed.

    number = a quantity that stands alone, with the dotted path that leads to it
    change = a path and the value it gets

A scenario that was changed after it was loaded, or never was a file, is read the same
way, so the checks here are made on nouns.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import zip_longest
from typing import Any, TypeAlias

import attrs
from attrs import frozen

from simulator.errors import ScenarioError
from simulator.scenario.organisation import Desk
from simulator.scenario.paths import replaced, value_at
from simulator.scenario.people import Workforce
from simulator.scenario.scenario import Scenario
from simulator.scenario.sense import flaws
from simulator.scenario.shapes import Slot, form_of

Parts: TypeAlias = tuple[str, ...]
Change: TypeAlias = tuple[Parts, object]

NOT_OF_THE_WORLD = ("clock", "expect", "axes")
"""What is simulated, what it is held against, and the questions, which have options."""


@frozen(eq=False)
class Number:
    """One number of a scenario.

    Attributes:
        parts: The path to it, as `simulator.scenario.paths` reads it.
        slot: What may stand there.
        value: What stands there.
    """

    parts: Parts
    slot: Slot
    value: object

    @property
    def path(self) -> str:
        """The path as text: "organisation.response.triage"."""
        return ".".join(self.parts)


def numbers_of(scenario: Scenario) -> Iterator[Number]:
    """Yield the numbers of a scenario that say something about the world, in order."""
    for name, slot in form_of(Scenario).slots.items():
        if name not in NOT_OF_THE_WORLD:
            yield from _of_slot(slot, getattr(scenario, name), (name,))


def changed(scenario: Scenario, changes: Iterable[Change]) -> Scenario:
    """Return the scenario with some numbers changed, whether that makes sense or not.

    Shares that must add up to 1 make room for one that is changed: the other kinds of
    tickets of a desk keep their proportions.

    Raises:
        KeyError: A path leads nowhere.
        ValueError: A value is out of the bounds of its field.
    """
    for parts, value in changes:
        for path, given in ((parts, value), *_room(scenario, parts, value)):
            scenario = replaced(scenario, path, given)
    return scenario


def sensibly_changed(scenario: Scenario, changes: Iterable[Change]) -> Scenario:
    """Return the scenario with some numbers changed, if it still makes sense.

    Raises:
        KeyError: A path leads nowhere.
        ScenarioError: It makes no sense any more, as a file that said so would not.
    """
    try:
        found = changed(scenario, changes)
    except ValueError as error:
        raise ScenarioError(str(error)) from None
    if wrong := next(_unfit(found, scenario), ""):
        raise ScenarioError(wrong)
    return found


def _of_slot(slot: Slot, value: object, parts: Parts) -> Iterator[Number]:
    if value is None:
        return
    if slot.kind == "quantity" and slot.many == "one" and slot.spec.doc:
        yield Number(parts, slot, value)
    elif slot.many != "one":
        items: Any = value if slot.kind in ("noun", "shelf") else ()
        for position, item in enumerate(items):
            name = getattr(item, "label", getattr(item, "id", str(position)))
            yield from _of_noun(item, (*parts, name))
    elif slot.kind == "noun":
        yield from _of_noun(value, parts)


def _of_noun(noun: object, parts: Parts) -> Iterator[Number]:
    noun_class: Any = type(noun)
    slots = form_of(noun_class).slots if attrs.has(noun_class) else {}
    for name, slot in slots.items():
        yield from _of_slot(slot, getattr(noun, name), (*parts, name))


def _room(scenario: Scenario, parts: Parts, value: object) -> list[Change]:
    """Return the shares of the other kinds of tickets, where one is changed."""
    if parts[:2] != ("organisation", "desks") or parts[-1] != "share":
        return []
    desk: Any = value_at(scenario, parts[:3])
    assert isinstance(desk, Desk)
    assert isinstance(value, float)
    others = [kind for kind in desk.kinds if kind.id != parts[4]]
    rest = sum(kind.share for kind in others)
    by = (1 - value) / rest if rest else 1.0
    return [((*parts[:4], kind.id, "share"), kind.share * by) for kind in others]


class _Unsaid(dict[str, object]):
    """The words of a file where there is none: nothing is said of any key."""

    def __missing__(self, _: str) -> None:
        return None


_UNSAID: Mapping[str, Any] = _Unsaid()


def _unfit(scenario: Scenario, before: Scenario) -> Iterator[str]:
    """Yield what makes no sense any more in a scenario, as the loader would say."""
    yield from _flaws_of(scenario, before)
    horizon = scenario.clock.horizon
    for desk in scenario.organisation.desks:
        if desk.opens < 0 or desk.closes > horizon:
            yield f"desk {desk.id} is open beyond what is simulated"
    misuse = scenario.misuse
    if misuse is None:
        return
    if misuse.when.at is not None and not 0 <= misuse.when.at < horizon:
        yield "the misuse lies beyond what is simulated"
    tiers = {target.id: target.tier for target in scenario.targets}
    # A name of nothing is not for this module to complain of.
    with suppress(KeyError):
        workforce = Workforce.of(scenario.organisation)
        if not workforce.qualified(misuse, "actor", tiers):
            yield "nobody is what the misuse asks for"


def _flaws_of(noun: object, before: object) -> Iterator[str]:
    """Yield the flaws of what is not the very same as before."""
    if noun is before:
        return
    noun_class: Any = type(noun)
    if isinstance(noun, tuple):
        known = before if isinstance(before, tuple) else ()
        for item, one in zip_longest(noun, known):
            yield from _flaws_of(item, one)
    elif attrs.has(noun_class):
        yield from (mistake.what for _, mistake in flaws(noun, _UNSAID))
        for field in attrs.fields(noun_class):
            was = getattr(before, field.name, None)
            yield from _flaws_of(getattr(noun, field.name), was)
