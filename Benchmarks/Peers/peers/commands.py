"""What is asked of an engine: the best articles, the number of all matches, or both."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: The commands that a comparison times.
MEASURED = ("TOP_10", "TOP_100_COUNT", "COUNT")


@dataclass(frozen=True)
class Command:
    """`COUNT`, `TOP_10`, `TOP_100_COUNT` and their like.

        "TOP_10" → limit 10     "TOP_100_COUNT" → limit 100, counts     "COUNT" → limit 0, counts
    """

    name: str
    limit: int
    counts: bool

    @classmethod
    def parse(cls, name: str) -> Command:
        if name == "COUNT":
            return cls(name, 0, True)
        parts = re.fullmatch(r"TOP_([1-9][0-9]*)(_COUNT)?", name)
        if parts is None:
            raise ValueError(f"unknown command {name}")
        return cls(name, int(parts[1]), parts[2] is not None)
