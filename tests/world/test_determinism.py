"""Law 1 across processes: the same bytes under any hash seed."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from simulator.testing.strategies import everything
from simulator.world import simulate
from tests.scenes import HOUR, MINUTE, attempt, desk, kind, misuse, scene

ROOT = Path(__file__).parents[2]


def bytes_of_a_run():
    """Play everything at once: work, misuse, all controls and all alerts."""
    kinds = (
        kind(id="plain", share=0.9),
        kind(id="important", share=0.1, tier="protected"),
    )
    front = desk(tickets_per_hour=30.0, kinds=kinds, slip_rate=0.05)
    ways = (attempt(), attempt(through="colleague-session"), attempt(ticket="none"))
    story = scene(desks=(front,), misuse=misuse(*ways, at=7 * HOUR + 50 * MINUTE))
    trails = (
        simulate(story, arm, 11, shadow=everything())
        for arm in (everything(), everything().minus("protected-lock"))
    )
    return "".join(trail.to_jsonl() for trail in trails).encode()


@pytest.mark.slow
def test_trail_is_the_same_bytes_under_any_hash_seed():
    """Two processes with different hash seeds write the same trail as this one."""
    command = (
        "from hashlib import sha256; from tests.world.test_determinism import *; "
        "print(sha256(bytes_of_a_run()).hexdigest())"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", command],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout.strip()
        for hash_seed in ("0", "4711")
    ]

    assert said == [sha256(bytes_of_a_run()).hexdigest()] * 2


def test_trail_is_worth_comparing():
    """The trail that is compared holds honest work, refusals, alarms and answers."""
    text = bytes_of_a_run().decode()

    for what in ("executed", "refused", "alerted", "triaged", "explained", "passed"):
        assert f'"kind":"{what}"' in text
