"""What the drivers written in Python have in common: their commands, the clock, and the file of results.

    DRIVER build INDEX < ARTICLES                 one line of JSON says how long it took and how big the index is
    DRIVER measure INDEX QUERIES --out RESULT     times every query of the list under every command

Lede's own driver, `SearchBenchmarkGame`, and Lucene's speak the same two commands and write the same JSON.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any

from peers import queries
from peers.commands import MEASURED, Command
from peers.queries import Query

#: Ids and scores, best first.
Hits = list[tuple[str, float]]


class Driver(ABC):
    """One engine. `outcome` below is whatever the engine's own call returns."""

    name: str
    version: str

    @abstractmethod
    def build(self, lines: list[str], folder: Path) -> float:
        """Indexes prepared articles, held in memory, into an empty folder; returns the seconds that are to count."""

    @abstractmethod
    def open(self, folder: Path) -> None:
        """Opens an index for the calls below."""

    @abstractmethod
    def call(self, query: Query, command: Command) -> Callable[[], Any] | None:
        """What runs the query, with everything prepared that need not be timed; None for what the engine cannot do."""

    @abstractmethod
    def answer(self, outcome: Any, command: Command) -> tuple[int | None, Hits]:
        """The number of matches, where the command counts them, and the hits."""

    def index_bytes(self, folder: Path) -> int:
        """The bytes that a search needs."""
        return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())

    def facts(self) -> dict[str, Any]:
        """What else the results should tell."""
        return {}


def main(driver: Driver) -> None:
    parser = argparse.ArgumentParser()
    actions = parser.add_subparsers(dest="action", required=True)
    building = actions.add_parser("build", help="index the prepared articles of standard input")
    building.add_argument("index", type=Path)
    measuring = actions.add_parser("measure", help="time a list of queries")
    measuring.add_argument("index", type=Path)
    measuring.add_argument("queries", type=Path)
    measuring.add_argument("--out", type=Path, required=True)
    measuring.add_argument("--commands", default=",".join(MEASURED))
    measuring.add_argument("--iters", type=int, default=7)
    measuring.add_argument("--warm", type=float, default=3.0)
    options = parser.parse_args()
    if options.action == "build":
        print(json.dumps(_build(driver, options.index)))
    else:
        driver.open(options.index)
        listed = queries.read(options.queries)
        commands = [Command.parse(name) for name in options.commands.split(",")]
        results = {command.name: _measure(driver, listed, command, options.iters, options.warm) for command in commands}
        report = {"engine": driver.name, "version": driver.version, **driver.facts(), "results": results}
        options.out.write_text(json.dumps(report), encoding="utf-8")


def _build(driver: Driver, folder: Path) -> dict[str, Any]:
    lines = sys.stdin.read().splitlines()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    seconds = driver.build(lines, folder)
    return {
        "engine": driver.name,
        "version": driver.version,
        "docs": len(lines),
        "seconds": round(seconds, 3),
        "index_bytes": driver.index_bytes(folder),
    }


def _measure(driver: Driver, listed: list[Query], command: Command, iterations: int, warmup: float) -> list[dict[str, Any]]:
    """Runs the whole list in one shuffled order, again and again, so that no query runs twice in a row."""
    calls = [(query, call) for query in listed if (call := driver.call(query, command)) is not None]
    times: dict[str, list[int]] = {query.id: [] for query, _ in calls}
    order = random.Random(2).sample(calls, len(calls))
    _warm(order, warmup)
    clock = time.perf_counter_ns
    for _ in range(iterations):
        for query, call in order:
            start = clock()
            call()
            times[query.id].append(clock() - start)
    rows = []
    for query, call in calls:
        count, hits = driver.answer(call(), command)
        rows.append({
            "qid": query.id,
            "cls": query.group,
            "type": query.type,
            "q": " ".join(query.words),
            "min_us": min(times[query.id]) / 1000,
            "med_us": statistics.median(times[query.id]) / 1000,
            "count": count,
            "hits": hits,
        })
    return rows


def _warm(order: list[tuple[Query, Callable[[], Any]]], seconds: float) -> None:
    end = time.monotonic() + seconds
    while order and time.monotonic() < end:
        for _, call in order:
            call()
            if time.monotonic() >= end:
                break
