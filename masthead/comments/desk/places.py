"""The places that rules of comments are set for: the network, an outlet, a section, an article."""

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from masthead.articles.models import PublishedArticle
from masthead.comments.actions.policies import Where, as_rules
from masthead.comments.models import Mode, Policy, Scorer, WhoMay
from masthead.comments.queries import find_place, house_rules
from masthead.comments.rules import Rules, may_moderate_all, resolve, rules_below
from masthead.outlets.models import Outlet, Section
from masthead.outlets.queries import get_sheet

NETWORK = "*"  # instead of an outlet's slug
MOST_LISTED = 30


@dataclass(frozen=True)
class RulesPlace:
    """At most one of section and article; without an outlet it is the network."""

    outlet: Outlet | None
    section: Section | None = None
    article: PublishedArticle | None = None

    @property
    def where(self) -> Where:
        return self.article or self.section or self.outlet

    @property
    def has_words(self) -> bool:
        """Lists of words are the network's and a title's: narrower ones would be forgotten."""
        return self.article is None and self.section is None


def get_place(request: HttpRequest, outlets: list[Outlet]) -> RulesPlace:
    """From ?outlet=, ?section=, ?article=; the first outlet when none is named. 404 for others."""
    slug, section = request.GET.get("outlet", ""), request.GET.get("section", "")
    if slug == NETWORK:
        if not may_moderate_all(request.user):
            raise Http404
        return RulesPlace(None)
    outlet = next((each for each in outlets if each.slug == slug), None)
    if slug and outlet is None:
        raise Http404
    outlet = outlet or outlets[0]
    if request.GET.get("article"):
        return RulesPlace(outlet, article=_article(outlet, request.GET["article"]))
    return RulesPlace(outlet, section=_section(outlet, section) if section else None)


def _article(outlet: Outlet, public_id: str) -> PublishedArticle:
    try:
        found = find_place(outlet_id=outlet.pk, public_id=UUID(public_id))
    except ValueError as error:
        raise Http404 from error
    if found is None:
        raise Http404
    return found


def _section(outlet: Outlet, number: str) -> Section:
    found = None
    if number.isdecimal() and len(number) < 18:
        found = Section.objects.descendant_of(outlet).filter(pk=int(number)).first()
    if found is None:
        raise Http404
    return found


def find_article(outlet: Outlet, address: str) -> PublishedArticle | None:
    """By its address as the browser shows it, whole or only its path."""
    path = urlsplit(address.strip()).path.strip("/")
    below = path.removeprefix(f"{outlet.slug}/")
    live = PublishedArticle.objects.filter(outlet=outlet, state=PublishedArticle.State.LIVE)
    return live.filter(path__in=[f"{path}/", f"{below}/"]).order_by("pk").first()


def articles_with_rules(outlet: Outlet) -> list[PublishedArticle]:
    """Those of which somebody set something, the newest set first. One query."""
    rows = Policy.objects.filter(outlet=outlet, published__isnull=False)
    listed = rows.select_related("published").order_by("-pk")[:MOST_LISTED]
    return [each.published for each in listed if each.published and as_rules(each)]


def wider_rules(place: RulesPlace) -> Rules:
    """What would hold here if nothing were set here."""
    network = Policy.objects.filter(place="network").first()
    of_network = as_rules(network) if network else {}
    if place.outlet is None:
        return Rules()
    if place.where == place.outlet:
        return resolve(of_network)
    house, sheet = house_rules(place.outlet.pk), get_sheet(outlet_id=place.outlet.pk)
    if place.article is not None:
        section = sheet.find_section(section_id=place.article.section_id)
        return rules_below(house=house, of_article=None, section=section, sheet=sheet)
    assert place.section is not None
    own = sheet.find_section(section_id=place.section.pk)
    above = sheet.find_section(section_id=own.parent_id) if own and own.parent_id else None
    return rules_below(house=house, of_article=None, section=above, sheet=sheet)


def in_words(rules: Rules) -> list[str]:
    """What holds, a sentence's piece each."""
    closes, slow = rules.closes_after_days, rules.slow_seconds
    said = [
        str(WhoMay(rules.who).label),
        str(Mode(rules.mode).label),
        _("a comment in %(number)s seconds") % {"number": slow} if slow else _("no slow mode"),
        _("closes after %(number)s days") % {"number": closes} if closes else _("never closes"),
        _("new comments are announced") if rules.live else _("nothing is announced"),
        _("scorer: %(what)s") % {"what": Scorer(rules.scorer).label},
    ]
    return said[:1] if rules.who == WhoMay.NOBODY else said
