"""Links by which members give their articles away: made, opened, taken back."""

import base64
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from masthead.articles.models import PublishedArticle
from masthead.memberships.metering import month_of
from masthead.memberships.models import GiftLink
from masthead.memberships.reading_rules import rules_of
from masthead.outlets.sheet import Sheet
from masthead.readers.models import Reader

_SALT = "masthead.memberships.links"


class NoneLeft(Exception):
    """The month's links are all given away; the text can be shown to a person."""


def give_article(
    *, published: PublishedArticle, reader: Reader, sheet: Sheet, at: datetime
) -> GiftLink:
    """
    A link to this article; the same one when there is one of this month that is still good.

    One write transaction, in which the same reader makes no other. Raises NoneLeft.
    """
    rules, month = rules_of(sheet), month_of(sheet, at)
    with transaction.atomic():
        Reader.objects.select_for_update().get(pk=reader.pk)
        made = GiftLink.objects.filter(reader=reader, month=month, published__outlet_id=sheet.id)
        known = made.filter(published=published, ended_at=None).first()
        if known is not None and known.ends_at > at:
            return known
        # One that was taken back counts too: otherwise there would be no number.
        if made.count() >= rules.links_a_month:
            raise NoneLeft(_("You have given away all links of this month."))
        made.filter(published=published, ended_at=None).update(ended_at=at)
        return GiftLink.objects.create(
            reader=reader,
            published=published,
            month=month,
            made_at=at,
            ends_at=at + timedelta(days=rules.link_days),
        )


def left_of(*, reader: Reader, sheet: Sheet, at: datetime) -> int:
    """How many more links this month has. One query."""
    month = month_of(sheet, at)
    made = GiftLink.objects.filter(reader=reader, month=month, published__outlet_id=sheet.id)
    return max(0, rules_of(sheet).links_a_month - made.count())


def take_back(*, link: GiftLink, at: datetime) -> None:
    """From now on it opens nothing. Said again it changes nothing."""
    GiftLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=at)


def links_of(*, reader: Reader, sheet: Sheet) -> QuerySet[GiftLink]:
    """What a reader gave away at an outlet, the newest first."""
    found = GiftLink.objects.filter(reader=reader, published__outlet_id=sheet.id)
    return found.select_related("published").order_by("-made_at", "-pk")


def find_link(*, token: str, sheet: Sheet, at: datetime) -> GiftLink | None:
    """
    The link of this outlet that a token opens, with its article; None: not ours, over, taken back,
    or its article is for members, or there, no longer.

    The database is asked only for tokens that we signed.
    """
    try:
        said = signing.Signer(salt=_SALT).unsign(token)
        public_id = UUID(bytes=base64.urlsafe_b64decode(f"{said}=="))
    except (signing.BadSignature, ValueError):
        return None
    good = GiftLink.objects.filter(
        public_id=public_id,
        ended_at=None,
        ends_at__gt=at,
        published__outlet_id=sheet.id,
        published__state=PublishedArticle.State.LIVE,
    )
    return good.select_related("published").first()


def count_opening(*, link: GiftLink) -> None:
    GiftLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1)


def token_of(link: GiftLink) -> str:
    name = base64.urlsafe_b64encode(link.public_id.bytes).rstrip(b"=").decode()
    return signing.Signer(salt=_SALT).sign(name)
