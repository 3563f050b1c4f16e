"""What `run` and `report` share: one run to tell, and an experiment around it."""

from typing import TYPE_CHECKING

from simulator.cli.options import Choices
from simulator.cli.progress import progress

if TYPE_CHECKING:
    from simulator.experiment.findings import Findings
    from simulator.report import Replay
    from simulator.scenario.scenario import Scenario


def replayed(scenario: "Scenario", chosen: Choices, seed: int) -> "Replay":
    """Play the run that is told, with all candidates asked in the shadow."""
    from simulator.experiment.arms import default_candidates
    from simulator.outcome import measure
    from simulator.report import Replay
    from simulator.world import simulate

    variant = scenario.variant(*chosen)
    tried = default_candidates(variant)
    trail = simulate(variant, variant.organisation.posture, seed, shadow=tried)
    return Replay(variant, trail, measure(trail, variant), tried)


def compared(
    scenario: "Scenario",
    chosen: Choices,
    *,
    seed: int,
    replications: int,
    jobs: int | None,
    quiet: bool,
) -> "Findings":
    """Run the experiment, showing how far it is."""
    from simulator.experiment import compare

    with progress(quiet=quiet) as step:
        return compare(
            scenario,
            replications=replications,
            seed=seed,
            jobs=jobs,
            choose=dict(chosen),
            progress=step,
        )


def is_interrupted(findings: "Findings") -> bool:
    """Say whether the experiment ended before all its runs were done."""
    return findings.finished < findings.replications


def misses(findings: "Findings") -> int:
    """Count the replay targets that were missed."""
    return sum(
        not check.met for reading in findings.readings for check in reading.targets
    )
