import gzip
import json
import tempfile
import unittest
from pathlib import Path

from peers import corpus


class NormalisationTests(unittest.TestCase):
    def test_accents_case_and_punctuation_go(self) -> None:
        self.assertEqual(corpus.normalise("Café  au Lait, 1987!"), "cafe au lait 1987")
        self.assertEqual(corpus.normalise("Straße – it’s"), "strasse it s")
        self.assertEqual(corpus.normalise("ﬁne ½"), "fine 1 2")

    def test_tokens_beyond_forty_characters_go(self) -> None:
        self.assertEqual(corpus.normalise(f"a {'b' * 40} {'c' * 41} d"), f"a {'b' * 40} d")

    def test_normalising_twice_changes_nothing(self) -> None:
        once = corpus.normalise("U.S. Señor’s “Æther” — 3,000 naïve")
        self.assertEqual(corpus.normalise(once), once)


class PreparationTests(unittest.TestCase):
    LINES = [
        json.dumps({"id": "1", "title": "One", "body": "Two"}),
        json.dumps({"id": "2", "title": None, "body": "Three"}),
        json.dumps({"id": "1", "title": "Again", "body": ""}),
        json.dumps({"id": "3", "text": "Four five"}),
        json.dumps({"id": "4", "body": "…"}),
        json.dumps({"body": "no id"}),
        "[]",
        "{",
    ]

    def test_plain_and_gzip_archives_give_the_same_articles(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            plain, packed, prepared = Path(folder, "a.jsonl"), Path(folder, "a.jsonl.gz"), Path(folder, "out.jsonl")
            plain.write_text("\n".join(self.LINES) + "\n")
            packed.write_bytes(gzip.compress(plain.read_bytes()))
            for archive in (plain, packed):
                facts = corpus.prepare(archive, prepared)
                written = '{"id": "1", "text": "one two"}\n{"id": "2", "text": "three"}\n{"id": "3", "text": "four five"}\n'
                self.assertEqual(prepared.read_text(), written)
                self.assertEqual(facts, corpus.CorpusFacts(articles=3, tokens=5, bytes=len(written), skipped=4, repeated=1))
