"""Tantivy through its own Python binding.

The binding collects through a collector that cannot prune, so that its top 10 without a count scores every match as
well: Tantivy itself is faster at that than the figures here. A call costs one or two microseconds.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import tantivy

from peers.commands import Command
from peers.drivers.driving import Driver, Hits, main
from peers.queries import Query

_WRITER_BYTES = 1 << 30
_ROLES = {"": tantivy.Occur.Should, "+": tantivy.Occur.Must, "-": tantivy.Occur.MustNot}


class TantivyDriver(Driver):
    name = "tantivy"
    version = tantivy.__version__

    def build(self, lines: list[str], folder: Path) -> float:
        index = tantivy.Index(_schema(), path=str(folder))
        start = time.perf_counter()
        writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        for line in lines:
            writer.add_json(line)
        writer.commit()
        writer.wait_merging_threads()
        return time.perf_counter() - start

    def open(self, folder: Path) -> None:
        index = tantivy.Index.open(str(folder))
        self._schema = index.schema
        self._searcher = index.searcher()

    def call(self, query: Query, command: Command) -> Callable[[], Any]:
        # The binding refuses a limit of 0. A query without scores was slower still, hence not used for COUNT.
        return functools.partial(self._searcher.search, self._query(query), max(1, command.limit), command.counts)

    def _query(self, query: Query) -> tantivy.Query:
        if query.type == "phrase":
            return tantivy.Query.phrase_query(self._schema, "text", list(query.words))
        if query.type == "term":
            return self._term(query.words[0])
        return tantivy.Query.boolean_query([(_ROLES[role], self._term(word)) for role, word in query.clauses])

    def _term(self, word: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, "text", word, "freq")

    def answer(self, outcome: Any, command: Command) -> tuple[int | None, Hits]:
        hits = outcome.hits if command.limit else []
        return outcome.count, [(self._searcher.doc(address)["id"][0], score) for score, address in hits]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", stored=False, tokenizer_name="default", index_option="position")
    return builder.build()


if __name__ == "__main__":
    main(TantivyDriver())
