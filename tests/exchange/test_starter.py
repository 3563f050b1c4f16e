"""The starter file: it loads, it plays, and it says where everything comes from."""

from pathlib import Path

import pytest

from simulator import measure, simulate
from simulator.catalogue import SHELVES
from simulator.clock import DAY
from simulator.exchange.dates import day_of
from simulator.exchange.drafting import Answers, draft
from simulator.exchange.lists import Asked, open_lists, read_lists
from simulator.exchange.starter import write
from simulator.outcome import VERDICTS
from simulator.scenario.loading import parse
from tests.exchange.lists import drafted, started

LISTS = Path(__file__).parents[2] / "scenarios" / "examples" / "lists"
GOLDEN = Path(__file__).parent / "golden" / "photo-desk.yaml"
STAFF = """\
id,name,team,role,employment,start,last day,zone
jane.doe,Jane Doe,care,support agent,employee,2020-01-01,,Europe/Dublin
john.roe,John Roe,care,support agent,contractor,2020-01-01,2024-06-14,Europe/Dublin
amy.poe,Amy Poe,desk,chef,vendor,2020-01-01,2024-06-13,Asia/Manila
"""


def example():
    """Write the starter of the example lists."""
    paths = {kind: LISTS / f"{kind}.csv" for kind in ("staff", "roster", "leavers")}
    asked = Asked(paths=paths)
    lists = read_lists(asked, open_lists(asked))
    return write(draft(Answers(name="photo-platform"), lists))


def played(text):
    """Load a starter and play one run of it."""
    scenario = parse(text, "starter.yaml", SHELVES).variant()
    trail = simulate(scenario, scenario.organisation.posture, 1)
    return scenario, measure(trail, scenario)


def sources(scenario):
    """Return the sources of all numbers that have one."""
    return {n.source for n in scenario.provenance if n.tag == "D"}


def test_the_example_is_written_as_stored(golden):
    """The starter of the example lists is the stored one, to the letter."""
    golden(GOLDEN, example())


def test_the_example_plays():
    """A leaver of the lists does it on the last shift, and somebody notices."""
    scenario, outcome = played(GOLDEN.read_text("utf-8"))

    assert outcome.verdict in VERDICTS
    assert outcome.verdict != "stopped"
    assert scenario.misuse.who.person == "leaver-1"
    assert {task.id for task in scenario.organisation.offboarding} >= {
        "remove-console-contractor",
        "remove-console-contractor-early",
        "remove-vpn-employee",
    }


def test_answers_alone_make_a_file_that_plays():
    """Without any list everything is assumed, and the file still works."""
    text = write(draft(Answers(systems=("Admin console", "VPN"))))
    scenario, outcome = played(text)

    assert outcome.verdict in VERDICTS
    assert sources(scenario) == set()
    assert [s.id for s in scenario.organisation.systems] == ["admin-console", "vpn"]
    assert scenario.organisation.actions[0].system == "admin-console"


@pytest.mark.parametrize("size", [(1, 0), (1, 1), (12, 12), (30, 0)])
def test_any_number_of_people_makes_a_file_that_plays(size):
    """One person alone is an organisation too."""
    people, contractors = size
    scenario, outcome = played(
        write(draft(Answers(staff_size=people, contractors=contractors)))
    )
    teams = sum(team.size for team in scenario.organisation.teams)

    assert teams + len(scenario.organisation.staff) == people
    assert outcome.verdict in VERDICTS


@pytest.mark.parametrize("kinds", [("staff",), ("leavers",), ("staff", "leavers")])
def test_any_lists_make_a_file_that_plays(tmp_path, kinds):
    """Lists may be given alone, and what is missing is assumed."""
    texts = {kind: (LISTS / f"{kind}.csv").read_text("utf-8") for kind in kinds}
    if kinds == ("leavers",):
        texts["leavers"] = texts["leavers"].replace("\n", ";2024-03-01\n")
        texts["leavers"] = texts["leavers"].replace(";2024-03-01", ";last day", 1)
    scenario, outcome = played(started(tmp_path, **texts))

    assert outcome.verdict in VERDICTS
    assert any(f"{kinds[-1]}.csv" in source for source in sources(scenario))


def test_no_name_and_no_id_is_written(tmp_path):
    """People are counts, or go by number and line of the list."""
    text = started(tmp_path, staff=STAFF, as_of=day_of("2024-06-05")).casefold()

    assert not [name for name in ("jane", "doe", "john", "roe", "amy") if name in text]
    assert "staff.csv, line 3" in text


def test_the_actor_is_a_leaver_who_may_do_it(tmp_path):
    """Of two who leave, the one with the entitlement is chosen, not the first."""
    scenario, outcome = played(
        started(tmp_path, staff=STAFF, as_of=day_of("2024-06-05"))
    )

    assert [person.team for person in scenario.organisation.staff] == [
        "desk",
        "care-contractor",
    ]
    assert scenario.misuse.who.person == "leaver-2"
    assert outcome.verdict != "stopped"


def test_without_a_leaver_somebody_of_a_privileged_role_does_it(tmp_path):
    """A staff list of people who stay still makes a question."""
    scenario, _ = played(
        started(tmp_path, staff="id,team,role\n1,care,support agent\n2,care,chef\n")
    )

    assert scenario.organisation.staff == ()
    assert scenario.misuse.who.role == "support-agent"


def test_only_people_who_left_make_a_file_that_plays(tmp_path):
    """A list of leavers alone has nobody to simulate, so people are assumed."""
    text = started(
        tmp_path,
        staff="id,team,last day\n1,care,2019-01-01\n",
        as_of=day_of("2024-06-05"),
    )
    scenario, _ = played(text)

    assert "1 gone before" in text
    assert sum(team.size for team in scenario.organisation.teams) == 11


@pytest.mark.parametrize("zone", ["Asia/Manila", "America/Los_Angeles", "UTC"])
def test_a_last_shift_ends_on_the_last_day_wherever_it_is(tmp_path, zone):
    """The end of the shift is that of the person's own zone."""
    text = started(
        tmp_path,
        staff=STAFF.replace("contractor,2020-01-01,2024-06-14,Europe/Dublin", "")
        .replace("john.roe,John Roe,care,support agent,\n", "")
        .replace("Asia/Manila", zone),
        as_of=day_of("2024-06-05"),
        zone="Europe/Dublin",
    )
    scenario, _ = played(text)
    (person,) = scenario.organisation.staff

    assert scenario.wall.local(person.leaving.separation, zone).startswith(
        "Thu 13 Jun 2024 17:00"
    )


def test_a_night_shift_ends_on_the_morning_of_the_last_day(tmp_path):
    """Nobody begins a shift on the evening of a last day, for it would outlast it."""
    plan = drafted(
        tmp_path,
        staff="id,team,role,last day\n1,night,agent,2024-06-14\n2,night,agent,\n",
        roster="team,days,start,end\nnight,daily,22:00,06:00\n",
        as_of=day_of("2024-06-05"),
    )
    scenario, _ = played(write(plan))

    separation = scenario.organisation.staff[0].leaving.separation
    assert scenario.wall.local(separation) == "Fri 14 Jun 2024 06:00:00 UTC"


def test_what_was_removed_early_is_removed_early_again(tmp_path):
    """The shares of the log come back from many simulated leavers."""
    rows = [f"{n},VPN,2024-03-01 18:00,2024-03-01" for n in range(10)]
    rows += [f"{n},VPN,2024-03-0{2 + n % 3} 12:00,2024-03-01" for n in range(10, 20)]
    log = "id,system,removed,last day\n" + "\n".join(rows)
    scenario, _ = played(started(tmp_path, leavers=log))
    early, later = scenario.organisation.offboarding

    assert (early.trigger, early.coverage) == ("separation", 0.5)
    assert early.delay.mean == 3600
    assert (later.trigger, later.coverage) == ("end-of-last-day", 1)
    assert DAY < later.delay.quantile(0.5) < 2 * DAY


def test_a_system_that_nobody_is_removed_from_has_no_task(tmp_path):
    """Accounts that stay are left as they are, and it is said."""
    rows = "".join(f"{n},VPN,,2024-03-01\n" for n in range(20))
    text = started(
        tmp_path,
        leavers=f"id,system,removed,last day\n{rows}",
        as_of=day_of("2024-06-05"),
    )
    scenario, _ = played(text)

    assert "# Nothing was removed after a last day, so no task does that." in text
    assert scenario.organisation.offboarding == ()
