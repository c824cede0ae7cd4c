"""A few words around what was found, with that marked."""

import re
from collections.abc import Collection

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from masthead.core.words import stem, words

MOST_WORDS = 28
BEFORE = MOST_WORDS // 3
# Of a very long text only the beginning is looked through.
MOST_CHARACTERS = 60_000
TOKEN = re.compile(r"\S+")


def extract(text: str, stems: Collection[str], *, language: str) -> SafeString | None:
    """
    The stretch with most different matches, they marked; None when the text has none.

    stems: what is looked for, as the index has it.
    """
    tokens = TOKEN.findall(text[:MOST_CHARACTERS])
    wanted, known = frozenset(stems), dict[str, str]()
    hits = [
        (place, found)
        for place, token in enumerate(tokens)
        if (found := _match(token, wanted, known, language))
    ]
    if not hits:
        return None
    start = max(0, _best(hits) - BEFORE)
    matched = {place for place, _found in hits}
    shown = [
        format_html("<mark>{}</mark>", token) if place in matched else format_html("{}", token)
        for place, token in enumerate(tokens[start : start + MOST_WORDS], start)
    ]
    before = "… " if start else ""
    after = " …" if start + MOST_WORDS < len(tokens) else ""
    return mark_safe(before + " ".join(shown) + after)  # noqa: S308  (each went through format_html)


def _match(token: str, wanted: frozenset[str], known: dict[str, str], language: str) -> str:
    if token not in known:
        found = (stem(word, language) for word in words(token))
        known[token] = next((each for each in found if each in wanted), "")
    return known[token]


def _best(hits: list[tuple[int, str]]) -> int:
    """Where the stretch begins in which most different words stand; the first of several."""
    most, best = 0, hits[0][0]
    for number, (place, _found) in enumerate(hits):
        inside = {
            found
            for at, found in hits[number : number + MOST_WORDS]
            if at < place + MOST_WORDS - BEFORE
        }
        if len(inside) > most:
            most, best = len(inside), place
    return best
