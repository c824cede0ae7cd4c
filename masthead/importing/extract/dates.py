"""Reading a date the way newspapers write it. What cannot be read stays unknown."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from .page import When

MONTH_NAMES: tuple[str, ...] = (
    "january jan januar jänner enero ene janvier janv gennaio gen janeiro januari يناير",
    "february feb februar febrero février fevrier févr febbraio fevereiro februari فبراير",
    "march mar märz maerz mrz marzo mars março maart مارس",
    "april apr abril avril aprile أبريل ابريل",
    "may mai mayo maggio mag maio mei maj مايو",
    "june jun juni junio juin giugno giu junho يونيو",
    "july jul juli julio juillet juil luglio lug julho يوليو",
    "august aug agosto ago août aout augusti augustus أغسطس اغسطس",
    "september sep sept septiembre septembre settembre set setembro سبتمبر",
    "october oct oktober okt octubre octobre ottobre ott outubro أكتوبر اكتوبر",
    "november nov noviembre novembre novembro نوفمبر",
    "december dec dezember dez diciembre dic décembre dicembre dezembro desember des ديسمبر",
)
MONTHS = {name: n for n, names in enumerate(MONTH_NAMES, 1) for name in names.split()}
ZONES = {
    "utc": 0, "gmt": 0, "z": 0, "bst": 60, "cet": 60, "cest": 120, "mez": 60, "mesz": 120,
    "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480,
    "pdt": -420, "et": None, "pt": None,
}  # fmt: skip

ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d\d?)-(\d\d?)"
    r"(?:[T ](\d\d):?(\d\d)(?::?\d\d(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?(?!\d)"
)
WORD = r"([^\W\d_]{3,12})"
MONTH_FIRST = re.compile(WORD + r"\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|º)?\.?\s+(?:de\s+|of\s+)?"
    + WORD
    + r"\.?,?\s+(?:de\s+|del\s+)?(\d{4})(?!\d)"
)
NUMERIC = re.compile(r"(?<!\d)(\d{1,2})(\.(?= )|[./-]) ?(\d{1,2})\2 ?(\d{4})(?!\d)")
CLOCK = re.compile(
    r"(?<![\d.])(\d{1,2})[:.](\d\d)(?::\d\d)?\s*([ap])?\.?\s?(?:m\b\.?)?\s*(?:Uhr|h\b)?\s*\(?([A-Za-z]{1,4}\b|[+-]\d\d:?\d\d)?",
    re.I,
)
UPDATED = re.compile(
    r"\b(?:updated?|modified|revised|last\s+edited"
    r"|aktualisiert|actualizado|mis à jour|aggiornato|oppdatert)\b",
    re.I,
)
PUBLISHED = re.compile(r"\b(?:published|posted|veröffentlicht|publicado)\b", re.I)


def read_when(
    text: str, zone: tzinfo | None = None, *, day_first: bool | None = None
) -> When | None:
    """
    The first date in the text, with its time when that can be placed in the world.

    zone: of times that do not say theirs; without it such a time is left out.
    day_first: how to read 3/4/2026; without it that stays unknown.
    """
    if not re.search(r"\d", text):
        return None
    if not text.isascii():
        text = "".join(_plain_digit(c) for c in text)
    if iso := ISO.search(text):
        return _from_iso(iso, zone)
    found = _from_words(text) or _from_numbers(text, day_first)
    if found is None:
        return None
    day, end = found
    return _with_clock(day, text[end : end + 40], zone) if day else None


def split_updated(text: str) -> tuple[str, str]:
    """The text about publishing and the text about updating, either may be empty."""
    hit = UPDATED.search(text)
    if not hit:
        return text, ""
    before, after = text[: hit.start()], text[hit.end() :]
    if (first := PUBLISHED.search(after)) and not read_when(before):
        return after[first.end() :], after[: first.start()]
    return before, after


def _plain_digit(character: str) -> str:
    if character.isdigit() and not character.isascii():
        return str(unicodedata.digit(character, character))
    return " " if character in "\u00a0\u202f" else character


def _from_iso(hit: re.Match[str], zone: tzinfo | None) -> When | None:
    year, month, day, hour, minute, offset = hit.groups()
    on = _day(int(year), int(month), int(day))
    if on is None or hour is None:
        return on
    return _at(on, int(hour), int(minute), _offset(offset) if offset else zone)


def _from_words(text: str) -> tuple[date | None, int] | None:
    found: list[tuple[int, int, date]] = []
    for pattern, order in ((MONTH_FIRST, (2, 0, 1)), (DAY_FIRST, (2, 1, 0))):
        for hit in pattern.finditer(text):
            parts = hit.groups()
            month = MONTHS.get(parts[order[1]].lower())
            on = _day(int(parts[order[0]]), month, int(parts[order[2]])) if month else None
            if on:
                found.append((hit.start(), hit.end(), on))
    if not found:
        return None
    _start, end, on = min(found)
    return on, end


def _from_numbers(text: str, day_first: bool | None) -> tuple[date | None, int] | None:
    hit = NUMERIC.search(text)
    if not hit:
        return None
    first, separator, second, year = int(hit[1]), hit[2], int(hit[3]), int(hit[4])
    if separator == "." or first > 12:
        day_first = True
    elif second > 12:
        day_first = False
    if day_first is None and first != second:
        return None
    day, month = (first, second) if day_first else (second, first)
    return _day(year, month, day), hit.end()


def _day(year: int, month: int, day: int) -> date | None:
    try:
        # Older than the first newspapers is a typing error or a page number.
        return date(year, month, day) if 1600 <= year <= 2100 else None
    except ValueError:
        return None


def _with_clock(on: date, after: str, zone: tzinfo | None) -> When:
    hit = CLOCK.search(after)
    if not hit:
        return on
    hour, minute = int(hit[1]), int(hit[2])
    if hit[3]:
        hour = hour % 12 + (12 if hit[3].lower() == "p" else 0)
    named = (hit[4] or "").lower()
    if named in ZONES:
        minutes = ZONES[named]
        zone = zone if minutes is None else timezone(timedelta(minutes=minutes))
    elif named[:1] in {"+", "-"}:
        zone = _offset(named)
    return _at(on, hour, minute, zone)


def _at(on: date, hour: int, minute: int, zone: tzinfo | None) -> When:
    if zone is None or hour > 23 or minute > 59:
        return on
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=zone)


def _offset(text: str) -> tzinfo:
    if text in {"Z", "z"}:
        return UTC
    digits = text[1:].replace(":", "")
    minutes = min(int(digits[:2]) * 60 + int(digits[2:]), 14 * 60)
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))
