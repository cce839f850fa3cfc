import tempfile
import unittest
from pathlib import Path

from peers import stamps


class StampTests(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.source, self.stamp = Path(folder.name, "source"), Path(folder.name, "stamp.json")
        self.source.write_text("one")
        self.times_made = 0

    def make(self) -> dict[str, int]:
        self.times_made += 1
        return {"times": self.times_made}

    def made(self, anew: bool = False) -> int:
        return stamps.made(self.stamp, [self.source], self.make, anew)["times"]

    def test_made_once_from_the_same_sources(self) -> None:
        self.assertEqual([self.made(), self.made()], [1, 1])

    def test_made_again_when_a_source_changed_or_on_demand(self) -> None:
        self.assertEqual(self.made(), 1)
        self.source.write_text("two")
        self.assertEqual([self.made(), self.made(), self.made(anew=True)], [2, 2, 3])

    def test_made_again_after_it_failed(self) -> None:
        self.made()

        def fail() -> dict[str, int]:
            raise OSError

        self.assertRaises(OSError, stamps.made, self.stamp, [self.source], fail, True)
        self.assertEqual(self.made(), 2)
