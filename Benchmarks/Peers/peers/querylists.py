"""The two lists of queries: one drawn from the archive itself, and that of the search-benchmark-game.

The draw has a fixed seed, and every step below takes its random numbers in a fixed order: the same articles always give
the same list, so that figures of different days are about the same queries. Reordering anything here changes the list.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from peers.queries import Query

_SEED = 20240607
#: The share of articles from which heads and word sequences are taken.
_SAMPLED_SHARE = 0.08
#: The words of a head: headline and lead, whose words belong together.
_HEAD_LENGTH = 12
_TERMS_PER_BAND = 20
_UNION_SIZES, _UNIONS_PER_SIZE = (2, 3, 4, 6, 8), 50
_INTERSECTION_SIZES, _INTERSECTIONS_PER_SIZE = (2, 3, 4), 60
_PHRASE_SIZES, _PHRASES_PER_SIZE = (2, 3, 4, 5), 60


@dataclass(frozen=True)
class Vocabulary:
    """In how many articles each word occurs, and samples of word sequences."""

    article_count: int
    frequencies: Counter[str]
    heads: list[list[str]]
    sequences: list[list[str]]


def survey(prepared: Iterable[str], chance: random.Random) -> Vocabulary:
    """Reads prepared articles once."""
    article_count = 0
    frequencies: Counter[str] = Counter()
    heads, sequences = [], []
    for line in prepared:
        words = json.loads(line)["text"].split(" ")
        article_count += 1
        frequencies.update(set(words))
        if chance.random() < _SAMPLED_SHARE:
            heads.append(words[:_HEAD_LENGTH])
            if len(words) > 40:
                start = chance.randrange(len(words) - 6)
                sequences.append(words[start : start + 5])
    chance.shuffle(heads)
    chance.shuffle(sequences)
    return Vocabulary(article_count, frequencies, heads, sequences)


def corpus_list(prepared: Iterable[str]) -> tuple[list[Query], Vocabulary]:
    """Single words by band of frequency, unions and intersections of words of one head, and phrases as they stand."""
    chance = random.Random(_SEED)
    vocabulary = survey(prepared, chance)
    drawn = [
        *_terms(vocabulary, chance),
        *_combinations("or", _UNION_SIZES, _UNIONS_PER_SIZE, vocabulary, chance),
        *_combinations("and", _INTERSECTION_SIZES, _INTERSECTIONS_PER_SIZE, vocabulary, chance),
        *_phrases(vocabulary, chance),
    ]
    queries = [Query(f"q{number:04}", group, type, tuple(words)) for number, (group, type, words) in enumerate(drawn)]
    return queries, vocabulary


_Drawn = Iterable[tuple[str, str, list[str]]]


def _terms(vocabulary: Vocabulary, chance: random.Random) -> _Drawn:
    count = vocabulary.article_count
    bands = [
        ("vhigh", 0.3, 1.0), ("high", 0.05, 0.3), ("mid", 0.005, 0.05), ("low", 0.0005, 0.005), ("rare", 2 / count, 0.0005),
    ]
    words = sorted(word for word in vocabulary.frequencies if len(word) > 1 and not word.isdigit())
    for name, low, high in bands:
        band = [word for word in words if low * count <= vocabulary.frequencies[word] < high * count]
        for word in chance.sample(band, min(_TERMS_PER_BAND, len(band))):
            yield f"term_{name}", "term", [word]


def _combinations(type: str, sizes: Iterable[int], per_size: int, vocabulary: Vocabulary, chance: random.Random) -> _Drawn:
    """Words of one head each, none a word of fewer than five articles, no set of words twice."""
    heads = vocabulary.heads
    seen: set[tuple[str, ...]] = set()
    for size in sizes:
        found = 0
        for head in heads:
            usable = [word for word in dict.fromkeys(head) if vocabulary.frequencies[word] >= 5 and len(word) > 1]
            if len(usable) < size:
                continue
            words = chance.sample(usable, size)
            if tuple(sorted(words)) in seen:
                continue
            seen.add(tuple(sorted(words)))
            yield f"{type}{size}", type, words
            found += 1
            if found == per_size:
                break
        chance.shuffle(heads)


def _phrases(vocabulary: Vocabulary, chance: random.Random) -> _Drawn:
    """Neighbouring words, none a word of fewer than three articles, no phrase twice."""
    sequences = vocabulary.sequences
    seen: set[tuple[str, ...]] = set()
    for size in _PHRASE_SIZES:
        found = 0
        for sequence in sequences:
            words = sequence[:size]
            if any(vocabulary.frequencies[word] < 3 for word in words) or tuple(words) in seen:
                continue
            seen.add(tuple(words))
            yield f"phrase{size}", "phrase", words
            found += 1
            if found == _PHRASES_PER_SIZE:
                break
        chance.shuffle(sequences)


def game_list(lines: Iterable[str], frequencies: Counter[str]) -> list[Query]:
    """The game's queries, lines `{"query": …, "tags": […]}`, of which every word occurs in the archive."""
    queries: list[Query] = []
    for line in lines:
        entry = json.loads(line)
        text = entry["query"].lower()
        type = _game_type(text, entry["tags"])
        if type is None:
            continue
        words = re.sub("[^a-z0-9+-]+" if type == "bool" else "[^a-z0-9]+", " ", text).split()
        if not all(frequencies[word.lstrip("+-")] for word in words):
            continue
        size = "" if type == "term" else str(len(words)) if len(words) < 4 else "4+"
        queries.append(Query(f"s{len(queries):04}", f"sbg_{type}{size}", type, tuple(words)))
    return queries


def _game_type(text: str, tags: list[str]) -> str | None:
    for tag, type in (("term", "term"), ("intersection", "and"), ("union", "or"), ("phrase", "phrase")):
        if tag in tags:
            return type
    # A phrase among other words is beyond the line format of the lists.
    return None if '"' in text else "bool"
