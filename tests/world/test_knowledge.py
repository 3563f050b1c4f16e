"""What the systems of one run know, and from when."""

from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.clock import Moment
from simulator.decisions import Request
from simulator.scenario.misuse import Target
from simulator.scenario.organisation import (
    Action,
    Credential,
    ExitTask,
    Population,
    System,
)
from simulator.streams import Constant
from simulator.view import Departure, Ticket
from simulator.world.access import Access
from simulator.world.exits import Offboarding
from simulator.world.knowledge import Knowledge
from simulator.world.stage import prepare
from tests.scenes import (
    DAY,
    HOUR,
    ORGANISATION,
    attempt,
    desk,
    kind,
    leaver,
    misuse,
    scene,
)
from tests.world.stand_ins import (
    Notes,
    agrees,
    misuses,
    play,
    says,
    sees_requests,
)

ACTIONS = (
    Action("deactivate", "takes-down", "console"),
    Action("rename", "alters", "console"),
    Action("look-up", "reads", "console"),
)


def knowledge(departures=None, seed=1, **parts):
    """Build what the systems of a scene know."""
    scenario = scene(**{"actions": ACTIONS, **parts})
    stage = prepare(scenario)
    plan = Offboarding(scenario, stage, {}, seed).plan(())
    return Knowledge(stage, Access(stage, plan, seed), seed, departures or {})


def noted(*rows):
    """Build knowledge of records: (kind, action, at) of one person, in order."""
    view = knowledge()
    for what, action, at in rows:
        request = Request("r", at, "desk-1", "console", action, "t", "ordinary")
        view.note(what, request, at)
    return view


@pytest.mark.parametrize(
    ("since", "until", "count"),
    [(10, 30, 2), (10, 31, 3), (11, 30, 1), (11, 31, 2), (0, 10, 0), (30, 30, 0)],
)
def test_count_is_of_a_half_open_window(since, until, count):
    """A count takes in the first instant of its window and leaves out the last."""
    view = noted(*(("requested", "deactivate", at) for at in (10, 20, 30)))

    assert view.count("desk-1", since=since, until=until, of="requested") == count


def test_count_is_of_one_kind_and_one_person():
    """What was executed, refused or asked by somebody else is not counted."""
    view = noted(("requested", "deactivate", 10), ("refused", "deactivate", 10))
    window = {"since": 0, "until": 99}

    assert view.count("desk-1", of="refused", **window) == 1
    assert view.count("desk-1", of="executed", **window) == 0
    assert view.count("desk-2", of="requested", **window) == 0


def test_count_is_of_all_harmful_actions_or_of_one():
    """Without an action all that harm are counted; reading is none of them."""
    view = noted(*(("executed", action.id, 10) for action in ACTIONS))
    window = {"since": 0, "until": 99, "of": "executed"}

    assert view.count("desk-1", **window) == 2
    assert view.count("desk-1", action="rename", **window) == 1
    assert view.count("desk-1", action="look-up", **window) == 1


def test_departure_is_hidden_until_it_is_known():
    """An entry that has not reached the systems is not there."""
    view = knowledge({"leaver": Departure(100, DAY, 8 * HOUR)})

    assert view.departure("leaver", 99) is None
    assert view.departure("leaver", 100).separation == 8 * HOUR
    assert view.departure("desk-1", 100) is None


def test_target_is_out_while_it_is_down():
    """A target is out of service from when it is taken down until it is back."""
    view = knowledge()
    before = view.is_out("celebrity", 0)
    view.out["celebrity"] = "request"
    during = view.is_out("celebrity", 0)
    del view.out["celebrity"]

    assert (before, during, view.is_out("celebrity", 0)) == (False, True, False)


@pytest.mark.parametrize(
    ("action", "harmful", "takes_down"),
    [
        ("deactivate", True, True),
        ("rename", True, False),
        ("look-up", False, False),
    ],
)
def test_action_harms_by_its_effect(action, harmful, takes_down):
    """What changes a target harms it, and only what takes it down does that."""
    view = knowledge()

    assert (view.harmful(action), view.takes_down(action)) == (harmful, takes_down)


def test_tiers_are_ranked():
    """Tiers have a rank from 0, and an unknown one has none."""
    view = knowledge()

    assert (view.rank("ordinary"), view.top_tier) == (0, "protected")
    with pytest.raises(KeyError):
        view.rank("unheard-of")


def test_person_is_known_by_role_employment_and_shift():
    """The roster is a plan that systems know."""
    view = knowledge()

    assert (view.role("desk-1"), view.employment("desk-1")) == ("agent", "contractor")
    assert view.shift("desk-1", 8 * HOUR) is None
    assert view.shift("desk-1", 8 * HOUR, 60).end == 8 * HOUR


def test_ticket_is_found_by_its_number():
    """A ticket is known by its number; no number is no ticket."""
    view = knowledge()
    view.tickets["t"] = Ticket("t", "celebrity", 0, "public")

    assert view.ticket("t").target == "celebrity"
    assert (view.ticket("other"), view.ticket(None)) == (None, None)


def test_sign_in_is_at_the_start_of_the_last_shift():
    """A person signed in when the last shift began, on shift and after it."""
    view = knowledge(horizon=2 * DAY)

    assert [view.signed_in_at("desk-1", at) for at in (HOUR, 9 * HOUR, DAY + 5)] == [
        0,
        0,
        DAY,
    ]


def test_sign_in_before_any_shift_is_not_known():
    """Of who has had no shift yet no sign-in is known."""
    gone = leaver(notice=-DAY, separation=-HOUR)

    assert knowledge(staff=(gone,)).signed_in_at("leaver", HOUR) is None


def test_account_ends_on_the_first_of_its_systems():
    """The end of an account is the first on any system; None if it never ends."""
    systems = (System("console", HOUR), System("vpn", HOUR))
    tasks = tuple(
        ExitTask(name, "notice", Constant(after), (name,))
        for name, after in (("console", 2 * HOUR), ("vpn", HOUR))
    )
    view = knowledge(systems=systems, offboarding=tasks)

    assert view.account_ends("leaver") == HOUR
    assert view.account_ends("desk-1") is None


def test_session_ends_with_the_shift_unless_it_is_ended():
    """An open session ends with its shift, and off shift none is open."""
    view = knowledge()

    assert view.session_ends("desk-1", "console", HOUR) == 8 * HOUR
    assert view.session_ends("desk-1", "console", 8 * HOUR) is None


@pytest.mark.parametrize(
    ("target", "audience"),
    [
        ("celebrity", 1_000_000),
        ("ordinary/front-3", 100),
        ("ordinary/front-3-lookalike", 100),
        ("unheard-of", 0),
    ],
)
def test_audience_is_of_the_target_or_of_its_tier(target, audience):
    """A named target has its own audience, any other that of its population."""
    assert knowledge().audience(target) == audience


def test_audience_is_of_a_tier_of_any_name():
    """The name of a tier may hold any words."""
    view = knowledge(
        tiers=("heads-of-state", "protected"),
        populations=(Population("heads-of-state", 9, audience=7),),
        roles=ORGANISATION.roles[2:],
    )

    assert view.audience("heads-of-state/front-3") == 7


def test_named_targets_are_watched():
    """Every named target is on the list, and no other."""
    view = knowledge()

    assert view.is_watched("celebrity")
    assert not view.is_watched("ordinary/front-3")


def test_wall_tells_the_local_time():
    """Sentences tell the weekday and the time of the story."""
    assert knowledge().wall(HOUR) == "Mon 09:00"


def test_count_is_of_harm_on_one_tier():
    """With a tier only what harms targets of that tier is counted."""
    view = knowledge()
    for tier, action, at in (
        ("ordinary", "rename", 10),
        ("protected", "rename", 20),
        ("protected", "look-up", 30),
        ("protected", "deactivate", 40),
    ):
        request = Request("r", at, "desk-1", "console", action, "t", tier)
        view.note("executed", request, at)
    window = {"since": 0, "until": 40, "of": "executed"}

    assert view.count("desk-1", tier="protected", **window) == 1
    assert view.count("desk-1", tier="ordinary", **window) == 1
    assert view.count("desk-2", tier="protected", **window) == 0


# Prompts that were passed.


@pytest.mark.parametrize(
    ("at", "last"), [(0, None), (100, None), (101, 100), (200, 100), (201, 200)]
)
def test_passed_prompt_is_the_last_before_an_instant(at, last):
    """What is passed in the very second of the question comes too late for it."""
    view = knowledge()
    for when in (100, 200):
        view.note_passed("desk-1", ("word", "factor"), when)

    assert view.passed_at("desk-1", "word", at) == last
    assert view.passed_at("desk-1", "factor", at) == last


def test_passed_prompt_is_that_of_one_person_and_kind():
    """Neither another's prompt nor one of another kind counts."""
    view = knowledge()
    view.note_passed("desk-1", ("word",), 100)

    assert view.passed_at("desk-2", "word", 200) is None
    assert view.passed_at("desk-1", "factor", 200) is None


# Others of the same role.

PEOPLE = ("leaver", "desk-1", "desk-2", "leads-1", "shared-desk")
AGENTS = PEOPLE[:3]
NOTES = st.tuples(
    st.integers(0, 20),
    st.sampled_from(PEOPLE),
    st.sampled_from([action.id for action in ACTIONS]),
    st.sampled_from(["requested", "executed"]),
)


@pytest.mark.slow
@given(st.lists(NOTES, max_size=30), st.integers(0, 20), st.integers(0, 20))
def test_peer_mean_is_that_of_a_naive_count(rows, since, until):
    """The mean over the others of the role is what counting each of them gives."""
    view = knowledge()
    for at, staff, action, what in sorted(rows):
        request = Request("r", at, staff, "console", action, "t", "ordinary")
        view.note(what, request, at)
    window = {"since": since, "until": max(since, until), "of": "executed"}

    for staff in ("leaver", "desk-1", "shared-desk"):
        others = [view.count(o, **window) for o in AGENTS if o != staff]
        assert view.peer_mean(staff, **window) == pytest.approx(fmean(others))


@pytest.mark.parametrize("staff", ["leads-1", "watch-1"])
def test_peer_mean_is_nothing_without_peers(staff):
    """Who alone has a role has nobody to be measured against."""
    view = knowledge()
    request = Request("r", 5, staff, "console", "rename", "t", "ordinary")
    view.note("executed", request, 5)

    assert view.peer_mean(staff, since=0, until=9, of="executed") == 0


@pytest.mark.parametrize(
    ("staff", "at", "others"),
    [
        ("desk-1", HOUR, 2),
        ("desk-1", 6 * HOUR, 1),
        ("leaver", 6 * HOUR, 2),
        ("desk-1", 8 * HOUR, 0),
        ("desk-1", -1, 0),
        ("shared-desk", HOUR, 3),
        ("watch-1", HOUR, 0),
    ],
)
def test_colleagues_are_others_of_the_team_on_shift(staff, at, others):
    """A shift, a separation and the person asked about all matter."""
    view = knowledge(staff=(leaver(separation=6 * HOUR),))

    assert view.colleagues(staff, at) == others


# What people's everyday work brings.


@pytest.mark.parametrize(
    ("parts", "known"),
    [
        ({}, {"ordinary"}),
        ({"tier": "protected"}, {"protected"}),
        ({"action": None, "acts": 0.0}, set()),
        ({"acts": 0.0}, set()),
        ({"share": 0.0}, set()),
    ],
    ids=["by-population", "own-tier", "no-action", "never-acts", "never-comes"],
)
def test_tier_is_familiar_where_the_desk_brings_it(parts, known):
    """Everyday work makes tiers familiar by the actions that it needs."""
    view = knowledge(desks=(desk(kinds=(kind(**parts),)),))
    tiers = {
        tier for tier in ("ordinary", "protected") if view.familiar("desk-1", tier)
    }

    assert tiers == known


def test_tier_is_familiar_to_the_teams_of_the_desk():
    """What one team's desk brings, another does not know; a login knows its team's."""
    view = knowledge(desks=(desk(), desk(id="back", teams=("leads",), kinds=())))

    assert [
        view.familiar(staff, "ordinary")
        for staff in ("leaver", "shared-desk", "leads-1", "watch-1")
    ] == [True, True, False, False]


def test_tiers_of_all_desks_of_a_team_are_familiar():
    """A team that works two desks knows the tiers of both."""
    back = desk(id="back", kinds=(kind(tier="protected"),))
    view = knowledge(desks=(desk(), back))

    assert view.familiar("desk-1", "ordinary")
    assert view.familiar("desk-1", "protected")


# Alarms.


@pytest.mark.parametrize(
    ("since", "until", "own", "all_of_them"),
    [(10, 30, 1, 2), (10, 31, 2, 3), (11, 31, 1, 2), (0, 10, 0, 0), (30, 30, 0, 0)],
)
@pytest.mark.parametrize("confirmed", [False, True])
def test_alarms_are_counted_by_whom_they_name(
    since, until, own, all_of_them, confirmed
):
    """A person's are those that name the person; for nobody, all that there are."""
    view = knowledge()
    note = view.note_confirmed if confirmed else view.note_alarm
    for staff, at in (("desk-1", 10), (None, 20), ("desk-1", 30)):
        note(staff, at)
    window = {"since": since, "until": until, "confirmed": confirmed}

    assert view.alarms("desk-1", **window) == own
    assert view.alarms(None, **window) == all_of_them
    assert view.alarms("desk-2", **window) == 0
    assert view.alarms("desk-1", since=0, until=99, confirmed=not confirmed) == 0


@pytest.mark.parametrize(
    ("wait", "alarms"), [(60, (0, 0)), (61, (1, 0)), (180, (1, 0)), (181, (1, 1))]
)
def test_alarms_count_from_when_they_are_raised_or_confirmed(wait, alarms):
    """Raised a minute after the act, confirmed two minutes after that."""

    def known(request, view):
        window = {"since": 0, "until": request.at}
        return tuple(
            view.alarms("desk-1", confirmed=sure, **window) for sure in (False, True)
        )

    notes = Notes(question=known)
    plan = misuse(attempt(), attempt(wait=Constant(wait)))
    deny = says(to="misuse-0.0", deny=True)
    alarm = sees_requests(of="misuse-0.0", after=60, staff="desk-1")
    play(notes, deny, alarm, misuse=plan)

    assert notes.heard[-1] == ("misuse-0.1", alarms)


# Shares of things.


@given(st.floats(0, 1), st.floats(0, 1), st.text(max_size=5), st.integers(0, 50))
def test_larger_share_holds_all_that_a_smaller_one_does(one, other, item, seed):
    """Whatever is among a share is among every larger one."""
    view = knowledge(seed=seed)
    small, large = sorted((one, other))

    assert view.among(small, "what", item) <= view.among(large, "what", item)


def test_share_is_so_large():
    """Of many items so many are among the share, of all of them or of none."""
    view, runs = knowledge(), 2_000
    for share in (0.0, 0.05, 0.5, 1.0):
        hits = sum(view.among(share, "what", f"item-{n}") for n in range(runs))

        assert agrees(hits, runs, share) or hits == share * runs


def test_same_question_has_the_same_answer():
    """Asked again, in another order or of another run, the answer is the same."""
    one, other, other_seed = knowledge(), knowledge(staff=()), knowledge(seed=2)
    items = [f"item-{n}" for n in range(50)]
    first = [one.among(0.5, "what", item) for item in items]

    assert first == [one.among(0.5, "what", item) for item in items]
    assert first == [other.among(0.5, "what", item) for item in items[::-1]][::-1]
    assert first != [one.among(0.5, "else", item) for item in items]
    assert first != [other_seed.among(0.5, "what", item) for item in items]


def test_share_is_the_same_in_every_arm():
    """What else is in force does not move what is among a share."""
    heard = []
    for arm in ((), (says(hold_s=60), sees_requests(staff="leaver"))):
        notes = Notes(question=lambda request, view: view.among(0.5, "it", request.id))
        play(notes, *arm, misuse=misuses(*("celebrity",) * 20))
        heard.append(dict(notes.heard))

    assert heard[1].items() <= heard[0].items()
    assert set(heard[0].values()) == {True, False}


# Targets.


@pytest.mark.parametrize(
    ("target", "since"),
    [
        ("celebrity", None),
        ("risen", HOUR),
        ("risen#3", HOUR),
        ("ordinary/front-3", None),
    ],
)
def test_tier_since_is_of_the_named_target(target, since):
    """A target that rose to its tier, and others like it, say since when."""
    risen = Target("risen", "protected", tier_since=Moment(HOUR))
    view = knowledge(targets=(*scene().targets, risen))

    assert view.tier_since(target) == since


def test_audience_of_a_sweep_is_that_of_its_target():
    """Others like a named target are followed like it."""
    assert knowledge().audience("celebrity#3") == 1_000_000


def test_decoys_are_found_in_a_sweep_only():
    """Who picks from a list unseen may hit a decoy; who means one target does not."""
    view = knowledge()
    sweep = [f"celebrity#{n}" for n in range(1, 1_001)]

    assert agrees(sum(view.is_decoy(t, 0.1) for t in sweep), 1_000, 0.1)
    assert not any(view.is_decoy(t, 0.0) for t in sweep)
    assert all(view.is_decoy(t, 1.0) for t in sweep)
    assert not view.is_decoy("celebrity", 1.0)
    assert not view.is_decoy("ordinary/front-3", 1.0)


def test_swept_targets_are_not_on_the_list():
    """Targets like a named one are not named themselves."""
    assert not knowledge().is_watched("celebrity#1")


def test_actions_tell_what_they_change():
    """Which role an action gives, and what it switches off, is known."""
    grant = Action("grant", "alters", "console", grants="lead", switches_off=("a", "b"))
    view = knowledge(actions=(*ACTIONS, grant))

    assert (view.grants("grant"), view.grants("rename")) == ("lead", None)
    assert (view.switches_off("grant"), view.switches_off("rename")) == (("a", "b"), ())


def test_shared_logins_are_nobodys():
    """A login of a secret or a hidden account belongs to no one person."""
    hidden = Credential("hidden", "shadow-account", ("console",), ("desk",))
    key = Credential("key", "api-key", ("console",), ("desk",))
    view = knowledge(credentials=(*ORGANISATION.credentials, hidden, key))

    assert [view.is_shared(s) for s in ("shared-desk", "hidden", "desk-1")] == (
        [True, True, False]
    )
    assert view.signed_in_at("hidden", HOUR) is None
    with pytest.raises(KeyError):
        view.is_shared("key")
