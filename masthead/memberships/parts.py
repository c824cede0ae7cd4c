"""The offer in the running text of an article, for those who see advertising."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.templatetags.static import static

from masthead.articles.models import Access
from masthead.memberships.offers import Offer, offers_of
from masthead.memberships.reading_rules import rules_of
from masthead.outlets.sheet import Sheet
from masthead.press.page_parts import PagePart
from masthead.readers.models import Benefit


def offer(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """No query: what is on sale stands in the sheet. Its class is asked for last."""
    article = context.get("article")
    if article is None or context.get("is_preview"):
        return None
    sheet: Sheet = context["sheet"]
    offers = [each for each in offers_of(sheet) if _is_usual(each)]
    if not offers or context["reader_class"].has(Benefit.AD_FREE):
        return None
    came_from = article["url"].removeprefix(sheet.url())
    join = f"{sheet.url('membership/join/')}?from={quote(came_from, safe='/')}&way=offer"
    first = offers[0]
    offers = [each for each in offers if (each.plan, each.currency) == (first.plan, first.currency)]
    return {"offers": offers, "join": join, "promise": offers[0].promise}


def _is_usual(offer: Offer) -> bool:
    """For one reader, at a set price that comes again."""
    return offer.is_ad_free and not (
        offer.is_readers_choice or offer.is_for_groups or offer.is_once
    )


OFFER = PagePart(
    name="membership-offer",
    place="in_text",
    template="memberships/offer.html",
    build=offer,
    css=("membership-offer",),
    order=200,
)


def reading_on(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """At the gate: the month's free articles, becoming a member, signing in. No query."""
    article = context.get("article")
    if article is None or not article["is_gated"] or context.get("is_preview"):
        return None
    sheet: Sheet = context["sheet"]
    path = quote(article["url"].removeprefix(sheet.url()), safe="/")
    is_sold = any(not each.is_once for each in offers_of(sheet))
    return {
        "free": rules_of(sheet).free_a_month,
        "action": sheet.url(f"membership/articles/{UUID(article['public_id'])}/"),
        "join": f"{sheet.url('membership/join/')}?from={path}" if is_sold else "",
        "sign_in": f"{sheet.url('readers/sign-in/')}?to={path}",
        "script": static("masthead/js/read-on.mjs"),
    }


def give_article(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """Below a members' article that somebody may read: a link for a friend. No query."""
    article = context.get("article")
    if article is None or article.get("access") != Access.MEMBERS or context.get("is_preview"):
        return None
    sheet: Sheet = context["sheet"]
    rules = rules_of(sheet)
    if not rules.links_a_month or not context["reader_class"].has(Benefit.MEMBERS_ARTICLES):
        return None
    action = sheet.url("membership/links/")
    named = str(UUID(article["public_id"]))
    return {"action": action, "article": named, "days": rules.link_days}


READING_ON = PagePart(
    name="reading-on",
    place="gate",
    template="memberships/reading_on.html",
    build=reading_on,
    css=("reading-on",),
)
GIVE_ARTICLE = PagePart(
    name="give-article",
    place="after_text",
    template="memberships/give_article.html",
    build=give_article,
    css=("reading-on",),
    order=40,
)
