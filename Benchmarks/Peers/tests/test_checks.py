import unittest

from peers import checks
from peers.results import EXHAUSTIVE, ORACLE, Answers, Results
from tests.samples import answer, answers

TOP = [("a", 2.0), ("b", 1.0)]


def outcomes(engine: str, command: str, lede: Answers, other: Answers) -> dict[str, str]:
    """The outcomes of the checks that ran, by the part of their title after the list and command."""
    results = Results({("corpus", "lede", command): lede, ("corpus", engine, command): other})
    return {check.title.split(": ")[1]: check.outcome for check in checks.all_checks(results) if check.compared}


class CountTests(unittest.TestCase):
    def test_equal_counts_pass_and_others_are_counted(self) -> None:
        lede = answers(answer("q0", count=3), answer("q1", count=4))
        same = answers(answer("q0", count=3), answer("q1", count=4))
        other = answers(answer("q0", count=3), answer("q1", count=5))
        self.assertEqual(outcomes("lucene", "COUNT", lede, same), {"Lede counts as Lucene does": "passed"})
        self.assertEqual(outcomes("fts5", "TOP_100_COUNT", lede, other), {"Lede counts as FTS5 does": "failed on 1"})

    def test_a_query_that_lede_left_out_fails(self) -> None:
        found = outcomes("tantivy", "COUNT", {}, answers(answer(count=1)))
        self.assertEqual(found, {"Lede counts as Tantivy does": "failed on 1"})

    def test_what_nobody_answered_is_not_run(self) -> None:
        results = Results({("corpus", "lede", "COUNT"): answers(answer(count=1))})
        self.assertEqual({check.outcome for check in checks.all_checks(results)}, {"not run"})


class HitTests(unittest.TestCase):
    PROMISE = "pruned search gives what exhaustive search gives, to the bit"

    def test_pruned_search_may_not_differ_in_a_bit(self) -> None:
        lede = answers(answer(hits=TOP))
        self.assertEqual(outcomes(EXHAUSTIVE, "TOP_10", lede, answers(answer(hits=TOP))), {self.PROMISE: "passed"})
        for hits in ([("a", 2.0), ("b", 1.0000000000000002)], TOP[::-1], TOP[:1]):
            self.assertEqual(outcomes(EXHAUSTIVE, "TOP_10", lede, answers(answer(hits=hits))), {self.PROMISE: "failed on 1"})

    def test_the_oracle_may_differ_in_the_last_digits_of_scores(self) -> None:
        lede = answers(answer(hits=TOP))
        for hits, outcome in (
            ([("a", 2.00001), ("b", 1.0)], "passed"),
            ([("a", 2.0001), ("b", 1.0)], "failed on 1"),
            ([("b", 2.0), ("a", 1.0)], "failed on 1"),
            (TOP[:1], "failed on 1"),
        ):
            self.assertEqual(
                outcomes(ORACLE, "TOP_10", lede, answers(answer(hits=hits))), {"Lede gives what the oracle gives": outcome})


class OverlapTests(unittest.TestCase):
    def test_shares_are_means_by_type(self) -> None:
        lede = answers(answer("q0", hits=TOP), answer("q1", hits=TOP), answer("q2", "and", hits=TOP), answer("q3", "and"))
        peer = answers(answer("q0", hits=TOP[::-1]), answer("q1", hits=[("a", 9.0), ("c", 1.0)]), answer("q2", "and"))
        self.assertEqual(checks.overlaps(lede, peer), {"or": 0.75, "and": 0.0})
