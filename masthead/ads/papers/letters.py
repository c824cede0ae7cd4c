"""
Which font has a letter, and what stands for one that none has.

Inter has Latin, Greek and Cyrillic; DejaVu Hebrew, Arabic, Armenian and Georgian; Droid Chinese,
Japanese and Korean as newspapers write it. A run of any other script is named instead: “[Thai]”.
A font is read when its first letter is asked for.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from unicodedata import category, name, normalize

from masthead.ads.papers.arabic import joined

FONTS = Path(__file__).parent / "fonts"
# By what a letter is looked for in, in this order: the font's file, and that of its bold letters.
INTER, DEJAVU, DROID = "inter", "dejavu", "droid"
FILES = {
    INTER: ("inter-regular.ttf", "inter-bold.ttf"),
    DEJAVU: ("dejavu-regular.ttf", "dejavu-bold.ttf"),
    DROID: ("droid-fallback.ttf", "droid-fallback.ttf"),  # it has one weight
}
_CONTROLS = {"Cc", "Cf", "Cs", "Co"}
_POINTS = (
    range(0x591, 0x5BE),
    range(0x5BF, 0x5C0),
    range(0x5C1, 0x5C3),
    range(0x610, 0x61B),
    range(0x64B, 0x660),
    range(0x670, 0x671),
    range(0x6D6, 0x6DD),
)
_KEPT = {"\u200c", "\u200d"}  # they say how Arabic letters join


@lru_cache(maxsize=8)
def font(face: str, *, bold: bool = False) -> str:
    """The name under which the font is registered. Imported here: reportlab takes 60 ms."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    file = FILES[face][bold]
    registered = f"Masthead-{Path(file).stem}"
    pdfmetrics.registerFont(TTFont(registered, str(FONTS / file)))
    return registered


@lru_cache(maxsize=4096)
def face_of(letter: str) -> str:
    """The first font that has it; empty: none."""
    return next((face for face in FILES if ord(letter) in _letters(face)), "")


@lru_cache(maxsize=8)
def _letters(face: str) -> frozenset[int]:
    from reportlab.pdfbase import pdfmetrics

    return frozenset(pdfmetrics.getFont(font(face)).face.charToGlyph)


def readable(text: str) -> str:
    """Of a text, on one line and in the order of reading: what fonts have, as it joins."""
    return "".join(_known(joined(_without_points(on_one_line(text)))))


def on_one_line(text: str) -> str:
    """Without what only controls: nothing turns round what stands beside it."""
    letters = normalize("NFC", " ".join(str(text).split()))
    return "".join(each for each in letters if category(each) not in _CONTROLS or each in _KEPT)


def _without_points(text: str) -> str:
    """Hebrew and Arabic as business writes them; their places over letters no table holds."""
    return "".join(each for each in text if not any(ord(each) in block for block in _POINTS))


def _known(text: str) -> Iterator[str]:
    for is_known, run in groupby(text, lambda each: each == " " or bool(face_of(each))):
        letters = "".join(run)
        yield letters if is_known else _named(letters)


def _named(run: str) -> str:
    """What cannot be shown, by its script: nobody takes a box or a question mark for a name."""
    letters = [each for each in run if category(each)[0] == "L"]
    if not letters:
        return "" if all(category(each)[0] == "M" for each in run) else "[?]"
    scripts = dict.fromkeys(name(each, "?").split()[0].title() for each in letters)
    return f"[{', '.join(scripts)}]"


def in_fonts(text: str, *, bold: bool) -> list[tuple[str, str]]:
    """Font and letters, in the order given."""
    found: list[tuple[str, str]] = []
    for letter in text:
        used = font(face_of(letter) or INTER, bold=bold)
        if found and found[-1][0] == used:
            found[-1] = (used, found[-1][1] + letter)
        else:
            found.append((used, letter))
    return found


def width_of(text: str, *, size: float, bold: bool) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(sum(stringWidth(run, used, size) for used, run in in_fonts(text, bold=bold)))
