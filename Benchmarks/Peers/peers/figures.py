"""Percentiles, means and ratios."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

STATISTICS = ("p50", "p95", "p99", "mean")


def percentile(sorted_values: Sequence[float], percent: float) -> float:
    """The value nearest to that rank: of 1…101, percentile 95 is 96."""
    return sorted_values[round(percent / 100 * (len(sorted_values) - 1))]


@dataclass(frozen=True)
class Figures:
    """What is told of many times, in microseconds."""

    count: int
    p50: float
    p95: float
    p99: float
    mean: float

    @classmethod
    def of(cls, times: Sequence[float]) -> Figures:
        ordered = sorted(times)
        p50, p95, p99 = (percentile(ordered, percent) for percent in (50, 95, 99))
        return cls(len(ordered), p50, p95, p99, statistics.fmean(ordered))

    def value(self, statistic: str) -> float:
        """The figure of that name, one of `STATISTICS`."""
        return float(getattr(self, statistic))


def readable(value: float) -> str:
    """Three significant digits, as far as they are before the point.

        4.567 → "4.57"     45.67 → "45.7"     4567.8 → "4,568"
    """
    digits = 2 if value < 9.995 else 1 if value < 99.95 else 0
    return f"{value:,.{digits}f}"
