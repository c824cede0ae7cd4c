"""What the templates of mails can call: an outlet's look, as mail programs understand it."""

from dataclasses import dataclass

from masthead.outlets.choices import Typeface
from masthead.outlets.colours import mix
from masthead.outlets.sheet import Sheet
from masthead.outlets.styles import colours

# Every device has one of each. Word, which draws Outlook's mails, heeds the first name alone.
_SERIF = "Georgia, 'Times New Roman', serif"
_SANS = "Arial, Helvetica, sans-serif"
_FACES = {
    Typeface.NEWSREADER: _SERIF,
    Typeface.GEORGIA: _SERIF,
    Typeface.INTER: _SANS,
    Typeface.SYSTEM: _SANS,
}


@dataclass(frozen=True)
class Colours:
    """As #rrggbb. ground: what the paper lies on."""

    ground: str
    paper: str
    raised: str
    ink: str
    soft: str
    rule: str
    accent: str
    on_accent: str


@dataclass(frozen=True)
class MailLook:
    """start, end: the sides where a line begins and ends. direction: "ltr" or "rtl"."""

    light: Colours
    dark: Colours
    text_face: str
    head_face: str
    small_face: str
    direction: str
    start: str
    end: str


def mail_look(sheet: Sheet) -> MailLook:
    is_rtl = sheet.direction == "rtl"
    return MailLook(
        light=_colours(sheet, dark=False),
        dark=_colours(sheet, dark=True),
        text_face=_face(sheet, "reading_face"),
        head_face=_face(sheet, "headline_face"),
        small_face=_SANS,
        direction=sheet.direction,
        start="right" if is_rtl else "left",
        end="left" if is_rtl else "right",
    )


def _colours(sheet: Sheet, *, dark: bool) -> Colours:
    tokens = colours(sheet.look, dark=dark)
    return Colours(
        ground=mix(tokens["--paper-raised"], tokens["--rule"], 0.35),
        paper=tokens["--paper"],
        raised=tokens["--paper-raised"],
        ink=tokens["--ink"],
        soft=tokens["--ink-soft"],
        rule=tokens["--rule"],
        accent=tokens["--accent"],
        on_accent=tokens["--accent-ink"],
    )


def _face(sheet: Sheet, key: str) -> str:
    given = sheet.look.get(key, "")
    return _FACES[Typeface(given)] if given in Typeface.values else _SERIF
