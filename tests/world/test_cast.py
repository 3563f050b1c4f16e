"""Who does it, and who helps: everybody who qualifies, each as likely as another."""

from collections import Counter

import pytest
from attrs import evolve

from simulator.clock import Moment, Seconds
from simulator.scenario.misuse import Requirement, Step, Target, When
from simulator.scenario.organisation import (
    Credential,
    Entitlement,
    ExitTask,
    Leaving,
    Person,
    Role,
    System,
)
from simulator.trail import Requested, Truth
from tests.scenes import AT_ONCE, HOUR, ORGANISATION, attempt, leaver, misuse
from tests.world.stand_ins import agrees, ending, play, says

RUNS = 600
AGENTS = ("desk-1", "desk-2", "leaver")
HELPED = attempt(by="accomplice")


def actors(plan, runs=RUNS, **parts):
    """Count who does the first try, over many seeds."""
    trails = (play(seed=seed, misuse=plan, **parts) for seed in range(runs))
    return Counter(trail.of(Truth)[0].actor for trail in trails)


def helped(*tries, who=None, **requirement):
    """Build a misuse with an accomplice who meets a requirement."""
    return evolve(misuse(*tries, who=who), accomplice=Requirement(**requirement))


@pytest.mark.slow
def test_everybody_who_qualifies_is_as_likely():
    """Of three who meet the requirement each does it in a third of the seeds."""
    found = actors(misuse(who=Requirement(role="agent")))

    assert set(found) == set(AGENTS)
    assert all(agrees(times, RUNS, 1 / 3) for times in found.values())


@pytest.mark.parametrize("anchor", ["notice", "separation"])
def test_who_lacks_the_anchor_does_not_qualify(anchor):
    """Where it is to be done at a separation, it is done by one who separates."""
    when = When(anchor=anchor, after=60)
    plan = evolve(misuse(who=Requirement(role="agent")), when=when)

    assert set(actors(plan, runs=20)) == {"leaver"}


@pytest.mark.slow
def test_who_leaves_is_one_of_those_who_do():
    """Where the person must be leaving, all who leave are as likely."""
    other = Person("other", "desk", leaving=Leaving(Moment(0), Moment(8 * HOUR)))
    plan = misuse(who=Requirement(leaving=True))
    found = actors(plan, staff=(leaver(), other))

    assert set(found) == {"leaver", "other"}
    assert agrees(found["other"], RUNS, 1 / 2)


@pytest.mark.parametrize(
    ("requirement", "helpers"),
    [
        ({"role": "agent"}, {"desk-1", "desk-2"}),
        ({"employment": "employee"}, {"leads-1", "watch-1"}),
        ({"person": "desk-2"}, {"desk-2"}),
        ({}, {"desk-1", "desk-2", "leads-1", "watch-1"}),
    ],
)
def test_helper_is_another_who_qualifies(requirement, helpers):
    """Who helps meets the requirement and is never the one who does it."""
    assert set(actors(helped(HELPED, **requirement), runs=40)) == helpers


@pytest.mark.slow
def test_every_helper_is_as_likely():
    """Whoever does it, each of the two others is as likely to be in on it."""
    plan = helped(HELPED, who=Requirement(role="agent"), role="agent")
    found = actors(plan)

    assert set(found) == set(AGENTS)
    assert all(agrees(times, RUNS, 1 / 3) for times in found.values())


def test_two_who_do_it_are_two():
    """The actor and the accomplice of one plan are never the same person."""
    plan = helped(attempt(), HELPED, who=Requirement(role="agent"), role="agent")
    for seed in range(40):
        trail = play(says(to="misuse-0.0", deny=True), seed=seed, misuse=plan)
        one, other = (truth.actor for truth in trail.of(Truth))

        assert one != other


@pytest.mark.parametrize(
    "requirement",
    [{"person": "leaver"}, {"leaving": True}, {"employment": "vendor"}],
)
def test_without_a_helper_the_rest_of_the_plan_is_tried(requirement):
    """A try for which nobody else qualifies is passed over in silence."""
    trail = play(misuse=helped(HELPED, attempt(), **requirement))

    assert [asked.request for asked in trail.of(Requested)] == ["misuse-0.1"]


def test_helper_is_the_same_in_every_arm_and_at_every_try():
    """Who helps does not depend on what is in force, nor on how often."""
    plan = helped(HELPED, HELPED, role="agent")
    for seed in range(10):
        trails = [
            play(*arm, seed=seed, misuse=plan)
            for arm in ((), (says(to="misuse-0.0", deny=True),))
        ]
        names = {truth.actor for trail in trails for truth in trail.of(Truth)}

        assert len(names) == 1


def test_helper_without_access_is_refused():
    """Who helps and has lost the account is refused as anybody would be."""
    gone = Person("gone", "desk", leaving=Leaving(Moment(-HOUR), Moment(0)))
    disabled = ExitTask("disable", "notice", AT_ONCE, ("console",))
    plan = helped(HELPED, person="gone")
    trail = play(misuse=plan, staff=(leaver(), gone), offboarding=(disabled,))

    assert (ending(trail).staff, ending(trail).by) == ("gone", ("disable",))


RIGHTS = (
    Role("agent", (Entitlement(("deactivate",), "ordinary"),)),
    Role("lead", (Entitlement(("deactivate",), "protected"),)),
    Role("operator"),
)
KEYS = (
    Credential("key", "api-key", ("console",), staff=("desk-1", "leads-1")),
    Credential("lead-key", "api-key", ("console",), staff=("desk-2",), role="lead"),
    Credential("other-key", "api-key", ("vpn",), staff=("watch-1",), role="lead"),
    Credential("no-key", "api-key", ("console",), ("desk",), held=0.0, role="lead"),
    Credential("one-secret", "shared-secret", ("console",), ("leads", "watch")),
)
BELOW = Target("passer-by", "ordinary")


@pytest.mark.parametrize(
    ("tries", "asked", "names"),
    [
        pytest.param([attempt()], {"may": "deactivate"}, {"leads-1"}, id="entitled"),
        pytest.param(
            [attempt(target="passer-by"), attempt()],
            {"may": "deactivate"},
            {"desk-1", "desk-2", "leaver", "leads-1"},
            id="entitled to the first target",
        ),
        pytest.param(
            [attempt()],
            {"holds": "api-key"},
            {"desk-1", "desk-2", "leads-1", "watch-1"},
            id="a holder of any",
        ),
        pytest.param(
            [attempt()],
            {"holds": "api-key", "may": "deactivate"},
            {"desk-2", "leads-1"},
            id="a holder of one that opens the way",
        ),
        pytest.param(
            [attempt()],
            {"holds": "shared-secret", "may": "deactivate"},
            {"leads-1", "watch-1"},
            id="a holder of a login of its own",
        ),
        pytest.param(
            [attempt()], {"may": "deactivate", "leaving": True}, {None}, id="nobody"
        ),
    ],
)
def test_who_may_and_holds_what_is_asked_for(tries, asked, names):
    """The right is asked for on the first target, of the role or the credential."""
    plan = misuse(*tries, who=Requirement(**asked))
    systems = (*ORGANISATION.systems, System("vpn", Seconds(HOUR), "vpn"))
    found = actors(
        plan,
        runs=40,
        roles=RIGHTS,
        credentials=KEYS,
        systems=systems,
        targets=(Target("celebrity", "protected"), BELOW),
    )

    assert {None if name == "nobody" else name for name in found} == names


@pytest.mark.parametrize(
    ("asked", "helpers"),
    [
        ({"may": "deactivate"}, {"leads-1"}),
        ({"holds": "api-key"}, {"desk-1", "desk-2", "leads-1"}),
    ],
)
def test_helper_may_and_holds_what_is_asked_for(asked, helpers):
    """So is it of who helps, by the helper's own first target."""
    first = (attempt(target="passer-by", possible=0.0), HELPED)
    plan = evolve(helped(**asked), plan=(Step(first),))
    found = actors(
        plan,
        runs=40,
        roles=RIGHTS,
        credentials=KEYS[:2],
        targets=(Target("celebrity", "protected"), BELOW),
    )

    assert set(found) == helpers


def test_who_has_no_time_does_not_do_it():
    """Of several, one whose moment is simulated does it; else it is not possible."""
    late = Person("late", "desk", leaving=Leaving(Moment(0), Moment(20 * HOUR)))
    when = When(anchor="separation", after=HOUR)
    plan = evolve(misuse(who=Requirement(leaving=True)), when=when)

    assert set(actors(plan, runs=20, staff=(leaver(), late))) == {"leaver"}
    trail = play(misuse=plan, staff=(late,))
    assert ending(trail).by == ("not-simulated",)
