"""The demo’s newsletters: a morning and an evening one for each outlet, with past editions."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from masthead.accounts.models import User
from masthead.articles.models import Kind, PublishedArticle
from masthead.articles.queries import in_outlet
from masthead.mail.models import State
from masthead.newsletters.actions import make_newsletter
from masthead.newsletters.blocks import clean_blocks
from masthead.newsletters.hours import latest_hour, next_hour
from masthead.newsletters.models import (
    ClicksOnArticle,
    Delivery,
    Edition,
    EditionState,
    Newsletter,
    Pace,
    Subscription,
)
from masthead.newsletters.printing import print_copies
from masthead.newsletters.recipes import usual_recipe
from masthead.newsletters.wording import words_for
from masthead.outlets.models import Outlet
from masthead.readers.models import Consent, Reader

READERS = 60  # on each list
PAST = 3  # editions of each
LEAST_ARTICLES = 3
EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]
LISTS: list[dict[str, Any]] = [
    {
        "slug": "morning",
        "name": "The Morning {short}",
        "promise": "What the day will bring, every working day at half past six.",
        "days": [0, 1, 2, 3, 4],
        "hour": time(6, 30),
        "greeting": "<p>Good morning. This is what today begins with.</p>",
    },
    {
        "slug": "evening",
        "name": "The Evening {short}",
        "promise": "The day in one mail, every evening at six.",
        "days": EVERY_DAY,
        "hour": time(18, 0),
        "greeting": "<p>Good evening. This is what the day has brought.</p>",
    },
]
FIRST_NAMES = ("Ada", "Bo", "Cy", "Di", "Eva", "Finn", "Gry", "Hal", "Ida", "Jon", "Kari", "Leif")
DOMAINS = ("mail.example", "post.example", "inbox.example")


def seed_newsletters(*, outlets: Sequence[Outlet], by: User, at: datetime) -> None:
    """Readers with invented addresses; nothing is sent to them."""
    readers = _readers(at)
    for outlet in outlets:
        for number, described in enumerate(LISTS):
            newsletter = _newsletter(outlet, described, order=number, by=by, at=at)
            _subscribe(newsletter, readers, at=at)
            for slot in _past_hours(newsletter, outlet, at):
                _edition_sent(newsletter, slot, described["greeting"])
        _edition_to_come(newsletter, outlet, described["greeting"], at=at)


def _readers(at: datetime) -> list[Reader]:
    rows = [
        Reader(
            email=f"{FIRST_NAMES[n % len(FIRST_NAMES)].lower()}.{n}@{DOMAINS[n % len(DOMAINS)]}",
            name=FIRST_NAMES[n % len(FIRST_NAMES)],
            joined_at=at - timedelta(days=85 - n),
            proved_at=at - timedelta(days=85 - n),
        )
        for n in range(READERS)
    ]
    return Reader.objects.bulk_create(rows)


def _newsletter(
    outlet: Outlet, described: dict[str, Any], *, order: int, by: User, at: datetime
) -> Newsletter:
    recipe = [{"step": "greeting", "html": described["greeting"]}, *usual_recipe()]
    return make_newsletter(
        outlet=outlet,
        name=described["name"].format(short=outlet.title.split()[-1]),
        slug=described["slug"],
        promise=described["promise"],
        by=by,
        at=at,
        pace=Pace.HELD,
        days=described["days"],
        hour=described["hour"],
        recipe=recipe,
        order=order,
    )


def _subscribe(newsletter: Newsletter, readers: list[Reader], *, at: datetime) -> None:
    left = {n for n in range(READERS) if n % 13 == 7}
    Subscription.objects.bulk_create(
        Subscription(
            newsletter=newsletter,
            reader=reader,
            joined_at=reader.joined_at,
            state=Subscription.State.LEFT if n in left else Subscription.State.ACTIVE,
            left_at=at - timedelta(days=20 - n // 4) if n in left else None,
            left_through="link" if n in left else "",
        )
        for n, reader in enumerate(readers)
    )
    Consent.objects.bulk_create(
        Consent(
            reader=reader,
            what=f"newsletter:{newsletter.public_id}",
            given=True,
            words=newsletter.promise,
            proof="mail",
            outlet=newsletter.outlet,
            at=reader.joined_at,
        )
        for reader in readers
    )


def _past_hours(newsletter: Newsletter, outlet: Outlet, at: datetime) -> Iterator[datetime]:
    """The newest few, the oldest first."""
    zone, found, moment = ZoneInfo(outlet.timezone), list[datetime](), at
    for _ in range(PAST):
        slot = latest_hour(
            days=newsletter.days, hour=newsletter.hour or time(18), zone=zone, at=moment
        )
        if slot is None:
            break
        found.append(slot)
        moment = slot - timedelta(minutes=1)
    return reversed(found)


def _blocks(rows: Sequence[PublishedArticle], greeting: str) -> list[dict[str, Any]]:
    articles = [
        {"kind": "article", "article": row.article_id, "size": "row" if place else "lead"}
        for place, row in enumerate(rows[:4])
    ]
    rest = [row.article_id for row in rows[4:7]]
    more = [{"kind": "articles", "title": "Also today", "articles": rest}] if rest else []
    ending = [{"kind": "corrections"}, {"kind": "divider"}]
    return clean_blocks([{"kind": "greeting", "html": greeting}, *articles, *more, *ending])


def _newest(outlet_id: int, *, until: datetime) -> list[PublishedArticle]:
    rows = in_outlet(outlet_id).filter(published_at__lte=until).exclude(kind=Kind.SPONSORED)
    return list(rows[:7])


def _edition_sent(newsletter: Newsletter, slot: datetime, greeting: str) -> None:
    rows = _newest(newsletter.outlet_id, until=slot)
    if len(rows) < LEAST_ARTICLES:
        return
    blocks = _blocks(rows, greeting)
    subject, preheader = words_for(blocks, newsletter=newsletter)
    edition = Edition.objects.create(
        newsletter=newsletter,
        slot=slot,
        due_at=slot,
        subject=subject,
        preheader=preheader,
        blocks=blocks,
        made_at=slot,
        state=EditionState.SENT,
        number=Edition.objects.filter(newsletter=newsletter, number__isnull=False).count() + 1,
        frozen_at=slot,
        released_at=slot,
        finished_at=slot + timedelta(minutes=1),
    )
    copy = print_copies(edition, slot)[0]
    active = Subscription.objects.filter(
        newsletter=newsletter, state=Subscription.State.ACTIVE, joined_at__lte=slot
    )
    readers = [each.reader for each in active.select_related("reader").order_by("pk")]
    Delivery.objects.bulk_create(
        Delivery(
            edition=edition,
            reader=reader,
            copy=copy,
            address=reader.email,
            domain=reader.email.partition("@")[2],
            state=State.FAILED if n % 29 == 11 else State.ACCEPTED,
            attempts=1,
            due_at=slot,
            accepted_at=None if n % 29 == 11 else slot + timedelta(seconds=n),
        )
        for n, reader in enumerate(readers)
    )
    edition.counts = {"frozen": len(readers)}
    edition.save(update_fields=["counts"])
    ClicksOnArticle.objects.bulk_create(
        ClicksOnArticle(
            edition=edition,
            article_id=row.article_id,
            people=max(6 + edition.pk % 4 - 2 * place, 1),
            machines=2,
        )
        for place, row in enumerate(rows)
    )


def _edition_to_come(
    newsletter: Newsletter, outlet: Outlet, greeting: str, *, at: datetime
) -> None:
    """Tonight's waits for an editor."""
    blocks = _blocks(_newest(outlet.pk, until=at), greeting)
    subject, preheader = words_for(blocks, newsletter=newsletter)
    slot = next_hour(
        days=newsletter.days,
        hour=newsletter.hour or time(18),
        zone=ZoneInfo(outlet.timezone),
        after=at,
    )
    Edition.objects.create(
        newsletter=newsletter,
        slot=slot,
        due_at=slot,
        subject=subject,
        preheader=preheader,
        blocks=blocks,
        made_at=at,
        state=EditionState.HELD,
    )
