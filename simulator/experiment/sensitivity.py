"""Which assumptions move the answer, and how much of its doubt is theirs.

Most numbers of an incident are assumptions. Each is set to the low and to the high end
of its range, all else equal and on the same seeds, first in a few replications. Those
whose runs differ in nothing are without effect there; those that move the answer are
played in all replications (a tornado, one at a time). What one at a time cannot see is
interaction. Two more looks can: elementary effects along random paths, and a joint
sample of all ranges, which also tells apart the spread that comes from parameters and
the noise of simulation.

Sources: tornado: Howard (1988), Management Science 34, 679-695; elementary effects:
Morris (1991), Technometrics 33, 161-174; shared seeds: Law, Simulation Modeling and
Analysis, 5th edition, 11.2.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from simulator import __version__
from simulator.experiment.assumptions import Assumption, assumptions_of
from simulator.experiment.bench import Fresh, study_of
from simulator.experiment.engine import Engine
from simulator.experiment.placing import jointly, walks
from simulator.experiment.plan import make_plan
from simulator.experiment.screening import SCREENING, Player, Screened
from simulator.experiment.tornado import Sensitivity, mean_of, restored
from simulator.experiment.variance import Effect, Parted, effect_of, part
from simulator.experiment.watched import Measure, measure_named
from simulator.scenario.organisation import Posture
from simulator.scenario.scenario import Scenario

JOINT_RUNS = 40
"""Replications of each draw of the joint sample."""
WALK_RUNS = 20
"""Replications of each point of a random path."""

_NOTHING: Mapping[str, str] = MappingProxyType({})


def sensitivity(
    scenario: Scenario,
    *,
    arm: Posture | Iterable[str] | None = None,
    measure: Measure | str = "held",
    difference: bool = False,
    replications: int = 100,
    draws: int = 50,
    paths: int = 0,
    seed: int = 1,
    jobs: int | None = None,
    choose: Mapping[str, str] = _NOTHING,
    progress: Callable[[int, int], None] | None = None,
    engine: Engine | None = None,
) -> Sensitivity:
    """Find which assumptions move the answer of a scenario.

    The result is the same for any ``jobs``. Ctrl-C ends it without one.

    Args:
        scenario: The scenario; of a variant, the options it was made with are kept.
        arm: What is switched on: a posture, or labels of candidates to add to what is
            in force and of what is in force to take away; what is in force if not
            given.
        measure: The answer that is watched, or the name of one in `watched.MEASURES`.
        difference: Watch how much the arm changes it, instead of what it is.
        replications: Runs of each end of a range that moves the answer.
        draws: Joint draws of all ranges; no joint sample below 2.
        paths: Random paths along which elementary effects are taken; none below 2.
        seed: Any whole number.
        jobs: Processes used; one for each processor if not given.
        choose: Axis -> option. Of open questions shown apart or on request, the first
            option is taken unless chosen here; swept ones take turns.
        progress: Called after each replication with (finished, all there may be).
        engine: What plays the runs; the world if not given.

    Raises:
        ScenarioError: ``arm``, ``measure`` or ``choose`` names what does not exist.
        LastdayError: Worker processes keep dying.
        ValueError: There is nothing to replicate, or nobody to do it.
    """
    _at_least_one("replications", replications)
    _at_least_one("jobs", 1 if jobs is None else jobs)
    watched = measure_named(measure) if isinstance(measure, str) else measure
    plan = make_plan(scenario, candidates=Posture(), seed=seed, choose=choose)
    variants = plan.questions[0].variants
    study = study_of(variants, arm, watched, difference=difference, seed=seed)
    plays = replications + JOINT_RUNS * (draws > 1) + WALK_RUNS * (paths > 1)
    player = Player(study, engine or Fresh(), jobs, plays, progress)
    return _found(scenario, player, replications, draws, paths)


def _found(
    scenario: Scenario, player: Player, replications: int, draws: int, paths: int
) -> Sensitivity:
    """Screen, play out, move everything at once, and sum up."""
    study = player.study
    assumed = assumptions_of(study.variants)
    screened = Screened.of(player, assumed.movable, replications)
    screened.play_out(player, replications)
    parted, drawn_back = _joint(player, screened.with_effect(), draws)
    effects = _effects(player, screened.of_answer(), paths)
    return Sensitivity(
        title=scenario.title,
        measure=study.measure.name,
        says=study.measure.says,
        share=study.measure.share,
        arm=study.changes,
        difference=study.difference,
        chosen=_common(study.variants),
        seed=study.seed,
        replications=replications,
        screening=min(SCREENING, replications),
        base=screened.answer(screened.base),
        restore=restored(screened.base),
        rows=screened.rows(effects),
        elsewhere=tuple(one.assumption.number.path for one in screened.elsewhere),
        without_effect=tuple(one.assumption.number.path for one in screened.idle),
        fixed=assumed.fixed,
        joint=parted,
        drawn_back=drawn_back,
        version=__version__,
    )


def _joint(
    player: Player, assumptions: Sequence[Assumption], draws: int
) -> tuple[Parted | None, int]:
    """Move all assumptions at once, and part the spread; count draws drawn back."""
    if draws < 2 or not assumptions:
        return None, 0
    points = list(jointly(player.study, assumptions, draws))
    _, runs, _ = player.runs([point for point, _ in points], 0, JOINT_RUNS)
    # A run that lacks the answer in some draw cannot be compared over draws.
    whole = [
        [sample.value for sample in column if sample.value is not None]
        for column in zip(*runs, strict=True)
    ]
    columns = [column for column in whole if len(column) == draws]
    drawn_back = sum(back for _, back in points)
    if len(columns) < 2:
        return None, drawn_back
    return part(list(zip(*columns, strict=True))), drawn_back


def _effects(
    player: Player, assumptions: Sequence[Assumption], paths: int
) -> Mapping[str, Effect | None]:
    """Take elementary effects along random paths."""
    if paths < 2 or not assumptions:
        return {}
    ways = list(walks(player.study, assumptions, paths))
    points = [point for way in ways for point in way.points]
    _, runs, _ = player.runs(points, 0, WALK_RUNS)
    means = iter(map(mean_of, runs))
    found: defaultdict[str, list[float]] = defaultdict(list)
    for way in ways:
        answers = [next(means) for _ in way.points]
        for (before, after), (path, step) in zip(
            pairwise(answers), way.steps, strict=True
        ):
            if before is not None and after is not None:
                found[path].append((after - before) / step)
    return {path: effect_of(changes) for path, changes in found.items()}


def _common(variants: Sequence[Scenario]) -> tuple[tuple[str, str], ...]:
    """Return the options that all variants have in common."""
    shared = set(variants[0].chosen).intersection(*(v.chosen for v in variants[1:]))
    return tuple(pair for pair in variants[0].chosen if pair in shared)


def _at_least_one(what: str, number: int) -> None:
    if number < 1:
        raise ValueError(f"no {what} ({number}); accepted: 1 or more")
