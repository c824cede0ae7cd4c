"""
A sheet of A4: lines of words, tables, bars. All that is drawn goes through it.

The fonts have the letters of European languages written in Latin; what they lack is shown as “?”.
Imported where a paper is made, because it costs 60 ms to start.
"""

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"
WIDTH, HEIGHT = 595.28, 841.89  # points: 210 × 297 mm
MARGIN, BOTTOM = 56.0, 64.0
INK, SOFT, RULE, ACCENT = (0.09, 0.075, 0.06), (0.36, 0.33, 0.3), (0.86, 0.84, 0.79), "#9b1c31"
REGULAR, BOLD = "Masthead-Regular", "Masthead-Bold"


@lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
    """Registers the fonts, once a process."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in ((REGULAR, "inter-regular.ttf"), (BOLD, "inter-bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / file)))
    return frozenset(pdfmetrics.getFont(REGULAR).face.charToGlyph)


def readable(text: str) -> str:
    """Only what the fonts can show, on one line."""
    known = _letters()
    return "".join(c if ord(c) in known else "?" for c in " ".join(str(text).split()))


class Sheets:
    """Drawn from the top down; a new sheet begins by itself."""

    def __init__(self, *, title: str, author: str, foot: str) -> None:
        from reportlab.pdfgen.canvas import Canvas

        _letters()
        self._target = BytesIO()
        # Nothing of the machine or the moment: the same paper is the same bytes.
        self._canvas: Any = Canvas(
            self._target, pagesize=(WIDTH, HEIGHT), pageCompression=1, invariant=1
        )
        self._canvas.setTitle(readable(title))
        self._canvas.setAuthor(readable(author))
        self._foot = readable(foot)
        self._y = HEIGHT - MARGIN
        self._number = 1

    def line(self, text: str, *, size: float = 10, bold: bool = False, soft: bool = False) -> None:
        """One paragraph, broken where it has to be."""
        for piece in self._broken(readable(text), size=size, bold=bold, room=WIDTH - 2 * MARGIN):
            self._room(size * 1.45)
            self._y -= size * 1.1
            self._draw(MARGIN, piece, size=size, bold=bold, soft=soft)
            self._y -= size * 0.35

    def gap(self, points: float) -> None:
        self._y -= points

    def rule(self) -> None:
        self._room(8)
        self._canvas.setStrokeColorRGB(*RULE)
        self._canvas.line(MARGIN, self._y, WIDTH - MARGIN, self._y)
        self._y -= 8

    def row(
        self, cells: Sequence[str], widths: Sequence[float], *, bold: bool = False, size: float = 9
    ) -> None:
        """widths: parts of the whole. The first cell is broken, the others stand to the right."""
        whole = WIDTH - 2 * MARGIN
        first = self._broken(readable(cells[0]), size=size, bold=bold, room=whole * widths[0] - 8)
        self._room(size * 1.5 * len(first) + 4)
        for number, piece in enumerate(first):
            self._y -= size * 1.25
            self._draw(MARGIN, piece, size=size, bold=bold)
            if number:
                continue
            edge = MARGIN + whole * widths[0]
            for cell, width in zip(cells[1:], widths[1:], strict=True):
                edge += whole * width
                self._draw(edge, readable(cell), size=size, bold=bold, to_the_left=True)
        self._y -= size * 0.45

    def bars(self, values: Sequence[int], *, height: float = 90) -> None:
        """One a day, as high as the best allows."""
        most = max(values, default=0)
        if not most:
            return
        self._room(height + 12)
        room = (WIDTH - 2 * MARGIN) / len(values)
        base = self._y - height
        self._canvas.setFillColor(ACCENT)
        for number, value in enumerate(values):
            self._canvas.rect(
                MARGIN + room * (number + 0.1), base, room * 0.8, height * value / most, 0, 1
            )
        self._y = base - 12

    def finished(self) -> bytes:
        self._end_sheet()
        self._canvas.save()
        return self._target.getvalue()

    def _draw(
        self,
        x: float,
        text: str,
        *,
        size: float,
        bold: bool = False,
        soft: bool = False,
        to_the_left: bool = False,
    ) -> None:
        self._canvas.setFont(BOLD if bold else REGULAR, size)
        self._canvas.setFillColorRGB(*(SOFT if soft else INK))
        (self._canvas.drawRightString if to_the_left else self._canvas.drawString)(x, self._y, text)

    def _broken(self, text: str, *, size: float, bold: bool, room: float) -> list[str]:
        from reportlab.lib.utils import simpleSplit

        return list(simpleSplit(text, BOLD if bold else REGULAR, size, room)) or [""]

    def _room(self, points: float) -> None:
        if self._y - points >= BOTTOM:
            return
        self._end_sheet()
        self._canvas.showPage()
        self._y = HEIGHT - MARGIN
        self._number += 1

    def _end_sheet(self) -> None:
        self._canvas.setFont(REGULAR, 8)
        self._canvas.setFillColorRGB(*SOFT)
        self._canvas.drawString(MARGIN, BOTTOM - 26, self._foot)
        self._canvas.drawRightString(WIDTH - MARGIN, BOTTOM - 26, str(self._number))
