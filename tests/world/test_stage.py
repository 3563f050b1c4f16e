"""What no run changes: people, rosters, entitlements, targets."""

import pytest

from simulator.clock import Span, TimeOfDay
from simulator.scenario.organisation import (
    Action,
    Credential,
    Entitlement,
    ExitTask,
    Person,
    Role,
    ShiftPattern,
    Team,
)
from simulator.streams import Constant, Uniform
from simulator.world.stage import Member, prepare
from tests.scenes import (
    AT_ONCE,
    DAY,
    EVERY_DAY,
    HOUR,
    MINUTE,
    ORGANISATION,
    leaver,
    scene,
)

TWO_DAYS = Member(
    "a",
    "team",
    "role",
    "employee",
    (Span(0, 8 * HOUR), Span(DAY, DAY + 8 * HOUR)),
)


def member(name, **parts):
    """Build a scene and return one of its people."""
    return prepare(scene(**parts)).members[name]


# People.


def test_team_becomes_so_many_people_and_a_secret_a_login():
    """A team is its named people and those it is sized for; a secret has a login."""
    stage = prepare(scene())

    assert [m.id for m in stage.teams["desk"]] == ["leaver", "desk-1", "desk-2"]
    assert "shared-desk" in stage.members
    assert stage.members["shared-desk"].shared


def test_people_are_numbered_with_leading_zeros():
    """Ids of a large team sort as their numbers do."""
    teams = (Team("desk", "agent", "contractor", "day", 10), *ORGANISATION.teams[1:])
    ids = [m.id for m in prepare(scene(teams=teams, staff=())).teams["desk"]]

    assert ids == sorted(ids)
    assert (ids[0], ids[-1]) == ("desk-01", "desk-10")


def test_person_has_the_role_and_the_employment_of_the_team():
    """Everybody of a team has its role, its employment and its shift."""
    someone = member("desk-1")

    assert (someone.role, someone.employment) == ("agent", "contractor")
    assert someone.roster == (Span(0, 8 * HOUR),)


def test_person_may_have_a_shift_of_the_own():
    """A person's own shift stands in place of the team's."""
    night = Person("night-owl", "desk", shift="always")

    assert member("night-owl", staff=(night,)).roster[0] == Span(-8 * HOUR, 16 * HOUR)


@pytest.mark.parametrize("name", ["desk-1", "shared-desk"])
def test_person_never_goes_by_the_id_of_another(name):
    """A named person with the id of a numbered one, or of a login, is not two."""
    staff = (Person(name, "desk"),)
    try:
        stage = prepare(scene(staff=staff))
    except ValueError:
        return
    ids = [m.id for team in stage.teams.values() for m in team]

    assert len(ids) == len(set(ids))
    assert "shared-desk" not in ids


def test_people_of_a_role_are_no_logins():
    """Who can approve or restore is a person."""
    assert [m.id for m in prepare(scene()).of_role("agent")] == [
        "leaver",
        "desk-1",
        "desk-2",
    ]


# Rosters.


@pytest.mark.parametrize(
    ("separation", "roster"),
    [
        (-1, ()),
        (0, ()),
        (1, (Span(0, 1),)),
        (5 * HOUR, (Span(0, 5 * HOUR),)),
        (8 * HOUR, (Span(0, 8 * HOUR),)),
        (DAY, (Span(0, 8 * HOUR),)),
        (DAY + HOUR, (Span(0, 8 * HOUR), Span(DAY, DAY + HOUR))),
    ],
)
def test_roster_ends_at_the_separation(separation, roster):
    """The last shift of a leaver ends at the separation, and there is none after."""
    parts = {"staff": (leaver(notice=-DAY, separation=separation),)}

    assert member("leaver", horizon=2 * DAY, **parts).roster == roster


def test_roster_follows_the_zone_of_the_shift():
    """A shift elsewhere is told by the clock there."""
    hours = TimeOfDay(8 * HOUR), TimeOfDay(16 * HOUR)
    abroad = ShiftPattern("day", EVERY_DAY, *hours, zone="Europe/Berlin")
    shifts = (abroad, *ORGANISATION.shifts[1:])

    assert member("desk-1", shifts=shifts).roster[0] == Span(-HOUR, 7 * HOUR)


@pytest.mark.parametrize(
    ("at", "on"), [(-1, None), (0, 0), (8 * HOUR - 1, 0), (8 * HOUR, None), (DAY, 1)]
)
def test_shift_covers_its_instants(at, on):
    """A shift covers its first second and not its end."""
    assert TWO_DAYS.shift_at(at) == (None if on is None else TWO_DAYS.roster[on])


@pytest.mark.parametrize(
    ("at", "on"),
    [(-61, None), (-60, 0), (8 * HOUR + 59, 0), (8 * HOUR + 60, None), (DAY - 60, 1)],
)
def test_shift_is_stretched_by_a_tolerance(at, on):
    """A tolerance stretches a shift on both sides, half-open too."""
    expected = None if on is None else TWO_DAYS.roster[on]

    assert TWO_DAYS.shift_at(at, MINUTE) == expected


@pytest.mark.parametrize(
    ("at", "last", "following"),
    [
        (-1, None, 0),
        (0, 0, 0),
        (8 * HOUR - 1, 0, 0),
        (8 * HOUR, 0, 1),
        (3 * DAY, 1, None),
    ],
)
def test_shifts_are_found_around_an_instant(at, last, following):
    """The last shift has begun by then, the next one ends after it."""
    roster = TWO_DAYS.roster

    assert TWO_DAYS.last_shift(at) == (None if last is None else roster[last])
    assert TWO_DAYS.next_shift(at) == (None if following is None else roster[following])


# Entitlements and targets.


@pytest.mark.parametrize(
    ("may", "tier", "entitled"),
    [
        ((), "ordinary", False),
        (("ordinary",), "ordinary", True),
        (("ordinary",), "protected", False),
        (("protected",), "ordinary", True),
        (("protected", "ordinary"), "protected", True),
        (("ordinary", "protected"), "protected", True),
    ],
)
def test_entitlement_reaches_up_to_its_tier(may, tier, entitled):
    """A role may use an action up to the highest tier that it names."""
    rights = tuple(Entitlement(("deactivate",), up_to) for up_to in may)
    stage = prepare(scene(roles=(Role("agent", rights), *ORGANISATION.roles[1:])))

    assert stage.entitled(stage.members["desk-1"], "deactivate", tier) == entitled


def test_entitlement_is_for_its_actions():
    """An action that no entitlement names is not allowed on any tier."""
    stage = prepare(scene())

    assert not stage.entitled(stage.members["desk-1"], "rename", "ordinary")


def test_tiers_are_ranked_in_order():
    """The last tier is the highest."""
    stage = prepare(scene())

    assert stage.ranks == {"ordinary": 0, "protected": 1}
    assert stage.top_tier == "protected"


@pytest.mark.parametrize(
    ("delay", "instant"),
    [(Constant(0), True), (Constant(1), False), (Uniform(0, 9), False)],
)
def test_action_is_instant_without_a_delay(delay, instant):
    """An action is instant where its effect always comes at once."""
    actions = (Action("deactivate", "takes-down", "console", delay),)

    assert ("deactivate" in prepare(scene(actions=actions)).instant) == instant


# Logins beside people's own, who holds them, and what else a scenario settles.


def key(kind, name="thing", **parts):
    """Build a credential that the desk holds."""
    given = {"systems": ("console",), "teams": ("desk",), **parts}
    return Credential(name, kind, **given)


@pytest.mark.parametrize(
    ("kind", "has_one"),
    [
        ("shared-secret", True),
        ("shadow-account", True),
        ("api-key", False),
        ("device", False),
    ],
)
def test_login_of_its_own_has_what_belongs_to_nobody(kind, has_one):
    """A secret and a hidden account act under their name, a key and a device not."""
    stage = prepare(scene(credentials=(key(kind),)))

    assert ("thing" in stage.members) == has_one
    assert "thing" in stage.credentials


@pytest.mark.parametrize(
    ("parts", "team", "role"),
    [
        ({}, "desk", "agent"),
        ({"teams": ("leads", "desk")}, "leads", "lead"),
        ({"teams": (), "staff": ("leaver",)}, "desk", "agent"),
        ({"teams": ("leads",), "staff": ("leaver",)}, "leads", "lead"),
        ({"role": "operator"}, "desk", "operator"),
    ],
)
def test_login_of_its_own_is_of_its_first_holders(parts, team, role):
    """It has the team and the employment of its first holders, and a role."""
    stage = prepare(scene(credentials=(key("shared-secret", **parts),)))
    login = stage.members["thing"]

    assert (login.team, login.role, login.shared) == (team, role, True)
    assert login.employment == stage.teams[team][0].employment
    assert login.roster == ()
    assert login not in stage.teams[team]


def test_headcount_is_of_people():
    """Who leaves counts, and a login of nobody does not."""
    counts = prepare(scene()).headcounts

    assert dict(counts) == {"agent": 3, "lead": 1, "operator": 1}


def test_credentials_are_found_by_who_may_hold_them():
    """Holders of a credential, and credentials of a holder, are two sides of one."""
    credentials = (
        key("api-key", "a"),
        key("device", "b", teams=(), staff=("leaver",)),
        key("shared-secret", "c", teams=("leads",), staff=("leaver",)),
    )
    stage = prepare(scene(credentials=credentials))
    of_each = {
        name: [known.id for known in held] for name, held in stage.holdings.items()
    }

    assert of_each == {
        "leaver": ["a", "b", "c"],
        "desk-1": ["a"],
        "desk-2": ["a"],
        "leads-1": ["c"],
    }
    assert [m.id for m in stage.holders["c"]] == ["leads-1", "leaver"]


def test_target_of_a_sweep_is_like_the_one_named():
    """Targets like a named one are known by it; others are not known."""
    stage = prepare(scene())

    assert stage.named("celebrity") is stage.named("celebrity#7")
    assert stage.named("celebrity").id == "celebrity"
    assert stage.named("ordinary/front-3") is None


def test_hours_are_listed_where_a_task_is_worked_on_in_them():
    """Hours of offboarding begin before the first notice and end with the horizon."""
    task = ExitTask("t", "notice", AT_ONCE, ("console",), hours="day")
    parts = {"staff": (leaver(notice=-2 * DAY),), "horizon": DAY}

    assert prepare(scene(**parts)).hours == {}
    assert prepare(scene(offboarding=(task,), **parts)).hours == {
        "day": tuple(Span(n * DAY, n * DAY + 8 * HOUR) for n in (-2, -1, 0))
    }


@pytest.mark.parametrize(
    ("role", "may"), [("lead", True), ("agent", False), ("operator", False)]
)
def test_role_allows_what_it_carries(role, may):
    """What a role allows does not depend on who has it."""
    roles = (
        Role("agent", (Entitlement(("deactivate",), "ordinary"),)),
        *ORGANISATION.roles[1:],
    )

    assert prepare(scene(roles=roles)).allows(role, "deactivate", "protected") == may
