"""Queries, and the file that lists them for every engine: a line `id<TAB>group<TAB>type<TAB>words` each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

#: The types of queries, in the order in which reports name them.
TYPES = ("term", "or", "and", "phrase", "bool")


@dataclass(frozen=True)
class Query:
    """One query: its id, a finer group such as `or4`, its type and its words.

    In type `bool` a word carries its role as its first character: `+required`, `-excluded`, `optional`.
    """

    id: str
    group: str
    type: str
    words: tuple[str, ...]

    @property
    def clauses(self) -> list[tuple[str, str]]:
        """The role and the bare word of each word, for every type but `phrase`.

            and: a b → ("+", "a"), ("+", "b")     bool: +a -b c → ("+", "a"), ("-", "b"), ("", "c")
        """
        if self.type == "bool":
            return [(word[0], word[1:]) if word[0] in "+-" else ("", word) for word in self.words]
        return [("+" if self.type == "and" else "", word) for word in self.words]

    @property
    def line(self) -> str:
        return "\t".join((self.id, self.group, self.type, " ".join(self.words)))


def read(path: Path) -> list[Query]:
    """The queries of a file."""
    queries = []
    for line in path.read_text(encoding="utf-8").splitlines():
        id, group, type, words = line.split("\t")
        queries.append(Query(id, group, type, tuple(words.split(" "))))
    return queries


def write(queries: Iterable[Query], path: Path) -> None:
    path.write_text("".join(query.line + "\n" for query in queries), encoding="utf-8")
