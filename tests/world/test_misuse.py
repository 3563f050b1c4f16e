"""The life of the misuse: who does it, when, by which ways, and when they give up."""

import json
from itertools import pairwise

import attrs
import pytest
from attrs import evolve

from simulator.clock import Moment
from simulator.controls import StepUpAuth, TicketBound
from simulator.decisions import Challenge
from simulator.scenario.misuse import Requirement, Step, Target, When
from simulator.scenario.organisation import (
    Action,
    Credential,
    ExitTask,
    Leaving,
    Person,
    System,
    Team,
)
from simulator.streams import Constant, Uniform
from simulator.trail import (
    AccessEnded,
    Closed,
    Contained,
    Executed,
    Explained,
    LeftBehind,
    Refused,
    Requested,
    Truth,
)
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
from tests.world.stand_ins import (
    Notes,
    agrees,
    ending,
    play,
    says,
    sees,
    sees_requests,
)

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
    why, (truth,) = ending(trail), trail.of(Truth)

    assert (why.at, why.why, why.by) == (0, "not-possible", ("requirement",))
    assert trail.of(Requested) == ()
    assert (truth.at, truth.request, truth.purpose) == (0, "misuse-0.0", "misuse")
    assert truth.actor == (who.person or "nobody")


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


@pytest.mark.parametrize(
    ("name", "anchor", "at"),
    [
        ("leaver", "shift-start", -8 * HOUR),
        ("leaver", "shift-end", 5 * HOUR),
        ("desk-1", "shift-start", 16 * HOUR),
        ("desk-1", "shift-end", DAY + 16 * HOUR),
    ],
)
def test_moment_may_be_in_a_shift_that_began_before_the_start(name, anchor, at):
    """Who leaves in it has no later shift; for one who stays the next one counts."""
    teams = (Team("desk", "agent", "contractor", "always", 1), *ORGANISATION.teams[1:])
    staff = (leaver(separation=5 * HOUR),)
    stage = prepare(scene(horizon=2 * DAY, teams=teams, staff=staff))

    assert moment(stage.members[name], When(anchor=anchor)) == at


def test_moment_in_a_shift_needs_one():
    """Who has left before the first shift has none to go by."""
    gone = leaver(notice=-DAY, separation=-HOUR)
    trail = play(misuse=anchored("shift-start"), staff=(gone,))

    assert (ending(trail).why, ending(trail).by) == ("not-possible", ("requirement",))


def test_misuse_at_the_start_is_possible():
    """What is done in the first second is simulated."""
    assert tried(play(misuse=misuse(at=0))) == [("misuse-0.0", 0)]


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


# Whose access is used, and what else systems see.


def key(kind="api-key", name="thing", **parts):
    """Build a credential that the desk holds."""
    given = {"systems": ("console",), "teams": ("desk",), **parts}
    return Credential(name, kind, **given)


@pytest.mark.parametrize(
    ("through", "login", "actor", "credential"),
    [
        ("own-session", "leaver", "leaver", ""),
        ("phished-login", "leaver", "outsider", ""),
        ("shared-secret", "thing", "leaver", "thing"),
        ("shadow-account", "thing", "leaver", "thing"),
        ("api-key", "leaver", "leaver", "thing"),
        ("device", "leaver", "leaver", "thing"),
    ],
)
def test_way_shows_its_login_and_its_credential(through, login, actor, credential):
    """A secret and a hidden account have a name of their own, a key its holder's."""
    kind = "api-key" if through in ("own-session", "phished-login") else through
    plan = misuse(attempt(through=through))
    trail = play(misuse=plan, credentials=(key(kind),))
    (asked,) = trail.of(Requested)

    assert (asked.staff, asked.credential) == (login, credential)
    assert trail.of(Truth)[0].actor == actor
    assert isinstance(ending(trail), Executed)


@pytest.mark.parametrize(
    "credentials",
    [
        (),
        (key("device"),),
        (key(held=0.0),),
        (key(teams=("leads",)),),
        (key(systems=("vpn",)),),
    ],
    ids=["none", "another-kind", "not-held", "not-theirs", "another-system"],
)
def test_way_through_a_credential_needs_one(credentials):
    """Without a credential of the kind, to that system, the next way is tried."""
    systems = (System("console", HOUR), System("vpn", HOUR))
    plan = misuse(attempt(through="api-key"), attempt())
    trail = play(misuse=plan, credentials=credentials, systems=systems)

    assert tried(trail) == [("misuse-0.1", HOUR)]


def test_way_through_a_credential_takes_one_that_works():
    """Of several the first that still works is used; where none does, the first."""
    keys = key(name="a", ends=Moment(0)), key(name="b"), key(name="c")
    plan = misuse(attempt(through="api-key"))
    used, refused = (
        play(misuse=plan, credentials=some).of(Requested)[0].credential
        for some in (keys, keys[:1])
    )

    assert (used, refused) == ("b", "a")
    assert ending(play(misuse=plan, credentials=keys[:1])).by == ("a",)


def test_way_through_a_secret_takes_one_that_is_not_contained():
    """A secret that the response has closed is left for another that works."""
    secrets = key("shared-secret", "a"), key("shared-secret", "b")
    steal = attempt(through="shared-secret")
    again = misuse(steal, evolve(steal, wait=Constant(HOUR)))
    arm = says(to="misuse-0.0", deny=True), sees_requests(of="misuse-0.0", staff="a")
    trail = play(*arm, misuse=again, credentials=secrets)

    assert [asked.staff for asked in trail.of(Requested)] == ["a", "b"]


def test_way_through_a_device_needs_no_shift():
    """A session on a device is open after the shift, and after the account."""
    disabled = ExitTask("disable", "notice", Constant(7 * HOUR), ("console",))
    plan = misuse(attempt(), attempt(through="device"), at=9 * HOUR)
    trail = play(
        misuse=plan,
        credentials=(key("device"),),
        systems=(System("console", 10 * HOUR),),
        offboarding=(disabled,),
    )

    assert ending(trail).by == ("disable",)
    assert isinstance(ending(trail, "misuse-0.1"), Executed)


def test_phished_login_ends_with_the_account():
    """An outsider gets no further than the account whose login was taken."""
    disabled = ExitTask("disable", "notice", Constant(0), ("console",))
    plan = misuse(attempt(through="phished-login"), at=9 * HOUR)

    assert ending(play(misuse=plan, offboarding=(disabled,))).by == ("disable",)


FACTOR = says(challenges=(Challenge("factor", 20, own_factor=True),))


@pytest.mark.parametrize(
    "through", ["colleague-session", "phished-login", "shared-secret", "api-key"]
)
@pytest.mark.parametrize(("passes", "why"), [(0.0, "factor-missing"), (1.0, None)])
def test_factor_of_somebody_else_may_be_passed(through, passes, why):
    """A prompt for somebody else's factor is passed where it can be relayed."""
    kind = through if through == "api-key" else "shared-secret"
    plan = misuse(attempt(through=through, passes_factor=passes))
    trail = play(FACTOR, misuse=plan, credentials=(key(kind),))

    assert getattr(ending(trail), "why", None) == why


def test_factor_of_ones_own_is_always_passed():
    """The owner of a login needs nobody to relay a prompt."""
    assert isinstance(ending(play(FACTOR)), Executed)


@pytest.mark.slow
def test_factor_is_passed_in_its_share():
    """So large a share of the prompts is relayed or accepted."""
    plan = misuse(attempt(through="phished-login", passes_factor=0.3))
    runs = 400
    ends = [ending(play(FACTOR, seed=seed, misuse=plan)) for seed in range(runs)]

    assert agrees(sum(isinstance(end, Executed) for end in ends), runs, 0.3)


@pytest.mark.parametrize(
    ("cites", "through", "about", "opened_by"),
    [
        ("same-target", "own-session", "celebrity", "public"),
        ("other-target", "own-session", "celebrity-lookalike", "public"),
        ("self-opened", "own-session", "celebrity", "leaver"),
        ("self-opened", "shared-secret", "celebrity", "thing"),
    ],
)
def test_ticket_names_who_opened_it(cites, through, about, opened_by):
    """A ticket of one's own shows the login that is used as who opened it."""
    notes = Notes(question=lambda request, view: view.ticket(request.ticket))
    plan = misuse(attempt(ticket=cites, through=through))
    play(notes, misuse=plan, credentials=(key("shared-secret"),))
    ((_, ticket),) = notes.heard

    assert (ticket.target, ticket.opened_by, ticket.opened_at) == (
        about,
        opened_by,
        HOUR,
    )


@pytest.mark.parametrize(
    ("name", "value", "plain"),
    [
        ("emergency", True, False),
        ("device", "unknown", "managed"),
        ("place", "elsewhere", "usual"),
    ],
)
def test_request_tells_of_itself(name, value, plain):
    """What the session tells, and whether an emergency is declared, is on record."""
    told, usual = (
        play(misuse=misuse(attempt(**parts))).of(Requested)[0]
        for parts in ({name: value}, {})
    )

    assert (getattr(told, name), getattr(usual, name)) == (value, plain)


@pytest.mark.parametrize("batch", [1, 5_000])
def test_batch_is_the_size_of_request_and_effect(batch):
    """One request that touches many targets says how many, and names one."""
    trail = play(misuse=misuse(attempt(batch=batch)))

    assert trail.of(Requested)[0].size == ending(trail).size == batch
    assert ending(trail).target == "celebrity"


# What is done many times.


def many(*tries, **parts):
    """Build a misuse that does one step many times."""
    return evolve(misuse(), plan=(Step(tries or (attempt(),), **parts),))


@pytest.mark.parametrize(
    ("on", "targets"),
    [
        ("fresh-targets", ["celebrity", "celebrity#1", "celebrity#2"]),
        ("same-target", ["celebrity"] * 3),
    ],
)
def test_step_is_done_so_many_times(on, targets):
    """Each time has a request, and a target, of its own or the same again."""
    trail = play(misuse=many(times=3, every=Constant(60), on=on))

    assert tried(trail) == [
        ("misuse-0.0", HOUR),
        ("misuse-0.0#1", HOUR + 60),
        ("misuse-0.0#2", HOUR + 120),
    ]
    assert [asked.target for asked in trail.of(Requested)] == targets
    assert [truth.turn for truth in trail.of(Truth)] == [0, 1, 2]
    assert [truth.meant for truth in trail.of(Truth)] == targets


def test_step_goes_on_where_one_time_fails():
    """Each time has all its ways, whatever became of the time before."""
    arm = says(to="misuse-0.0", deny=True)
    plan = many(attempt(), attempt(wait=Constant(10)), times=2, every=Constant(60))

    assert tried(play(arm, misuse=plan)) == [
        ("misuse-0.0", HOUR),
        ("misuse-0.1", HOUR + 10),
        ("misuse-0.0#1", HOUR + 70),
        ("misuse-0.1#1", HOUR + 80),
    ]


def test_step_times_are_drawn_apart():
    """The pauses of one step differ, and are the same in every arm."""
    plan = many(times=6, every=Uniform(0, HOUR))
    bare, asked = (
        tried(play(*arm, misuse=plan)) for arm in ((), (says(to="x", deny=True),))
    )
    pauses = [b[1] - a[1] for a, b in pairwise(bare)]

    assert bare == asked
    assert len(set(pauses)) == 5


def test_next_step_follows_the_last_time():
    """A step that is done many times is over before the next begins."""
    step = Step((attempt(),), times=2, every=Constant(60))
    plan = evolve(misuse(), plan=(step, Step((attempt(wait=Constant(5)),))))

    assert tried(play(misuse=plan))[-1] == ("misuse-1.0", HOUR + 65)


@pytest.mark.parametrize(("desists", "made"), [(0.0, 4), (1.0, 1)])
def test_step_ends_with_the_plan_where_somebody_gives_up(desists, made):
    """Who gives up one time does not come back for the next."""
    plan = evolve(many(times=4), desists=desists)
    trail = play(says(challenges=(Challenge("word", 8),)), misuse=plan)

    assert len(trail.of(Requested)) == made


@pytest.mark.slow
def test_giving_up_is_drawn_anew_each_time():
    """That n times pass before somebody gives up has a chance of (1 - p)^n."""
    plan = evolve(many(times=4), desists=0.3)
    arm, runs = says(challenges=(Challenge("word", 8),)), 400
    done = [len(play(arm, seed=s, misuse=plan).of(Executed)) for s in range(runs)]

    for n in (1, 2, 4):
        assert agrees(sum(count >= n for count in done), runs, 0.7**n)


# What is planted acts later.


def planted(*arm, fuse, **parts):
    """Play a misuse whose action is planted and acts so much later."""
    return play(*arm, misuse=misuse(attempt(fuse=Constant(fuse))), **parts)


def test_planted_action_acts_after_its_fuse():
    """It is carried out at once and takes effect when it is due."""
    done = ending(planted(fuse=3 * HOUR))

    assert (done.released_at, done.at) == (HOUR, 4 * HOUR)


def test_planted_action_waits_for_the_platform_too():
    """The platform's own delay and the fuse add up."""
    slow = (Action("deactivate", "takes-down", "console", Constant(60)),)

    assert ending(planted(fuse=HOUR, actions=slow)).at == 2 * HOUR + 60


def test_planted_action_outlives_the_access():
    """What was planted with access acts when the access is long gone."""
    disabled = ExitTask("disable", "notice", Constant(2 * HOUR), ("console",))
    parts = {"offboarding": (disabled,), "systems": (System("console", 60),)}
    trail = planted(fuse=5 * HOUR, **parts)

    assert ending(trail).at == 6 * HOUR
    assert trail.of(AccessEnded)[0].at == 2 * HOUR


def test_planted_action_is_pulled_back_by_the_response():
    """Who is contained before it acts has planted it in vain."""
    trail = planted(sees_requests(staff="leaver"), fuse=5 * HOUR)
    why = ending(trail)

    assert (why.why, why.at) == ("contained", trail.of(Contained)[0].at)
    assert trail.of(Executed) == ()


def test_planted_action_may_lie_beyond_the_horizon():
    """What acts at the horizon or later is pending at its end."""
    assert planted(fuse=11 * HOUR).of(Closed)[0].pending == ("misuse-0.0",)


# Sentences, where much is done alike.


def told(*arm, **parts):
    """Return (request, label, whether it bit) of each sentence of a repeated step."""
    trail = play(*arm, misuse=many(times=4, **parts))
    return [(r.request, r.label, r.bit) for r in trail.of(Explained)]


def test_first_time_is_explained_in_full():
    """At the first time every control and alert says why, bite or not."""
    arm = says("a"), says("b", hold_s=60), sees("c"), sees("d", of="never")

    assert told(*arm) == [
        ("misuse-0.0", "a", False),
        ("misuse-0.0", "b", True),
        ("misuse-0.0", "c", True),
        ("misuse-0.0", "d", False),
    ]


def test_later_times_are_explained_where_something_bites_first():
    """What bites at a later time for the first time says so then, and only then."""
    assert told(says("a", to="misuse-0.0#", hold_s=1)) == [
        ("misuse-0.0", "a", False),
        ("misuse-0.0#1", "a", True),
    ]


def test_later_alerts_are_explained_where_they_fire_first():
    """An alert that fires at a later time for the first time says so then."""
    assert told(sees("a", of="misuse-0.0#2")) == [
        ("misuse-0.0", "a", False),
        ("misuse-0.0#2", "a", True),
    ]


def test_each_step_is_explained_in_full():
    """What has bitten on one step is told of the next as well."""
    plan = steps((attempt(),), (attempt(),))
    trail = play(says("a", hold_s=60), misuse=plan)

    assert [r.request for r in trail.of(Explained)] == ["misuse-0.0", "misuse-1.0"]


def test_a_way_is_open_or_not_for_the_whole_run():
    """A way that is open half the time is not found open by trying it often enough."""
    step = Step((attempt(possible=0.5),), times=20, every=Constant(60))
    tried = {
        len(play(seed=seed, misuse=evolve(misuse(), plan=(step,))).of(Requested))
        for seed in range(20)
    }

    assert tried == {0, 20}
