"""Builders of trails by hand: each returns the records of one small scene.

The day: a leaver, gone at 17:00, deactivates the celebrity's account at noon. Second 0
is a midnight; the horizon is the next one. A test names what is special about it.
"""

from typing import Any

from simulator.clock import DAY, HOUR, MINUTE, Moment, Seconds, TimeOfDay
from simulator.decisions import ALLOW
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
    Leaving,
    Organisation,
    Person,
    Population,
    Response,
    Role,
    ShiftPattern,
    Statement,
    System,
    Team,
)
from simulator.scenario.scenario import Scenario, Timeline, Tolerances
from simulator.streams import Constant
from simulator.trail import (
    Alerted,
    Closed,
    Executed,
    Opened,
    Record,
    Refused,
    Requested,
    Restored,
    Trail,
    Triaged,
    Truth,
)

NOON, FIVE, HORIZON = 12 * HOUR, 17 * HOUR, DAY
NOW = Constant(Seconds(0))


def a_scenario(*, plan: tuple[str, ...] = ("celebrity",), **changes: Any) -> Scenario:
    """Build the day; ``plan`` are the targets of the misuse, one a step."""
    misuse = Misuse(
        Requirement(person="leaver"),
        "gesture",
        When(at=Moment(NOON)),
        tuple(Step((Attempt("deactivate", target),)) for target in plan),
    )
    given = {
        "title": "by hand",
        "question": "what is it worth?",
        "clock": Timeline("2026-03-09", "Europe/London", Seconds(HORIZON)),
        "organisation": an_organisation(),
        "tolerances": Tolerances(Seconds(15 * MINUTE), Seconds(5 * MINUTE)),
        "targets": (
            Target("celebrity", "protected", audience=1_200),
            Target("rival", "protected", audience=600),
        ),
        "misuse": misuse,
    }
    return Scenario(**{**given, **changes})


def an_organisation() -> Organisation:
    """Build the platform: one team, one leaver, two systems, two statements."""
    half = Share(0.5)
    return Organisation(
        name="by hand",
        tiers=("ordinary", "protected"),
        actions=(
            Action("deactivate", "takes-down", "console"),
            Action("rename", "alters", "console"),
            Action("look-up", "reads", "console"),
        ),
        systems=(System("console", Seconds(HOUR)), System("vpn", Seconds(HOUR))),
        roles=(Role("agent"),),
        shifts=(ShiftPattern("day", ("mon",), TimeOfDay(0), TimeOfDay(FIVE)),),
        teams=(Team("desk", "agent", "contractor", "day", 3),),
        response=Response(
            "desk",
            *(NOW,) * 3,
            half,
            half,
            NOW,
            "agent",
            *(NOW,) * 4,
            statements=(
                Statement("first", "confirmed", NOW),
                Statement("second", "attributed", NOW),
            ),
        ),
        approvals=Approvals(NOW, NOW, *(half,) * 4),
        populations=(Population("ordinary", 1_000),),
        staff=(Person("leaver", "desk", leaving=Leaving(Moment(0), Moment(FIVE))),),
    )


def a_trail(*scenes: list[Record] | Record, **special: Any) -> Trail:
    """Put scenes in order of time between the first and the last record."""
    records = [
        record
        for scene in scenes
        for record in (scene if isinstance(scene, list) else [scene])
    ]
    active = special.get("active", ())
    return Trail(
        (
            Opened(0, "by hand", 1, (), active, active),
            *sorted(records, key=lambda record: record.at),
            Closed(HORIZON, special.get("pending", ()), 0, 0, 16 * HOUR),
        )
    )


def tried(at: int = NOON, step: int = 0, attempt: int = 0, **special: Any) -> list[Any]:
    """A try of the misuse: the request and the truth about it."""
    actor = special.pop("actor", "leaver")
    name = f"misuse-{step}.{attempt}"
    request = requested(at, name, **{"staff": actor, "target": "celebrity", **special})
    truth = Truth(at, name, actor, "misuse", "gesture", request.target, step, attempt)
    return [request, truth]


def did(at: int = NOON, step: int = 0, attempt: int = 0, **special: Any) -> list[Any]:
    """A try of the misuse that takes effect at once."""
    asked, truth = tried(at, step, attempt, **special)
    return [asked, truth, executed(asked)]


def refused(
    at: int = NOON,
    step: int = 0,
    attempt: int = 0,
    *,
    why: Any = "denied",
    by: tuple[str, ...] = ("lock",),
    **special: Any,
) -> list[Any]:
    """A try of the misuse that is refused at once."""
    asked, truth = tried(at, step, attempt, **special)
    return [asked, truth, Refused(at, asked.request, asked.staff, why, by)]


def requested(at: int, name: str, **special: Any) -> Requested:
    """Any request."""
    plain = {
        "staff": "agent-1",
        "system": "console",
        "action": "deactivate",
        "target": "account-1",
        "tier": "ordinary",
        "ticket": None,
        "decision": ALLOW,
        "answers": (),
    }
    return Requested(at, name, **{**plain, **special})


def executed(
    asked: Requested, at: int | None = None, *, released: int = -1
) -> Executed:
    """The effect of a request; at once if no instant is given."""
    when = asked.at if at is None else at
    return Executed(
        when,
        asked.request,
        asked.staff,
        asked.action,
        asked.target,
        asked.tier,
        asked.ticket,
        when if released < 0 else released,
        when,
    )


def back(at: int, target: str = "celebrity", undoes: str = "misuse-0.0") -> Restored:
    """A target is restored."""
    return Restored(at, target, undoes, "agent-1")


def alarm(
    at: int,
    label: str = "monitor",
    *,
    about: str = "misuse-0.0",
    origin: Any = "inside",
    looked_at: int | None = None,
    confirmed: bool = True,
) -> list[Record]:
    """An alarm; and its triage, begun and done at one instant if one is given."""
    name = f"{label}/{about}"
    raised = Alerted(at, name, label, origin, about, None, None)
    if looked_at is None:
        return [raised]
    return [raised, Triaged(looked_at, name, "agent-2", looked_at, confirmed)]


def outsider(at: int, label: str = "users", **special: Any) -> list[Record]:
    """An alarm from outside."""
    return alarm(at, label, origin="outside", **special)
