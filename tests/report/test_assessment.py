"""Assessments as text, Markdown, JSON and JUnit XML."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from simulator.report.assessment import assessment_text
from simulator.report.assessment_data import assessment_document
from simulator.report.assessment_junit import assessment_junit
from simulator.report.assessment_markdown import assessment_markdown
from simulator.report.assessment_words import conclude, cover
from simulator.report.data import to_json
from tests.report.assessments import LOUD, ROWS, assessment, gap, incident, remedy

GOLDEN = Path(__file__).parent / "golden"
FORMS = {
    "assessment.txt": assessment_text,
    "assessment.md": assessment_markdown,
    "assessment.xml": assessment_junit,
}
HELD = ROWS[4]


@pytest.mark.parametrize("name", FORMS)
def test_an_assessment_reads_as_it_was_last_read(golden, name):
    """Each form of the hand-made assessment equals that last read by a person."""
    golden(GOLDEN / name, FORMS[name](assessment()))


@pytest.mark.parametrize(
    "found",
    [
        assessment(),
        assessment(HELD),
        assessment(ROWS[5]),
        assessment(unfinished=tuple(f"incident-number-{n}" for n in range(20))),
        assessment(title="A title " * 20, in_force=()),
        assessment(incident("x" * 90, gap=gap(remedy("y" * 90, "z" * 90)))),
    ],
)
def test_all_text_fits_80_columns(found):
    """No line is longer than 80 characters, but for a word that is."""
    lines = assessment_text(found).splitlines()

    assert [line for line in lines if len(line) > 80] == []


def test_every_incident_has_one_line_in_each_table():
    """What is possible is in the matrix and the times, and among gaps if it is one."""
    text = assessment_text(assessment())

    assert text.count("\ncollab-vm-wipe-2018") == 3
    assert text.count("\ncreditunion-40min-2021") == 2
    assert text.count("\nidp-support-2023") == 1


def test_the_least_held_come_first():
    """Within gaps and held incidents the worst is on top."""
    text = assessment_text(assessment())
    order = [text.index(row.name[:20]) for row in (ROWS[3], ROWS[1], ROWS[0], HELD)]

    assert order == sorted(order)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((HELD,), "holds the one incident that could happen there in at least 90 %"),
        ((ROWS[5],), "None of the incidents asked about could happen"),
        ((ROWS[3],), "No one or two additions close it."),
        (
            (ROWS[1],),
            "Adding auto-revocation and shared-secret-rotation closes the gap.",
        ),
        (ROWS[:3], "closes 2 of the 3 gaps, each judged on its own."),
    ],
)
def test_the_conclusion_says_what_is_to_be_done(rows, said):
    """How many are held, and what would close the gaps."""
    assert said in conclude(assessment(*rows))


def test_few_remedies_cover_many_gaps():
    """What closes most gaps is chosen first, of equals the cheapest."""
    one, two, dear = remedy("one"), remedy("two"), remedy("dear", friction=LOUD)
    rows = [
        incident("a", gap=gap(dear, one)),
        incident("b", gap=gap(one, two)),
        incident("c", gap=gap(two)),
        incident("d", gap=gap()),
    ]

    assert cover(rows) == ((one, two), 3)


def test_an_interrupt_is_said():
    """What was not finished is named in every form."""
    cut = assessment(HELD, unfinished=("idp-support-2023",))

    for form in FORMS.values():
        assert "idp-support-2023" in form(cut)
    assert "Interrupted: 1 of 2 incidents were finished" in assessment_text(cut)
    assert assessment_document(cut)["unfinished"] == ["idp-support-2023"]


def test_json_holds_everything():
    """JSON has all rows with the names of the fields, and no number without end."""
    told = json.loads(to_json(assessment_document(assessment())))

    assert told["format"] == 1
    assert [row["name"] for row in told["rows"]] == [row.name for row in ROWS]
    first = told["rows"][0]
    assert first["verdicts"]["stopped"]["count"] == 20
    assert first["noticed_by"][0] == {"label": "user-report", "runs": 80}
    assert first["gap"]["remedies"][1]["friction"]["added_s"] == 4.4
    assert first["gap"]["remedies"][0]["friction"]["added_low"] is None
    assert told["conclusion"] == conclude(assessment())


def test_junit_has_a_test_for_each_incident():
    """Gaps fail, what is not possible is skipped, what is left out is an error."""
    suite = ElementTree.fromstring(assessment_junit(assessment(unfinished=("late",))))[
        0
    ]
    ends = {
        case.get("name"): [part.tag for part in case] for case in suite.iter("testcase")
    }

    assert ends == {
        **{row.name: ["failure"] for row in ROWS[:4]},
        HELD.name: ["system-out"],
        **{row.name: ["skipped"] for row in ROWS[5:]},
        "late": ["error"],
    }
    counts = {name: suite.get(name) for name in ("tests", "failures", "errors")}
    assert counts == {"tests": "8", "failures": "4", "errors": "1"}
    assert suite.get("skipped") == "2"


def test_junit_can_always_be_read():
    """Signs that XML cannot hold do not break it."""
    odd = incident("<a & 'b'>\x00\ud800", why_not="\x01 not here")

    (case,) = ElementTree.fromstring(assessment_junit(assessment(odd))).iter("testcase")
    assert case.get("name") == "<a & 'b'>??"


def test_markdown_signs_in_names_do_no_harm():
    """A name cannot break a table."""
    odd = incident("a|b`c<d", gap=gap())
    text = assessment_markdown(assessment(odd))
    rows = [line for line in text.splitlines() if line.startswith("| ")]

    assert all("<d" not in line for line in rows)
    widths = {len(re.split(r"(?<!\\)\|", line)) for line in rows[:2]}
    assert len(widths) == 1
