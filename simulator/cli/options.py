"""Options and arguments that commands share, and what is read from them."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from simulator.scenario.scenario import Scenario

_Command = TypeVar("_Command", bound=Callable[..., Any])

Choices = tuple[tuple[str, str], ...]


def scenario_file(command: _Command) -> _Command:
    """Take one scenario file; the loader says what is wrong with it."""
    return click.argument("file", metavar="FILE", type=click.Path())(command)


def experiment(command: _Command) -> _Command:
    """Take the size of an experiment."""
    for option in (
        click.option(
            "--jobs",
            type=click.IntRange(min=1),
            metavar="N",
            help="Processes to use; all processors if not given.",
        ),
        click.option(
            "--replications",
            type=click.IntRange(min=1),
            default=100,
            show_default=True,
            metavar="N",
            help="Runs for each control or alert and each reading.",
        ),
        click.option(
            "--seed",
            type=int,
            default=1,
            show_default=True,
            metavar="N",
            help="Where chance starts; the same seed gives the same result.",
        ),
        click.option(
            "--variant",
            "variants",
            multiple=True,
            metavar="AXIS=OPTION",
            help="Settle an open question of the scenario; may be repeated.",
        ),
    ):
        command = option(command)
    return command


def diagnostics(command: _Command) -> _Command:
    """Take how much is said on the standard error."""
    verbose = click.option(
        "-v", "--verbose", is_flag=True, help="Log what was done to standard error."
    )
    quiet = click.option("--quiet", is_flag=True, help="Show no progress.")
    return quiet(verbose(command))


def named(
    ctx: click.Context, parameter: click.Parameter, texts: tuple[str, ...]
) -> tuple[str, ...] | None:
    """Read names that may be repeated, or have commas between; None if not given."""
    if not texts:
        return None
    names = [name.strip() for text in texts for name in text.split(",")]
    found = tuple(dict.fromkeys(filter(None, names)))
    if not found:
        what = "names nothing; accepted: ids or labels with commas between"
        raise click.BadParameter(what, ctx, parameter)
    return found


def choices(scenario: "Scenario", variants: Iterable[str]) -> Choices:
    """Read AXIS=OPTION texts against the open questions of a scenario.

    Raises:
        click.BadParameter: An unknown or repeated axis, or an unknown option.
    """
    chosen: dict[str, str] = {}
    axes = {axis.id: [o.id for o in axis.options] for axis in scenario.axes}
    for text in variants:
        name, equals, option = text.partition("=")
        if not equals:
            _refuse(f"{text!r} is not AXIS=OPTION", _known("axes", axes))
        if name not in axes:
            _refuse(f"unknown axis ({name!r})", _near(name, axes, "axes"))
        if option not in axes[name]:
            near = _near(option, axes[name], f"options of {name}")
            _refuse(f"unknown option of {name} ({option!r})", near)
        if chosen.setdefault(name, option) != option:
            _refuse(f"two options for {name} ({chosen[name]}, {option})", "give one")
    return tuple(chosen.items())


def _near(word: str, known: Iterable[str], what: str) -> str:
    from simulator.errors import nearest

    known = list(known)
    return nearest(word, known) or _known(what, known)


def _known(what: str, known: Iterable[str]) -> str:
    names = ", ".join(known)
    return f"{what}: {names}" if names else f"the scenario has no {what}"


def _refuse(what: str, accepted: str) -> None:
    raise click.BadParameter(f"{what}; {accepted}", param_hint="--variant")
