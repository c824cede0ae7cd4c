"""Two titles, one of them on a domain of its own, each with an article for members."""

from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from benchmarks.newsroom import Newsroom, article_of, found_newsroom
from masthead.memberships.models import Plan, Price
from masthead.memberships.providers.choosing import provider
from masthead.memberships.selling import put_on_sale
from masthead.outlets.actions import write_sheets
from masthead.outlets.models import Domain, Outlet
from masthead.publishing.actions import publish_article
from masthead.readers.models import Benefit

SECRET = "The narrows are 40 m wide at low water, says the chart that nobody was shown."


@dataclass(frozen=True)
class Titles:
    """places: host and path of the members' article of each. price: of all benefits, a month."""

    outlet: Outlet
    places: list[tuple[str, str]]
    open: tuple[str, str]
    price: Price


def found_titles(first: str = "courier", second: str = "tideline") -> Titles:
    """The second one is on `second`.example."""
    small = {"named": ("Port", "Town"), "authors": 1, "topics": 1}
    courier, tideline = found_newsroom(first, **small), found_newsroom(second, **small)
    domain = f"{second}.example"
    provider()  # from now on the stand-in has our endpoint
    plan = Plan.objects.create(
        name="Supporter", benefits=[Benefit.AD_FREE, Benefit.MEMBERS_ARTICLES]
    )
    price = Price.objects.create(plan=plan, currency="eur", amount_cents=700, every="month")
    put_on_sale(plan=plan, at=timezone.now())
    Domain.objects.create(host=domain, outlet=tideline.outlet)
    write_sheets(at=timezone.now())
    members = [_published(each, "narrows", "members") for each in (courier, tideline)]
    opened = _published(courier, "lights", "open")
    connection.close()
    return Titles(
        outlet=courier.outlet,
        places=[("127.0.0.1", f"/{first}/{members[0]}"), (domain, f"/{members[1]}")],
        open=("127.0.0.1", f"/{first}/{opened}"),
        price=price,
    )


def _published(newsroom: Newsroom, slug: str, access: str) -> str:
    """Its path below the outlet."""
    article = article_of(newsroom, headline=f"About the {slug}", slug=slug)
    article.access = access
    for words in (*(f"Part {n}." for n in range(6)), SECRET if access == "members" else "The end."):
        article.body.append(("text", f"<p>{words}</p>"))
    section = newsroom.sections[0]
    section.refresh_from_db()
    section.add_child(instance=article)
    article.save_revision()
    publish_article(article=article, by=None, at=timezone.now())
    return f"port/{slug}/"
