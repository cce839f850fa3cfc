"""The sections of RESULTS.md, and the file of all times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peers import checks, comparison, marks
from peers.checks import Check
from peers.commands import MEASURED
from peers.comparison import PEERS, Pair
from peers.engines import ENGINES
from peers.figures import STATISTICS, readable
from peers.plots import Plot
from peers.queries import TYPES
from peers.results import Results
from peers.run import Record

TYPE_TITLES = {
    "term": "one word", "or": "unions", "and": "intersections", "phrase": "phrases", "bool": "negations and optional words",
}
LIST_TITLES = {"corpus": "Queries drawn from the archive (corpus)", "game": "Queries of the search-benchmark-game (game)"}


def opening(results: Results, record: Record, checked: Sequence[Check]) -> Iterator[str]:
    """What a reader in a hurry needs: how it stands, on what, and where Lede loses."""
    yield f"# Lede and its peers: {record.name}"
    yield _summary(results, record, checked)
    yield "## Conditions"
    yield _conditions(results, record)
    yield "## Marks"
    yield _marks(results, record)
    yield "## Where Lede loses"
    yield _losses(results, record)


def closing(results: Results, record: Record, checked: Sequence[Check], plots: Sequence[Plot]) -> Iterator[str]:
    """The figures themselves, the checks, and what to bear in mind."""
    yield "## Times"
    yield (
        "Microseconds, the best of all rounds for each query. Percentiles and means are over the queries of a type; an engine "
        "that left queries out has a smaller number of queries, and is not compared."
    )
    for command in MEASURED:
        yield f"### {command}"
        yield from (plot.markdown for plot in plots if plot.command == command)
        for list_name in results.lists():
            table = _times_table(results, list_name, command)
            yield f"{LIST_TITLES[list_name]}:\n\n{table}"
    yield "## Lede against the fastest peer"
    yield "The fastest of those that answered every query of the type, by the same figure. A ratio below 1 is Lede's win."
    yield _pairs_table(list(comparison.all_pairs(results)))
    yield "## Index size and build speed"
    yield from (plot.markdown for plot in plots if plot.command is None)
    yield _builds_table(record)
    yield "## Checks"
    yield _checks_table(checked, record)
    yield "### Top-10 overlap"
    yield (
        "The share of Lede's top 10 that the peer's has as well. It is no check: Lucene and Tantivy round lengths to a byte, "
        "FTS5 and PISA floor the weight of very common words, and ties fall differently."
    )
    yield _overlap_table(results)
    yield "## What to bear in mind"
    yield _caveats(results, record)


def times(results: Results) -> Iterator[str]:
    """One line for each list, command and query, with the best time of every engine in microseconds."""
    yield "\t".join(["list", "command", "query", "group", "type", "words", *ENGINES])
    for list_name in results.lists():
        for command in MEASURED:
            answers = {engine: results.of(list_name, engine, command) for engine in ENGINES}
            asked = {answer.query: answer for of_engine in answers.values() for answer in of_engine.values()}
            for query in sorted(asked):
                answer = asked[query]
                best = (f"{answers[engine][query].best_us:.2f}" if query in answers[engine] else "" for engine in ENGINES)
                yield "\t".join([list_name, command, query, answer.group, answer.type, answer.words, *best])


def _table(header: Sequence[str], rows: Sequence[Sequence[str]], names: int = 1) -> str:
    """A table whose first `names` columns are text and whose others are figures, flushed right."""
    lines = [header, ["---"] * names + ["---:"] * (len(header) - names), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _all_marks(results: Results, record: Record) -> list[marks.Mark]:
    sizes = {engine: build["index_bytes"] for engine, build in record.builds.items()}
    return [*marks.speed_marks(results), *marks.size_marks(sizes, record.corpus["bytes"])]


def _summary(results: Results, record: Record, checked: Sequence[Check]) -> str:
    every = _all_marks(results, record)
    pairs = list(comparison.all_pairs(results))
    won = sum(pair.ratio < 1 for pair in pairs)
    run = [check for check in checked if check.compared]
    return (
        f"Lede meets {sum(mark.met for mark in every)} of {len(every)} marks. It is ahead of the fastest peer in {won} of "
        f"{len(pairs)} figures (mean and 95th percentile by list, command and type). "
        f"{sum(check.passed for check in run)} of {len(run)} checks passed; {len(checked) - len(run)} could not be run."
    )


def _conditions(results: Results, record: Record) -> str:
    corpus = record.corpus
    machine = record.machine
    lists = ", ".join(f"{count} ({list_name})" for list_name, count in record.query_counts.items())
    versions = [f"{ENGINES[name].title}: {results.versions.get(name, '')}" for name in PEERS if name in record.builds]
    rows = [
        ["machine", f"{machine['processor']}, {machine['cores']} cores, {machine['memory']} of memory, {machine['system']}"],
        ["date", record.date],
        ["Lede", f"the working tree at {record.commit}"],
        ["peers", "; ".join(versions)],
        ["command", f"`{record.command}`"],
        ["articles", f"{corpus['articles']:,} of {record.archive}, {corpus['tokens']:,} tokens, "
                     f"{corpus['bytes'] / 1e6:.1f} MB normalised; {corpus['skipped']} lines without an article and "
                     f"{corpus['repeated']} repeated ids left out"],
        ["queries", lists + ("" if "game" in record.query_counts else "; the search-benchmark-game's list was not given")],
        ["rounds", f"{record.rounds}, engines in turn and the other way round; each query {record.iterations} times a round, "
                   f"{record.fts5_iterations} for FTS5"],
        ["load average", f"{record.load[0]:.2f} to {record.load[1]:.2f} before each measurement; measuring makes about 1 itself"],
    ]
    return _table(["", ""], rows, names=2)


def _marks(results: Results, record: Record) -> str:
    every = _all_marks(results, record)
    if not every:
        return "None: no peer to be compared with."
    header = "| mark | wanted | measured | |\n| --- | --- | ---: | --- |"
    return "\n".join([header, *(mark.row for mark in every)])


def _losses(results: Results, record: Record) -> str:
    """Every figure in which a peer is ahead of Lede."""
    lost: dict[str, list[str]] = {}
    for pair in comparison.all_pairs(results):
        if pair.ratio > 1:
            peer = f"{ENGINES[pair.peer].title}'s {readable(pair.fastest)}"
            told = f"{pair.statistic} {readable(pair.lede)} µs against {peer} µs ({pair.ratio:.2f} ×)"
            lost.setdefault(f"{pair.list_name}, {pair.command}, {TYPE_TITLES[pair.type]}", []).append(told)
    if "lede" in record.builds:
        for engine in record.builds:
            title = ENGINES[engine].title
            note = "" if ENGINES[engine].keeps_positions else " (no positions)"
            ours, its = _megabytes(record, "lede"), _megabytes(record, engine)
            if its < ours:
                lost.setdefault("index size", []).append(f"{ours:.1f} MB against {title}'s {its:.1f} MB{note}")
            ours, its = _speed(record, "lede"), _speed(record, engine)
            if its > ours:
                lost.setdefault("build speed", []).append(f"{ours:.1f} MB/s against {title}'s {its:.1f} MB/s{note}")
    return "\n".join(f"- {what}: {'; '.join(told)}" for what, told in lost.items()) or "Nowhere in the figures below."


def _megabytes(record: Record, engine: str) -> float:
    return record.builds[engine]["index_bytes"] / 1e6


def _speed(record: Record, engine: str) -> float:
    """Megabytes of normalised text a second."""
    return record.corpus["bytes"] / 1e6 / record.builds[engine]["seconds"]


def _times_table(results: Results, list_name: str, command: str) -> str:
    rows = []
    for type in TYPES:
        for engine in ENGINES:
            figures = results.figures(list_name, engine, command, type=type)
            if figures is not None:
                values = [readable(figures.value(statistic)) for statistic in STATISTICS]
                rows.append([TYPE_TITLES[type], ENGINES[engine].title, str(figures.count), *values])
    return _table(["type", "engine", "queries", *STATISTICS], rows, names=2)


def _pairs_table(pairs: Sequence[Pair]) -> str:
    rows = [
        [
            pair.list_name, pair.command, TYPE_TITLES[pair.type], pair.statistic, ENGINES[pair.peer].title, readable(pair.lede),
            readable(pair.fastest), f"{pair.ratio:.2f}",
        ]
        for pair in pairs
    ]
    return _table(["list", "command", "type", "figure", "fastest peer", "Lede, µs", "peer, µs", "ratio"], rows, names=5)


def _builds_table(record: Record) -> str:
    text = record.corpus["bytes"]
    rows = []
    for engine, build in record.builds.items():
        size = build["index_bytes"]
        note = "" if ENGINES[engine].keeps_positions else " (no positions)"
        share = f"{100 * size / text:.1f} %"
        speed = f"{_speed(record, engine):.1f}"
        rows.append([ENGINES[engine].title + note, f"{size:,}", share, f"{build['seconds']:.1f}", speed])
    table = _table(["engine", "index, bytes", "of the normalised text", "build, s", "build, MB/s"], rows)
    parts = record.builds.get("lede", {}).get("parts")
    if parts:
        told = ", ".join(f"{name} {size:,}" for name, size in sorted(parts.items(), key=lambda part: -part[1]))
        table += f"\n\nLede's index by part, in bytes: {told}."
    pairs = record.builds.get("lede", {}).get("pairs_bytes")
    if pairs:
        table += (
            f" Its pairs of frequent words, {pairs:,} bytes or {100 * pairs / text:.1f} % of the normalised text, are not counted in "
            "the table, because no peer has such an index; the time to build them is."
        )
    return table + (
        "\n\nNobody stores the text. \"Normalised text\" is the file that all engines read, ids included. One thread each. The "
        "peers hold the articles in memory before their clock starts; Lede reads them while it runs. An index that was reused "
        "keeps the figures of the run that built it."
    )


def _checks_table(checked: Sequence[Check], record: Record) -> str:
    rows = [[check.title, check.outcome, str(check.compared), str(len(check.failures))] for check in checked]
    table = _table(["check", "outcome", "queries", "failed"], rows, names=2)
    failures = [f"- {check.title}: {'; '.join(check.failures[:5])}" for check in checked if check.failures]
    if failures:
        table += "\n\nThe first queries that failed:\n\n" + "\n".join(failures)
    if record.oracle_note:
        table += f"\n\nThe oracle was not run: {record.oracle_note}."
    return table


def _overlap_table(results: Results) -> str:
    rows = []
    for list_name in results.lists():
        for peer in PEERS:
            shares = checks.overlaps(results.of(list_name, "lede", "TOP_10"), results.of(list_name, peer, "TOP_10"))
            if shares:
                told = [f"{shares[type]:.3f}" if type in shares else "" for type in TYPES]
                rows.append([list_name, ENGINES[peer].title, *told])
    return _table(["list", "peer", *(TYPE_TITLES[type] for type in TYPES)], rows, names=2)


def _caveats(results: Results, record: Record) -> str:
    lines = [f"- {ENGINES[engine].title}: {ENGINES[engine].caveat}" for engine in record.builds]
    lines += [
        f"- {ENGINES[engine].title}: here the call with an unknown word took {overhead:.1f} µs, which is not subtracted."
        for engine, overhead in results.call_overheads.items()
    ]
    lines.append("- Machines are noisy: ratios of engines run in turn say more than any time alone.")
    return "\n".join(lines)
