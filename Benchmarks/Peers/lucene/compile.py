"""Compiles Lucene's driver: compile.py JARS SOURCES CLASSES

The Java runtime that comes with Lucene has no compiler, and Debian's compiler is of version 17, which refuses the class
files of Lucene 10 because their header names version 21. So the driver is compiled against copies whose header names 17;
nothing but the compiler ever sees them. The driver then runs on the untouched files.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

_JAVA_17 = (61).to_bytes(2, "big")


def copy_as_java_17(jar: Path, copy: Path) -> None:
    with zipfile.ZipFile(jar) as source, zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            # Variants for later versions, and the module's description, would only be read by a later compiler.
            if name.endswith(".class") and not name.startswith("META-INF/") and name != "module-info.class":
                content = source.read(name)
                # A class file starts with a magic number of four bytes, then its minor and major version.
                target.writestr(name, content[:4] + b"\0\0" + min(content[6:8], _JAVA_17) + content[8:])


def main() -> None:
    jars, sources, classes = map(Path, sys.argv[1:4])
    with tempfile.TemporaryDirectory() as folder:
        copies = [Path(folder, jar.name) for jar in sorted(jars.glob("*.jar"))]
        for copy in copies:
            copy_as_java_17(jars / copy.name, copy)
        class_path = ":".join(map(str, copies))
        files = sorted(map(str, sources.glob("*.java")))
        subprocess.run(["javac", "-nowarn", "--release", "17", "-cp", class_path, "-d", str(classes), *files], check=True)


if __name__ == "__main__":
    main()
