"""Workers become teams, shifts and leavers, and every one is accounted for."""

import pytest

from simulator.clock import DAY
from simulator.errors import LastdayError
from simulator.exchange import people
from simulator.exchange.dates import day_of
from simulator.exchange.drafting import Answers
from simulator.exchange.people import OTHER_ROLES, OTHERS, SHIFTS_MAX, TEAMS_MAX
from tests.exchange.lists import drafted

HEADER = "id,team,role,employment,start,last day,zone\n"
AS_OF = day_of("2024-06-05")


def crew(tmp_path, *rows, answers=None, roster=None):
    """Draft the people of a staff list as of a Wednesday."""
    told = {"staff": HEADER + "".join(f"{row}\n" for row in rows), "as_of": AS_OF}
    if roster is not None:
        told["roster"] = roster
    return drafted(tmp_path, answers, **told).crew


def sizes(found):
    """Return the size of each team."""
    return {team.id: team.size for team in found.teams}


def test_people_alike_are_counted(tmp_path):
    """Team, role, employment and shift make a team; the name says what differs."""
    found = crew(
        tmp_path,
        "1,care,agent,employee,,,UTC",
        "2,Care,Agent,Permanent,,,UTC",
        "3,care,agent,contractor,,,UTC",
        "4,desk,agent,employee,,,UTC",
    )

    assert sizes(found) == {"care-employee": 2, "care-contractor": 1, "desk": 1}


def test_a_zone_of_their_own_is_a_shift_of_their_own(tmp_path):
    """Office hours in Manila are not those of Dublin."""
    found = crew(
        tmp_path,
        "1,care,agent,employee,,,Europe/Dublin",
        "2,care,agent,employee,,,Europe/Dublin",
        "3,care,agent,employee,,,Asia/Manila",
    )

    assert sizes(found) == {"care-office": 2, "care-office-manila": 1}
    assert [shift.pattern.zone for shift in found.shifts] == ["", "Asia/Manila"]


@pytest.mark.parametrize(
    ("start", "last", "fate"),
    [
        ("", "", "in teams"),
        ("2020-01-01", "2030-01-01", "in teams"),
        ("2024-06-03", "", "in teams"),
        ("2024-06-04", "", "not there yet"),
        ("", "2024-05-19", "gone before"),
        ("", "2024-05-20", "leavers by themselves"),
        ("", "2024-06-03", "leavers by themselves"),
        ("", "2024-07-14", "leavers by themselves"),
        ("", "2024-07-15", "in teams"),
    ],
)
def test_what_becomes_of_somebody(tmp_path, start, last, fate):
    """First and last day decide, to the day: the week of 5 June begins on the 3rd."""
    found = crew(
        tmp_path, f"1,care,agent,employee,{start},{last},", "2,care,agent,employee,,,"
    )

    others = {"in teams": 1}
    wanted = others | {fate: others.get(fate, 0) + 1}
    assert {what: n for what, n in found.fates.items() if n} == wanted


def test_leavers_come_on_top_of_their_team(tmp_path):
    """A leaver is not counted twice, and goes by number and line, not by id."""
    found = crew(
        tmp_path,
        "jane.doe,care,agent,employee,,2024-06-14,",
        "2,care,agent,employee,,,",
        "3,care,agent,employee,,2024-06-07,",
    )

    assert sizes(found) == {"care": 1}
    assert [(one.id, one.line) for one in found.leavers] == [
        ("leaver-1", 4),
        ("leaver-2", 2),
    ]


def test_a_team_called_leaver_keeps_its_people(tmp_path):
    """The first of a team "leaver" would be called as the first leaver."""
    found = crew(tmp_path, "1,leaver,agent,employee,,2024-06-14,", "2,leaver,agent,,,,")

    assert found.leavers[0].id == "departing-1"


def test_more_leavers_than_asked_for_are_counted(tmp_path):
    """The nearest are told one by one; the others stay in their teams, or are gone."""
    found = crew(
        tmp_path,
        "1,care,agent,employee,,2024-06-14,",
        "2,care,agent,employee,,2024-07-10,",
        "3,care,agent,employee,,2024-06-01,",
        answers=Answers(leavers_max=1),
    )

    assert [one.line for one in found.leavers] == [2]
    assert found.fates == {
        "in teams": 1,
        "leavers by themselves": 1,
        "gone before": 1,
        "not there yet": 0,
    }


def test_whoever_may_do_it_is_told_first(tmp_path):
    """Of more leavers than asked for, those with an entitlement are kept."""
    found = crew(
        tmp_path,
        "1,care,chef,employee,,2024-06-06,",
        "2,care,support agent,employee,,2024-06-14,",
        "3,care,support agent,employee,,2024-07-10,",
        answers=Answers(leavers_max=1),
    )

    assert [one.line for one in found.leavers] == [3]


@pytest.mark.parametrize(
    ("roles", "privileged"),
    [
        (("Support Agent", "Accountant"), ("support-agent",)),
        (("IT Operations Lead", "Chef"), ("it-operations-lead",)),
        (("Chef", "Waiter"), ("chef", "waiter")),
    ],
)
def test_privileged_roles_are_guessed_by_their_names(tmp_path, roles, privileged):
    """Where no name tells, everybody may do it: that never flatters."""
    rows = [f"{n},care,{role},employee,,," for n, role in enumerate(roles)]

    assert crew(tmp_path, *rows).privileged == privileged


def test_privileged_roles_can_be_named(tmp_path):
    """What the user says counts; a role that nobody has is a mistake."""
    rows = ("1,care,Support Agent,employee,,,", "2,care,Chef,employee,,,")

    assert crew(tmp_path, *rows, answers=Answers(privileged=("chef",))).privileged == (
        "chef",
    )
    with pytest.raises(LastdayError, match=r"no such role \('cook'\); known: chef"):
        crew(tmp_path, *rows, answers=Answers(privileged=("Cook",)))


def test_very_many_teams_become_fewer(tmp_path):
    """The smallest are taken together, those of privileged roles last; none is lost."""
    rows = [f"{n},team {n},job {n},employee,,," for n in range(3 * TEAMS_MAX)]
    rows += ["a,small team,System Administrator,employee,,,"]
    found = crew(tmp_path, *rows)

    assert len(found.teams) == TEAMS_MAX + 1
    assert sum(team.size for team in found.teams) == len(rows)
    assert "small-team" in sizes(found)
    assert found.merged == {"teams": 2 * TEAMS_MAX + 1}
    assert found.privileged == ("system-administrator",)
    assert {t.role for t in found.teams if t.id == OTHERS} == {OTHER_ROLES}


def test_a_very_large_team_becomes_several(tmp_path, monkeypatch):
    """A file takes so many people in one team; none is lost."""
    monkeypatch.setattr(people, "SIZE_MAX", 3)
    found = crew(tmp_path, *(f"{n},care,agent,employee,,," for n in range(7)))

    assert sizes(found) == {"care": 3, "care-x2": 3, "care-x3": 1}


def test_very_many_shifts_become_fewer(tmp_path):
    """The rarest hours give way to the most common ones; none is lost."""
    count = 2 * SHIFTS_MAX
    rows = [f"{n},care,agent,employee,,," for n in range(count)]
    hours = [f"{n},daily,{n % 24:02d}:{n // 24:02d},23:59" for n in range(count)]
    roster = "id,days,start,end\n" + "\n".join(hours)
    found = crew(tmp_path, *rows, roster=roster)

    assert len(found.shifts) == SHIFTS_MAX
    assert sum(team.size for team in found.teams) == count
    assert found.merged == {"shifts": count - SHIFTS_MAX}


def test_shifts_are_called_as_in_the_roster(tmp_path):
    """A shift keeps its name and tells where it comes from."""
    rows = ("1,care,agent,employee,,,UTC", "2,desk,agent,employee,,,UTC")
    roster = "team,shift,days,start,end\ncare,Früh,Mon-Fri,06:00,14:00\n"
    found = crew(tmp_path, *rows, roster=roster)

    assert {(shift.id, shift.source) for shift in found.shifts} == {
        ("fruh", "roster.csv"),
        ("office", ""),
    }


def test_a_horizon_of_its_own_moves_what_is_near(tmp_path):
    """A longer simulated time names leavers further ahead."""
    row = "1,care,agent,employee,,2024-08-30,"
    long = Answers(horizon=90 * DAY)

    assert len(crew(tmp_path, row, answers=long).leavers) == 1
    assert crew(tmp_path, row).leavers == ()
