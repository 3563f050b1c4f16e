"""The fourth verb: the same day again and again, each time with one thing changed."""

import os
from collections.abc import Callable, Generator, Mapping
from contextlib import closing, suppress
from types import MappingProxyType

from attrs import evolve

from simulator import __version__
from simulator.experiment.answers import AnswerCodec, comparison_provenance
from simulator.experiment.engine import Engine, World
from simulator.experiment.executors import play, uninterrupted
from simulator.experiment.findings import Findings
from simulator.experiment.plan import Plan, make_plan
from simulator.experiment.replicate import Answer, Replication
from simulator.experiment.results import kept_play, results_in
from simulator.experiment.tally import Tally
from simulator.scenario.organisation import Posture
from simulator.scenario.scenario import Scenario

_NOTHING: Mapping[str, str] = MappingProxyType({})


def compare(
    scenario: Scenario,
    *,
    candidates: Posture | None = None,
    replications: int = 100,
    seed: int = 1,
    jobs: int | None = None,
    choose: Mapping[str, str] = _NOTHING,
    progress: Callable[[int, int], None] | None = None,
    engine: Engine | None = None,
    results: str | os.PathLike[str] | None = None,
    resume: bool = False,
    cluster: str | None = None,
) -> Findings:
    """Find what each control and alert would have changed, and what it would have cost.

    Every candidate is judged alone: added to what is in force, or taken away where it
    is in force. All rows of a replication share one seed, so that they differ by what
    the candidate did and by nothing else. The findings are the same whoever plays, and
    whether it was in one go or not.

    Args:
        scenario: The scenario; of a variant, the options it was made with are kept.
        candidates: What is tried; `default_candidates` if not given.
        replications: Runs in each row.
        seed: Any whole number.
        jobs: Processes used; one for each processor if not given. Short experiments
            stay in this one.
        choose: Axis -> option, for open questions that shall have one answer. Others
            are read apart, swept, or take their first option, as the axis says.
        progress: Called after each replication with (finished, replications).
        engine: What plays the runs; the world if not given.
        results: A folder that keeps every replication as soon as it is finished; see
            `simulator.experiment.results`. Needs the extra ``results``.
        resume: Go on with the results that are in the folder, if there are any.
        cluster: The address of a Dask scheduler, such as ``tcp://host:8786``, whose
            workers play. Needs the extra ``cluster``.

    Returns:
        What was found. Ctrl-C ends the experiment early and raises nothing:
        ``finished`` says how many replications are in the findings.

    Raises:
        ScenarioError: ``choose`` names an axis or option the scenario does not have.
        LastdayError: Workers keep dying, or cannot be reached; the folder cannot be
            used, or holds other results.
        ValueError: There is nothing to replicate, or nobody to do it, or two are to.
    """
    check_size(replications, jobs, cluster)
    plan = make_plan(scenario, candidates=candidates, seed=seed, choose=choose)
    what = comparison_provenance(scenario, plan, replications)
    job, codec = Replication(plan, engine or World()), AnswerCodec(plan)
    with results_in(results, what, resume=resume) as kept:
        source = kept_play(job, replications, codec, kept, jobs=jobs, cluster=cluster)
        return _found(scenario, plan, replications, source, progress)


def repeat(
    scenario: Scenario,
    *,
    replications: int = 100,
    seed: int = 1,
    jobs: int | None = None,
    choose: Mapping[str, str] = _NOTHING,
    progress: Callable[[int, int], None] | None = None,
) -> Findings:
    """Play the day as it was many times over, to hold it against the record.

    As `compare`, on the same seeds, but without a row for any candidate.
    """
    check_size(replications, jobs)
    plan = make_plan(scenario, candidates=Posture(), seed=seed, choose=choose)
    questions = (evolve(question, rows=()) for question in plan.questions)
    plan = evolve(plan, questions=tuple(questions))
    source = play(Replication(plan, World()), range(replications), jobs=jobs)
    return _found(scenario, plan, replications, source, progress)


def _found(
    scenario: Scenario,
    plan: Plan,
    replications: int,
    source: Generator[tuple[Answer, ...], None, None],
    progress: Callable[[int, int], None] | None,
) -> Findings:
    """Fold what the replications of a plan say, to their end or to an interrupt."""
    tallies = [Tally.of(question) for question in plan.questions]
    with suppress(KeyboardInterrupt), closing(source) as results:
        for number, answers in enumerate(results):
            with uninterrupted():
                for tally, answer in zip(tallies, answers, strict=True):
                    tally.add(number, answer)
            if progress is not None:
                progress(number + 1, replications)
    return Findings(
        title=scenario.title,
        question=scenario.question,
        incident=scenario.incident,
        seed=plan.seed,
        replications=replications,
        finished=tallies[0].in_force.runs,
        version=__version__,
        readings=tuple(tally.reading() for tally in tallies),
    )


def check_size(replications: int, jobs: int | None, cluster: str | None = None) -> None:
    """Refuse a size that no experiment can have.

    Raises:
        ValueError: There is nothing to replicate, or nobody to do it, or two are to.
    """
    if replications < 1:
        raise ValueError(f"no replications ({replications}); accepted: 1 or more")
    if jobs is not None and jobs < 1:
        raise ValueError(f"no jobs ({jobs}); accepted: 1 or more")
    if jobs is not None and cluster is not None:
        raise ValueError(f"jobs ({jobs}) and a cluster; accepted: one of them")
