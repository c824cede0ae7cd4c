"""
Some members' articles a month for everybody: who has how many left.

Of whoever is signed in the rows are counted, exactly; anybody else brings a signed cookie, which
says what was read in that browser. It goes to the addresses of memberships alone, so that no page
on the shelf ever sees it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet

from masthead.memberships.models import MeteredRead
from masthead.memberships.reading_rules import rules_of
from masthead.outlets.sheet import Sheet
from masthead.readers.models import Reader

COOKIE = "masthead_read"
KEPT = timedelta(days=62)  # of rows: this month and the one before
_SALT = "masthead.memberships.metering"
_SHORT = 8  # hexadecimal digits of an article's id: two of thirty are alike once in ten million


class NothingLeft(Exception):
    """All of the month's free articles have been read."""


@dataclass(frozen=True)
class Article:
    """id: of its page. public_id: of its address."""

    id: int
    public_id: UUID

    @property
    def short(self) -> str:
        # The end of a uuid7 is random, its beginning the time.
        return self.public_id.hex[-_SHORT:]


def month_of(sheet: Sheet, at: datetime) -> date:
    """The first day of the month it is at the outlet."""
    return at.astimezone(ZoneInfo(sheet.timezone)).date().replace(day=1)


@dataclass(frozen=True)
class Browser:
    """What one browser has read at one outlet this month, oldest first."""

    month: date
    read: tuple[str, ...] = ()

    @classmethod
    def of(cls, value: str, *, sheet: Sheet, at: datetime) -> "Browser":
        """From the cookie's value; one that is not ours, or of another month, says nothing."""
        month = month_of(sheet, at)
        try:
            said = signing.Signer(salt=f"{_SALT}.{sheet.id}").unsign(value)
        except signing.BadSignature:
            return cls(month)
        when, _, read = said.partition(".")
        if when != f"{month:%Y%m}":
            return cls(month)
        return cls(month, tuple(each for each in read.split("-") if each))

    def value(self, *, sheet: Sheet) -> str:
        said = f"{self.month:%Y%m}.{'-'.join(self.read)}"
        return signing.Signer(salt=f"{_SALT}.{sheet.id}").sign(said)

    def has_read(self, article: Article) -> bool:
        return article.short in self.read

    def reads(self, article: Article, *, sheet: Sheet) -> "Browser":
        """With this one more; one that was read before costs nothing. Raises NothingLeft."""
        if self.has_read(article):
            return self
        if len(self.read) >= rules_of(sheet).free_a_month:
            raise NothingLeft
        return Browser(self.month, (*self.read, article.short))


def has_read(*, reader: Reader, article: Article, sheet: Sheet, at: datetime) -> bool:
    return _reads(reader, sheet, at).filter(article_id=article.id).exists()


def count_read(*, reader: Reader, article: Article, sheet: Sheet, at: datetime) -> None:
    """
    Note that somebody signed in reads this one for nothing; again it costs nothing.

    One write transaction, in which nobody else counts for the same reader, so never one too many.
    Raises NothingLeft.
    """
    with transaction.atomic():
        Reader.objects.select_for_update().get(pk=reader.pk)
        known = set(_reads(reader, sheet, at).values_list("article_id", flat=True))
        if article.id in known:
            return
        if len(known) >= rules_of(sheet).free_a_month:
            raise NothingLeft
        MeteredRead.objects.create(
            reader=reader,
            outlet_id=sheet.id,
            month=month_of(sheet, at),
            article_id=article.id,
            read_at=at,
        )


def forget_reads(*, at: datetime) -> None:
    MeteredRead.objects.filter(read_at__lt=at - KEPT).delete()


def _reads(reader: Reader, sheet: Sheet, at: datetime) -> QuerySet[MeteredRead]:
    return MeteredRead.objects.filter(reader=reader, outlet_id=sheet.id, month=month_of(sheet, at))
