"""Which blocks there are, and what may stand in each of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from masthead.core.sanitise import clean_html, plain_text

MOST_BLOCKS = 60
MOST_ARTICLES = 20  # in one list
MOST_HTML = 5_000  # characters of a text
MOST_LINE = 200
SIZES = ("row", "lead")


class BadBlocks(Exception):
    """What was sent is no list of blocks; the text can be shown to a person."""


class _Wrong(Exception):
    """What is wrong with one block."""


@dataclass(frozen=True)
class Kind:
    """
    label: what the desk calls it. fields: what it takes beside its kind, each with whatever makes
    a value clean or raises.
    """

    label: str | Promise
    fields: Mapping[str, Callable[[Any], Any]]


def clean_blocks(given: Any) -> list[dict[str, Any]]:
    """
    The blocks with exactly the fields of their kinds; texts have passed the sanitiser.

    What a block does not take is left aside, what it lacks is filled in. Raises BadBlocks.
    """
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise BadBlocks(_("What was sent is no list of blocks."))
    if len(given) > MOST_BLOCKS:
        raise BadBlocks(_("An edition has at most %(most)d blocks.") % {"most": MOST_BLOCKS})
    return [_clean(block, number) for number, block in enumerate(given, start=1)]


def _clean(block: dict[str, Any], number: int) -> dict[str, Any]:
    name = block.get("kind")
    kind = KINDS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise BadBlocks(_("Block %(number)d is of no kind there is.") % {"number": number})
    try:
        fields = {field: clean(block.get(field)) for field, clean in kind.fields.items()}
    except _Wrong as wrong:
        words = _("Block %(number)d, %(kind)s: %(wrong)s")
        raise BadBlocks(words % {"number": number, "kind": kind.label, "wrong": wrong}) from wrong
    return {"kind": name, **fields}


def pictures_in(blocks: Iterable[Mapping[str, Any]]) -> set[int]:
    """The numbers of the pictures that blocks show."""
    named = {block["picture"] for block in blocks if block["kind"] == "picture"}
    return named - {None}


def articles_in(blocks: Iterable[Mapping[str, Any]]) -> set[int]:
    """The articles that blocks name, by their pages' ids."""
    named = {block["article"] for block in blocks if block["kind"] == "article"}
    return named.union(*(block["articles"] for block in blocks if block["kind"] == "articles"))


def is_empty(block: Mapping[str, Any]) -> bool:
    """Whether a text, an offer or a picture has nothing in it yet."""
    match block["kind"]:
        case "text":
            return not plain_text(block["html"])
        case "offer":
            return not (block["title"] or plain_text(block["html"]))
        case "picture":
            return block["picture"] is None
    return False


def _line(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > MOST_LINE:
        raise _Wrong(_("a line has at most %(most)d characters.") % {"most": MOST_LINE})
    return " ".join(value.split())


def _html(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > MOST_HTML:
        raise _Wrong(_("a text has at most %(most)d characters.") % {"most": MOST_HTML})
    return clean_html(value).strip()


def _link(value: Any) -> str:
    """Empty, or the address of a page."""
    link = _line(value)
    try:
        parts = urlsplit(link)
    except ValueError as error:
        raise _Wrong(_("“%(link)s” is no address.") % {"link": link}) from error
    if link and (parts.scheme not in {"http", "https"} or not parts.netloc):
        raise _Wrong(
            _("an address begins with https://, and “%(link)s” does not.") % {"link": link}
        )
    return link


def _row(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 2**63:
        raise _Wrong(_("something has to be chosen."))
    return value


def _row_or_none(value: Any) -> int | None:
    return None if value in (None, "") else _row(value)


def _rows(value: Any) -> list[int]:
    if value is None:
        return []
    if not isinstance(value, list) or len(value) > MOST_ARTICLES:
        raise _Wrong(_("a list has at most %(most)d articles.") % {"most": MOST_ARTICLES})
    return list(dict.fromkeys(_row(each) for each in value))


def _size(value: Any) -> str:
    return value if value in SIZES else SIZES[0]


def _most(least: int, usual: int, most: int) -> Callable[[Any], int]:
    def clean(value: Any) -> int:
        if value is None:
            return usual
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise _Wrong(
                _("the number is from %(least)d to %(most)d.") % {"least": least, "most": most}
            )
        return value

    return clean


KINDS: dict[str, Kind] = {
    "greeting": Kind(gettext_lazy("Greeting"), {"html": _html}),
    "article": Kind(
        gettext_lazy("Article"),
        {"article": _row, "size": _size, "headline": _line, "text": _line},
    ),
    # No articles named: the section's newest that stand nowhere else in the edition.
    "articles": Kind(
        gettext_lazy("Articles of a section"),
        {"section": _row_or_none, "title": _line, "articles": _rows, "most": _most(1, 4, 12)},
    ),
    "text": Kind(gettext_lazy("Text"), {"html": _html}),
    "picture": Kind(
        gettext_lazy("Picture"),
        {"picture": _row_or_none, "alt": _line, "caption": _line, "link": _link},
    ),
    "offer": Kind(
        gettext_lazy("Offer of the house"),
        {"title": _line, "html": _html, "label": _line, "link": _link},
    ),
    "placement": Kind(pgettext_lazy("in a newsletter", "Advertisement"), {"slot": _line}),
    "most-read": Kind(gettext_lazy("Most read"), {"most": _most(3, 5, 5)}),
    "corrections": Kind(gettext_lazy("Corrections since the last edition"), {}),
    "divider": Kind(gettext_lazy("Line between"), {}),
}
