"""What ends external workers' accounts, and how that is explained."""

import pytest
from attrs import evolve

from simulator.clock import DAY, HOUR, MINUTE
from simulator.controls import ContractorRegistrySync
from simulator.decisions import ALLOW, ExitOrder
from simulator.streams import Constant, Triangular
from tests.fakes import ACT, FakeView, a_departure, a_request
from tests.scenes import (
    AT_ONCE,
    BESIDE,
    NEVER_ENTERED,
    ORGANISATION,
    attempt,
    misuse,
    scene,
)
from tests.verdicts import ends

EXTERNAL = ("contractor", "vendor")
USUAL = Triangular(HOUR, DAY, 7 * DAY)
CONTRACTOR = {"agent-1": "contractor"}

PLAIN = ContractorRegistrySync()
WEEKLY = ContractorRegistrySync(told=Constant(2 * DAY), sync=7 * DAY)

BY_LIST = ExitOrder(
    "vendor-notice",
    Constant(0),
    "account",
    told=USUAL,
    every_s=DAY,
    employments=EXTERNAL,
    luck="contractor-registry-sync",
)


def lapse(seconds):
    """Build the order by which an unused account lapses."""
    return ExitOrder(
        "gone",
        Constant(seconds),
        "account",
        employments=EXTERNAL,
        luck="contractor-registry-sync expiry",
    )


@pytest.mark.parametrize(
    ("control", "orders"),
    [
        # The list ends the account,
        pytest.param(PLAIN, (BY_LIST,), id="by_the_list"),
        pytest.param(
            ContractorRegistrySync(
                told=Constant(2 * DAY), sync=HOUR, delay=Constant(60), missing=0.25
            ),
            (
                ExitOrder(
                    "vendor-notice",
                    Constant(60),
                    "account",
                    0.25,
                    Constant(2 * DAY),
                    HOUR,
                    employments=EXTERNAL,
                    luck="contractor-registry-sync",
                ),
            ),
            id="by_a_list_with_gaps",
        ),
        # and so does its age where there is a default; at once is a default, too.
        pytest.param(
            ContractorRegistrySync(default_expiry=45 * DAY),
            (BY_LIST, lapse(45 * DAY)),
            id="by_the_list_and_by_age",
        ),
        pytest.param(
            ContractorRegistrySync(default_expiry=0),
            (BY_LIST, lapse(0)),
            id="by_the_list_and_at_once",
        ),
    ],
)
def test_ends_accounts_of_external_workers(control, orders):
    """The vendor's list ends the account, and perhaps the default expiry does."""
    assert orders == control.exit_orders()


def test_settings_share_their_luck():
    """Two settings under other names draw alike, and the two orders do not."""
    control = ContractorRegistrySync(label="slow", default_expiry=DAY)

    names = ["contractor-registry-sync", "contractor-registry-sync expiry"]
    assert names == [order.luck for order in control.exit_orders()]


def test_copies_the_list_at_least_each_second():
    """An interval of nothing is refused."""
    with pytest.raises(ValueError, match="sync"):
        ContractorRegistrySync(sync=0)


def test_decides_nothing():
    """A request is never refused by it: it works through the end of the account."""
    view = FakeView(
        employments=CONTRACTOR, departures={"agent-1": a_departure(15 * HOUR)}
    )

    assert PLAIN.decide(a_request(tier="protected"), view) == ALLOW


@pytest.mark.parametrize(
    ("control", "view", "fact"),
    [
        # It is for external workers alone.
        pytest.param(
            PLAIN,
            FakeView(departures={"agent-1": a_departure(15 * HOUR)}),
            "people employed as contractor or vendor; this one is employee",
            id="employee_has_left",
        ),
        pytest.param(
            PLAIN,
            FakeView(employments={"agent-1": "vendor"}),
            "the vendor tells of a leaver",
            id="person_of_a_vendor_acts",
        ),
        # The own registry need not know of it,
        pytest.param(
            PLAIN,
            FakeView(employments=CONTRACTOR),
            "the vendor tells of a leaver 2 d 16 h on average after notice and its "
            "list is copied every 1 d; nothing ends the account so far",
            id="contractor_is_not_entered",
        ),
        pytest.param(
            WEEKLY,
            FakeView(employments=CONTRACTOR),
            "2 d on average after notice and its list is copied every 7 d",
            id="contractor_on_a_weekly_list",
        ),
        pytest.param(
            PLAIN,
            FakeView(employments=CONTRACTOR, accounts_end={"agent-1": 16 * HOUR}),
            "the account ends at 16:00, 10 min after the act",
            id="contractor_acts_before_the_account_ends",
        ),
        pytest.param(
            PLAIN,
            FakeView(employments=CONTRACTOR, accounts_end={"agent-1": 15 * HOUR}),
            "the account ends at 15:00, 50 min before the act",
            id="contractor_acts_after_the_account_has_ended",
        ),
        # and where it does, nothing ends before the separation.
        pytest.param(
            PLAIN,
            FakeView(
                employments=CONTRACTOR, departures={"agent-1": a_departure(ACT + 1)}
            ),
            "acts only from the separation at 15:50, 1 s after the act",
            id="contractor_acts_a_second_before_separation",
        ),
        pytest.param(
            PLAIN,
            FakeView(employments=CONTRACTOR, departures={"agent-1": a_departure(ACT)}),
            "nothing ends the account so far",
            id="contractor_acts_at_separation",
        ),
        pytest.param(
            PLAIN,
            FakeView(
                employments=CONTRACTOR,
                departures={"agent-1": a_departure(ACT + MINUTE, known_from=ACT + 1)},
            ),
            "the vendor tells of a leaver",
            id="contractor_is_entered_a_second_later",
        ),
    ],
)
def test_explains(control, view, fact):
    """The sentence names the way of the end date, and the end of the account."""
    sentence = control.explain(a_request(), view)

    assert fact in sentence


TOLD = ContractorRegistrySync(told=AT_ONCE, sync=HOUR, delay=Constant(MINUTE))
LAPSING = evolve(TOLD, missing=1, default_expiry=HOUR)


def comes_back(*, at=10 * HOUR, through="own-session", employment="contractor"):
    """Build a scene in which somebody whom no registry shows comes back.

    The vendor may know of it from the start, and the separation is at 8 h.
    """
    crew, *others = ORGANISATION.teams
    return scene(
        registries=NEVER_ENTERED,
        teams=(evolve(crew, employment=employment), *others),
        credentials=BESIDE,
        misuse=misuse(attempt(through=through), at=at),
    )


@pytest.mark.parametrize(
    ("control", "scenario"),
    [
        pytest.param(TOLD, comes_back(), id="contractor"),
        pytest.param(TOLD, comes_back(employment="vendor"), id="person_of_a_vendor"),
        pytest.param(LAPSING, comes_back(), id="vendor_says_nothing_but_it_lapses"),
    ],
)
def test_alone_changes_the_outcome(control, scenario):
    """The own account of whom only the vendor's list shows ends with the job."""
    assert ends(scenario) == ("missed", "")
    assert ends(scenario, control) == ("stopped", "contractor-registry-sync")


@pytest.mark.parametrize(
    ("control", "scenario"),
    [
        # Nothing ends before the job does, or before the vendor tells of it,
        pytest.param(TOLD, comes_back(at=7 * HOUR), id="before_the_separation"),
        pytest.param(
            evolve(TOLD, told=Constant(11 * HOUR)),
            comes_back(),
            id="before_the_vendor_tells",
        ),
        pytest.param(
            evolve(TOLD, missing=1), comes_back(), id="vendor_who_never_tells"
        ),
        # and then the account ends, and nothing beside it,
        pytest.param(
            TOLD, comes_back(through="device"), id="session_kept_open_on_a_work_device"
        ),
        pytest.param(TOLD, comes_back(through="api-key"), id="key"),
        pytest.param(TOLD, comes_back(through="shared-secret"), id="shared_secret"),
        pytest.param(TOLD, comes_back(through="shadow-account"), id="ownerless"),
        # of those who have a vendor.
        pytest.param(TOLD, comes_back(employment="employee"), id="employee"),
        pytest.param(LAPSING, comes_back(employment="employee"), id="no_lapse_either"),
    ],
)
def test_what_it_does_not_stop_goes_through(control, scenario):
    """Whatever the vendor's list does not end goes on working."""
    assert ends(scenario) == ends(scenario, control) == ("missed", "")
