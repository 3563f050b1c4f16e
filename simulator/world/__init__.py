"""The world: the only place with SimPy. One run in, one trail out.

`simulate` plays one arm of one scenario with one seed; `draw_day` draws the honest work
of a seed once, to be shared between arms, on the stage that `prepare` builds once. A
run with `Open` choices stands for many arms at once.
"""

from simulator.world.choices import Open
from simulator.world.day import Day, draw_day
from simulator.world.memory import Memory
from simulator.world.routine import Ambiguous
from simulator.world.run import simulate
from simulator.world.stage import Stage, prepare

__all__ = [
    "Ambiguous",
    "Day",
    "Memory",
    "Open",
    "Stage",
    "draw_day",
    "prepare",
    "simulate",
]
