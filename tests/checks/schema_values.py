"""Which plain values a schema.org range takes, strictly: where the vocabulary expects a
Person, a bare name is a fault, although search engines put up with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from urllib.parse import urlsplit

from .vocabulary import Vocabulary

DURATION = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?")
CLOCK = re.compile(r"\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?")
DATE = re.compile(r"\d{4}-\d\d-\d\d")
# A time without its zone is a different instant for every reader.
DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)")


def is_absolute(value: object) -> bool:
    if not isinstance(value, str) or any(c.isspace() for c in value):
        return False
    parts = urlsplit(value)
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def is_date(value: object) -> bool:
    return isinstance(value, str) and bool(DATE.fullmatch(value)) and _parses(date, value)


def is_date_time(value: object) -> bool:
    is_shaped = isinstance(value, str) and bool(DATE_TIME.fullmatch(value))
    return is_shaped and _parses(datetime, str(value).replace("Z", "+00:00"))


def is_number(value: object) -> bool:
    if isinstance(value, str):
        return re.fullmatch(r"-?\d+(\.\d+)?", value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_integer(value: object) -> bool:
    return is_number(value) and float(str(value)).is_integer()


def is_boolean(value: object) -> bool:
    return isinstance(value, bool) or str(value).removeprefix("https://schema.org/") in {
        "True",
        "False",
    }


def _matches(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_text(value: object) -> bool:
    return isinstance(value, str)


KINDS: dict[str, Callable[[object], bool]] = {
    "Text": _is_text,
    "PronounceableText": _is_text,
    "CssSelectorType": _is_text,
    "XPathType": _is_text,
    "Distance": _is_text,
    "Energy": _is_text,
    "Mass": _is_text,
    "Quantity": _is_text,
    "URL": is_absolute,
    "Date": is_date,
    "DateTime": is_date_time,
    "Time": _matches(CLOCK),
    "Duration": _matches(DURATION),
    "Number": is_number,
    "Float": is_number,
    "Integer": is_integer,
    "Boolean": is_boolean,
}


def plain_value_fits(value: object, allowed: frozenset[str], vocabulary: Vocabulary) -> bool:
    """For strings, numbers and booleans; also the members of an enumeration."""
    if any(KINDS[kind](value) for kind in allowed & KINDS.keys()):
        return True
    # A breadcrumb's item is commonly its address, and an address can name any Thing.
    if "Thing" in allowed and is_absolute(value):
        return True
    member = str(value).removeprefix("https://schema.org/")
    return any(member in vocabulary.members.get(kind, ()) for kind in allowed)


def _parses(kind: type[date], value: str) -> bool:
    try:
        kind.fromisoformat(value)
    except ValueError:
        return False
    return True
