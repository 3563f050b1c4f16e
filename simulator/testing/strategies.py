"""Hypothesis strategies for small scenarios that are always valid, and for postures.

A scenario spans one short working day of a small organisation: enough for tickets to
queue, approvers to be away, a leaver's access to end, and a misuse to find another way.
"""

from collections.abc import Iterable

from hypothesis import strategies as st

from simulator.alerts import CATALOGUE as ALERTS
from simulator.clock import Moment, Seconds, TimeOfDay
from simulator.controls import CATALOGUE as CONTROLS
from simulator.scenario.fields import Share
from simulator.scenario.misuse import (
    Attempt,
    Misuse,
    Requirement,
    Step,
    Target,
    When,
)
from simulator.scenario.organisation import (
    Action,
    Approvals,
    Desk,
    Entitlement,
    ExitTask,
    Leaving,
    Organisation,
    Person,
    Population,
    Posture,
    Registry,
    Response,
    Role,
    ShiftPattern,
    Statement,
    System,
    Team,
    TicketKind,
)
from simulator.scenario.scenario import Scenario, Timeline, Tolerances
from simulator.streams import (
    Constant,
    Distribution,
    Exponential,
    LogNormal,
    Triangular,
    Uniform,
)

MINUTE, HOUR = 60, 3600
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

shares = st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]).map(Share)
seeds = st.integers(0, 2**31)


def spans(low: int = 0, high: int = 2 * HOUR) -> st.SearchStrategy[Distribution]:
    """Distributions of times between two bounds, of every shape."""
    seconds = st.integers(low, high).map(Seconds)
    several = st.lists(seconds, min_size=3, max_size=3).map(sorted)
    return st.one_of(
        seconds.map(Constant),
        several.map(lambda s: Uniform(s[0], s[2])),
        several.map(lambda s: Triangular(s[0], s[1], s[2])),
        several.map(lambda s: LogNormal(Seconds(s[0] + 1), Seconds(s[2] + 1))),
        seconds.map(lambda s: Exponential(Seconds(s + 1))),
    )


@st.composite
def postures(draw: st.DrawFn, *, controls: int = 5, alerts: int = 4) -> Posture:
    """Sets of controls and alerts of the catalogue, with their default settings."""
    return Posture(
        controls=tuple(
            CONTROLS[name]() for name in draw(_names(CONTROLS, most=controls))
        ),
        alerts=tuple(ALERTS[name]() for name in draw(_names(ALERTS, most=alerts))),
    )


def _names(shelf: Iterable[str], *, most: int) -> st.SearchStrategy[list[str]]:
    names = sorted(shelf)
    return st.lists(st.sampled_from(names), max_size=most, unique=True)


def everything() -> Posture:
    """All controls and alerts of the catalogue, with their default settings."""
    return Posture(
        tuple(control() for control in CONTROLS.values()),
        tuple(alert() for alert in ALERTS.values()),
    )


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Small scenarios, with a misuse in most of them."""
    return Scenario(
        title="generated",
        question="does the law hold?",
        clock=Timeline("2026-03-09T08:00", "Europe/London", Seconds(14 * HOUR)),
        organisation=draw(_organisations()),
        tolerances=Tolerances(
            tolerable_outage=Seconds(draw(st.integers(0, HOUR))),
            caught_within=Seconds(draw(st.integers(0, HOUR))),
        ),
        targets=(
            Target(
                "celebrity",
                "protected",
                audience=draw(st.sampled_from([0, 1_000, 10_000_000])),
                owner_answers=draw(st.none() | spans()),
            ),
        ),
        misuse=draw(st.none() | _misuses() | _misuses()),
    )


@st.composite
def _organisations(draw: st.DrawFn) -> Organisation:
    separation = draw(st.integers(HOUR, 12 * HOUR))
    return Organisation(
        name="generated",
        tiers=("ordinary", "protected"),
        actions=(
            Action("deactivate", "takes-down", "console", draw(_effect_delays())),
            Action("look-up", "reads", "console"),
        ),
        systems=(System("console", Seconds(draw(st.sampled_from([HOUR, 8 * HOUR])))),),
        roles=(
            Role("agent", (_may(draw(st.sampled_from(["ordinary", "protected"]))),)),
            Role("lead", (_may("protected"),)),
        ),
        shifts=(
            _shift("day", 8, draw(st.integers(12, 20))),
            _shift("always", 0, 24),
        ),
        teams=(
            Team("desk", "agent", "contractor", "day", draw(st.integers(1, 4))),
            Team("leads", "lead", "employee", "day", draw(st.integers(0, 2))),
            Team("watch", "lead", "employee", "always", draw(st.integers(0, 2))),
        ),
        staff=(
            Person(
                "leaver",
                "desk",
                leaving=Leaving(
                    Moment(draw(st.integers(-10 * HOUR, separation))),
                    Moment(separation),
                ),
            ),
        ),
        registries=(Registry("contractor", draw(spans(0, 24 * HOUR)), draw(shares)),),
        offboarding=(
            ExitTask(
                "disable",
                draw(st.sampled_from(["notice", "registry-entry", "separation"])),
                draw(spans()),
                ("console",),
                draw(st.sampled_from(["account", "sessions"])),
                failure=draw(shares),
            ),
        ),
        desks=(draw(_desks()),),
        populations=(
            Population("ordinary", 1_000_000, audience=100),
            Population("protected", 10, audience=1_000_000),
        ),
        approvals=Approvals(
            draw(spans(0, 10 * MINUTE)),
            draw(spans(0, 10 * MINUTE)),
            *(draw(shares) for _ in range(4)),
        ),
        response=draw(_responses()),
    )


def _effect_delays() -> st.SearchStrategy[Distribution]:
    return st.just(Constant(Seconds(0))) | spans(0, HOUR)


def _may(tier: str) -> Entitlement:
    return Entitlement(("deactivate", "look-up"), tier)


def _shift(name: str, start_h: int, end_h: int) -> ShiftPattern:
    return ShiftPattern(name, WEEK, TimeOfDay(start_h * HOUR), TimeOfDay(end_h * HOUR))


@st.composite
def _desks(draw: st.DrawFn) -> Desk:
    return Desk(
        "desk",
        ("desk",),
        opens=Moment(draw(st.integers(0, HOUR))),
        closes=Moment(draw(st.integers(2 * HOUR, 6 * HOUR))),
        tickets_per_hour=draw(st.sampled_from([0.0, 5.0, 20.0])),
        kinds=(
            TicketKind(
                "report",
                Share(0.8),
                draw(spans(0, 20 * MINUTE)),
                "deactivate",
                draw(shares),
                cites_ticket=draw(shares),
            ),
            TicketKind(
                "important",
                Share(0.2),
                draw(spans(0, 20 * MINUTE)),
                "deactivate",
                draw(shares),
                tier="protected",
            ),
        ),
        slip_rate=draw(st.sampled_from([Share(0.0), Share(0.1)])),
        slips_grow_per_h=draw(st.sampled_from([0.0, 0.5])),
        slows_per_h=draw(st.sampled_from([0.0, 0.1])),
    )


@st.composite
def _responses(draw: st.DrawFn) -> Response:
    times = [draw(spans(0, HOUR)) for _ in range(8)]
    return Response(
        triage_team="watch",
        call_out=times[0],
        routing=times[1],
        triage=times[2],
        confirms=draw(shares),
        believes_false=draw(shares),
        contain=times[3],
        restore_role="lead",
        restore=times[4],
        rebuild=times[5],
        derived_state=times[6],
        attribute=times[7],
        statements=(Statement("first", "restored", draw(spans())),),
    )


@st.composite
def _misuses(draw: st.DrawFn) -> Misuse:
    attempt = st.builds(
        Attempt,
        action=st.just("deactivate"),
        target=st.just("celebrity"),
        through=st.sampled_from(["own-session", "colleague-session", "shared-secret"]),
        possible=shares,
        ticket=st.sampled_from(["same-target", "other-target", "none"]),
        wait=spans(0, HOUR),
        approver=st.sampled_from(["whoever", "rubber-stamp"]),
    )
    tries = st.lists(attempt, min_size=1, max_size=3).map(tuple)
    return Misuse(
        who=Requirement(person="leaver", leaving=True),
        intent=draw(st.sampled_from(["gesture", "slip", "revenge"])),
        when=When(
            anchor=draw(st.sampled_from(["shift-end", "separation", "notice"])),
            before=Seconds(draw(st.integers(0, 2 * HOUR))),
            after=Seconds(draw(st.integers(0, HOUR))),
        ),
        plan=tuple(
            draw(st.lists(st.builds(Step, tries=tries), min_size=1, max_size=2))
        ),
        desists=draw(shares),
    )
