"""What an outlet says in a place that nobody has bought: its own offers, made of its sheet."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from masthead.ads.models import Place
from masthead.memberships.offers import offers_of
from masthead.newsletters.joining.offered import offered_by
from masthead.outlets.models import PlainPage
from masthead.outlets.sheet import Sheet

JOIN = "membership/join/"


@dataclass(frozen=True)
class HouseOffer:
    """title, text: in the outlet's own words where it has some. action: words of the link."""

    title: str
    text: str
    action: str
    url: str


def house_offers(sheet: Sheet) -> list[HouseOffer]:
    """
    At least one, each for something else; no query.

    Newsletters, the invitation to advertise, and reading without advertising; a title that has
    none of them can always be followed.
    """
    newsletters = [
        HouseOffer(
            title=each["name"],
            text=each["promise"],
            action=_("Get it by e-mail"),
            url=sheet.url("newsletters/"),
        )
        for each in offered_by(sheet)
    ]
    offers = [*newsletters[:1], *_to_advertise(sheet), *_without_advertising(sheet)]
    return [*offers, *newsletters[1:2]] or [_to_follow(sheet)]


def house_offer(sheet: Sheet, *, place: Place, number: int) -> HouseOffer:
    """
    The one for the page's place of that number: neighbours say something else.

    The running text has the offer of a membership already (`memberships.parts`).
    """
    offers = house_offers(sheet)
    if place == Place.IN_TEXT:
        offers = [each for each in offers if each.url != sheet.url(JOIN)] or [_to_follow(sheet)]
    return offers[number % len(offers)]


def _to_advertise(sheet: Sheet) -> list[HouseOffer]:
    page = sheet.page_for(PlainPage.Purpose.CONTACT)
    if page is None:
        return []
    return [
        HouseOffer(
            title=_("Your shop could stand here"),
            text=_("Advertise where your neighbours read, without watching them."),
            action=_("Write to us"),
            url=sheet.url(page.path),
        )
    ]


def _without_advertising(sheet: Sheet) -> list[HouseOffer]:
    found = next((each for each in offers_of(sheet) if each.is_ad_free), None)
    if found is None:
        return []
    return [
        HouseOffer(
            title=_("Read without advertising"),
            text=found.promise,
            action=found.words,
            url=sheet.url(JOIN),
        )
    ]


def _to_follow(sheet: Sheet) -> HouseOffer:
    return HouseOffer(
        title=_("Follow %(name)s") % {"name": sheet.name},
        text=_("Every article in a reader of your own, without an account."),
        action=_("Our feeds"),
        url=sheet.url("feeds/"),
    )
