"""SQLite FTS5, the system's, through Python's own module.

The table is contentless: positions, but no text. `detail=full` is needed for phrases, and because contentless tables of
less detail rank everything 0. FTS5 scores every match, and parses the match expression inside the timed call.
"""

from __future__ import annotations

import functools
import json
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from peers.commands import Command
from peers.drivers.driving import Driver, Hits, main
from peers.queries import Query

_TOP = "SELECT rowid, rank FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT ?"
_COUNT = "SELECT count(*) FROM articles WHERE articles MATCH ?"
_ID = "SELECT id FROM ids WHERE rowid = ?"


class FTS5Driver(Driver):
    name = "fts5"
    version = f"SQLite {sqlite3.sqlite_version}"

    def build(self, lines: list[str], folder: Path) -> float:
        self.open(folder)
        parsed = [json.loads(line) for line in lines]
        ids = [(row, article["id"]) for row, article in enumerate(parsed)]
        texts = [(row, article["text"]) for row, article in enumerate(parsed)]
        database = self._database
        for setting in ("journal_mode = OFF", "synchronous = OFF"):
            database.execute(f"PRAGMA {setting}")
        database.execute("CREATE TABLE ids(rowid INTEGER PRIMARY KEY, id TEXT)")
        database.execute("CREATE VIRTUAL TABLE articles USING fts5(text, tokenize = 'unicode61', detail = full, content = '')")
        start = time.perf_counter()
        database.execute("BEGIN")
        database.executemany("INSERT INTO ids VALUES (?, ?)", ids)
        database.executemany("INSERT INTO articles(rowid, text) VALUES (?, ?)", texts)
        database.execute("COMMIT")
        database.execute("INSERT INTO articles(articles) VALUES ('optimize')")
        seconds = time.perf_counter() - start
        # For the size alone, hence not timed.
        database.execute("VACUUM")
        database.close()
        return seconds

    def open(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "articles.db", isolation_level=None)
        for setting in ("cache_size = -1500000", "mmap_size = 8000000000", "temp_store = memory"):
            self._database.execute(f"PRAGMA {setting}")

    def call(self, query: Query, command: Command) -> Callable[[], Any] | None:
        expression = match_expression(query)
        if expression is None:
            return None
        return functools.partial(self._search, expression, command.limit, command.counts)

    def _search(self, expression: str, limit: int, counts: bool) -> tuple[int | None, list[tuple[int, float]]]:
        count = self._database.execute(_COUNT, (expression,)).fetchone()[0] if counts else None
        return count, self._database.execute(_TOP, (expression, limit)).fetchall() if limit else []

    def answer(self, outcome: Any, command: Command) -> tuple[int | None, Hits]:
        count, rows = outcome
        # Its ranks are negative scores.
        return count, [(self._database.execute(_ID, (row,)).fetchone()[0], -rank) for row, rank in rows]


def match_expression(query: Query) -> str | None:
    """The query in FTS5's language; None if it has optional beside other words, which FTS5 cannot rank by.

        +a +b -c → ("a" AND "b") NOT ("c")
    """
    if query.type == "phrase":
        return f'"{" ".join(query.words)}"'
    words: dict[str, list[str]] = {"": [], "+": [], "-": []}
    for role, word in query.clauses:
        words[role].append(f'"{word}"')
    if query.type != "bool":
        return " AND ".join(words["+"]) or " OR ".join(words[""])
    if words[""] or not words["+"]:
        return None
    excluded = f' NOT ({" OR ".join(words["-"])})' if words["-"] else ""
    return f'({" AND ".join(words["+"])}){excluded}'


if __name__ == "__main__":
    main(FTS5Driver())
