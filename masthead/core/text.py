"""Small questions about text."""

import math
from collections.abc import Container
from itertools import count

from django.utils.text import slugify

WORDS_PER_MINUTE = 230  # adults reading news in English on a screen, rounded


def words_in(text: str) -> int:
    return len(text.split())


def minutes_to_read(words: int) -> int:
    return max(1, math.ceil(words / WORDS_PER_MINUTE))


def short_slug(text: str, *, most: int = 70) -> str:
    """A slug cut at a word, never empty."""
    slug = slugify(text) or slugify(text, allow_unicode=True) or "untitled"
    if len(slug) <= most:
        return slug
    return slug[: most + 1].rsplit("-", 1)[0][:most]


def free_slug(wanted: str, taken: Container[str]) -> str:
    """The slug wanted, with the first number from 2 on that makes it one nobody has."""
    if wanted not in taken:
        return wanted
    return next(slug for n in count(2) if (slug := f"{wanted}-{n}") not in taken)


def shorten(text: str, *, most: int) -> str:
    """At most so many characters, cut at a word and marked with an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
