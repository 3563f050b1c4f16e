"""Those who are asked to approve: who is in on it, who tires, and who looks."""

import pytest
from attrs import evolve

from simulator.clock import Moment
from simulator.controls import FourEyes
from simulator.decisions import Approval
from simulator.scenario.misuse import Requirement
from simulator.scenario.organisation import Approvals, Person, Team
from simulator.trail import Executed, Passed
from tests.scenes import (
    AT_ONCE,
    DAY,
    HOUR,
    ORGANISATION,
    attempt,
    leaver,
    misuse,
    scene,
)
from tests.scenes import desk as a_desk
from tests.world.stand_ins import agrees, day_of, ending, play, says, ticket

LEAD = says(approvals=(Approval("lead", 1, HOUR),))
SECOND = (leaver(), Person("second", "desk"))


def manners(**parts):
    """Build approvers who always look, see every harm and doubt nothing honest."""
    given = {"rubber_stamp": 0.0, "sees_harm": 1.0, "doubts_honest": 0.0, **parts}
    return Approvals(AT_ONCE, AT_ONCE, 1.0, **given)


def plotted(*tries, who="second"):
    """Build a misuse with an accomplice."""
    return evolve(misuse(*tries), accomplice=Requirement(person=who))


def answers(trail):
    """Return (who, what, whether after a look) of each answer."""
    return [(p.by, p.what, p.looked) for p in trail.of(Passed)]


# An accomplice never rejects, and is found where one is sought.


@pytest.mark.parametrize(
    ("sought", "answer"),
    [
        ("accomplice", ("desk-2", "approved", False)),
        ("whoever", ("desk-1", "rejected", True)),
    ],
)
def test_accomplice_is_asked_where_one_is_sought(sought, answer):
    """Who seeks the accomplice is answered by no other; chance finds the first."""
    trail = play(FourEyes(), misuse=plotted(attempt(approver=sought), who="desk-2"))

    assert answers(trail) == [answer]


def test_accomplice_approves_whoever_is_sought():
    """Who is in on it and happens to be asked consents without a look."""
    teams = (Team("desk", "agent", "contractor", "day", 1), *ORGANISATION.teams[1:])
    trail = play(FourEyes(), misuse=plotted(who="desk-1"), teams=teams)

    assert answers(trail) == [("desk-1", "approved", False)]
    assert isinstance(ending(trail), Executed)


def test_accomplice_of_another_role_is_no_approver():
    """Where a lead is asked for, an accomplice at the desk is of no use."""
    plan = plotted(attempt(approver="accomplice"))
    trail = play(FourEyes(role="lead"), misuse=plan, staff=SECOND)

    assert answers(trail) == [("leads-1", "rejected", True)]


def test_accomplice_who_cannot_be_had_in_time_is_replaced():
    """Where the request would lapse first, somebody else is asked."""
    staff = leaver(), Person("second", "desk", shift="late")
    late = evolve(ORGANISATION.shifts[0], id="late", starts=20 * HOUR, ends=23 * HOUR)
    shifts = (*ORGANISATION.shifts, late)
    plan = plotted(attempt(approver="accomplice"))
    parts = {"staff": staff, "shifts": shifts, "approvals": manners()}
    soon, patient = (
        play(FourEyes(ttl=ttl), misuse=plan, horizon=DAY, **parts)
        for ttl in (11 * HOUR - 1, 11 * HOUR)
    )

    assert answers(soon) == [("desk-1", "rejected", True)]
    assert answers(patient) == [("second", "approved", False)]
    assert ending(patient).at == 12 * HOUR


def test_accomplice_is_one_of_two_approvers():
    """Two approvers are two people: beside the accomplice another one looks."""
    plan = plotted(attempt(approver="accomplice"), who="aide")
    staff = leaver(), Person("aide", "desk")
    trail = play(FourEyes(approvers=2), misuse=plan, staff=staff, approvals=manners())

    assert answers(trail) == [("aide", "approved", False), ("desk-1", "rejected", True)]
    assert ending(trail).why == "rejected"


@pytest.mark.parametrize("through", ["own-session", "shared-secret", "device"])
def test_actor_approves_what_the_accomplice_does(through):
    """Where the accomplice acts, it is the other who is in on it."""
    thing = evolve(ORGANISATION.credentials[0], id="device", kind="device")
    plan = plotted(attempt(by="accomplice", approver="accomplice", through=through))
    trail = play(
        FourEyes(),
        misuse=plan,
        staff=SECOND,
        credentials=(*ORGANISATION.credentials, thing),
    )

    assert answers(trail) == [("leaver", "approved", False)]


@pytest.mark.parametrize("name", ["aide", "second"])
def test_accomplice_approves_what_an_outsider_does(name):
    """Whose login was phished cannot approve; the other of the two does."""
    plan = plotted(attempt(through="phished-login", approver="accomplice"), who=name)
    trail = play(FourEyes(), misuse=plan, staff=(leaver(), Person(name, "desk")))

    assert answers(trail) == [(name, "approved", False)]


def test_accomplice_whose_own_session_is_used_does_not_approve():
    """Whose login asks never consents, in on it or not."""
    teams = (Team("desk", "agent", "contractor", "day", 0), *ORGANISATION.teams[1:])
    plan = plotted(attempt(through="colleague-session", approver="accomplice"))
    trail = play(FourEyes(), misuse=plan, staff=SECOND, teams=teams)

    assert answers(trail) == []
    assert ending(trail).why == "lapsed"


def test_accomplice_looks_at_honest_work_as_anybody():
    """Who is in on the misuse is as strict with the rest as others are."""
    desks = (a_desk(),)
    parts = {"desks": desks, "misuse": plotted(who="leads-1")}
    trail = play(
        says(to="act", approvals=(Approval("lead", 1, HOUR),)),
        approvals=manners(doubts_honest=1.0),
        day=day_of(scene(**parts), ticket(0, 0)),
        **parts,
    )

    assert answers(trail) == [("leads-1", "rejected", True)]


# A share of approvers colludes.


@pytest.mark.slow
def test_colluding_share_approves():
    """With so large a share in on it, so often the only approver consents."""
    runs, share = 600, 0.3
    parts = {"approvals": manners(colludes=share)}
    ends = [ending(play(LEAD, seed=seed, **parts)) for seed in range(runs)]

    assert agrees(sum(isinstance(end, Executed) for end in ends), runs, share)


def test_colluding_is_a_matter_of_the_person():
    """Who is in on it consents each time, and who is not never does."""
    tries = misuse(*(attempt() for _ in range(4)))
    plan = evolve(tries, plan=tries.plan * 3)
    given = [
        {p.what for p in play(LEAD, seed=s, misuse=plan, approvals=half()).of(Passed)}
        for s in range(20)
    ]

    assert all(len(kinds) == 1 for kinds in given)
    assert len(set(map(frozenset, given))) == 2


def half(**parts):
    """Build approvers of whom half are in on the misuse."""
    return manners(colludes=0.5, **parts)


@pytest.mark.slow
def test_more_collusion_never_helps():
    """On the same luck a larger share approves all that a smaller one does."""
    rows = [
        [
            isinstance(
                ending(play(LEAD, seed=seed, approvals=manners(colludes=share))),
                Executed,
            )
            for share in (0.0, 0.2, 0.6, 1.0)
        ]
        for seed in range(30)
    ]

    assert all(row == sorted(row) for row in rows)
    assert {(row[0], row[-1]) for row in rows} == {(False, True)}


def test_colluders_look_at_honest_work():
    """Collusion is about the misuse: honest requests are looked at as ever."""
    trail = work(ticket(0, 0), approvals=manners(colludes=1.0, doubts_honest=1.0))

    assert answers(trail) == [("leads-1", "rejected", True)]


# Who has answered many requests looks at fewer.


def work(*tickets, seed=1, **parts):
    """Play a desk around the clock, each of whose actions one lead must approve."""
    shifted = Team("desk", "agent", "contractor", "always", 2)
    given = {
        "desks": (a_desk(closes=Moment(DAY)),),
        "teams": (shifted, *ORGANISATION.teams[1:]),
        "horizon": 2 * DAY,
        "misuse": None,
        **parts,
    }
    day = evolve(day_of(scene(**given), *tickets), seed=seed)
    return play(LEAD, seed=seed, day=day, **given)


def looked(fatigue, count, *, seed=1, rubber_stamp=0.1):
    """Say of each of so many requests in a row whether the lead has looked."""
    tickets = (ticket(number, number * 400) for number in range(count))
    tired = manners(fatigue=fatigue, rubber_stamp=rubber_stamp)
    return [p.looked for p in work(*tickets, seed=seed, approvals=tired).of(Passed)]


@pytest.mark.slow
@pytest.mark.parametrize("fatigue", [0.05, 0.2])
def test_stamps_grow_with_each_request_answered(fatigue):
    """After n answers the share approved without a look is s + n f."""
    runs = 400
    rows = [looked(fatigue, 5, seed=seed) for seed in range(runs)]

    for number in range(5):
        stamped = sum(not row[number] for row in rows)

        assert agrees(stamped, runs, 0.1 + number * fatigue)


@pytest.mark.slow
def test_more_fatigue_never_brings_a_look():
    """On the same luck who tires more stamps all that who tires less does."""
    for seed in range(40):
        rows = [looked(fatigue, 6, seed=seed) for fatigue in (0.0, 0.05, 0.2, 1.0)]

        for number in range(6):
            looks = [row[number] for row in rows]
            assert looks == sorted(looks, reverse=True)


def test_fatigue_ends_in_a_stamp():
    """A chance never exceeds one: from some request on nobody looks any more."""
    assert looked(0.5, 5, rubber_stamp=0.0)[2:] == [False, False, False]
    assert looked(0.0, 5, rubber_stamp=0.0) == [True] * 5


@pytest.mark.parametrize(("later", "looks"), [(8 * HOUR - 1, False), (8 * HOUR, True)])
def test_only_the_last_eight_hours_tire(later, looks):
    """What was answered eight hours ago is slept over."""
    tickets = ticket(0, 0), ticket(1, later)
    trail = work(*tickets, approvals=manners(fatigue=1.0))

    assert [p.looked for p in trail.of(Passed)] == [True, looks]


def test_each_approver_tires_alone():
    """Another who has answered nothing yet is as fresh as ever."""
    teams = (
        Team("desk", "agent", "contractor", "always", 2),
        Team("leads", "lead", "employee", "always", 2),
        ORGANISATION.teams[2],
    )
    slow = evolve(manners(fatigue=1.0), review=ORGANISATION.approvals.review)
    tickets = ticket(0, 0), ticket(1, 1), ticket(2, HOUR)
    trail = work(*tickets, approvals=slow, teams=teams)

    assert answers(trail) == [
        ("leads-1", "approved", True),
        ("leads-2", "approved", True),
        ("leads-1", "approved", False),
    ]


def test_rejections_tire_too():
    """An answer is an answer: who has rejected much looks less as well."""
    tired = manners(fatigue=1.0, doubts_honest=1.0)
    trail = work(ticket(0, 0), ticket(1, 400), approvals=tired)

    assert answers(trail) == [
        ("leads-1", "rejected", True),
        ("leads-1", "approved", False),
    ]


@pytest.mark.slow
def test_stamp_that_is_sought_is_found_among_the_tired():
    """Of n who could approve, one who stamps is found with 1 - (1 - s)^n."""
    runs, size, stamps = 400, 3, 0.2
    teams = (
        ORGANISATION.teams[0],
        Team("leads", "lead", "employee", "always", size),
        ORGANISATION.teams[2],
    )
    parts = {
        "teams": teams,
        "approvals": manners(rubber_stamp=stamps),
        "misuse": misuse(attempt(approver="rubber-stamp")),
    }
    ends = [ending(play(LEAD, seed=seed, **parts)) for seed in range(runs)]
    done = sum(isinstance(end, Executed) for end in ends)

    assert agrees(done, runs, 1 - (1 - stamps) ** size)
