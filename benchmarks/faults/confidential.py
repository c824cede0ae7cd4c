"""A network of two titles with much that the public must not see, each thing with its marker."""

import secrets as chance
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from django.db import connection
from django.utils import timezone

from benchmarks.faults.served import Visitor
from benchmarks.newsroom import Newsroom, article_of, found_newsroom
from masthead.accounts.actions import assign_role, make_sign_in_link
from masthead.accounts.models import Role, User
from masthead.articles.models import ArticlePage
from masthead.publishing.actions import publish_article, schedule_article, withdraw_article
from masthead.readers.actions import find_or_add_reader, grant_entitlement
from masthead.readers.models import Benefit

ARTICLES = 6  # of each title that everybody may read
ACT_SECONDS = 0.2
HEADLINE = "Lights at the narrows"
FORM = "form token"  # each form has its own, so its field's name stands for all
PAID = {"members": Benefit.MEMBERS_ARTICLES, "adfree": Benefit.AD_FREE}
_numbers = count(1)


@dataclass
class Secrets:
    """
    outlets: the paths below which everything is. marked: kind to the texts that betray it.
    addresses: where they might be found.
    may_see, must_see: by person. may_see_variant: by class of shelved pages.
    """

    outlets: tuple[str, ...]
    people: dict[str, User]
    busy: list[ArticlePage]
    marked: dict[str, list[bytes]] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)
    may_see: dict[str, set[str]] = field(default_factory=dict)
    must_see: dict[str, set[str]] = field(default_factory=dict)
    may_see_variant: dict[str, set[str]] = field(default_factory=dict)

    def markers(self) -> Iterator[tuple[str, bytes]]:
        for kind, markers in self.marked.items():
            for marker in markers:
                yield kind, marker

    def new(self, kind: str) -> str:
        """A word that nothing else has, for a text of this kind."""
        marker = f"keel{chance.token_hex(6)}"
        self.marked.setdefault(kind, []).append(marker.encode())
        return marker


def found_confidential_network() -> Secrets:
    courier, tideline = found_newsroom("courier"), found_newsroom("tideline")
    found = Secrets(outlets=("/courier/", "/tideline/"), people={}, busy=[])
    for newsroom in (courier, tideline):
        _fill(found, newsroom)
    _add_people(found, {"ada": courier, "bea": tideline})
    names = {"anonymous", "member", "adfree", "ada", "bea"}
    desk = {"staff", "withdrawn", "members"}
    found.may_see = {name: {FORM} for name in names}
    found.may_see["member"] |= {"members", "session of member"}
    found.may_see["adfree"] |= {"session of adfree"}
    for name, slug in (("ada", "courier"), ("bea", "tideline")):
        found.may_see[name] |= desk | {f"draft of {slug}", f"session of {name}"}
    found.must_see = {
        "member": {"members"},
        "ada": {"draft of courier"},
        "bea": {"draft of tideline"},
    }
    found.may_see_variant = {"members": {"members"}, "adfreemembers": {"members"}}
    found.marked[FORM] = [b"csrfmiddlewaretoken"]
    return found


def sign_in_all(found: Secrets, port: int) -> dict[str, Visitor]:
    """Each with a jar of their own; their cookies are private from then on."""
    visitors = {"anonymous": Visitor(port)}
    for name, user in found.people.items():
        visitor = Visitor(port, name)
        visitor.sign_in(make_sign_in_link(user=user, at=timezone.now()))
        visitors[name] = visitor
        private = [value.encode() for value in visitor.cookies.values()]
        found.marked[f"session of {name}"] = private
    connection.close()
    return visitors


def act_for_a_while(found: Secrets, stop: threading.Event) -> None:
    """Update, withdraw and publish again, so that pages are printed and purged all the time."""
    try:
        while not stop.is_set():
            article = found.busy[next(_numbers) % len(found.busy)]
            page = ArticlePage.objects.get(pk=article.pk)
            page.title = f"Pilots sail at dawn {next(_numbers)}"
            page.save_revision()
            publish_article(article=page, by=None, at=timezone.now())
            if next(_numbers) % 3 == 0:
                page = ArticlePage.objects.get(pk=article.pk)
                withdraw_article(article=page, by=None, at=timezone.now(), reason="Not so.")
            time.sleep(ACT_SECONDS)
    finally:
        connection.close()


def _fill(found: Secrets, newsroom: Newsroom) -> None:
    slug = newsroom.outlet.slug
    for _ in range(ARTICLES):
        found.busy.append(_published(newsroom))
    withdrawn = _published(newsroom, private=found.new("withdrawn"))
    withdraw_article(article=withdrawn, by=None, at=timezone.now(), reason="Not so.")
    members = _published(newsroom, private=found.new("members"), access="members")
    changed = _published(newsroom)
    _write(changed, found.new(f"draft of {slug}"))
    draft = _added(newsroom, private=found.new(f"draft of {slug}"))
    planned = _added(newsroom, private=found.new(f"draft of {slug}"))
    now = timezone.now()
    schedule_article(article=planned, by=None, at=now + timedelta(days=2), now=now)
    for article in (withdrawn, members, changed, draft, planned):
        page = ArticlePage.objects.get(pk=article.pk)
        found.addresses += [
            page.url_path,
            f"/desk/pages/{page.pk}/edit/",
            f"/desk/pages/{page.pk}/view_draft/",
            f"/desk/pages/{page.pk}/history/",
        ]
    found.addresses += ["/desk/articles/", f"/{slug}/?preview=1", f"/desk/pages/{slug}/"]


def _published(newsroom: Newsroom, *, private: str = "", access: str = "open") -> ArticlePage:
    article = _added(newsroom, private=private, access=access)
    publish_article(article=article, by=None, at=timezone.now())
    return ArticlePage.objects.get(pk=article.pk)


def _added(newsroom: Newsroom, *, private: str, access: str = "open") -> ArticlePage:
    number = next(_numbers)
    article = article_of(
        newsroom, headline=f"{HEADLINE} {number}", slug=f"lights-{number}", number=number
    )
    article.access = access
    article.body = [("text", f"<p>Part {part} of {number}.</p>") for part in range(5)]
    article.body.append(("text", f"<p>At the end: {private or 'nothing'}.</p>"))
    section = newsroom.sections[number % 3]
    section.refresh_from_db()
    section.add_child(instance=article)
    article.save_revision()
    return ArticlePage.objects.get(pk=article.pk)


def _write(article: ArticlePage, private: str) -> None:
    """A newer draft of what is public."""
    draft = ArticlePage.objects.get(pk=article.pk)
    draft.body.append(("text", f"<p>Not yet: {private}.</p>"))
    draft.save_revision()


def _add_people(found: Secrets, editors: dict[str, Newsroom]) -> None:
    for name in ("member", "adfree", *editors):
        user = User.objects.create_user(
            f"{found.new('staff')}@northlight.example", first_name=found.new("staff")
        )
        found.people[name] = user
        if newsroom := editors.get(name):
            assign_role(user=user, role=Role.EDITOR, place=newsroom.outlet, by=None)
    owner = found.people["ada"]
    for name, benefit in (("member", PAID["members"]), ("adfree", PAID["adfree"])):
        user = found.people[name]
        reader = find_or_add_reader(email=user.email, at=timezone.now(), user=user)
        grant_entitlement(reader=reader, benefit=benefit, by=owner, at=timezone.now())
