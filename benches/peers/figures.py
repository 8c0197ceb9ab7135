"""Medians of measurements of which some only say `more than`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median

#: Shares below it are floating point's own: the peers print and reckon so far and no further.
SMALLEST = 1e-6


@dataclass(frozen=True)
class Figure:
    """A measurement; `least` where the limit ended it, so that the truth is above."""

    amount: float
    least: bool = False


def spread(figures: Iterable[Figure], show: Callable[[float], str], more: str = "> ") -> str:
    """`median (smallest–largest)`, each marked where it is only a lower bound.

    The median of lower bounds is a lower bound of the median; only ended measurements that lie
    above it leave it as it is.
    """
    ordered = sorted(figures, key=lambda figure: figure.amount)
    if not ordered:
        return "–"
    amounts = [figure.amount for figure in ordered]
    upper = ordered[len(ordered) // 2].amount
    mark = more if any(one.least and one.amount <= upper for one in ordered) else ""
    text = mark + show(median(amounts))
    if len(ordered) == 1:
        return text
    low = (more if ordered[0].least else "") + show(amounts[0])
    high = (more if any(one.least for one in ordered) else "") + show(amounts[-1])
    return f"{text} ({low}–{high})"


def short(amount: float) -> str:
    """Two figures that count, without a power."""
    if amount >= 100:
        return f"{amount:,.0f}"
    if amount >= 10:
        return f"{amount:.0f}"
    return f"{amount:.1f}" if amount >= 1 else f"{amount:.2f}"


def megabytes(kilobytes: float) -> str:
    """Whole megabytes."""
    return f"{kilobytes / 1024:,.0f}"


def percent(share: float) -> str:
    """A gap; four figures behind the point, since 0.01% is the target."""
    return f"{100 * share:.4f}%" if abs(share) >= SMALLEST else "0"
