"""Reads: newsletters of an outlet, their editions, what was corrected since the last one."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet

from masthead.articles.models import PublishedArticle
from masthead.newsletters.models import CopyArticle, Edition, EditionCopy, EditionState, Newsletter
from masthead.outlets.sheet import Sheet
from masthead.publishing.models import Release

# Whatever an edition is once readers have it, or some of them.
OUT = (EditionState.SENDING, EditionState.PAUSED, EditionState.SENT, EditionState.STOPPED)
# It can still be written on.
OPEN = (EditionState.DRAFT, EditionState.HELD, EditionState.SCHEDULED)
BEFORE_THE_FIRST = timedelta(days=1)
MOST_CORRECTIONS = 10


@dataclass(frozen=True)
class Correction:
    """What was wrong in an article, as its release says."""

    article_id: int
    headline: str
    url: str
    note: str


def newsletters_of(outlet_id: int) -> QuerySet[Newsletter]:
    """Those that are not closed, in the order readers see them."""
    return Newsletter.objects.filter(outlet=outlet_id, closed_at=None).order_by("order", "pk")


def find_newsletter(*, outlet_id: int, slug: str) -> Newsletter | None:
    """Closed ones too: their archive stays."""
    return Newsletter.objects.filter(outlet=outlet_id, slug=slug).first()


def editions_of(newsletter_ids: Collection[int]) -> QuerySet[Edition]:
    """The newest first, whatever became of them."""
    return (
        Edition.objects.filter(newsletter__in=newsletter_ids)
        .select_related("newsletter", "made_by")
        .order_by("-made_at", "-pk")
    )


def released_editions(newsletter_id: int) -> QuerySet[Edition]:
    """Those that readers were sent, the newest first."""
    return (
        Edition.objects.filter(newsletter=newsletter_id, released_at__isnull=False)
        .select_related("newsletter")
        .order_by("-released_at", "-pk")
    )


def public_editions(newsletter_id: int) -> QuerySet[Edition]:
    """Those of them that were sent to whoever wanted them, and so may stand on the site."""
    return released_editions(newsletter_id).filter(for_members=False)


def last_out(newsletter_id: int, *, before: datetime) -> Edition | None:
    return released_editions(newsletter_id).filter(released_at__lt=before).first()


def had_already(newsletter_id: int, *, since: datetime) -> set[int]:
    """The articles that stood in editions of this newsletter sent since then."""
    rows = CopyArticle.objects.filter(
        copy__edition__newsletter=newsletter_id, copy__edition__released_at__gte=since
    )
    return set(rows.order_by("version__article").values_list("version__article", flat=True))


def standing_copies(edition_id: int) -> QuerySet[EditionCopy]:
    """Those that are sent from now on; not what was printed anew since."""
    return EditionCopy.objects.filter(edition=edition_id, replaced_at=None).order_by("pk")


def shown_in(copy_ids: Iterable[int]) -> set[int]:
    """The articles that these copies show or name, by their pages' ids. Two queries."""
    ids = list(copy_ids)
    stories = CopyArticle.objects.filter(copy__in=ids).order_by("version__article")
    shown = set(stories.values_list("version__article", flat=True))
    for corrected in EditionCopy.objects.filter(pk__in=ids).values_list("corrected", flat=True):
        shown |= set(corrected or ())
    return shown


def any_withdrawn(article_ids: Collection[int]) -> bool:
    """At most one query."""
    return bool(article_ids) and withdrawn_of(article_ids).exists()


def withdrawn_of(article_ids: Collection[int]) -> QuerySet[PublishedArticle]:
    gone = PublishedArticle.objects.filter(state=PublishedArticle.State.WITHDRAWN)
    return gone.filter(article__in=article_ids)


def corrections_since(edition: Edition, *, sheet: Sheet, at: datetime) -> list[Correction]:
    """
    Of what is live on the outlet: since the newsletter's last edition, the newest first; before
    its first one, of a day. Two queries.
    """
    last = last_out(edition.newsletter_id, before=edition.released_at or at)
    since = last.released_at if last and last.released_at else at - BEFORE_THE_FIRST
    found = (
        Release.objects.filter(
            act=Release.Act.CORRECT,
            at__gt=since,
            at__lte=at,
            article__published__outlet=sheet.id,
            article__published__state=PublishedArticle.State.LIVE,
        )
        .annotate(
            found_at=F("article__published__path"), headline=F("article__published__headline")
        )
        .order_by("-at", "-pk")[:MOST_CORRECTIONS]
    )
    return [_correction(each, sheet) for each in found]


def _correction(release: Any, sheet: Sheet) -> Correction:
    url = sheet.absolute(release.found_at)
    return Correction(release.article_id, release.headline, url, release.note)
