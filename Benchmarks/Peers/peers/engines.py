"""The engines: what they are called, how their drivers are started, and what a reader of their figures has to know."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PEERS_FOLDER = Path(__file__).resolve().parent.parent
PACKAGE_ROOT = PEERS_FOLDER.parent.parent
LEDE_DRIVER = PACKAGE_ROOT / ".build" / "release" / "SearchBenchmarkGame"
LUCENE_SOURCES = PEERS_FOLDER / "lucene"
_DRIVERS = PEERS_FOLDER / "peers" / "drivers"


def home() -> Path:
    """Where `setup` put the engines, and where comparisons keep what they make."""
    return Path(os.environ["PEERS_HOME"])


def lucene_jars() -> Path:
    return home() / "lucene" / "arcadedb_embedded" / "jars"


def lucene_java() -> Path:
    return home() / "lucene" / "arcadedb_embedded" / "jre" / "bin" / "java"


def lucene_classes() -> Path:
    return home() / "lucene" / "classes"


@dataclass(frozen=True)
class Engine:
    """One engine of the comparison. Its driver knows `build` and `measure`; see drivers/driving.py."""

    name: str
    title: str
    #: Whether its index can answer phrases; others' sizes and build speeds are no measure for Lede's.
    keeps_positions: bool
    caveat: str


ENGINES = {
    engine.name: engine
    for engine in (
        Engine(
            "lede", "Lede", True,
            "Measured in its own process. Its build reads and parses standard input inside the timed part."),
        Engine(
            "lucene", "Lucene", True,
            "Measured inside the Java virtual machine after a warm-up, with the vector module. It collects garbage and compiles "
            "on other threads."),
        Engine(
            "tantivy", "Tantivy", True,
            "Its Python binding does not prune top 10, so its top 10 is not its best and counts only where it is the fastest "
            "anyway. A call costs 1 to 2 µs."),
        Engine(
            "pisa", "PISA", False,
            "One call a query, whose overhead of about 3 µs is in each figure. No positions, no phrases, no negations, no "
            "counts. Its size is what a search reads. Its build always uses one more thread."),
        Engine(
            "fts5", "FTS5", True,
            "Scores every match, and parses its match expression inside the timed call; fewer iterations, because it is slow. "
            "Cannot rank by optional beside required words: those queries are left out."),
    )
}


def turns(names: Sequence[str], round_number: int) -> list[str]:
    """The order of a round: as given, then the other way round, and so on, so that nobody always comes after the same one."""
    return list(names) if round_number % 2 else list(reversed(names))


def driver_command(engine: str, lede: Path) -> list[str | Path]:
    """What starts the driver of an engine; `lede` is the binary `SearchBenchmarkGame`."""
    match engine:
        case "lede":
            return [lede]
        case "lucene":
            class_path = ":".join(map(str, [lucene_classes(), *sorted(lucene_jars().glob("*.jar"))]))
            # A fixed heap and a collector that stops the world between, not during, most queries: the least noise.
            options = ["--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-XX:+UseParallelGC"]
            return [lucene_java(), *options, "-Xms3g", "-Xmx3g", "-cp", class_path, "LuceneDriver"]
        case _:
            return [sys.executable, "-m", f"peers.drivers.{engine}_driver"]


def driver_files(engine: str, lede: Path) -> Sequence[Path]:
    """The files whose change makes an engine's index worth building again."""
    match engine:
        case "lede":
            return [lede]
        case "lucene":
            return [LUCENE_SOURCES / "Build.java", *sorted(lucene_jars().glob("*.jar"))]
        case _:
            return [_DRIVERS / "driving.py", _DRIVERS / f"{engine}_driver.py"]
