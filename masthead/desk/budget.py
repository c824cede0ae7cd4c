"""The budget: the newsroom's board of what is being written, checked, planned and out."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from masthead.accounts.models import User
from masthead.articles.models import ArticlePage
from masthead.core.text import words_in
from masthead.desk.queries import at_hand, open_editors, outlets_of
from masthead.outlets.models import Outlet, Section
from masthead.people.models import Author
from masthead.pictures.models import Picture

_TAG = re.compile(r"<[^>]+>")
# Keys of a block's value that hold words a reader reads.
_WORDS = {"quotation", "text", "title", "caption"}


@dataclass(frozen=True)
class BudgetCard:
    """One article on the board, as its latest draft says it."""

    url: str
    headline: str
    section: str
    outlet: str
    zone: str  # whose clock `at` is told by
    authors: list[tuple[str, str]]  # initials, name
    author_ids: frozenset[int]
    words: int
    at: datetime | None
    is_planned: bool
    changes_waiting: bool
    sent_back: bool
    warnings: list[str]
    locked_by: str
    open_with: str


@dataclass(frozen=True)
class Column:
    name: str
    empty: str
    cards: list[BudgetCard] = field(default_factory=list)


@dataclass(frozen=True)
class Budget:
    columns: list[Column]
    outlets: list[Outlet]
    outlet: Outlet | None
    people: list[tuple[int, str]]
    person: int | None

    @property
    def has_several_clocks(self) -> bool:
        shown = [self.outlet] if self.outlet else self.outlets
        return len({outlet.timezone for outlet in shown}) > 1

    @property
    def is_empty(self) -> bool:
        return not any(column.cards for column in self.columns)


def budget_for(
    user: User, *, outlet_slug: str, person: int | None, now: datetime, today: datetime
) -> Budget:
    """The board of one person's part of the network. At most eight queries, however full."""
    outlets = outlets_of(user)
    outlet = next((each for each in outlets if each.slug == outlet_slug), None)
    articles = list(at_hand(user, outlet=outlet, now=now, today=today))
    known = _Known.of(articles, outlets)
    opened = open_editors(articles, now=now, besides=user) if articles else {}
    columns = _empty_columns()
    people: dict[int, str] = {}
    for article in articles:
        card = _card(article, known, opened.get(article.pk, ""))
        people |= {key: known.authors[key].name for key in card.author_ids}
        if person is None or person in card.author_ids:
            columns[_column_of(article, today)].cards.append(card)
    columns["scheduled"].cards.sort(key=lambda card: (card.at is None, card.at))
    for lately in ("published", "withdrawn"):  # by the time that the card tells, the latest first
        columns[lately].cards.sort(key=lambda card: card.at or now, reverse=True)
    return Budget(
        columns=[column for key, column in columns.items() if column.cards or key != "withdrawn"],
        outlets=outlets,
        outlet=outlet,
        people=sorted(people.items(), key=lambda each: each[1]),
        person=person,
    )


def _empty_columns() -> dict[str, Column]:
    return {
        "drafts": Column(_("Drafts"), _("Nothing is being written.")),
        "review": Column(_("Copy desk"), _("Nothing waits to be checked.")),
        "scheduled": Column(_("Scheduled"), _("Nothing is planned.")),
        "published": Column(_("Published today"), _("Nothing has gone out today.")),
        "withdrawn": Column(_("Withdrawn lately"), ""),
    }


def _column_of(article: Any, today: datetime) -> str:
    if article.review == WorkflowState.STATUS_IN_PROGRESS:
        return "review"
    if article.planned_at:
        return "scheduled"
    if not article.live and article.withdrawn_at:
        return "withdrawn"
    if article.live and not article.has_unpublished_changes:
        return "published"
    return "drafts"


@dataclass(frozen=True)
class _Known:
    """Names that many cards share, each kind read once."""

    outlets: dict[str, Outlet]
    sections: dict[str, str]
    authors: dict[int, Author]
    without_alt: set[int]

    @classmethod
    def of(cls, articles: list[Any], outlets: list[Outlet]) -> "_Known":
        drafts = [draft_of(article) for article in articles]
        author_ids = {key for draft in drafts for key in _author_ids(draft)}
        picture_ids = {key for draft in drafts for key, alt in _pictures(draft) if not alt}
        parents = {article.path[: -Page.steplen] for article in articles}
        return cls(
            outlets={outlet.path: outlet for outlet in outlets},
            sections=dict(Section.objects.filter(path__in=parents).values_list("path", "title")),
            authors=Author.objects.in_bulk(author_ids),
            without_alt=set(
                Picture.objects.filter(pk__in=picture_ids, description="").values_list(
                    "pk", flat=True
                )
            ),
        )


def draft_of(article: ArticlePage) -> dict[str, Any]:
    """The latest draft as Wagtail keeps it; an article that has none stands for itself."""
    if article.latest_revision is not None:
        return dict(article.latest_revision.content)
    return dict(article.serializable_data())


def _card(article: Any, known: _Known, open_with: str) -> BudgetCard:
    draft = draft_of(article)
    author_ids = [key for key in _author_ids(draft) if key in known.authors]
    names = [known.authors[key].name for key in author_ids]
    outlet = known.outlets.get(article.path[: 2 * Page.steplen])
    return BudgetCard(
        url=reverse("wagtailadmin_pages:edit", args=[article.pk]),
        headline=draft.get("title") or article.title,
        section=known.sections.get(article.path[: -Page.steplen], ""),
        outlet=outlet.title if outlet else "",
        zone=outlet.timezone if outlet else settings.TIME_ZONE,
        authors=[(_initials(name), name) for name in names],
        author_ids=frozenset(author_ids),
        words=words_of(draft),
        at=article.planned_at or article.withdrawn_at or article.last_published_at,
        is_planned=bool(article.planned_at),
        changes_waiting=article.live and article.has_unpublished_changes,
        sent_back=article.review == WorkflowState.STATUS_NEEDS_CHANGES,
        warnings=list(_warnings(draft, known.without_alt)),
        locked_by=_locked_by(article),
        open_with=open_with,
    )


def _locked_by(article: ArticlePage) -> str:
    if not article.locked:
        return ""
    return str(article.locked_by) if article.locked_by else _("somebody")


def _warnings(draft: dict[str, Any], without_alt: set[int]) -> Iterator[str]:
    if not _author_ids(draft):
        yield _("No byline")
    if not draft.get("lead_picture"):
        yield _("No lead picture")
    if any(key in without_alt for key, alt in _pictures(draft) if not alt):
        yield _("Alt text missing")


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split()[:2]).upper()


def _author_ids(draft: dict[str, Any]) -> list[int]:
    lines = sorted(draft.get("article_authors") or [], key=lambda each: each.get("sort_order") or 0)
    return [line["author"] for line in lines if line.get("author")]


def blocks_of(draft: dict[str, Any]) -> list[dict[str, Any]]:
    body = draft.get("body") or "[]"
    found: list[dict[str, Any]] = json.loads(body) if isinstance(body, str) else body
    return found


def _pictures(draft: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """The pictures of a draft by id, with the alternative text written beside each."""
    if draft.get("lead_picture"):
        yield draft["lead_picture"], ""
    for block in blocks_of(draft):
        yield from _pictures_in(block.get("value"))


def _pictures_in(value: Any) -> Iterator[tuple[int, str]]:
    if isinstance(value, dict):
        if isinstance(value.get("picture"), int):
            yield value["picture"], value.get("alt") or ""
        for inside in value.values():
            yield from _pictures_in(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _pictures_in(inside)


def words_of(draft: dict[str, Any]) -> int:
    """About how long the draft's text is; exact enough for a board."""
    texts = (text for block in blocks_of(draft) for text in _texts(block.get("value"), top=True))
    return words_in(" ".join(texts))


def _texts(value: Any, *, top: bool = False) -> Iterable[str]:
    if isinstance(value, str):
        return [_TAG.sub(" ", value)] if top else []
    if isinstance(value, dict):
        return [text for key, inside in value.items() for text in _texts(inside, top=key in _WORDS)]
    if isinstance(value, list):
        return [text for inside in value for text in _texts(inside)]
    return []
