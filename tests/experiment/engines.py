"""Engines for tests: the real world, watched or disturbed; and a day to play in it."""

from attrs import Factory, define

from simulator.alerts import ProtectedChangeAlert, UserReport
from simulator.controls import ProtectedLock, RateLimit, SoftDelete, TypeToConfirm
from simulator.experiment.engine import World
from simulator.scenario.organisation import Posture
from simulator.scenario.scenario import Axis, Expectation, Option
from tests.scenes import misuse, scene

LOCK, SILENT = ProtectedLock(), RateLimit(label="silent")
CANDIDATES = Posture(
    (LOCK, SILENT, TypeToConfirm()), (ProtectedChangeAlert(), UserReport())
)
IN_FORCE = Posture((SoftDelete(),), (UserReport(),))


@define(eq=False)
class Watched(World):
    """The world, with a note of every day drawn and every arm played.

    ``interrupt_at``: the run, counted from 1, at which somebody presses Ctrl-C.
    """

    days: list[int] = Factory(list)
    arms: list[tuple[str, ...]] = Factory(list)
    interrupt_at: int = 0

    def draw_day(self, scenario, seed):
        """Draw a day and note its seed."""
        self.days.append(seed)
        return super().draw_day(scenario, seed)

    def simulate(self, scenario, arm, seed, *, shadow=None, day=None):
        """Play a run and note its arm."""
        self.arms.append(arm.labels)
        if len(self.arms) == self.interrupt_at:
            raise KeyboardInterrupt
        return super().simulate(scenario, arm, seed, shadow=shadow, day=day)


def a_day(**changes):
    """Build the day: the leaver takes the celebrity down, users tell of it."""
    return scene(misuse=misuse(), posture=IN_FORCE, **changes)


def an_axis(name, show, *options, path=()):
    """Build an open question; option n sets the number at a path to n tenths."""
    return Axis(
        name,
        f"which {name}?",
        show,
        tuple(
            Option(o, f"it was {o}", changes=((path, n / 10),) if path else ())
            for n, o in enumerate(options)
        ),
    )


def expected(metric, **parts):
    """Build a replay target."""
    return Expectation(
        **{"id": metric, "metric": metric, "basis": "predicted", **parts}
    )
