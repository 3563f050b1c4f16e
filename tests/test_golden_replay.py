"""Golden replays: the story of the seed scenario, record by record.

Honest work is left out, so that a reviewer can read the difference. The files change
only by ``pytest --update-golden``.
"""

from pathlib import Path

import pytest
from attrs import evolve

from simulator import load, simulate
from simulator.experiment.arms import default_candidates
from simulator.trail import Executed, Restored, Trail

GOLDEN = Path(__file__).parent / "golden"
SEED = 1


def quiet(root, **choices):
    """Load one variant of the seed scenario, without honest work."""
    scenario = load(root / "scenarios" / "microblog-lastday-2017.yaml")
    chosen = scenario.variant(*choices.items())
    return evolve(chosen, organisation=evolve(chosen.organisation, desks=()))


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("gesture", {"intent": "gesture"}),
        ("slip", {"intent": "slip"}),
        ("expects-a-guard-4h", {"intent": "expects-a-guard", "delay": "4h"}),
    ],
)
def test_replay_is_golden(root, golden, name, choices):
    """The replay of a variant is the stored one, record by record."""
    scenario = quiet(root, **choices)
    arm = scenario.organisation.posture
    trail = simulate(scenario, arm, SEED, shadow=default_candidates(scenario))

    assert len(trail) <= 150
    golden(GOLDEN / f"microblog-lastday-2017.{name}.jsonl", trail.to_jsonl())


def test_golden_story_is_told_in_full(root):
    """One account goes out and comes back; nothing else is touched."""
    text = (GOLDEN / "microblog-lastday-2017.gesture.jsonl").read_text("utf-8")
    trail = Trail.from_jsonl(text)
    (down,) = trail.of(Executed)
    (back,) = trail.of(Restored)

    assert down.target == back.target == "head-of-state"
    assert back.undoes == down.request
    assert 0 < back.at - down.at < 3600
