"""A hand-made assessment: gaps of every kind, one incident held, two not possible."""

from typing import Any

from simulator.clock import DAY, HOUR, MINUTE
from simulator.experiment.assessed import (
    ActorAccess,
    Assessment,
    ByAnswer,
    ByLabel,
    Friction,
    Gap,
    IncidentRow,
    Remedy,
)
from simulator.experiment.findings import Estimate
from simulator.experiment.statistics import wilson
from simulator.outcome.outcome import VERDICTS
from tests.report.builders import spread

FREE = Friction(0.0, 0.0, 0.0, 0.0, 0.0)
SLOW = Friction(0.0, 4.4, 3.9, 4.9, 0.0)
LOUD = Friction(0.004, 0.0, None, None, 1.14)


def estimate(count: int, of: int = 100) -> Estimate:
    """Return a share with its interval."""
    return wilson(count, of)


def incident(name: str, **changed: Any) -> IncidentRow:
    """Return an incident that is noticed too late in 96 runs and held in none."""
    counts: dict[str, int] = changed.pop("counts", {"noticed": 96, "missed": 4})
    runs = sum(counts.values())
    held = sum(counts.get(verdict, 0) for verdict in ("stopped", "limited", "caught"))
    parts: dict[str, Any] = {
        "name": name,
        "title": f"The story of {name}",
        "why_not": "",
        "possible": estimate(runs, runs),
        "verdicts": {v: estimate(counts.get(v, 0), runs) for v in VERDICTS},
        "held": estimate(held, runs),
        "done_by": (ByLabel("user-report", 96),),
        "noticed_by": (ByLabel("user-report", 80), ByLabel("log-review", 16)),
        "notice": spread(8 * MINUTE, 96),
        "detect": spread(None, 0),
        "restore": spread(11 * MINUTE),
        "residual": ActorAccess(estimate(100), spread(3 * DAY), estimate(0), 100),
        "by_answer": (),
    }
    return IncidentRow(**parts | changed)


def gap(*remedies: Remedy, **changed: Any) -> Gap:
    """Return a gap that some remedies close."""
    return Gap(**{"remedies": remedies, "heard": 9, "tried": 8, "pairs": 0, **changed})


def remedy(*labels: str, held: int = 100, friction: Friction = FREE) -> Remedy:
    """Return a remedy that costs nothing."""
    return Remedy(labels, estimate(held), friction)


NOBODY_LEFT = ActorAccess(estimate(0), spread(None, 0), estimate(0), 0)
ROWS = (
    incident(
        "microblog-lastday-2017",
        counts={"stopped": 20, "noticed": 80},
        by_answer=(
            ByAnswer("intent", "gesture", estimate(0, 50)),
            ByAnswer("intent", "slip", estimate(20, 50)),
            ByAnswer("delay", "none", estimate(9, 50)),
            ByAnswer("delay", "1h", estimate(11, 50)),
        ),
        gap=gap(
            remedy("protected-lock", friction=LOUD),
            remedy("four-eyes", held=93, friction=SLOW),
        ),
    ),
    incident(
        "collab-vm-wipe-2018",
        residual=ActorAccess(estimate(100), spread(None, 0), estimate(96), 100),
        gap=gap(remedy("auto-revocation", "shared-secret-rotation"), pairs=15),
    ),
    incident(
        "codehost-db-slip-2017",
        residual=NOBODY_LEFT,
        gap=gap(
            pairs=21,
            closest=remedy(
                "hr-idp-reconciliation",
                "impossible-travel-device-as-it-was-bought",
                held=78,
                friction=SLOW,
            ),
        ),
    ),
    incident(
        "social-recovery-tool-2022-with-a-name-that-is-long",
        noticed_by=(),
        done_by=(),
        counts={"missed": 100},
        restore=spread(None, 0),
        gap=gap(heard=0, tried=0),
    ),
    incident(
        "creditunion-40min-2021",
        counts={"stopped": 90, "limited": 3, "caught": 4, "noticed": 3},
        noticed_by=(),
        done_by=(ByLabel("auto-revocation", 90),),
        detect=spread(4 * MINUTE, 7),
        restore=spread(2 * HOUR, 10),
        residual=ActorAccess(estimate(0), spread(None, 0), estimate(0), 100),
    ),
    incident(
        "idp-support-2023",
        counts={},
        why_not="not possible here, because no action there shows what is private",
    ),
    incident(
        "itservices-test-wipe-2023",
        counts={"stopped": 100},
        possible=estimate(0),
        why_not="in none of the runs could anybody try it",
    ),
)


def assessment(*rows: IncidentRow, **changed: Any) -> Assessment:
    """Return an assessment of some incidents, or of all of them."""
    parts: dict[str, Any] = {
        "organisation": "photo-platform",
        "title": "A platform for photos",
        "in_force": ("last-day-cutoff", "ticket-bound", "user-report"),
        "seed": 1,
        "replications": 100,
        "friction_replications": 30,
        "gap_under": 0.9,
        "version": "0.1.0",
        "rows": rows or ROWS,
    }
    return Assessment(**parts | changed)
