"""
Make the two reading fonts and their stylesheet from the published packages.

    python tools/subset_fonts.py PACKAGES

PACKAGES is a folder holding the unpacked npm packages `newsreader`
(@fontsource-variable/newsreader), `inter` (inter-ui), and the stand-ins for the fallbacks'
widths: `gelasio` (@fontsource/gelasio, drawn to Georgia's widths) and the folder `liberation`
with LiberationSerif-Regular.ttf and LiberationSans-Regular.ttf (Times New Roman's and Arial's).
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any
from unicodedata import normalize

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib.instancer import instantiateVariableFont

FONTS = Path(__file__).parent.parent / "masthead/outlets/static/masthead/fonts"
MOST_BYTES = 40_000

LATIN = (*range(0x20, 0x7F), *range(0xA0, 0x180))
ROMANIAN = (0x218, 0x219, 0x21A, 0x21B)
PUNCTUATION = tuple(map(ord, "–—‘’‚“”„†•…‰′″‹›⁄−×÷"))
CURRENCY = tuple(map(ord, "€₺₽₹₴₿"))
SIGNS = tuple(map(ord, "™←↑→↓↗"))
TEXT = {*LATIN, *ROMANIAN, *PUNCTUATION, *CURRENCY, *SIGNS}
# No European newspaper's spelling needs these; each costs about 60 bytes.
RARE = set(map(ord, "ĿŀŉſĲĳĸĔĕĬĭŎŏ"))

# Letters and the space by their share of English text, per thousand.
FREQUENCY = {
    " ": 180,
    "e": 104,
    "t": 74,
    "a": 67,
    "o": 62,
    "i": 57,
    "n": 57,
    "s": 52,
    "h": 50,
    "r": 49,
    "d": 35,
    "l": 33,
    "c": 23,
    "u": 23,
    "m": 20,
    "w": 19,
    "f": 18,
    "g": 17,
    "y": 16,
    "p": 16,
    "b": 12,
    "v": 8,
    "k": 6,
    "x": 1,
    "j": 1,
    "q": 1,
    "z": 1,
    ".": 10,
    ",": 10,
}
CSS_HEAD = """\
/* Written by tools/subset_fonts.py; see docs/reference/fonts-and-icons.md.
   Serif stack: "Newsreader", "Newsreader Georgia", "Newsreader Times", serif.
   Sans stack: "Inter", "Inter Arial", system-ui, sans-serif. */
"""
LICENCE = "This Font Software is licensed under the SIL Open Font License, Version 1.1."

# Turkish tells fi from fı, so it gets no ligature that swallows the dot.
NEWSREADER_FEATURES = """
languagesystem DFLT dflt; languagesystem latn dflt; languagesystem latn TRK;
languagesystem latn ROM; languagesystem latn MOL;
feature liga {
  sub f f i by f_f_i; sub f f l by f_f_l; sub f f by f_f; sub f i by fi; sub f l by fl;
  language TRK exclude_dflt; sub f f by f_f; sub f l by fl;
} liga;
feature locl {
  language ROM; sub Scedilla by uni0218; sub scedilla by uni0219;
  language MOL; sub Scedilla by uni0218; sub scedilla by uni0219;
} locl;
"""


def subset(
    font: TTFont, *, characters: set[int], glyphs: tuple[str, ...] = (), features: tuple[str, ...]
) -> TTFont:
    """Cut the font down in place; glyphs are names wanted although no character maps to them."""
    options = Options()
    options.layout_features = list(features)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 8, 9, 11, 13, 14, 25]
    options.notdef_outline = True
    options.hinting = False
    options.glyph_names = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters, glyphs=glyphs)
    subsetter.subset(font)
    return font


def add_glyphs(font: TTFont, other: TTFont) -> set[str]:
    """Copy what only `other` has, and return its names."""
    new = [name for name in other.getGlyphOrder() if name not in font.getReverseGlyphMap()]
    for name in new:
        font["glyf"][name] = other["glyf"][name]
        font["hmtx"][name] = other["hmtx"][name]
        font["gvar"].variations[name] = other["gvar"].variations.get(name, [])
    for table in font["cmap"].tables:
        for code, name in other.getBestCmap().items():
            table.cmap.setdefault(code, name)
    font.setGlyphOrder(list(font["glyf"].glyphOrder))
    # Widths vary by gvar's phantom points; a partial HVAR would contradict them.
    del font["HVAR"]
    return set(new)


def kern_subtables(font: TTFont) -> list[Any]:
    lookup = font["GPOS"].table.LookupList.Lookup[0]
    return [getattr(table, "ExtSubTable", table) for table in lookup.SubTable]


def steady_kerning(font: TTFont) -> TTFont:
    """
    Keep the kerning of the default look for all of them, in steps of 0.4 % of an em.

    Kerning that varies with weight and optical size costs 20,000 bytes; a 65-letter headline
    of 1,357 px (48 px, weight 500) came out 2 px shorter without it.
    """
    step = font["head"].unitsPerEm // 250
    for table in kern_subtables(font):
        table.ValueFormat1 = 4
        for value in pair_values(table):
            value.__dict__.pop("XAdvDevice", None)
            value.XAdvance = round(value.XAdvance / step) * step
    gdef = font["GDEF"].table
    gdef.Version = 0x00010000
    del gdef.VarStore
    return font


def pair_values(table: Any) -> list[Any]:
    if table.Format == 1:
        return [pair.Value1 for pairs in table.PairSet for pair in pairs.PairValueRecord]
    return [cell.Value1 for row in table.Class1Record for cell in row.Class2Record]


def in_glyph_order(subtable: Any, font: TTFont) -> Any:
    """Sort the first letters, and with them their pairs, as the format demands."""
    names = subtable.Coverage.glyphs
    order = sorted(range(len(names)), key=lambda at: font.getGlyphID(names[at]))
    subtable.Coverage.glyphs = [names[at] for at in order]
    if subtable.Format == 1:
        subtable.PairSet = [subtable.PairSet[at] for at in order]
    return subtable


def keep_new_pairs(table: Any, *, new: set[str]) -> Any:
    """Drop the pairs of two letters that the first font kerns itself."""
    kept = []
    for name, pairs in zip(table.Coverage.glyphs, table.PairSet, strict=True):
        pairs.PairValueRecord = [
            pair for pair in pairs.PairValueRecord if name in new or pair.SecondGlyph in new
        ]
        pairs.PairValueCount = len(pairs.PairValueRecord)
        if pairs.PairValueRecord:
            kept.append((name, pairs))
    table.Coverage.glyphs = [name for name, _ in kept]
    table.PairSet = [pairs for _, pairs in kept]
    table.PairSetCount = len(kept)
    return table


def keep_first_letters(table: Any, names: set[str]) -> Any:
    """Narrow a class table to these first letters and renumber the rows that are left."""
    before = {name: table.ClassDef1.classDefs.get(name, 0) for name in names}
    rows = sorted({0, *before.values()})
    table.Coverage.glyphs = sorted(names)
    table.ClassDef1.classDefs = {name: rows.index(row) for name, row in before.items() if row}
    table.Class1Record = [table.Class1Record[row] for row in rows]
    table.Class1Count = len(rows)
    return table


def plain_letters(font: TTFont, other: TTFont) -> dict[str, str]:
    """Name the unaccented letter in `font` of each accented one in `other`."""
    names = font.getBestCmap()
    return {
        name: names[ord(plain)]
        for code, name in other.getBestCmap().items()
        if (plain := normalize("NFD", chr(code))[0]) != chr(code) and ord(plain) in names
    }


def join_class(mine: Any, theirs: Any, *, wanted: set[str], plain: dict[str, str]) -> set[str]:
    """
    Give each wanted letter the kerning class that its unaccented letter has.

    A letter that cannot be taken apart (Ł) goes where those of its own class went (Ĺ). One that
    the design kerns on its own (đ) stays out. Returns the letters that found a class.
    """
    leaders = {
        theirs.classDefs.get(name, 0): plain[name] for name in sorted(wanted) if name in plain
    }
    joined = {name for name in wanted if theirs.classDefs.get(name, 0) in leaders}
    for name in joined:
        into = mine.classDefs.get(leaders[theirs.classDefs.get(name, 0)], 0)
        if into:
            mine.classDefs[name] = into
    return joined


def add_kerning(font: TTFont, other: TTFont, *, new: set[str]) -> None:
    """Kern `other`'s letters with each other and with `font`'s, in one lookup: first match wins."""
    mine, theirs = kern_subtables(font), kern_subtables(other)
    classes, other_classes = mine[-1], theirs[-1]
    plain = plain_letters(font, other)
    covered = new & set(other_classes.Coverage.glyphs)
    first = join_class(classes.ClassDef1, other_classes.ClassDef1, wanted=covered, plain=plain)
    join_class(
        classes.ClassDef2,
        other_classes.ClassDef2,
        wanted=new & set(other_classes.ClassDef2.classDefs),
        plain=plain,
    )
    classes.Coverage.glyphs = [*classes.Coverage.glyphs, *first]
    pairs = [keep_new_pairs(table, new=new) for table in theirs[:-1]]
    tables = [*mine[:-1], *pairs, classes, keep_first_letters(other_classes, covered - first)]
    lookup = font["GPOS"].table.LookupList.Lookup[0]
    lookup.LookupType = 2
    lookup.SubTable = [in_glyph_order(table, font) for table in tables if table.Coverage.glyphs]
    lookup.SubTableCount = len(lookup.SubTable)


def make_newsreader(package: Path) -> TTFont:
    """Join the Latin and Latin Extended cuts; the package publishes no whole font."""
    ligatures = ("fi", "fl", "f_f", "f_f_i", "f_f_l")
    limits = {"wght": (400, 650), "opsz": (18, 72)}
    parts = []
    for cut, glyphs in (("latin", ligatures), ("latin-ext", ())):
        font = TTFont(package / f"files/newsreader-{cut}-opsz-normal.woff2", recalcTimestamp=False)
        subset(font, characters=TEXT - RARE, glyphs=glyphs, features=("kern",))
        parts.append(steady_kerning(instantiateVariableFont(font, limits)))
    whole, extended = parts
    new = add_glyphs(whole, extended)
    add_kerning(whole, extended, new=new)
    addOpenTypeFeaturesFromString(whole, NEWSREADER_FEATURES, tables=["GSUB"])
    drop_corners(whole)
    scale_upem(whole, 1000)
    loosen_deltas(whole)
    return whole


def drop_corners(font: TTFont) -> None:
    """
    Let weight and optical size add up without the correction where both are far out.

    The correction costs 8,000 bytes. A 65-letter headline of 1,389 px (48 px, weight 500) came
    out 5 px shorter without it and looked the same.
    """
    for variations in font["gvar"].variations.values():
        variations[:] = [variation for variation in variations if len(variation.axes) == 1]


def loosen_deltas(font: TTFont) -> None:
    """Leave out movements a reader cannot see: within a thousandth of an em of the interpolated."""
    for name, variations in font["gvar"].variations.items():
        points, outline = font["glyf"]._getCoordinatesAndControls(name, font["hmtx"].metrics)
        for variation in variations:
            variation.calcInferredDeltas(points, outline.endPts)
            variation.roundDeltas()
            variation.optimize(
                points, outline.endPts, tolerance=1, isComposite=outline.numberOfContours == -1
            )


def make_inter(package: Path) -> TTFont:
    font = TTFont(package / "variable/InterVariable.woff2", recalcTimestamp=False)
    subset(font, characters=TEXT - RARE, features=("kern", "liga", "locl", "tnum"))
    return instantiateVariableFont(font, {"wght": (400, 700), "opsz": 14})


def save(font: TTFont, name: str) -> Path:
    path = FONTS / f"{name}.woff2"
    font["name"].setName(LICENCE, 13, 3, 1, 0x409)
    font["name"].setName("https://openfontlicense.org", 14, 3, 1, 0x409)
    font["post"].formatType = 3.0  # glyph names are for us, not for readers
    font.flavor = "woff2"
    font.save(path)
    size = path.stat().st_size
    print(f"{path.name}: {size:,} bytes, {len(font.getBestCmap())} characters")
    if size > MOST_BYTES:
        sys.exit(f"{path.name} is {size - MOST_BYTES:,} bytes over the {MOST_BYTES:,} we allow.")
    return path


def mean_width(font: TTFont) -> float:
    """The width of an average character of English text, in ems."""
    names, widths = font.getBestCmap(), font["hmtx"].metrics
    total = sum(share * widths[names[ord(letter)]][0] for letter, share in FREQUENCY.items())
    return float(total / sum(FREQUENCY.values()) / font["head"].unitsPerEm)


def fallback_css(*, family: str, local: str, font: TTFont, stand_in: TTFont) -> str:
    """A face of the reader's machine, stretched to take the room the web font would take."""
    adjust = mean_width(font) / mean_width(stand_in)
    em, lines = font["head"].unitsPerEm * adjust, font["hhea"]
    return (
        f'@font-face {{\n  font-family: "{family}";\n  src: local("{local}");\n'
        f"  size-adjust: {adjust:.2%};\n  ascent-override: {lines.ascent / em:.2%};\n"
        f"  descent-override: {-lines.descent / em:.2%};\n"
        f"  line-gap-override: {lines.lineGap / em:.2%};\n}}\n"
    )


def face_css(*, family: str, path: Path, weights: str) -> str:
    return (
        f'@font-face {{\n  font-family: "{family}";\n'
        f'  src: url("{path.name}") format("woff2");\n  font-weight: {weights};\n'
        "  font-style: normal;\n  font-display: optional;\n}\n"
    )


def write_css(*, newsreader: Path, inter: Path, packages: Path) -> None:
    serif, sans = TTFont(newsreader), TTFont(inter)
    georgia = TTFont(
        packages / "gelasio/files/gelasio-latin-400-normal.woff2", recalcTimestamp=False
    )
    times = TTFont(packages / "liberation/LiberationSerif-Regular.ttf")
    arial = TTFont(packages / "liberation/LiberationSans-Regular.ttf")
    blocks = [
        CSS_HEAD,
        face_css(family="Newsreader", path=newsreader, weights="400 650"),
        face_css(family="Inter", path=inter, weights="400 700"),
        fallback_css(family="Newsreader Georgia", local="Georgia", font=serif, stand_in=georgia),
        fallback_css(
            family="Newsreader Times", local="Times New Roman", font=serif, stand_in=times
        ),
        fallback_css(family="Inter Arial", local="Arial", font=sans, stand_in=arial),
    ]
    (FONTS / "fonts.css").write_text("\n".join(blocks), encoding="utf-8")


def main(packages: Path) -> None:
    FONTS.mkdir(parents=True, exist_ok=True)
    newsreader = save(make_newsreader(packages / "newsreader"), "newsreader")
    inter = save(make_inter(packages / "inter"), "inter")
    write_css(newsreader=newsreader, inter=inter, packages=packages)
    shutil.copyfile(packages / "newsreader/LICENSE", FONTS / "OFL-Newsreader.txt")
    shutil.copyfile(packages / "inter/LICENSE.txt", FONTS / "OFL-Inter.txt")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
