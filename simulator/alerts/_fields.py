"""Parameters that several alerts share."""

from typing import Any

from simulator.scenario.fields import field
from simulator.streams import Constant


def ingest_field() -> Any:
    """Declare the delay of alerts that read a log."""
    return field(
        "time until the log entry has arrived and the rule has run",
        default=Constant(60),
        source="assumption",
    )


def urgent_from_field() -> Any:
    """Declare the audience that makes a report from outside urgent."""
    return field(
        "audience from which a report is taken first",
        unit="people",
        default=1_000_000,
        ge=0,
        source="assumption",
    )
