"""What `bin/faults press` kills: the newsroom's acts, the keeper's rounds, prints, making room."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from unittest.mock import patch

from django.utils import timezone

from benchmarks.faults.kill_points import NEVER, die_at
from benchmarks.faults.press_shelf import Seen, keep, look
from benchmarks.newsroom import Newsroom, add_draft
from masthead.articles.models import ArticlePage
from masthead.changes import followers
from masthead.jobs.models import Job
from masthead.press.actions import print_anew
from masthead.press.keeper import Keeper
from masthead.press.own_shelf import own_shelf
from masthead.press.places import all_sheets, host_of
from masthead.publishing.actions import publish_article, withdraw_article

_numbers = count(1)


@dataclass(frozen=True)
class Case:
    """
    The act, and the article it is about. before: what the shelf was like.

    withdrawn: a text that must be nowhere once the article is withdrawn. is_done: whether the
    article is as the act was to leave it.
    """

    article: ArticlePage
    act: Callable[[], object]
    before: Seen
    is_done: Callable[[ArticlePage], bool] = lambda article: True
    withdrawn: str = ""


def settled() -> Seen:
    """All pages are there. Jobs are another run's matter, and some draw what pages show."""
    start_again()
    Job.objects.all().delete()
    return look()


def start_again() -> None:
    """A keeper in a process of its own, as after a kill."""
    own_shelf().close()
    die_at(NEVER, keep)


@contextmanager
def nobody_follows() -> Iterator[None]:
    """As if another machine had written: this one's keeper has all of it to do."""
    with patch.dict(followers._followers, clear=True):
        yield


def _draft(newsroom: Newsroom) -> ArticlePage:
    number = next(_numbers)
    return add_draft(newsroom, headline=f"Nets are mended {number}", slug=f"nets-{number}")


def _live(newsroom: Newsroom) -> ArticlePage:
    article = _draft(newsroom)
    publish(article)
    return article


def publish(article: ArticlePage) -> None:
    publish_article(article=_now(article), by=None, at=timezone.now())


def withdraw(article: ArticlePage) -> None:
    withdraw_article(article=_now(article), by=None, at=timezone.now(), reason="Not so.")


def edit(article: ArticlePage) -> None:
    edited = _now(article)
    edited.title = f"{edited.title} after all"
    edited.save_revision()


def _now(article: ArticlePage) -> ArticlePage:
    return ArticlePage.objects.get(pk=article.pk)


def _first(newsroom: Newsroom) -> Case:
    draft = _draft(newsroom)
    return Case(draft, lambda: publish(draft), settled(), lambda article: article.live)


def _update(newsroom: Newsroom) -> Case:
    article = _live(newsroom)
    before = settled()
    edit(article)

    def is_done(now: ArticlePage) -> bool:
        return now.title.endswith("after all")

    return Case(article, lambda: publish(article), before, is_done)


def _withdrawal(newsroom: Newsroom) -> Case:
    article = _live(newsroom)
    return Case(
        article,
        lambda: withdraw(article),
        settled(),
        lambda now: not now.live,
        withdrawn=f"{article.title}</h1>",
    )


def _keep_publication(newsroom: Newsroom) -> Case:
    before = settled()
    with nobody_follows():
        article = _live(newsroom)
    return Case(article, _keep_and_print, before)


def _keep_withdrawal(newsroom: Newsroom) -> Case:
    article = _live(newsroom)
    before = settled()
    with nobody_follows():
        withdraw(article)
    return Case(article, _keep_and_print, before, withdrawn=f"{article.title}</h1>")


def _follow_update(newsroom: Newsroom) -> Case:
    article = _live(newsroom)
    before = settled()
    with nobody_follows():
        edit(article)
        publish(article)
    return Case(article, lambda: Keeper(own_shelf()).follow(), before)


def _print(newsroom: Newsroom) -> Case:
    """As the program does for the door."""
    article = _live(newsroom)
    before = settled()
    edit(article)
    publish(article)
    outlet = newsroom.outlet.pk
    sheet = next(sheet for sheet in all_sheets() if sheet.id == outlet)
    target = sheet.url(f"port/{article.slug}/")

    def act() -> None:
        print_anew(shelf=own_shelf(), host=host_of(sheet), target=target, variant="public")

    return Case(article, act, before)


def _evict(newsroom: Newsroom) -> Case:
    article = _live(newsroom)
    before = settled()

    def act() -> None:
        shelf = own_shelf()
        shelf.most_bytes = shelf.total_bytes() * 3 // 4
        shelf.evict()

    return Case(article, act, before)


def _keep_and_print() -> None:
    Keeper(own_shelf()).catch_up()


ACTS: dict[str, Callable[[Newsroom], Case]] = {
    "first publication": _first,
    "update": _update,
    "withdrawal": _withdrawal,
    "keeper follows an update": _follow_update,
    "keeper follows and prints a new article": _keep_publication,
    "keeper follows and prints a withdrawal": _keep_withdrawal,
    "print for the door": _print,
    "making room": _evict,
}
