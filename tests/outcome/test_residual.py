"""Residual access: every way in of every leaver, from separation on."""

import pytest
from attrs import evolve

from simulator.clock import HOUR, Moment
from simulator.outcome import Residual, measure
from simulator.scenario.organisation import Credential, Leaving
from simulator.trail import Contained
from tests.outcome.trail_builders import (
    FIVE,
    HORIZON,
    NOON,
    a_scenario,
    a_trail,
    alarm,
    an_organisation,
    did,
    ended,
    left,
)

KEY = Credential("deploy", "api-key", ("console",), staff=("leaver",))
SECRET = Credential("night-login", "shared-secret", ("console", "vpn"), ("desk",))
GHOST = Credential("old-admin", "shadow-account", ("vpn",))


def residual(*records, credentials=()):
    """Measure residual access, as (system, way) -> seconds of the leaver."""
    organisation = an_organisation(credentials=credentials)
    trail = a_trail(*records)
    found = measure(trail, a_scenario(organisation=organisation)).times.residual
    return {(left.system, left.way): left.seconds for left in found}


def account(*records):
    """Measure what is left of the leaver's own login to the console."""
    return residual(*records)["console", "account"]


def test_nothing_left_behind_is_nothing_residual():
    """A way in that the records do not name at separation has no residual access."""
    found = measure(a_trail(), a_scenario()).times.residual

    assert found == (
        Residual("leaver", "console", "account", 0),
        Residual("leaver", "vpn", "account", 0),
    )


@pytest.mark.parametrize(
    ("records", "seconds"),
    [
        pytest.param([ended(FIVE - HOUR)], 0, id="before-separation"),
        pytest.param([left(), ended(FIVE)], 0, id="in-its-second"),
        pytest.param([left(), ended(FIVE + HOUR)], HOUR, id="later"),
        pytest.param([left(), ended(FIVE + HOUR, "vpn")], None, id="elsewhere"),
        pytest.param([left()], None, id="never"),
        pytest.param(
            [left(), ended(FIVE + 9), ended(FIVE + 300, what="session")],
            300,
            id="a-session-outlives-the-account",
        ),
        pytest.param(
            [left(), ended(FIVE + 9, what="session")],
            None,
            id="a-session-can-be-opened-again",
        ),
        pytest.param(
            [ended(NOON), left(what="sessions"), ended(FIVE + 60, what="session")],
            60,
            id="only-a-session-was-left",
        ),
    ],
)
def test_the_own_login_lasts_to_the_last_of_account_and_sessions(records, seconds):
    """Residual access counts from separation until nobody can get in any more."""
    assert account(*records) == seconds


@pytest.mark.parametrize(
    ("records", "seconds"),
    [
        pytest.param([], 0, id="given-back"),
        pytest.param([left("console", "api-key", "deploy")], None, id="never"),
        pytest.param(
            [
                left("console", "api-key", "deploy"),
                ended(FIVE + 90, "console", "api-key", "deploy"),
            ],
            90,
            id="revoked",
        ),
        pytest.param(
            [
                left("console", "api-key", "deploy"),
                ended(FIVE + 90, "console", "api-key", "another"),
                ended(FIVE + 90),
            ],
            None,
            id="others-ended",
        ),
    ],
)
def test_a_key_lasts_until_it_is_revoked(records, seconds):
    """A credential is a way of its own, ended by its own end alone."""
    found = residual(*records, credentials=(KEY,))

    assert found["console", "api-key deploy"] == seconds


def test_every_system_of_a_credential_is_a_way_in():
    """A shared secret of the leaver's team counts on each system that it opens."""
    records = [left("vpn", "shared-secret", "night-login")]

    found = residual(*records, credentials=(SECRET, KEY))

    assert found["console", "shared-secret night-login"] == 0
    assert found["vpn", "shared-secret night-login"] is None


def test_an_account_that_nobody_owns_counts_from_the_start():
    """A shadow account without a leaver stands for itself, from second 0."""
    ghost = left("vpn", "shadow-account", "old-admin", staff="old-admin", at=0)
    gone = ended(HOUR, "vpn", "shadow-account", "old-admin", staff="old-admin")
    way = ("vpn", "shadow-account old-admin")

    assert residual(credentials=(GHOST,))[way] == 0
    assert residual(ghost, gone, credentials=(GHOST,))[way] == HOUR


def test_who_left_before_the_start_has_had_access_since_then():
    """A separation before the scenario counts, though it is written at its start."""
    organisation = an_organisation()
    (person,) = organisation.staff
    early = evolve(person, leaving=Leaving(Moment(-HOUR), Moment(-HOUR)))
    scenario = a_scenario(organisation=evolve(organisation, staff=(early,)))

    trail = a_trail(left(at=0), ended(60))

    assert measure(trail, scenario).times.residual[0].seconds == HOUR + 60


def test_containment_for_good_ends_every_way_under_the_own_name():
    """The response ends login and key; a wrong suspicion is given back."""
    key = left("console", "api-key", "deploy")
    wrongly = Contained(FIVE + 30, "leaver", "monitor/act-1", FIVE + 40)
    contained = Contained(FIVE + 60, "leaver", "monitor/misuse-0.0", HORIZON)
    alarms = [*did(), *alarm(NOON), *alarm(NOON, about="act-1")]

    found = residual(left(), key, alarms, wrongly, contained, credentials=(KEY,))

    assert found["console", "account"] == 60
    assert found["console", "api-key deploy"] == 60


def test_a_shared_secret_goes_by_its_own_name():
    """Ending the person's access leaves the shared secret; ending its own does not."""
    secret = left("vpn", "shared-secret", "night-login")
    person = Contained(FIVE + 60, "leaver", "x", HORIZON)
    login = Contained(FIVE + 99, "night-login", "x", HORIZON)
    way = ("vpn", "shared-secret night-login")

    assert residual(secret, person, credentials=(SECRET,))[way] is None
    assert residual(secret, person, login, credentials=(SECRET,))[way] == 99


def test_who_leaves_later_has_not_left():
    """A separation at the horizon or later leaves no residual access to measure."""
    scenario = a_scenario()
    early = a_trail()
    trail = type(early)(
        (*early.records[:-1], type(early.records[-1])(FIVE, (), 0, 0, 1))
    )

    assert measure(trail, scenario).times.residual == ()
