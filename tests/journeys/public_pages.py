"""Every kind of page that readers can reach, with one address of each in the demo."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.journeys.cast import ARABIC

OUTLETS = ("courier", "tideline", ARABIC)


@dataclass(frozen=True)
class PublicPage:
    """
    path: on the network's host. json_ld: types that must be among the page's own.
    closely: looked at by axe at every width in both looks, instead of once.
    """

    kind: str
    path: str
    json_ld: tuple[str, ...] = ()
    closely: bool = False
    status: int = 200
    is_indexed: bool = True

    def __str__(self) -> str:
        return self.kind


LIST = ("CollectionPage", "BreadcrumbList")
ARTICLE = ("NewsArticle", "BreadcrumbList")
PAID = ("AdvertiserContentArticle", "BreadcrumbList")
FRONT = ("NewsMediaOrganization",)
PLAIN = ("NewsMediaOrganization", "BreadcrumbList")


def public_pages(*, today: datetime) -> list[PublicPage]:
    return [*_fronts_and_lists(today), *_articles(), *_others()]


def _fronts_and_lists(today: datetime) -> list[PublicPage]:
    # Of yesterday: on the first day of a month nothing may have been published in it yet.
    month = f"/courier/archive/{today - timedelta(days=1):%Y/%m}/"
    older = "?before=4000000000.000000-9"  # everything is older than the year 2096
    return [
        PublicPage("network", "/", closely=True),
        PublicPage("front", "/courier/", FRONT, closely=True),
        PublicPage("front of the second outlet", "/tideline/", FRONT),
        PublicPage("front in Arabic", f"/{ARABIC}/", FRONT, closely=True),
        PublicPage("section", "/courier/city-hall/", LIST, closely=True),
        PublicPage("section in Arabic", f"/{ARABIC}/port/", LIST),
        PublicPage("nested section", "/courier/city-hall/planning/", LIST),
        PublicPage("empty section", "/courier/weather/", ("CollectionPage",)),
        PublicPage("long section", "/courier/briefs/", LIST),
        PublicPage("older list page", f"/courier/briefs/{older}", LIST, is_indexed=False),
        PublicPage("topic", "/courier/topics/night-pilotage/", LIST, closely=True),
        PublicPage("author", "/courier/authors/mara-okafor/", ("ProfilePage",), closely=True),
        PublicPage("shared author", "/courier/authors/courier-staff/", ("ProfilePage",)),
        PublicPage("author in Arabic", f"/{ARABIC}/authors/layla/", ("ProfilePage",)),
        PublicPage("archive", "/courier/archive/", ("BreadcrumbList",), closely=True),
        PublicPage("month", month, LIST),
        PublicPage("newsletter", "/courier/newsletters/evening/", ("BreadcrumbList",)),
    ]


def _articles() -> list[PublicPage]:
    def article(kind: str, path: str, *, closely: bool = False) -> PublicPage:
        return PublicPage(kind, path, ARTICLE, closely=closely)

    return [
        article("report", "/courier/port/night-trial-halfway/", closely=True),
        article("analysis", "/courier/port/ferry-roster-arithmetic/"),
        article("opinion", "/courier/opinion/harbour-is-not-a-laboratory/", closely=True),
        article("explainer", "/courier/port/ferry-strike-what-runs/"),
        article("interview for members", "/courier/port/interview-harbour-master/", closely=True),
        article("review", "/courier/culture/foghorn-concert/"),
        article("letters", "/courier/opinion/library-letters/"),
        PublicPage("sponsored", "/courier/culture/sponsored-foundry-lane/", PAID, closely=True),
        article("with a gallery", "/tideline/field-notes/gallery-low-water/"),
        article("with an embed", "/tideline/boats/knots-sheet-bend/"),
        article("long read", "/tideline/climate/a-degree-on-the-mole/"),
        article("every block", "/courier/briefs/every-block/", closely=True),
        article("long headline, no picture", "/courier/briefs/long-headline/"),
        article("in Arabic", f"/{ARABIC}/port/story-1/", closely=True),
    ]


def _others() -> list[PublicPage]:
    def unlisted(kind: str, path: str, *, status: int = 200, closely: bool = False) -> PublicPage:
        return PublicPage(kind, path, closely=closely, status=status, is_indexed=False)

    return [
        PublicPage("about", "/courier/about/", PLAIN, closely=True),
        PublicPage("ethics", "/courier/ethics/", PLAIN),
        PublicPage("ownership", "/courier/ownership/", PLAIN),
        PublicPage("contact", "/courier/contact/", PLAIN),
        PublicPage("newsletters", "/courier/newsletters/", closely=True),
        PublicPage("newsletters in Arabic", f"/{ARABIC}/newsletters/"),
        unlisted("after a sign-up", "/courier/newsletters/join/sent/"),
        unlisted("sign in", "/courier/readers/sign-in/", closely=True),
        unlisted("sign in in Arabic", f"/{ARABIC}/readers/sign-in/"),
        unlisted("search", "/courier/search/"),
        unlisted("search with results", "/courier/search/?q=ferry"),
        unlisted("search without results", "/courier/search/?q=zzyzx"),
        unlisted("search in Arabic", f"/{ARABIC}/search/?q=الميناء"),
        unlisted("not found", "/courier/no-such-page/", status=404),
        unlisted("not found in Arabic", f"/{ARABIC}/no-such-page/", status=404),
        unlisted("withdrawn", "/courier/schools/school-meals-withdrawn/", status=410),
        unlisted("not found on the network", "/no-such-outlet/", status=404),
    ]
