"""The JSON Schema says what the loader does, as far as a schema can tell."""

import copy
import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from simulator.clock import Clock, parse_duration, parse_time_of_day
from simulator.scenario import structuring
from simulator.scenario.patterns import WORDS
from simulator.scenario.scenario import Scenario
from simulator.scenario.schema import json_schema
from simulator.scenario.structuring import Structurer
from tests.scenario.damage import DATA, damaged
from tests.scenario.sample import SHELVES

UNFIT = (
    "low is above",
    "mode is above",
    "median is ",
    "no values",
    "weights ",
    "impossible weights",
    "range ",
)
"""How parts of a distribution or a range may fail to fit, which no schema can tell."""


@cache
def validator() -> Draft202012Validator:
    """The schema for the shelves of the sample."""
    return Draft202012Validator(json_schema(SHELVES))


@pytest.fixture(scope="module")
def only_structure():
    """Leave out what no schema can tell: whether values make sense together."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(structuring, "flaws", lambda *_: ())
        yield


def complaints(data) -> list[str]:
    """What the loader says of the structure alone."""
    read = Structurer(SHELVES)
    read.clock = Clock.from_text("2017-10-30", "America/Los_Angeles")
    body = {key: value for key, value in data.items() if key != "lastday"}
    _, found = read.structure(body, Scenario)
    return [c.what for c in found if not c.what.startswith(UNFIT)]


def test_the_schema_is_one():
    """It keeps the draft it names, and every definition is used."""
    schema = json_schema(SHELVES)
    text = str(schema)

    Draft202012Validator.check_schema(schema)
    assert all(f"'#/$defs/{name}'" in text for name in schema["$defs"])


def test_a_good_file_keeps_the_schema():
    """The example is valid."""
    assert list(validator().iter_errors(DATA)) == []


@given(data=damaged())
def test_schema_and_loader_agree(only_structure, data):
    """Whatever is done to a file, both accept it or both refuse it."""
    wrong = [error.message for error in validator().iter_errors(data)]
    found = complaints(data)

    assert bool(wrong) == bool(found), (wrong, found)


@given(
    st.from_regex(r"\A[0-9]{0,3}(\.5)?[ ]?[wdhmsWPTx]?([0-9]{1,2}[hmsS])?\Z")
    | st.sampled_from(["0", "P1D", "PT", "P", "1 hour", "2 HRS 3 minutes", "1m 1h"])
)
def test_the_pattern_of_durations_is_that_of_the_parser(text):
    """The schema accepts the durations that the loader reads."""
    try:
        parse_duration(text)
    except ValueError as error:
        reads = "finer than a second" in str(error)
    else:
        reads = True

    assert reads == Draft202012Validator(WORDS["duration"]).is_valid(text)


@given(st.from_regex(r"\A[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?\Z"))
def test_the_pattern_of_times_is_that_of_the_parser(text):
    """The schema accepts the times of day that the loader reads."""
    try:
        parse_time_of_day(text)
    except ValueError:
        reads = False
    else:
        reads = True

    assert reads == Draft202012Validator(WORDS["time-of-day"]).is_valid(text)


def test_every_key_is_described():
    """An editor can say what each key means, and its default."""
    desk = json_schema(SHELVES)["$defs"]["Desk"]["properties"]

    assert all("description" in written for written in desk.values())
    assert desk["tickets_per_hour"]["description"] == "mean arrivals (per hour)"
    assert desk["slows_per_h"]["default"] == 0.0


@pytest.mark.parametrize(
    "name",
    [
        "share",
        "duration",
        "time-of-day",
        "moment",
        "measure",
        "source",
        "distribution",
    ],
)
def test_what_is_shared_leaves_the_meaning_to_the_field(name):
    """Editors would show what a definition says in place of what the field says."""
    assert "description" not in json_schema(SHELVES)["$defs"][name]


def test_descriptions_speak_to_people_who_write_files():
    """Neither Python nor seconds concern them."""
    schema = json_schema(SHELVES)
    described = [schema, *schema["$defs"].values()]
    described += schema["$defs"]["distribution"]["anyOf"]
    told = " ".join(one.get("description", "") for one in described)

    assert "what goes wrong" in told
    assert not re.search("attrs|Frozen|`| seconds", told)


def test_every_control_has_a_definition_of_its_parameters():
    """Bounds, choices and defaults come from the fields of the control."""
    definitions = json_schema(SHELVES)["$defs"]
    parameters = definitions["control-approval"]["properties"]

    assert parameters["control"] == {"const": "approval"}
    assert parameters["people"]["anyOf"][0]["maximum"] == 9
    assert parameters["beyond"]["anyOf"][0] == {"enum": ["deny", "throttle"]}
    assert parameters["ttl"]["default"] == "1h"


@pytest.mark.parametrize(
    ("label", "body", "valid"),
    [
        ("approval", None, True),
        ("approval", {"people": 2}, True),
        ("approval", {"control": "approval"}, True),
        ("mine", {"control": "approval", "people": 2}, True),
        ("mine", {"control": "approval", "poeple": 2}, False),
        ("mine", {"people": 2}, False),
        ("mine", {"control": "unknown"}, False),
        ("mine", None, False),
        ("Mine", {"control": "approval"}, False),
    ],
)
def test_a_label_names_its_control_or_is_its_id(only_structure, label, body, valid):
    """Both accept the same postures."""
    data = copy.deepcopy(DATA)
    data["candidates"]["controls"] = {label: body}

    assert validator().is_valid(data) == valid
    assert (complaints(data) == []) == valid
