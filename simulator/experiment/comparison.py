"""The fourth verb: the same day again and again, each time with one thing changed."""

import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from types import FrameType, MappingProxyType

from attrs import evolve

from simulator import __version__
from simulator.experiment.engine import Engine, World
from simulator.experiment.executors import play
from simulator.experiment.findings import Findings
from simulator.experiment.plan import Plan, make_plan
from simulator.experiment.replicate import Replication
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
) -> Findings:
    """Find what each control and alert would have changed, and what it would have cost.

    Every candidate is judged alone: added to what is in force, or taken away where it
    is in force. All rows of a replication share one seed, so that they differ by what
    the candidate did and by nothing else. The findings are the same for any ``jobs``.

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

    Returns:
        What was found. Ctrl-C ends the experiment early and raises nothing:
        ``finished`` says how many replications are in the findings.

    Raises:
        ScenarioError: ``choose`` names an axis or option the scenario does not have.
        LastdayError: Worker processes keep dying.
        ValueError: There is nothing to replicate, or nobody to do it.
    """
    plan = make_plan(scenario, candidates=candidates, seed=seed, choose=choose)
    return _found(scenario, plan, replications, jobs, progress, engine or World())


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
    plan = make_plan(scenario, candidates=Posture(), seed=seed, choose=choose)
    questions = (evolve(question, rows=()) for question in plan.questions)
    plan = evolve(plan, questions=tuple(questions))
    return _found(scenario, plan, replications, jobs, progress, World())


def _found(
    scenario: Scenario,
    plan: Plan,
    replications: int,
    jobs: int | None,
    progress: Callable[[int, int], None] | None,
    engine: Engine,
) -> Findings:
    """Play a plan to its end or to an interrupt, and fold what it says."""
    _at_least_one("replications", replications)
    _at_least_one("jobs", 1 if jobs is None else jobs)
    tallies = [Tally.of(question) for question in plan.questions]
    job = Replication(plan, engine)
    with suppress(KeyboardInterrupt), closing(play(job, replications, jobs)) as results:
        for number, answers in enumerate(results):
            with _uninterrupted():
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


def _at_least_one(what: str, number: int) -> None:
    if number < 1:
        raise ValueError(f"no {what} ({number}); accepted: 1 or more")


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold an interrupt back to the end of the block: a run counts whole or not."""
    usual = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(usual):
        yield
        return
    held: list[tuple[int, FrameType | None]] = []
    signal.signal(signal.SIGINT, lambda number, frame: held.append((number, frame)))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
    if held:
        usual(*held[0])
