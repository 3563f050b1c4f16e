"""Where every number of a file comes from."""

import pytest

from simulator.scenario.paths import value_at
from simulator.scenario.scenario import Provenance
from tests.scenario.sample import edited, loaded, marked, problems

FOUND = {source.path: source for source in loaded().provenance}


@pytest.mark.parametrize(
    ("path", "value", "tag", "source"),
    [
        ("clock.horizon", "7d", "A", ""),
        ("organisation.systems.vpn.token_life", "1d", "D", "1a"),
        ("organisation.registries.contractor.missing", "0.25", "A", ""),
        ("organisation.registries.contractor.sync", "02:00", "A", ""),
        ("organisation.desks.abuse-reports.tickets_per_hour", "60", "R", "1j 1k"),
        ("organisation.desks.abuse-reports.slip_rate", "1e-4", "A", ""),
        ("organisation.desks.abuse-reports.opens", "2017-11-01", "A", ""),
        (
            "organisation.response.restore",
            "{dist: triangular, low: 1m, mode: 5m, high: 20m}",
            "R",
            "1b",
        ),
        (
            "organisation.offboarding.end-sessions.delay",
            "{dist: empirical, values: [1h, 5h], weights: [2, 1]}",
            "A",
            "",
        ),
        ("organisation.posture.controls.approval.people", "2", "A", ""),
        ("misuse.plan.0.tries.1.possible", "0.2", "A", ""),
        ("misuse.intent", "gesture", "R", "1c"),
        ("expect.outage.exactly", "11m", "D", "1a"),
        ("axes.reading.options.slip.set.misuse.when.before", "30m", "R", "1c"),
    ],
)
def test_a_quantity_is_kept_as_written_with_its_source(path, value, tag, source):
    """Numbers, durations, moments and distributions are told with tag and source."""
    assert FOUND[path] == Provenance(path, value, tag, source)


@pytest.mark.parametrize(
    "path",
    [
        "lastday",
        "title",
        "organisation.actions.deactivate.effect",  # a choice without a source
        "organisation.teams.enforcement.role",
        "organisation.shifts.late.days",
        "organisation.tiers",
        "organisation.posture.controls.strict-approval.strict",
    ],
)
def test_what_is_no_quantity_has_no_provenance(path):
    """Ids, names, references and bare choices are not counted as assumptions."""
    assert path not in FOUND


def test_a_list_of_numbers_is_one_quantity():
    """The factors of a day share one source."""
    text = edited(
        ("hour_of_day: [1, 1,", "hour_of_day: {source: D 9, is: [1, 1,"),
        ("1, 1, 1, 1, 1, 1]", "1, 1, 1, 1, 1, 1]}"),
    )
    sources = [s for s in loaded(text).provenance if "hour_of_day" in s.path]

    assert [(s.tag, s.source) for s in sources] == [("D", "9")]


def test_provenance_is_in_the_order_of_the_file():
    """A reader can follow the file with the finger."""
    paths = [source.path for source in loaded().provenance]

    assert paths.index("organisation.desks.abuse-reports.slip_rate") < paths.index(
        "organisation.posture.controls.approval.people"
    )
    assert paths.index("expect.touched.exactly") < paths.index("expect.told.at_least")
    assert paths[0] == "clock.horizon"


def test_the_paths_lead_to_the_values():
    """A path of the provenance leads through the nouns too."""
    scenario = loaded()
    for source in scenario.provenance:
        if source.path.startswith(("clock", "organisation.desks", "misuse", "expect")):
            assert value_at(scenario, source.path.split(".")) is not None


def test_a_wrapped_choice_or_boolean_is_what_it_is():
    """``is`` gives the value, whatever its type."""
    text = edited(
        ("leaving: true}", "leaving: {is: true, source: D 1a}}"),
        ("show: apart", "show: {is: swept, source: A why not}"),
    )
    scenario = loaded(text)

    assert scenario.misuse.who.leaving is True
    assert scenario.axes[0].show == "swept"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("source: R 1j 1k", "source: ‸press", "source without its tag ('press'); acc"),
        ("source: R 1j 1k", "source: ‸Dx", "source without its tag ('Dx'); accepted"),
        ("60, source: R 1j 1k", "60, ‸from: D 1", "unknown key 'from'; accepted: is, "),
        ("{is: 60, source", "{is: ‸sixty, source", "not a number ('sixty'); accepted"),
        ("{is: 60, source", "{is: ‸-1, source", "-1 is too small; at least 0 is accep"),
        (
            "source: D 1a}, basis",
            "source: D 1a, ‸note: x}, basis",
            "unknown key 'note'; accepted: is, source",
        ),
    ],
)
def test_a_source_has_a_form(old, new, line):
    """A wrong tag or key is said, with what is accepted."""
    text, place = marked((old, new))

    assert any(found.startswith(place) and line in found for found in problems(text)), (
        problems(text)
    )


def test_names_and_references_take_no_source():
    """Only quantities do."""
    text = edited(("title: The last click", "title: {is: The last click, source: A}"))

    assert problems(text) == ["2:8: title: not a text (a mapping); accepted: a text"]
