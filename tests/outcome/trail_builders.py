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
    AccessEnded,
    Alerted,
    Closed,
    Eased,
    Executed,
    LeftBehind,
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


def a_scenario(
    *, plan: tuple[str | Step, ...] = ("celebrity",), **changes: Any
) -> Scenario:
    """Build the day; ``plan`` are the steps of the misuse, or the target of each."""
    misuse = Misuse(
        Requirement(person="leaver"),
        "gesture",
        When(at=Moment(NOON)),
        tuple(a_step(part) if isinstance(part, str) else part for part in plan),
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


def a_step(*tries: str | Attempt, **parts: Any) -> Step:
    """Build a step; a try is an attempt, or the target of a plain one."""
    made = (Attempt("deactivate", t) if isinstance(t, str) else t for t in tries)
    return Step(tuple(made), **parts)


def an_organisation(**parts: Any) -> Organisation:
    """Build the platform: one team, one leaver, two systems, two statements."""
    half = Share(0.5)
    return Organisation(
        **parts,
        name="by hand",
        tiers=("ordinary", "protected"),
        actions=(
            Action("deactivate", "takes-down", "console"),
            Action("rename", "alters", "console"),
            Action("look-up", "reads", "console"),
            Action("leak", "exposes", "console"),
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
    """A try of the misuse: the request and the truth about it.

    ``turn`` is how often the step was done before.
    """
    actor, turn = special.pop("actor", "leaver"), special.pop("turn", 0)
    name = f"misuse-{step}.{attempt}" + (f"#{turn}" if turn else "")
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
        asked.size,
    )


def back(
    at: int, target: str = "celebrity", undoes: str = "misuse-0.0", *, lost_s: int = 0
) -> Restored:
    """A target is restored."""
    return Restored(at, target, undoes, "agent-1", lost_s)


def eased(at: int, share: float, target: str = "celebrity") -> Eased:
    """A part of a target is back."""
    return Eased(at, target, share)


def left(
    system: str = "console",
    what: Any = "account",
    credential: str = "",
    *,
    staff: str = "leaver",
    at: int = FIVE,
) -> LeftBehind:
    """Access of the leaver that still works at separation."""
    name = f"left-{staff}-{system}-{credential or what}"
    return LeftBehind(at, name, staff, system, what, credential)


def ended(
    at: int,
    system: str = "console",
    what: Any = "account",
    credential: str = "",
    *,
    staff: str = "leaver",
    by: str = "checklist",
) -> AccessEnded:
    """One way in of the leaver ends."""
    return AccessEnded(at, staff, system, what, by, credential)


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
