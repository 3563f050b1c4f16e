"""Replay targets: what is documented, held against what the runs show."""

from collections.abc import Iterable

from simulator.clock import format_duration
from simulator.experiment.findings import Spread, TargetCheck
from simulator.outcome import Outcome
from simulator.scenario.scenario import COUNTS, Expectation, Scenario


def observe(
    expectation: Expectation, outcome: Outcome, scenario: Scenario
) -> int | None:
    """Return the value that one run gives the metric of an expectation.

    None: it did not happen in this run.
    """
    times, harm = outcome.times, outcome.harm
    match expectation.metric:
        case "outage":
            if not expectation.of:
                return harm.outage_s
            return dict(harm.outages).get(expectation.of)
        case "targets-touched":
            return harm.touched
        case "people-able":
            only = scenario.organisation.actions[0].id
            return people_able(scenario, expectation.of or only)
        case "time-to-notice":
            return times.notice_s
        case "time-to-detect":
            return times.detect_s
        case "time-to-contain":
            return times.contain_s
        case "time-to-restore":
            return times.restore_s
        case "time-to-attribute":
            return times.attribute_s
        case "derived-state-tail":
            return times.derived_tail_s
        case "statement-lag":
            only = next((name for name, _ in times.statements), "")
            return dict(times.statements).get(expectation.of or only)
        case "act-span":
            return times.act_span_s
        case "separation-to-act":
            return times.since_separation_s
        case "residual-access":
            return _longest_residual(expectation.of, outcome, scenario)
        case "data-loss":
            return harm.data_loss_s


def _longest_residual(of: str, outcome: Outcome, scenario: Scenario) -> int | None:
    """Return how long the longest access of a leaver lasted after separation.

    What had not ended at the horizon counts as lasting until then. Of nobody in
    particular it is that of whoever had it longest.
    """
    separations = {
        person.id: person.leaving.separation
        for person in scenario.organisation.staff
        if person.leaving is not None and of in ("", person.id)
    }
    horizon = scenario.clock.horizon
    return max(
        (
            horizon - separations[left.staff] if left.seconds is None else left.seconds
            for left in outcome.times.residual
            if left.staff in separations
        ),
        default=None,
    )


def people_able(scenario: Scenario, action: str) -> int:
    """Count the people whose role allows an action on the target of the misuse.

    The target is that of the first try that uses the action, or of the first try. No
    run is needed, and whether somebody is on shift plays no part.
    """
    organisation, misuse = scenario.organisation, scenario.misuse
    tries = [a for step in misuse.plan for a in step.tries] if misuse else []
    aimed = [a for a in tries if a.action == action] or tries
    tiers = {target.id: target.tier for target in scenario.targets}
    rank = organisation.tiers.index(tiers[aimed[0].target]) if aimed else 0
    able = {
        role.id
        for role in organisation.roles
        for entitlement in role.may
        if action in entitlement.actions
        and organisation.tiers.index(entitlement.up_to) >= rank
    }
    named = [person.team for person in organisation.staff]
    return sum(
        team.size + named.count(team.id)
        for team in organisation.teams
        if team.role in able
    )


def check(
    expectation: Expectation, scenario: Scenario, simulated: Spread
) -> TargetCheck:
    """Hold the values of all runs against the documented one."""
    return TargetCheck(
        name=expectation.id,
        metric=" of ".join(filter(None, (expectation.metric, expectation.of))),
        documented=documented(expectation),
        source=sources(expectation, scenario),
        basis=expectation.basis,
        simulated=simulated,
        met=is_met(expectation, simulated),
    )


def is_met(expectation: Expectation, simulated: Spread) -> bool:
    """Say whether the runs reach into the documented range.

    The central 90 % of the runs in which it happened must reach into it, and it must
    have happened in at least half of all runs.
    """
    low, high = _range(expectation)
    if simulated.low is None or simulated.high is None:
        return False
    reaches = (low is None or simulated.high >= low) and (
        high is None or simulated.low <= high
    )
    return reaches and 2 * simulated.happened >= simulated.of


def documented(expectation: Expectation) -> str:
    """Write the documented value: "11 min", "0 s to 2 min", "at least 200"."""
    low, high = _range(expectation)
    counts = expectation.metric in COUNTS
    texts = [
        str(value) if counts else format_duration(value)
        for value in (low, high)
        if value is not None
    ]
    if low is None:
        return f"at most {texts[0]}" if texts else "any"
    if high is None:
        return f"at least {texts[0]}"
    return " to ".join(dict.fromkeys(texts))


def sources(expectation: Expectation, scenario: Scenario) -> str:
    """Return tag and source of the documented value, each named once."""
    return "; ".join(_sources(f"expect.{expectation.id}.", scenario))


def _sources(path: str, scenario: Scenario) -> Iterable[str]:
    named = (
        f"{known.tag} {known.source}".strip()
        for known in scenario.provenance
        if known.path.startswith(path)
    )
    return dict.fromkeys(named)


def _range(expectation: Expectation) -> tuple[int | None, int | None]:
    if expectation.exactly is not None:
        return expectation.exactly, expectation.exactly
    return expectation.at_least, expectation.at_most
