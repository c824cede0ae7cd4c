"""Labelled articles: read from a file, or generated with stories, topics and near-duplicates."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
COMMON_WORDS, TOPIC_WORDS, STORY_WORDS = 30_000, 120, 12
WORDS = 330
COPIES = 0.12  # of the articles are another one again, with a few words changed


@dataclass(frozen=True)
class Text:
    """One article as the collection has it."""

    id: str
    headline: str
    text: str
    topics: frozenset[str]
    date: datetime


def read_labelled(file: Path) -> list[Text]:
    """JSON Lines: {"id", "headline", "text", "topics": […], "date"}. Raises ValueError."""
    found = []
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                found.append(_read(json.loads(line), number))
    return found


def _read(entry: dict[str, object], number: int) -> Text:
    try:
        date = datetime.fromisoformat(str(entry["date"])) if entry.get("date") else BEGIN
        return Text(
            id=str(entry["id"]),
            headline=str(entry["headline"]),
            text=str(entry["text"]),
            topics=frozenset(map(str, entry["topics"])),  # type: ignore[call-overload]
            date=date if date.tzinfo else date.replace(tzinfo=UTC),
        )
    except KeyError as missing:
        raise ValueError(f"Line {number} has no {missing}.") from missing


class Generator:
    """
    The same articles for the same seed. Most of an article's words are anybody's, some its
    topic's, some another topic's beside it, some its story's: names that a dozen articles share.
    """

    def __init__(self, *, topics: int, seed: int = 7) -> None:
        self.random = random.Random(seed)
        self.common = self._words(COMMON_WORDS)
        self.heaviness = list(accumulate(1 / (n + 3) for n in range(COMMON_WORDS)))
        self.topics = [self.random.sample(self.common, TOPIC_WORDS) for _ in range(topics)]
        self.topic_heaviness = list(accumulate(1 / (n + 3) for n in range(TOPIC_WORDS)))
        self.stories: list[tuple[int, list[str]]] = []

    def articles(self, number: int) -> Iterator[Text]:
        lately: list[Text] = []
        for n in range(number):
            if lately and self.random.random() < COPIES:
                made = self._copy(self.random.choice(lately), n)
            else:
                made = self._article(n)
            lately = [*lately[-40:], made]
            yield made

    def _article(self, n: int) -> Text:
        if not self.stories or self.random.random() < 1 / 12:
            topic = self.random.randrange(len(self.topics))
            self.stories = [
                *self.stories[-60:],
                (topic, self.random.sample(self.common, STORY_WORDS)),
            ]
        topic, names = self.random.choice(self.stories)
        pick = self.random
        beside = pick.choice(self.topics)
        words = [
            *pick.choices(self.common, cum_weights=self.heaviness, k=WORDS * 80 // 100),
            *pick.choices(self.topics[topic], cum_weights=self.topic_heaviness, k=WORDS // 12),
            *pick.choices(beside, cum_weights=self.topic_heaviness, k=WORDS // 14),
            *pick.choices(names, k=WORDS // pick.randint(16, 60)),
        ]
        pick.shuffle(words)
        headline = " ".join([*pick.sample(names, 2), *pick.sample(words, 4)])
        return self._text(n, headline, words, frozenset([f"topic {topic}"]))

    def _copy(self, of: Text, n: int) -> Text:
        words = of.text.split()
        for place in self.random.sample(range(len(words)), len(words) // 20):
            words[place] = self.random.choice(self.common)
        return self._text(n, of.headline, words, of.topics)

    def _text(self, n: int, headline: str, words: list[str], topics: frozenset[str]) -> Text:
        return Text(str(n), headline, " ".join(words), topics, BEGIN + n * timedelta(minutes=10))

    def _words(self, number: int) -> list[str]:
        return [
            "".join(self.random.choices(SYLLABLES, k=self.random.randint(3, 4)))
            for _ in range(number)
        ]
