"""What of a released article goes into the index, and in which form."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from masthead.articles.models import Access, PublishedArticle
from masthead.articles.reading import PARTS_BEFORE_GATE
from masthead.articles.snapshot import plain_body
from masthead.core.words import fold, stem, stems, words
from masthead.search.models import SearchEntry

# Raise it when entries are made in another way: what is of an older form is written again.
FORM = 1
# The longest article anybody wrote is shorter; beyond it PostgreSQL forgets where words stand.
MOST_WORDS = 15_000
LONGEST = 60  # characters of a word
SLOTS = 4  # bits: so many articles of one second keep its order
MARK = "¦"  # no word has one, so nothing that is typed is a mark
TEXTS = ("headline", "standfirst", "byline", "topics", "captions", "body")
STEMS = ("stems_headline", "stems_standfirst", "stems_about", "stems_body")

_BEGIN = datetime(1, 1, 1, tzinfo=UTC)


def place_of(at: datetime) -> int:
    """The first id of that second (aware): a search walks ids instead of sorting dates."""
    since = at - _BEGIN
    return (since.days * 86_400 + since.seconds) << SLOTS


def outlet_mark(outlet_id: int) -> str:
    return f"{MARK}o{outlet_id}"


def section_mark(section_id: int) -> str:
    return f"{MARK}s{section_id}"


def author_mark(author_id: int) -> str:
    return f"{MARK}a{author_id}"


def kind_mark(kind: str) -> str:
    return f"{MARK}k{kind}"


def language_mark(language: str) -> str:
    return f"{MARK}l{language.lower()}"


def fill_entry(entry: SearchEntry, published: PublishedArticle) -> SearchEntry:
    """
    Everything but the id, from what readers have now.

    Of a members' article only what everybody may read: its head and the first parts of its text.
    """
    snapshot, language = published.text.snapshot, published.outlet.language
    is_open = published.access == Access.OPEN
    parts = snapshot["body"] if is_open else snapshot["body"][:PARTS_BEFORE_GATE]
    entry.published = published
    entry.version_number, entry.form = published.version_number, FORM
    entry.outlet_id, entry.section_id = published.outlet_id, published.section_id
    entry.language = language
    entry.headline, entry.standfirst = snapshot["headline"], snapshot["standfirst"]
    entry.byline = published.byline
    entry.topics = ", ".join(topic["name"] for topic in snapshot["topics"])
    entry.captions = "\n".join(_captions(snapshot, parts))
    entry.body = "\n".join(_texts(parts))
    about = [published.kicker, published.headline, entry.byline, entry.topics, entry.captions]
    known: dict[str, str] = {}
    entry.stems_headline = _stems(entry.headline, language, known)
    entry.stems_standfirst = _stems(entry.standfirst, language, known)
    entry.stems_about = _stems("\n".join(about), language, known)
    entry.stems_body = _stems(entry.body, language, known)
    entry.marks = " ".join(_marks(published, snapshot))
    heads = dict.fromkeys(folded(f"{entry.headline} {published.headline}"))
    entry.heads = " ".join([*heads, outlet_mark(published.outlet_id)])
    return entry


def _captions(snapshot: dict[str, Any], parts: Iterable[dict[str, Any]]) -> Iterator[str]:
    if lead := snapshot["lead"]:
        yield from filter(None, (lead["caption"], lead["alt"]))
    if alone := snapshot.get("caption_alone"):
        yield alone
    for part in parts:
        for each in (part, *part.get("pictures", ())):
            yield from filter(None, (each.get("caption"), each.get("alt")))


def _texts(parts: Iterable[dict[str, Any]]) -> Iterator[str]:
    for part in parts:
        if text := plain_body({"body": [{**part, "caption": ""}]}):
            yield text
        if transcript := part.get("transcript"):
            yield transcript


def _marks(published: PublishedArticle, snapshot: dict[str, Any]) -> Iterator[str]:
    yield outlet_mark(published.outlet_id)
    yield section_mark(published.section_id)
    yield kind_mark(published.kind)
    yield language_mark(published.outlet.language)
    yield from (author_mark(author["id"]) for author in snapshot["authors"])


def _stems(text: str, language: str, known: dict[str, str]) -> str:
    """known: the stems of words met before, as most of an article's are."""
    found = []
    for word in words(text)[:MOST_WORDS]:
        if word not in known:
            known[word] = stem(word, language)[:LONGEST]
        found.append(known[word])
    return " ".join(found)


def stems_of(text: str, language: str) -> tuple[str, ...]:
    """
    The stems of what was typed, as entries hold them.

    A sign that stands for several words (“ﷺ”) is those words, one that only stretches others
    (“ـ”) is none: the database takes neither blanks nor nothing for a word.
    """
    return tuple(" ".join(each[:LONGEST] for each in stems(text, language)).split())


def folded(text: str) -> list[str]:
    """Its words as they are written, without accents; `stems_of` says what is several or none."""
    return " ".join(fold(word)[:LONGEST] for word in words(text)[:MOST_WORDS]).split()


def vocabulary_of(entry: SearchEntry) -> dict[str, str]:
    """Its different words that are worth correcting to, folded, and the stem of each."""
    text = "\n".join(getattr(entry, name) for name in TEXTS)
    known: dict[str, str] = {}
    for word in dict.fromkeys(words(text)[:MOST_WORDS]):
        plain = fold(word)[:LONGEST]
        if len(plain) > 1 and not plain.isdigit():
            known.setdefault(plain, stem(word, entry.language)[:LONGEST] or plain)
    return known
