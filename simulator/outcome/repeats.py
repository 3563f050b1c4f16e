"""How records name what is done many times over: ``NAME#3`` is the third time again.

The first time goes by the plain name: request ``misuse-0.0``, then ``misuse-0.0#1``. A
fresh target of a repeated step is named alike: ``customer``, then ``customer#1``.
"""


def original(name: str) -> str:
    """Return the name of the first time: the target that a fresh one is like."""
    return name.partition("#")[0]


def turn(name: str) -> int:
    """Return how often it had been done before; 0 for the first time."""
    return int(name.partition("#")[2] or 0)
