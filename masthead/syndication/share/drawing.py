"""Draws the share pictures, as the pages would be printed on a card of 1200 by 630 px."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageOps

from masthead.outlets.structured_data import SHARE_HEIGHT, SHARE_WIDTH
from masthead.syndication.share.faces import SANS, Style, settable
from masthead.syndication.share.setting import draw_line, fit, length

MARGIN = 64
PHOTO_WIDTH = 500
RULE_AT = 132  # px from the top; the wordmark stands above it
BYLINE_AT = SHARE_HEIGHT - 52
LEADING = 1.1
INK, SOFT = "#16130f", "#5c554c"


@dataclass(frozen=True)
class Photo:
    """focal: percent from the left and the top that must stay in sight."""

    file: Path
    focal: tuple[int, int]


@dataclass(frozen=True)
class Card:
    """What an article's card says. face: the outlet's for headlines. from_right: reads so."""

    outlet: str
    kicker: str
    headline: str
    byline: str
    face: Path
    paper: str
    accent: str
    from_right: bool
    photo: Photo | None = None


def draw_card(card: Card) -> Image.Image | None:
    """None when the headline cannot be set in the faces there are."""
    headline = settable(card.headline, Style(card.face, 40))
    if not headline:
        return None
    sheet = Image.new("RGB", (SHARE_WIDTH, SHARE_HEIGHT), card.paper)
    photo = _photo(card)
    if photo:
        sheet.paste(photo, (0 if card.from_right else SHARE_WIDTH - PHOTO_WIDTH, 0))
    start, end = _column(card, with_photo=photo is not None)
    pen = _Pen(ImageDraw.Draw(sheet), start, end, card.from_right)
    pen.line(card.outlet, Style(card.face, 40, 500), baseline=RULE_AT - 32, colour=INK)
    pen.rule(RULE_AT)
    top = RULE_AT + 30
    if pen.line(card.kicker, Style(SANS, 26, 600), baseline=top + 28, colour=card.accent):
        top += 44
    has_byline = pen.line(card.byline, Style(SANS, 26), baseline=BYLINE_AT, colour=SOFT)
    bottom = BYLINE_AT - 44 if has_byline else SHARE_HEIGHT - MARGIN
    pen.block(headline, Style(card.face, 68 if photo else 108, 500), top=top, bottom=bottom)
    return sheet


def draw_outlet(card: Card) -> Image.Image | None:
    """An outlet's own card: its name large, `headline` as its tagline below a rule."""
    name = settable(card.outlet, Style(card.face, 40))
    if not name:
        return None
    sheet = Image.new("RGB", (SHARE_WIDTH, SHARE_HEIGHT), card.paper)
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((0, 0, SHARE_WIDTH, 14), fill=card.accent)
    room = SHARE_WIDTH - 2 * MARGIN
    style, lines = _name_lines(name, card, room)
    step = round(style.size * LEADING)
    baseline = 330 - step * (len(lines) - 1) // 2
    for line in lines:
        _centred(draw, line, style, baseline=baseline, colour=INK)
        baseline += step
    rule = baseline - step + 54
    draw.rectangle((MARGIN, rule, SHARE_WIDTH - MARGIN, rule + 3), fill=INK)
    tagline = settable(card.headline, Style(SANS, 30))
    if tagline:
        small, lines = fit(tagline, Style(SANS, 34), width=room, lines=2, smallest=26)
        for number, line in enumerate(lines):
            at = rule + 66 + number * 46
            _centred(draw, line, small, baseline=at, colour=SOFT)
    return sheet


@dataclass(frozen=True)
class _Pen:
    """Sets text in one column of a card."""

    draw: ImageDraw.ImageDraw
    start: int
    end: int
    from_right: bool

    @property
    def width(self) -> int:
        return self.end - self.start

    def line(self, text: str, style: Style, *, baseline: int, colour: str) -> bool:
        """One line, made smaller or cut to fit; False when there is nothing to set."""
        text = settable(text, style)
        if not text:
            return False
        fitting, lines = fit(text, style, width=self.width, lines=1, smallest=style.size - 8)
        self._set(lines[0], fitting, baseline, colour)
        return True

    def rule(self, top: int) -> None:
        self.draw.rectangle((self.start, top, self.end, top + 3), fill=INK)

    def block(self, text: str, style: Style, *, top: int, bottom: int) -> None:
        """Lines from the top down, as large as the height allows."""
        for size in range(style.size, 31, -4):
            step = round(size * LEADING)
            tried = Style(style.face, size, style.weight)
            most = max(1, (bottom - top) // step)
            fitting, lines = fit(text, tried, width=self.width, lines=most, smallest=size)
            if not lines[-1].endswith("…") or size <= 35:
                break
        for number, line in enumerate(lines, 1):
            self._set(line, fitting, top + number * step - step // 6, INK)

    def _set(self, text: str, style: Style, baseline: int, colour: str) -> None:
        draw_line(
            self.draw,
            text,
            style,
            start=self.start,
            end=self.end,
            baseline=baseline,
            colour=colour,
            from_right=self.from_right,
        )


def _column(card: Card, *, with_photo: bool) -> tuple[int, int]:
    if not with_photo:
        return MARGIN, SHARE_WIDTH - MARGIN
    inside = PHOTO_WIDTH + MARGIN // 2 + 8
    return (inside, SHARE_WIDTH - MARGIN) if card.from_right else (MARGIN, SHARE_WIDTH - inside)


def _photo(card: Card) -> Image.Image | None:
    if card.photo is None:
        return None
    try:
        with Image.open(card.photo.file, formats=["JPEG"]) as original:
            colour = original.convert("RGB")
    except OSError:  # gone from the disk: a card without it is still a card
        return None
    centre = (card.photo.focal[0] / 100, card.photo.focal[1] / 100)
    size = (PHOTO_WIDTH, SHARE_HEIGHT)
    fitted: Image.Image = ImageOps.fit(
        colour, size, method=Image.Resampling.LANCZOS, centering=centre
    )
    return fitted


def _name_lines(name: str, card: Card, room: int) -> tuple[Style, list[str]]:
    """On one line while it can be set large, else on two."""
    style, lines = fit(name, Style(card.face, 132, 500), width=room, lines=1, smallest=80)
    if not lines[0].endswith("…"):
        return style, lines
    return fit(name, Style(card.face, 112, 500), width=room, lines=2, smallest=56)


def _centred(draw: Any, text: str, style: Style, *, baseline: int, colour: str) -> None:
    left = round((SHARE_WIDTH - length(text, style)) / 2)
    draw_line(
        draw,
        text,
        style,
        start=left,
        end=SHARE_WIDTH,
        baseline=baseline,
        colour=colour,
        from_right=False,
    )
