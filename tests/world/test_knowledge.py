"""What the systems of one run know, and from when."""

import pytest

from simulator.decisions import Request
from simulator.scenario.organisation import Action, ExitTask, Population, System
from simulator.streams import Constant
from simulator.view import Departure, Ticket
from simulator.world.access import Access
from simulator.world.exits import Offboarding
from simulator.world.knowledge import Knowledge
from simulator.world.stage import prepare
from tests.scenes import DAY, HOUR, ORGANISATION, leaver, scene

ACTIONS = (
    Action("deactivate", "takes-down", "console"),
    Action("rename", "alters", "console"),
    Action("look-up", "reads", "console"),
)


def knowledge(departures=None, **parts):
    """Build what the systems of a scene know."""
    scenario = scene(**{"actions": ACTIONS, **parts})
    stage = prepare(scenario)
    plan = Offboarding(scenario, stage, {}, 1).plan(())
    return Knowledge(stage, Access(stage, plan, 1), 1, departures or {})


def noted(*rows):
    """Build knowledge of records: (kind, action, at) of one person, in order."""
    view = knowledge()
    for kind, action, at in rows:
        request = Request("r", at, "desk-1", "console", action, "t", "ordinary")
        view.note(kind, request, at)
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
