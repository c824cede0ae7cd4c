"""What happens later: after releases, each minute for what was left undone, and in the night."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from masthead.jobs.decorator import job
from masthead.jobs.schedule import daily, every
from masthead.publishing.queries import get_release
from masthead.related.actions import follow_article, weigh_anew
from masthead.related.knowing import read_rules
from masthead.related.lists import write_lists
from masthead.related.mending import (
    articles_behind,
    articles_unknown,
    note_rules_applied,
    outlets_under_old_rules,
    rows_of_outlet,
    rows_weighed_long_ago,
)
from masthead.related.vectors import count_some

AT_ONCE = 50  # articles in one turn of a chain: a second or less, then others have their turn
# A release is followed within seconds; what is behind for longer was left by a killed process.
LEFT_AFTER = timedelta(minutes=3)
LOOKED_BACK = timedelta(hours=1)


def follow_release(*, release_id: int) -> None:
    """Bring lists in step with what is public of the released article now. May be called again."""
    follow_article(article_id=get_release(release_id).article_id, at=timezone.now())


def _behind(now: datetime) -> list[int]:
    return articles_behind(since=now - LOOKED_BACK, until=now - LEFT_AFTER, most=AT_ONCE)


def _is_anything_due() -> bool:
    return bool(_behind(timezone.now()) or outlets_under_old_rules())


@every(seconds=60, when=_is_anything_due)
def reconcile_related(**_: Any) -> None:
    """
    Follow articles of the last hour's releases that the index does not know as they are, and
    make the lists of outlets anew for which the newsroom set other rules.
    """
    now = timezone.now()
    for article_id in _behind(now):
        follow_article(article_id=article_id, at=now)
    for outlet_id, rules in outlets_under_old_rules().items():
        with transaction.atomic():
            note_rules_applied(outlet_id, rules)
            make_lists_of.later(outlet_id=outlet_id)


@job(retries=5, priority=-10, unique=True)
def make_lists_of(*, outlet_id: int, after: int = 0, **_: Any) -> None:
    """All lists of an outlet anew, some at a time. Killed, it goes on where it was."""
    rows = rows_of_outlet(outlet_id, after=after, most=AT_ONCE)
    write_lists(rows, rules=read_rules(), at=timezone.now())
    if rows:
        make_lists_of.later(outlet_id=outlet_id, after=rows[-1])


@daily(at="02:40")
def look_after_words(**_: Any) -> None:
    """Count the words of what was published since; then see to what that changes."""
    while count_some():
        pass
    weigh_again.later()
    follow_unknown.later()


@job(retries=5, priority=-10, unique=True)
def weigh_again(*, after: int = 0, **_: Any) -> None:
    """
    Articles that were weighed when half as many were known, anew, and their lists; some at a time.

    So in a young network every night, in a grown one hardly ever.
    """
    rows = rows_weighed_long_ago(after=after, most=AT_ONCE)
    weigh_anew(rows)
    write_lists(rows, rules=read_rules(), at=timezone.now())
    if rows:
        weigh_again.later(after=rows[-1])


@job(retries=5, priority=-10, unique=True)
def follow_unknown(*, after: int = 0, **_: Any) -> None:
    """Public articles that the index does not know: older than it, or restored."""
    articles = articles_unknown(after=after, most=AT_ONCE)
    now = timezone.now()
    for article_id in articles:
        follow_article(article_id=article_id, at=now)
    if articles:
        follow_unknown.later(after=articles[-1])
