"""
What a refusal means for an address: gone for good, or only not this time.

Status codes (RFC 3463) come first where they are plain; many servers give a wrong or a general
one, so what they say in words decides the rest.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from masthead.mail.models import Feedback

Kind = Feedback.Kind
STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
REPLY = re.compile(r"(?<![\d.])([45])[0-5]\d(?=[\s\-,;:)]|$)")
# Say by themselves that the address is no good, or that it is.
GONE = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.4", "5.1.0", "5.7.17"}
STAYS = {"5.2.2", "5.2.3", "5.3.4", "5.4.7", "5.7.26", "5.7.27", "5.7.515", "5.7.25", "5.7.9"}
# In this order: a server that blocks us may say so about a user it calls unknown.
ORDER = ("none", "blocked", "full", "gone", "later")


@cache
def _phrases() -> dict[str, re.Pattern[str]]:
    """By meaning; see `phrases.toml`."""
    words = tomllib.loads((Path(__file__).parent / "phrases.toml").read_text("utf-8"))
    return {
        meaning: re.compile("|".join(f"(?:{each})" for each in lines), re.IGNORECASE)
        for meaning, lines in words.items()
    }


def says(meaning: str, text: str) -> bool:
    return bool(_phrases()[meaning].search(text))


def status_in(text: str) -> str:
    """The first status code of a failure; empty without one."""
    codes = (found.group() for found in STATUS.finditer(text))
    return next((code for code in codes if not code.startswith("2.")), "")


def verdict(*, status: str, words: str) -> Feedback.Kind:
    """
    HARD: the address does not work and will not. SOFT: it may; also when we are what is refused.

    status: a code such as "5.1.1", or empty. words: what the server said.
    """
    status = status or status_in(words)
    words = " ".join(words.split())
    meaning = next((each for each in ORDER if says(each, words)), "")
    if meaning in {"blocked", "full", "later"}:
        return Kind.SOFT
    if status in STAYS:
        return Kind.SOFT
    if meaning in {"gone", "none"} or status in GONE:
        return Kind.SOFT if status.startswith("4.") and not says("surely", words) else Kind.HARD
    return Kind.SOFT
