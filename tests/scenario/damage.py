"""Ways to damage a good scenario, drawn by Hypothesis."""

import copy

from hypothesis import strategies as st

from simulator.scenario.yaml_nodes import parse_yaml
from tests.scenario.sample import EXAMPLE

DATA = parse_yaml(EXAMPLE, "x.yaml").data
STRANGE = (
    None,
    True,
    7,
    -1,
    0,
    2.5,
    0.5,
    "word",
    "5m",
    "0s",
    "17:30",
    "2017-11-02",
    "support",
    [],
    {},
    ["word"],
    [1, 2],
    {"is": 0.5, "source": "D 1"},
    {"is": "5m", "source": "D"},
    {"is": "5m", "source": "X"},
    {"is": 3},
    {"is": 0.5, "between": [0.1, 0.9]},
    {"is": "5m", "source": "D", "between": ["1m", "9m"]},
    {"is": "5m", "between": ["1m"]},
    {"is": 3, "between": [1, "5m"]},
    {"between": [1, 9]},
    {"dist": "uniform", "low": "1m", "high": "2m"},
    {"dist": "uniform", "low": "1m"},
    {"dist": "gamma"},
    {"control": "approval"},
)


def places(data, path=()):
    """Every way into the data but those into free values and parsed words."""
    yield path
    if path[-1:] in (("set",), ("days",), ("start",)):
        return
    pairs = enumerate(data) if isinstance(data, list) else ()
    for key, value in data.items() if isinstance(data, dict) else pairs:
        yield from places(value, (*path, key))


PLACES = sorted((p for p in places(DATA) if p and p[0] != "lastday"), key=str)


@st.composite
def damaged(draw):
    """The example with one key removed, one added, or one value replaced."""
    data = copy.deepcopy(DATA)
    for _ in range(draw(st.integers(1, 2))):
        path = draw(st.sampled_from(PLACES))
        inside = data
        try:
            for step in path[:-1]:
                inside = inside[step]
            inside[path[-1]]
        except (KeyError, IndexError, TypeError):
            continue  # An earlier change removed it.
        what = draw(st.sampled_from(["remove", "add", "replace", "replace"]))
        if what == "remove":
            del inside[path[-1]]
        elif what == "replace" and path[-1] not in ("days", "start"):
            inside[path[-1]] = copy.deepcopy(draw(st.sampled_from(STRANGE)))
        elif what == "add" and isinstance(inside, dict):
            inside[draw(st.sampled_from(["new", "New", "id", "label", "is"]))] = draw(
                st.sampled_from([{}, None, 3])
            )
    return data
