"""The peers: TF-IDF cosine over whole texts, and a full-text query; nothing of ours in them."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log, sqrt

from pysqlite3 import dbapi2 as sqlite

from benchmarks.related.texts import Text

WORD = re.compile(r"[^\W\d_]{2,}")
ASKED = 12
STOPPED = 0.4  # of the articles; words in more of them are looked for by neither


class PlainCosine:
    """Raw counts × log of rarity, length 1, over all words; the nearest by brute force."""

    def __init__(self, texts: Sequence[Text]) -> None:
        counts = [Counter(WORD.findall(f"{each.headline} {each.text}".lower())) for each in texts]
        has_it = Counter(word for each in counts for word in each)
        total = len(texts)
        self.rarity = {
            word: log((1 + total) / (1 + number)) + 1
            for word, number in has_it.items()
            if number <= STOPPED * total
        }
        self.vectors = [self._vector(each) for each in counts]
        self.postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for row, vector in enumerate(self.vectors):
            for word, weight in vector.items():
                self.postings[word].append((row, weight))

    def _vector(self, counts: Counter[str]) -> dict[str, float]:
        heavy = {w: n * self.rarity[w] for w, n in counts.items() if w in self.rarity}
        length = sqrt(sum(weight * weight for weight in heavy.values())) or 1.0
        return {word: weight / length for word, weight in heavy.items()}

    def nearest(self, row: int, most: int) -> list[int]:
        near: defaultdict[int, float] = defaultdict(float)
        for word, weight in self.vectors[row].items():
            for other, share in self.postings[word]:
                near[other] += weight * share
        near.pop(row, None)
        return sorted(near, key=lambda other: (-near[other], other))[:most]

    def cosine(self, one: int, other: int) -> float:
        here, there = self.vectors[one], self.vectors[other]
        return sum(weight * there[word] for word, weight in here.items() if word in there)

    def heaviest(self, row: int, most: int) -> list[str]:
        vector = self.vectors[row]
        return sorted(vector, key=lambda word: (-vector[word], word))[:most]


class FullText:
    """SQLite's FTS5, asked for an article's twelve heaviest words, by its own bm25."""

    def __init__(self, texts: Sequence[Text], cosine: PlainCosine) -> None:
        self.cosine = cosine
        self.database = sqlite.connect(":memory:")
        self.database.execute("CREATE VIRTUAL TABLE article USING fts5(headline, text)")
        self.database.executemany(
            "INSERT INTO article (rowid, headline, text) VALUES (?, ?, ?)",
            [(row, each.headline, each.text) for row, each in enumerate(texts)],
        )

    def nearest(self, row: int, most: int) -> list[int]:
        words = " OR ".join(f'"{word}"' for word in self.cosine.heaviest(row, ASKED))
        if not words:
            return []
        found = self.database.execute(
            "SELECT rowid FROM article WHERE article MATCH ? ORDER BY bm25(article, 3, 1) LIMIT ?",
            (words, most + 1),
        )
        return [other for (other,) in found if other != row][:most]
