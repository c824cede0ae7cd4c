"""
The environment of readers' templates: what they can call, and how they speak.

Everything is escaped but what says that it is safe (`SafeString`). A name that is missing prints
nothing and counts as false, as in Django's templates.
"""

from collections.abc import MutableMapping
from functools import lru_cache
from typing import Any

from django.template.defaultfilters import filesizeformat, linebreaks_filter, truncatechars
from django.utils.translation import (
    get_language,
    get_language_bidi,
    gettext,
    ngettext,
    npgettext,
    pgettext,
)
from jinja2 import ChainableUndefined, Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from masthead.articles.in_templates import (
    article_scripts,
    clock,
    in_text_place,
    is_number,
    table_columns,
)
from masthead.mail.in_templates import mail_look
from masthead.outlets.icons import icon
from masthead.outlets.in_templates import (
    full_day,
    isolated,
    local_day,
    moment,
    preload_fonts,
    short_moment,
    theme_colours,
)
from masthead.outlets.of_sheet import render_of_sheet
from masthead.pictures.in_templates import picture_classes
from masthead.press.page_parts import render_between, render_parts
from masthead.press.white_space import WithoutWhiteSpace

MOST_WORDS = 2_000


class PlainEnvironment(Environment):
    """No template has globals of its own; Jinja's map of maps is ten times slower to read."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


def environment(**options: Any) -> Environment:
    """For `TEMPLATES`."""
    options |= {"autoescape": True, "undefined": ChainableUndefined, "keep_trailing_newline": True}
    made = PlainEnvironment(extensions=["jinja2.ext.i18n", WithoutWhiteSpace], **options)
    made.newstyle_gettext = True  # type: ignore[attr-defined]
    made.globals |= WORDS | FUNCTIONS
    made.filters |= FILTERS
    made.tests["number_cell"] = is_number
    return made


@pass_context
def page_parts(context: Context, place: str) -> list[str]:
    """`{% for part in page_parts("rail") %}`: what the features put at a place of this page."""
    return [*render_parts(place, context.get_all())]


@pass_context
def parts_in_text(context: Context, body: list[dict[str, Any]]) -> dict[int, list[str]]:
    """What the features put between the blocks of an article, by the number of the block before."""
    usual = in_text_place(body)
    found = render_between("in_text", context.get_all(), items=len(body), usual=usual)
    return {number: [*parts] for number, parts in found.items()}


@pass_context
def parts_between(context: Context, items: int) -> dict[int, list[str]]:
    """What they put between the items of a list or the rows of a front."""
    found = render_between("between", context.get_all(), items=items)
    return {number: [*parts] for number, parts in found.items()}


def _gettext(text: str, /, **shown: Any) -> Markup:
    return _filled(_words(get_language(), None, text), shown)


def _pgettext(context: str, text: str, /, **shown: Any) -> Markup:
    return _filled(_words(get_language(), context, text), shown)


@lru_cache(maxsize=MOST_WORDS)
def _words(language: str | None, context: str | None, text: str) -> Markup:
    """In the language in force, which is given to tell them apart."""
    return Markup(gettext(text) if context is None else pgettext(context, text))  # noqa: S704


def _ngettext(one: str, many: str, number: int, /, **shown: Any) -> Markup:
    return _filled(Markup(ngettext(one, many, number)), shown)  # noqa: S704


def _npgettext(context: str, one: str, many: str, number: int, /, **shown: Any) -> Markup:
    return _filled(Markup(npgettext(context, one, many, number)), shown)  # noqa: S704


def _filled(words: Markup, shown: dict[str, Any]) -> Markup:
    """Words of a catalogue are ours; what is put into them is escaped."""
    return words % shown if "%" in words else words


# By the names that Jinja's `{% trans %}` calls and `tools/messages.py` looks for.
WORDS: dict[str, Any] = {
    "_": _gettext,
    "gettext": _gettext,
    "ngettext": _ngettext,
    "pgettext": _pgettext,
    "npgettext": _npgettext,
    "get_language": get_language,
    "get_language_bidi": get_language_bidi,
}
FUNCTIONS: dict[str, Any] = {
    each.__name__: each
    for each in (
        article_scripts,
        full_day,
        icon,
        isolated,
        local_day,
        mail_look,
        moment,
        page_parts,
        parts_between,
        parts_in_text,
        picture_classes,
        preload_fonts,
        short_moment,
        table_columns,
        theme_colours,
    )
} | {"of_sheet": render_of_sheet}
FILTERS: dict[str, Any] = {
    "clock": clock,
    "filesizeformat": filesizeformat,
    "linebreaks": linebreaks_filter,
    "truncatechars": truncatechars,
}
