import unittest

from peers import marks
from peers.comparison import against, all_pairs
from peers.engines import turns
from peers.figures import Figures, percentile, readable
from peers.marks import Mark, Relation
from peers.results import Results
from tests.samples import timed


class FiguresTests(unittest.TestCase):
    def test_percentiles_are_the_nearest_values(self) -> None:
        values = list(range(1, 102))
        self.assertEqual([percentile(values, percent) for percent in (0, 50, 95, 99, 100)], [1, 51, 96, 100, 101])
        self.assertEqual(percentile([7], 95), 7)

    def test_figures_do_not_depend_on_order(self) -> None:
        figures = Figures.of([3, 1, 2, 10])
        self.assertEqual((figures.count, figures.p50, figures.p95, figures.mean), (4, 3, 10, 4))
        self.assertEqual(figures.value("mean"), 4)

    def test_readable_numbers(self) -> None:
        self.assertEqual([readable(value) for value in (4.567, 45.67, 4567.8)], ["4.57", "45.7", "4,568"])


class RoundTests(unittest.TestCase):
    def test_engines_take_turns_the_other_way_round_in_even_rounds(self) -> None:
        self.assertEqual(turns(["a", "b"], 1), ["a", "b"])
        self.assertEqual(turns(["a", "b"], 2), ["b", "a"])

    def test_the_best_time_of_all_rounds_counts(self) -> None:
        results = Results()
        for time in (5.0, 3.0, 4.0):
            row = {"qid": "q0", "cls": "or2", "type": "or", "q": "a b", "min_us": time, "hits": [["1", 2.5]]}
            results.add("corpus", "lede", {"results": {"TOP_10": [row]}})
        answer = results.of("corpus", "lede", "TOP_10")["q0"]
        self.assertEqual((answer.best_us, answer.count, answer.hits), (3.0, None, [("1", 2.5)]))


class ComparisonTests(unittest.TestCase):
    def test_the_fastest_peer_may_differ_by_figure(self) -> None:
        # Lucene has the better mean, PISA the better maximum, which is the 95th percentile of two.
        results = timed({"lede": [2, 4], "lucene": [1, 9], "pisa": [8, 8]})
        mean, p95 = (against(results, "corpus", "TOP_10", "or", statistic) for statistic in ("mean", "p95"))
        assert mean is not None and p95 is not None
        self.assertEqual((mean.peer, mean.ratio), ("lucene", 3 / 5))
        self.assertEqual((p95.peer, p95.ratio), ("pisa", 4 / 8))

    def test_a_peer_that_left_queries_out_is_not_compared(self) -> None:
        results = timed({"lede": [2, 4], "fts5": [1], "tantivy": [6, 6]})
        pair = against(results, "corpus", "TOP_10", "or", "mean")
        assert pair is not None
        self.assertEqual(pair.peer, "tantivy")
        self.assertIsNone(against(results, "corpus", "TOP_10", "or", "mean", peers=["fts5"]))

    def test_pairs_are_of_what_was_measured(self) -> None:
        pairs = list(all_pairs(timed({"lede": [1], "lucene": [2]}, command="COUNT", type="and")))
        told = [(pair.command, pair.type, pair.statistic) for pair in pairs]
        self.assertEqual(told, [("COUNT", "and", "mean"), ("COUNT", "and", "p95")])


class MarkTests(unittest.TestCase):
    def test_relations_at_the_limit(self) -> None:
        for relation, met in ((Relation.AT_MOST, True), (Relation.BELOW, False), (Relation.AT_LEAST, True)):
            self.assertEqual(Mark("", relation, 0.5, 0.5, "").met, met)

    def test_verdicts_say_by_how_much(self) -> None:
        self.assertEqual(Mark("", Relation.AT_MOST, 0.5, 0.4, "").verdict, "met by 20 %")
        self.assertEqual(Mark("", Relation.BELOW, 1, 1.25, "").verdict, "missed by 25 %")
        self.assertEqual(Mark("", Relation.AT_LEAST, 300, 360, "").verdict, "met by 20 %")

    def test_speed_marks_of_unions(self) -> None:
        results = timed({"lede": [2, 2], "pisa": [5, 5], "fts5": [1000, 1000]})
        found = {mark.title: mark for mark in marks.speed_marks(results)}
        self.assertEqual(set(found), {
            "corpus: unions, top 10, mean", "corpus: unions, top 10, p95", "corpus: unions, top 10, times as fast as FTS5, mean",
        })
        self.assertEqual(found["corpus: unions, top 10, mean"].measured, 0.4)
        self.assertEqual(found["corpus: unions, top 10, mean"].unit, "× PISA's")
        self.assertTrue(all(mark.met for mark in found.values()))

    def test_sizes_are_compared_with_indexes_that_keep_positions(self) -> None:
        text, smallest = marks.size_marks({"lede": 290, "pisa": 100, "lucene": 300, "fts5": 400}, 1000)
        self.assertEqual((text.measured, text.met), (29, True))
        self.assertEqual((smallest.unit, smallest.met), ("× Lucene's", True))
