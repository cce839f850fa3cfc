"""The last step of `setup`: compiles Lucene's driver and sees that every engine starts."""

from __future__ import annotations

import subprocess
import sys

from peers import engines
from peers.drivers import fts5_driver, pisa_driver, tantivy_driver


def main() -> None:
    sources = engines.LUCENE_SOURCES
    subprocess.run([sys.executable, sources / "compile.py", engines.lucene_jars(), sources, engines.lucene_classes()], check=True)
    versions = [driver.version for driver in (pisa_driver.PisaDriver(), tantivy_driver.TantivyDriver(), fts5_driver.FTS5Driver())]
    java = subprocess.run([engines.lucene_java(), "-version"], check=True, capture_output=True, text=True).stderr.splitlines()[0]
    print(" · ".join([java, *versions]), file=sys.stderr)


if __name__ == "__main__":
    main()
