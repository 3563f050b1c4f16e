"""The options of ``lastday whatif``: which exclude one another, and as typed again."""

import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from simulator.cli.options import named
from simulator.cli.questions import said_by

_Command = TypeVar("_Command", bound=Callable[..., Any])

_NOT_REPEATED = frozenset(
    ("file", "jobs", "cluster", "results", "resume", "output", "quiet", "verbose")
)
DESIGNS = ("alone", "without", "pairs", "lattice")


def asked(command: _Command) -> _Command:
    """Take which sets are played, and what of them is enough."""
    for option in (
        click.option(
            "--within",
            "within_s",
            callback=said_by("parse_duration"),
            metavar="SPAN",
            help="How soon it must be caught, such as 30m; the scenario's own limit if "
            "not given.",
        ),
        click.option(
            "--at-least",
            type=click.FloatRange(0, 1, min_open=True),
            default=0.9,
            show_default=True,
            metavar="SHARE",
            help="The share of runs in which a set must succeed to be enough.",
        ),
        click.option(
            "--candidates",
            multiple=True,
            callback=named,
            metavar="A,B,C",
            help="Controls and alerts to combine; may be repeated. If not given all "
            "that are not in force, for a lattice the twelve of them that matter most; "
            "for the design without those in force.",
        ),
        click.option(
            "--design",
            type=click.Choice(DESIGNS),
            default="alone",
            show_default=True,
            help="Each candidate added alone, all without one, each two, or every set.",
        ),
    ):
        command = option(command)
    return command


def kept(command: _Command) -> _Command:
    """Take how long is played, where, and where results are kept."""
    for option in (
        click.option(
            "--resume", is_flag=True, help="Go on with what is in --results already."
        ),
        click.option(
            "--results",
            type=click.Path(path_type=Path),
            metavar="PATH",
            help="Keep every finished replication in this folder.",
        ),
        click.option(
            "--cluster",
            metavar="ADDRESS",
            help="Play on the Dask cluster with this address, such as tcp://host:8786.",
        ),
        click.option(
            "--precision",
            type=click.FloatRange(0, 0.5, min_open=True),
            metavar="SHARE",
            help="Instead of --replications: go on until every interval is at most "
            "that wide on either side, such as 0.05.",
        ),
    ):
        command = option(command)
    return command


def check(ctx: click.Context, played: dict[str, Any]) -> None:
    """Refuse options that exclude, or need, one another; a precision has no number.

    Raises:
        click.UsageError: There are such.
    """
    if played["precision"] is not None and _is_given(ctx, "replications"):
        raise click.UsageError("--replications and --precision; accepted: one of them")
    if played["precision"] is not None:
        played["replications"] = None
    if played["cluster"] is not None and _is_given(ctx, "jobs"):
        raise click.UsageError("--jobs and --cluster; accepted: one of them")
    if played["resume"] and played["results"] is None:
        raise click.UsageError("--resume without --results; accepted: both")


def repeated(ctx: click.Context) -> str:
    """Write the command that finds the same again, wherever it is played."""
    said = ["lastday", "whatif", ctx.params["file"]]
    for option in ctx.command.params:
        name = option.name or ""
        if name not in _NOT_REPEATED and _is_given(ctx, name):
            said += _typed(option, ctx.params[name])
    return shlex.join(said)


def _typed(option: click.Parameter, value: Any) -> Iterator[str]:
    """Write an option with its value as it may be typed."""
    flag = option.opts[0]
    match option.name:
        case "candidates":
            yield from (flag, ",".join(value))
        case "variants":
            for text in value:
                yield from (flag, text)
        case "within_s":
            yield from (flag, f"{value}s")
        case _ if value is True:
            yield flag
        case _:
            yield from (flag, str(value))


def _is_given(ctx: click.Context, name: str) -> bool:
    return ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE
