"""Why nothing stopped it: every control and alert with its own sentence, grouped.

A label speaks once, with the word that decided: see `simulator.outcome.decisive`.
"""

from collections.abc import Iterable

from attrs import evolve, frozen

from simulator.outcome import decisive
from simulator.report.asking import answer_words
from simulator.report.scene import Scene
from simulator.trail import Explained, WouldAlert

SILENT = "silent"


@frozen
class Reason:
    """What some labels said, in one sentence they share."""

    labels: tuple[str, ...]
    said: str
    why: str


@frozen
class Reasons:
    """The words of all labels: in force or not, biting or not."""

    held: tuple[Reason, ...]
    passed: tuple[Reason, ...]
    would: tuple[Reason, ...]
    silent: tuple[Reason, ...]

    def groups(self) -> tuple[tuple[str, tuple[Reason, ...]], ...]:
        """Return the groups that are not empty, each under its heading."""
        named = (
            ("In force, and it spoke up:", self.held),
            ("In force, and it let it pass:", self.passed),
            ("Not in force; it would have spoken up:", self.would),
            ("Not in force; it would have let it pass as well:", self.silent),
        )
        return tuple((heading, group) for heading, group in named if group)


def reasons(scene: Scene) -> Reasons:
    """Gather what every control and alert said about the misuse."""
    words = _words(scene)
    active = set(scene.opened.active)

    def group(*, on: bool, bit: bool) -> tuple[Reason, ...]:
        return _merged(
            (word.label, _said(word, scene), word.why)
            for word in words
            if word.bit is bit and (word.label in active) is on
        )

    return Reasons(
        group(on=True, bit=True),
        group(on=True, bit=False),
        group(on=False, bit=True),
        group(on=False, bit=False),
    )


def first_verdicts(scene: Scene) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return what was said, or would have been, and by whom; the strictest first.

    Labels in force carry a star.
    """
    by_said: dict[str, list[str]] = {}
    for word in _words(scene):
        mark = "*" if word.label in scene.opened.active else ""
        by_said.setdefault(_said(word, scene) or SILENT, []).append(word.label + mark)
    return tuple((said, tuple(by_said[said])) for said in sorted(by_said, key=_order))


def _order(said: str) -> tuple[int, str]:
    kinds = ("refuses", "wants", "holds", "slows", "prompts", "signals", SILENT)
    known = (n for n, kind in enumerate(kinds) if said.startswith(kind))
    return next(known, len(kinds)), said


def _words(scene: Scene) -> list[Explained]:
    """Return the explanation that decided for each label, sorted by label."""
    signalled = _signalled(scene)
    return [
        evolve(word, bit=True, why="it saw the request")
        if label in signalled and not word.bit
        else word
        for label, word in sorted(decisive(scene.trail).items())
    ]


def _said(word: Explained, scene: Scene) -> str:
    """Name what a label that bit asks for; "" for one that did not."""
    if not word.bit:
        return ""
    asked = scene.requests.get(word.request)
    answers = dict(asked.answers) if asked else {}
    answer = answers.get(word.label)
    return _tried(answer_words(answer) if answer else "signals", word, scene)


def _signalled(scene: Scene) -> frozenset[str]:
    """Return the labels that gave, or would have given, a signal of the misuse."""
    would = (w.label for w in scene.trail.of(WouldAlert) if w.about in scene.truths)
    return frozenset((*would, *(alarm.label for alarm in scene.alarms.values())))


def _tried(said: str, word: Explained, scene: Scene) -> str:
    """Add on which request it was said, if not on the decisive one."""
    if word.request == scene.decisive or word.request not in scene.requests:
        return said
    return f"{said}, at {scene.counted(word.request)}"


def _merged(words: Iterable[tuple[str, str, str]]) -> tuple[Reason, ...]:
    """Join the labels that said the same for the same reason."""
    shared: dict[tuple[str, str], list[str]] = {}
    for label, said, why in words:
        shared.setdefault((said, why), []).append(label)
    return tuple(
        Reason(tuple(labels), said, why) for (said, why), labels in shared.items()
    )
