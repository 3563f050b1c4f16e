"""Why nothing stopped it: every control and alert with its own sentence, grouped.

A label speaks once. Where the misuse took several tries, its word on the first try it
would have bitten on counts, else its word on the first.
"""

from collections.abc import Iterable

from attrs import frozen

from simulator.report.scene import Scene
from simulator.report.told import answer_words
from simulator.trail import Explained, WouldAlert


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


def first_verdicts(scene: Scene) -> tuple[tuple[str, str], ...]:
    """Return (label, what it said or would have said), those that spoke first."""
    words = sorted(_words(scene), key=lambda word: not word.bit)
    return tuple((word.label, _said(word, scene) or "silent") for word in words)


def _words(scene: Scene) -> list[Explained]:
    """Return one explanation a label, sorted by label."""
    kept: dict[str, Explained] = {}
    for word in scene.trail.of(Explained):
        if word.request not in scene.truths:
            continue
        if word.label not in kept or (word.bit and not kept[word.label].bit):
            kept[word.label] = word
    return [kept[label] for label in sorted(kept)]


def _said(word: Explained, scene: Scene) -> str:
    """Name what a label that bit asks for; "" for one that did not."""
    if not word.bit:
        return ""
    asked = scene.requests.get(word.request)
    answers = dict(asked.answers) if asked else {}
    if word.label in answers:
        return _tried(answer_words(answers[word.label]), word, scene)
    return _tried(_signals(word, scene), word, scene)


def _signals(word: Explained, scene: Scene) -> str:
    would = any(
        w.label == word.label and w.about in scene.truths
        for w in scene.trail.of(WouldAlert)
    )
    raised = any(alarm.label == word.label for alarm in scene.alarms.values())
    return "signals" if would or raised else "would signal"


def _tried(said: str, word: Explained, scene: Scene) -> str:
    """Add on which of several tries it was said."""
    tries = list(scene.requests)
    if len(tries) < 2 or word.request not in tries:
        return said
    return f"{said}, at try {tries.index(word.request) + 1} of {len(tries)}"


def _merged(words: Iterable[tuple[str, str, str]]) -> tuple[Reason, ...]:
    """Join the labels that said the same for the same reason."""
    shared: dict[tuple[str, str], list[str]] = {}
    for label, said, why in words:
        shared.setdefault((said, why), []).append(label)
    return tuple(
        Reason(tuple(labels), said, why) for (said, why), labels in shared.items()
    )
