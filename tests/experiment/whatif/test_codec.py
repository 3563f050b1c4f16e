"""Keeping what was explored: what is read back is what was written."""

import json

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from simulator.experiment.plan import make_plan, replication_seed
from simulator.experiment.whatif.codec import ExploredCodec, whatif_provenance
from simulator.experiment.whatif.explore import Explored
from simulator.experiment.whatif.playing import Exploration, Ground
from tests.experiment.whatif.staged import BELL, FIRST, SECOND, two_ways
from tests.experiment.whatif.tables import DESIGNS, explored, outcomes
from tests.world.stand_ins import posture

SCENE = two_ways()
PLAN = make_plan(SCENE, candidates=posture(FIRST, SECOND, BELL), seed=1, choose={})


def codec_of(arms):
    """Build the codec of a design."""
    return ExploredCodec(Exploration(1, (Ground(PLAN.questions[0], arms),)))


@st.composite
def results(draw):
    """Draw a design, and a replication of it."""
    arms = draw(st.sampled_from(DESIGNS))
    count = len(arms.masks)
    one = explored(arms, draw(st.lists(outcomes, min_size=count, max_size=count)))
    fired = draw(st.frozensets(st.sampled_from(arms.labels)))
    return arms, (Explored(one.leaves, fired),)


@given(results())
def test_what_is_read_is_what_was_written(kept):
    """Text gives back the result, and the same result the same text."""
    arms, result = kept
    codec = codec_of(arms)
    text = codec.encode(result)

    assert codec.decode(text) == result
    assert codec.encode(codec.decode(text)) == text
    assert "\n" not in text


@given(results())
def test_rows_have_the_columns(kept):
    """Each leaf is one flat row with all columns, and they stand for all arms."""
    arms, result = kept
    codec = codec_of(arms)
    rows = list(codec.rows(3, result))
    names = {name for name, _ in codec.columns}

    assert all(row.keys() == names for row in rows)
    assert len(rows) == len(result[0].leaves)
    assert sum(row["stands_for"] for row in rows) == len(arms.masks)
    assert {row["seed"] for row in rows} == {replication_seed(1, 3)}
    assert all(isinstance(json.loads(row["arms"]), list) for row in rows)


def test_a_real_replication_is_kept():
    """What a lattice explores is read back as it was, for it is what is counted."""
    named = evolve(DESIGNS[-1], labels=("first", "second", "bell"))
    ground = Ground(PLAN.questions[0], named)
    job = Exploration(1, (ground,))
    result = job(0)
    codec = ExploredCodec(job)

    assert codec.decode(codec.encode(result)) == result


@pytest.mark.parametrize("arms", DESIGNS, ids=lambda arms: arms.name)
def test_an_experiment_is_known_by_its_design_and_candidates(arms):
    """Another design, or other candidates, are another experiment."""
    job = Exploration(1, (Ground(PLAN.questions[0], arms),))
    about = whatif_provenance(SCENE, PLAN, job, 7)

    assert about.design == f"whatif-{arms.name}"
    assert about.options["candidates"] == "a, b, c"
    assert about.replications == 7
    assert json.loads(json.dumps(about.to_dict())) == about.to_dict()
