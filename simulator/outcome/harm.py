"""How much harm the misuse did: targets touched, outages, audiences, data lost."""

from collections.abc import Iterable

from simulator.outcome.effects import Effect
from simulator.outcome.ledger import Ledger
from simulator.outcome.outcome import Harm
from simulator.outcome.repeats import original
from simulator.scenario.misuse import Step
from simulator.scenario.scenario import Scenario


def measure_harm(ledger: Ledger, scenario: Scenario) -> Harm:
    """Measure the harm of one run."""
    plan = scenario.misuse.plan if scenario.misuse else ()
    audience = {target.id: target.audience for target in scenario.targets}
    outages = ledger.outages
    return Harm(
        intended=count_intended(plan),
        touched=count_touched(ledger.effects),
        outages=tuple(sorted((out.target, out.seconds) for out in outages)),
        outage_s=max((out.seconds for out in outages), default=None),
        audience_min=sum(
            audience.get(original(out.target), 0) * out.weighed_s for out in outages
        )
        / 60,
        restored=all(effect.ended is not None for effect in ledger.effects),
        data_loss_s=_data_loss_s(ledger),
    )


def count_intended(plan: Iterable[Step]) -> int:
    """Count the targets that the first tries of steps are to touch.

    Steps that go for the same target, or for fresh ones of the same kind, meet the same
    targets: of those the largest request counts.
    """
    wanted: dict[str, list[tuple[int, int]]] = {}
    for step in plan:
        for first in step.tries[:1]:
            times = step.times if step.on == "fresh-targets" else 1
            wanted.setdefault(first.target, []).append((first.batch, times))
    return sum(map(_united, wanted.values()))


def _united(requests: list[tuple[int, int]]) -> int:
    """Add up (size, times), counting once what is touched by several."""
    total = met = 0
    for size, times in sorted(requests, reverse=True):
        total += size * max(times - met, 0)
        met = max(times, met)
    return total


def count_touched(effects: Iterable[Effect]) -> int:
    """Count the targets touched: for each that is named, the largest request."""
    sizes: dict[str, int] = {}
    for effect in effects:
        sizes[effect.target] = max(effect.size, sizes.get(effect.target, 0))
    return sum(sizes.values())


def _data_loss_s(ledger: Ledger) -> int | None:
    touched = {effect.target for effect in ledger.effects}
    lost = (back.lost_s for back in ledger.restored if back.target in touched)
    return max(lost, default=0) or None
