"""The sixth verb: every incident against one organisation, and what closes its gaps."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from os import PathLike

from attrs import evolve, field, frozen

from simulator import __version__
from simulator.errors import ScenarioError
from simulator.experiment.arms import default_candidates, judged, only
from simulator.experiment.assessed import Assessment, IncidentRow
from simulator.experiment.costs import honest_days
from simulator.experiment.crew import Study, carry_out
from simulator.experiment.engine import Engine, World
from simulator.experiment.gaps import Rules, examine, pay
from simulator.experiment.kept import Kept, key_of
from simulator.experiment.matrix import Case, MatrixTally
from simulator.experiment.plan import Choices
from simulator.experiment.trials import Pay, Trials
from simulator.scenario.binding import NotPossible, bind
from simulator.scenario.organisation import Posture
from simulator.scenario.scenario import Scenario

Bind = Callable[[Scenario, Scenario], Scenario | NotPossible]
Progress = Callable[[int, int], None]


def assess(
    organisation: Scenario,
    incidents: Iterable[Scenario],
    *,
    candidates: Posture | None = None,
    replications: int = 100,
    seed: int = 1,
    jobs: int | None = None,
    gap_under: float = 0.9,
    remedies: int = 3,
    friction_replications: int = 30,
    results: str | PathLike[str] | None = None,
    progress: Progress | None = None,
    bind: Bind = bind,
    engine: Engine | None = None,
) -> Assessment:
    """Play all incidents against an organisation, and find what closes the gaps.

    Each incident is bound to the organisation with what it has in force. Where it is
    held (stopped, limited or caught) in too small a share of the runs, controls and
    alerts that are not in force are added, one at a time and then in pairs, on the same
    seeds; their cost is measured without misuse. Open questions that are shown apart or
    swept have the replications spread over their answers. Any ``jobs`` find the same.

    Args:
        organisation: The organisation; a misuse of its own is ignored.
        incidents: Scenarios with a misuse.
        candidates: What may be added; `default_candidates` of the organisation if not
            given. Witnesses cannot be added and are left out.
        replications: Runs of each incident and of each addition.
        seed: Any whole number.
        jobs: Processes used; one for each processor if not given.
        gap_under: An incident held in a smaller share of its runs is a gap.
        remedies: How many are looked for in each gap, the cheapest first.
        friction_replications: Runs without misuse that friction is measured in.
        results: A file that takes each incident as it is finished, and from which those
            are taken that were finished before in the same way.
        progress: Called with (done, total) as the work goes on.
        bind: Puts an incident into an organisation.
        engine: What plays the runs; the world if not given.

    Returns:
        What was found. Ctrl-C ends it early and raises nothing: the incidents that
        were finished have their rows, and ``unfinished`` names the others.

    Raises:
        ScenarioError: An incident has no misuse, or there is none to assess.
        LastdayError: The file of results cannot be used, or processes keep dying.
        ValueError: A number is out of its range.
    """
    size = _Size(replications, friction_replications, remedies, gap_under, seed)
    size.check(jobs)
    here = organisation.variant(*organisation.chosen)
    cases = tuple(_cases(here, incidents, bind))
    additions = _additions(here, candidates)
    kept = Kept.open(results) if results is not None else None
    work = _set_up(here, cases, additions, size, engine or World(), kept, progress)
    return _summed_up(here, cases, size, work.rows(jobs))


@frozen
class _Size:
    """How large an assessment is."""

    replications: int
    friction_replications: int
    remedies: int
    gap_under: float
    seed: int

    def check(self, jobs: int | None) -> None:
        """Raise ValueError where a number is out of its range."""
        _at_least_one(
            replications=self.replications,
            jobs=1 if jobs is None else jobs,
            friction_replications=self.friction_replications,
            remedies=self.remedies,
        )
        if not 0 <= self.gap_under <= 1:
            said = f"no share (gap_under={self.gap_under})"
            raise ValueError(f"{said}; accepted: 0 to 1")


def _set_up(
    here: Scenario,
    cases: tuple[Case, ...],
    additions: tuple[Posture, ...],
    size: _Size,
    engine: Engine,
    kept: Kept | None,
    progress: Progress | None,
) -> "_Assessing":
    return _Assessing(
        cases,
        Trials(
            size.seed,
            tuple(case.variants for case in cases),
            evolve(here, misuse=None, expect=(), axes=()),
            additions,
            engine,
        ),
        Rules(
            size.replications,
            size.gap_under,
            size.remedies,
            tuple(label for posture in additions for label in posture.labels),
            size.friction_replications,
            honest_days(here),
        ),
        kept,
        progress or (lambda done, total: None),
    )


def _summed_up(
    here: Scenario,
    cases: tuple[Case, ...],
    size: _Size,
    rows: dict[int, IncidentRow],
) -> Assessment:
    return Assessment(
        organisation=here.organisation.name,
        title=here.title,
        in_force=here.organisation.posture.labels,
        seed=size.seed,
        replications=size.replications,
        friction_replications=size.friction_replications,
        gap_under=size.gap_under,
        version=__version__,
        rows=tuple(rows[at] for at in sorted(rows)),
        unfinished=tuple(case.name for case in cases if case.position not in rows),
    )


@frozen
class _Assessing:
    """An assessment at work."""

    cases: tuple[Case, ...]
    trials: Trials
    rules: Rules
    kept: Kept | None
    progress: Progress
    done: dict[int, int] = field(init=False, factory=dict)

    def rows(self, jobs: int | None) -> dict[int, IncidentRow]:
        """Return the rows of all incidents that could be finished, by position."""
        keys = {case.position: self._key(case) for case in self.cases}
        before = self.kept.rows if self.kept else {}
        rows = {at: before[key] for at, key in keys.items() if key in before}
        todo = [case for case in self.cases if case.position not in rows]
        # Friction is the same for all incidents: it is measured before any needs it.
        studies = [_friction(self.rules), *(_study(case, self.rules) for case in todo)]
        self.done.update(dict.fromkeys(rows, 2 * self.rules.replications))

        def told(study: int, task: object) -> None:
            """Count a run; pairs and friction are beyond what can be foreseen."""
            if not isinstance(task, Pay):
                at = todo[study - 1].position
                so_far = self.done.get(at, 0) + 1
                self.done[at] = min(so_far, 2 * self.rules.replications - 1)
            self._tell()

        found = carry_out(studies if todo else [], self.trials, jobs, told=told)
        with suppress(KeyboardInterrupt), closing(found):
            for study, row in found:
                if row is None:
                    continue
                case = todo[study - 1]
                at = case.position
                rows[at] = row
                if self.kept is not None and case.variants:
                    self.kept.add(keys[at], row)
                self.done[at] = 2 * self.rules.replications
                self._tell()
        return rows

    def _tell(self) -> None:
        total = 2 * self.rules.replications * len(self.cases)
        self.progress(sum(self.done.values()), total)

    def _key(self, case: Case) -> str:
        """Return what the row of a case depends on, beside the code itself."""
        rules, trials = self.rules, self.trials
        return key_of(
            __version__,
            trials.seed,
            rules.replications,
            rules.gap_under,
            rules.remedies,
            rules.payers,
            case.name,
            case.variants,
            case.stands_for,
            trials.honest,
            trials.additions,
        )


def _friction(rules: Rules) -> Study[None]:
    """Measure the friction of every single addition."""
    yield from pay(rules, [1 << n for n in range(len(rules.labels))])


def _study(case: Case, rules: Rules) -> Study[IncidentRow]:
    """Examine what can be played; of the rest the row is known."""
    if not case.variants:
        yield []
        return MatrixTally(case).row()
    return (yield from examine(case, rules))


def _cases(
    organisation: Scenario, incidents: Iterable[Scenario], bind: Bind
) -> Iterator[Case]:
    """Bind each incident, in every answer to its open questions that is told."""
    some = False
    for position, incident in enumerate(incidents):
        some = True
        name = incident.incident or incident.title
        if incident.misuse is None:
            raise ScenarioError(
                f"nothing to assess ({name!r} has no misuse); accepted: scenarios in "
                "which something goes wrong"
            )
        yield _case(position, name, incident, organisation, bind)
    if not some:
        raise ScenarioError("no incidents (0); accepted: scenarios with a misuse")


def _case(
    position: int, name: str, incident: Scenario, organisation: Scenario, bind: Bind
) -> Case:
    variants: dict[int, Scenario] = {}
    answers: dict[int, set[tuple[str, str]]] = {}
    why_not: list[str] = []
    for choices in _answers(incident):
        bound = bind(incident.variant(*choices), organisation)
        if isinstance(bound, NotPossible):
            why_not.append(bound.why)
            continue
        bare = evolve(bound, chosen=())
        at = next((n for n, known in variants.items() if known == bare), len(variants))
        variants.setdefault(at, bare)
        answers.setdefault(at, set()).update(choices)
    return Case(
        position=position,
        name=name,
        title=incident.title,
        variants=tuple(variants.values()),
        stands_for=tuple(tuple(sorted(told)) for told in answers.values()),
        why_not="" if variants else "; ".join(dict.fromkeys(why_not)),
    )


def _answers(incident: Scenario) -> tuple[Choices, ...]:
    """Return all combinations of answers that are told; one where none is open.

    A scenario that is a variant already keeps the options it was made with.
    """
    if incident.chosen:
        return (incident.chosen,)
    apart, swept = (incident.choices(show=show) for show in ("apart", "swept"))
    return tuple((*one, *other) for one in apart for other in swept)


def _additions(
    organisation: Scenario, candidates: Posture | None
) -> tuple[Posture, ...]:
    """Return all that may be added, each as a posture of its own, by label."""
    in_force = organisation.organisation.posture
    offered = default_candidates(organisation) if candidates is None else candidates
    return tuple(
        only(candidate.label, offered)
        for candidate in judged(in_force, offered)
        if not candidate.in_force and candidate.shelf != "witness"
    )


def _at_least_one(**numbers: int) -> None:
    for name, number in numbers.items():
        if number < 1:
            raise ValueError(f"no {name} ({number}); accepted: 1 or more")
