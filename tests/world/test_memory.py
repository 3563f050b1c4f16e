"""What runs of one day need not find out twice: draws, and answers that never vary."""

import pytest
from attrs import Factory, frozen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.decisions import ALLOW, DENY, Decision, Request
from simulator.streams import uniform
from simulator.testing.strategies import postures, scenarios, seeds
from simulator.trail import Requested
from simulator.world import Memory, draw_day, simulate
from simulator.world.knowledge import Knowledge
from tests.scenes import HOUR, honest_work, misuse, scene
from tests.world.stand_ins import Says, planned, posture

ASKED = Request("r", 60, "leaver", "console", "deactivate", "celebrity", "protected")
identities = st.lists(st.text(max_size=3) | st.integers(0, 9), max_size=3).map(tuple)


@frozen(kw_only=True)
class Asks(Says):
    """Put a question to the view, and note that it was asked at all."""

    question: object = None
    times: list = Factory(list)

    def decide(self, request, view):
        """Note it, and answer what the question says."""
        self.times.append(request.id)
        return self.question(request, view)


def counts(request, view):
    """Refuse whoever was let through before."""
    asked = view.count(request.staff, since=0, until=request.at, of="executed")
    return DENY if asked else ALLOW


def looks_at_the_request(request, view):
    """Refuse what is about a protected target."""
    return DENY if view.rank(request.tier) else ALLOW


def view():
    """Build the view of a run in which nothing has happened yet."""
    access = planned()
    return Knowledge(access.stage, access, 1, {})


def asked_twice(question):
    """Ask a control the same twice, with something happening in between."""
    control, memory, known = Asks(question=question), Memory(1), view()

    def ask():
        deciders = ((control.label, control.decide),)
        return memory.ask(ASKED, deciders, known, lambda label: True)

    first = ask()
    known.note("executed", ASKED, 30)
    return control.times, first, ask()


@given(seed=seeds, purpose=st.text(max_size=5), identity=identities)
def test_draws_are_those_of_a_plain_run(seed, purpose, identity):
    """A number is that of its purpose and identity, the first time and ever after."""
    memory = Memory(seed)
    plain = uniform(seed, purpose, *identity)

    assert memory.draw(purpose, *identity) == plain
    assert memory.draw(purpose, *identity) == plain


@pytest.mark.slow
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(scenario=scenarios(), arm=postures(controls=3, alerts=2), seed=seeds)
def test_a_run_that_remembers_is_a_plain_run(scenario, arm, seed):
    """Without tapes, memory changes no record, in the first run and in the second."""
    day, memory = draw_day(scenario, seed), Memory(seed, skips_routine=False)
    plain = simulate(scenario, arm, seed, day=day)

    for _ in range(2):
        assert simulate(scenario, arm, seed, day=day, memory=memory) == plain


def test_who_looks_back_is_asked_again():
    """An answer that depends on what happened is not kept."""
    times, first, second = asked_twice(counts)

    assert first == []
    assert second == [("says", DENY)]
    assert len(times) == 3  # Once more to find out that it looks back.


def test_who_does_not_look_back_is_asked_once():
    """An answer to the request alone is kept."""
    times, first, second = asked_twice(looks_at_the_request)

    assert first == second == [("says", DENY)]
    assert len(times) == 1


def test_to_allow_is_no_answer():
    """Who lets pass is kept as nothing to say, and is not asked again."""
    times, first, second = asked_twice(lambda request, view: Decision())

    assert first == second == []
    assert len(times) == 1


def test_who_cannot_be_on_is_not_asked():
    """A control that looks back and is off in every set is not asked again."""
    control, memory = Asks(question=counts), Memory(1)
    deciders, known = ((control.label, control.decide),), view()
    memory.known(ASKED, deciders, known)
    known.note("executed", ASKED, 30)

    assert memory.ask(ASKED, deciders, known, lambda label: False) == []
    assert len(control.times) == 1


def test_two_runs_of_one_day_ask_about_each_request_once():
    """What a control says to the honest work of a day is found out in the first run."""
    control = Asks(question=looks_at_the_request)
    story = scene(misuse=misuse(at=HOUR), desks=honest_work())
    day, memory = draw_day(story, 3), Memory(3, skips_routine=False)
    first, second = (
        simulate(story, posture(control), 3, day=day, memory=memory) for _ in range(2)
    )

    assert first == second
    assert len(control.times) == len(first.of(Requested))
