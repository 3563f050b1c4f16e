"""Combining decisions: order never matters, and adding one never loosens the answer."""

from hypothesis import given
from hypothesis import strategies as st

from simulator.decisions import (
    ALLOW,
    DENY,
    Approval,
    Challenge,
    Decision,
    strictest,
)

seconds = st.integers(min_value=0, max_value=5)


def by_name(names, item, key):
    """Draw at most one item for each name, sorted by name, as a decision holds them."""
    return st.lists(
        st.sampled_from(names).flatmap(item), unique_by=key, max_size=len(names)
    ).map(lambda drawn: tuple(sorted(drawn, key=key)))


def approval(role):
    """Draw an approval by people of a role."""
    return st.builds(Approval, st.just(role), seconds, seconds)


def challenge(kind):
    """Draw a challenge of a kind."""
    share = st.sampled_from([0.0, 0.5, 1.0])
    return st.builds(Challenge, st.just(kind), seconds, share, st.booleans())


decisions = st.builds(
    Decision,
    st.booleans(),
    seconds,
    seconds,
    by_name(["", "agent", "lead"], approval, lambda a: a.role),
    by_name(["step-up", "type"], challenge, lambda c: c.kind),
) | st.sampled_from([ALLOW, DENY])


@given(decisions, decisions)
def test_order_of_two_is_irrelevant(a, b):
    """Combining is commutative."""
    assert a | b == b | a


@given(decisions, decisions, decisions)
def test_grouping_is_irrelevant(a, b, c):
    """Combining is associative."""
    assert (a | b) | c == a | (b | c)


@given(decisions)
def test_twice_is_once(a):
    """Combining is idempotent, for equal decisions as for the same one."""
    copy = Decision(a.deny, a.throttle_s, a.hold_s, a.approvals, a.challenges)

    assert a | a == a
    assert a | copy == a


@given(decisions)
def test_allow_changes_nothing(a):
    """Allow is neutral on either side, the shared constant as well as a like value."""
    assert a == a | ALLOW == ALLOW | a == a | Decision() == Decision() | a


@given(decisions, decisions)
def test_adding_never_loosens(a, b):
    """The combination covers each of its parts."""
    assert (a | b).covers(a)
    assert (a | b).covers(b)


@given(decisions, decisions, decisions)
def test_stricter_in_stricter_out(a, b, c):
    """Combining is monotone: what covers still covers when both are added to."""
    stricter = a | b

    assert (stricter | c).covers(a | c)


@given(decisions, decisions)
def test_covering_each_other_is_being_equal(a, b):
    """At least as strict is an order: both ways means the same decision."""
    assert (a.covers(b) and b.covers(a)) == (a == b)


@given(decisions, decisions)
def test_every_component_is_at_least_as_strict(a, b):
    """Nothing is refused less, waits less or asks for less after combining."""
    both = a | b

    assert both.deny == (a.deny or b.deny)
    assert both.throttle_s == max(a.throttle_s, b.throttle_s)
    assert both.hold_s == max(a.hold_s, b.hold_s)
    for asked in a.approvals:
        (kept,) = (k for k in both.approvals if k.role == asked.role)
        assert kept.people >= asked.people
        assert kept.ttl_s <= asked.ttl_s
    for prompt in a.challenges:
        (kept,) = (k for k in both.challenges if k.kind == prompt.kind)
        assert kept.seconds >= prompt.seconds
        assert kept.slip_catch >= prompt.slip_catch
        assert kept.own_factor >= prompt.own_factor


@given(st.permutations(range(4)), st.lists(decisions, min_size=4, max_size=4))
def test_order_of_many_is_irrelevant(order, answers):
    """Any order of controls gives one answer."""
    shuffled = [answers[i] for i in order]

    assert strictest(answers) == strictest(shuffled)


def test_nobody_asked_is_allow():
    """With no control at all the answer is the shared constant."""
    nobody = strictest([])

    assert nobody is ALLOW
