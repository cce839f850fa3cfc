"""An archive to normalised articles, so that every engine sees the same tokens.

Engines disagree about what a word is. Here title and body become lower-case runs of a-z and 0-9 with single spaces
between, which every plain tokeniser cuts alike. Hit counts can then be held equal, and no engine's figure for building
contains the work of a better tokeniser.
"""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_SEPARATORS = re.compile("[^a-z0-9]+")
#: Tantivy's default tokeniser drops longer ones, so nobody gets them.
_LONGEST_TOKEN = 40


def normalise(text: str) -> str:
    """Tokens of a-z and 0-9 with single spaces between: accents dropped, case folded.

        "Café  au Lait, 1987!" → "cafe au lait 1987"     "Straße" → "strasse"
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("’", "'"))
        text = "".join(character for character in text if not unicodedata.combining(character))
    return " ".join(word for word in _SEPARATORS.split(text.lower()) if word and len(word) <= _LONGEST_TOKEN)


@dataclass(frozen=True)
class CorpusFacts:
    """What the prepared articles amount to."""

    articles: int
    tokens: int
    #: The size of the prepared file; rates and shares of all engines refer to it.
    bytes: int
    #: Lines that were no article, or one without a word.
    skipped: int
    #: Articles whose id an earlier one had. To Lede an id is a key; the other engines would keep both.
    repeated: int


def prepare(archive: Path, prepared: Path) -> CorpusFacts:
    """Writes the articles of an archive as lines `{"id": …, "text": …}`."""
    articles = tokens = skipped = repeated = 0
    ids: set[str] = set()
    with _lines(archive) as lines, prepared.open("w", encoding="utf-8") as output:
        for line in lines:
            article = parse(line)
            if article is None:
                skipped += 1
            elif article[0] in ids:
                repeated += 1
            else:
                id, text = article
                ids.add(id)
                articles += 1
                tokens += text.count(" ") + 1
                output.write(f'{{"id": {json.dumps(id)}, "text": "{text}"}}\n')
    return CorpusFacts(articles, tokens, prepared.stat().st_size, skipped, repeated)


def parse(line: str) -> tuple[str, str] | None:
    """The id and normalised text of one line of an archive; None if it is no article or has no word."""
    try:
        record = json.loads(line)
        id = record["id"]
        text = record["text"] if "text" in record else (record.get("title") or "") + " " + (record.get("body") or "")
        normalised = normalise(text)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return (str(id), normalised) if normalised else None


@contextmanager
def _lines(archive: Path) -> Iterator[IO[str]]:
    if archive.suffix == ".zst":
        # Python 3.11 has no Zstandard of its own.
        with subprocess.Popen(["zstd", "-dcq", archive], stdout=subprocess.PIPE, encoding="utf-8") as process:
            assert process.stdout is not None
            yield process.stdout
        if process.returncode != 0:
            raise OSError(f"{archive.name} cannot be decompressed")
    elif archive.suffix == ".gz":
        with gzip.open(archive, "rt", encoding="utf-8") as lines:
            yield lines
    else:
        with archive.open(encoding="utf-8") as lines:
            yield lines
