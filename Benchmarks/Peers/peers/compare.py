"""The command `compare`: prepares an archive, builds every index, times every engine in turn, checks and reports."""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from peers import corpus, engines, machine, querylists, queries, report, results, stamps
from peers.commands import MEASURED, Command
from peers.engines import ENGINES
from peers.run import Record, RunFolder

#: What the argument parser of `SearchBenchmarkGame` ends with when it does not know a subcommand.
_USAGE_ERROR = 64
#: The oracle looks at every word of every article, so it answers only every so many-th query.
ORACLE_EVERY = 8


class FailedCommand(Exception):
    """A driver that ended with an error; its last words were printed."""


def main() -> None:
    options = _options()
    folder = RunFolder.named(options.name)
    folder.indexes.mkdir(parents=True, exist_ok=True)
    if not options.lede.exists():
        sys.exit(f"compare: {options.lede} is missing; run swift build -c release --product SearchBenchmarkGame")
    try:
        record = _Comparison(options, folder).run()
    except (FailedCommand, OSError) as failure:
        sys.exit(f"compare: {failure}")
    record.write(folder.record)
    sys.exit(report.write(folder, options.output))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="compare", description="Compare Lede with other engines on the articles of one archive.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("archive", type=Path, help="JSON lines with id, title and body; plain, .gz or .zst")
    parser.add_argument("--name", help="what to call it; default: the archive's name up to its first dot")
    parser.add_argument("--game-queries", type=Path, help="the search-benchmark-game's queries.txt; without it, no such list")
    parser.add_argument("--rounds", type=_positive, default=3, help="how often every engine has its turn")
    parser.add_argument("--iterations", type=_positive, default=10, help="how often a query is timed in each round")
    parser.add_argument("--fts5-iterations", type=_positive, default=2, help="the same for FTS5, which is slow")
    parser.add_argument("--warmup", type=float, default=3.0, help="seconds of running queries before the clock counts")
    parser.add_argument("--lucene-warmup", type=float, default=20.0, help="the same for Lucene, which compiles itself meanwhile")
    parser.add_argument("--engines", type=_engine_list, default=list(ENGINES), help="which, with commas between")
    parser.add_argument("--rebuild", action="store_true", help="build indexes although the articles have not changed")
    parser.add_argument("--lede", type=Path, default=engines.LEDE_DRIVER, help="Lede's driver")
    parser.add_argument("--output", type=Path, default=report.DEFAULT_OUTPUT, help="the folder of RESULTS.md and its plots")
    options = parser.parse_args()
    options.name = options.name or options.archive.name.split(".")[0]
    return options


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _engine_list(text: str) -> list[str]:
    names = text.split(",")
    unknown = [name for name in names if name not in ENGINES]
    if unknown:
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}; known: {', '.join(ENGINES)}")
    return [name for name in ENGINES if name in names]


class _Comparison:
    def __init__(self, options: argparse.Namespace, folder: RunFolder) -> None:
        self._options = options
        self._folder = folder
        self._loads: list[float] = []

    def run(self) -> Record:
        options, folder = self._options, self._folder
        commit = machine.commit(engines.PACKAGE_ROOT)
        facts = self._prepare()
        counts = self._list_queries()
        builds = {engine: self._build(engine) for engine in options.engines}
        # Rounds of another day or commit are not to be mixed with these.
        folder.record.unlink(missing_ok=True)
        shutil.rmtree(folder.results, ignore_errors=True)
        folder.results.mkdir()
        for round_number in range(1, options.rounds + 1):
            for list_name in counts:
                for engine in engines.turns(options.engines, round_number):
                    self._measure(engine, list_name, round_number)
        oracle_note = self._gather_references(list(counts)) if "lede" in options.engines else "Lede was not asked"
        return Record(
            name=options.name, archive=options.archive.name, date=datetime.date.today().isoformat(),
            commit=commit, command=_told_command(sys.argv[1:]), machine=machine.describe(),
            corpus=facts, query_counts=counts, builds=builds, rounds=options.rounds, iterations=options.iterations,
            fts5_iterations=options.fts5_iterations, load=(min(self._loads), max(self._loads)), oracle_note=oracle_note)

    def _prepare(self) -> dict[str, int]:
        _say("preparing the articles")
        archive, prepared = self._options.archive, self._folder.articles
        sources = [archive, Path(corpus.__file__)]
        return stamps.made(
            prepared.with_suffix(".json"), sources, lambda: dataclasses.asdict(corpus.prepare(archive, prepared)))

    def _list_queries(self) -> dict[str, int]:
        """Writes the lists, and returns how many queries each has."""
        game = self._options.game_queries
        sources = [self._folder.articles, Path(querylists.__file__), *([game] if game else [])]
        if game is None:
            _say("no --game-queries: only queries drawn from the archive")

        def make() -> dict[str, int]:
            _say("drawing queries")
            with self._folder.articles.open(encoding="utf-8") as articles:
                drawn, vocabulary = querylists.corpus_list(articles)
            lists = {"corpus": drawn}
            if game is not None:
                with game.open(encoding="utf-8") as lines:
                    lists["game"] = querylists.game_list(lines, vocabulary.frequencies)
            for list_name, listed in lists.items():
                queries.write(listed, self._folder.queries(list_name))
            return {list_name: len(listed) for list_name, listed in lists.items()}

        return stamps.made(self._folder.path / "queries.json", sources, make)

    def _build(self, engine: str) -> dict[str, Any]:
        index = self._folder.indexes / engine
        sources = [self._folder.articles, *engines.driver_files(engine, self._options.lede)]

        def make() -> dict[str, Any]:
            _say(f"building the index of {ENGINES[engine].title}")
            # Lede's driver insists on a new folder, and none of them should find old files.
            shutil.rmtree(index, ignore_errors=True)
            with self._folder.articles.open("rb") as articles:
                printed = _run([*self._driver(engine), "build", index], stdin=articles)
            built = json.loads(printed.splitlines()[-1])
            return {key: built[key] for key in ("seconds", "index_bytes", "pairs_bytes", "parts") if key in built}

        return stamps.made(index.with_suffix(".json"), sources, make, anew=self._options.rebuild)

    def _measure(self, engine: str, list_name: str, round_number: int) -> None:
        options = self._options
        iterations = options.fts5_iterations if engine == "fts5" else options.iterations
        # FTS5 has nothing to warm up but the page cache, and every pass of its takes minutes.
        warmup = {"fts5": 0.0, "lucene": options.lucene_warmup}.get(engine, options.warmup)
        self._loads.append(machine.load())
        _say(f"round {round_number} of {options.rounds}: {ENGINES[engine].title}, {list_name} list, load {self._loads[-1]:.2f}")
        out = self._folder.results / results.file_name(list_name, engine, round_number)
        _run([
            *self._driver(engine), "measure", self._folder.indexes / engine, self._folder.queries(list_name),
            "--out", out, "--iters", str(iterations), "--warm", str(warmup), "--commands", ",".join(MEASURED),
        ])

    def _gather_references(self, list_names: Sequence[str]) -> str:
        """Asks Lede without pruning, and the oracle; returns why the oracle has not answered, or nothing."""
        note = ""
        ranked = [name for name in MEASURED if Command.parse(name).limit]
        for list_name in list_names:
            _say(f"references for the {list_name} list")
            queries_file = self._folder.queries(list_name)
            exhaustive = self._folder.results / results.file_name(list_name, results.EXHAUSTIVE, 1)
            _run([
                self._options.lede, "measure", self._folder.indexes / "lede", queries_file, "--exhaustive", "--out", exhaustive,
                "--iters", "1", "--warm", "0", "--commands", ",".join(ranked),
            ])
            oracle = self._folder.results / results.file_name(list_name, results.ORACLE, 1)
            command = [
                self._options.lede, "oracle", self._folder.articles, queries_file, "--out", oracle, "--every", str(ORACLE_EVERY),
            ]
            finished = subprocess.run(command, capture_output=True, text=True)
            if finished.returncode == _USAGE_ERROR:
                note = "this build of SearchBenchmarkGame does not know `oracle ARTICLES QUERIES --out FILE`"
            elif finished.returncode != 0:
                _show_last_words(finished)
                raise FailedCommand(f"the oracle ended with status {finished.returncode}")
        return note

    def _driver(self, engine: str) -> list[str | Path]:
        return engines.driver_command(engine, self._options.lede)


def _run(command: Sequence[str | Path], stdin: Any = subprocess.DEVNULL) -> str:
    """Runs a driver and returns what it printed."""
    # Numerical libraries would start threads of their own.
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    finished = subprocess.run(command, stdin=stdin, capture_output=True, text=True, env=environment)
    if finished.returncode != 0:
        _show_last_words(finished)
        raise FailedCommand(f"{Path(command[0]).name} ended with status {finished.returncode}")
    return finished.stdout


def _show_last_words(finished: subprocess.CompletedProcess[str]) -> None:
    for line in (finished.stdout + finished.stderr).splitlines()[-20:]:
        print(f"  {line}", file=sys.stderr)


def _told_command(arguments: Sequence[str]) -> str:
    """The command as the report tells it: files by their names alone, because folders differ from machine to machine."""
    names = [re.sub("[^=]*/", "", argument.rstrip("/")) for argument in arguments]
    return shlex.join(["Benchmarks/Peers/compare", *names])


def _say(text: str) -> None:
    print(f"{datetime.datetime.now():%H:%M:%S}  {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
