"""The files of results of all rounds, put together."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peers.figures import Figures

#: The same engine without pruning, and the plain reference: for the checks, not for the clock.
EXHAUSTIVE = "lede-exhaustive"
ORACLE = "oracle"


@dataclass
class Answer:
    """What an engine said to one query under one command, and the best time of all rounds."""

    query: str
    group: str
    type: str
    words: str
    best_us: float
    count: int | None
    hits: list[tuple[str, float]]

    @classmethod
    def of(cls, row: dict[str, Any]) -> Answer:
        hits = [(id, score) for id, score in row["hits"]]
        # A count that was not asked for is null or missing.
        return cls(row["qid"], row["cls"], row["type"], row["q"], row["min_us"], row.get("count"), hits)


#: Answers by the id of their query.
Answers = dict[str, Answer]


@dataclass
class Results:
    """Answers by list, engine and command."""

    answers: dict[tuple[str, str, str], Answers] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    #: The fixed cost of a call in microseconds, for engines that tell it.
    call_overheads: dict[str, float] = field(default_factory=dict)

    def add(self, list_name: str, engine: str, report: dict[str, Any]) -> None:
        """Adds one round. Answers are those of the first round; of times the best counts."""
        if report.get("version"):
            self.versions[engine] = report["version"]
        if "call_overhead_us" in report:
            best = self.call_overheads.get(engine, float("inf"))
            self.call_overheads[engine] = min(best, report["call_overhead_us"])
        for command, rows in report["results"].items():
            answers = self.answers.setdefault((list_name, engine, command), {})
            for row in rows:
                answer = Answer.of(row)
                known = answers.setdefault(answer.query, answer)
                known.best_us = min(known.best_us, answer.best_us)

    def of(self, list_name: str, engine: str, command: str) -> Answers:
        """The answers of an engine; none if it has not been asked or cannot do that."""
        return self.answers.get((list_name, engine, command), {})

    def lists(self) -> list[str]:
        return sorted({list_name for list_name, _, _ in self.answers})

    def figures(
        self, list_name: str, engine: str, command: str, *, type: str | None = None, group: str | None = None
    ) -> Figures | None:
        """The times of an engine on queries of a type or group; None if it answered none."""
        times = [
            answer.best_us
            for answer in self.of(list_name, engine, command).values()
            if type in (None, answer.type) and group in (None, answer.group)
        ]
        return Figures.of(times) if times else None


def file_name(list_name: str, engine: str, round_number: int) -> str:
    return f"{list_name}.{engine}.{round_number}.json"


def load(folder: Path) -> Results:
    """All files of results of a folder."""
    results = Results()
    for path in sorted(folder.glob("*.json")):
        list_name, engine, _ = path.stem.split(".")
        results.add(list_name, engine, json.loads(path.read_text(encoding="utf-8")))
    return results
