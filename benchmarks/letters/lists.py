"""A newsletter with many readers, and editions of it that are about to be frozen."""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from itertools import count, islice

from django.utils import timezone

from benchmarks.newsroom import PARAGRAPH, found_newsroom
from masthead.articles.models import ArticlePage
from masthead.core.ids import uuid7
from masthead.newsletters.blocks import clean_blocks
from masthead.newsletters.models import (
    Edition,
    EditionCopy,
    EditionState,
    Newsletter,
    Subscription,
)
from masthead.newsletters.splicing import make_parts
from masthead.outlets.models import Section
from masthead.publishing.actions import publish_article, withdraw_article
from masthead.readers.models import Reader

_BATCH = 5_000
_slugs = count(1)
# As lists are: half at a few large receivers, the rest wherever people have their mail.
_HOSTS = ["gmail.example", "gmail.example", "outlook.example", "yahoo.example"]


def found_newsletter(slug: str = "letters") -> Newsletter:
    outlet = found_newsroom(slug, named=("Port",), authors=1, topics=1).outlet
    return another_newsletter(outlet_id=outlet.pk)


def another_newsletter(*, outlet_id: int) -> Newsletter:
    return Newsletter.objects.create(
        outlet_id=outlet_id,
        name="The evening",
        slug=f"evening-{next(_slugs)}",
        promise="Six stories at six.",
    )


def subscribe(newsletter: Newsletter, number: int) -> None:
    now = timezone.now()
    numbers = iter(range(number))
    while batch := list(islice(numbers, _BATCH)):
        readers = Reader.objects.bulk_create(
            Reader(email=_address(newsletter.pk, n), joined_at=now, proved_at=now, name=f"Cy {n}")
            for n in batch
        )
        Subscription.objects.bulk_create(
            Subscription(newsletter=newsletter, reader=reader, joined_at=now) for reader in readers
        )


def _address(list_id: int, n: int) -> str:
    host = _HOSTS[n % 8] if n % 8 < len(_HOSTS) else f"host{n % 997}.example"
    return f"reader.{list_id}.{n}@{host}"


def edition_of(newsletter: Newsletter, *, at: datetime, size: int = 3_000) -> Edition:
    """Printed already; waits for a sender to freeze it."""
    edition = Edition.objects.create(
        newsletter=newsletter, subject="Six stories", made_at=at, state=EditionState.FREEZING
    )
    for variant in ("public", "adfree"):
        EditionCopy.objects.create(
            edition=edition,
            variant=variant,
            parts=make_parts(message(size)),
            html="",
            text="",
            printed_at=at,
        )
    return edition


def edition_to_print(newsletter: Newsletter, *, at: datetime, size: int = 3_000) -> Edition:
    """Of an article of its own and some text; waits for a sender to print and freeze it."""
    section = Section.objects.child_of(newsletter.outlet).order_by("path")[0]
    article = ArticlePage(title="Lights at the narrows", slug=f"lights-{uuid7().hex}")
    section.add_child(instance=article)
    publish_article(article=article, by=None, at=at)
    text = {"kind": "text", "html": PARAGRAPH * 10}
    some = [text] * max(1, size // 2 // len(text["html"]))
    return Edition.objects.create(
        newsletter=newsletter,
        subject="Six stories",
        blocks=clean_blocks([{"kind": "article", "article": article.pk}, *some]),
        made_at=at,
        state=EditionState.FREEZING,
    )


def withdraw_article_of(edition: Edition) -> None:
    article = ArticlePage.objects.get(pk=edition.blocks[0]["article"])
    withdraw_article(article=article, by=None, at=timezone.now(), reason="It was wrong.")


def printed_already(edition: Edition, *, at: datetime) -> dict[str, EditionCopy]:
    """In place of the printer, whose part this is not."""
    return {copy.variant: copy for copy in edition.copies.all()}


def message(size: int) -> bytes:
    """Of about so many bytes, with a place wherever an edition has one."""
    made = EmailMessage(policy=SMTP)
    made["From"] = "The Harbour Courier <news@courier.example>"
    made["Subject"] = "Six stories"
    made["List-Unsubscribe"] = "<@@LEAVE@@>"
    made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    line = "The harbour board met on Monday evening and heard from the pilots.\n"
    half = line * max(1, (size - 1500) // 2 // len(line))
    made.set_content(f"@@GREETING@@\n{half}\n@@LEAVE@@\n@@PREFERENCES@@\n", cte="quoted-printable")
    paragraphs = half.replace("\n", "</p>\n<p>")
    made.add_alternative(
        f"<p>@@GREETING@@</p><p>{paragraphs}</p><a href='@@LEAVE@@'>Leave</a>"
        "<a href='@@PREFERENCES@@'>Change</a>\n",
        subtype="html",
        cte="quoted-printable",
    )
    return b"To: @@TO@@\r\nMessage-ID: <@@MESSAGE-ID@@>\r\n" + made.as_bytes()
