"""The life of a signal: what is seen, when it is raised, and what adds nothing."""

import pytest

from simulator.alerts import OwnerReport, PressReport
from simulator.clock import Moment
from simulator.decisions import Alert, ExitOrder
from simulator.scenario.organisation import (
    Action,
    Credential,
    Entitlement,
    ExitTask,
    Role,
)
from simulator.streams import Constant, Uniform
from simulator.trail import Alerted, Executed, Restored, Triaged, WouldAlert
from simulator.world.signals import _looks_missed
from tests.scenes import DAY, HOUR, ORGANISATION, attempt, desk, misuse
from tests.world.responses import finds
from tests.world.stand_ins import (
    Says,
    Sees,
    misuses,
    orders,
    play,
    says,
    sees,
    sees_requests,
    tells,
)

KEPT = Says(keeps_s=DAY)
OUTAGE = {"target": "celebrity", "while_out": True}


def raised(trail):
    """Return (label, when) of each signal, in order."""
    return [(alerted.label, alerted.at) for alerted in trail.of(Alerted)]


def test_signal_is_raised_after_its_delay():
    """A signal comes so long after the record it is about."""
    trail = play(sees(after=90))

    assert raised(trail) == [("sees", HOUR + 90)]
    assert trail.of(Executed)[0].at == HOUR


def test_signal_says_what_it_is_about():
    """An alarm carries rule, origin and request, and whom and what it names."""
    (alerted,) = play(sees(staff="leaver", target="celebrity")).of(Alerted)

    assert (alerted.alarm, alerted.label) == ("sees/misuse-0.0/executed", "sees")
    assert (alerted.origin, alerted.about) == ("inside", "misuse-0.0")
    assert (alerted.staff, alerted.target) == ("leaver", "celebrity")


def test_signal_from_outside_says_so():
    """A witness is from outside."""
    assert play(tells()).of(Alerted)[0].origin == "outside"


def test_signal_is_given_about_the_records_watched():
    """A rule sees requests or effects, and a refused request is one."""
    trail = play(says(deny=True), sees("effects"), sees_requests("requests"))

    assert raised(trail) == [("requests", HOUR)]


def test_signal_at_the_horizon_is_not_raised():
    """What would be raised at the horizon or later is not simulated."""
    inside, outside = (play(sees(after=11 * HOUR - s)) for s in (1, 0))

    assert (len(raised(inside)), raised(outside)) == (1, [])


def test_signal_without_chance_is_never_raised():
    """A chance of nothing raises nothing, a chance of one always raises."""
    never, always = (
        [raised(play(sees(chance=chance), seed=seed)) for seed in range(10)]
        for chance in (0.0, 1.0)
    )

    assert not any(never)
    assert all(always)


def test_signal_of_a_chance_is_raised_now_and_then():
    """A chance of a half raises some of the signals; the larger one all of those."""
    half, most = (
        [bool(raised(play(sees(chance=chance), seed=s))) for s in range(40)]
        for chance in (0.5, 0.9)
    )

    assert 0 < sum(half) < sum(most) <= 40
    assert all(a <= b for a, b in zip(half, most, strict=True))


@pytest.mark.parametrize(
    ("u", "missed"), [(0.2, 0), (0.3, 0), (0.5, 1), (0.65, 2), (0.9, 6)]
)
def test_looks_that_miss_are_geometric(u, missed):
    """With a chance p at each look, k looks miss where u is above 1 - (1-p)^k."""
    assert _looks_missed(Alert(chance=0.3, again_every_s=60), u) == missed


def test_looks_that_are_not_repeated_miss_for_good():
    """A signal that is looked for once may never come."""
    assert _looks_missed(Alert(chance=0.3), 0.5) is None
    assert _looks_missed(Alert(chance=0.0, again_every_s=60), 0.5) is None


def test_looks_may_have_next_to_no_chance():
    """A chance too small to matter never comes, and breaks nothing."""
    tiny = Alert(chance=1e-17, again_every_s=60)

    assert (_looks_missed(tiny, 0.5) or 10**9) >= 10**9


def test_look_that_misses_is_repeated():
    """A missed look is made up for at a later one, a whole interval after."""
    at = [
        at
        for seed in range(30)
        for _, at in raised(play(sees(chance=0.5, again_every_s=600), seed=seed))
    ]

    assert {(when - HOUR) % 600 for when in at} == {0}
    assert len(set(at)) > 2


@pytest.mark.parametrize(("after", "told"), [(299, True), (301, False)])
def test_signal_of_an_outage_needs_the_target_out(after, told):
    """Who tells of an outage tells only while the target is out of service."""
    trail = play(KEPT, sees("first"), sees("told", after=after, **OUTAGE))

    assert trail.of(Restored)[0].at == HOUR + 300
    assert ("told" in dict(raised(trail))) == told


def test_signal_of_an_outage_ends_with_that_outage():
    """Who would tell of one outage does not tell of it during the next."""
    trail = play(
        KEPT,
        sees("first", of="misuse-0"),
        sees("told", of="misuse-0", after=700, **OUTAGE),
        misuse=misuses("celebrity", "celebrity", wait=600),
    )

    assert len(trail.of(Executed)) == 2
    assert "told" not in dict(raised(trail))


def test_signal_once_per_target_is_raised_once():
    """Further signals on the same outage of a target add nothing."""
    once = sees(target="celebrity", once_per_target=True)
    twice = misuses("celebrity", "celebrity", wait=10)

    assert len(raised(play(once, misuse=twice))) == 1
    assert len(raised(play(sees(target="celebrity"), misuse=twice))) == 2


def test_signal_once_per_target_is_raised_by_each_rule():
    """One rule's signal does not keep another's from being raised."""
    arm = [sees(label, target="celebrity", once_per_target=True) for label in "ab"]

    assert raised(play(*arm)) == [("a", HOUR), ("b", HOUR)]


@pytest.mark.parametrize("after", [0, 400])
def test_signal_once_per_target_comes_again_with_the_next_outage(after):
    """A second outage of the target is told again, before or after it has ended."""
    once = sees("told", after=after, target="celebrity", once_per_target=True)
    trail = play(
        KEPT,
        sees("mend"),
        once,
        misuse=misuses("celebrity", "celebrity", wait=600),
        horizon=DAY,
    )

    assert len(trail.of(Restored)) == 2
    assert [label for label, _ in raised(trail)].count("told") == 2


def test_signal_of_the_catalogue_follows_the_outage():
    """The press asks of what is back, the owner tells only of what is out."""
    late = Constant(600)
    trail = play(KEPT, sees("mend"), PressReport(delay=late), OwnerReport(delay=late))

    assert [label for label, _ in raised(trail)] == ["mend", "press-report"]


def test_signal_that_is_only_asked_leaves_a_note():
    """A rule in the shadow notes that it would have fired, and nobody is called."""
    trail = play(shadow=[sees("asked", after=HOUR, chance=0.5)])

    assert [(w.at, w.label, w.about) for w in trail.of(WouldAlert)] == [
        (HOUR, "asked", "misuse-0.0")
    ]
    assert raised(trail) == []


def test_signal_that_would_not_come_leaves_no_note():
    """A rule in the shadow that sees nothing notes nothing."""
    assert play(shadow=[sees("asked", of="other")]).of(WouldAlert) == ()


def test_signal_about_an_action_asks_for_no_access():
    """What is told only while access is there speaks of access left behind alone."""
    assert raised(play(sees(while_access=True))) == [("sees", HOUR)]


def test_signal_belongs_to_its_rule_and_request():
    """When a signal comes does not depend on what else is in force."""
    rule = Sees(label="rule", signal=Alert(delay=Uniform(0, HOUR), chance=0.7))
    for seed in range(10):
        alone, among = (
            [at for label, at in raised(play(*arm, seed=seed)) if label == "rule"]
            for arm in ((rule,), (rule, sees("a"), says("b"), sees("z")))
        )

        assert alone == among


def test_signal_is_explained_where_it_is_about_the_misuse():
    """Each rule says of the misuse why it fired, on the records that it watches."""
    trail = play(sees("effects"), sees_requests("requests"))
    told = [(r.label, r.at, r.bit) for r in trail if r.kind == "explained"]

    assert told == [("requests", HOUR, True), ("effects", HOUR, True)]


def test_signal_about_honest_work_is_not_explained():
    """Nothing is explained where there is no misuse."""
    trail = play(sees(), misuse=None, desks=(desk(tickets_per_hour=20.0),))

    assert len(raised(trail)) > 20
    assert [r for r in trail if r.kind == "explained"] == []


def test_signal_is_raised_once_its_outage_is_known():
    """A rule that looks at an effect already finds the target out of service."""
    asked = []

    class Looks(Sees):
        def watch(self, record, view):
            asked.append(view.is_out(record.target, record.at))

    play(Looks(label="looks", signal=Alert()))

    assert asked[0] is True


# Access left behind is looked for as actions are.

LEFT = "left-leaver-console"


def found(*arm, **parts):
    """Play a scene with access left behind at eight hours; return (about, when)."""
    trail = play(*arm, **{"misuse": None, "credentials": (), **parts})
    return [(alerted.about, alerted.at) for alerted in trail.of(Alerted)]


def test_finding_is_raised_after_its_delay():
    """A finding comes so long after the separation, about what was left."""
    assert found(finds(delay=Constant(90))) == [(LEFT, 8 * HOUR + 90)]


def test_finding_says_what_it_is_about():
    """An alarm about access left behind names the rule, and whom the rule names."""
    trail = play(finds(staff="leaver"), misuse=None, credentials=())
    (alerted,) = trail.of(Alerted)

    assert (alerted.alarm, alerted.label) == (f"finds/{LEFT}/left-behind", "finds")
    assert (alerted.origin, alerted.staff) == ("inside", "leaver")


def test_finding_at_the_horizon_is_not_raised():
    """What would be found at the horizon or later is not simulated."""
    inside, outside = (
        found(finds(delay=Constant(4 * HOUR - seconds))) for seconds in (1, 0)
    )

    assert (len(inside), outside) == (1, [])


def test_finding_has_its_chance_and_its_looks():
    """A search may miss, once for good or until it succeeds."""
    once = [found(finds(chance=0.5), seed=seed) for seed in range(40)]
    again = [
        found(finds(chance=0.5, again_every_s=600), seed=seed) for seed in range(40)
    ]

    assert 0 < sum(map(bool, once)) < 40
    assert all(one == other for one, other in zip(once, again, strict=True) if one)
    assert {(rows[0][1] - 8 * HOUR) % 600 for rows in again} == {0}


def test_finding_that_is_only_asked_leaves_a_note():
    """A rule in the shadow notes when it looked, and nobody is called."""
    trail = play(misuse=None, credentials=(), shadow=[finds(delay=Constant(HOUR))])

    assert [(w.at, w.label, w.about) for w in trail.of(WouldAlert)] == [
        (8 * HOUR, "finds", LEFT)
    ]
    assert raised(trail) == []


def test_signal_about_an_action_says_nothing_of_access():
    """A rule that looks at actions finds no access, and one about access no action."""
    arm = sees("acts"), finds("access")
    trail = play(*arm, misuse=misuse(at=9 * HOUR), credentials=())

    assert [(r.label, r.about) for r in trail.of(Alerted)] == [
        ("access", LEFT),
        ("acts", "misuse-0.0"),
    ]


STILL = {"delay": Constant(HOUR), "while_access": True}


@pytest.mark.parametrize("while_access", [True, False])
@pytest.mark.parametrize(("after", "works"), [(HOUR, False), (HOUR + 1, True)])
def test_finding_of_an_account_needs_it_to_work(after, works, while_access):
    """Who looks later whether access is there tells only of what still is."""
    off = ExitTask("off", "separation", Constant(after), ("console",))
    alert = finds(**{**STILL, "while_access": while_access})

    assert bool(found(alert, offboarding=(off,))) == (works or not while_access)


KINDS = ("api-key", "shared-secret", "device", "shadow-account")


def key(kind, **parts):
    """Build a credential that the desk holds."""
    return Credential("thing", kind, ("console",), ("desk",), **parts)


@pytest.mark.parametrize("kind", KINDS[:3])
@pytest.mark.parametrize(("after", "works"), [(HOUR, False), (HOUR + 1, True)])
def test_finding_of_a_credential_needs_it_to_work(kind, after, works):
    """What was revoked, changed or given back meanwhile is not told of."""
    off = ExitTask("off", "separation", Constant(after), ("console",), kind)
    about = dict(found(finds(**STILL), offboarding=(off,), credentials=(key(kind),)))

    assert (f"{LEFT}-thing" in about) == works
    assert LEFT in about


@pytest.mark.parametrize("ends", [HOUR, HOUR + 1])
def test_finding_of_what_runs_out_needs_it_to_work(ends):
    """An account without owner that has run out meanwhile is not told of."""
    hidden = key("shadow-account", ends=Moment(ends))
    about = found(finds(**STILL), staff=(), credentials=(hidden,))

    assert bool(about) == (ends > HOUR)


@pytest.mark.parametrize("after", [HOUR, HOUR + 1])
def test_finding_of_an_account_without_owner_needs_it_to_work(after):
    """What a review has ended meanwhile is not told of, though nobody left."""
    review = orders(ExitOrder("gone", Constant(after), "shadow-account"))
    hidden = key("shadow-account")
    about = found(review, finds(**STILL), staff=(), credentials=(hidden,))

    assert bool(about) == (after > HOUR)


@pytest.mark.parametrize(
    ("through", "named", "told"),
    [
        ("own-session", "leaver", {"thing"}),
        ("shared-secret", "thing", {""}),
    ],
)
def test_finding_needs_the_login_not_to_be_contained(through, named, told):
    """Access that the response ended meanwhile is not told of; other access is."""
    trail = play(
        sees_requests("named", staff=named),
        finds(**STILL),
        misuse=misuse(attempt(through=through), at=8 * HOUR + 60),
        credentials=(key("shared-secret"),),
    )
    about = [r.about for r in trail.of(Alerted) if r.label == "finds"]

    assert set(about) == {f"{LEFT}-{name}" if name else LEFT for name in told}


def test_finding_is_not_given_by_what_was_switched_off():
    """A rule that an action has put out of force finds nothing later."""
    disarm = Action("disarm", "alters", "console", switches_off=("finds",))
    parts = {"actions": (*ORGANISATION.actions, disarm)}
    plan = misuse(attempt(action="disarm"))

    assert found(finds(), misuse=plan, roles=everything(), **parts) == []
    assert found(finds(), roles=everything(), **parts) == [(LEFT, 8 * HOUR)]


def everything():
    """Build the roles with leave for every action of these tests."""
    may = (Entitlement(("deactivate", "disarm"), "protected"),)
    return (Role("agent", may), *ORGANISATION.roles[1:])


# Who answers.


@pytest.mark.parametrize(
    ("team", "analyst"), [(None, "watch-1"), ("watch", "watch-1"), ("leads", "leads-1")]
)
@pytest.mark.parametrize("build", [sees, finds])
def test_signal_goes_to_the_team_it_names(build, team, analyst):
    """An alarm is answered by the team that its signal names, or by triage."""
    trail = play(build(team=team), credentials=())

    assert {triaged.analyst for triaged in trail.of(Triaged)} == {analyst}
