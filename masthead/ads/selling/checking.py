"""What an order has to be; each check raises AdsRefusal with a sentence for a person."""

from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from masthead.ads.models import Creative, Flight, Place, Pricing
from masthead.ads.selling.orders import CreativeOrder, FlightOrder, Targeting
from masthead.ads.selling.refusals import AdsRefusal

PAGE_KINDS = ("front", "section", "topic", "author", "archive", "search", "article")
SCREENS = ("narrow", "medium", "wide")
MOST_HTML_BYTES = 50_000
MOST_GOAL = 10_000_000_000
MOST_CENTS = 1_000_000_00
MOST_DAYS = 3 * 366
REMEMBERED_DAYS = 60  # as long a device knows what it saw: KEPT_DAYS in ads.mjs
_CONTROLS = {chr(number) for number in (*range(33), 127)}


def check_link(link: str) -> None:
    """https with a host and nobody's name in it; http only where the network itself is at http."""
    parts = None
    if not _CONTROLS & set(link) and "\\" not in link:
        try:
            parts = urlsplit(link)
            _port = parts.port  # refuses what is no number
        except ValueError:
            parts = None
    if parts is None or not parts.hostname or parts.username or parts.password:
        raise AdsRefusal(_("The link has to be a whole web address."))
    own = urlsplit(settings.NETWORK_URL)
    at_home = parts.scheme == own.scheme and parts.netloc == own.netloc
    if parts.scheme != "https" and not at_home:
        raise AdsRefusal(_("The link has to begin with https://."))


def check_flight(order: FlightOrder) -> None:
    """Dates, goal and money fit together."""
    if not order.name.strip():
        raise AdsRefusal(_("The flight needs a name."))
    if order.ends_at is not None and order.ends_at <= order.starts_at:
        raise AdsRefusal(_("The flight has to end after it starts."))
    if order.ends_at is not None and (order.ends_at - order.starts_at).days > MOST_DAYS:
        raise AdsRefusal(_("A flight lasts at most three years."))
    _among(order.priority, Flight.Priority.values)
    _among(order.goal_kind, Flight.Goal.values)
    _among(order.pace, Flight.Pace.values)
    _among(order.pricing, Pricing.values)
    _check_numbers(order)
    _check_goal(order)
    check_targeting(order.targeting)


def _check_numbers(order: FlightOrder) -> None:
    for number, most in (
        (order.goal, MOST_GOAL),
        (order.daily_cap, 1_000_000_000),
        (order.views_per_device, 1000),
        (order.amount_cents, MOST_CENTS),
    ):
        if not 0 <= number <= most:
            raise AdsRefusal(_("One of the numbers is too large, or below nothing."))
    if not 0 <= order.per_days <= REMEMBERED_DAYS:
        words = _("A device remembers for %(days)s days what it saw: say so many at most.")
        raise AdsRefusal(words % {"days": REMEMBERED_DAYS})
    if order.views_per_device and not order.per_days:
        raise AdsRefusal(_("Say in how many days one device shows it so often."))


def _check_goal(order: FlightOrder) -> None:
    if order.goal_kind == Flight.Goal.SHARE and order.goal > 1000:
        raise AdsRefusal(_("A share of voice is at most all of it: 1,000 per mille."))
    if order.goal_kind == Flight.Goal.SHARE and order.priority != Flight.Priority.SPONSORSHIP:
        raise AdsRefusal(_("A share of voice is sold as a sponsorship."))
    if order.priority == Flight.Priority.SPONSORSHIP and order.goal_kind != Flight.Goal.SHARE:
        raise AdsRefusal(_("A sponsorship is sold by its share of voice."))
    if order.priority == Flight.Priority.STANDARD:
        if not order.goal:
            raise AdsRefusal(_("Say how many views or clicks are sold."))
        if order.ends_at is None and order.pace == Flight.Pace.EVEN:
            raise AdsRefusal(_("To be spread evenly it needs an end."))
    if order.priority == Flight.Priority.HOUSE and order.amount_cents:
        raise AdsRefusal(_("A house offer costs nothing."))


def check_targeting(targeting: Targeting) -> None:
    """Values that exist; sections in the outlets that are named."""
    _all_among(targeting.places, Place.values)
    _all_among(targeting.page_kinds, PAGE_KINDS)
    _all_among(targeting.hours, range(24))
    _all_among(targeting.weekdays, range(7))
    _all_among(targeting.screens, SCREENS)
    if any(
        not (len(each) in (2, 3) and each.isascii() and each.islower() and each.isalpha())
        for each in targeting.languages
    ):
        raise AdsRefusal(_("A language is two or three small letters, such as “en”."))
    if any(
        not (len(each) == 2 and each.isascii() and each.isupper() and each.isalpha())
        for each in targeting.countries
    ):
        raise AdsRefusal(_("A country is two capital letters, such as “NO”."))
    roots = tuple(each.path for each in targeting.outlets)
    if roots and any(not each.path.startswith(roots) for each in targeting.sections):
        raise AdsRefusal(_("One of the sections is not of these titles."))


def check_creative(order: CreativeOrder, *, may_html: bool) -> None:
    """All that its kind needs and nothing that it must not have."""
    _among(order.kind, Creative.Kind.values)
    _all_among(order.places, Place.values)
    if not 1 <= order.weight <= 100:
        raise AdsRefusal(_("The weight is from 1 to 100."))
    if order.link:
        check_link(order.link)
    if order.kind == Creative.Kind.HTML:
        _check_html(order, may_html=may_html)
        return
    if order.html:
        raise AdsRefusal(_("Only a creative of HTML has HTML."))
    if not order.link and order.article is None:
        raise AdsRefusal(_("Say where it leads."))
    if order.kind == Creative.Kind.PICTURE and order.picture is None:
        raise AdsRefusal(_("Choose a picture."))
    if order.picture is not None and order.kind == Creative.Kind.PICTURE and not order.alt.strip():
        raise AdsRefusal(_("Say in words what the picture shows, for those who do not see it."))
    if order.kind == Creative.Kind.CARD and not (order.headline.strip() or order.article):
        raise AdsRefusal(_("A card needs a headline."))


def _check_html(order: CreativeOrder, *, may_html: bool) -> None:
    if not may_html:
        raise AdsRefusal(_("HTML is only for those who run a title."))
    if not order.html.strip():
        raise AdsRefusal(_("There is no HTML yet."))
    if len(order.html.encode()) > MOST_HTML_BYTES:
        raise AdsRefusal(_("The HTML is larger than 50 kB."))
    if Place.NEWSLETTER in order.places:
        raise AdsRefusal(_("A newsletter shows no HTML of others."))


def _among(value: str, allowed: Collection[str]) -> None:
    if value not in allowed:
        raise AdsRefusal(_("“%(value)s” is none of what can be chosen.") % {"value": value})


def _all_among(values: Iterable[object], allowed: Collection[object]) -> None:
    for value in values:
        if isinstance(value, bool) or value not in allowed:
            raise AdsRefusal(_("“%(value)s” is none of what can be chosen.") % {"value": value})
