"""Who is stopped by a ceiling on what an employment may touch."""

import pytest

from simulator.controls import RoleEntitlement
from simulator.decisions import ALLOW, DENY
from simulator.scenario.misuse import Requirement
from simulator.scenario.organisation import Credential, Team
from tests.fakes import FakeView, a_request
from tests.scenes import BELOW, ORGANISATION, attempt, honest_work, misuse, scene
from tests.verdicts import ends, outcome

CONTRACTOR = FakeView(employments={"agent-1": "contractor"})
VENDOR = FakeView(employments={"agent-1": "vendor"})
EMPLOYEE = FakeView()

PLAIN = RoleEntitlement()
LOW = RoleEntitlement(up_to="ordinary")
EVERYBODY = RoleEntitlement(employments=("employee", "contractor", "vendor"))

VENDORS = (
    Team("desk", "agent", "vendor", "day", 2),
    *ORGANISATION.teams[1:],
)
LEADS_SECRET = Credential(
    "shared-leads", "shared-secret", ("console",), teams=("leads", "desk")
)

COLUMNS = ("control", "asked", "view", "decision", "fact")
ROWS = [
    # The top tier is above the ceiling of a contractor, and of nobody else.
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        CONTRACTOR,
        DENY,
        "contractor may touch targets below the top tier; this one is protected",
        id="contractor_deactivates_protected",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        EMPLOYEE,
        ALLOW,
        "employed as contractor or vendor; agent-1 is employed as employee",
        id="employee_deactivates_protected",
    ),
    # The tier below the top is within reach, of vendors too.
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        VENDOR,
        DENY,
        "this one is protected",
        id="vendor_deactivates_protected",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="business"),
        VENDOR,
        ALLOW,
        "this one is business",
        id="vendor_deactivates_business",
    ),
    # A ceiling that is given counts in place of the top tier, and belongs to what is
    # allowed.
    pytest.param(
        LOW,
        a_request(tier="business"),
        CONTRACTOR,
        DENY,
        "up to tier ordinary; this one is business",
        id="contractor_deactivates_above_low_ceiling",
    ),
    pytest.param(
        LOW,
        a_request(tier="ordinary"),
        CONTRACTOR,
        ALLOW,
        "up to tier ordinary; this one is ordinary",
        id="contractor_deactivates_at_low_ceiling",
    ),
    # Reading harms nothing.
    pytest.param(
        EVERYBODY,
        a_request(tier="protected"),
        EMPLOYEE,
        DENY,
        "employee may touch targets below the top tier",
        id="covered_employee_deactivates_protected",
    ),
    pytest.param(
        EVERYBODY,
        a_request(tier="protected", action="look-up"),
        EMPLOYEE,
        ALLOW,
        "look-up harms no target",
        id="covered_employee_reads_protected",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides(control, asked, view, decision, fact):
    """A harmful action above the ceiling of the employment is denied."""
    answer = control.decide(asked, view)

    assert decision == answer


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, view, decision, fact):
    """The sentence names the fact that decided."""
    sentence = control.explain(asked, view)

    assert fact in sentence


@pytest.mark.parametrize(
    "scenario",
    [
        pytest.param(scene(misuse=misuse()), id="contractor_means_it"),
        pytest.param(scene(misuse=misuse(intent="slip")), id="contractor_slips"),
        pytest.param(scene(misuse=misuse(), teams=VENDORS), id="vendor_means_it"),
        pytest.param(
            scene(misuse=misuse(attempt(through="colleague-session"))),
            id="contractor_sits_at_a_contractors_session",
        ),
    ],
)
def test_alone_changes_the_outcome(scenario):
    """People of some employments take a protected target down, but not with it."""
    assert ends(scenario) == ("missed", "")
    assert ends(scenario, PLAIN) == ("stopped", "role-entitlement")


@pytest.mark.parametrize(
    "scenario",
    [
        pytest.param(
            scene(misuse=misuse(who=Requirement(employment="employee", role="lead"))),
            id="employee_acts",
        ),
        pytest.param(
            scene(misuse=misuse(), targets=BELOW),
            id="contractor_acts_below_the_ceiling",
        ),
        pytest.param(
            scene(
                misuse=misuse(attempt(through="shared-secret")),
                credentials=(LEADS_SECRET,),
            ),
            id="contractor_uses_a_login_of_employees",
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario):
    """Employees, low tiers and a login of employees are under no ceiling."""
    assert ends(scenario, PLAIN) == ends(scenario) == ("missed", "")


def test_costs_contractors_their_work():
    """Contractors' honest work on the top tier is refused, that of others is not."""
    contractors = outcome(scene(desks=honest_work()), PLAIN).friction
    employees = outcome(scene(desks=honest_work(teams=("leads",))), PLAIN).friction

    assert contractors.refused == contractors.requests > 0
    assert employees.refused == 0 < employees.requests
