"""Lede's figures beside those of the fastest peer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from peers.commands import MEASURED
from peers.engines import ENGINES
from peers.queries import TYPES
from peers.results import Results

PEERS = tuple(name for name in ENGINES if name != "lede")


@dataclass(frozen=True)
class Pair:
    """One figure of Lede and the best of a peer, in microseconds."""

    list_name: str
    command: str
    type: str
    statistic: str
    lede: float
    peer: str
    fastest: float

    @property
    def ratio(self) -> float:
        """Below 1, Lede is the faster one."""
        return self.lede / self.fastest


def against(
    results: Results, list_name: str, command: str, type: str, statistic: str, peers: Iterable[str] = PEERS
) -> Pair | None:
    """Lede against whichever of these peers has the best figure; None if nobody can be compared.

    Only a peer that answered every query that Lede answered counts: the mean of the easy half would be no bar.
    """
    lede = results.figures(list_name, "lede", command, type=type)
    if lede is None:
        return None
    candidates = {}
    for peer in peers:
        figures = results.figures(list_name, peer, command, type=type)
        if figures is not None and figures.count >= lede.count:
            candidates[peer] = figures.value(statistic)
    if not candidates:
        return None
    fastest = min(candidates, key=candidates.__getitem__)
    return Pair(list_name, command, type, statistic, lede.value(statistic), fastest, candidates[fastest])


def all_pairs(results: Results) -> Iterator[Pair]:
    """Mean and 95th percentile of every list, command and type."""
    for list_name in results.lists():
        for command in MEASURED:
            for type in TYPES:
                for statistic in ("mean", "p95"):
                    pair = against(results, list_name, command, type, statistic)
                    if pair is not None:
                        yield pair
