"""The command `report`: from the results of a comparison to RESULTS.md, its plots and a table of all times."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from peers import checks, plots, tables
from peers.engines import PEERS_FOLDER
from peers.results import load
from peers.run import Record, RunFolder

DEFAULT_OUTPUT = PEERS_FOLDER.parent / "Results"


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="report", description="Write the page of results of a comparison once more.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("name", help="the comparison's name")
    parser.add_argument("--output", type=Path, default=DEFAULT_OUTPUT, help="the folder of RESULTS.md and its plots")
    options = parser.parse_args()
    folder = RunFolder.named(options.name)
    if not folder.record.exists():
        sys.exit(f"report: there is no finished comparison {options.name}")
    sys.exit(write(folder, options.output))


def write(folder: RunFolder, output: Path) -> int:
    """Writes everything; returns the exit status, which is 1 if a check failed."""
    record = Record.read(folder.record)
    results = load(folder.results)
    checked = list(checks.all_checks(results))
    output.mkdir(parents=True, exist_ok=True)
    drawn = plots.draw(results, record, output)
    sections = [*tables.opening(results, record, checked), *tables.closing(results, record, checked, drawn)]
    (output / "RESULTS.md").write_text("\n\n".join(sections) + "\n", encoding="utf-8")
    (output / "times.tsv").write_text("".join(line + "\n" for line in tables.times(results)), encoding="utf-8")
    failed = [check for check in checked if not check.passed]
    for line in _failures(failed):
        print(line, file=sys.stderr)
    print(f"{output / 'RESULTS.md'}: {len(checked)} checks, {len(failed)} failed", file=sys.stderr)
    return 1 if failed else 0


def _failures(failed: list[checks.Check]) -> Iterator[str]:
    """The promises broken, and the first queries on which they were."""
    for check in failed:
        yield f"FAILED  {check.title}: {check.outcome} of {check.compared} queries"
        for failure in check.failures[:5]:
            yield f"        {failure}"


if __name__ == "__main__":
    main()
