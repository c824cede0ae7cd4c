"""What an outlet says in a place that nobody has bought: its own offers, made of its sheet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from masthead.memberships.models import Prompt
from masthead.memberships.offers import offers_of
from masthead.memberships.parts import offer as offer_in_text
from masthead.memberships.prompt_parts import leads_of_prompts
from masthead.newsletters.joining.offered import offered_by
from masthead.newsletters.joining.parts import sign_up
from masthead.outlets.models import PlainPage
from masthead.outlets.sheet import Sheet

JOIN, NEWSLETTERS, CONTACT = "membership/join/", "newsletters/", PlainPage.Purpose.CONTACT
MOST_PAGES = 2_000  # kinds of them: of a title, below a section, with these offers
# Pages that say what a title is, and why to trust it.
TOLD = (PlainPage.Purpose.ABOUT, PlainPage.Purpose.ETHICS, PlainPage.Purpose.OWNERSHIP)


@dataclass(frozen=True)
class HouseOffer:
    """title, text: in the outlet's own words where it has some. action: words of the link."""

    title: str
    text: str
    action: str
    url: str


def offers_on_page(context: Mapping[str, Any]) -> list[HouseOffer]:
    """
    No two of a kind, and none of what the page offers by itself: a membership in
    the text of an article, newsletters below it, what prompts lead to. No query.
    """
    sheet: Sheet = context["sheet"]
    there = leads_of_prompts(context)
    is_article = context.get("article") is not None
    if is_article and offer_in_text(context) is not None:
        there.add(Prompt.LeadsTo.JOIN)
    if is_article and sign_up(context) is not None:
        there.add(Prompt.LeadsTo.NEWSLETTERS)
    section = (context.get("article") or context).get("section")
    here = (section.id, section.parent_id) if section is not None else ()
    return [*_offers(sheet, get_language(), frozenset(there), here)]


@lru_cache(maxsize=MOST_PAGES)
def _offers(
    sheet: Sheet, language: str | None, there: frozenset[str], here: tuple[int | None, ...]
) -> tuple[HouseOffer, ...]:
    """
    language: the one in force, which is given to tell them apart. there: what the page offers by
    itself. here: the section it lies in and the one above.
    """
    return (*_to_subscribe(sheet, there), *_to_advertise(sheet), *_to_read(sheet, here))


def _to_subscribe(sheet: Sheet, there: frozenset[str]) -> Iterator[HouseOffer]:
    newsletters = [each for each in offered_by(sheet) if not each.members]
    if newsletters and Prompt.LeadsTo.NEWSLETTERS not in there:
        yield HouseOffer(
            title=newsletters[0].name,
            text=newsletters[0].promise,
            action=_("Get it by e-mail"),
            url=sheet.url(NEWSLETTERS),
        )
    without = next((each for each in offers_of(sheet) if each.is_ad_free), None)
    if without is not None and Prompt.LeadsTo.JOIN not in there:
        yield HouseOffer(
            title=_("Read without advertising"),
            text=without.promise,
            action=without.words,
            url=sheet.url(JOIN),
        )


def _to_advertise(sheet: Sheet) -> Iterator[HouseOffer]:
    page = sheet.page_for(CONTACT)
    if page is not None:
        yield HouseOffer(
            title=_("Your shop could stand here"),
            text=_("Advertise where your neighbours read, without watching them."),
            action=_("Write to us"),
            url=sheet.url(page.path),
        )


def _to_read(sheet: Sheet, here: tuple[int | None, ...]) -> Iterator[HouseOffer]:
    """Whatever a title has: its feeds, sister titles, sections, pages about itself, its archive."""
    yield HouseOffer(
        title=_("Follow %(name)s") % {"name": sheet.name},
        text=_("Every article in a reader of your own, without an account."),
        action=_("Our feeds"),
        url=sheet.url("feeds/"),
    )
    for sister in sheet.sisters:
        yield HouseOffer(sister.name, sister.tagline, _("Read it"), f"{sister.base}/")
    for section in sheet.navigation:
        if section.id not in here:
            action = _("All articles")
            yield HouseOffer(section.name, section.description, action, sheet.url(section.path))
    for page in filter(None, map(sheet.page_for, TOLD)):
        words = _("What %(name)s stands for.") % {"name": sheet.name}
        yield HouseOffer(page.title, words, _("Read it"), sheet.url(page.path))
    yield HouseOffer(
        title=_("Search %(name)s") % {"name": sheet.name},
        text=_("Everything we have published, by its words."),
        action=_("Search"),
        url=sheet.url("search/"),
    )
    yield HouseOffer(
        title=_("Our archive"),
        text=_("Every day since we began, month by month."),
        action=_("Look back"),
        url=sheet.url("archive/"),
    )


def nameplate(sheet: Sheet) -> HouseOffer:
    """For places beyond what a title has to offer: its name, which offers nothing twice."""
    return HouseOffer(sheet.name, sheet.tagline, _("To the front page"), sheet.url())
