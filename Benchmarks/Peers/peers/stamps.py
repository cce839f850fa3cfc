"""Saves work: what was made from the same files is not made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any


def fingerprint(files: Iterable[Path]) -> str:
    """A digest of the contents of files."""
    digest = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def made(stamp: Path, sources: Iterable[Path], make: Callable[[], dict[str, Any]], anew: bool = False) -> dict[str, Any]:
    """What `make` says about what it made, now or when it last ran on sources of the same contents.

    The stamp is written last, so that what was interrupted is made again.
    """
    current = fingerprint(sources)
    if stamp.exists() and not anew:
        kept = json.loads(stamp.read_text(encoding="utf-8"))
        if kept["sources"] == current:
            return kept["facts"]
    stamp.unlink(missing_ok=True)
    facts = make()
    stamp.write_text(json.dumps({"sources": current, "facts": facts}, indent=1), encoding="utf-8")
    return facts
