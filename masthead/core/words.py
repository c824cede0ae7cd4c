"""
Text as the words that indexes compare: split, stemmed by their language, without accents.

Every index uses the same stems, so that what one of them finds the others know as well.
"""

import re
import threading
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import Stemmer

# Snowball's stemmers by the codes that languages go by.
STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "st": "sesotho",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
# Their stemmers take one ending or article at a time: “انتخابات” and “الانتخابات” meet only when
# the stem is stemmed again, until it stays as it is.
AGAIN = {"ar", "tr"}
MOST_TIMES = 3
# Letters of their own to Unicode, which readers type without their mark all the same.
PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe"}
    | {"ß": "ss", "ð": "d", "þ": "th", "ё": "е", "ς": "σ", "ـ": "", "\u200c": "", "\u200d": ""}
)
WITHOUT_MARKS = (  # scripts whose marks may be left out; in others they are half of the word
    (0x0041, 0x024F),  # Latin
    (0x0370, 0x03FF),  # Greek
    (0x0590, 0x06FF),  # Hebrew, Arabic
    (0x1E00, 0x1FFF),  # more Latin and Greek
)
# Written without spaces: the words of these are their overlapping pairs of characters.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
LONGEST = 40  # characters of a word that are looked at
STOP_WORDS = Path(__file__).with_name("stop_words.toml")
_here = threading.local()


def words(text: str) -> list[str]:
    """
    The words of a text in order, in small letters, otherwise as they are written.

    Letters and digits with their marks; everything else parts words, also an apostrophe. Of what
    is written without spaces each two characters that stand together are one.
    """
    found = WORD.findall(text.lower())
    if not HAS_UNSPACED.search(text):
        return found
    return [part for word in found for part in _parts(word)]


def fold(word: str) -> str:
    """In small letters, without accents: “Élan” and “elan” are one, “Łódź” and “lodz” too."""
    if word.isascii():
        return word.lower()
    return _folded(word)


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """
    What a word has in common with its other forms, folded; of a language nobody stems: folded.

    language: as outlets have it, e.g. "ar" or "en-gb".
    """
    code = base_language(language)
    if code not in STEMMERS:
        return fold(word)
    word = word.lower()[:LONGEST]
    stemmer = _stemmer(code)
    found: str = stemmer.stemWord(word)
    if code in AGAIN:
        for _ in range(MOST_TIMES - 1):
            before, found = found, stemmer.stemWord(found)
            if before == found:
                break
    # Of some short words, Greek and Nepali ones, their stemmers leave nothing at all.
    return fold(found) or fold(word)


def stems(text: str, language: str) -> list[str]:
    """The stems of all words of a text, in order, one a word, words that say nothing included."""
    known: dict[str, str] = {}
    found = []
    for word in words(text):
        if word not in known:
            known[word] = stem(word, language)
        found.append(known[word])
    return found


@cache
def stop_stems(language: str) -> frozenset[str]:
    """The stems of a language's words that say nothing of what a text is about."""
    return frozenset(
        stem(word, language) for word in _stop_words().get(base_language(language), ())
    )


@cache
def _stop_words() -> dict[str, list[str]]:
    with STOP_WORDS.open("rb") as file:
        return {code: listed.split() for code, listed in tomllib.load(file).items()}


@cache
def base_language(language: str) -> str:
    """The language alone, without the country or script after it."""
    code = language.lower().replace("_", "-").partition("-")[0]
    return "no" if code in {"nb", "nn"} else code  # both of Norway's


def _stemmer(code: str) -> Any:
    """One for each thread: two threads in one stemmer would mix up their words."""
    mine: dict[str, Any] = _here.__dict__.setdefault("stemmers", {})
    if code not in mine:
        mine[code] = Stemmer.Stemmer(STEMMERS[code])
    return mine[code]


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    folded: list[str] = []
    base = ""
    for letter in unicodedata.normalize("NFKD", word.lower()):
        if not unicodedata.combining(letter):
            base = letter
        elif not base or _may_lose_marks(base):
            continue
        folded.append(letter)
    return unicodedata.normalize("NFC", "".join(folded)).translate(PLAIN)


def _may_lose_marks(letter: str) -> bool:
    return any(first <= ord(letter) <= last for first, last in WITHOUT_MARKS)


def _parts(word: str) -> list[str]:
    parts = []
    for run in RUN.findall(word):
        if not HAS_UNSPACED.match(run) or len(run) <= 2:
            parts.append(run)
        else:
            parts += [run[place : place + 2] for place in range(len(run) - 1)]
    return parts


def _marks() -> str:
    """Marks on letters, which Python does not count as part of a word; below U+2000 there are all
    of those that living languages write, and joiners inside words."""
    marks = [
        chr(code) for code in range(0x300, 0x2000) if unicodedata.category(chr(code))[0] == "M"
    ]
    return "".join(marks) + "\u200c\u200d"


WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_marks()}])*")
HAS_UNSPACED = re.compile(f"[{UNSPACED}]")
RUN = re.compile(f"[{UNSPACED}]+|[^{UNSPACED}]+")
