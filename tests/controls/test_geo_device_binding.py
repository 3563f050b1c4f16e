"""From which devices and places harm may be done."""

import pytest

from simulator.clock import HOUR
from simulator.controls import GeoDeviceBinding
from simulator.decisions import ALLOW, DENY, Challenge, Decision
from tests.fakes import FakeView, a_request
from tests.scenes import (
    BELOW,
    BESIDE,
    attempt,
    honest_work,
    misuse,
    scene,
)
from tests.verdicts import ends, outcome

AGENT = FakeView()
MISTAKEN = FakeView(within=frozenset({("geo-device-binding false blocks", "r1")}))

PLAIN = GeoDeviceBinding()
FROM_BUSINESS = GeoDeviceBinding(from_tier="business")
PLACE_ONLY = GeoDeviceBinding(needs_device=False)
DEVICE_ONLY = GeoDeviceBinding(needs_place=False)
NEITHER = GeoDeviceBinding(needs_device=False, needs_place=False)
STEP_UP = GeoDeviceBinding(fallback="step-up")
INSTANT_STEP_UP = GeoDeviceBinding(fallback="step-up", seconds=0)
RULED_WRONG = GeoDeviceBinding(false_block=0.01)
PROMPT = Decision(challenges=(Challenge("own-factor", 20, own_factor=True),))
INSTANT = Decision(challenges=(Challenge("own-factor", 0, own_factor=True),))


def asks(**changes):
    """Build a request on a protected target."""
    return a_request(**{"tier": "protected", **changes})


COLUMNS = ("control", "asked", "view", "decision", "fact")
ROWS = [
    # Both the device and the place must be known.
    pytest.param(
        PLAIN,
        asks(),
        AGENT,
        ALLOW,
        "the device is managed and the place usual, which is good enough",
        id="agent_acts_at_the_desk",
    ),
    pytest.param(
        PLAIN,
        asks(device="unknown"),
        AGENT,
        DENY,
        "the device is unknown and the place usual: refused",
        id="agent_acts_on_an_unknown_device",
    ),
    pytest.param(
        PLAIN,
        asks(place="elsewhere"),
        AGENT,
        DENY,
        "the device is managed and the place elsewhere: refused",
        id="agent_acts_from_elsewhere",
    ),
    pytest.param(
        PLAIN,
        asks(device="unknown", place="elsewhere"),
        AGENT,
        DENY,
        "the device is unknown and the place elsewhere: refused",
        id="outsider_acts",
    ),
    # Or one of them, or none.
    pytest.param(
        PLACE_ONLY,
        asks(device="unknown"),
        AGENT,
        ALLOW,
        "the device is unknown and the place usual, which is good enough",
        id="agent_acts_on_an_unknown_device_where_that_is_free",
    ),
    pytest.param(
        PLACE_ONLY,
        asks(place="elsewhere"),
        AGENT,
        DENY,
        "the place elsewhere: refused",
        id="agent_acts_from_elsewhere_where_the_device_is_free",
    ),
    pytest.param(
        DEVICE_ONLY,
        asks(place="elsewhere"),
        AGENT,
        ALLOW,
        "the place elsewhere, which is good enough",
        id="agent_acts_from_elsewhere_where_that_is_free",
    ),
    pytest.param(
        DEVICE_ONLY,
        asks(device="unknown"),
        AGENT,
        DENY,
        "the device is unknown and the place usual: refused",
        id="agent_acts_on_an_unknown_device_where_the_place_is_free",
    ),
    pytest.param(
        NEITHER,
        asks(device="unknown", place="elsewhere"),
        AGENT,
        ALLOW,
        "which is good enough",
        id="outsider_acts_where_nothing_is_needed",
    ),
    # What is not known may also be asked for the own factor.
    pytest.param(
        STEP_UP,
        asks(device="unknown"),
        AGENT,
        PROMPT,
        "the place usual: the own factor is asked for",
        id="agent_is_asked_for_the_factor",
    ),
    pytest.param(
        INSTANT_STEP_UP,
        asks(device="unknown"),
        AGENT,
        INSTANT,
        "the own factor is asked for",
        id="agent_is_asked_for_a_factor_that_takes_no_time",
    ),
    pytest.param(
        STEP_UP,
        asks(),
        AGENT,
        ALLOW,
        "which is good enough",
        id="agent_is_asked_for_nothing",
    ),
    # The tier is a setting, and reading harms nothing.
    pytest.param(
        PLAIN,
        asks(tier="business", device="unknown"),
        AGENT,
        ALLOW,
        "asks only for targets of tier protected; this one is business",
        id="agent_acts_on_business",
    ),
    pytest.param(
        FROM_BUSINESS,
        asks(tier="business", device="unknown"),
        AGENT,
        DENY,
        "refused",
        id="agent_acts_on_business_covered",
    ),
    pytest.param(
        FROM_BUSINESS,
        asks(tier="ordinary", device="unknown"),
        AGENT,
        ALLOW,
        "of tier business or above; this one is ordinary",
        id="agent_acts_below_the_tier",
    ),
    pytest.param(
        PLAIN,
        asks(action="look-up", device="unknown"),
        AGENT,
        ALLOW,
        "look-up harms no target",
        id="agent_reads_on_an_unknown_device",
    ),
    # Some sessions are taken for what they are not.
    pytest.param(
        RULED_WRONG,
        asks(),
        MISTAKEN,
        DENY,
        "the place usual, but the session is taken for unknown: refused",
        id="agent_is_mistaken",
    ),
    pytest.param(
        RULED_WRONG,
        asks(id="r2"),
        MISTAKEN,
        ALLOW,
        "which is good enough",
        id="agent_is_mistaken_on_another_request_only",
    ),
    pytest.param(
        PLAIN,
        asks(),
        MISTAKEN,
        ALLOW,
        "which is good enough",
        id="agent_is_never_mistaken",
    ),
    pytest.param(
        GeoDeviceBinding(false_block=1, fallback="step-up"),
        asks(),
        AGENT,
        PROMPT,
        "taken for unknown: the own factor is asked for",
        id="agent_is_always_mistaken",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides(control, asked, view, decision, fact):
    """Harm on a high tier needs a managed device in the usual place."""
    answer = control.decide(asked, view)

    assert decision == answer


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, view, decision, fact):
    """The sentence names the fact that decided."""
    sentence = control.explain(asked, view)

    assert fact in sentence


HOME = {"device": "unknown", "place": "elsewhere"}


def reached(through="own-session", *, at=9 * HOUR, targets=None, **session):
    """Build a scene in which somebody comes in from somewhere, mostly after work."""
    return scene(
        credentials=BESIDE,
        misuse=misuse(attempt(through=through, **session), at=at),
        targets=targets,
    )


@pytest.mark.parametrize(
    ("control", "scenario"),
    [
        pytest.param(PLAIN, reached("phished-login", **HOME), id="stolen_login"),
        pytest.param(PLAIN, reached("shared-secret", **HOME), id="shared_secret"),
        pytest.param(PLAIN, reached(**HOME), id="leaver_without_work_device"),
        pytest.param(
            PLAIN,
            reached("device", place="elsewhere"),
            id="work_device_in_another_place",
        ),
        pytest.param(
            STEP_UP, reached("phished-login", **HOME), id="stolen_login_lacks_factor"
        ),
    ],
)
def test_alone_changes_the_outcome(control, scenario):
    """Access that worked from anywhere works from known sessions only."""
    assert ends(scenario) == ("missed", "")
    assert ends(scenario, control) == ("stopped", "geo-device-binding")


@pytest.mark.parametrize(
    ("control", "scenario"),
    [
        # At a desk all is as expected, whoever sits there,
        pytest.param(PLAIN, reached(at=HOUR), id="at_the_own_desk"),
        pytest.param(
            PLAIN, reached("colleague-session", at=HOUR), id="at_a_colleagues_desk"
        ),
        # and so it is with a work device, where the place is right or not asked for.
        pytest.param(PLAIN, reached("device"), id="device_never_handed_back"),
        pytest.param(
            DEVICE_ONLY,
            reached("device", place="elsewhere"),
            id="device_never_handed_back_at_home",
        ),
        # A factor can be shown by its owner, or be relayed.
        pytest.param(STEP_UP, reached(**HOME), id="owner_of_the_factor"),
        pytest.param(
            STEP_UP,
            reached("phished-login", passes_factor=1.0, **HOME),
            id="factor_that_is_relayed",
        ),
        # Low tiers need no known session.
        pytest.param(PLAIN, reached(targets=BELOW, **HOME), id="below_the_tier"),
    ],
)
def test_what_it_does_not_stop_goes_through(control, scenario):
    """A session that is known, or made known, is as good as without the rule."""
    assert ends(scenario) == ends(scenario, control) == ("missed", "")


@pytest.mark.parametrize(
    ("control", "spell"),
    [
        pytest.param(PLAIN, {"elsewhere": 1.0}, id="on_the_road"),
        pytest.param(PLAIN, {"unmanaged": 1.0}, id="on_a_spare_device"),
        pytest.param(GeoDeviceBinding(false_block=1), {}, id="behind_a_wrong_rule"),
    ],
)
def test_refuses_honest_work(control, spell):
    """Honest work from an unusual session is refused on the tier."""
    work = scene(desks=honest_work(**spell))

    paid = outcome(work, control).friction

    assert outcome(work).friction.refused == 0
    assert paid.refused == paid.requests > 0
