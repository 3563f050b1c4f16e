"""The world: the only place with SimPy. One run in, one trail out.

`simulate` plays one arm of one scenario with one seed; `draw_day` draws the honest work
of a seed once, to be shared between arms.
"""

from simulator.world.day import Day, draw_day
from simulator.world.run import simulate

__all__ = ["Day", "draw_day", "simulate"]
