"""Whether the engines give the same answers: without that, their times say nothing."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from peers.commands import MEASURED, Command
from peers.engines import ENGINES
from peers.queries import TYPES
from peers.results import EXHAUSTIVE, ORACLE, Answer, Answers, Results

#: Engines that count every match. Their counts have to be equal, because all see the same tokens.
_COUNTING_PEERS = ("lucene", "tantivy", "fts5")
#: The oracle may add up the parts of a score in another order.
_SCORE_TOLERANCE = 1e-5


@dataclass
class Check:
    """One promise, on how many queries it was tried, and which broke it."""

    title: str
    compared: int = 0
    failures: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        return not self.failures

    @property
    def outcome(self) -> str:
        if self.compared == 0:
            return "not run"
        return "passed" if self.passed else f"failed on {len(self.failures)}"


def all_checks(results: Results) -> Iterator[Check]:
    for list_name in results.lists():
        for command in MEASURED:
            if Command.parse(command).counts:
                for peer in _COUNTING_PEERS:
                    title = f"{list_name}, {command}: Lede counts as {ENGINES[peer].title} does"
                    yield _compare(title, results, list_name, command, peer, same_count)
        for command in MEASURED:
            if Command.parse(command).limit:
                title = f"{list_name}, {command}: pruned search gives what exhaustive search gives, to the bit"
                yield _compare(title, results, list_name, command, EXHAUSTIVE, same_hits)
        # The oracle may have been asked for fewer commands, but top 10 is always expected.
        for command in MEASURED:
            if command == "TOP_10" or results.of(list_name, ORACLE, command):
                title = f"{list_name}, {command}: Lede gives what the oracle gives"
                yield _compare(title, results, list_name, command, ORACLE, like_oracle)


def _compare(
    title: str, results: Results, list_name: str, command: str, other: str, agree: Callable[[Answer, Answer], bool]
) -> Check:
    """Holds each answer of another engine against Lede's; a query that Lede left out has failed."""
    lede = results.of(list_name, "lede", command)
    check = Check(title)
    for query, answer in results.of(list_name, other, command).items():
        check.compared += 1
        if query not in lede or not agree(lede[query], answer):
            check.failures.append(f"{query} ({answer.type}: {answer.words})")
    return check


def same_count(lede: Answer, other: Answer) -> bool:
    return lede.count is not None and lede.count == other.count


def same_hits(pruned: Answer, exhaustive: Answer) -> bool:
    """The same ids in the same order with the very same scores, and the same count."""
    return pruned.hits == exhaustive.hits and pruned.count == exhaustive.count


def like_oracle(lede: Answer, oracle: Answer) -> bool:
    """The same ids in the same order, scores as near as summing in another order may leave them, and counts if both told."""
    return (
        [id for id, _ in lede.hits] == [id for id, _ in oracle.hits]
        and all(math.isclose(ours, its, rel_tol=_SCORE_TOLERANCE) for (_, ours), (_, its) in zip(lede.hits, oracle.hits))
        and (lede.count is None or oracle.count is None or lede.count == oracle.count)
    )


def overlaps(lede: Answers, peer: Answers) -> dict[str, float]:
    """By type of query, the mean share of Lede's hits that the peer has among its own."""
    shares: dict[str, list[float]] = {}
    for query, answer in lede.items():
        if query in peer and answer.hits:
            ours = {id for id, _ in answer.hits}
            its = {id for id, _ in peer[query].hits}
            shares.setdefault(answer.type, []).append(len(ours & its) / len(ours))
    return {type: statistics.fmean(shares[type]) for type in TYPES if type in shares}
