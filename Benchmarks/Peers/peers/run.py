"""The folder of one comparison, and what is kept about it.

    PEERS_HOME/runs/NAME/
      articles.jsonl          the prepared articles            articles.json   what they amount to
      corpus.tsv, game.tsv    the lists of queries
      index/ENGINE            an index                         index/ENGINE.json   what building it took
      results/LIST.ENGINE.ROUND.json                           answers and times
      run.json                machine, commit, command, …      what `report` needs beside the results
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from peers.engines import home


@dataclass(frozen=True)
class RunFolder:
    path: Path

    @classmethod
    def named(cls, name: str) -> RunFolder:
        return cls(home() / "runs" / name)

    @property
    def articles(self) -> Path:
        return self.path / "articles.jsonl"

    @property
    def indexes(self) -> Path:
        return self.path / "index"

    @property
    def results(self) -> Path:
        return self.path / "results"

    @property
    def record(self) -> Path:
        return self.path / "run.json"

    def queries(self, list_name: str) -> Path:
        return self.path / f"{list_name}.tsv"


@dataclass(frozen=True)
class Record:
    """What `report` tells beside the results."""

    name: str
    archive: str
    date: str
    commit: str
    command: str
    machine: dict[str, str]
    #: The facts of `corpus.CorpusFacts`.
    corpus: dict[str, int]
    #: How many queries each list has; a list that was not asked for is missing.
    query_counts: dict[str, int]
    #: By engine: seconds, index_bytes, and for Lede pairs_bytes, which are not among the former.
    builds: dict[str, dict[str, Any]]
    rounds: int
    iterations: int
    fts5_iterations: int
    #: The lowest and highest load average before a measurement.
    load: tuple[float, float]
    #: Why the oracle has no results, or nothing.
    oracle_note: str

    @classmethod
    def read(cls, path: Path) -> Record:
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")
