"""How much harm the misuse did: targets touched, outages, audience-minutes."""

from collections.abc import Iterable

from simulator.outcome.ledger import Effect, Ledger
from simulator.outcome.outcome import Harm
from simulator.scenario.misuse import Misuse
from simulator.scenario.scenario import Scenario


def measure_harm(ledger: Ledger, scenario: Scenario) -> Harm:
    """Measure the harm of one run."""
    effects = ledger.effects
    outages = outages_s(effects, ledger.horizon)
    audience = {target.id: target.audience for target in scenario.targets}
    return Harm(
        intended=count_intended(scenario.misuse),
        touched=len({effect.target for effect in effects}),
        outages=tuple(sorted(outages.items())),
        outage_s=max(outages.values(), default=None),
        audience_min=sum(audience.get(t, 0) * s for t, s in outages.items()) / 60,
        restored=all(effect.ended is not None for effect in effects),
    )


def count_intended(misuse: Misuse | None) -> int:
    """Count the targets that the first tries of a plan name."""
    if misuse is None:
        return 0
    return len({step.tries[0].target for step in misuse.plan if step.tries})


def outages_s(effects: Iterable[Effect], horizon: int) -> dict[str, int]:
    """Return for how long each target was out; what overlaps counts once."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for effect in effects:
        if effect.does == "takes-down":
            ended = horizon if effect.ended is None else effect.ended
            spans.setdefault(effect.target, []).append((effect.began, ended))
    return {target: _covered_s(parts) for target, parts in spans.items()}


def _covered_s(spans: list[tuple[int, int]]) -> int:
    covered, until = 0, 0
    for start, end in sorted(spans):
        covered += max(0, end - max(start, until))
        until = max(until, end)
    return covered
