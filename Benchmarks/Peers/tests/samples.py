"""Small results to test on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from peers.results import Answer, Answers, Results


def answer(
    query: str = "q0", type: str = "or", time: float = 1.0, count: int | None = None, hits: Sequence[tuple[str, float]] = ()
) -> Answer:
    return Answer(query, f"{type}2", type, "a b", time, count, list(hits))


def answers(*each: Answer) -> Answers:
    return {one.query: one for one in each}


def timed(times: Mapping[str, Sequence[float]], command: str = "TOP_10", type: str = "or") -> Results:
    """Results of one list, from the times of each engine's queries."""
    results = Results()
    for engine, of_engine in times.items():
        rows = (answer(f"q{number}", type, time) for number, time in enumerate(of_engine))
        results.answers["corpus", engine, command] = answers(*rows)
    return results
