"""What `run` and `report` share: one run to tell, and an experiment around it."""

from typing import TYPE_CHECKING

import click
from attrs import frozen

from simulator.cli.exits import DONE, EXPECTATION_FAILED, INTERRUPTED
from simulator.cli.options import Choices
from simulator.cli.progress import progress

if TYPE_CHECKING:
    from simulator.experiment.findings import Findings
    from simulator.report import Replay
    from simulator.scenario.scenario import Scenario


def replayed(scenario: "Scenario", chosen: Choices, seed: int) -> "Replay":
    """Play the run that is told, with all candidates asked in the shadow."""
    from simulator.experiment.arms import default_candidates
    from simulator.report import Replay
    from simulator.world import simulate

    variant = scenario.variant(*chosen)
    tried = default_candidates(variant)
    trail = simulate(variant, variant.organisation.posture, seed, shadow=tried)
    return Replay.of(variant, trail, tried)


@frozen
class Size:
    """How large an experiment is, and how loud."""

    seed: int
    replications: int
    jobs: int | None
    quiet: bool


def compared(scenario: "Scenario", chosen: Choices, size: Size) -> "Findings | None":
    """Run the experiment, showing how far it is; None if nothing of it was finished."""
    from simulator.experiment import compare

    with progress(quiet=size.quiet) as step:
        findings = compare(
            scenario,
            replications=size.replications,
            seed=size.seed,
            jobs=size.jobs,
            choose=dict(chosen),
            progress=step,
        )
    if findings.finished < findings.replications:
        done = f"{findings.finished} of {findings.replications}"
        click.echo(f"interrupted after {done} replications", err=True)
    return findings if findings.finished else None


def ended(findings: "Findings | None", *, asked: int) -> int:
    """Return the exit code of a command that asked for so many replications."""
    if asked > 1 and findings is None:
        return INTERRUPTED
    if findings is not None and findings.finished < findings.replications:
        return INTERRUPTED
    return DONE


def missed(findings: "Findings | None") -> int:
    """Return the exit code for the replay targets, and say how many were missed."""
    readings = findings.readings if findings else ()
    misses = sum(not check.met for reading in readings for check in reading.targets)
    if misses:
        click.echo(f"replay targets missed: {misses}, see above", err=True)
    return EXPECTATION_FAILED if misses else DONE
