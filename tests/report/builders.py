"""A small scenario, a hand-made trail of it, and hand-made findings.

The story is the one every reader knows: 15:49, one click, an account out of service
for 10 min 40 s. Second 0 is 15:00 local time, so 15:49 is 2940.
"""

from collections.abc import Mapping
from typing import Any

from simulator.clock import HOUR, MINUTE, TimeOfDay
from simulator.controls import FourEyes, LastDayCutoff, SoftDelete
from simulator.decisions import ALLOW, DENY, Approval, Challenge, Decision
from simulator.experiment.findings import (
    Cost,
    Estimate,
    Findings,
    Reading,
    ResidualAccess,
    Row,
    Spread,
    TargetCheck,
)
from simulator.outcome.outcome import (
    VERDICTS,
    Friction,
    Harm,
    Outcome,
    Residual,
    Times,
)
from simulator.report.replay import Replay
from simulator.scenario.misuse import Attempt, Misuse, Requirement, Step, Target, When
from simulator.scenario.organisation import (
    Action,
    Approvals,
    Credential,
    Entitlement,
    Leaving,
    Organisation,
    Person,
    Population,
    Posture,
    Response,
    Role,
    ShiftPattern,
    System,
    Team,
)
from simulator.scenario.scenario import (
    Axis,
    Option,
    Provenance,
    Scenario,
    Timeline,
    Tolerances,
)
from simulator.streams import Constant
from simulator.trail import (
    AccessEnded,
    Alerted,
    Attributed,
    Closed,
    Contained,
    DeskDay,
    Executed,
    Explained,
    Opened,
    Passed,
    Record,
    Recovered,
    Refused,
    Requested,
    Restored,
    Stated,
    Trail,
    Triaged,
    Truth,
    WouldAlert,
)

T0 = 49 * MINUTE
CONSENT = Decision(approvals=(Approval("lead", 1, HOUR),))
LEAVER = "departing-contractor"


def organisation(**changed: Any) -> Organisation:
    """Return two teams on one shift, and one leaver."""
    parts: dict[str, Any] = {
        "name": "microblog",
        "tiers": ("ordinary", "protected"),
        "actions": (
            Action(id="deactivate", effect="takes-down", system="console"),
            Action(id="rename", effect="alters", system="console"),
            Action(id="look-up", effect="reads", system="console"),
            Action(id="leak", effect="exposes", system="console"),
        ),
        "systems": (System(id="console", token_life=8 * HOUR),),
        "roles": (
            Role(
                id="agent",
                may=(Entitlement(actions=("deactivate", "rename"), up_to="protected"),),
            ),
        ),
        "shifts": (
            ShiftPattern(
                id="day",
                days=("mon", "tue", "wed", "thu", "fri"),
                starts=TimeOfDay(9 * HOUR),
                ends=TimeOfDay(17 * HOUR),
            ),
        ),
        "teams": (
            Team(id="desk", role="agent", employment="contractor", shift="day", size=3),
        ),
        "response": response(),
        "approvals": Approvals(
            pick_up=Constant(60),
            review=Constant(60),
            present=1.0,
            rubber_stamp=0.0,
            sees_harm=1.0,
            doubts_honest=0.0,
        ),
        "populations": (Population(id="ordinary", count=1000),),
        "staff": (Person(id=LEAVER, team="desk", leaving=Leaving(-3600, 6600)),),
        "posture": Posture(controls=(SoftDelete(),)),
        "credentials": (
            Credential("deploy", "api-key", ("console",), staff=(LEAVER,)),
            Credential("night-login", "shared-secret", ("console",), ("desk",)),
            Credential("old-admin", "shadow-account", ("console",)),
        ),
    }
    return Organisation(**parts | changed)


def response() -> Response:
    """Return a response in which everything takes a minute."""
    minute = Constant(60)
    return Response(
        triage_team="desk",
        call_out=minute,
        routing=minute,
        triage=minute,
        confirms=1.0,
        believes_false=0.0,
        contain=minute,
        restore_role="agent",
        restore=minute,
        rebuild=minute,
        derived_state=minute,
        attribute=minute,
    )


def scenario(**changed: Any) -> Scenario:
    """Return the scenario of the hand-made trail."""
    tried = Attempt(action="deactivate", target="head-of-state")
    parts: dict[str, Any] = {
        "title": "The last day of a support contractor",
        "question": "Which access controls would have stopped it?",
        "clock": Timeline("2017-11-02T15:00", "America/Los_Angeles", 24 * HOUR),
        "organisation": organisation(),
        "tolerances": Tolerances(tolerable_outage=120, caught_within=300),
        "targets": (Target(id="head-of-state", tier="protected", audience=41_700_000),),
        "misuse": Misuse(
            who=Requirement(person=LEAVER),
            intent="gesture",
            when=When(at=T0),
            plan=(Step(tries=(tried,)),),
        ),
        "incident": "microblog-lastday-2017",
        "axes": (axis("intent", "apart"), axis("delay", "swept", "none", "1h")),
        "chosen": (("intent", "gesture"), ("delay", "none")),
        "provenance": (
            Provenance("clock.horizon", "24h", "A", "assumption"),
            Provenance("misuse.when.at", "15:49", "R", "1a"),
            Provenance("targets.head-of-state.audience", "41700000", "R", "1p"),
            Provenance("expect.outage.exactly", "11m", "D", "1b 1e"),
        ),
    }
    return Scenario(**parts | changed)


def axis(name: str, show: Any, *options: str) -> Axis:
    """Return an open question with options that say their name."""
    return Axis(
        id=name,
        question=f"What was the {name}?",
        show=show,
        options=tuple(
            Option(id=option, says=f"it was {option}, says somebody")
            for option in options or ("gesture", "slip")
        ),
    )


def requested(
    at: int = T0, request: str = "r1", *answers: tuple[str, Decision], **changed: Any
) -> Requested:
    """Return a request to deactivate the head of state's account."""
    parts: dict[str, Any] = {
        "staff": LEAVER,
        "system": "console",
        "action": "deactivate",
        "target": "head-of-state",
        "tier": "protected",
        "ticket": None,
        "decision": ALLOW,
        "answers": answers,
    }
    return Requested(at, request, **parts | changed)


def truth(at: int = T0, request: str = "r1", **changed: Any) -> Truth:
    """Return the truth about a request of the leaver."""
    parts: dict[str, Any] = {
        "actor": LEAVER,
        "purpose": "misuse",
        "intent": "gesture",
        "meant": "head-of-state",
    }
    return Truth(at, request, **parts | changed)


def executed(at: int = T0, request: str = "r1", **changed: Any) -> Executed:
    """Return the effect of that request."""
    parts: dict[str, Any] = {
        "staff": LEAVER,
        "action": "deactivate",
        "target": "head-of-state",
        "tier": "protected",
        "ticket": None,
        "released_at": at,
        "undo_until": at + 30 * 24 * HOUR,
    }
    return Executed(at, request, **parts | changed)


def opened() -> Opened:
    """Return the first record."""
    chosen = (("intent", "gesture"), ("delay", "none"))
    active = ("soft-delete", "user-report")
    asked = ("four-eyes", "last-day-cutoff", "protected-change-alert")
    return Opened(0, "The last day of a support contractor", 1, chosen, active, asked)


def trail(*records: Record) -> Trail:
    """Return a trail of some records, or the whole story without any."""
    return Trail((opened(), *(records or STORY), closed()))


def closed(*pending: str) -> Closed:
    """Return the last record."""
    return Closed(24 * HOUR, pending, 600, 0, 8 * HOUR)


STORY: tuple[Record, ...] = (
    requested(900, "honest-1", staff="desk-2", target="ordinary/7", tier="ordinary"),
    executed(900, "honest-1", staff="desk-2", target="ordinary/7"),
    requested(T0, "r1", ("four-eyes", CONSENT)),
    truth(),
    Explained(T0, "r1", "four-eyes", True, "an approver of role lead must consent"),
    Explained(
        T0,
        "r1",
        "last-day-cutoff",
        False,
        "the cut-off at 17:00 is 71 min after the act",
    ),
    Explained(T0, "r1", "soft-delete", False, "makes an effect reversible, bars none"),
    executed(),
    Explained(T0, "r1", "protected-change-alert", True, "the target is protected"),
    Explained(T0, "r1", "user-report", True, "its followers see that it is gone"),
    WouldAlert(T0, "protected-change-alert", "r1"),
    Alerted(T0 + 40, "a1", "user-report", "outside", "r1", LEAVER, "head-of-state"),
    Alerted(T0 + 55, "a2", "press-report", "outside", "r1", None, "head-of-state"),
    Alerted(T0 + 60, "a9", "denied-burst", "inside", "honest-1", "desk-2", None),
    Triaged(T0 + 300, "a1", "desk-1", T0 + 160, True),
    Contained(T0 + 420, LEAVER, "a1", 86_400),
    Triaged(T0 + 500, "a2", "desk-2", T0 + 400, True),
    Triaged(T0 + 560, "a9", "desk-1", T0 + 520, False),
    Restored(T0 + 640, "head-of-state", "r1", "desk-3"),
    Stated(T0 + 76 * MINUTE, "human-error"),
    Attributed(T0 + 100 * MINUTE, "r1"),
    Stated(T0 + 191 * MINUTE, "last-day"),
    DeskDay(8 * HOUR, "desk", 50, 48, 2, 4800, 24000),
    AccessEnded(9 * HOUR, LEAVER, "console", "account", "disable-account"),
    Recovered(T0 + 640 + 10 * HOUR, "head-of-state"),
)


SEVERAL_TRIES: tuple[Record, ...] = (
    requested(T0, "r1", ("four-eyes", CONSENT), decision=CONSENT),
    truth(),
    Explained(T0, "r1", "four-eyes", True, "an approver of role lead must consent"),
    Passed(T0 + 240, "r1", "rejected", "desk-2", 240),
    Refused(T0 + 240, "r1", LEAVER, "rejected", ("four-eyes",)),
    requested(
        T0 + 600,
        "r2",
        ("last-day-cutoff", DENY),
        ("type-to-confirm", Decision(challenges=(Challenge("retype", 12, 0.5),))),
        staff="desk-3",
    ),
    truth(T0 + 600, "r2", attempt=1, meant="look-alike", intent="slip"),
    Explained(T0 + 600, "r2", "four-eyes", False, "it was switched off by then"),
    Passed(T0 + 612, "r2", "challenge", LEAVER, 12),
    Passed(T0 + 700, "r2", "approved", "desk-2", 88, looked=False),
    executed(T0 + 4300, "r2", staff="desk-3", released_at=T0 + 700),
)


def outcome(**changed: Any) -> Outcome:
    """Return what the whole story comes to."""
    parts: dict[str, Any] = {
        "verdict": "noticed",
        "by": "user-report",
        "possible": True,
        "harm": Harm(1, 1, outage_s=640, audience_min=0.0, restored=True),
        "times": _bare(
            Times,
            notice_s=40,
            confirm_s=300,
            restore_s=640,
            residual=(
                Residual(LEAVER, "console", "account", 7 * HOUR + 600),
                Residual(LEAVER, "console", "api-key deploy", None),
                Residual(LEAVER, "console", "shared-secret night-login", 0),
            ),
        ),
        "friction": _bare(Friction, requests=1),
    }
    return Outcome(**parts | changed)


def _bare(kind: type[Any], **known: Any) -> Any:
    """Build an outcome's part from a few values; the rest is nothing."""
    empty: Mapping[str, Any] = {"statements": (), "residual": ()}
    filler = None if kind is Times else 0
    names = [attribute.name for attribute in kind.__attrs_attrs__]
    return kind(**{name: known.get(name, empty.get(name, filler)) for name in names})


def replay(*records: Record, **changed: Any) -> Replay:
    """Return the replay of some records, or of the whole story."""
    candidates = Posture(controls=(FourEyes(), LastDayCutoff()))
    return Replay(scenario(), trail(*records), outcome(**changed), candidates)


def estimate(count: int, of: int = 100) -> Estimate:
    """Return a share with an interval that is near enough for a test."""
    share = count / of
    half = 0.1 if 0 < count < of else 0.037
    return Estimate(count, of, share, max(0, share - half), min(1, share + half))


def spread(median: float | None, happened: int = 100, of: int = 100) -> Spread:
    """Return a spread of a tenth to either side."""
    if median is None:
        return Spread(0, of, None, None, None)
    return Spread(happened, of, median, median * 0.9, median * 1.1)


def row(label: str = "", **changed: Any) -> Row:
    """Return a row in which every run was noticed, unless told otherwise.

    ``counts`` maps a verdict to how many of 100 runs had it.
    """
    counts = changed.pop("counts", {"noticed": 100})
    cost = {
        "added_s": 0.0,
        "added_low": 0.0,
        "added_high": 0.0,
        "refused": 0.0,
        "approvals_per_day": 0.0,
        "queue_wait_s": 90.0,
        "alarms_per_shift": 0.0,
        "false_share": None,
        "alarm_wait_s": None,
        "slips_caught": None,
    } | changed.pop("cost", {})
    held = sum(counts.get(v, 0) for v in ("stopped", "limited", "caught"))
    parts: dict[str, Any] = {
        "shelf": "control" if label else "posture",
        "in_force": False,
        "verdicts": {v: estimate(counts.get(v, 0)) for v in VERDICTS},
        "held": estimate(held),
        "detect": spread(None),
        "notice": spread(40),
        "restore": spread(640),
        "outage": spread(640),
        "cost": Cost(**cost),
        "fired": 0,
        "did_it": (("user-report", 100),),
        "why": (("asks only for protected targets", 100),),
        "reran": 0,
        "possible": 100,
        "by_option": {
            ("delay", "none"): estimate(held // 2, 50),
            ("delay", "1h"): estimate(held // 2, 50),
        },
    }
    return Row(label, **parts | changed)


FOUR_EYES = row(
    "four-eyes",
    counts={"stopped": 88, "limited": 4, "noticed": 8},
    cost={"added_s": 3.2, "added_low": 2.9, "added_high": 3.6},
    by_option={("delay", "none"): estimate(50, 50), ("delay", "1h"): estimate(38, 50)},
    did_it=(("four-eyes", 88),),
    fired=100,
    reran=100,
)
CUTOFF = row("last-day-cutoff", counts={"stopped": 66, "noticed": 34}, fired=66)
LOCK = row(
    "protected-lock",
    counts={"stopped": 100},
    cost={"added_s": 0.4, "added_low": 0.3, "added_high": 0.5, "refused": 0.012},
)
ALERT = row(
    "protected-change-alert",
    shelf="alert",
    counts={"caught": 97, "noticed": 3},
    detect=spread(190, happened=97),
    cost={"alarms_per_shift": 1.5, "false_share": 0.9},
)
IN_FORCE = row("soft-delete", in_force=True, restore=spread(25_000, happened=40))


def reading(*rows: Row, option: str = "gesture", **changed: Any) -> Reading:
    """Return one reading; without rows, one in which protected-lock holds."""
    parts: dict[str, Any] = {
        "chosen": (("intent", option),),
        "says": (f"it was {option}, says somebody.",),
        "baseline": row(),
        "rows": rows or (CUTOFF, ALERT, IN_FORCE, LOCK, FOUR_EYES),
        "targets": (target(), target("public-notice", metric="time-to-notice")),
        "residual": (
            residual("account", lasted=spread(7 * HOUR)),
            residual("api-key deploy", lasted=spread(None), left=80, beyond=80),
            residual("shared-secret night-login", lasted=spread(None), left=0),
        ),
    }
    return Reading(**parts | changed)


def residual(
    way: str, *, lasted: Spread, left: int = 100, beyond: int = 0, **changed: Any
) -> ResidualAccess:
    """Return one way in of the leaver after separation."""
    parts: dict[str, Any] = {
        "staff": LEAVER,
        "system": "console",
        "way": way,
        "left": estimate(left),
        "lasted": lasted,
        "beyond": estimate(beyond),
    }
    return ResidualAccess(**parts | changed)


def target(name: str = "outage", **changed: Any) -> TargetCheck:
    """Return a documented outage of 11 minutes that the runs reach."""
    parts: dict[str, Any] = {
        "metric": "outage",
        "documented": "11 min",
        "source": "D 1b 1e",
        "basis": "predicted",
        "simulated": spread(640),
        "met": True,
    }
    return TargetCheck(name, **parts | changed)


def findings(*readings: Reading, **changed: Any) -> Findings:
    """Return findings of some readings, or of two."""
    parts: dict[str, Any] = {
        "title": "The last day of a support contractor",
        "question": "Which access controls would have stopped it?",
        "incident": "microblog-lastday-2017",
        "seed": 1,
        "replications": 100,
        "finished": 100,
        "version": "0.1.0",
        "readings": readings or (reading(), reading(option="slip")),
    }
    return Findings(**parts | changed)
