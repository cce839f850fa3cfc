"""The plots of RESULTS.md: latency by group of queries for each command, index size, and build speed.

The same figures give the same bytes: ids inside the files are hashed with a fixed salt, and no date is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import matplotlib

matplotlib.use("svg")

import matplotlib.pyplot as pyplot
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter

from peers.commands import MEASURED
from peers.engines import ENGINES
from peers.queries import TYPES
from peers.results import Results
from peers.run import Record

#: Told apart by most kinds of colour vision (Okabe & Ito 2008), and by the shape of their mark.
_COLOURS = {"lede": "#0072b2", "lucene": "#d55e00", "tantivy": "#009e73", "pisa": "#cc79a7", "fts5": "#e69f00"}
_SHAPES = {"lede": "o", "lucene": "s", "tantivy": "^", "pisa": "D", "fts5": "v"}
_STYLE = {
    "svg.hashsalt": "lede-peers", "font.size": 9, "axes.spines.top": False, "axes.spines.right": False, "axes.axisbelow": True,
    "axes.grid": True, "axes.grid.axis": "y", "grid.color": "#dddddd", "figure.facecolor": "white", "legend.frameon": False,
}


@dataclass(frozen=True)
class Plot:
    """A drawn file and what it shows; `command` is None for what is not about queries."""

    file: str
    alternative: str
    command: str | None = None

    @property
    def markdown(self) -> str:
        return f"![{self.alternative}]({self.file})"


def draw(results: Results, record: Record, folder: Path) -> list[Plot]:
    """Draws everything there are figures for."""
    with pyplot.rc_context(_STYLE):
        return [*_latencies(results, folder), *_builds(record, folder)]


def _save(figure: Figure, path: Path) -> None:
    figure.savefig(path, metadata={"Date": None}, bbox_inches="tight")
    pyplot.close(figure)


def _latencies(results: Results, folder: Path) -> Iterator[Plot]:
    lists = results.lists()
    for command in MEASURED:
        engines = [engine for engine in ENGINES if any(results.of(list_name, engine, command) for list_name in lists)]
        if not engines:
            continue
        size = (11, 3.6 * len(lists))
        figure, panels = pyplot.subplots(len(lists), figsize=size, sharey=True, squeeze=False, layout="constrained")
        for list_name, axes in zip(lists, panels[:, 0]):
            _latency_panel(axes, results, list_name, command, engines)
        marks = [
            Line2D([], [], color=_COLOURS[engine], marker=_SHAPES[engine], label=ENGINES[engine].title) for engine in engines
        ]
        title = f"{command}: mark p50, bar p95; lower is better"
        figure.legend(handles=marks, loc="outside upper center", ncols=len(marks), title=title)
        file = f"latency-{command}.svg"
        _save(figure, folder / file)
        titles = ", ".join(ENGINES[engine].title for engine in engines)
        told = f"Median and 95th percentile of {command} by group of queries for {titles}; the tables below have them by type."
        yield Plot(file, told, command)


def _latency_panel(axes: Axes, results: Results, list_name: str, command: str, engines: Sequence[str]) -> None:
    """A column for each group of queries, in it a line for each engine from its median to its 95th percentile."""
    groups = _groups(results, list_name, command)
    step = 0.8 / len(engines)
    for place, engine in enumerate(engines):
        points = [
            (column + (place - (len(engines) - 1) / 2) * step, figures)
            for column, (_, group) in enumerate(groups)
            if (figures := results.figures(list_name, engine, command, group=group)) is not None
        ]
        at = [column for column, _ in points]
        p50 = [figures.p50 for _, figures in points]
        p95 = [figures.p95 for _, figures in points]
        axes.vlines(at, p50, p95, color=_COLOURS[engine], linewidth=1.2)
        axes.plot(at, p50, _SHAPES[engine], color=_COLOURS[engine], markersize=4)
        axes.plot(at, p95, "_", color=_COLOURS[engine], markersize=6, markeredgewidth=1.6)
    for column in range(1, len(groups)):
        between_types = groups[column - 1][0] != groups[column][0]
        axes.axvline(column - 0.5, color="#888888" if between_types else "#eeeeee", linewidth=0.8)
    axes.set_yscale("log")
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
    axes.set_ylabel("time, µs (log scale)")
    axes.set_xlim(-0.5, len(groups) - 0.5)
    axes.set_xticks(range(len(groups)), [group.removeprefix("sbg_").replace("_", "\n") for _, group in groups])
    axes.set_xlabel("group of queries: type and number of words; single words by how common they are")
    axes.set_title(f"{list_name} list", loc="left")


def _groups(results: Results, list_name: str, command: str) -> list[tuple[str, str]]:
    """The types and groups of a list, by type, in the list's own order."""
    found = {
        (answer.type, answer.group): None
        for engine in ENGINES
        for answer in results.of(list_name, engine, command).values()
    }
    return sorted(found, key=lambda pair: (TYPES.index(pair[0]), pair[1] if pair[0] != "term" else ""))


def _builds(record: Record, folder: Path) -> Iterator[Plot]:
    text = record.corpus["bytes"] / 1e6

    def megabytes(engine: str) -> float:
        return record.builds[engine]["index_bytes"] / 1e6

    def speed(engine: str) -> float:
        return text / record.builds[engine]["seconds"]

    def size_label(engine: str) -> str:
        return f"{megabytes(engine):,.1f} MB, {100 * megabytes(engine) / text:.1f} %"

    def speed_label(engine: str) -> str:
        return f"{speed(engine):.1f} MB/s"

    title = f"Index size; the normalised text has {text:,.1f} MB"
    yield _bars("index-size.svg", title, "index size, MB (shorter is better)", record, megabytes, size_label, folder)
    title = "Build speed on one thread"
    yield _bars("build-speed.svg", title, "build speed, MB/s (longer is better)", record, speed, speed_label, folder)


def _bars(
    file: str, title: str, axis: str, record: Record, value: Callable[[str], float], label: Callable[[str], str], folder: Path
) -> Plot:
    engines = list(record.builds)
    figure, axes = pyplot.subplots(figsize=(7, 0.5 + 0.42 * len(engines)), layout="constrained")
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", visible=True)
    names = [ENGINES[engine].title + ("" if ENGINES[engine].keeps_positions else " (no positions)") for engine in engines]
    bars = axes.barh(names, [value(engine) for engine in engines], color=[_COLOURS[engine] for engine in engines], height=0.65)
    for engine, bar in zip(engines, bars):
        if not ENGINES[engine].keeps_positions:
            bar.set_hatch("///")
            bar.set_edgecolor("white")
    axes.bar_label(bars, [label(engine) for engine in engines], padding=4)
    axes.margins(x=0.22)
    axes.invert_yaxis()
    axes.set_xlabel(axis)
    axes.set_title(title, loc="left")
    _save(figure, folder / file)
    told = "; ".join(f"{name} {label(engine)}" for name, engine in zip(names, engines))
    return Plot(file, f"{title}. {told}.")
