"""``lastday run``: the replay as a story, and every control and alert tried on it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.cli.log import canonical
from simulator.cli.options import choices, diagnostics, experiment, scenario_file
from simulator.cli.output import Output, writable_file

if TYPE_CHECKING:
    from simulator.experiment.findings import Findings
    from simulator.report import Replay


@click.command(
    epilog="Example: lastday run scenarios/microblog-lastday-2017.yaml "
    "--variant intent=slip --replications 1"
)
@scenario_file
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text for people, or JSON with all records of the replay.",
)
@experiment
@click.option(
    "--output", callback=writable_file, metavar="FILE", help="Write to a file instead."
)
@diagnostics
def command(
    file: str,
    form: str,
    variants: tuple[str, ...],
    seed: int,
    replications: int,
    jobs: int | None,
    output: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Replay the scenario in FILE, and try every control and alert on it.

    First one run is told minute by minute, with what every control and alert said and
    why. Then each is tried in many runs, alone, against the day as it was. With
    --replications 1 only the one run is told.

    The exit code is 1 if a replay target is missed, 2 for bad input and 130 after an
    interrupt.
    """
    from simulator.catalogue import load
    from simulator.cli.trying import Size, compared, ended, missed, replayed

    with canonical("run.finished", verbose=verbose, file=file, seed=seed) as learnt:
        scenario = load(file)
        chosen = choices(scenario, variants)
        shown = Output(output)
        replay = replayed(scenario, chosen, seed)
        learnt["records"] = len(replay.trail)
        if form == "text":
            # Shown before the long work, so that an interrupt leaves it standing.
            shown.write(_story(replay, is_alone=replications == 1))
        size = Size(seed=seed, replications=replications, jobs=jobs, quiet=quiet)
        findings = compared(scenario, chosen, size) if replications > 1 else None
        shown.write(_rest(replay, findings, form))
        shown.close()
        code = ended(findings, asked=replications) or missed(findings)
        learnt["exit_code"] = code
    raise click.exceptions.Exit(code)


def _story(replay: "Replay", *, is_alone: bool) -> str:
    from simulator.report import text

    last = f"\n\n{text.first_look(replay)}" if is_alone else ""
    return f"{text.told(replay)}{last}\n"


def _rest(replay: "Replay", findings: "Findings | None", form: str) -> str:
    from simulator.report import data, text

    if form == "json":
        return data.to_json(data.document(replay, findings))
    return f"\n{text.compared(findings)}\n" if findings else ""
