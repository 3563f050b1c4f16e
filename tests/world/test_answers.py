"""Answers combined: at once, or each component when it comes to matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.decisions import ALLOW, DENY, Approval, Challenge, Decision, strictest
from simulator.regions import columns, everything, masks
from simulator.world.answers import OpenDecision, combine
from simulator.world.choices import Open, Settled

NAMES = ("a", "b", "c")
ALL = everything(3)
chances = st.sampled_from([0.0, 0.5, 1.0])
waits = st.sampled_from([0, 60, 90])


def unique_by(key, *, most=2):
    """Lists sorted by what they are unique by, as decisions hold them."""
    return lambda items: st.lists(items, max_size=most, unique_by=key).map(
        lambda found: tuple(sorted(found, key=key))
    )


challenges = st.builds(
    Challenge,
    st.sampled_from(["reason", "word"]),
    st.sampled_from([5, 9]),
    chances,
    st.booleans(),
    chances,
    chances,
)
approvals = st.builds(
    Approval, st.sampled_from(["", "lead"]), st.integers(1, 2), st.sampled_from([9, 99])
)
decisions = st.builds(
    Decision,
    deny=st.sampled_from([False, False, True]),
    throttle_s=waits,
    hold_s=waits,
    approvals=unique_by(lambda a: a.role)(approvals),
    challenges=unique_by(lambda c: c.kind)(challenges),
)
answers = st.lists(
    st.tuples(st.sampled_from((*NAMES, "always")), decisions),
    max_size=4,
    unique_by=lambda given: given[0],
).map(lambda given: tuple(sorted(given)))


def opened(region=ALL):
    """Leave three controls open."""
    return Open(dict(zip(NAMES, columns(3), strict=True)), region)


def on(mask):
    """Name those that are on in a set, with the one that is always on."""
    return {"always", *(name for n, name in enumerate(NAMES) if mask >> n & 1)}


def strictest_of(given, mask):
    """Combine the answers of those that are on in a set."""
    return strictest(answer for label, answer in given if label in on(mask))


def components(decision):
    """Read every component, one after the other."""
    return (
        decision.deny,
        tuple(filter(None, map(decision.challenge, decision.kinds))),
        tuple(filter(None, map(decision.approval, decision.roles))),
        decision.hold_s,
        decision.throttle_s,
    )


def all_ways(given, read, *, at_once):
    """Read a decision in every way the region divides; (region, what was read)."""
    waiting, found = [everything(3)], []
    while waiting:
        choices = opened(waiting.pop())
        value = read(combine(choices, given, at_once=at_once))
        waiting += choices.left
        found.append((choices.region, value))
    return found


# Laws.


@pytest.mark.slow
@pytest.mark.parametrize("at_once", [True, False])
@given(given=answers)
def test_components_are_those_of_the_strictest(given, at_once):
    """For every set of controls, what is read is the strictest of those on.

    Of honest work that is denied the rest is never read, so it is not compared.
    """
    for region, value in all_ways(given, components, at_once=at_once):
        for mask in masks(region):
            plain = components(strictest_of(given, mask))
            assert value[0] == plain[0]
            if not (at_once and value[0]):
                assert value == plain


@pytest.mark.slow
@given(given=answers)
def test_sequences_are_those_of_the_strictest(given):
    """Read whole, consents and prompts are those of the strictest too."""

    def whole(decision):
        return decision.approvals, decision.challenges

    for region, value in all_ways(given, whole, at_once=False):
        for mask in masks(region):
            assert value == whole(strictest_of(given, mask))


@pytest.mark.slow
@given(given=answers)
def test_first_of_all_it_is_settled_whether_anybody_denies(given):
    """Before anything is read, all that is told apart is who is denied."""
    choices = opened()
    combine(choices, given, at_once=False)
    denied = [
        {strictest_of(given, mask).deny for mask in masks(part)}
        for part in (choices.region, *choices.left)
    ]

    assert all(len(verdicts) == 1 for verdicts in denied)
    assert len(denied) == len(set.union(*denied))


@pytest.mark.slow
@given(given=answers)
def test_honest_work_is_settled_at_once(given):
    """A decision about honest work that is let pass divides nothing when it is read."""
    choices = opened()
    decision = combine(choices, given, at_once=True)
    before = choices.region

    if not decision.deny:
        components(decision)
        assert choices.region == before


@pytest.mark.slow
@given(given=answers, mask=st.integers(0, 7))
def test_in_one_arm_it_is_a_plain_decision(given, mask):
    """Where all is settled the answers that are passed in are combined as they are."""
    mine = tuple(answer for answer in given if answer[0] in on(mask))

    found = combine(Settled(frozenset(on(mask))), mine, at_once=False)
    assert found == strictest(answer for _, answer in mine)


# Examples.


def test_nothing_is_settled_before_it_is_read():
    """Who would hold it need not be known of somebody who never comes that far."""
    choices = opened()
    given = (("a", Decision(challenges=(Challenge("word", 5),))), ("b", HOLD))
    decision = combine(choices, given, at_once=False)

    assert choices.left == []
    assert decision.kinds == ("word",)
    assert choices.left == []
    decision.challenge("word")
    assert len(choices.left) == 1
    assert decision.hold_s in (0, 60)
    assert len(choices.left) == 2


HOLD = Decision(hold_s=60)


def test_who_is_denied_settles_nothing_else():
    """In the part where a denies, whether b holds is left open."""
    choices = opened(columns(3)[0])
    decision = combine(choices, (("a", DENY), ("b", HOLD)), at_once=True)

    assert isinstance(decision, OpenDecision)
    assert decision.deny
    assert (choices.region, choices.left) == (columns(3)[0], [])


def test_no_answers_are_to_allow():
    """Where nobody says anything it is let pass, and nothing is divided."""
    choices = opened()

    assert combine(choices, (), at_once=False) is ALLOW
    assert choices.region == everything(3)
