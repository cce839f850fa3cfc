import hashlib
import json
import tempfile
import unittest
from collections import Counter
from pathlib import Path

from peers import queries, querylists
from peers.commands import Command
from peers.drivers.fts5_driver import match_expression
from peers.queries import Query


def archive(articles: int = 2_000) -> list[str]:
    """Articles in which word n is in every article whose number n divides, shifted so that heads differ."""
    words = [f"w{number}" for number in range(1, 60)]
    lines = []
    for article in range(articles):
        held = [word for number, word in enumerate(words, 1) if article % number == 0 or (article + number) % 7 == 0]
        lines.append(json.dumps({"id": str(article), "text": " ".join(held + words[article % 50 :])}))
    return lines


class CorpusListTests(unittest.TestCase):
    def test_the_same_articles_give_the_same_list(self) -> None:
        """To the letter, as it has been since the first published figures."""
        drawn, _ = querylists.corpus_list(archive())
        self.assertGreater(len(drawn), 100)
        digest = hashlib.sha256("".join(query.line + "\n" for query in drawn).encode()).hexdigest()
        self.assertEqual(digest, "e4fc2ad73f40c14b6302d129ccf3efe840ae72fc54a4bd17ac6444a26f96b13c")

    def test_queries_are_of_their_type_and_size_and_never_repeated(self) -> None:
        drawn, vocabulary = querylists.corpus_list(archive())
        self.assertEqual([query.id for query in drawn], [f"q{number:04}" for number in range(len(drawn))])
        for query in drawn:
            if query.type == "term":
                self.assertEqual(len(query.words), 1)
            else:
                self.assertEqual(query.group, f"{query.type}{len(query.words)}")
            self.assertTrue(all(vocabulary.frequencies[word] >= 3 for word in query.words))
        for type in ("or", "and"):
            sets = [frozenset(query.words) for query in drawn if query.type == type]
            self.assertEqual(len(sets), len(set(sets)))


class GameListTests(unittest.TestCase):
    def test_types_words_and_what_is_left_out(self) -> None:
        lines = [
            json.dumps({"query": text, "tags": tags})
            for text, tags in (
                ("the", ["term"]),
                ("+New +York", ["intersection", "global"]),
                ('"new york"', ["phrase"]),
                ("new york the times", ["union"]),
                ("+new -york the", ["other"]),
                ('+new "york times"', ["other"]),
                ("unknown word", ["union"]),
            )
        ]
        listed = querylists.game_list(lines, Counter(["the", "new", "york", "times"]))
        self.assertEqual([query.line.split("\t") for query in listed], [
            ["s0000", "sbg_term", "term", "the"],
            ["s0001", "sbg_and2", "and", "new york"],
            ["s0002", "sbg_phrase2", "phrase", "new york"],
            ["s0003", "sbg_or4+", "or", "new york the times"],
            ["s0004", "sbg_bool3", "bool", "+new -york the"],
        ])


class QueryTests(unittest.TestCase):
    def test_a_list_reads_back_as_it_was_written(self) -> None:
        listed = [Query("q0", "or2", "or", ("a", "b")), Query("q1", "bool2", "bool", ("+a", "-b"))]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "list.tsv")
            queries.write(listed, path)
            self.assertEqual(queries.read(path), listed)

    def test_roles_of_words(self) -> None:
        self.assertEqual(Query("", "", "and", ("a", "b")).clauses, [("+", "a"), ("+", "b")])
        self.assertEqual(Query("", "", "or", ("a", "b")).clauses, [("", "a"), ("", "b")])
        self.assertEqual(Query("", "", "bool", ("+a", "-b", "c")).clauses, [("+", "a"), ("-", "b"), ("", "c")])

    def test_match_expressions_of_fts5(self) -> None:
        for type, words, expression in (
            ("term", "a", '"a"'),
            ("or", "a b", '"a" OR "b"'),
            ("and", "a b", '"a" AND "b"'),
            ("phrase", "a b", '"a b"'),
            ("bool", "+a +b -c", '("a" AND "b") NOT ("c")'),
            ("bool", "+a b", None),
        ):
            self.assertEqual(match_expression(Query("", "", type, tuple(words.split(" ")))), expression)


class CommandTests(unittest.TestCase):
    def test_names(self) -> None:
        self.assertEqual(Command.parse("COUNT"), Command("COUNT", 0, True))
        self.assertEqual(Command.parse("TOP_10"), Command("TOP_10", 10, False))
        self.assertEqual(Command.parse("TOP_100_COUNT"), Command("TOP_100_COUNT", 100, True))
        for unknown in ("TOP", "TOP_0", "TOP_x", "TOP_10_COUNTS", "count"):
            self.assertRaises(ValueError, Command.parse, unknown)
