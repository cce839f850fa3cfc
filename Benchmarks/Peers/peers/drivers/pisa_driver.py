"""PISA through the compiled extension of its Python wheel, without the rest of that wheel.

Its index holds no positions and the extension returns no counts, so that phrases, negations and counts are left out.
Every query is one call of the extension, whose fixed cost of about three microseconds is part of each figure.
"""

from __future__ import annotations

import ctypes
import functools
import importlib.util
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote, unquote

import numpy

from peers.commands import Command
from peers.drivers.driving import Driver, Hits, main
from peers.queries import Query

_ALGORITHMS = {"term": "ranked_or", "or": "block_max_maxscore", "and": "ranked_and"}
_ARTICLES_PER_BATCH = 100_000
_MOST_HITS = 1_000


def extension() -> ModuleType:
    """The compiled extension; the version of TBB that it was linked with has to be there before it."""
    ctypes.CDLL(str(Path(sys.prefix, "lib", "libtbb.so.2")), ctypes.RTLD_GLOBAL)
    library = next(Path(os.environ["PEERS_HOME"], "pisa", "pyterrier_pisa").glob("_pisathon*.so"))
    specification = importlib.util.spec_from_file_location("_pisathon", library)
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


class PisaDriver(Driver):
    name = "pisa"
    version = "PISA of pyterrier-pisa 0.4.9"

    def __init__(self) -> None:
        self._pisa = extension()

    def build(self, lines: list[str], folder: Path) -> float:
        articles = folder / "articles.txt"
        with articles.open("w", encoding="utf-8") as file:
            for line in lines:
                article = json.loads(line)
                # Its lines are an id without spaces, a space and the text.
                file.write(f"{quote(article['id'], safe='')} {article['text']}\n")
        with _output_to(folder / "native.log"):
            start = time.perf_counter()
            self._pisa.index(str(articles), str(folder), "", _ARTICLES_PER_BATCH, 1)
            self._prepare(folder)
            seconds = time.perf_counter() - start
        articles.unlink()
        return seconds

    def _prepare(self, folder: Path) -> Any:
        """Opens the index; the first time, compresses it as well."""
        context = self._pisa.RetrievalContext()
        self._pisa.prepare_index(
            context, index_dir=str(folder), encoding="block_simdbp", scorer_name="bm25", stemmer="", bm25_k1=1.2, bm25_b=0.75,
            quantize=0)
        return context

    def index_bytes(self, folder: Path) -> int:
        """The compressed lists with their bounds, and the two dictionaries: what it keeps beside them no search reads."""
        read = [file for file in folder.iterdir() if ".bmw." in file.name or file.suffix in (".termlex", ".doclex")]
        return sum(file.stat().st_size for file in read)

    def open(self, folder: Path) -> None:
        self._context = self._prepare(folder)
        self._ids = numpy.empty(_MOST_HITS, dtype=object)
        self._scores = numpy.empty(_MOST_HITS, dtype=numpy.float32)
        self._query_numbers = numpy.empty(_MOST_HITS, dtype=numpy.int32)
        self._ranks = numpy.empty(_MOST_HITS, dtype=numpy.int32)

    def call(self, query: Query, command: Command) -> Callable[[], Any] | None:
        if command.counts or query.type not in _ALGORITHMS:
            return None
        return self._call(" ".join(query.words), _ALGORITHMS[query.type], command.limit)

    def _call(self, text: str, algorithm: str, limit: int) -> Callable[[], Any]:
        return functools.partial(
            self._pisa.retrieve, self._context, algorithm, [(0, text)], k=limit, threads=1, result_qidxs=self._query_numbers,
            result_docnos=self._ids, result_ranks=self._ranks, result_scores=self._scores)

    def answer(self, outcome: int, command: Command) -> tuple[None, Hits]:
        return None, [(unquote(self._ids[rank]), float(self._scores[rank])) for rank in range(outcome)]

    def facts(self) -> dict[str, Any]:
        """The fixed cost of a call: that of an unknown word."""
        call = self._call("qqqqqqqq", _ALGORITHMS["or"], 10)
        best = float("inf")
        for _ in range(2_000):
            start = time.perf_counter_ns()
            call()
            best = min(best, time.perf_counter_ns() - start)
        return {"call_overhead_us": best / 1000}


@contextmanager
def _output_to(path: Path) -> Iterator[None]:
    """Sends what native code prints into a file, which is removed if all goes well: standard output is for the result."""
    kept = [os.dup(1), os.dup(2)]
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    try:
        os.dup2(log, 1)
        os.dup2(log, 2)
        yield
    finally:
        os.dup2(kept[0], 1)
        os.dup2(kept[1], 2)
        for descriptor in (log, *kept):
            os.close(descriptor)
    path.unlink()


if __name__ == "__main__":
    main(PisaDriver())
