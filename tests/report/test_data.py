"""The report as data."""

import json

from simulator.report import render
from simulator.report.data import document, plain
from simulator.trail import Trail
from tests.report.builders import FOUR_EYES, findings, replay


def test_the_records_of_the_replay_can_be_read_back():
    """The records in the document are those of the trail's own lines."""
    told = replay()
    records = json.loads(render(told, findings(), form="json"))["replay"]["records"]
    lines = "\n".join(json.dumps(record) for record in records)

    assert told.trail == Trail.from_jsonl(lines)


def test_pairs_become_rows():
    """A mapping by axis and option becomes a list that JSON can say."""
    found = plain(FOUR_EYES)["by_option"]

    assert found[0]["key"] == ["delay", "none"]
    assert found[0]["value"]["share"] == 1.0


def test_without_findings_the_replay_stands_alone():
    """A single run has no findings and no conclusion."""
    found = document(replay(), None)

    assert None is found["findings"]
    assert None is found["conclusion"]
    assert found["replay"]["outcome"]["verdict"] == "noticed"
