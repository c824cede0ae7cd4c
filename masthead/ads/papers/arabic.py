"""
Arabic letters as they join: each replaced by the form that it has beside its neighbours.

What draws PDFs puts down one letter after the other as it is given. Unicode has a letter for each
form, and says of which it is one; the fonts of papers draw these.
"""

from collections.abc import Iterator
from functools import lru_cache
from unicodedata import category, decomposition

ALONE, AT_THE_END, AT_THE_BEGINNING, BETWEEN = "isolated", "final", "initial", "medial"
JOINS_ALWAYS = {"\u0640", "\u200d"}  # the stretching stroke, the joiner
_BLOCKS = (range(0xFB50, 0xFC00), range(0xFE80, 0xFF00))


def joined(text: str) -> str:
    """In the order of reading. Marks stay at their letters; joiners and non-joiners go."""
    if not any("\u0600" <= letter <= "\u08ff" for letter in text):
        return text.translate({0x200C: None, 0x200D: None})
    return "".join(_formed(text)).translate({0x200C: None, 0x200D: None})


def _formed(text: str) -> Iterator[str]:
    skip = -1
    for at, letter in enumerate(text):
        if at == skip:
            continue
        forms = _forms().get(letter)
        if forms is None:
            yield letter
            continue
        after = _beside(text, at, 1)
        joins_before = AT_THE_END in forms and _joins_on(_beside_letter(text, at, -1))
        pair = _forms().get(letter + text[after]) if after is not None else None
        if pair is not None and after == at + 1:
            skip = after
            yield pair[AT_THE_END if joins_before else ALONE]
            continue
        joins_after = AT_THE_BEGINNING in forms and _joins_back(_beside_letter(text, at, 1))
        yield forms.get(_name(joins_before, joins_after), letter)


def _name(joins_before: bool, joins_after: bool) -> str:
    if joins_before:
        return BETWEEN if joins_after else AT_THE_END
    return AT_THE_BEGINNING if joins_after else ALONE


def _beside(text: str, at: int, step: int) -> int | None:
    """The next letter there, over marks."""
    at += step
    while 0 <= at < len(text):
        if category(text[at]) != "Mn":
            return at
        at += step
    return None


def _beside_letter(text: str, at: int, step: int) -> str:
    found = _beside(text, at, step)
    return "" if found is None else text[found]


def _joins_on(letter: str) -> bool:
    """Whether what follows it is joined to it."""
    return letter in JOINS_ALWAYS or AT_THE_BEGINNING in _forms().get(letter, {})


def _joins_back(letter: str) -> bool:
    return letter in JOINS_ALWAYS or AT_THE_END in _forms().get(letter, {})


@lru_cache(maxsize=1)
def _forms() -> dict[str, dict[str, str]]:
    """By letter, or lam and alef together: the forms there are, by name."""
    found: dict[str, dict[str, str]] = {}
    for block in _BLOCKS:
        for number in block:
            name, _, codes = decomposition(chr(number)).partition(" ")
            letters = "".join(chr(int(code, 16)) for code in codes.split())
            is_pair = len(letters) == 2 and letters[0] == "\u0644"
            if name.startswith("<") and (len(letters) == 1 or is_pair):
                found.setdefault(letters, {}).setdefault(name.strip("<>"), chr(number))
    return found
