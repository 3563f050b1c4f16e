"""Numbers in words a person can read aloud: spans, shares, counts, lists.

``span`` is for sentences ("1 h 16 min"), ``short`` for narrow columns ("1.3h").
"""

from collections.abc import Iterable, Sequence

from simulator.clock import DAY, HOUR, MINUTE, format_duration
from simulator.experiment.findings import Estimate, Spread
from simulator.outcome.outcome import Verdict
from simulator.scenario.scenario import COUNTS

MEANING: dict[Verdict, str] = {
    "stopped": "no harmful effect ever held",
    "limited": "fewer targets than planned, or undone within the tolerable time",
    "caught": "a signal from inside was confirmed in time",
    "noticed": "only outsiders told, or the confirmation came too late",
    "missed": "nobody noticed",
}

WEIGHT = {"stopped": 3, "limited": 2, "caught": 1, "noticed": 0, "missed": 0}
"""Which verdicts count as held, the best most; only to sort equals."""


def span(seconds: float) -> str:
    """Write a span for a sentence: "10 min 40 s"."""
    return format_duration(seconds)


def short(seconds: float | None) -> str:
    """Write a span in at most five characters: "11m", "2.1h"; "-" for never."""
    if seconds is None:
        return "-"
    sign, size = "-" if seconds < 0 else "", abs(seconds)
    if size < 99.5:
        return f"{sign}{size:.0f}s"
    if size < 99.5 * MINUTE:
        return f"{sign}{size / MINUTE:.0f}m"
    if size < 99.5 * HOUR:
        return f"{sign}{_digits(size / HOUR)}h"
    return f"{sign}{_digits(size / DAY)}d"


def offset(seconds: int) -> str:
    """Write a distance from the effect: "T0", "+11 min", "-2 h 5 min"."""
    if not seconds:
        return "T0"
    return f"{'+' if seconds > 0 else ''}{span(seconds)}"


def signed(seconds: float) -> str:
    """Write seconds added or saved in at most five characters: "+0", "+3.2", "-12"."""
    if abs(seconds) < 0.05:
        return "+0"
    if abs(seconds) < 9.95:
        return f"{seconds:+.1f}"
    return f"{seconds:+.0f}" if abs(seconds) < 9999.5 else f"{seconds / 1000:+.0f}k"


def percent(share: float) -> str:
    """Write a share in whole per cent; never 0 or 100 unless it is."""
    if 0 < share < 0.005:
        return "<1"
    if 0.995 <= share < 1:
        return ">99"
    return f"{share * 100:.0f}"


def interval(estimate: Estimate) -> str:
    """Write a share with its interval, in per cent: "31 23-41"."""
    low, high = estimate.low * 100, estimate.high * 100
    return f"{percent(estimate.share)} {low:.0f}-{high:.0f}"


def typical(spread: Spread) -> str:
    """Write a median in at most six characters; in brackets if under half had it."""
    if spread.median is None:
        return "-"
    text = short(spread.median)
    if 2 * spread.happened >= spread.of:
        return text
    # Without decimals what is negative fits the column too.
    return f"({text if len(text) < 5 else text[:-3] + text[-1]})"


def quantity(value: float | None, metric: str) -> str:
    """Write a simulated value of a metric: a count, or a span."""
    if value is None:
        return "never"
    return f"{value:g}" if is_count(metric) else span(value)


def is_count(metric: str) -> bool:
    """Say whether a metric, with or without what it is of, is a count."""
    return metric.partition(" ")[0] in COUNTS


def spread(found: Spread, metric: str) -> str:
    """Write a median with its 5 and 95 % quantiles: "11 min (8 min to 14 min)"."""
    middle = quantity(found.median, metric)
    if found.median is None or found.low is None or found.high is None:
        return "did not happen"
    if found.low == found.high == found.median:
        return middle
    return f"{middle} ({quantity(found.low, metric)} to {quantity(found.high, metric)})"


def rate(value: float | None) -> str:
    """Write a rate in at most five characters; "-" where there was nothing."""
    if value is None:
        return "-"
    if 0 < value < 0.05:
        return "<0.1"
    return f"{value:.1f}" if value < 9.95 else f"{value:.0f}"


def plural(number: int, noun: str, nouns: str = "") -> str:
    """Count things: "1 run", "2,400 runs"."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def listing(words: Iterable[str], last: str = "and") -> str:
    """Join words as in a sentence: "a, b and c"."""
    *most, final = tuple(words) or ("",)
    return f"{', '.join(most)} {last} {final}" if most else final


def chosen(pairs: Sequence[tuple[str, str]]) -> str:
    """Write a variant as the command line takes it: "intent=slip, delay=none"."""
    return ", ".join(f"{axis}={option}" for axis, option in pairs)


def sentence(text: str) -> str:
    """Give a phrase its capital letter, unless it begins with an id, and its stop."""
    text = text.strip()
    first, *_ = text.split() or [""]
    if first.rstrip(",:;").isalpha():
        text = text[:1].upper() + text[1:]
    return text + ("" if text.endswith((".", "?", "!")) or not text else ".")


def _digits(value: float) -> str:
    return f"{value:.1f}" if value < 9.95 else f"{value:.0f}"
