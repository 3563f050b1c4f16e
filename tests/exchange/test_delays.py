"""How access is removed, for each system and employment, and what is pooled."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.clock import DAY, HOUR
from simulator.exchange.delays import (
    OTHER_SYSTEMS,
    SYSTEMS_MAX,
    fewer_systems,
    removals,
)
from simulator.exchange.fitting import FEW
from simulator.exchange.leavers import Lasted
from simulator.streams import Constant, Empirical


def accesses(count, system="vpn", employment="employee", *, first=HOUR, early=None):
    """Return accesses that lasted an hour, two hours and so on."""
    return [
        Lasted(system, employment, first * n, first * n, early)
        if early is None
        else Lasted(system, employment, 0, 0, early)
        for n in range(1, count + 1)
    ]


def told(lasted, employments=("employee", "contractor")):
    """Return system, employments, pooling and cases of each removal."""
    return [
        (one.system, one.employments, one.pooled, one.cases)
        for one in removals(lasted, employments)
    ]


def test_enough_cases_stand_on_their_own():
    """Eight accesses of an employment are fitted by themselves."""
    lasted = [*accesses(FEW), *accesses(FEW, employment="contractor")]

    assert told(lasted) == [
        ("vpn", ("contractor",), "", FEW),
        ("vpn", ("employee",), "", FEW),
    ]


def test_few_cases_of_an_employment_are_pooled():
    """Seven are not enough: all employments of the system are taken together."""
    lasted = [*accesses(FEW), *accesses(FEW - 1, employment="contractor")]

    assert told(lasted) == [
        ("vpn", ("employee",), "", FEW),
        ("vpn", ("contractor",), "all employments", 2 * FEW - 1),
    ]


def test_few_cases_of_a_system_are_pooled():
    """A system with few cases is removed as all systems are."""
    lasted = [*accesses(FEW), *accesses(2, "okta")]

    assert told(lasted, ("employee",)) == [
        ("okta", ("employee",), "all systems", FEW + 2),
        ("vpn", ("employee",), "", FEW),
    ]


def test_an_employment_the_log_lacks_is_pooled():
    """Vendors work there and none is in the log: they are like all others."""
    assert told(accesses(FEW), ("employee", "vendor")) == [
        ("vpn", ("employee",), "", FEW),
        ("vpn", ("vendor",), "all employments", FEW),
    ]


def test_without_employments_it_is_about_everybody():
    """A log that tells no employment makes one removal of each system."""
    assert told(accesses(3, employment=None)) == [("vpn", (), "", 3)]


def test_early_removals_are_a_share_of_their_own():
    """A quarter removed before the day was over does not enter the fit."""
    lasted = [*accesses(15), *accesses(5, early=1800)]
    (removal,) = removals(lasted, ("employee",))

    assert removal.early_share == 0.25
    assert removal.early_delay == Constant(1800)
    assert removal.fit.ended == 15
    assert removal.observed[0] == 5 * HOUR  # the 10th of 20, five being zero
    assert removal.said == "20 accesses, 5 removed before the last day was over"


def test_early_removals_keep_their_spread():
    """Up to nine times are taken as they are, more as their deciles."""
    nine = [Lasted("vpn", None, 0, 0, 60 * n) for n in range(9)]
    many = [Lasted("vpn", None, 0, 0, 60 * n) for n in range(100)]

    assert removals(nine, ())[0].early_delay == Empirical([60 * n for n in range(9)])
    assert removals(many, ())[0].early_delay == Empirical(
        [60 * n for n in (9, 19, 29, 39, 49, 59, 69, 79, 89)]
    )


@pytest.mark.parametrize(
    ("early", "open_ones", "fitted"),
    [(20, 0, (0, 0)), (0, 20, (inf, inf)), (12, 8, (0, inf))],
)
def test_shares_at_the_ends(early, open_ones, fitted):
    """All early, none at all, or nothing in between."""
    lasted = [
        *(Lasted("vpn", None, 0, 0, 0) for _ in range(early)),
        *(Lasted("vpn", None, DAY, inf) for _ in range(open_ones)),
    ]
    (removal,) = removals(lasted, ())

    assert removal.fit.distribution is None
    assert removal.fitted == removal.observed == fitted


def test_very_many_systems_become_fewer():
    """The rarest are taken together, and none is lost."""
    lasted = [
        one
        for number in range(SYSTEMS_MAX + 10)
        for one in accesses(2 + (number < 3), f"system-{number}")
    ]
    fewer = fewer_systems(lasted)

    assert len({one.system for one in fewer}) == SYSTEMS_MAX
    assert len(fewer) == len(lasted)
    assert sum(one.system == OTHER_SYSTEMS for one in fewer) == 22


some = st.builds(
    lambda system, employment, hours, early, is_open: Lasted(
        system,
        employment,
        0 if early else hours * HOUR,
        0 if early else inf if is_open else hours * HOUR,
        60 if early else None,
    ),
    st.sampled_from(["vpn", "okta", "crm"]),
    st.sampled_from(["employee", "contractor", None]),
    st.integers(1, 2_000),
    st.booleans(),
    st.booleans(),
)


@given(st.lists(some, min_size=1, max_size=40))
def test_every_system_and_employment_is_removed_once(lasted):
    """Whoever leaves is covered on every system of the log, by one removal."""
    found = removals(lasted, ("employee", "vendor"))
    covered = [(one.system, kind) for one in found for kind in one.employments or ("",)]

    assert len(covered) == len({*covered})
    assert {one.system for one in found} == {one.system for one in lasted}
    per_system = len(covered) / len({one.system for one in found})
    kinds = {"employee", "vendor"} | {o.employment for o in lasted if o.employment}
    has_kinds = any(one.employment for one in lasted)
    assert per_system == (len(kinds) if has_kinds else 1)
