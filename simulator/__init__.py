"""lastday: replay account-deactivation incidents, and test what would stop them.

Five verbs, one for each stage of the data's way, are the public API:

    load -> Scenario -> simulate -> Trail -> measure -> Outcome
                        compare  -> Findings -> render -> report

Everything is imported when it is first asked for: ``import simulator`` is cheap.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator.catalogue import load
    from simulator.experiment import compare
    from simulator.outcome import measure
    from simulator.report import render
    from simulator.world import simulate

_HOMES = {
    "compare": "simulator.experiment",
    "load": "simulator.catalogue",
    "measure": "simulator.outcome",
    "render": "simulator.report",
    "simulate": "simulator.world",
}
__all__ = ["__version__", "compare", "load", "measure", "render", "simulate"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    if name == "__version__":
        return _version()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _version() -> str:
    """Return the installed version; looked up late, since it takes a while."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("lastday")
    except PackageNotFoundError:  # a checkout that is not installed
        return "0+unknown"


def __dir__() -> list[str]:
    return sorted(__all__)
