"""lastday: replay account-deactivation incidents, and test what would stop them.

The verbs, one for each stage of the data's way, are the public API:

    load -> Scenario -> simulate                -> Trail -> measure -> Outcome
                        compare, whatif, assess -> findings -> render -> report

Everything is imported when it is first asked for: ``import simulator`` is cheap.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator.catalogue import load
    from simulator.experiment import compare
    from simulator.experiment.assessment import assess
    from simulator.experiment.whatif.verb import whatif
    from simulator.outcome import measure
    from simulator.report import render
    from simulator.world import simulate

_HOMES = {
    "assess": "simulator.experiment.assessment",
    "compare": "simulator.experiment",
    "load": "simulator.catalogue",
    "measure": "simulator.outcome",
    "render": "simulator.report",
    "simulate": "simulator.world",
    "whatif": "simulator.experiment.whatif.verb",
}
__version__ = "0.1.0"
__all__ = [
    "__version__",
    "assess",
    "compare",
    "load",
    "measure",
    "render",
    "simulate",
    "whatif",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
