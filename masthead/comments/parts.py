"""The comments below an article, on its own page: how many, the first of them, and the form."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from masthead.changes import keys
from masthead.changes.shown import fresh_until, shows
from masthead.comments.models import Thread
from masthead.comments.models.rules import WhoMay
from masthead.comments.printing import addresses, form, ready
from masthead.comments.rules import rules_below
from masthead.comments.shown import for_page
from masthead.outlets.sheet import Sheet
from masthead.press.page_parts import PagePart


def below_article(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """
    No query: thread and rules came along with the article. Two when the thread was not written
    down again yet after a great change.

    Stands aside on previews, and where nobody may comment and nobody has.
    """
    article, along = context.get("article"), context.get("along")
    if not article or article.get("id") is None or along is None:
        return None
    sheet: Sheet = context["sheet"]
    shows(keys.comments(article["id"]), keys.comment_rules(sheet.id))
    thread = _thread(along["comments"], article["id"], sheet.id)
    rules = rules_below(
        house=along["comment_rules"],
        of_article=thread["rules"],
        section=article["section"],
        sheet=sheet,
    )
    if rules.who == WhoMay.NOBODY and not thread["count"]:
        return None
    closes, now = rules.closes_at(article["published_at"]), timezone.now()
    if closes is not None and closes > now:
        fresh_until(closes)
    urls = addresses(sheet, article["public_id"])
    is_open = rules.is_open(published_at=article["published_at"], at=now)
    return {
        "count": thread["count"],
        "branches": ready(thread["branches"], base=urls["newest"]),
        "has_more": thread["has_more"],
        "urls": urls,
        "form": form(rules, is_open=is_open, public_id=article["public_id"], urls=urls),
        "live": urls["live"] if rules.live and is_open else "",
    }


EMPTY: dict[str, Any] = {"count": 0, "rules": {}, "branches": [], "has_more": False}


def _thread(kept: dict[str, Any] | None, article_id: int, outlet_id: int) -> dict[str, Any]:
    if kept is None:
        return EMPTY
    if kept:
        return kept
    thread = Thread.objects.filter(article=article_id, outlet=outlet_id).first()
    return for_page(thread) if thread else EMPTY


COMMENTS = PagePart(
    name="comments",
    place="end",
    template="comments/below_article.html",
    build=below_article,
    css=("comments",),
    order=10,
)
