"""
A sheet of A4: lines of words, tables, bars. All that is drawn goes through it.

It is written as the language in force is: in Arabic all of it begins at the right. Each text in it
runs as its first letter does, as names do beside others.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import get_language_bidi

from masthead.ads.papers.breaking import broken
from masthead.ads.papers.letters import in_fonts, on_one_line, readable, width_of
from masthead.ads.papers.order import begins_at_the_right, in_order

WIDTH, HEIGHT = 595.28, 841.89  # points: 210 × 297 mm
MARGIN, BOTTOM = 56.0, 64.0
INK, SOFT, RULE, ACCENT = (0.09, 0.075, 0.06), (0.36, 0.33, 0.3), (0.86, 0.84, 0.79), "#9b1c31"


class Sheets:
    """Drawn from the top down; a new sheet begins by itself."""

    def __init__(self, *, title: str, author: str, foot: str) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self._target = BytesIO()
        # Nothing of the machine or the moment: the same paper is the same bytes.
        self._canvas: Any = Canvas(
            self._target, pagesize=(WIDTH, HEIGHT), pageCompression=1, invariant=1
        )
        self._canvas.setTitle(on_one_line(title))
        self._canvas.setAuthor(on_one_line(author))
        self._to_the_left = get_language_bidi()
        self._foot = readable(foot)
        self._y = HEIGHT - MARGIN
        self._number = 1

    def line(self, text: str, *, size: float = 10, bold: bool = False, soft: bool = False) -> None:
        """One paragraph, broken where it has to be."""
        turned = self._is_turned(text)
        for piece in self._broken(text, size=size, bold=bold, room=WIDTH - 2 * MARGIN):
            self._room(size * 1.45)
            self._y -= size * 1.1
            self._draw(0, piece, size=size, bold=bold, soft=soft, turned=turned)
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
        """widths: parts of the whole. The first cell begins the line, the others end theirs."""
        whole = WIDTH - 2 * MARGIN
        columns = [
            self._broken(cell, size=size, bold=bold, room=whole * width - 8)
            for cell, width in zip(cells, widths, strict=True)
        ]
        turned = [self._is_turned(cell) for cell in cells]
        many = max(map(len, columns))
        self._room(size * 1.25 * many + 4)
        for number in range(many):
            self._y -= size * 1.25
            edge = 0.0
            for place, (column, width) in enumerate(zip(columns, widths, strict=True)):
                edge += whole * width
                if number < len(column):
                    self._draw(
                        edge if place else 0,
                        column[number],
                        size=size,
                        bold=bold,
                        ends=place > 0,
                        turned=turned[place],
                    )
        self._y -= size * 0.45

    def bars(self, values: Sequence[int], *, height: float = 90) -> None:
        """One a day, as high as the best allows; time runs from left to right in all charts."""
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
        at: float,
        text: str,
        *,
        size: float,
        bold: bool = False,
        soft: bool = False,
        ends: bool = False,
        turned: bool = False,
    ) -> None:
        """
        at: from where lines begin, where the text begins or, with `ends`, ends. turned: whether it
        runs from the right.
        """
        self._canvas.setFillColorRGB(*(SOFT if soft else INK))
        wide = width_of(text, size=size, bold=bold)
        begins = at - wide if ends else at
        x = WIDTH - MARGIN - begins - wide if self._to_the_left else MARGIN + begins
        for font, run in in_fonts(in_order(text, to_the_left=turned), bold=bold):
            self._canvas.setFont(font, size)
            self._canvas.drawString(x, self._y, run)
            x += self._canvas.stringWidth(run, font, size)

    def _broken(self, text: str, *, size: float, bold: bool, room: float) -> list[str]:
        return broken(
            readable(text),
            room=room,
            width=lambda piece: width_of(piece, size=size, bold=bold),
        )

    def _is_turned(self, text: str) -> bool:
        return begins_at_the_right(text, otherwise=self._to_the_left)

    def _room(self, points: float) -> None:
        if self._y - points >= BOTTOM:
            return
        self._end_sheet()
        self._canvas.showPage()
        self._y = HEIGHT - MARGIN
        self._number += 1

    def _end_sheet(self) -> None:
        above, self._y = self._y, BOTTOM - 26
        foot = self._broken(self._foot, size=8, bold=False, room=WIDTH - 2 * MARGIN - 30)
        self._draw(0, foot[0], size=8, soft=True, turned=self._is_turned(foot[0]))
        self._draw(WIDTH - 2 * MARGIN, str(self._number), size=8, soft=True, ends=True)
        self._y = above
