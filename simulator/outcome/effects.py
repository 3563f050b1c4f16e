"""What the misuse did to each target, followed through the trail.

    effect = one action on one target, until the target is brought back
    outage = all the time that one target was out of service

A target that is back is back from everything that was done to it before, whichever
request the record names. What is seen cannot be unseen.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Literal

from attrs import Factory, define, evolve, frozen

from simulator.errors import ReplayError
from simulator.trail import Eased, Executed, Restored

Does = Literal["takes-down", "alters", "exposes", "reads"]
Change = Executed | Eased | Restored
"""The records that say how a target fares."""

_CAN_END = ("takes-down", "alters")


@frozen
class Effect:
    """What one action of the misuse did; ``ended`` is None while it holds.

    ``size`` is how many targets it touched, of which one is named.
    """

    request: str
    target: str
    does: Does
    began: int
    size: int = 1
    ended: int | None = None


@frozen
class Outage:
    """How long one target was out of service; what overlaps counts once.

    ``weighed_s`` counts, of a target that came back in parts, only the share still out.
    """

    target: str
    seconds: int
    weighed_s: float


@define
class _Fate:
    """How one target fares, as far as the records have been read."""

    holding: list[int] = Factory(list)
    ever_out: bool = False
    is_out: bool = False
    share: float = 0.0
    since: int = 0
    seconds: int = 0
    weighed_s: float = 0.0

    def reach(self, at: int) -> None:
        """Count the time up to an instant."""
        if self.is_out:
            self.seconds += at - self.since
            self.weighed_s += (at - self.since) * self.share
        self.since = at

    def take_down(self, at: int) -> None:
        self.reach(at)
        self.share = self.share if self.is_out else 1.0
        self.is_out = self.ever_out = True

    def ease(self, eased: Eased) -> None:
        self.reach(eased.at)
        self.share = 1 - eased.share

    def bring_back(self, at: int) -> None:
        self.reach(at)
        self.is_out = False
        self.holding.clear()


def follow(
    changes: Iterable[Change],
    misuse: Collection[str],
    does: Mapping[str, Does],
    horizon: int,
) -> tuple[tuple[Effect, ...], tuple[Outage, ...]]:
    """Follow every target of the misuse from its first effect to the horizon.

    Args:
        changes: In the order of the trail.
        misuse: Its requests.
        does: What each action does.
        horizon: Where outages that nobody ended are cut off.

    Raises:
        ReplayError: An action of the misuse is not one of the scenario's.
    """
    effects: list[Effect] = []
    fates: defaultdict[str, _Fate] = defaultdict(_Fate)
    for change in changes:
        if isinstance(change, Executed):
            if change.request in misuse:
                effect = _effect(change, does)
                _suffer(fates[change.target], effect, len(effects))
                effects.append(effect)
        elif (fate := fates.get(change.target)) is None:
            continue
        elif isinstance(change, Eased):
            fate.ease(change)
        else:
            for number in fate.holding:
                effects[number] = evolve(effects[number], ended=change.at)
            fate.bring_back(change.at)
    return tuple(effects), tuple(_outages(fates, horizon))


def _effect(done: Executed, does: Mapping[str, Does]) -> Effect:
    if done.action not in does:
        raise ReplayError(
            f"trail is of another scenario (action {done.action!r}); "
            f"accepted: {', '.join(sorted(does))}"
        )
    return Effect(done.request, done.target, does[done.action], done.at, done.size)


def _suffer(fate: _Fate, effect: Effect, number: int) -> None:
    if effect.does in _CAN_END:
        fate.holding.append(number)
    if effect.does == "takes-down":
        fate.take_down(effect.began)


def _outages(fates: Mapping[str, _Fate], horizon: int) -> Iterable[Outage]:
    for target, fate in fates.items():
        fate.reach(horizon)
        if fate.ever_out:
            yield Outage(target, fate.seconds, fate.weighed_s)
