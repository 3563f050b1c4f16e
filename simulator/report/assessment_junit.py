"""An assessment as JUnit XML, which pipelines show as tests: one for each incident.

failure  the incident is a gap
skipped  it is not possible there
error    an interrupt left it out
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from simulator.experiment.assessed import Assessment, IncidentRow, Remedy
from simulator.report.assessment_words import conclude, reason, share
from simulator.report.words import percent, signed

_UNSPEAKABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write."""


def assessment_junit(assessment: Assessment) -> str:
    """Write one test suite, with a final line break."""
    counts = {
        "tests": len(assessment.rows) + len(assessment.unfinished),
        "failures": len(assessment.gaps),
        "errors": len(assessment.unfinished),
        "skipped": len(assessment.impossible),
    }
    numbers = {name: str(count) for name, count in counts.items()}
    suites = ElementTree.Element("testsuites", {"name": "lastday assess", **numbers})
    named = {"name": _spoken(assessment.organisation), **numbers}
    suite = ElementTree.SubElement(suites, "testsuite", named)
    properties = ElementTree.SubElement(suite, "properties")
    for name in ("version", "seed", "replications", "gap_under"):
        value = str(getattr(assessment, name))
        ElementTree.SubElement(properties, "property", {"name": name, "value": value})
    for row in assessment.rows:
        _add(row, assessment, suite)
    for name in assessment.unfinished:
        case = _case(name, assessment, suite)
        said = {"message": "not finished: the assessment was interrupted"}
        ElementTree.SubElement(case, "error", said)
    ElementTree.SubElement(suite, "system-out").text = _spoken(conclude(assessment))
    ElementTree.indent(suites)
    text = ElementTree.tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _add(row: IncidentRow, assessment: Assessment, suite: ElementTree.Element) -> None:
    case = _case(row.name, assessment, suite)
    if row.why_not:
        said = {"message": _spoken(f"not possible here: {reason(row)}")}
        ElementTree.SubElement(case, "skipped", said)
    elif row.gap is not None:
        least = percent(assessment.gap_under)
        message = f"held in {share(row.held)}; a gap is what is under {least} %"
        failure = {"message": _spoken(message), "type": "gap"}
        told = ElementTree.SubElement(case, "failure", failure)
        told.text = _spoken("\n".join(_remedies(row)))
    else:
        out = ElementTree.SubElement(case, "system-out")
        out.text = _spoken(f"held in {share(row.held)}")


def _case(
    name: str, assessment: Assessment, suite: ElementTree.Element
) -> ElementTree.Element:
    named = {"classname": _spoken(assessment.organisation), "name": _spoken(name)}
    return ElementTree.SubElement(suite, "testcase", named)


def _remedies(row: IncidentRow) -> Iterator[str]:
    if row.gap is None:
        return
    for remedy in row.gap.remedies:
        yield f"add {_told(remedy)}"
    if not row.gap.remedies:
        yield "no one or two additions close it"
    if row.gap.closest is not None:
        yield f"closest: {_told(row.gap.closest)}"


def _told(remedy: Remedy) -> str:
    paid = remedy.friction
    return (
        f"{remedy.name}: held in {share(remedy.held)}; {signed(paid.refused * 100)} of "
        f"100 honest requests refused, {signed(paid.added_s)} s added to each, "
        f"{signed(paid.alarms_per_shift)} alarms for each analyst shift"
    )


def _spoken(text: str) -> str:
    return _UNSPEAKABLE.sub("?", text)
