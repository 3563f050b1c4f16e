"""The report as data."""

import json
import math

from attrs import evolve

from simulator.experiment import findings_to_json
from simulator.report import render
from simulator.report.data import document
from simulator.trail import Trail
from tests.report.builders import findings, outcome, reading, replay, row


def test_the_records_of_the_replay_can_be_read_back():
    """The records in the document are those of the trail's own lines."""
    told = replay()
    records = json.loads(render(told, findings(), form="json"))["replay"]["records"]
    lines = "\n".join(json.dumps(record) for record in records)

    assert told.trail == Trail.from_jsonl(lines)


def test_findings_have_one_form():
    """The findings in the document are those that the Python interface hands on."""
    found = json.loads(render(replay(), findings(), form="json"))

    assert found["findings"] == findings_to_json(findings())


def test_every_number_has_an_end():
    """What has no end is null, for JSON has no infinity."""
    endless = row(cost={"added_low": -math.inf, "added_high": math.inf})
    text = render(replay(), findings(reading(endless)), form="json")

    assert "Infinity" not in text
    cost = json.loads(text)["findings"]["readings"][0]["rows"][0]["cost"]
    assert (cost["added_low"], cost["added_s"]) == (None, 0.0)


def test_pairs_of_an_outcome_have_names():
    """Outages and statements name what each number is."""
    harm = evolve(outcome().harm, outages=(("head-of-state", 640),))
    found = document(replay(harm=harm), None)["replay"]["outcome"]

    assert found["harm"]["outages"] == [{"target": "head-of-state", "seconds": 640}]


def test_without_findings_the_replay_stands_alone():
    """A single run has no findings and no conclusion."""
    found = document(replay(), None)

    assert None is found["findings"]
    assert None is found["conclusion"]
    assert found["replay"]["outcome"]["verdict"] == "noticed"
