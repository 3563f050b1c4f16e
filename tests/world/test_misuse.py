"""The life of the misuse: who does it, when, by which ways, and when they give up."""

import json

import attrs
import pytest
from attrs import evolve

from simulator.clock import Moment
from simulator.controls import StepUpAuth, TicketBound
from simulator.decisions import Challenge
from simulator.scenario.misuse import Requirement, Step, Target, When
from simulator.scenario.organisation import ExitTask, Leaving, Person, Team
from simulator.streams import Constant
from simulator.trail import Closed, Executed, LeftBehind, Refused, Requested, Truth
from simulator.world.misuse import moment
from simulator.world.stage import prepare
from tests.scenes import (
    DAY,
    HOUR,
    MINUTE,
    ORGANISATION,
    attempt,
    leaver,
    misuse,
    scene,
)
from tests.world.stand_ins import ending, play, says

REFUSES_FIRST = says(to="misuse-0.0", deny=True)


def anchored(anchor, **parts):
    """Build the plain misuse at a moment relative to an anchor."""
    return evolve(misuse(), when=When(anchor=anchor, **parts))


def steps(*plan, **parts):
    """Build a misuse of several steps, each a tuple of tries."""
    return evolve(misuse(**parts), plan=tuple(Step(tries) for tries in plan))


def tried(trail):
    """Return (request, when) of each try that came to a request."""
    return [(asked.request, asked.at) for asked in trail.of(Requested)]


# Who does it.


@pytest.mark.parametrize(
    ("who", "actors"),
    [
        (Requirement(person="leaver"), {"leaver"}),
        (Requirement(leaving=True), {"leaver"}),
        (Requirement(role="operator"), {"watch-1"}),
        (Requirement(employment="contractor"), {"leaver", "desk-1", "desk-2"}),
        (Requirement(role="agent", leaving=True), {"leaver"}),
    ],
)
def test_actor_is_one_who_qualifies(who, actors):
    """Somebody who meets every part of the requirement does it, whoever that is."""
    drawn = {
        play(seed=seed, misuse=misuse(who=who)).of(Truth)[0].actor for seed in range(12)
    }

    assert drawn == actors


@pytest.mark.parametrize(
    "who",
    [
        Requirement(employment="vendor"),
        Requirement(role="lead", leaving=True),
        Requirement(person="shared-desk"),
    ],
)
def test_misuse_is_not_possible_where_nobody_qualifies(who):
    """Where nobody can do it, that is written, and nothing is asked for."""
    trail = play(misuse=misuse(who=who))
    why = ending(trail)

    assert (why.at, why.why, why.by) == (0, "not-possible", ("requirement",))
    assert trail.of(Requested) == ()
    assert [truth.purpose for truth in trail.of(Truth)] == ["misuse"]


def test_shared_login_is_nobody():
    """A shared login never is the one who does it."""
    everybody = misuse(who=Requirement(role="agent"))
    actors = {play(seed=s, misuse=everybody).of(Truth)[0].actor for s in range(30)}

    assert actors == {"leaver", "desk-1", "desk-2"}


def test_same_person_does_it_in_every_arm():
    """Who does it does not depend on what is in force."""
    anybody = misuse(who=Requirement(employment="contractor"))
    for seed in range(6):
        bare, full = (
            play(*arm, seed=seed, misuse=anybody).of(Truth)[0].actor
            for arm in ((), (says(deny=True), says("b", hold_s=60)))
        )

        assert bare == full


# When it is done.


@pytest.mark.parametrize(
    ("anchor", "at"),
    [
        ("notice", HOUR),
        ("separation", DAY + 7 * HOUR),
        ("shift-start", DAY),
        ("shift-end", DAY + 7 * HOUR),
    ],
)
def test_moment_of_a_leaver_follows_the_anchor(anchor, at):
    """Anchors are notice, separation, and the ends of the last shift before it."""
    story = scene(
        horizon=3 * DAY,
        staff=(leaver(notice=HOUR, separation=DAY + 7 * HOUR),),
    )
    stage = prepare(story)

    for part, shift in (("before", -60), ("after", 60)):
        when = When(anchor=anchor, **{part: 60})

        assert moment(stage.members["leaver"], when) == at + shift


@pytest.mark.parametrize(
    ("anchor", "at"), [("shift-start", 0), ("shift-end", 8 * HOUR), ("notice", None)]
)
def test_moment_of_one_who_stays_is_in_the_first_shift(anchor, at):
    """Who stays has a first shift, and neither notice nor separation."""
    stage = prepare(scene(horizon=3 * DAY))

    assert moment(stage.members["desk-1"], When(anchor=anchor)) == at


def test_misuse_before_the_start_is_not_possible():
    """What would lie before the scenario's start is not moved to its start."""
    trail = play(misuse=anchored("notice", before=HOUR))

    assert tried(trail) == []
    assert (ending(trail).why, ending(trail).by) == ("not-possible", ("not-simulated",))


def test_moment_of_last_shift_lies_before_separation_and_not_the_horizon():
    """Where separation lies beyond the horizon the last shift does so too."""
    stays_on = leaver(separation=5 * DAY + 8 * HOUR)
    stage = prepare(scene(horizon=2 * DAY, staff=(stays_on,)))
    at = moment(stage.members["leaver"], When(anchor="shift-end"))

    assert at is None or at >= stage.horizon


def test_misuse_without_its_anchor_is_not_possible():
    """Where the one who does it does not leave there is no separation to wait for."""
    stays = evolve(anchored("separation"), who=Requirement(person="desk-1"))

    assert ending(play(misuse=stays)).why == "not-possible"


def test_misuse_after_the_horizon_is_not_possible():
    """What would be done at the horizon or later is not simulated, and said so."""
    trail = play(misuse=misuse(at=12 * HOUR))

    assert tried(trail) == []
    assert (ending(trail).why, ending(trail).by) == ("not-possible", ("not-simulated",))


def test_misuse_waits_before_each_try():
    """The wait of a try counts from the refusal of the one before."""
    plan = misuse(
        attempt(wait=Constant(10)),
        attempt(wait=Constant(20)),
        attempt(wait=Constant(DAY)),
    )

    assert tried(play(says(deny=True), misuse=plan)) == [
        ("misuse-0.0", HOUR + 10),
        ("misuse-0.1", HOUR + 30),
    ]


# Ways and fallbacks.


def test_fallbacks_are_tried_in_order():
    """Each refusal leads to the next try; the first success ends the step."""
    plan = misuse(attempt(), attempt(), attempt(), attempt())
    arm = (REFUSES_FIRST, says("b", to="misuse-0.1", deny=True))
    trail = play(*arm, misuse=plan)

    assert [name for name, _ in tried(trail)] == [
        "misuse-0.0",
        "misuse-0.1",
        "misuse-0.2",
    ]
    assert [done.request for done in trail.of(Executed)] == ["misuse-0.2"]
    assert [(t.step, t.attempt) for t in trail.of(Truth)] == [(0, 0), (0, 1), (0, 2)]


def test_next_step_follows_a_step_that_failed():
    """A step whose tries are all refused does not keep the next from being begun."""
    trail = play(REFUSES_FIRST, misuse=steps((attempt(),), (attempt(),)))

    assert ending(trail, "misuse-0.0").why == "denied"
    assert isinstance(ending(trail, "misuse-1.0"), Executed)


def test_next_step_follows_a_step_that_succeeded():
    """A plan of two steps touches both of its targets."""
    plan = steps((attempt(),), (attempt(target="ally"),))
    targets = (Target("celebrity", "protected"), Target("ally", "ordinary"))
    trail = play(misuse=plan, targets=targets)

    assert [done.target for done in trail.of(Executed)] == ["celebrity", "ally"]


def test_way_that_is_not_open_is_passed_over():
    """A way with no chance to be open comes to no request, and the next is tried."""
    plan = misuse(attempt(possible=0.0), attempt())

    assert tried(play(misuse=plan)) == [("misuse-0.1", HOUR)]


def test_way_of_a_colleague_needs_one_on_shift():
    """Without a colleague on shift no session is open to be used."""
    plan = misuse(attempt(through="colleague-session"), attempt(), at=9 * HOUR)

    assert tried(play(misuse=plan)) == [("misuse-0.1", 9 * HOUR)]


def test_way_of_a_colleague_is_never_the_own():
    """The colleague whose session is used is another person of the team."""
    plan = misuse(attempt(through="colleague-session"))
    used = {play(seed=s, misuse=plan).of(Requested)[0].staff for s in range(20)}

    assert used == {"desk-1", "desk-2"}


def test_way_of_a_colleague_is_one_whose_session_is_open():
    """A colleague who has lost all access has no session to be used."""
    other = Person("other", "desk", leaving=Leaving(Moment(0), Moment(7 * HOUR)))
    trail = play(
        staff=(leaver(separation=8 * HOUR), other),
        teams=(Team("desk", "agent", "vendor", "day", 0), *ORGANISATION.teams[1:]),
        offboarding=(ExitTask("disable", "notice", Constant(0), ("console",)),),
        misuse=misuse(attempt(through="colleague-session")),
    )

    assert trail.of(Requested) == ()


def test_records_name_the_colleague_and_the_truth_the_actor():
    """What systems see names whose session it was; only the truth knows better."""
    plan = misuse(attempt(through="colleague-session"))
    trail = play(says(hold_s=60), misuse=plan)
    seen = [r for r in trail if not isinstance(r, Truth | LeftBehind)]

    assert trail.of(Truth)[0].actor == "leaver"
    assert trail.of(Requested)[0].staff == ending(trail).staff != "leaver"
    assert "leaver" not in json.dumps([attrs.asdict(r) for r in seen])


def test_shared_secret_names_the_login_of_the_team():
    """A shared secret shows the team's login, with the rights of the team's role."""
    trail = play(misuse=misuse(attempt(through="shared-secret")))

    assert trail.of(Requested)[0].staff == "shared-desk"
    assert trail.of(Truth)[0].actor == "leaver"
    assert isinstance(ending(trail), Executed)


def test_shared_secret_outlives_its_user():
    """Who has left and lost the own account still holds the shared secret."""
    trail = play(
        offboarding=(ExitTask("disable", "notice", Constant(0), ("console",)),),
        misuse=misuse(attempt(), attempt(through="shared-secret"), at=9 * HOUR),
    )

    assert ending(trail).why == "no-access"
    assert isinstance(ending(trail, "misuse-0.1"), Executed)


def test_shared_secret_has_no_factor_of_its_holder():
    """Step-up authentication stops who holds a shared secret, as it says it does."""
    plan = misuse(attempt(through="shared-secret"))
    trail = play(StepUpAuth(max_age=MINUTE), misuse=plan)

    assert "shared secret" in StepUpAuth.stops
    assert ending(trail).kind == "refused"


@pytest.mark.parametrize(
    ("cites", "match", "refused"),
    [
        ("same-target", True, False),
        ("other-target", True, True),
        ("other-target", False, False),
        ("none", False, True),
    ],
)
def test_ticket_is_the_one_that_is_cited(cites, match, refused):
    """A ticket about this target, about another, or none, is what systems see."""
    trail = play(TicketBound(match_target=match), misuse=misuse(attempt(ticket=cites)))

    assert (ending(trail).kind == "refused") == refused
    assert (trail.of(Requested)[0].ticket is None) == (cites == "none")


# Giving up.


@pytest.mark.parametrize(
    ("intent", "desists", "why"),
    [("slip", 0.0, "slip-caught"), ("gesture", 1.0, "desisted")],
)
def test_plan_ends_where_somebody_gives_up(intent, desists, why):
    """Who sees the slip, or gives up, tries nothing more: no way and no step."""
    plan = steps((attempt(), attempt()), (attempt(),), intent=intent, desists=desists)
    trail = play(says(challenges=(Challenge("word", 8, 1.0),)), misuse=plan)

    assert [record.why for record in trail.of(Refused)] == [why]
    assert len(trail.of(Requested)) == 1


def test_intent_is_in_the_truth_alone():
    """No record but the truth differs between two intents."""
    trails = [
        [r for r in play(misuse=misuse(intent=intent)) if not isinstance(r, Truth)]
        for intent in ("gesture", "bribe", "revenge")
    ]

    assert trails[0] == trails[1] == trails[2]


def test_slip_means_a_lookalike():
    """Who slips has another target in mind than the one that is hit."""
    meant = [
        play(misuse=misuse(intent=intent)).of(Truth)[0].meant
        for intent in ("gesture", "slip")
    ]

    assert meant == ["celebrity", "celebrity-lookalike"]


def test_horizon_cuts_what_is_under_way():
    """A deed whose wait outlasts the horizon is pending at its end."""
    trail = play(says(hold_s=DAY))

    assert (ending(trail), trail.of(Closed)[0].pending) == (None, ("misuse-0.0",))


def test_horizon_cuts_the_plan():
    """A try that would come at the horizon is not made."""
    plan = misuse(attempt(), attempt(wait=Constant(11 * HOUR)))

    assert tried(play(says(deny=True), misuse=plan)) == [("misuse-0.0", HOUR)]
