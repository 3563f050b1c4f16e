"""Texts a person types -> values: on the command line, or in answer to questions."""

import sys
from collections.abc import Callable, Mapping
from typing import Any

import click

Callback = Callable[[click.Context, click.Parameter, str | None], Any]

UNASKED = "standard input is no terminal, so nobody is asked and defaults are taken"


def said_by(parse: str) -> Callback:
    """Return what reads the text of an option, as a function of ours does."""

    def read(
        ctx: click.Context, parameter: click.Parameter, text: str | None
    ) -> object:
        try:
            return None if text is None else _parsed(parse, text)
        except ValueError as wrong:
            raise click.BadParameter(str(wrong), ctx, parameter) from None

    return read


def questioned(told: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for what is not given, if there is somebody to ask."""
    answers = dict(told)
    missing = [name for name in _QUESTIONS if answers[name] is None]
    if missing and not is_attended():
        click.echo(UNASKED, err=True)
        return answers
    for name in missing:
        question, default, parse = _QUESTIONS[name]
        if name == "contractors":
            default = min(default, answers["staff_size"] // 2)
        answers[name] = _prompted(question, default, parse)
    return answers


def is_attended() -> bool:
    """Say whether somebody sits at a terminal."""
    return sys.stdin.isatty()


_QUESTIONS: Mapping[str, tuple[str, Any, str]] = {
    "name": ("A neutral name of your organisation", "our-platform", "text"),
    "zone": ("Its time zone", "UTC", "parse_zone"),
    "staff_size": ("How many people can take accounts down", 12, "count"),
    "contractors": ("How many of them are contractors", 4, "count"),
    "systems": ("What they log in to, with commas between", "console", "text"),
    "removed_within": (
        "Half of all leavers lose access within",
        "1d",
        "parse_duration",
    ),
}


def _prompted(question: str, default: Any, parse: str) -> Any:
    """Ask one question, again until the answer can be read."""

    def read(text: str) -> Any:
        try:
            return _parsed(parse, str(text))
        except ValueError as wrong:
            raise click.UsageError(str(wrong)) from None

    try:
        return click.prompt(question, default=default, value_proc=read, err=True)
    except click.Abort:
        # Who stops at a question interrupts the command.
        raise KeyboardInterrupt from None


def _parsed(parse: str, text: str) -> object:
    if parse == "text":
        return text.strip()
    if parse == "count":
        if not text.strip().isdecimal():
            raise ValueError(f"not a number of people ({text!r}); accepted: 12")
        return int(text)
    # Imported here, because --help must load nothing but click.
    from simulator import clock
    from simulator.exchange import dates

    found = dates.day_of if parse == "day_of" else getattr(clock, parse)
    return found(text)
