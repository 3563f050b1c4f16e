"""``lastday new``: a starter file, from answers or from an organisation's own lists."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli.exits import BAD_INPUT
from simulator.cli.log import canonical
from simulator.cli.output import Output, writable_file
from simulator.cli.questions import questioned, said_by

if TYPE_CHECKING:
    from simulator.exchange.drafting import Answers
    from simulator.exchange.lists import Asked, Lists

EXAMPLE = (
    "Example: lastday new organisation --staff staff.csv --leavers leavers.csv "
    "--output my.yaml"
)
_LIST = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(epilog=EXAMPLE)
def command() -> None:
    """Write a starter file, to be made your own."""


def _pairs(
    ctx: click.Context, parameter: click.Parameter, texts: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """Split NAME=VALUE texts."""
    pairs = []
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise click.BadParameter(f"{text!r} is not NAME=VALUE", ctx, parameter)
        pairs.append((name.strip(), value.strip().strip("\"'")))
    return tuple(pairs)


def _columns(
    ctx: click.Context, parameter: click.Parameter, texts: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """Read FIELD=HEADING texts, the list before a dot where it is meant alone."""
    from simulator.errors import nearest
    from simulator.exchange.layouts import LAYOUTS

    pairs = _pairs(ctx, parameter, texts)
    known = {f for layout in LAYOUTS.values() for f in layout.words}
    known |= {f"{kind}.{f}" for kind, layout in LAYOUTS.items() for f in layout.words}
    for name, _ in pairs:
        if name not in known:
            plain = sorted(f for f in known if "." not in f)
            hint = nearest(name, known) or f"known: {', '.join(plain)}"
            raise click.BadParameter(
                f"no such field ({name!r}); {hint}", ctx, parameter
            )
    return pairs


def _employments(
    ctx: click.Context, parameter: click.Parameter, texts: tuple[str, ...]
) -> Mapping[str, Any]:
    """Read WORD=KIND texts."""
    kinds = ("employee", "contractor", "vendor")
    pairs = _pairs(ctx, parameter, texts)
    for word, kind in pairs:
        if kind not in kinds:
            what = f"unknown employment ({kind!r} for {word!r})"
            raise click.BadParameter(
                f"{what}; accepted: {', '.join(kinds)}", ctx, parameter
            )
    return dict(pairs)


def _separator(
    ctx: click.Context, parameter: click.Parameter, text: str | None
) -> str | None:
    named = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";"}
    found = named.get(text or "", text)
    if found is not None and (len(found) != 1 or found in '"\r\n'):
        what = f"{text!r} is no separator; accepted: one character, or tab"
        raise click.BadParameter(what, ctx, parameter)
    return found


def _encoding(
    ctx: click.Context, parameter: click.Parameter, text: str | None
) -> str | None:
    import codecs

    try:
        return None if text is None else codecs.lookup(text).name
    except LookupError:
        what = f"unknown encoding ({text!r}); accepted: utf-8, latin-1, cp1252, utf-16"
        raise click.BadParameter(what, ctx, parameter) from None


_OPTIONS = (
    click.option("--staff", type=_LIST, metavar="CSV", help="The staff list."),
    click.option("--roster", type=_LIST, metavar="CSV", help="The shift roster."),
    click.option(
        "--leavers",
        type=_LIST,
        metavar="CSV",
        help="The leaver log: when each access was removed.",
    ),
    click.option(
        "--output",
        callback=writable_file,
        metavar="FILE",
        help="Write to a file instead of standard output.",
    ),
    click.option("--force", is_flag=True, help="Replace the file if it exists."),
    click.option(
        "--problems",
        callback=writable_file,
        metavar="FILE",
        help="Write what became of each row that is not simply used.",
    ),
    click.option("--strict", is_flag=True, help="Write nothing if a row is broken."),
    click.option(
        "--column",
        "columns",
        multiple=True,
        callback=_columns,
        metavar="FIELD=HEADING",
        help="Name a column, such as last_day='Exit Date' or staff.id='No.'.",
    ),
    click.option(
        "--employment",
        "employments",
        multiple=True,
        callback=_employments,
        metavar="WORD=KIND",
        help="What a word of the lists means: employee, contractor or vendor.",
    ),
    click.option(
        "--dates",
        type=click.Choice(["day-first", "month-first"]),
        help="What 03/04/2024 means; found out if the file tells.",
    ),
    click.option(
        "--separator",
        callback=_separator,
        metavar="CHARACTER",
        help="Between cells; found out if not given.",
    ),
    click.option(
        "--encoding",
        callback=_encoding,
        metavar="NAME",
        help="Of the lists; found out if not given.",
    ),
    click.option(
        "--as-of",
        callback=said_by("day_of"),
        metavar="DATE",
        help="Day up to which the lists are complete; their latest if not given.",
    ),
    click.option(
        "--zone",
        callback=said_by("parse_zone"),
        metavar="ZONE",
        help="The organisation's time zone; that of most staff if not given.",
    ),
    click.option(
        "--horizon",
        callback=said_by("parse_duration"),
        default="28d",
        show_default=True,
        metavar="DURATION",
        help="How long is simulated.",
    ),
    click.option(
        "--privileged",
        multiple=True,
        metavar="ROLE",
        help="A role that can use privileged actions; may be repeated.",
    ),
    click.option("--name", metavar="NAME", help="Neutral name of the organisation."),
    click.option(
        "--staff-size",
        type=click.IntRange(1, 100_000),
        metavar="N",
        help="People who can use privileged actions, without a staff list.",
    ),
    click.option(
        "--contractors",
        type=click.IntRange(0, 100_000),
        metavar="N",
        help="How many of them are contractors.",
    ),
    click.option(
        "--systems", metavar="A,B,...", help="What staff log in to, beside the log's."
    ),
    click.option(
        "--removed-within",
        callback=said_by("parse_duration"),
        metavar="DURATION",
        help="Time in which half of all leavers lose access, without a log.",
    ),
    click.option(
        "-v", "--verbose", is_flag=True, help="Log what was done to standard error."
    ),
)


def _with_options(function: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


@command.command(epilog=EXAMPLE)
@_with_options
def organisation(
    output: Path | None,
    force: bool,
    problems: Path | None,
    strict: bool,
    verbose: bool,
    **told: Any,
) -> None:
    """Write a commented scenario file, from answers or from your own lists.

    Without lists a few questions are asked; each is also an option. With lists, teams
    become counts, leavers get neutral ids, and how long access outlives the last day is
    fitted to the leaver log. Every row is used or set aside, and it is said why.

    The exit code is 2 if nothing can be used, or with --strict if a row is broken.
    """
    if output is not None and output.exists() and not force:
        raise click.UsageError(f"{output} is there already; another name, or --force")
    if told["roster"] and not told["staff"]:
        raise click.UsageError("--roster goes with --staff, whose people it is about")
    from simulator.catalogue import SHELVES
    from simulator.cli.account import found, problems_told, written
    from simulator.exchange.drafting import draft
    from simulator.exchange.starter import write
    from simulator.scenario.loading import parse

    with canonical("starter.written", verbose=verbose) as learnt:
        asked = _asked(told)
        lists = _lists(asked) if asked.paths else None
        answers = _answers(told if lists else questioned(told))
        aside = sys.stdout if output is not None else sys.stderr
        if lists is not None:
            learnt["rows"] = sum(ledger.read for ledger in lists.ledgers)
            click.echo(found(lists), file=aside)
            if problems is not None:
                problems.write_text(problems_told(lists), encoding="utf-8")
            if strict:
                _refuse_broken(lists)
        plan = draft(answers, lists)
        text = write(plan)
        scenario = parse(text, str(output or "starter.yaml"), SHELVES)
        shown = Output(output)
        shown.write(text)
        shown.close()
        click.echo(written(plan, scenario, output), file=aside)


def _refuse_broken(lists: "Lists") -> None:
    broken = sum(ledger.broken for ledger in lists.ledgers)
    if broken:
        rows = "row is" if broken == 1 else "rows are"
        click.echo(f"nothing written: {broken} {rows} broken (--strict)", err=True)
        raise click.exceptions.Exit(BAD_INPUT)


def _asked(told: Mapping[str, Any]) -> "Asked":
    from simulator.exchange.lists import Asked

    kinds = ("staff", "roster", "leavers")
    return Asked(
        paths={kind: told[kind] for kind in kinds if told[kind] is not None},
        separator=told["separator"],
        encoding=told["encoding"],
        order=told["dates"],
        columns=told["columns"],
        employments=told["employments"],
        zone=told["zone"],
        as_of=told["as_of"],
    )


def _lists(asked: "Asked") -> "Lists":
    from simulator.exchange.lists import open_lists, read_lists

    return read_lists(asked, open_lists(asked))


def _answers(told: Mapping[str, Any]) -> "Answers":
    from simulator.exchange.drafting import Answers

    names = ("name", "zone", "staff_size", "contractors", "removed_within")
    given = {name: told[name] for name in names if told[name] is not None}
    systems = tuple(filter(None, map(str.strip, (told["systems"] or "").split(","))))
    size = given.get("staff_size", Answers().staff_size)
    given.setdefault("contractors", min(Answers().contractors, size // 2))
    if given["contractors"] > size:
        what = f"more contractors than people ({given['contractors']} of {size})"
        raise click.BadParameter(what, param_hint="--contractors")
    return Answers(
        systems=systems,
        privileged=told["privileged"],
        horizon=told["horizon"],
        **given,
    )
