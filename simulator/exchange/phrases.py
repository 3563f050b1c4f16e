"""Values as the text of a scenario file: keys, sources, distributions, comments."""

import json
import re
import textwrap
from collections.abc import Iterator

import attrs

from simulator.clock import DAY, DAYS, HOUR, MINUTE, write_duration
from simulator.scenario.plain_words import meaning
from simulator.streams import Constant, Distribution, Empirical

WIDTH = 88


def key(name: str) -> str:
    """Write an id, in quotes if it would be read as a number or a truth value."""
    return name if meaning(name) == name else json.dumps(name)


def quoted(text: str) -> str:
    """Write a text in quotes."""
    return json.dumps(safe(text), ensure_ascii=False)


def entry(name: str, value: str, source: str, indent: int) -> Iterator[str]:
    """Write a key with a value and, if there is one, where it comes from.

    Args:
        name: The key.
        value: The value, as the file has it.
        source: With its letter: D and a list, or A and a reason; "" for none.
        indent: Blanks before the key.
    """
    lead = " " * indent
    told = f"{{is: {value}, source: {quoted(source)}}}" if source else value
    if len(f"{lead}{name}: {told}") <= WIDTH:
        yield f"{lead}{name}: {told}"
        return
    yield f"{lead}{name}:"
    yield from flow(f"is: {value}", indent + 2)
    yield from flow(f"source: {quoted(source)}", indent + 2)


def flow(text: str, indent: int) -> Iterator[str]:
    """Write a key with its value, over several lines if it is long.

    Blanks are where lines may break, inside quotes too: YAML folds them to one blank.
    """
    yield from textwrap.wrap(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )


def comment(text: str, indent: int) -> list[str]:
    """Write a comment, over several lines if it is long."""
    lead = f"{' ' * indent}# "
    return textwrap.wrap(
        safe(text),
        WIDTH,
        initial_indent=lead,
        subsequent_indent=lead,
        break_on_hyphens=False,
    )


def days(names: tuple[str, ...]) -> str:
    """Write days of the week: mon-fri, sun-thu, daily, or one by one."""
    if len(names) == len(DAYS):
        return "daily"
    for first in range(len(DAYS)):
        run = [DAYS[(first + step) % len(DAYS)] for step in range(len(names))]
        if len(run) > 2 and {*run} == {*names}:
            return f"{run[0]}-{run[-1]}"
    return quoted(",".join(names))


def time_of_day(seconds: int) -> str:
    """Write a time of day in quotes."""
    return f'"{seconds // HOUR:02d}:{seconds % HOUR // MINUTE:02d}"'


def distribution(value: Distribution) -> str:
    """Write a distribution, its times as exact as they deserve."""
    if isinstance(value, Constant):
        return _rough(value.value)
    if isinstance(value, Empirical):
        times = ", ".join(map(_rough, value.values))
        weights = [f"{weight:.4g}" for weight in value.weights or ()]
        told = f", weights: [{', '.join(weights)}]" if len({*weights}) > 1 else ""
        return f"{{dist: empirical, values: [{times}]{told}}}"
    names = [field.name for field in attrs.fields(type(value))]
    parts = (f"{name}: {_rough(getattr(value, name))}" for name in names)
    return f"{{dist: {value.dist}, {', '.join(parts)}}}"


def _rough(seconds: int) -> str:
    """Leave out what is less than a hundredth of a time."""
    unit = 1
    for larger in (MINUTE, HOUR, DAY):
        if seconds >= 100 * larger:
            unit = larger
    return write_duration(round(seconds / unit) * unit)


def safe(text: str) -> str:
    """Leave out what a file may not hold, such as line ends and control characters."""
    return re.sub(r"[^\x20-\x7e\xa1-\uffef]", " ", text)
