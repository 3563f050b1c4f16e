"""Diagnostics for the operator: one canonical line for each command, with -v only."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any


def configure() -> None:
    """Send structlog to the standard error; the only place that configures it."""
    import sys

    import structlog

    structlog.configure(
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "event"]),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


@contextmanager
def canonical(event: str, *, verbose: bool, **known: Any) -> Iterator[dict[str, Any]]:
    """Log one line when the work is over, however it ended.

    Args:
        event: What happened, as noun.past_verb.
        verbose: Nothing is logged, and structlog not even loaded, without it.
        **known: What is known before.

    Yields:
        A mapping that takes what becomes known on the way.
    """
    learnt: dict[str, Any] = {}
    began = perf_counter()
    ended = "failed"
    try:
        yield learnt
        ended = "done"
    finally:
        if verbose:
            import structlog

            configure()
            took = round(perf_counter() - began, 3)
            structlog.get_logger().info(
                event, **known, **learnt, ended=ended, took_s=took
            )
