"""
Prompts on readers' pages: printed for a class of readers, never for one of them.

What depends on the device – after so many articles, how often – decides a script there, by two
numbers that stay on it; without a script such a prompt stays away. Where nothing depends on the
device there is no script.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import quote

from django.templatetags.static import static

from masthead.memberships.models import Prompt
from masthead.memberships.offers import SUPPLEMENT
from masthead.outlets.sheet import Sheet
from masthead.press.page_parts import PagePart
from masthead.readers.models import Benefit

Audience, Pages, LeadsTo = Prompt.Audience, Prompt.Pages, Prompt.LeadsTo
WHO = {
    Audience.WITH_ADVERTISING: (Benefit.AD_FREE, False),
    Audience.AD_FREE: (Benefit.AD_FREE, True),
    Audience.NO_MEMBERS: (Benefit.MEMBERS_ARTICLES, False),
    Audience.MEMBERS: (Benefit.MEMBERS_ARTICLES, True),
}
ADDRESSES = {
    LeadsTo.JOIN: "membership/join/",
    LeadsTo.NEWSLETTERS: "newsletters/",
    LeadsTo.SIGN_IN: "readers/sign-in/",
    LeadsTo.GIFT: "membership/gift/",
}


def prompt_at(place: str, context: Mapping[str, Any]) -> dict[str, Any] | None:
    """The first that is meant for this page and its readers. No query; asks their class last."""
    if context.get("is_preview"):
        return None
    sheet: Sheet = context["sheet"]
    for prompt in sheet.supplements.get(SUPPLEMENT, {}).get("prompts", []):
        is_here = prompt["place"] == place and _is_on_page(prompt, context)
        if is_here and _is_for(prompt["audience"], context):
            return _shown(prompt, sheet, context)
    return None


def leads_of_prompts(context: Mapping[str, Any]) -> set[str]:
    """Where the page's prompts lead, whoever of its readers they are for. No query."""
    prompts = context["sheet"].supplements.get(SUPPLEMENT, {}).get("prompts", [])
    return {prompt["leads_to"] for prompt in prompts if _is_on_page(prompt, context)}


def _is_on_page(prompt: Mapping[str, Any], context: Mapping[str, Any]) -> bool:
    article, pages = context.get("article"), prompt["pages"]
    if pages == Pages.FRONTS:
        return article is None
    if article is None:
        return False
    is_members = article["access"] == "members"
    if (pages == Pages.OPEN and is_members) or (pages == Pages.FOR_MEMBERS and not is_members):
        return False
    return prompt["section"] is None or prompt["section"] in _sections(article)


def _sections(article: Mapping[str, Any]) -> set[int]:
    """The article's, and the one above it."""
    section = article.get("section")
    return {section.id, section.parent_id} if section is not None else set()


def _is_for(audience: str, context: Mapping[str, Any]) -> bool:
    if audience == Audience.EVERYBODY:
        return True
    benefit, has = WHO[Audience(audience)]
    found: bool = context["reader_class"].has(benefit)
    return found is has


def _shown(prompt: Mapping[str, Any], sheet: Sheet, context: Mapping[str, Any]) -> dict[str, Any]:
    url = sheet.url(ADDRESSES[LeadsTo(prompt["leads_to"])])
    article = context.get("article")
    if prompt["leads_to"] == LeadsTo.JOIN:
        came_from = article["url"].removeprefix(sheet.url()) if article else ""
        url = f"{url}?from={quote(came_from, safe='/')}&way=prompt:{prompt['id']}"
    is_counted = bool(prompt["after"] or prompt["days"])
    script = static("masthead/js/prompts.mjs") if is_counted else ""
    return {"prompt": prompt, "url": url, "is_counted": is_counted, "script": script}


PARTS = [
    PagePart(
        name=f"prompt-{place.value.replace('_', '-')}",
        place=place.value,
        template="memberships/prompt.html",
        build=partial(prompt_at, place.value),
        css=("prompt",),
        order=210,
    )
    for place in Prompt.Place
]
