"""
Make the fonts of invoices, credit notes and reports.

    python tools/paper_fonts.py PACKAGES

PACKAGES is a folder holding the unpacked npm package `inter` (inter-ui), and `dejavu` and `droid`
with DejaVuSans.ttf, DejaVuSans-Bold.ttf and DroidSansFallback.ttf of Debian's packages
fonts-dejavu-core and fonts-droid-fallback. What writes PDFs takes plain TrueType of one weight.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

PAPERS = Path(__file__).resolve().parent.parent / "masthead/ads/papers/fonts"
WEIGHTS = {"regular": 400, "bold": 650}

PUNCTUATION = (
    *range(0x2010, 0x2028),
    *range(0x2030, 0x205F),
    *range(0x20A0, 0x20C1),
    0x2122,
    0x2212,
)
EUROPE = (*range(0x20, 0x7F), *range(0xA0, 0x250), *range(0x300, 0x370), *range(0x370, 0x530))
VIETNAM = tuple(range(0x1E00, 0x1F00))
GREEK_OF_OLD = tuple(range(0x1F00, 0x2000))
# Armenian, Hebrew, Arabic with the forms it joins by, Georgian.
DEJAVU = (
    *range(0x530, 0x700),
    *range(0x750, 0x780),
    *range(0x8A0, 0x900),
    *range(0x10A0, 0x1100),
    *range(0x1C90, 0x1CC0),
    *range(0xFB13, 0xFC00),
    *range(0xFE70, 0xFEFD),
)
# What their own standards list: newspapers write with these, names seldom with others.
CODES = ("gb2312", "big5", "shift_jis", "euc_kr")
SIGNS = (range(0x3000, 0x3100), range(0x3130, 0x3190), range(0xFF00, 0xFFF0))
WORDS = (range(0x4E00, 0xA000), range(0xAC00, 0xD7A4))
# Read by nothing that writes PDFs, or by nobody on paper.
UNREAD = ["GDEF", "GPOS", "GSUB", "STAT", "kern", "vhea", "vmtx", "FFTM", "gasp", "DSIG"]


def main(packages: Path) -> None:
    for name, weight in WEIGHTS.items():
        inter = TTFont(packages / "inter/variable/InterVariable.woff2")
        inter = instantiateVariableFont(inter, {"wght": weight, "opsz": 14})
        letters = (*EUROPE, *VIETNAM, *GREEK_OF_OLD, *PUNCTUATION, 0x2190, 0x2191, 0x2192, 0x2193)
        _save(inter, letters, f"inter-{name}.ttf")
    for name, file in (("regular", "DejaVuSans.ttf"), ("bold", "DejaVuSans-Bold.ttf")):
        _save(TTFont(packages / "dejavu" / file), DEJAVU, f"dejavu-{name}.ttf")
    droid = TTFont(packages / "droid/DroidSansFallback.ttf")
    _save(droid, _listed(), "droid-fallback.ttf")


def _listed() -> Iterator[int]:
    for block in SIGNS:
        yield from block
    for block in WORDS:
        yield from (number for number in block if any(_is_in(number, code) for code in CODES))


def _is_in(number: int, code: str) -> bool:
    try:
        chr(number).encode(code)
    except UnicodeEncodeError:
        return False
    return True


def _save(font: TTFont, letters: Iterable[int], name: str) -> None:
    options = Options(hinting=False, layout_features=[], name_IDs=["*"], notdef_outline=True)
    options.drop_tables += UNREAD
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=list(letters))
    subsetter.subset(font)
    font.flavor = None
    # Programs that show PDFs tell fonts apart by this name.
    font["name"].setName(f"Masthead-{name.removesuffix('.ttf')}", 6, 3, 1, 0x409)
    font["name"].removeNames(nameID=25)
    font["head"].modified = font["head"].created  # the same packages give the same bytes
    font.recalcTimestamp = False
    font.save(PAPERS / name)
    print(name, (PAPERS / name).stat().st_size)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
