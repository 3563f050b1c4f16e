"""Which candidates a lattice is made of, where nobody says.

All subsets of everything on offer are too many, and most candidates have nothing to say
about one incident. So all are asked in a few replications, and those that matter most
make the lattice:

    heard    it would have answered, signalled or ended access on the misuse, with what
             is in force, or with all those heard before switched on: who guards the
             second way is not heard while the first one is open
    order    by the runs held with it alone; then by what it adds in a pair: the runs
             its best pair holds beyond the better of the two alone; then by how often
             it was heard; then by label
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import TypeVar

from attrs import frozen

from simulator.errors import LastdayError, nearest
from simulator.experiment.arms import only
from simulator.experiment.executors import Job, play
from simulator.experiment.plan import Plan, replication_seed
from simulator.experiment.replicate import is_heard
from simulator.experiment.tally import HELD
from simulator.experiment.trials import hear_misuse
from simulator.experiment.whatif.design import Design, DesignName, design
from simulator.experiment.whatif.explore import Explored
from simulator.experiment.whatif.playing import Exploration, Ground, posture_of
from simulator.scenario.organisation import Posture
from simulator.scenario.scenario import Scenario
from simulator.world import simulate

MOST = 12
"""Candidates of a lattice that nobody named: 4,096 arms."""
SCREENED = 5
"""Replications in which all are asked."""
Told = Callable[[int, int], None]
_Seen = TypeVar("_Seen")


def chosen(
    name: DesignName,
    plan: Plan,
    labels: Iterable[str] | None,
    *,
    jobs: int | None,
    cluster: str | None,
    progress: Told | None = None,
) -> tuple[str, ...]:
    """Return the candidates of a design, sorted.

    Args:
        name: The design.
        plan: The questions, with all that is on offer in each.
        labels: Those asked for; if None those that a design takes by itself: for
            "without" those in force, or all on offer where nothing is; for "alone" and
            "pairs" all that are not in force; for a lattice at most `MOST` of these.
        jobs: Processes used.
        cluster: The address of a Dask scheduler.
        progress: Called with (finished, all there may be) after each replication that
            is played to find out; names need none.

    Raises:
        LastdayError: A label is not on offer, or nothing is.
        KeyboardInterrupt: Ctrl-C; nothing has been found out then.
    """
    on_offer = _on_offer(plan)
    if labels is not None:
        return _checked(tuple(labels), on_offer)
    in_force = {
        label
        for question in plan.questions
        for label in question.variants[0].organisation.posture.labels
    }
    if name == "without":
        return tuple(label for label in on_offer if label in in_force) or on_offer
    free = tuple(label for label in on_offer if label not in in_force)
    if not free:
        raise LastdayError("nothing is on offer that is not in force; accepted: names")
    if name != "lattice":
        return free
    screen = _Screen(plan, jobs, cluster, progress or (lambda done, total: None))
    return tuple(sorted(screen.that_matter(free)))


def _on_offer(plan: Plan) -> tuple[str, ...]:
    """Return what every reading can switch on or off."""
    sets = [
        {*question.candidates.labels, *variant.organisation.posture.labels}
        for question in plan.questions
        for variant in question.variants
    ]
    return tuple(sorted(set.intersection(*sets)))


def _checked(labels: tuple[str, ...], on_offer: tuple[str, ...]) -> tuple[str, ...]:
    for label in labels:
        if label not in on_offer:
            accepted = nearest(label, on_offer)
            raise LastdayError(
                f"unknown candidate ({label!r}); "
                f"{accepted or 'accepted: ' + ', '.join(on_offer)}"
            )
    if not labels:
        raise LastdayError("no candidates; accepted: one or more labels")
    return tuple(sorted(set(labels)))


@frozen(eq=False)
class _Screen:
    """Who plays the replications that tell what matters, and who is told of them."""

    plan: Plan
    jobs: int | None
    cluster: str | None
    progress: Told

    def that_matter(self, labels: tuple[str, ...]) -> tuple[str, ...]:
        """Return those that matter most; the first by label if none is heard."""
        heard: Counter[str] = Counter()
        for counts in self._played(Hearing(self.plan, labels), 0):
            heard.update(counts)
        audible = tuple(label for label in labels if heard[label])
        if len(audible) <= MOST:
            return audible or labels[:MOST]
        arms = design("pairs", audible)
        held = self._held(arms)

        def order(label: str) -> tuple[int, int, int, str]:
            alone = held[arms.arm((label,))]
            pairs = (
                held[arms.arm((label, other))] - max(alone, held[arms.arm((other,))])
                for other in audible
                if other != label
            )
            return (-alone, -max(pairs), -heard[label], label)

        return tuple(sorted(audible, key=order)[:MOST])

    def _held(self, arms: Design) -> Counter[int]:
        """Count for each arm the screened runs that held, over all readings."""
        grounds = tuple(Ground(question, arms) for question in self.plan.questions)
        held: Counter[int] = Counter()
        for explored in self._played(Exploration(self.plan.seed, grounds), SCREENED):
            for one in explored:
                held.update(_that_held(one, len(arms.masks)))
        return held

    def _played(self, job: Job[_Seen], before: int) -> Iterator[_Seen]:
        source = play(job, range(SCREENED), jobs=self.jobs, cluster=self.cluster)
        with closing(source) as played:
            for done, result in enumerate(played, before + 1):
                self.progress(done, 2 * SCREENED)
                yield result


def _that_held(explored: Explored, arms: int) -> Iterator[int]:
    for leaf in explored.leaves:
        if leaf.outcome.verdict in HELD:
            yield from (arm for arm in range(arms) if leaf.arms >> arm & 1)


@frozen(eq=False)
class Hearing:
    """Who is heard about the misuse in a replication, over all readings.

    Attributes:
        plan: The readings.
        labels: Those that are asked.
    """

    plan: Plan
    labels: tuple[str, ...]

    def __call__(self, number: int) -> Counter[str]:
        """Count in how many readings each was heard."""
        counts: Counter[str] = Counter()
        seed = replication_seed(self.plan.seed, number)
        for question in self.plan.questions:
            variant = question.variants[number % len(question.variants)]
            offered = posture_of(self.labels, question.candidates)
            first = self._heard(variant, seed, Posture(), offered)
            counts.update(first)
            on = posture_of(first, offered)
            counts.update(self._heard(variant, seed, on, offered) - first)
        return counts

    def _heard(
        self, variant: Scenario, seed: int, on: Posture, offered: Posture
    ) -> frozenset[str]:
        """Return those that are heard in one run with some of them switched on."""
        arm = variant.organisation.posture.plus(on)
        heard = hear_misuse(simulate(variant, arm, seed, shadow=offered))
        return frozenset(
            label for label in self.labels if is_heard(only(label, offered), heard)
        )
