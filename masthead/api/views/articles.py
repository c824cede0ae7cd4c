"""Articles: one, and lists of them."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from uuid import UUID

from django.db.models import Count, QuerySet, TextField
from django.db.models.functions import Cast, Substr
from django.utils.translation import gettext as _

from masthead.api.addresses import api_url
from masthead.api.answers import answer, api_view, page_of
from masthead.api.articles import article_in_full, article_line
from masthead.api.corrections import corrections_of
from masthead.api.problems import NothingHere, problem
from masthead.api.queries import find_by_public_id
from masthead.api.values import moment
from masthead.articles.models import PublishedArticle
from masthead.articles.queries import NewestFirst, in_outlet, in_section, listing
from masthead.changes import keys
from masthead.changes.shown import shows
from masthead.fronts.pages.lists import show_list
from masthead.press.asking import Asking
from masthead.press.render import Printed

BEFORE = ("before",)


@api_view()
def article(asking: Asking, public_id: UUID) -> Printed:
    """One article; 410 with the reason after it was withdrawn."""
    sheet = asking.sheet
    row = find_by_public_id(outlet_id=sheet.id, public_id=public_id)
    if row is None:
        raise NothingHere(_("This outlet has no article with that id."))
    shows(keys.article(row.article_id))
    if row.state == PublishedArticle.State.WITHDRAWN:
        return problem(
            asking,
            HTTPStatus.GONE,
            _("This article was withdrawn."),
            reason=row.article.withdrawn_reason or None,
            withdrawn_at=moment(row.withdrawn_at) if row.withdrawn_at else None,
        )
    corrections = corrections_of(row.article_id, outlet_id=sheet.id)
    return answer(asking, article_in_full(row, sheet=sheet, corrections=corrections))


@api_view(params=BEFORE)
def articles(asking: Asking) -> Printed:
    sheet = asking.sheet
    return article_list(asking, in_outlet(sheet.id), "articles", of=keys.outlet(sheet.id))


@api_view(params=BEFORE)
def section_articles(asking: Asking, section: str) -> Printed:
    found = asking.sheet.find_section(section_id=int(section))
    if found is None:
        raise NothingHere(_("This outlet has no section with that id."))
    inside = in_section(found.id, is_top=found.parent_id is None)
    return article_list(asking, inside, "sections", found.id, "articles", of=keys.section(found.id))


@api_view()
def months(asking: Asking) -> Printed:
    """Those that have articles (UTC), newest first. One query."""
    sheet = asking.sheet
    shows(keys.counts(sheet.id))
    live = PublishedArticle.objects.filter(outlet=sheet.id, state=PublishedArticle.State.LIVE)
    # By the date's first letters: to cut dates costs a call into Python for every row on SQLite.
    counted = (
        live.annotate(month=Substr(Cast("published_at", TextField()), 1, 7))
        .values_list("month")
        .annotate(count=Count("pk"))
        .order_by("-month")
    )
    items = [
        {
            "month": month,
            "count": count,
            "articles_url": api_url(sheet, "months", month, "articles"),
        }
        for month, count in counted
    ]
    return page_of(asking, items, next_url=None)


@api_view(params=BEFORE)
def month_articles(asking: Asking, month: str) -> Printed:
    sheet = asking.sheet
    try:
        begins = datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)
        ends = (begins + timedelta(days=32)).replace(day=1)
    except (ValueError, OverflowError) as error:
        raise NothingHere(_("There is no such month.")) from error
    inside = in_outlet(sheet.id).filter(published_at__gte=begins, published_at__lt=ends)
    return article_list(
        asking,
        inside,
        "months",
        month,
        "articles",
        of=keys.month(sheet.id, begins),
        # A hundred thousand months are easily made up.
        when_empty=_("Nothing was published in that month."),
    )


def article_list(
    asking: Asking,
    articles: NewestFirst | QuerySet[PublishedArticle],
    *path: object,
    of: str,
    when_empty: str = "",
) -> Printed:
    """
    One page of a list, with the keys that a list of readers' has.

    of: its key. when_empty: why there is no such list; "" for one that may be empty.
    """
    sheet, before = asking.sheet, asking.place("before")
    found = listing(articles, before=before)
    if when_empty and not found.articles:
        raise NothingHere(when_empty)
    show_list(of, found=found, is_first=before is None)
    shows(*(keys.article(each.article_id) for each in found.articles))
    older = api_url(sheet, *path, before=found.older) if found.older else None
    items = [article_line(each, sheet=sheet) for each in found.articles]
    return page_of(asking, items, next_url=older)
