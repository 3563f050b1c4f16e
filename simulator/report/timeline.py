"""The replay as a picture: lanes on a time axis, as SVG that stands alone.

The axis is linear within a minute of the effect and logarithmic beyond, so that
seconds, minutes and hours are all readable. No script, no library, no outside font.

    lane   one row of the picture: whose doing it is
    mark   one event: a dot with a few words
    bar    the time a target was out, and until its derived state was whole
"""

from collections.abc import Iterable, Sequence
from html import escape
from math import log10

from attrs import frozen

from simulator.clock import DAY, HOUR, MINUTE
from simulator.report.layout import clipped
from simulator.report.replay import Replay
from simulator.report.told import Lane, Told
from simulator.report.words import chosen, offset
from simulator.trail import Recovered, Restored

WIDTH = 800
LEFT, RIGHT, TOP = 104, 24, 84
ROW, PAD = 22, 10
CHARACTER = 6.6
"""Assumption: mean width of a 12 px character of a sans-serif font, in pixels."""

OUT, TAIL = "#f4b6b0", "#fbe9d0"
LANES: tuple[tuple[Lane, str, str], ...] = (
    ("access", "access", "#6b5b95"),
    ("misuse", "misuse", "#b3261e"),
    ("target", "target", "#7a1f1f"),
    ("outside", "outside", "#8a5a00"),
    ("inside", "inside", "#00629b"),
    ("response", "response", "#1b6e3c"),
    ("public", "public", "#444444"),
)

_TICKS_S = (
    0,
    10,
    30,
    *(n * MINUTE for n in (1, 3, 10, 30)),
    *(n * HOUR for n in (1, 3, 10)),
    *(n * DAY for n in (1, 3, 10, 30, 100, 365)),
)


@frozen
class Axis:
    """Seconds from the effect to pixels: a symmetric logarithm."""

    first: int
    last: int

    def x(self, seconds: float) -> float:
        """Return where an instant lies, in pixels."""
        low, high = _squeezed(self.first), _squeezed(self.last)
        share = (_squeezed(seconds) - low) / (high - low)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def ticks(self) -> list[int]:
        """Return the round times on the axis, at least 48 pixels apart, T0 first."""
        both = [0, *(s for t in _TICKS_S[1:] for s in (t, -t))]
        kept: list[int] = []
        for tick in both:
            apart = all(abs(self.x(tick) - self.x(other)) >= 48 for other in kept)
            if self.first <= tick <= self.last and apart:
                kept.append(tick)
        return sorted(kept)


@frozen
class Mark:
    """One dot with its words, placed."""

    x: float
    row: int
    text: str
    leftwards: bool

    @property
    def extent(self) -> tuple[float, float]:
        """The pixels from left to right that dot and words cover."""
        length = 12 + CHARACTER * len(self.text)
        return (
            (self.x - length, self.x + 8)
            if self.leftwards
            else (self.x - 8, self.x + length)
        )


def timeline(replay: Replay) -> str:
    """Draw the replay; the same replay always gives the same bytes."""
    events = replay.story.events
    anchor = replay.scene.anchor
    axis = _axis([event.at - anchor for event in events])
    body: list[str] = []
    y = float(TOP)
    for lane, name, colour in LANES:
        told = [event for event in events if event.lane == lane]
        marks = place([(event.at - anchor, event.brief) for event in told], axis)
        if not marks:
            continue
        rows = 1 + max(mark.row for mark in marks)
        height = rows * ROW + 2 * PAD
        body.append(_lane(name, y, height))
        if lane == "target":
            body += _bars(replay, axis, y, height)
        body += [_mark(mark, y, colour) for mark in marks]
        y += height
    return _document(replay, [*_axis_lines(axis, y), *body], y + 44)


def place(events: Sequence[tuple[int, str]], axis: Axis) -> list[Mark]:
    """Place dots and words in rows so that none covers another."""
    placed: list[Mark] = []
    for seconds, text in events:
        x = axis.x(seconds)
        leftwards = x + 12 + CHARACTER * len(text) > WIDTH - 4
        row = 0
        while any(_overlap(Mark(x, row, text, leftwards), other) for other in placed):
            row += 1
        placed.append(Mark(x, row, text, leftwards))
    return placed


def _overlap(mine: Mark, other: Mark) -> bool:
    (left, right), (start, end) = mine.extent, other.extent
    return mine.row == other.row and left < end and start < right


def _axis(seconds: Sequence[int]) -> Axis:
    first, last = min(seconds, default=0), max(seconds, default=0)
    return Axis(min(first, -10), max(last, MINUTE))


def _squeezed(seconds: float) -> float:
    size = log10(1 + abs(seconds) / MINUTE)
    return -size if seconds < 0 else size


def _axis_lines(axis: Axis, bottom: float) -> Iterable[str]:
    for tick in axis.ticks():
        x = f"{axis.x(tick):.1f}"
        stroke = "#b3261e" if tick == 0 else "#d9d9d9"
        yield (
            f'<line x1="{x}" x2="{x}" y1="{TOP - 6}" y2="{bottom:.0f}" '
            f'stroke="{stroke}"/>'
        )
        label = offset(tick)
        yield f'<text x="{x}" y="{TOP - 12}" text-anchor="middle">{label}</text>'


def _lane(name: str, y: float, height: float) -> str:
    return (
        f'<line x1="0" x2="{WIDTH}" y1="{y:.0f}" y2="{y:.0f}" stroke="#bbbbbb"/>'
        f'<text x="12" y="{y + PAD + 15:.0f}" font-weight="bold">{name}</text>'
    )


def _mark(mark: Mark, y: float, colour: str) -> str:
    middle = y + PAD + mark.row * ROW + ROW / 2
    x, anchor = (mark.x - 8, "end") if mark.leftwards else (mark.x + 8, "start")
    return (
        f'<circle cx="{mark.x:.1f}" cy="{middle:.1f}" r="4.5" fill="{colour}"/>'
        f'<text x="{x:.1f}" y="{middle + 4:.1f}" text-anchor="{anchor}" '
        f'class="said">{escape(mark.text)}</text>'
    )


def _bars(replay: Replay, axis: Axis, y: float, height: float) -> Iterable[str]:
    """Shade the time targets were out, and until they were whole again behind it."""
    scene = replay.scene
    end = axis.last + scene.anchor
    back = {r.undoes: r.at for r in scene.trail.of(Restored)}
    whole = {r.target: r.at for r in scene.trail.of(Recovered)}
    out: list[tuple[int, int]] = []
    tails: list[tuple[int, int]] = []
    for request, effect in scene.effects.items():
        if scene.takes_down(effect.action):
            restored = min(back.get(request, end), end)
            out.append((effect.at, restored))
            tails.append((restored, min(whole.get(effect.target, restored), end)))
    for spans, colour in ((tails, TAIL), (out, OUT)):
        for start, stop in _merged(spans):
            times = start - scene.anchor, stop - scene.anchor
            yield _bar(axis, *times, y, height, colour)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join spans that overlap or meet, so that many targets make few bars."""
    merged: list[tuple[int, int]] = []
    for start, stop in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(stop, merged[-1][1])
        else:
            merged.append((start, stop))
    return merged


def _bar(axis: Axis, start: int, end: int, y: float, height: float, colour: str) -> str:
    left, right = axis.x(start), axis.x(end)
    return (
        f'<rect x="{left:.1f}" y="{y + 4:.0f}" width="{right - left:.1f}" '
        f'height="{height - 8:.0f}" fill="{colour}"/>'
    )


def _document(replay: Replay, body: Iterable[str], height: float) -> str:
    title = escape(replay.scenario.title)
    shown = escape(clipped(replay.scenario.title, 88))
    opened = replay.scene.opened
    anchor = replay.scenario.wall.local(replay.scene.anchor)
    run = ", ".join(filter(None, (f"seed {opened.seed}", chosen(opened.chosen))))
    note = (
        "Logarithmic beyond a minute from T0. Red: out of service; yellow: back, "
        "but counts and the like not yet whole."
    )
    lines = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" '
        f'width="{WIDTH}" height="{height:.0f}" role="img" aria-labelledby="t d" '
        'font-family="system-ui, sans-serif" font-size="12" fill="#333333">',
        f'<title id="t">{title}</title>',
        f'<desc id="d">{escape(_described(replay))}</desc>',
        "<style>.said{fill:#111111;paint-order:stroke;stroke:#ffffff;"
        "stroke-width:3px;stroke-linejoin:round}</style>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        f'<text x="12" y="24" font-size="16" font-weight="bold">{shown}</text>',
        f'<text x="12" y="44">{escape(run)}; T0 is {escape(anchor)}</text>',
        *body,
        f'<text x="12" y="{height - 18:.0f}">{note}</text>',
        "</svg>",
    )
    return "\n".join(lines) + "\n"


def _described(replay: Replay) -> str:
    """Tell the picture in words, for those who cannot see it."""
    wall = replay.scenario.wall
    return " ".join(
        _spoken(event, wall.local_time(event.at)) for event in replay.story.events
    )


def _spoken(event: Told, clock: str) -> str:
    return f"{clock} {event.text}"
