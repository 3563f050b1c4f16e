"""Plans: open questions become readings and turns; seeds are derived."""

import pytest
from attrs import evolve

from simulator.errors import ScenarioError
from simulator.experiment.plan import make_plan, replication_seed
from tests.experiment.engines import a_day, an_axis

AXES = (
    an_axis("why", "apart", "gesture", "slip"),
    an_axis("when", "swept", "early", "noon", "late", path=("misuse", "desists")),
    an_axis("guard", "on-request", "none", "narrowed"),
)


def plan(axes=AXES, **choose):
    """Plan an experiment on the day with open questions."""
    return make_plan(evolve(a_day(), axes=axes), seed=1, choose=choose)


def test_questions_shown_apart_are_read_apart():
    """Each option of an axis shown apart has a reading, with what it says."""
    found = plan().questions

    assert [q.chosen for q in found] == [(("why", "gesture"),), (("why", "slip"),)]
    assert [q.says for q in found] == [("it was gesture",), ("it was slip",)]


def test_several_axes_apart_are_read_in_all_combinations():
    """Two axes of two options shown apart make four readings."""
    axes = (*AXES[:1], an_axis("where", "apart", "here", "there"))

    assert len(plan(axes).questions) == 4


def test_swept_options_take_turns():
    """The options of a swept axis are variants of one reading."""
    question = plan().questions[0]

    assert question.swept == tuple((("when", o),) for o in ("early", "noon", "late"))
    assert [v.misuse.desists for v in question.variants] == [0.0, 0.1, 0.2]


def test_on_request_means_the_first_option():
    """An axis on request takes its first option in every variant."""
    taken = {dict(v.chosen)["guard"] for q in plan().questions for v in q.variants}

    assert taken == {"none"}


def test_a_choice_closes_a_question():
    """A choice pins an axis, however it is shown, and is told in the reading."""
    (question,) = plan(why="slip", when="noon", guard="narrowed").questions

    assert question.chosen == (("why", "slip"), ("when", "noon"), ("guard", "narrowed"))
    assert len(question.variants) == 1
    assert question.variants[0].chosen == question.chosen


def test_a_variant_keeps_its_options():
    """An experiment on a variant asks no question that the variant has answered."""
    variant = evolve(a_day(), axes=AXES).variant(("when", "late"))

    (question,) = make_plan(variant, seed=1, choose={}).questions

    assert question.chosen == (("why", "gesture"), ("when", "late"), ("guard", "none"))


@pytest.mark.parametrize(
    ("choose", "said"),
    [
        ({"wy": "slip"}, "unknown axis ('wy'); did you mean 'why'?"),
        ({"why": "slap"}, "unknown option of why ('slap'); did you mean 'slip'?"),
        ({"why": "x"}, "unknown option of why ('x'); accepted: gesture, slip"),
    ],
)
def test_an_unknown_choice_is_named(choose, said):
    """A choice that does not exist is shown with what does."""
    with pytest.raises(ScenarioError) as problem:
        plan(**choose)

    assert str(problem.value) == said


def test_seeds_of_replications_stay():
    """The seed of a replication never changes, so that old findings can be replayed."""
    assert replication_seed(1, 0) == 617_775_193_455_258_793


def test_seeds_of_replications_differ():
    """Neighbouring experiments share no runs, and no run comes twice."""
    seeds = {
        replication_seed(seed, number) for seed in range(50) for number in range(50)
    }

    assert len(seeds) == 2_500
    assert all(0 <= seed < 2**63 for seed in seeds)
