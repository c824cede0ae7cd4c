"""
Make the fonts of invoices and reports from the one that pages are set in.

    python tools/paper_fonts.py

What writes PDFs takes plain TrueType of one weight; browsers get one file of all weights, packed.
"""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

PACKAGE = Path(__file__).resolve().parent.parent / "masthead"
INTER = PACKAGE / "outlets/static/masthead/fonts/inter.woff2"
PAPERS = PACKAGE / "ads/papers/fonts"
WEIGHTS = {"regular": 400, "bold": 650}


def main() -> None:
    for name, weight in WEIGHTS.items():
        font = instantiateVariableFont(TTFont(INTER), {"wght": weight})
        for table in ("GDEF", "GPOS", "GSUB", "STAT"):  # not read there
            if table in font:
                del font[table]
        font.flavor = None
        font.save(PAPERS / f"inter-{name}.ttf")
        print(f"inter-{name}.ttf", (PAPERS / f"inter-{name}.ttf").stat().st_size)


if __name__ == "__main__":
    main()
