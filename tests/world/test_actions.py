"""The life of a privileged action: each way it can end, and what is written of it."""

import pytest
from attrs import evolve

from simulator.clock import Moment
from simulator.controls import CoolingOff, FourEyes, StepUpAuth, TypeToConfirm
from simulator.decisions import ALLOW, Approval, Challenge
from simulator.scenario.misuse import Requirement, Step, Target
from simulator.scenario.organisation import (
    Action,
    Approvals,
    Credential,
    Entitlement,
    ExitTask,
    Leaving,
    Person,
    Role,
    System,
    Team,
)
from simulator.streams import Constant
from simulator.testing.laws import effects_have_access
from simulator.trail import (
    AccessEnded,
    Alerted,
    Closed,
    Contained,
    Executed,
    Explained,
    Passed,
    Refused,
    Requested,
    Truth,
)
from tests.scenes import (
    AT_ONCE,
    DAY,
    HOUR,
    MINUTE,
    ORGANISATION,
    attempt,
    desk,
    leaver,
    misuse,
    scene,
)
from tests.world.stand_ins import (
    Notes,
    Says,
    agrees,
    day_of,
    ending,
    play,
    posture,
    says,
    sees,
    sees_requests,
    ticket,
)

LEAD = Approval("lead", 1, HOUR)
TRUSTING = Approvals(AT_ONCE, Constant(MINUTE), 1.0, 0.0, 0.0, 0.0)
STAMPING = Approvals(AT_ONCE, Constant(MINUTE), 1.0, 1.0, 1.0, 1.0)
HALF_STAMPING = Approvals(AT_ONCE, AT_ONCE, 1.0, 0.5, 0.0, 0.0)
SLOW = Approvals(AT_ONCE, Constant(10 * MINUTE), 1.0, 1.0, 0.0, 0.0)


def delayed(seconds):
    """Build the action with a delay of the platform's own."""
    return (Action("deactivate", "takes-down", "console", Constant(seconds)),)


def teams(**sizes):
    """Build the usual teams in other sizes."""
    return tuple(
        Team(t.id, t.role, t.employment, t.shift, sizes.get(t.id, t.size))
        for t in ORGANISATION.teams
    )


def owner(answers):
    """Build the target with an owner who objects to a notice after a time."""
    return (Target("celebrity", "protected", owner_answers=answers),)


def honest(luck=0.9, **parts):
    """Build a day on which one ticket needs the action, and nothing goes wrong."""
    desks = (desk(**parts),)
    day = day_of(scene(desks=desks), ticket(0, 0, luck=luck))
    return {"desks": desks, "misuse": None, "day": day}


def test_effect_is_at_once_where_nothing_is_asked():
    """An action that nothing stops takes effect at the instant of its request."""
    trail = play(staff=(leaver(separation=13 * HOUR),))

    assert [record.kind for record in trail] == [
        "opened",
        "requested",
        "truth",
        "executed",
        "closed",
    ]
    assert (ending(trail).at, ending(trail).released_at) == (HOUR, HOUR)


def test_effect_comes_after_the_delay_of_the_platform():
    """The platform's own delay lies between the release and the effect."""
    done = ending(play(actions=delayed(90)))

    assert (done.released_at, done.at) == (HOUR, HOUR + 90)


def test_effect_repeats_what_was_asked():
    """An effect carries person, action, target, tier and ticket of its request."""
    trail = play()
    (asked,), done = trail.of(Requested), ending(trail)

    for name in ("request", "staff", "action", "target", "tier", "ticket"):
        assert getattr(asked, name) == getattr(done, name)


def test_effect_is_kept_for_the_longest_window():
    """An effect can be undone until the longest window of a control is over."""
    kept = Says(label="a", keeps_s=60), Says(label="b", keeps_s=90)

    assert ending(play(*kept)).undo_until == HOUR + 90
    assert ending(play()).undo_until == HOUR


def test_decision_is_the_strictest_of_several():
    """Every component of the decision is the strictest that anybody asked for."""
    first = says("a", hold_s=60, approvals=(LEAD,), throttle_s=5)
    second = says("b", hold_s=90, approvals=(Approval("lead", 2, MINUTE),))
    (asked,) = play(second, first).of(Requested)

    assert (asked.decision.hold_s, asked.decision.throttle_s) == (90, 5)
    assert (Approval("lead", 2, MINUTE),) == asked.decision.approvals
    assert (("a", first.answer), ("b", second.answer)) == asked.answers


def test_decision_is_plain_where_nobody_objects():
    """A control that allows leaves no answer on the request."""
    (asked,) = play(says()).of(Requested)

    assert (asked.decision, asked.answers) == (ALLOW, ())


def test_decision_denies_where_one_denies():
    """One denial among softer answers refuses at once, and only it is named."""
    trail = play(says("soft", hold_s=60), says("hard", deny=True))
    why = ending(trail)

    assert (why.at, why.why, why.by) == (HOUR, "denied", ("hard",))


def test_decision_does_not_hear_a_shadow():
    """A control that is only asked is recorded and changes nothing."""
    trail = play(shadow=[says("only-asked", deny=True)])
    (asked,) = trail.of(Requested)

    assert (asked.decision, ending(trail).at) == (ALLOW, HOUR)
    assert asked.answers[0][0] == "only-asked"


def test_prompt_takes_its_time():
    """The effect comes after the prompt, and the record says how long it took."""
    trail = play(TypeToConfirm(seconds=8))

    assert ending(trail).at == HOUR + 8
    assert [(p.what, p.waited_s) for p in trail.of(Passed)] == [("challenge", 8)]


def test_prompt_of_different_kinds_come_one_after_the_other():
    """Two kinds of prompt take the sum of their times, two of a kind the longer."""
    word = says("a", challenges=(Challenge("word", 8),))
    long_word = says("b", challenges=(Challenge("word", 10),))
    factor = says("c", challenges=(Challenge("factor", 20),))

    assert ending(play(word, long_word)).at == HOUR + 10
    assert ending(play(word, long_word, factor)).at == HOUR + 30


@pytest.mark.parametrize(
    ("intent", "catch", "why"),
    [
        ("slip", 1.0, "slip-caught"),
        ("slip", 0.0, None),
        ("gesture", 1.0, None),
    ],
)
def test_prompt_catches_a_slip(intent, catch, why):
    """A prompt catches who errs, never who means it."""
    prompt = TypeToConfirm(seconds=8, slip_catch=catch)
    end = ending(play(prompt, misuse=misuse(intent=intent)))

    assert why == getattr(end, "why", None)
    assert end.at == HOUR + 8


def test_prompt_names_what_caught_the_slip():
    """A slip that is caught names the control whose prompt did it, and no other."""
    arm = (TypeToConfirm(slip_catch=1.0), says("other", throttle_s=5))

    assert ending(play(*arm, misuse=misuse(intent="slip"))).by == ("type-to-confirm",)


@pytest.mark.parametrize(
    ("through", "why"),
    [("own-session", None), ("colleague-session", "factor-missing")],
)
def test_prompt_own_factor_is_the_owners(through, why):
    """Whoever sits at a colleague's session cannot pass the colleague's factor."""
    trail = play(StepUpAuth(max_age=60), misuse=misuse(attempt(through=through)))

    assert why == getattr(ending(trail), "why", None)


def test_prompt_record_names_the_login():
    """A passed prompt names the login, for no system sees who sits there."""
    trail = play(TypeToConfirm(), misuse=misuse(attempt(through="colleague-session")))
    (asked,), (passed,) = trail.of(Requested), trail.of(Passed)

    assert asked.staff == passed.by


def test_consent_comes_from_another_person():
    """An approver of the role asked for consents, and the effect follows."""
    trail = play(FourEyes(role="lead"), approvals=TRUSTING)
    (passed,) = trail.of(Passed)

    assert (passed.what, passed.by, passed.waited_s) == ("approved", "leads-1", 60)
    assert ending(trail).at == HOUR + 60


def test_consent_comes_from_the_own_role_unless_told():
    """Without a role, a colleague of the requester's own role consents."""
    (passed,) = play(FourEyes(), approvals=TRUSTING).of(Passed)

    assert passed.by == "desk-1"


def test_consent_never_comes_from_the_login_or_the_one_who_sits_there():
    """Neither the colleague whose session is used nor the actor approves."""
    trail = play(
        FourEyes(),
        approvals=TRUSTING,
        misuse=misuse(attempt(through="colleague-session")),
    )
    (asked,), (passed,) = trail.of(Requested), trail.of(Passed)

    assert {"desk-1", "desk-2"} == {asked.staff, passed.by}


def test_consent_lapses_where_nobody_else_is_left():
    """With no third person, a colleague's session finds no approver."""
    trail = play(
        FourEyes(),
        teams=teams(desk=1),
        approvals=TRUSTING,
        misuse=misuse(attempt(through="colleague-session")),
    )

    assert (ending(trail).why, ending(trail).at) == ("lapsed", 2 * HOUR)


def test_consent_is_withheld_by_who_sees_the_harm():
    """An approver who looks and sees the harm rejects the request."""
    trail = play(FourEyes(role="lead"))
    why, (passed,) = ending(trail), trail.of(Passed)

    assert (why.why, why.by) == ("rejected", ("four-eyes",))
    assert (passed.what, passed.looked) == ("rejected", True)


def test_consent_is_withheld_from_honest_work_too():
    """An approver may doubt an honest request."""
    wary = Approvals(AT_ONCE, AT_ONCE, 1.0, 0.0, 0.0, 1.0)
    arm = FourEyes(from_tier="ordinary")
    trail = play(arm, approvals=wary, **honest())

    assert ending(trail, "act-front-0").why == "rejected"


def test_consent_of_a_rubber_stamp_is_given_without_a_look():
    """Who stamps approves harm that a look would have shown."""
    trail = play(FourEyes(role="lead"), approvals=STAMPING)
    (passed,) = trail.of(Passed)

    assert (passed.what, passed.looked) == ("approved", False)
    assert isinstance(ending(trail), Executed)


def test_consent_lapses_where_nobody_is_on_shift():
    """A request lapses after its time where no approver comes on shift in it."""
    trail = play(FourEyes(ttl=2 * HOUR), misuse=misuse(at=9 * HOUR))
    why = ending(trail)

    assert (why.why, why.by) == ("lapsed", ("four-eyes",))
    assert why.at == 11 * HOUR


def test_consent_waits_for_the_next_shift():
    """An approver whose shift begins in time consents then."""
    trail = play(
        FourEyes(ttl=DAY),
        horizon=2 * DAY,
        approvals=TRUSTING,
        misuse=misuse(at=9 * HOUR),
    )

    assert ending(trail).at == DAY + 60


def test_consent_of_two_is_of_two_people():
    """Two approvers are two people, and the effect waits for both."""
    arm = FourEyes(role="lead", approvers=2)
    trail = play(arm, teams=teams(leads=2), approvals=TRUSTING)

    assert [passed.by for passed in trail.of(Passed)] == ["leads-1", "leads-2"]
    assert ending(trail).at == HOUR + 60


def test_consent_of_two_lapses_where_there_is_one():
    """One approver cannot consent twice."""
    trail = play(FourEyes(role="lead", approvers=2), approvals=TRUSTING)

    assert ending(trail).why == "lapsed"


def test_consent_that_lapses_took_the_time_that_is_recorded():
    """Approvers' time is that of the answers that were given."""
    arm = FourEyes(role="lead", approvers=2)
    trail = play(arm, approvals=TRUSTING)

    assert trail.of(Closed)[0].approver_s == 60 * len(trail.of(Passed))


def test_consent_is_not_given_through_an_account_that_has_ended():
    """Who has lost all access approves nothing."""
    gone = Person("gone", "desk", leaving=Leaving(Moment(0), Moment(8 * HOUR)))
    trail = play(
        FourEyes(),
        teams=teams(desk=0),
        staff=(leaver(), gone),
        approvals=TRUSTING,
        offboarding=(ExitTask("disable", "notice", Constant(0), ("console",)),),
        misuse=misuse(attempt(through="shared-secret")),
    )

    assert trail.of(Passed) == ()


def test_consent_of_two_roles_is_asked_one_after_the_other():
    """Approvals of two roles take the sum of their times."""
    arm = (says("a", approvals=(LEAD,)), FourEyes())
    trail = play(*arm, approvals=TRUSTING)

    assert {"leads-1", "desk-1"} == {passed.by for passed in trail.of(Passed)}
    assert ending(trail).at == HOUR + 120


def test_consent_withheld_names_all_who_asked_for_it():
    """A rejection is to the credit of whoever asked for that role, among others."""
    both = (LEAD, Approval("operator", 1, HOUR))
    arm = says("both", approvals=both), says("lead", approvals=both[:1])
    trail = play(*arm, says("else", approvals=both[1:]))

    assert ending(trail).by == ("both", "lead")


def test_consent_first_rejection_ends_it():
    """Where the first of two rejects, the second is not heard any more."""
    trail = play(FourEyes(role="lead", approvers=2), teams=teams(leads=2))

    assert len(trail.of(Passed)) == 1


def test_consent_sought_from_a_stamp_is_looked_at_less_often():
    """Who seeks an approver who does not look finds one wherever chance would."""
    arm, looked = FourEyes(role="lead"), {"whoever": [], "rubber-stamp": []}
    for seed in range(20):
        for manner, seen in looked.items():
            parts = {
                "teams": teams(leads=3),
                "approvals": HALF_STAMPING,
                "misuse": misuse(attempt(approver=manner)),
            }
            seen.append(play(arm, seed=seed, **parts).of(Passed)[0].looked)

    assert all(a >= b for a, b in zip(*looked.values(), strict=True))
    assert sum(looked["rubber-stamp"]) < sum(looked["whoever"])


def test_consent_cannot_be_sought_where_only_one_other_could_give_it():
    """Seeking a stamp helps nobody where a single other person can consent."""
    looked = {"whoever": [], "rubber-stamp": []}
    for seed in range(20):
        for manner, seen in looked.items():
            parts = {
                "teams": teams(desk=1),
                "approvals": HALF_STAMPING,
                "misuse": misuse(attempt(approver=manner)),
            }
            seen.append(play(FourEyes(), seed=seed, **parts).of(Passed)[0].looked)

    assert looked["whoever"] == looked["rubber-stamp"]


def test_wait_of_a_throttle_delays():
    """A throttled action takes effect after its wait."""
    assert ending(play(says(throttle_s=300))).at == HOUR + 300


def test_wait_is_the_longer_of_hold_and_throttle():
    """A hold and a throttle run beside each other."""
    assert ending(play(says(throttle_s=300, hold_s=200))).at == HOUR + 300
    assert ending(play(says(throttle_s=300, hold_s=400))).at == HOUR + 400


@pytest.mark.parametrize(
    ("answers", "at", "why"),
    [
        (None, 2 * HOUR, None),
        (Constant(10 * MINUTE), HOUR + 10 * MINUTE, "cancelled"),
        (Constant(HOUR - 1), 2 * HOUR - 1, "cancelled"),
        (Constant(HOUR), 2 * HOUR, None),
    ],
)
def test_wait_of_a_hold_can_be_cancelled_by_the_owner(answers, at, why):
    """The owner stops it before the hold ends, not at its end, or never."""
    end = ending(play(CoolingOff(hold=HOUR), targets=owner(answers)))

    assert (at, why) == (end.at, getattr(end, "why", None))


def test_wait_is_cancelled_by_the_owner_of_each_target_of_a_sweep():
    """Who owns a target like the one named objects to a notice as its owner does."""
    sweep = evolve(misuse(), plan=(Step((attempt(),), times=2),))
    trail = play(CoolingOff(hold=HOUR), targets=owner(AT_ONCE), misuse=sweep)

    assert [refused.why for refused in trail.of(Refused)] == ["cancelled"] * 2


def test_wait_of_a_throttle_alone_is_not_told_to_the_owner():
    """The owner hears of a hold only."""
    trail = play(says(throttle_s=HOUR), targets=owner(AT_ONCE))

    assert isinstance(ending(trail), Executed)


def test_wait_cancelled_names_who_held_it():
    """An owner's objection is to the credit of the hold, not of the throttle."""
    arm = (CoolingOff(hold=HOUR), says("throttle", throttle_s=60))

    assert ending(play(*arm, targets=owner(AT_ONCE))).by == ("cooling-off",)


def test_access_is_asked_before_anybody_else():
    """Without access no control is asked, and the refusal names what ended it."""
    gone = ExitTask("disable", "notice", Constant(0), ("console",))
    trail = play(says(deny=True), offboarding=(gone,))
    why, (asked,) = ending(trail), trail.of(Requested)

    assert (why.why, why.by) == ("no-access", ("disable",))
    assert asked.answers == ()


def test_access_needs_an_entitlement():
    """A target above the entitlement of the role is out of reach."""
    agent = Role("agent", (Entitlement(("deactivate",), "ordinary"),))
    trail = play(roles=(agent, *ORGANISATION.roles[1:]))

    assert (
        ending(trail).why,
        ending(trail).by,
    ) == ("no-access", ("entitlement",))


@pytest.mark.parametrize(
    "answer",
    [
        {"challenges": (Challenge("long", 10 * MINUTE),)},
        {"approvals": (LEAD,)},
        {"hold_s": 10 * MINUTE},
        {"throttle_s": 10 * MINUTE},
    ],
    ids=lambda answer: next(iter(answer)),
)
def test_access_is_asked_again_at_the_release(answer):
    """Access that ends while an action waits refuses it at the release."""
    trail = play(
        says(**answer),
        approvals=SLOW,
        systems=(System("console", 60),),
        offboarding=(
            ExitTask("disable", "notice", Constant(HOUR + 300), ("console",)),
        ),
    )
    why = ending(trail)

    assert (why.at, why.why, why.by) == (HOUR + 600, "no-access", ("disable",))
    assert trail.of(AccessEnded)[0].at == HOUR + 300


def test_access_ending_after_the_release_comes_too_late():
    """The platform carries out what was released while there was access."""
    trail = play(
        actions=delayed(600),
        systems=(System("console", 60),),
        offboarding=(
            ExitTask("disable", "notice", Constant(HOUR + 300), ("console",)),
        ),
    )

    assert ending(trail).at == HOUR + 600


STOPPED = [
    pytest.param({"challenges": (Challenge("long", 600),)}, 0, id="in-a-prompt"),
    pytest.param({"approvals": (LEAD,)}, 0, id="before-consent"),
    pytest.param({"hold_s": 600}, 0, id="on-hold"),
    pytest.param({}, 600, id="on-its-way"),
]


@pytest.mark.parametrize(("answer", "delay"), STOPPED)
def test_containment_stops_what_is_pending(answer, delay):
    """A deed under way when its login is contained never takes effect."""
    alarm = sees_requests(staff="leaver")
    trail = play(says(**answer), alarm, approvals=SLOW, actions=delayed(delay))
    why = ending(trail)

    assert trail.of(Contained)[0].at == HOUR + 180
    assert (why.why, why.by) == ("contained", ("containment",))
    assert trail.of(Executed) == ()


def test_containment_refuses_at_its_own_instant():
    """A deed that the response stops is refused when that happens, not later."""
    trail = play(says(hold_s=HOUR), sees_requests(staff="leaver"))

    assert trail.of(Contained)[0].at == ending(trail).at


def test_containment_leaves_nothing_pending():
    """A deed that the response stopped is not under way at the horizon."""
    trail = play(says(hold_s=DAY), sees_requests(staff="leaver"))

    assert trail.of(Closed)[0].pending == ()


def test_containment_refuses_what_comes_later():
    """A person who is contained finds no access any more."""
    later = misuse(attempt(), attempt(wait=Constant(HOUR)))
    arm = (says(deny=True, to="misuse-0.0"), sees_requests(staff="leaver"))
    why = ending(play(*arm, misuse=later), "misuse-0.1")

    assert (why.why, why.by) == ("no-access", ("containment",))


@pytest.mark.parametrize(
    ("answer", "at"),
    [
        ({"challenges": (Challenge("word", 8),)}, HOUR + 8),
        ({"approvals": (LEAD,)}, HOUR),
        ({"hold_s": 60}, HOUR),
        ({"throttle_s": 60}, HOUR),
    ],
)
def test_giving_up_happens_where_something_is_asked(answer, at):
    """Who gives up does so when something is asked, and that is named."""
    why = ending(play(says(**answer), misuse=misuse(desists=1.0)))

    assert (at, "desisted", ("says",)) == (why.at, why.why, why.by)


def test_giving_up_happens_nowhere_else():
    """Nobody gives up on an action that goes through at once."""
    assert isinstance(ending(play(misuse=misuse(desists=1.0))), Executed)


def test_truth_is_not_written_of_honest_work():
    """An honest request leaves no record of the truth, and nothing is explained."""
    trail = play(says("a", hold_s=60), sees("b"), sees_requests("c"), **honest())

    assert trail.of(Truth) == trail.of(Explained) == ()
    assert isinstance(ending(trail, "act-front-0"), Executed)


def test_honest_work_waits_for_the_platform_too():
    """What is carried out at once for anybody takes effect after the delay."""
    parts = {"desks": (desk(),), "actions": delayed(90), "misuse": None}
    day = day_of(scene(**parts), ticket(0, 0))
    done = ending(play(day=day, **parts), "act-front-0")

    assert (done.released_at, done.at) == (300, 390)


@pytest.mark.parametrize(
    ("answer", "counts"),
    [
        ({}, {"requested": 1, "executed": 1, "refused": 0}),
        ({"deny": True}, {"requested": 1, "executed": 0, "refused": 1}),
        ({"hold_s": HOUR}, {"requested": 1, "executed": 1, "refused": 0}),
        (
            {"challenges": (Challenge("call", 60, unanswered=1.0),)},
            {"requested": 1, "executed": 0, "refused": 1},
        ),
    ],
    ids=["effect", "denied", "held", "unanswered"],
)
def test_request_is_known_with_its_end_to_those_asked_next(answer, counts):
    """What somebody asked for, and what became of it, can be counted from then on."""

    def known(request, view):
        window = {"since": 0, "until": request.at}
        return {kind: view.count(request.staff, of=kind, **window) for kind in counts}

    notes = Notes(question=known)
    play(notes, says(to="misuse-0", **answer), misuse=steps({}, {}))

    assert [answer for _, answer in notes.heard] == [dict.fromkeys(counts, 0), counts]


def test_truth_of_a_slip_names_what_was_meant():
    """An honest slip hits a look-alike of the target that was meant."""
    trail = play(**honest(luck=0.0, slip_rate=0.5))
    (asked,), (truth,) = trail.of(Requested), trail.of(Truth)

    assert (truth.purpose, truth.meant) == ("honest-slip", "account-0")
    assert asked.target == "account-0-lookalike"


def test_every_request_ends_once():
    """A request has one ending, and none of those that ended is pending."""
    trail = play(FourEyes(role="lead"))
    ends = [r.request for r in trail if isinstance(r, Executed | Refused)]

    assert ends == ["misuse-0.0"]
    assert trail.of(Closed)[0].pending == ()


# A prompt may be answered by somebody who sees the harm, or by nobody.


def prompted(runs=400, **prompt):
    """Play the plain misuse through one prompt, for many seeds."""
    arm = says(challenges=(Challenge("call", 60, **prompt),))
    return [ending(play(arm, seed=seed)) for seed in range(runs)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("prompt", "why"),
    [
        ({"harm_catch": 0.3}, "rejected"),
        ({"unanswered": 0.3}, "lapsed"),
    ],
)
def test_prompt_stops_its_share(prompt, why):
    """So large a share is stopped at the end of the prompt, and the rest passes."""
    ends = prompted(**prompt)
    stopped = [end for end in ends if isinstance(end, Refused)]

    assert {(end.why, end.by, end.at) for end in stopped} == {
        (why, ("says",), HOUR + 60)
    }
    assert agrees(len(stopped), len(ends), 0.3)


@pytest.mark.parametrize(
    ("prompt", "why"),
    [
        ({"harm_catch": 1.0, "unanswered": 1.0}, "lapsed"),
        ({"own_factor": True, "unanswered": 1.0}, "lapsed"),
        ({"harm_catch": 1.0, "own_factor": True}, "rejected"),
    ],
)
def test_prompt_that_nobody_answers_shows_nobody_the_harm(prompt, why):
    """What is not answered lapses, whatever an answer would have been."""
    assert prompted(runs=1, **prompt)[0].why == why


@pytest.mark.parametrize(
    ("luck", "prompt", "why"),
    [
        (0.9, {"harm_catch": 1.0}, None),
        (0.0, {"harm_catch": 1.0}, "rejected"),
        (0.0, {"harm_catch": 1.0, "slip_catch": 1.0}, "slip-caught"),
        (0.9, {"unanswered": 1.0}, "lapsed"),
    ],
    ids=["honest", "slip", "slip-seen-by-oneself", "unanswered"],
)
def test_prompt_stops_harm_and_not_honest_work(luck, prompt, why):
    """Who is asked stops a slip as well, and never what is honest."""
    arm = says(challenges=(Challenge("call", 60, **prompt),))
    end = ending(play(arm, **honest(luck=luck, slip_rate=0.5)), "act-front-0")

    assert getattr(end, "why", None) == why


@pytest.mark.parametrize("chance", ["harm_catch", "unanswered"])
def test_prompt_with_a_larger_chance_stops_all_that_a_smaller_one_does(chance):
    """On the same luck a stricter prompt lets nothing pass that a softer one stops."""
    soft, hard = (
        [isinstance(end, Executed) for end in prompted(60, **{chance: share})]
        for share in (0.2, 0.7)
    )

    assert all(a >= b for a, b in zip(soft, hard, strict=True))
    assert sum(soft) > sum(hard)


# Some actions change what somebody may do, or what is in force.

GRANT = Action("grant", "alters", "console", grants="lead")
DISARM = Action("disarm", "alters", "console", switches_off=("guard", "alarm"))
CHANGING = {
    "actions": (*ORGANISATION.actions, GRANT, DISARM),
    "roles": (
        Role("agent", (Entitlement(("grant", "disarm"), "protected"),)),
        *ORGANISATION.roles[1:],
    ),
}
ARMED = {
    **CHANGING,
    "roles": (
        Role("agent", (Entitlement(("deactivate", "disarm"), "protected"),)),
        *ORGANISATION.roles[1:],
    ),
}
GUARD = says("guard", to="misuse-1", deny=True)


def steps(*plan, wait=60):
    """Build a misuse whose steps are one try each, a minute apart."""
    tries = (evolve(attempt(**parts), wait=Constant(wait)) for parts in plan)
    return evolve(misuse(), plan=tuple(Step((one,)) for one in tries))


def test_role_that_is_granted_works_from_then_on():
    """What the new role may do is refused before the grant and done after it."""
    plan = steps({}, {"action": "grant"}, {})
    trail = play(misuse=plan, **CHANGING)

    assert ending(trail).by == ("entitlement",)
    assert isinstance(ending(trail, "misuse-2.0"), Executed)


def test_role_that_is_granted_is_that_of_one_login():
    """Another login of the same people gains nothing by it."""
    plan = steps(
        {"action": "grant"}, {"through": "shared-secret"}, {"by": "accomplice"}
    )
    plan = evolve(plan, accomplice=Requirement(person="desk-1"))
    trail = play(misuse=plan, **CHANGING)

    assert [ending(trail, f"misuse-{n}.0").by for n in (1, 2)] == (
        [("entitlement",)] * 2
    )


def test_role_is_granted_to_the_login_that_is_used():
    """Who grants through a shared secret has the role there, not on the own login."""
    plan = steps(
        {"action": "grant", "through": "shared-secret"},
        {"through": "shared-secret"},
        {},
    )
    trail = play(misuse=plan, **CHANGING)

    assert isinstance(ending(trail, "misuse-1.0"), Executed)
    assert ending(trail, "misuse-2.0").by == ("entitlement",)


def test_role_comes_with_the_effect_and_not_the_request():
    """A grant on its way gives nothing yet, and one that is refused never does."""
    slow = evolve(GRANT, effect_delay=Constant(HOUR))
    parts = {**CHANGING, "actions": (*ORGANISATION.actions, slow)}
    refused = says(to="misuse-0", deny=True)
    plan = steps({"action": "grant"}, {})

    assert ending(play(refused, misuse=plan, **CHANGING), "misuse-1.0").kind == (
        "refused"
    )
    assert ending(play(misuse=plan, **parts), "misuse-1.0").at == 2 * HOUR + 120


@pytest.mark.parametrize(
    ("role", "why"), [("lead", None), ("operator", "no-access"), (None, "no-access")]
)
@pytest.mark.parametrize("kind", ["api-key", "shared-secret", "device"])
def test_role_may_be_that_of_the_credential(kind, role, why):
    """What a key or a secret may do goes by its role, the holder's if it has none."""
    carried = Credential("thing", kind, ("console",), ("desk",), role=role)
    trail = play(
        misuse=misuse(attempt(through=kind)), credentials=(carried,), **CHANGING
    )

    assert getattr(ending(trail), "why", None) == why


def test_effects_have_access_where_roles_are_granted():
    """Nothing takes effect that no role of the login allows at its release."""
    plan = steps({}, {"action": "grant"}, {}, {"through": "shared-secret"})

    effects_have_access(scene(misuse=plan, **CHANGING), posture(), 1)


def test_control_that_is_switched_off_no_longer_decides():
    """Its answer is recorded as of one that is only asked, and changes nothing."""
    trail = play(GUARD, misuse=steps({"action": "disarm"}, {}), **ARMED)
    asked = trail.of(Requested)[1]

    assert (asked.decision, asked.answers) == (ALLOW, (("guard", GUARD.answer),))
    assert isinstance(ending(trail, "misuse-1.0"), Executed)


def test_control_that_somebody_failed_to_switch_off_decides():
    """An action that is refused puts nothing out of force."""
    first = says("first", to="misuse-0", deny=True)
    trail = play(GUARD, first, misuse=steps({"action": "disarm"}, {}), **ARMED)

    assert ending(trail, "misuse-1.0").by == ("guard",)


def beside(arrives, *plan, **parts):
    """Build the steps of a misuse, and one honest ticket beside them."""
    given = {"desks": (desk(),), "misuse": steps(*plan), **ARMED, **parts}
    return {**given, "day": day_of(scene(**given), ticket(0, arrives))}


@pytest.mark.parametrize(("arrives", "why"), [(HOUR, "denied"), (2 * HOUR, None)])
def test_control_decides_until_the_effect(arrives, why):
    """An action that is carried out and has not acted yet puts nothing out of force."""
    parts = beside(arrives, {"action": "disarm", "fuse": Constant(HOUR)})
    trail = play(says("guard", to="act", deny=True), **parts)

    assert getattr(ending(trail, "act-front-0"), "why", None) == why


def test_control_that_asked_is_named_though_it_was_switched_off_since():
    """A request waits out what was asked of it when it was made, in that name."""
    objects = Target("account-0", "ordinary", owner_answers=Constant(90 * MINUTE))
    parts = beside(0, {"action": "disarm"}, targets=(*scene().targets, objects))
    guard = says("guard", to="act", hold_s=2 * HOUR)
    why = ending(play(guard, **parts), "act-front-0")

    assert (why.at, why.why, why.by) == (300 + 90 * MINUTE, "cancelled", ("guard",))


def test_alert_that_is_switched_off_no_longer_fires():
    """Of what comes later nothing is raised; what is on its way still comes."""
    alarm = sees("alarm", after=HOUR)
    trail = play(alarm, misuse=steps({}, {"action": "disarm"}, {}), **ARMED)

    assert [(r.about, r.at) for r in trail.of(Alerted)] == [
        ("misuse-0.0", 2 * HOUR + 60),
        ("misuse-1.0", 2 * HOUR + 120),
    ]


def test_alert_about_requests_is_switched_off_too():
    """Whatever kind of record a rule watches, it is silent from then on."""
    alarm = sees_requests("alarm")
    trail = play(alarm, misuse=steps({"action": "disarm"}, {}), **ARMED)

    assert [r.about for r in trail.of(Alerted)] == ["misuse-0.0"]


def test_others_are_in_force_as_before():
    """What the action does not name goes on deciding and firing."""
    arm = says("other", to="misuse-1", deny=True), sees("else")
    trail = play(*arm, misuse=steps({"action": "disarm"}, {}), **ARMED)

    assert ending(trail, "misuse-1.0").by == ("other",)
    assert [r.label for r in trail.of(Alerted)] == ["else"]


# That a prompt was passed is known once the request is carried out.


def heard(arm, plan, **parts):
    """Return when the prompt was last passed, as known at each request."""
    notes = Notes(question=lambda r, view: view.passed_at(r.staff, "word", r.at))
    play(arm, notes, misuse=plan, **parts)
    return [at for _, at in notes.heard]


WORD = {"to": "misuse-0", "challenges": (Challenge("word", 8),)}


@pytest.mark.parametrize(
    ("answer", "first", "known"),
    [
        ({}, {}, HOUR + 68),
        ({"hold_s": 100}, {}, HOUR + 168),
        ({"approvals": (LEAD,)}, {}, HOUR + 128),
        ({}, {"fuse": Constant(HOUR)}, HOUR + 68),
        ({"deny": True}, {}, None),
        ({"approvals": (Approval("operator", 2, 60),)}, {}, None),
        ({"challenges": (Challenge("other", 8),)}, {}, None),
    ],
    ids=["at-once", "held", "approved", "fused", "denied", "lapsed", "another-kind"],
)
def test_prompt_is_known_to_be_passed_from_the_release(answer, first, known):
    """Neither the effect is waited for, nor is a prompt enough that ends refused."""
    arm = says(**{**WORD, **answer})

    assert heard(arm, steps(first, {}), approvals=TRUSTING) == [None, known]


def test_prompt_that_is_not_passed_is_not_known():
    """Who fails at a prompt has not passed it."""
    arm = says(to="misuse-0", challenges=(Challenge("word", 8, harm_catch=1.0),))

    assert heard(arm, steps({}, {})) == [None, None]
