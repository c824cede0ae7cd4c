"""The demo's comments: threads on some articles of both titles, and what waits for a moderator."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from masthead.accounts.models import User
from masthead.articles.models import ArticlePage, PublishedArticle
from masthead.comments.actions.policies import set_policy
from masthead.comments.models import Comment, House, Person, Report, State, Thread
from masthead.comments.shown import for_page
from masthead.comments.text import fingerprint, printed, tidy
from masthead.demo.content.reading import read_comments
from masthead.outlets.models import Outlet
from masthead.readers.models import Reader

RULES: dict[str, Any] = {"who": "address", "mode": "first-held", "live": True}
COUNTED = ("held", "reported", "new", "picks", "all")


def seed_comments(
    *,
    outlets: dict[str, Outlet],
    articles: dict[tuple[str, str], ArticlePage],
    sponsored: ArticlePage,
    by: User,
    at: datetime,
) -> None:
    """Open for anybody with an address, first comments held; closed below what is paid for."""
    for outlet in outlets.values():
        set_policy(where=outlet, by=by, at=at, **RULES)
    for place in PublishedArticle.objects.filter(article=sponsored).order_by("pk"):
        set_policy(where=place, by=by, at=at, who="nobody")
    content = read_comments()
    people = _people(content["people"], at)
    pages = {f"{outlet}/{slug}": page.pk for (outlet, slug), page in articles.items()}
    places = {
        row.article_id: row
        for row in PublishedArticle.objects.filter(
            article__in=[pages[each["article"]] for each in content["threads"]]
        )
    }
    threads = [
        Seeded(described["comments"], places[pages[described["article"]]])
        for described in content["threads"]
    ]
    Thread.objects.bulk_create(each.thread for each in threads)
    _write(threads, people, at)
    _count(threads)


@dataclass
class Seeded:
    """One thread as it is described, and its rows by the names that answers call them."""

    described: list[dict[str, Any]]
    place: PublishedArticle
    thread: Thread = field(init=False)
    rows: list[tuple[dict[str, Any], Comment]] = field(default_factory=list)
    named: dict[str, Comment] = field(default_factory=dict)

    def __post_init__(self) -> None:
        place = self.place
        self.thread = Thread(
            published=place, article_id=place.article_id, outlet_id=place.outlet_id
        )


def _people(described: Iterable[dict[str, Any]], at: datetime) -> dict[str, Reader]:
    rows = {
        each["key"]: Reader(
            email=f"{each['key']}@readers.example",
            name=each["name"],
            joined_at=at - timedelta(days=each["days"]),
            proved_at=at - timedelta(days=each["days"]),
        )
        for each in described
    }
    Reader.objects.bulk_create(rows.values())
    Person.objects.bulk_create(
        Person(
            reader=rows[each["key"]],
            first_at=rows[each["key"]].joined_at,
            approved=each["approved"],
            rejected=each["rejected"],
        )
        for each in described
    )
    return rows


def _write(threads: list[Seeded], people: dict[str, Reader], at: datetime) -> None:
    """Beginnings of branches first, then what answers them, so that each knows its parent."""
    waiting = [(seeded, each) for seeded in threads for each in seeded.described]
    while waiting:
        ready = [(s, each) for s, each in waiting if each.get("to", "") in {"", *s.named}]
        waiting = [(s, each) for s, each in waiting if each.get("to", "") not in {"", *s.named}]
        made = [(s, each, _comment(s, each, people, at)) for s, each in ready]
        Comment.objects.bulk_create(comment for _s, _each, comment in made)
        for seeded, each, comment in made:
            seeded.rows.append((each, comment))
            if "key" in each:
                seeded.named[each["key"]] = comment
    Report.objects.bulk_create(
        report
        for seeded in threads
        for each, comment in seeded.rows
        for report in _reports(each, comment)
    )


def _comment(
    seeded: Seeded, each: dict[str, Any], people: dict[str, Reader], at: datetime
) -> Comment:
    text = tidy(each["text"])
    state = State(each.get("state", State.APPROVED))
    parent = seeded.named.get(each.get("to", ""))
    author = people.get(each["by"])
    posted_at = min(seeded.place.published_at + timedelta(minutes=each["after"]), at)
    starts = [text.index(word) for word in each.get("marked", [])]
    return Comment(
        thread=seeded.thread,
        outlet_id=seeded.place.outlet_id,
        parent=parent,
        root_id=(parent.root_id or parent.pk) if parent else None,
        author=author,
        byline="" if author else each["by"],
        badge=each.get("badge", ""),
        text=text,
        html=printed(text),
        fingerprint=fingerprint(text),
        state=state,
        reason=each.get("why", ""),
        phase="scorer" if "score" in each else each.get("why", ""),
        score=each.get("score"),
        marks=[
            [start, start + len(word)]
            for start, word in zip(starts, each.get("marked", []), strict=True)
        ],
        has_place=state == State.APPROVED,
        is_pick=each.get("pick", False),
        seen="badge" in each or "pick" in each or state == State.REJECTED,
        respects=each.get("respects", 0),
        reports=len(each.get("reports", [])) + int("illegal" in each),
        posted_at=posted_at,
        decided_at=posted_at if state == State.APPROVED else None,
    )


def _reports(each: dict[str, Any], comment: Comment) -> list[Report]:
    at = comment.posted_at + timedelta(minutes=6)
    made = [
        Report(comment=comment, outlet_id=comment.outlet_id, reason=reason, words=words, at=at)
        for reason, words in each.get("reports", [])
    ]
    if "illegal" in each:
        words, law, email = each["illegal"]
        made.append(
            Report(
                comment=comment,
                outlet_id=comment.outlet_id,
                reason=Report.Reason.ILLEGAL,
                words=words,
                law=law,
                email=email,
                at=at,
            )
        )
    return made


def _count(threads: list[Seeded]) -> None:
    """What threads and outlets keep of them, from what was written here."""
    houses: dict[int, dict[str, int]] = {}
    for seeded in threads:
        thread, rows = seeded.thread, [comment for _each, comment in seeded.rows]
        shown = [row for row in rows if row.state == State.APPROVED]
        for row in shown:
            if row.root_id is None:
                row.replies = sum(other.root_id == row.pk for other in shown)
        Comment.objects.bulk_update([row for row in shown if row.replies], ["replies"])
        thread.shown = len(shown)
        thread.held = sum(row.state == State.HELD for row in rows)
        thread.reported = sum(row.reports > 0 for row in shown)
        thread.newest_at = max(row.posted_at for row in shown)
        thread.first = for_page(thread)
        thread.save()
        house = houses.setdefault(thread.outlet_id, dict.fromkeys(COUNTED, 0))
        house["held"] += thread.held
        house["reported"] += thread.reported
        house["new"] += sum(not row.seen for row in shown)
        house["picks"] += sum(row.is_pick for row in shown)
        house["all"] += len(rows)
    for outlet_id, numbers in houses.items():
        House.objects.filter(outlet=outlet_id).update(**numbers)
