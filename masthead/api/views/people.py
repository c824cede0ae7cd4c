"""Authors and topics, with their articles."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from masthead.api.addresses import api_url
from masthead.api.answers import api_view, page_of
from masthead.api.people import author_line, topic_line
from masthead.api.problems import NothingHere
from masthead.api.queries import authors_on, topics_on
from masthead.api.views.articles import BEFORE, article_list
from masthead.articles.queries import by_author, on_topic
from masthead.changes import keys
from masthead.changes.shown import shows
from masthead.outlets.sheet import Sheet
from masthead.press.asking import Asking
from masthead.press.render import Printed

AT_ONCE = 100
LONGEST_SLUG = 120


def is_author(name: str, value: str, sheet: Sheet) -> bool:
    return len(value) <= LONGEST_SLUG and authors_on(sheet.id).filter(slug=value).exists()


def is_topic(name: str, value: str, sheet: Sheet) -> bool:
    return len(value) <= LONGEST_SLUG and topics_on(sheet.id).filter(slug=value).exists()


@api_view(params=("after",), is_linked=is_author)
def authors(asking: Asking) -> Printed:
    """By their address, a hundred at a time. Three queries, one for each kind of thing."""
    found = authors_on(asking.sheet.id, after=_after(asking))
    return _listed(asking, found, "authors", key=keys.author, line=author_line)


@api_view(params=BEFORE)
def author_articles(asking: Asking, slug: str) -> Printed:
    sheet = asking.sheet
    author = authors_on(sheet.id).filter(slug=slug).first()
    if author is None:
        raise NothingHere(_("Nobody at that address writes for this outlet."))
    shows(keys.author(author.pk))
    listed = by_author(author.pk, outlet_id=sheet.id)
    return article_list(asking, listed, "authors", slug, "articles", of=keys.author(author.pk))


@api_view(params=("after",), is_linked=is_topic)
def topics(asking: Asking) -> Printed:
    """As authors are."""
    found = topics_on(asking.sheet.id, after=_after(asking))
    return _listed(asking, found, "topics", key=keys.topic, line=topic_line)


@api_view(params=BEFORE)
def topic_articles(asking: Asking, slug: str) -> Printed:
    sheet = asking.sheet
    topic = topics_on(sheet.id).filter(slug=slug).first()
    if topic is None:
        raise NothingHere(_("This outlet has published nothing about that topic."))
    shows(keys.topic(topic.pk))
    listed = on_topic(topic.pk, outlet_id=sheet.id)
    return article_list(asking, listed, "topics", slug, "articles", of=keys.topic(topic.pk))


def _listed(
    asking: Asking,
    found: QuerySet[Any],
    name: str,
    *,
    key: Callable[[int], str],
    line: Callable[..., dict[str, Any]],
) -> Printed:
    """The first of those found, and where the next ones are."""
    sheet = asking.sheet
    shows(keys.counts(sheet.id))
    rows = list(found[: AT_ONCE + 1])
    shown = rows[:AT_ONCE]
    shows(*(key(each.pk) for each in shown))
    more = api_url(sheet, name, after=shown[-1].slug) if len(rows) > AT_ONCE else None
    return page_of(asking, [line(each, sheet=sheet) for each in shown], next_url=more)


def _after(asking: Asking) -> str:
    """A made-up one is answered too: whatever comes after it. PostgreSQL takes no NUL."""
    return asking.params.get("after", "").replace("\0", "")[:LONGEST_SLUG]
