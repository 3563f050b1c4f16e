"""What reviews end of those who are gone, and how that is explained."""

import pytest
from attrs import evolve

from simulator.clock import DAY, HOUR, MINUTE
from simulator.controls import AccessReview
from simulator.decisions import ALLOW, ExitOrder
from simulator.scenario.misuse import Requirement
from simulator.streams import Constant, Triangular
from tests.fakes import ACT, FakeView, a_departure, a_request
from tests.scenes import AT_ONCE, BESIDE, attempt, misuse, scene
from tests.verdicts import ends

AGENT = FakeView()

PLAIN = AccessReview()
DAILY = AccessReview(interval=DAY, diligence=0.25)
ON_VPN = AccessReview(systems=("vpn", "database"))

ACCOUNTS = ExitOrder(
    "gone",
    Triangular(HOUR, DAY, 7 * DAY),
    "account",
    failure=pytest.approx(0.1),
    every_s=90 * DAY,
    again=True,
    luck="access-review account",
)
KEYS = evolve(ACCOUNTS, ends="api-key", luck="access-review api-key")
SHADOWS = evolve(ACCOUNTS, ends="shadow-account", luck="access-review shadow-account")


@pytest.mark.parametrize(
    ("control", "orders"),
    [
        # Every quarter it goes over all that a leaver may still have,
        pytest.param(PLAIN, (ACCOUNTS, KEYS, SHADOWS), id="everything"),
        # or over some kinds of it only,
        pytest.param(AccessReview(scope=("api-key",)), (KEYS,), id="keys"),
        pytest.param(AccessReview(scope=()), (), id="nothing"),
        # and how often, how fast and where are settings.
        pytest.param(
            AccessReview(
                interval=DAY, delay=Constant(60), scope=("account",), systems=("vpn",)
            ),
            (evolve(ACCOUNTS, every_s=DAY, delay=Constant(60), systems=("vpn",)),),
            id="accounts_every_day",
        ),
    ],
)
def test_ends_what_is_left(control, orders):
    """Each kind of access in scope ends at a review, tried again and again."""
    assert orders == control.exit_orders()


@pytest.mark.parametrize(
    ("control", "failure"),
    [
        # Who answers may not look,
        pytest.param(AccessReview(diligence=0.75), 0.25, id="looks_mostly"),
        pytest.param(AccessReview(diligence=1), 0, id="looks_always"),
        pytest.param(AccessReview(diligence=0), 1, id="looks_never"),
        # and who does not answer ends the access, or leaves it.
        pytest.param(
            AccessReview(diligence=0.75, answers=0.5), 0.125, id="half_lapses"
        ),
        pytest.param(
            AccessReview(diligence=0.75, answers=0.5, unconfirmed="keep"),
            0.625,
            id="half_is_kept",
        ),
        pytest.param(AccessReview(answers=0), 0, id="all_lapses"),
        pytest.param(AccessReview(answers=0, unconfirmed="keep"), 1, id="all_is_kept"),
        pytest.param(
            AccessReview(diligence=0.75, unconfirmed="keep"), 0.25, id="all_answer"
        ),
    ],
)
def test_overlooks(control, failure):
    """A look fails where an owner confirms in error, or where silence keeps access."""
    assert {failure} == {order.failure for order in control.exit_orders()}


def test_settings_share_their_luck():
    """Two settings under other names draw alike."""
    orders = AccessReview(label="yearly", interval=365 * DAY).exit_orders()

    assert [order.luck for order in PLAIN.exit_orders()] == [o.luck for o in orders]


def test_decides_nothing():
    """A request is never refused by it: it works through the end of access."""
    view = FakeView(departures={"agent-1": a_departure(15 * HOUR)})

    assert PLAIN.decide(a_request(tier="protected"), view) == ALLOW


@pytest.mark.parametrize(
    ("control", "asked", "view", "fact"),
    [
        # Whoever is gone is found at one of the reviews that follow,
        pytest.param(
            PLAIN,
            a_request(),
            AGENT,
            "account, api-key, shadow-account is reviewed every 90 d, and who is gone "
            "is found with a chance of 90% each time; nothing ends the account so far",
            id="leaver_nobody_entered",
        ),
        pytest.param(
            DAILY,
            a_request(),
            AGENT,
            "is reviewed every 1 d, and who is gone is found with a chance of 25%",
            id="leaver_is_looked_for_every_day",
        ),
        pytest.param(
            AccessReview(answers=0.5, unconfirmed="keep", scope=("api-key",)),
            a_request(),
            AGENT,
            "api-key is reviewed every 90 d, and who is gone is found with a chance "
            "of 45% each time",
            id="leaver_whose_owner_may_not_answer",
        ),
        pytest.param(
            DAILY,
            a_request(),
            FakeView(accounts_end={"agent-1": DAY}),
            "the account ends at day 2 00:00, 8 h 10 min after the act",
            id="leaver_whose_account_a_review_ends",
        ),
        # but not before being gone,
        pytest.param(
            PLAIN,
            a_request(),
            FakeView(departures={"agent-1": a_departure(ACT + 1)}),
            "acts only from the separation at 15:50, 1 s after the act",
            id="leaver_acts_a_second_before_separation",
        ),
        pytest.param(
            PLAIN,
            a_request(),
            FakeView(departures={"agent-1": a_departure(ACT)}),
            "is reviewed every 90 d",
            id="leaver_acts_at_separation",
        ),
        # nor where nobody reviews.
        pytest.param(
            ON_VPN,
            a_request(system="console"),
            AGENT,
            "reaches only vpn, database, not console",
            id="somebody_on_another_system",
        ),
        pytest.param(
            ON_VPN,
            a_request(system="database"),
            AGENT,
            "is reviewed every 90 d",
            id="somebody_on_a_system_reviewed",
        ),
        pytest.param(
            AccessReview(scope=()),
            a_request(),
            AGENT,
            "nothing is reviewed every 90 d",
            id="reviews_without_scope",
        ),
    ],
)
def test_explains(control, asked, view, fact):
    """The sentence names the interval, the chance and the end of the account."""
    sentence = control.explain(asked, view)

    assert fact in sentence


SOON = 8 * HOUR + 30 * MINUTE
LATER = 4 * DAY
THOROUGH = AccessReview(interval=DAY, diligence=1, delay=AT_ONCE)


def forgotten(*, at=LATER, through="own-session", who=None):
    """Build a scene in which somebody still comes in, mostly one long gone."""
    return scene(
        horizon=5 * DAY,
        credentials=BESIDE,
        misuse=misuse(attempt(through=through), at=at, who=who),
    )


@pytest.mark.parametrize("through", ["own-session", "api-key", "shadow-account"])
def test_alone_changes_the_outcome(through):
    """What was forgotten for days when somebody left is gone after a review."""
    left = forgotten(through=through)

    assert ends(left) == ("missed", "")
    assert ends(left, THOROUGH) == ("stopped", "access-review")


def test_silence_ends_access():
    """Where no owner answers, what nobody confirms lapses."""
    left, silent = forgotten(), evolve(THOROUGH, diligence=0, answers=0)

    assert ends(left, silent) == ("stopped", "access-review")


@pytest.mark.parametrize(
    ("control", "scenario"),
    [
        # A review comes when it comes,
        pytest.param(PLAIN, forgotten(at=SOON), id="before_the_next_review"),
        # for those who are gone,
        pytest.param(
            THOROUGH,
            forgotten(who=Requirement(role="lead")),
            id="somebody_who_still_works_there",
        ),
        # if the owner looks, or answers at all,
        pytest.param(
            evolve(THOROUGH, diligence=0), forgotten(), id="confirmed_without_a_look"
        ),
        pytest.param(
            evolve(THOROUGH, answers=0, unconfirmed="keep"),
            forgotten(),
            id="kept_where_nobody_answers",
        ),
        # and if there is a list that shows it.
        pytest.param(
            THOROUGH, forgotten(through="shared-secret"), id="shared_secret_on_no_list"
        ),
        pytest.param(
            evolve(THOROUGH, scope=("account",)),
            forgotten(through="api-key"),
            id="key_out_of_scope",
        ),
        pytest.param(
            evolve(THOROUGH, systems=("vpn",)), forgotten(), id="system_not_reviewed"
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(control, scenario):
    """Whatever no review has ended works as if there were none."""
    assert ends(scenario) == ends(scenario, control) == ("missed", "")
