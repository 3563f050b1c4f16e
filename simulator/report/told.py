"""What a story is made of: events told in plain sentences."""

from typing import Literal

from attrs import frozen

from simulator.report.words import sentence

Lane = Literal["misuse", "access", "target", "outside", "inside", "response", "public"]


@frozen
class Told:
    """One event of the story.

    Attributes:
        at: When, in seconds since the scenario's start.
        lane: Whose doing it is.
        text: Full sentences.
        brief: A few words, for the picture.
    """

    at: int
    lane: Lane
    text: str
    brief: str

    @classmethod
    def of(cls, at: int, lane: Lane, text: str, brief: str) -> "Told":
        """Tell a phrase as a sentence."""
        return cls(at, lane, sentence(text), brief)
