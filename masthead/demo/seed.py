"""Writes the demo network, Northlight, through the same actions the newsroom uses."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from masthead.accounts.actions import assign_role
from masthead.accounts.grants import collection_for
from masthead.accounts.models import Role, User
from masthead.articles.models import ArticleAuthor, ArticlePage, Topic
from masthead.demo.advertising import seed_advertising
from masthead.demo.bodies import stream_of
from masthead.demo.comments import seed_comments
from masthead.demo.content.reading import (
    PAGES,
    DemoArticle,
    picture_path,
    read_articles,
    read_authors,
    read_fronts,
    read_network,
    read_page,
)
from masthead.demo.links import Links
from masthead.demo.memberships import add_memberships
from masthead.demo.newsletters import seed_newsletters
from masthead.demo.posting import connect_accounts, tell_of_today
from masthead.fronts.actions import arrange_front, release_front
from masthead.fronts.queries import ZONES
from masthead.outlets.actions import name_network, write_sheets
from masthead.outlets.models import FollowLink, Outlet, PlainPage, Section
from masthead.outlets.networks import NETWORKS, account_from
from masthead.people.models import Author, AuthorLink
from masthead.pictures.actions import add_picture
from masthead.pictures.models import Licence, Picture
from masthead.publishing.actions import publish_article, schedule_article, withdraw_article

OWNER = "owner@northlight.example"
STAFF = [
    ("editor@northlight.example", "Ada", "Holm", Role.EDITOR),
    ("reporter@northlight.example", "Bo", "Quill", Role.REPORTER),
    ("moderator@northlight.example", "Mo", "Larkin", Role.MODERATOR),
    ("seller@northlight.example", "Sam", "Vane", Role.SELLER),
]
SPONSORED = ("courier", "sponsored-foundry-lane")
POSTS = "courier"  # the outlet with accounts elsewhere
Progress = Callable[[int], None]


class AlreadySeeded(Exception):
    """The network is not empty, so the demo was not written into it."""


def seed_demo(*, progress: Progress = lambda percent: None, now: datetime | None = None) -> None:
    """
    Two outlets with their people, pictures, articles and fronts.

    One transaction: killed half way it leaves nothing. Raises AlreadySeeded.
    """
    if Outlet.objects.exists():
        raise AlreadySeeded("This network has outlets already; the demo is for an empty one.")
    with transaction.atomic():
        Seeder(now or timezone.now(), progress).run()


class Seeder:
    def __init__(self, now: datetime, progress: Progress) -> None:
        self.now = now
        self.progress = progress
        self.outlets: dict[str, Outlet] = {}
        self.sections: dict[tuple[str, str], Section] = {}
        self.authors: dict[str, Author] = {}
        self.topics: dict[str, Topic] = {}
        self.pictures: dict[str, Picture] = {}
        self.articles: dict[tuple[str, str], ArticlePage] = {}

    def run(self) -> None:
        network = read_network()
        name_network(name=network["network"]["name"], at=self.now)
        self.owner = User.objects.create_superuser(
            OWNER, None, first_name="Nora", last_name="Light"
        )
        for described in network["outlets"]:
            self._outlet(described)
        connect_accounts(outlet=self.outlets[POSTS], by=self.owner, at=self.now)
        for topic in network["topics"]:
            self.topics[topic["slug"]] = Topic.objects.create(**topic)
        self.progress(10)
        self._people()
        self.progress(15)
        demo = sorted(read_articles(), key=lambda each: -each.front["days_ago"])
        for article in reversed(demo):  # their pictures get copies in this order
            self._draft(article)
        self.progress(35)
        links = Links(self.outlets, self.articles)
        for count, article in enumerate(demo):
            self._release(article, links)
            self.progress(35 + 60 * count // len(demo))
        self._plain_pages(links)
        self._fronts()
        add_memberships(at=self.now)
        write_sheets(at=self.now)
        seed_newsletters(outlets=list(self.outlets.values()), by=self.owner, at=self.now)
        seed_advertising(
            outlets=self.outlets,
            sponsored=self.articles[SPONSORED],
            draw=lambda key, outlet, alt: self.picture(key, outlet=outlet, alt=alt),
            by=self.owner,
            at=self.now,
        )
        seed_comments(
            outlets=self.outlets,
            articles=self.articles,
            sponsored=self.articles[SPONSORED],
            by=self.owner,
            at=self.now,
        )
        write_sheets(at=self.now)  # with the places
        tell_of_today(outlet=self.outlets[POSTS], by=self.owner, at=self.now)
        self.progress(100)

    def _outlet(self, described: dict[str, Any]) -> None:
        outlet = Outlet(
            title=described["name"],
            slug=described["slug"],
            contact_email=f"desk@{described['slug']}.example",
            legal_name="Northlight Press Cooperative",
            **{
                name: described[name]
                for name in ("tagline", "accent", "accent_dark", "language", "timezone")
            },
            **{
                name: described[name]
                for name in ("paper", "paper_dark", "reading_face", "headline_face")
                if name in described
            },
        )
        outlet.follow_links = [
            FollowLink(
                network=network,
                account="" if network == "rss" else account_from(NETWORKS[network], account),
            )
            for network, account in described["follow"].items()
        ]
        Page.objects.get(depth=1).add_child(instance=outlet)
        self.outlets[outlet.slug] = outlet
        collection_for(outlet)
        for section in described["sections"]:
            self._section(outlet, outlet, section, prefix="")
        for email, first, last, role in STAFF:
            user = User.objects.filter(email=email).first() or User.objects.create_user(
                email, None, first_name=first, last_name=last
            )
            assign_role(user=user, role=role, place=outlet, by=self.owner)

    def _section(
        self, outlet: Outlet, parent: Page, described: dict[str, Any], *, prefix: str
    ) -> None:
        section = Section(
            title=described["name"],
            slug=described["slug"],
            description=described.get("description", ""),
        )
        parent.add_child(instance=section)
        path = prefix + section.slug
        self.sections[outlet.slug, path] = section
        for child in described.get("children", []):
            self._section(outlet, section, child, prefix=f"{path}/")

    def _people(self) -> None:
        for described in read_authors():
            author = Author(
                name=described["name"],
                slug=described["slug"],
                post_nominals=described["post_nominals"],
                role=described["role"],
                biography=f"<p>{described['biography'].strip()}</p>",
                is_shared=described["shared"],
                portrait=self._portrait(described),
            )
            author.links = [
                AuthorLink(label=label.title(), url=url)
                for label, url in described.get("links", {}).items()
            ]
            author.save()
            author.outlets.add(self.outlets[described["outlet"]])
            self.authors[author.slug] = author

    def _portrait(self, described: dict[str, Any]) -> Picture | None:
        if not described.get("portrait"):
            return None
        return self.picture(
            described["portrait"],
            outlet=described["outlet"],
            alt=f"Portrait of {described['name']}",
            credit="Illustration: Northlight",
        )

    def picture(
        self, key: str, *, outlet: str, alt: str, caption: str = "", credit: str = ""
    ) -> Picture:
        """Each drawing once, whoever uses it."""
        if key not in self.pictures:
            self.pictures[key] = add_picture(
                file=picture_path(key),
                title=key.replace("-", " ").capitalize(),
                alt=alt,
                caption=caption,
                credit=credit,
                licence=Licence.OWN,
                by=self.owner,
                collection=collection_for(self.outlets[outlet]),
                trusted=True,
            )
        return self.pictures[key]

    def _draft(self, demo: DemoArticle) -> None:
        """The page without its text, so that other texts can link to it."""
        front = demo.front_dated(on=self._local_day(demo))
        lead = front.get("lead")
        article = ArticlePage(
            title=front["headline"],
            slug=demo.slug,
            live=False,
            owner=self.owner,
            short_headline=front.get("short_headline", ""),
            social_headline=front.get("social_headline", ""),
            standfirst=front.get("standfirst", ""),
            kicker=front.get("kicker", ""),
            dateline=front.get("dateline", ""),
            kind=front["kind"],
            sponsor_name=front.get("sponsor", ""),
            access=front["access"],
            lead_picture=lead
            and self.picture(
                lead["picture"],
                outlet=demo.outlet,
                alt=lead["alt"],
                caption=lead["caption"],
                credit=lead["credit"],
            ),
            lead_caption=lead["caption"] if lead else "",
        )
        article.article_authors = [
            ArticleAuthor(author=self.authors[slug]) for slug in front["authors"]
        ]
        article.topics = [self.topics[slug] for slug in front["topics"]]
        self.sections[demo.outlet, front["section"]].add_child(instance=article)
        self.articles[demo.outlet, demo.slug] = article

    def _release(self, demo: DemoArticle, links: Links) -> None:
        front = demo.front
        article = self.articles[demo.outlet, demo.slug]
        blocks = demo.blocks(on=self._local_day(demo))
        body = stream_of(blocks, links=links, seeder=self, outlet=demo.outlet)
        later = front.get("updated_hours_after") if front["state"] == "live" else None
        article.body = body[:-1] if later and len(body) > 2 else body  # type: ignore[assignment]
        article.save_revision(user=self.owner)
        at = self._at(demo)
        if front["state"] in {"live", "withdrawn"}:
            publish_article(article=article, by=None, at=at)
        elif front["state"] == "scheduled":
            schedule_article(article=article, by=None, at=at, now=self.now)
        if later:
            article = ArticlePage.objects.get(pk=article.pk)
            article.body = body
            article.save_revision(user=self.owner)
            updated = min(at + timedelta(hours=later), self.now)
            publish_article(article=article, by=None, at=updated)
        if front["state"] == "withdrawn":
            article.refresh_from_db()
            withdraw_article(
                article=article,
                by=None,
                at=min(at + timedelta(hours=20), self.now),
                reason=front["withdrawn_reason"],
            )

    def _at(self, demo: DemoArticle) -> datetime:
        at = self.now - timedelta(days=demo.front["days_ago"])
        return at.replace(microsecond=0)

    def _local_day(self, demo: DemoArticle) -> Any:
        zone = ZoneInfo(self.outlets[demo.outlet].timezone)
        return self._at(demo).astimezone(zone).date()

    def _plain_pages(self, links: Links) -> None:
        titles = {
            "about": "About {name}",
            "ethics": "Ethics",
            "ownership": "Ownership and funding",
            "contact": "Contact",
        }
        for outlet in self.outlets.values():
            outlet.refresh_from_db()
            for purpose in PAGES:
                html = links.resolve(read_page(outlet.slug, purpose), outlet=outlet.slug)
                page = PlainPage(
                    title=titles[purpose].format(name=outlet.title),
                    slug=purpose,
                    purpose=purpose,
                    text=html,
                )
                outlet.add_child(instance=page)

    def _fronts(self) -> None:
        """The lead, then the places in order, each zone filled before the next begins."""
        zones = ["lead", *(zone for zone in ("left", "right", "row") for _ in range(ZONES[zone]))]
        for slug, front in read_fronts().items():
            outlet = self.outlets[slug]
            placed = zip(zones, [front["lead"], *front["slots"]], strict=False)
            slots = [
                {"zone": zone, "article": self.articles[slug, article].pk}
                for zone, article in placed
                if (slug, article) in self.articles
            ]
            arrange_front(outlet=outlet, slots=slots, by=self.owner, at=self.now)
            release_front(outlet=outlet, by=self.owner, at=self.now)
