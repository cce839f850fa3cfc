"""The marks that Lede is to reach, and how far it is above or below them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from peers.comparison import PEERS, against
from peers.engines import ENGINES
from peers.figures import readable
from peers.results import Results


class Relation(Enum):
    AT_MOST = "at most"
    BELOW = "below"
    AT_LEAST = "at least"


@dataclass(frozen=True)
class Mark:
    """One mark: what is measured, how it is to stand to the limit, and what was measured."""

    title: str
    relation: Relation
    limit: float
    measured: float
    #: What `limit` and `measured` are multiples of, as "× Lucene's".
    unit: str

    @property
    def met(self) -> bool:
        match self.relation:
            case Relation.AT_MOST:
                return self.measured <= self.limit
            case Relation.BELOW:
                return self.measured < self.limit
            case Relation.AT_LEAST:
                return self.measured >= self.limit

    @property
    def verdict(self) -> str:
        """Met or missed, and by what share of the limit."""
        share = abs(self.measured / self.limit - 1)
        return f"{'met' if self.met else 'missed'} by {100 * share:,.0f} %"

    @property
    def row(self) -> str:
        wanted = f"{self.relation.value} {self.limit:g} {self.unit}"
        return f"| {self.title} | {wanted} | {readable(self.measured)} | {self.verdict} |"


@dataclass(frozen=True)
class _SpeedTarget:
    title: str
    type: str
    command: str
    statistics: tuple[str, ...]
    relation: Relation
    limit: float


#: Lede's time as a share of the fastest peer's, the fastest by the same figure.
_SPEED_TARGETS = (
    _SpeedTarget("unions, top 10", "or", "TOP_10", ("mean", "p95"), Relation.AT_MOST, 0.5),
    _SpeedTarget("intersections, top 10", "and", "TOP_10", ("mean", "p95"), Relation.AT_MOST, 0.7),
    _SpeedTarget("unions, count", "or", "COUNT", ("mean",), Relation.AT_MOST, 0.4),
    _SpeedTarget("phrases, top 10", "phrase", "TOP_10", ("mean", "p95"), Relation.BELOW, 1),
    _SpeedTarget("negations and optional words, top 10", "bool", "TOP_10", ("mean", "p95"), Relation.BELOW, 1),
    _SpeedTarget("unions, top 100 with exact count", "or", "TOP_100_COUNT", ("mean",), Relation.AT_MOST, 0.5),
)
_TIMES_FASTER_THAN_FTS5 = 300
_SIZE_PERCENT = 29


def speed_marks(results: Results) -> Iterator[Mark]:
    """The marks of each list, where the list has that type of query and a peer that can be compared."""
    for list_name in results.lists():
        for target in _SPEED_TARGETS:
            for statistic in target.statistics:
                pair = against(results, list_name, target.command, target.type, statistic)
                if pair is not None:
                    title = f"{list_name}: {target.title}, {statistic}"
                    yield Mark(title, target.relation, target.limit, pair.ratio, f"× {ENGINES[pair.peer].title}'s")
        pair = against(results, list_name, "TOP_10", "or", "mean", peers=["fts5"])
        if pair is not None:
            title = f"{list_name}: unions, top 10, times as fast as FTS5, mean"
            yield Mark(title, Relation.AT_LEAST, _TIMES_FASTER_THAN_FTS5, 1 / pair.ratio, "×")


def size_marks(index_bytes: Mapping[str, int], text_bytes: int) -> Iterator[Mark]:
    """The size against the normalised text, and against the smallest index of a peer that keeps positions."""
    if "lede" not in index_bytes:
        return
    lede = index_bytes["lede"]
    yield Mark("index size", Relation.AT_MOST, _SIZE_PERCENT, 100 * lede / text_bytes, "% of the normalised text")
    with_positions = {peer: index_bytes[peer] for peer in PEERS if peer in index_bytes and ENGINES[peer].keeps_positions}
    if with_positions:
        smallest = min(with_positions, key=with_positions.__getitem__)
        title = "index size, of those with positions"
        yield Mark(title, Relation.BELOW, 1, lede / with_positions[smallest], f"× {ENGINES[smallest].title}'s")
