"""Reports: a trail and the findings of an experiment, told to people and machines.

    story     a trail as events, honest work as counts, reasons as they were given
    text      the report for a terminal, 80 columns
    markdown  the report as a document, with timeline.svg beside it
    data      the same as JSON

Rendering returns text and prints nothing. `Replay` is one run with all it takes to
tell it.
"""

from typing import Literal

from simulator.experiment.findings import Findings
from simulator.report.data import document, to_json
from simulator.report.markdown import markdown
from simulator.report.replay import Replay
from simulator.report.text import report
from simulator.report.timeline import timeline

__all__ = ["Replay", "render", "timeline"]

Form = Literal["text", "markdown", "json"]


def render(replay: Replay, findings: Findings, *, form: Form = "text") -> str:
    """Render what an experiment found, beside the replay of one run.

    Args:
        replay: The run that is told.
        findings: What `simulator.compare` returned for the same scenario.
        form: Plain text in 80 columns, Markdown, or JSON.
    """
    if form == "markdown":
        return markdown(replay, findings)
    if form == "json":
        return to_json(document(replay, findings))
    return report(replay, findings)
