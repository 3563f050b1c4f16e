"""An incident elsewhere: who is asked for, what is wanted done, what is possible."""

from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simulator import load, measure, simulate
from simulator.clock import Moment, Seconds
from simulator.decisions import CredentialKind
from simulator.outcome import VERDICTS
from simulator.scenario.binding import NotPossible, bind
from simulator.scenario.misuse import Requirement, Step, Target, When
from simulator.scenario.moments import relative
from simulator.scenario.organisation import (
    Action,
    Credential,
    Entitlement,
    Leaving,
    Person,
    Population,
    Posture,
    Role,
    System,
    Team,
)
from simulator.scenario.scenario import Scenario
from simulator.scenario.sense import HORIZON_MAX
from simulator.testing.strategies import attempts, scenarios, seeds
from simulator.world import prepare
from simulator.world.cast import moment
from tests.scenes import DAY, HOUR, ORGANISATION, attempt, leaver, misuse, plan, scene

SCENARIOS = Path(__file__).parents[2] / "scenarios"
LEAVES = Requirement(leaving=True)
CONSOLE = System("console", Seconds(HOUR))


@cache
def file(name):
    """Load a scenario file, with the first option of every question."""
    return load(SCENARIOS / f"{name}.yaml").variant()


def at(place, *tries, incident=None, **asked):
    """Bind a misuse of these tries; it is the leaver's at one hour unless told."""
    wanted = evolve(misuse(*tries), **asked)
    return bind(incident or scene(misuse=wanted), place)


def possible(*arguments, **parts):
    """Bind as above, and return the misuse that comes of it."""
    found = at(*arguments, **parts)
    assert isinstance(found, Scenario), found
    return found.misuse


def why(*arguments, **parts):
    """Bind as above, and return why it is not possible."""
    found = at(*arguments, **parts)
    assert isinstance(found, NotPossible)
    return found.why.removeprefix("not possible here, because ")


def roles(**may):
    """Build roles that may use these actions on any tier of a scene."""
    return tuple(
        Role(name, (Entitlement(tuple(actions), "protected"),) if actions else ())
        for name, actions in {"operator": (), **may}.items()
    )


def there(*actions, **parts):
    """Build a place with these actions, which its agents and leads may use."""
    names = [action.id for action in actions]
    return scene(
        actions=actions,
        roles=roles(agent=names, lead=names),
        **{"credentials": (), **parts},
    )


def tries_of(bound):
    """Return all tries of a plan in order."""
    return [one for step in bound.plan for one in step.tries]


# Who is asked for.


@pytest.mark.parametrize(
    ("who", "asked"),
    [
        pytest.param(
            Requirement(person="leaver"),
            Requirement(employment="contractor", leaving=True),
            id="a person is an employment and a departure",
        ),
        pytest.param(
            Requirement(person="stayer"),
            Requirement(employment="employee"),
            id="one who stays is only an employment",
        ),
        pytest.param(
            Requirement(person="later"),
            Requirement(employment="contractor"),
            id="one whose departure is not decided yet stays",
        ),
        pytest.param(
            Requirement(employment="contractor"),
            Requirement(employment="contractor"),
            id="what is asked for stays",
        ),
        pytest.param(
            Requirement(role="agent", leaving=True),
            Requirement(role="agent", leaving=True),
            id="a role of the same name stays",
        ),
        pytest.param(
            Requirement(role="boss", leaving=True),
            Requirement(leaving=True),
            id="a role that is not there is dropped",
        ),
    ],
)
def test_who_is_asked_for_by_requirement(who, asked):
    """Nobody is asked for by name; the first try is to be allowed."""
    later = evolve(leaver(notice=HOUR + 1), id="later")
    incident = scene(
        misuse=misuse(who=who),
        staff=(leaver(), Person("stayer", "bosses"), later),
        roles=roles(agent=["deactivate"], lead=["deactivate"], boss=["deactivate"]),
        teams=(*ORGANISATION.teams, Team("bosses", "boss", "employee", "always", 0)),
    )
    found = bind(incident, scene()).misuse.who

    assert evolve(asked, may="deactivate") == found


def test_helper_is_asked_for_in_the_same_way():
    """So is who helps, with what the helper's own first try needs."""
    found = possible(
        scene(),
        attempt(),
        attempt(by="accomplice", through="shared-secret"),
        accomplice=Requirement(person="leaver"),
    )

    assert found.accomplice == Requirement(
        employment="contractor", leaving=True, may="deactivate", holds="shared-secret"
    )


@pytest.mark.parametrize(
    ("first", "holds"),
    [
        ("own-session", None),
        ("phished-login", None),
        ("colleague-session", None),
        ("shared-secret", "shared-secret"),
    ],
)
def test_first_open_try_says_what_is_needed(first, holds):
    """A try through a credential asks for one who holds it, another for the right."""
    found = possible(scene(), attempt(through=first), attempt(through="api-key"))

    assert found.who == Requirement(
        employment="contractor", leaving=True, may="deactivate", holds=holds
    )


def test_try_that_is_passed_over_needs_nothing():
    """Where nobody has a key, the next try says what is needed; the first one stays."""
    found = possible(scene(), attempt(through="api-key"), attempt())

    assert (found.who.may, found.who.holds) == ("deactivate", None)
    assert [one.through for one in tries_of(found)] == ["api-key", "own-session"]


# When.


@pytest.mark.parametrize(
    ("instant", "when"),
    [
        (3 * HOUR, When(anchor="separation", before=5 * HOUR)),
        (8 * HOUR, When(anchor="separation")),
        (11 * HOUR, When(anchor="separation", after=3 * HOUR)),
    ],
)
def test_instant_of_a_leaver_is_counted_from_the_separation(instant, when):
    """The offset is kept to the second, before and after."""
    assert possible(scene(), when=When(at=Moment(instant))).when == when


@pytest.mark.parametrize(
    ("instant", "after"),
    [
        pytest.param(0, 0, id="start of the shift"),
        pytest.param(2 * HOUR, 2 * HOUR, id="within it"),
        pytest.param(8 * HOUR - 1, 8 * HOUR - 1, id="its last second"),
        pytest.param(8 * HOUR, 8 * HOUR - 1, id="after it, its last second"),
        pytest.param(25 * HOUR, HOUR, id="within that of the next day"),
    ],
)
def test_instant_of_others_is_counted_from_a_shift(instant, after):
    """How far into a shift it lies is kept, and it lies within one."""
    found = possible(
        scene(),
        incident=scene(
            misuse=misuse(at=instant, who=Requirement(role="agent")), horizon=2 * DAY
        ),
    )

    assert When(anchor="shift-start", after=after) == found.when


def test_moment_lies_within_a_shorter_shift():
    """Where shifts are shorter, it is done in their last second."""
    short = evolve(ORGANISATION.shifts[0], ends=9 * HOUR)
    place = scene(shifts=(short, ORGANISATION.shifts[1]))
    found = possible(place, who=Requirement(role="agent"), when=When(at=5 * HOUR))

    assert When(anchor="shift-start", after=HOUR - 1) == found.when


@pytest.mark.parametrize("anchor", ["notice", "separation", "shift-start", "shift-end"])
def test_anchors_stay(anchor):
    """A moment that is counted from an anchor means the same everywhere."""
    when = When(anchor=anchor, after=Seconds(HOUR))

    assert possible(scene(), when=when).when == when


@pytest.mark.parametrize(
    ("separations", "horizon"),
    [
        pytest.param([2 * HOUR], 13 * HOUR, id="longer"),
        pytest.param([HOUR], 12 * HOUR, id="as it is"),
        pytest.param([HOUR, 5 * DAY], 5 * DAY + 11 * HOUR, id="for the last of all"),
        pytest.param([HORIZON_MAX - 2], HORIZON_MAX, id="up to the longest of all"),
    ],
)
def test_as_long_is_simulated_as_the_incident_goes_on(separations, horizon):
    """What was left of it after its own moment, eleven hours, is left here too."""
    staff = tuple(
        Person(f"leaver-of-{at}", "desk", leaving=Leaving(Moment(0), Moment(at)))
        for at in separations
    )
    incident = scene(misuse=misuse(at=HOUR), staff=(leaver(separation=HOUR),))
    bound = bind(incident, scene(staff=staff))

    assert horizon == bound.clock.horizon


# What is done.


DEACTIVATE = Action("deactivate", "takes-down", "console")
CLOSE = Action("close", "takes-down", "console")
DROP = Action("drop", "takes-down", "base")
SHOW = Action("show", "exposes", "console")
PROMOTE = Action("promote", "takes-down", "console", grants="lead")
MUTE = Action("mute", "takes-down", "console", switches_off=("user-report",))
BASE = System("base", Seconds(HOUR), "database")


@pytest.mark.parametrize(
    ("actions", "chosen"),
    [
        pytest.param((CLOSE, DEACTIVATE), "deactivate", id="its namesake"),
        pytest.param((SHOW, CLOSE), "close", id="the same effect"),
        pytest.param((PROMOTE, CLOSE), "close", id="none that gives a role"),
        pytest.param((MUTE, CLOSE), "close", id="none that switches off"),
        pytest.param((DROP, CLOSE), "close", id="the same kind of system"),
        pytest.param((DROP, SHOW), "drop", id="another system where there is none"),
        pytest.param(
            (evolve(DEACTIVATE, effect="exposes"), CLOSE),
            "close",
            id="no namesake that does something else",
        ),
    ],
)
def test_action_is_known_by_what_it_does(actions, chosen):
    """To do the same is to have the same effect and the same nature."""
    found = possible(there(*actions, systems=(CONSOLE, BASE)))

    assert [chosen] == [one.action for one in tries_of(found)]


def test_action_is_one_that_most_may_use():
    """Of several that do the same, it is that of most of those who are asked for."""
    also = Action("wipe", "takes-down", "console")
    place = scene(
        actions=(CLOSE, also),
        roles=roles(agent=["wipe"], lead=["close"]),
        staff=(leaver(), leaver(team="leads"), leaver(team="leads")),
    )
    names = ("one", "two", "three")
    staff = tuple(
        evolve(one, id=name)
        for one, name in zip(place.organisation.staff, names, strict=True)
    )
    place = evolve(place, organisation=evolve(place.organisation, staff=staff))

    assert possible(place, who=LEAVES).plan[0].tries[0].action == "close"


def test_namesake_is_meant_where_nobody_may_use_it():
    """That another action would be open to those who are asked for is no matter."""
    place = scene(
        actions=(DEACTIVATE, CLOSE), roles=roles(agent=["close"], lead=["deactivate"])
    )
    said = "nobody who leaves is a contractor and may use deactivate on tier protected"

    assert why(place) == said


def test_action_is_one_that_the_credential_opens():
    """A key is used where it opens something, even if that has another name."""
    key = Credential("key", "api-key", ("base",), staff=("leaver",))
    place = there(DEACTIVATE, DROP, systems=(CONSOLE, BASE), credentials=(key,))

    assert possible(place, attempt(through="api-key")).who == Requirement(
        employment="contractor", leaving=True, may="drop", holds="api-key"
    )


def test_what_cannot_be_done_is_dropped():
    """A try without an action goes, and a step that has no tries left."""
    incident = scene(
        misuse=plan(
            attempt(action="show"), attempt(), attempt(action="show"), attempt(batch=7)
        ),
        actions=(DEACTIVATE, SHOW),
    )
    found = bind(incident, scene()).misuse

    assert [one.batch for one in tries_of(found)] == [1, 7]
    assert len(found.plan) == 2


def test_the_rest_of_the_plan_stays():
    """Waits, tickets, fuses, batches, repetitions and the chances are as they were."""
    way = attempt(possible=0.5, emergency=True, place="elsewhere", approver="whoever")
    wanted = evolve(
        misuse(intent="bribe", desists=0.25),
        plan=(Step((way, attempt(ticket="none")), 7, on="same-target"),),
    )
    found = bind(scene(misuse=wanted), scene()).misuse

    assert (wanted.plan, "bribe", 0.25) == (found.plan, found.intent, found.desists)


# To what it is done.


@pytest.mark.parametrize(
    ("tier", "tiers", "mapped"),
    [
        ("c", ("low", "high"), "high"),
        ("b", ("low", "high"), "low"),
        ("a", ("low", "high"), "low"),
        ("b", ("one", "two", "three", "four"), "three"),
        ("c", ("only",), "only"),
    ],
)
def test_tiers_are_counted_from_the_top(tier, tiers, mapped):
    """The highest is the highest; below the lowest there is none."""
    everything = (Entitlement(("deactivate",), "c"),)
    incident = scene(
        misuse=misuse(),
        tiers=("a", "b", "c"),
        roles=(Role("agent", everything), Role("lead"), Role("operator")),
        populations=(),
        targets=(Target("celebrity", tier),),
    )
    may = (Entitlement(("deactivate",), tiers[-1]),)
    place = scene(
        tiers=tiers,
        roles=(Role("agent", may), Role("lead"), Role("operator")),
        populations=tuple(Population(tier, 5, audience=9) for tier in tiers),
        targets=(Target("server", tiers[0], "server"),),
    )
    bound = bind(incident, place)

    assert (*place.targets, Target("celebrity", mapped, audience=9)) == bound.targets


MEANT = [
    pytest.param([("vip", "account")], {"celebrity": "vip"}, id="one of the kind"),
    pytest.param(
        [("vip", "account"), ("celebrity", "account")],
        {"celebrity": "celebrity"},
        id="its namesake",
    ),
    pytest.param(
        [("vip", "account"), ("star", "account")],
        {"celebrity": "vip", "other": "star"},
        id="one for each",
    ),
    pytest.param(
        [("vip", "account")], {"celebrity": "vip", "other": "other"}, id="one is added"
    ),
    pytest.param(
        [("vip", "account"), ("other", "server")],
        {"celebrity": "vip", "other": "other-too"},
        id="one is added under a name of its own",
    ),
    pytest.param(
        [("other", "account")], {"celebrity": "celebrity", "other": "other"}, id="taken"
    ),
]


@pytest.mark.parametrize(("named", "meant"), MEANT)
def test_targets_are_known_by_tier_and_kind(named, meant):
    """Each one of the incident is another one here."""
    incident = scene(
        misuse=plan(*(attempt(target=name) for name in meant)),
        targets=tuple(Target(name, "protected") for name in meant),
    )
    here = tuple(Target(name, "protected", kind) for name, kind in named)
    bound = bind(incident, scene(targets=here))
    tries = tries_of(bound.misuse)

    assert list(meant.values()) == [one.target for one in tries]
    assert {one.target for one in tries} <= {target.id for target in bound.targets}


# What comes of it.


def test_place_and_posture_are_those_of_the_organisation():
    """Clock, people, tolerances and targets are its own; facts and questions go."""
    seed, desk = file("microblog-lastday-2017"), file("examples/photo-desk")
    leaves = evolve(seed.misuse, who=Requirement(leaving=True))
    bound = bind(evolve(seed, misuse=leaves), desk)

    assert (
        bound.title == "The last day of a support contractor, 2017, at photo-platform"
    )
    assert (seed.question, seed.incident) == (bound.question, bound.incident)
    assert desk.organisation == bound.organisation
    assert (desk.tolerances, desk.targets) == (bound.tolerances, bound.targets)
    assert (bound.expect, bound.axes, bound.chosen) == ((), (), ())
    assert bound.misuse.plan[0].tries[0].target == "news-agency"


NOBODY = [
    pytest.param({"staff": ()}, {}, "nobody who leaves is a contractor", id="leaves"),
    pytest.param({"staff": ()}, {"who": LEAVES}, "nobody leaves", id="nobody at all"),
    pytest.param(
        {},
        {"who": Requirement(role="lead", employment="vendor")},
        "nobody there works for a vendor and has the role lead",
        id="role",
    ),
    pytest.param(
        {"roles": roles(agent=(), lead=["deactivate"])},
        {},
        "nobody who leaves is a contractor and may use deactivate on tier protected",
        id="entitlement",
    ),
    pytest.param(
        {},
        {"when": When(anchor="separation", before=Seconds(9 * HOUR))},
        "nobody who leaves is a contractor and could begin 9 h before the separation "
        "within the time simulated",
        id="moment",
    ),
    pytest.param(
        {"actions": (SHOW,), "roles": roles(agent=["show"], lead=["show"])},
        {},
        "no action there takes a target down",
        id="action",
    ),
]


@pytest.mark.parametrize(("place", "asked", "because"), NOBODY)
def test_where_nobody_can_it_says_why(place, asked, because):
    """The sentence names what is missing."""
    assert why(scene(**place), **asked) == because


def test_way_that_nobody_has_is_named():
    """Where it is the only one, there is nothing to try."""
    said = "nobody who leaves is a contractor and holds an api-key that opens console"

    assert why(scene(), attempt(through="api-key")) == said


def test_credential_must_allow_it_too():
    """A secret whose role may not do it is no way to do it."""
    secret = Credential(
        "desk", "shared-secret", ("console",), ("desk",), role="operator"
    )
    said = (
        "nobody who leaves is a contractor and holds a shared-secret that allows "
        "deactivate on tier protected"
    )

    assert why(scene(credentials=(secret,)), attempt(through="shared-secret")) == said


def test_helper_who_cannot_is_no_help():
    """Where only a helper acts, the helper must be able to."""
    said = "nobody there is an employee and may use deactivate on tier protected"
    place = scene(roles=roles(agent=["deactivate"], lead=()))
    helper = Requirement(employment="employee")

    assert why(place, attempt(by="accomplice"), accomplice=helper) == said


def test_nothing_comes_of_an_incident_without_misuse():
    """Honest work is nothing to carry over."""
    assert bind(scene(), scene()) == NotPossible(
        "not possible here, because the incident has no misuse"
    )


# The seed.


@pytest.mark.slow
def test_seed_at_its_own_organisation_is_the_seed():
    """The same person does the same at the same second: the day is the same."""
    seed = file("microblog-lastday-2017")
    bound, arm = bind(seed, seed), seed.organisation.posture
    for number in range(5):
        one, other = (simulate(s, arm, number) for s in (seed, bound))

        assert one.records[1:] == other.records[1:]


# Laws.

FEW = settings(max_examples=settings().max_examples // 3)
"""Two organisations take long to draw."""
KINDS = st.sampled_from(["account", "server"])


def renamed(scenario):
    """Give other names to the actions, roles and targets of a generated scenario."""
    organisation = scenario.organisation

    def far(name):
        return name and f"far-{name}"

    def entitled(may):
        return tuple(evolve(one, actions=tuple(map(far, one.actions))) for one in may)

    def busy(desk):
        kinds = (evolve(kind, action=far(kind.action)) for kind in desk.kinds)
        return evolve(desk, kinds=tuple(kinds))

    organisation = evolve(
        organisation,
        actions=tuple(
            evolve(one, id=far(one.id), grants=far(one.grants))
            for one in organisation.actions
        ),
        roles=tuple(
            evolve(one, id=far(one.id), may=entitled(one.may))
            for one in organisation.roles
        ),
        teams=tuple(evolve(one, role=far(one.role)) for one in organisation.teams),
        backups=tuple(
            evolve(one, actions=tuple(map(far, one.actions)))
            for one in organisation.backups
        ),
        response=evolve(
            organisation.response, restore_role=far(organisation.response.restore_role)
        ),
        desks=tuple(map(busy, organisation.desks)),
    )
    targets = tuple(evolve(one, id=far(one.id)) for one in scenario.targets)
    return evolve(scenario, organisation=organisation, targets=targets, misuse=None)


@st.composite
def places(draw):
    """Organisations other than that of an incident: names, people, targets differ."""
    place = draw(scenarios())
    place = draw(st.sampled_from([place, renamed(place)]))
    organisation = place.organisation
    hired = st.sampled_from(["employee", "contractor", "vendor"])
    teams = tuple(evolve(one, employment=draw(hired)) for one in organisation.teams)
    actions = {one.id for one in organisation.actions if draw(st.integers(0, 3))}
    used = {kind.action for desk in organisation.desks for kind in desk.kinds}
    kept = tuple(a for a in organisation.actions if a.id in actions | used)
    known = {action.id for action in kept}
    may = tuple(
        evolve(
            role,
            may=tuple(
                evolve(one, actions=tuple(a for a in one.actions if a in known))
                for one in role.may
            ),
        )
        for role in organisation.roles
    )
    targets = tuple(evolve(one, kind=draw(KINDS)) for one in place.targets)
    organisation = evolve(organisation, teams=teams, actions=kept, roles=may)
    return evolve(place, organisation=organisation, targets=targets, misuse=None)


def incidents():
    """Generated scenarios with a misuse, of a leaver or of anybody."""
    whoever = st.sampled_from(
        [
            None,
            Requirement(role="agent"),
            Requirement(employment="employee"),
            Requirement(leaving=True),
        ]
    )
    instants = st.none() | st.integers(0, 14 * HOUR - 1).map(Moment)

    def asked(scenario, who, instant):
        wanted = scenario.misuse
        if who is not None:
            wanted = evolve(wanted, who=who)
        if instant is not None:
            wanted = evolve(wanted, when=When(at=instant))
        return evolve(scenario, misuse=wanted)

    misused = scenarios().filter(lambda scenario: scenario.misuse is not None)
    return st.builds(asked, misused, whoever, instants)


@pytest.mark.slow
@FEW
@given(incidents(), places(), seeds)
def test_bound_scenario_simulates(incident, place, seed):
    """Law: what is possible can be played and judged, and the moment is simulated."""
    bound = bind(incident, place)
    if isinstance(bound, NotPossible):
        return
    trail = simulate(bound, bound.organisation.posture, seed)

    assert measure(trail, bound).verdict in VERDICTS
    assert place.clock.horizon <= bound.clock.horizon <= HORIZON_MAX


@pytest.mark.slow
@FEW
@given(incidents(), places())
def test_binding_twice_is_binding_once(incident, place):
    """Law: what is bound already is said in the organisation's words."""
    bound = bind(incident, place)
    if isinstance(bound, NotPossible):
        return

    assert bind(bound, place) == bound


@pytest.mark.slow
@FEW
@given(incidents(), places(), attempts())
def test_not_possible_is_where_nobody_qualifies(incident, place, way):
    """Law: one try is possible exactly where somebody may make it in time."""
    way = evolve(way, by="actor")
    incident = evolve(
        incident, misuse=evolve(incident.misuse, plan=(Step((way,)),), accomplice=None)
    )
    bound = bind(incident, place)

    assert isinstance(bound, Scenario) == bool(able(incident, place, way))


def able(incident, place, way):
    """List who could make a try there, from what a run knows of people."""
    wanted, who = prepare(incident).actions[way.action], incident.misuse.who
    named = prepare(incident).members.get(who.person)
    # Where somebody's first shift lies beyond the horizon, the horizon is moved.
    long = evolve(place.clock, horizon=place.clock.horizon + 9 * DAY)
    stage = prepare(evolve(place, clock=long))
    asked = Requirement(
        role=who.role if who.role in stage.rights else None,
        employment=named.employment if named else who.employment,
        leaving=who.leaving,
    )
    when = relative(incident, incident.misuse, place, asked)
    same = [a.id for a in stage.actions.values() if nature(a) == nature(wanted)]
    namesake = way.action in same and way.through not in get_args(CredentialKind)
    meant = [way.action] if namesake else same
    return [
        member
        for member in stage.members.values()
        if not member.shared
        and asked.fits(member)
        and (at := moment(member, when)) is not None
        and 0 <= at < HORIZON_MAX
        and any(way_open(stage, member, way, action) for action in meant)
    ]


def nature(action):
    """Say what an action does."""
    return action.effect, action.grants is None, bool(action.switches_off)


def way_open(stage, member, way, action):
    """Say whether somebody may use an action on the top tier, in a way."""
    top, system = stage.top_tier, stage.actions[action].system
    if way.through in ("own-session", "colleague-session", "phished-login"):
        return stage.allows(member.role, action, top)
    return any(
        known.kind == way.through
        and known.held
        and system in known.systems
        and stage.allows(known.role or member.role, action, top)
        for known in stage.holdings.get(member.id, ())
    )


@pytest.mark.slow
@FEW
@given(incidents(), seeds)
def test_at_its_own_organisation_it_is_the_same_day(incident, seed):
    """Law: where only the leaver qualifies, nothing differs but the title."""
    (gone,) = (one.leaving for one in incident.organisation.staff)
    assume(incident.misuse.when.at is None or incident.misuse.when.at >= gone.notice)
    who = Requirement(person="leaver")
    plain = evolve(incident.misuse, who=who, accomplice=None)
    incident = evolve(incident, misuse=plain)
    bound = bind(incident, incident)
    if isinstance(bound, NotPossible):
        return
    one, other = (simulate(s, Posture(), seed) for s in (incident, bound))

    assert one.records[1:] == other.records[1:]
