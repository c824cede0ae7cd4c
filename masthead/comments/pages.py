"""The lists of an article's comments, one branch with all its answers, and what is new of it."""

import json
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from masthead.articles.models import PublishedArticle
from masthead.changes import keys
from masthead.changes.shown import fresh_until, shows
from masthead.comments.actions.posting import rules_for
from masthead.comments.door import leaves
from masthead.comments.models import Comment, Thread
from masthead.comments.printing import addresses, form, ready
from masthead.comments.queries import find_place, find_thread
from masthead.comments.shown import (
    ANSWERS_ON_PAGE,
    Place,
    answers_after,
    branches,
    with_answers,
    with_names,
)
from masthead.comments.wording import TOLD
from masthead.outlets.page import Head, PageMissing, ReaderPage
from masthead.outlets.sheet import Sheet
from masthead.press.asking import Asking
from masthead.press.reader_view import machine_answer
from masthead.press.render import Printed


def list_page(asking: Asking, *, public_id: UUID, order: str) -> ReaderPage:
    """One page of an article's comments. Raises PageMissing where there is no such article."""
    sheet, place = asking.sheet, _place(asking, public_id)
    thread = find_thread(place.pk)
    after = _after(asking, order)
    if thread is None:
        if after is not None:
            raise PageMissing
        shows(keys.comments(place.article_id))
        return _page(sheet, place, thread, [], order=order, following=None)
    found = branches(thread, order=order, after=after)
    if after is not None and not found.branches:
        raise PageMissing
    shows(*(keys.branch(row) for row in found.rows))
    if after is None or found.next is None or order == "respected":
        shows(keys.comments(place.article_id))
    return _page(sheet, place, thread, found.branches, order=order, following=found.next)


def branch_page(asking: Asking, *, public_id: UUID, comment_id: UUID) -> ReaderPage:
    """
    The branch that a comment is in, with all its answers: what its permanent address leads to.

    Raises PageMissing for one that has no place, whatever became of it.
    """
    sheet, place = asking.sheet, _place(asking, public_id)
    asked = with_names().filter(public_id=comment_id, thread__published=place).first()
    if asked is None or not (asked.has_place or asked.replies):
        raise PageMissing
    root = asked if asked.root_id is None else with_names().get(pk=asked.root_id)
    if not root.has_place:
        raise PageMissing
    shows(keys.branch(root.pk))
    after = _after(asking, "oldest")
    answers, has_more = answers_after(root.pk, after=after, most=ANSWERS_ON_PAGE)
    shown = with_answers(root, answers) | {"more": 0}
    following = Place(answers[-1].posted_at, answers[-1].pk) if has_more else None
    thread = Thread.objects.get(pk=root.thread_id)
    page = _page(sheet, place, thread, [shown], order="branch", following=following)
    page.context["asked"] = str(comment_id)
    page.context["branch_url"] = f"{page.context['urls']['newest']}{root.public_id}/"
    return page


def live(asking: Asking, *, public_id: UUID) -> Printed:
    """How many there are and when the newest came; so small that it can be asked for often."""
    place = _place(asking, public_id)
    shows(keys.comments(place.article_id))
    thread = find_thread(place.pk)
    newest = thread.newest_at.isoformat() if thread and thread.newest_at else None
    told = {"count": thread.shown if thread else 0, "newest": newest}
    return machine_answer(json.dumps(told).encode(), mime="application/json", asking=asking)


def busy(asking: Asking) -> ReaderPage:
    """What the front door shows whoever is told to wait: a frame, in which it writes."""
    again = {"action": leaves.ACTION, "frame": True}
    context = {"words": TOLD["busy"], "back": asking.sheet.url(), "sign_in": "", "again": again}
    head = Head(title=_("Please try again in a moment"), robots="noindex")
    return ReaderPage(asking.sheet, "comments", "comments/said.html", head, context)


def busy_words(asking: Asking) -> Printed:
    """The door's sentences in the outlet's language."""
    words = {
        leaves.BUSY: str(TOLD["busy"]),
        leaves.AWAY: str(TOLD["away"]),
        leaves.TYPED: _("What you wrote"),
    }
    return machine_answer(json.dumps(words).encode(), mime="application/json", asking=asking)


def _place(asking: Asking, public_id: UUID) -> PublishedArticle:
    place = find_place(outlet_id=asking.sheet.id, public_id=public_id)
    if place is None:
        raise PageMissing
    shows(keys.article(place.article_id), keys.comment_rules(asking.sheet.id))
    return place


def _after(asking: Asking, order: str) -> Place | None:
    given = asking.params.get("after", "")
    after = Place.read(given, order=order) if given else None
    if given and after is None:
        raise PageMissing
    return after


def is_linked(name: str, value: str, sheet: Sheet) -> bool:
    """Whether a list of ours goes on there: what people make up is answered, but never kept."""
    row = value.partition("-")[2]
    if not row.isdecimal() or len(row) > 18:
        return False
    comment = Comment.objects.filter(pk=int(row), outlet=sheet.id, has_place=True).first()
    if comment is None:
        return False
    ends = (Place(comment.posted_at, comment.pk), Place(comment.respects, comment.pk))
    return value in {str(each) for each in ends}


def _page(
    sheet: Sheet,
    place: PublishedArticle,
    thread: Thread | None,
    found: list[dict[str, object]],
    *,
    order: str,
    following: Place | None,
) -> ReaderPage:
    rules = rules_for(place, sheet)
    closes = rules.closes_at(place.published_at)
    if closes is not None and closes > timezone.now():
        fresh_until(closes)
    urls = addresses(sheet, place.public_id)
    is_open = rules.is_open(published_at=place.published_at, at=timezone.now())
    return ReaderPage(
        sheet,
        "comments",
        "comments/list.html",
        Head(
            title=_("Comments on “%(headline)s”") % {"headline": place.headline},
            canonical=sheet.absolute(place.path),
            robots="noindex",
        ),
        {
            "headline": place.headline,
            "article_url": sheet.url(place.path),
            "count": thread.shown if thread else 0,
            "branches": ready(found, base=urls["newest"]),
            "order": order,
            "next": str(following) if following else "",
            "urls": urls,
            "form": form(rules, is_open=is_open, public_id=place.public_id, urls=urls),
            "section": sheet.find_section(section_id=place.section_id),
        },
    )
