"""What keeps the index complete: after an upgrade, a move, a change of language, a restore."""

import time
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from masthead.articles.models import PublishedArticle
from masthead.jobs.decorator import job
from masthead.jobs.schedule import every
from masthead.outlets.models import Outlet
from masthead.search.actions import AT_ONCE, index_published
from masthead.search.entries import FORM
from masthead.search.models import SearchEntry

# Then the next job goes on, so that others have their turn and no lease runs out.
SECONDS_A_JOB = 20.0


def out_of_step() -> QuerySet[PublishedArticle]:
    """Live articles that the index does not know as they are now, the newest first."""
    known = SearchEntry.objects.filter(
        published=OuterRef("pk"),
        form=FORM,
        version_number=OuterRef("version_number"),
        outlet_id=OuterRef("outlet"),
        section_id=OuterRef("section_id"),
        language=OuterRef("outlet__language"),
    )
    return (
        PublishedArticle.objects.filter(~Exists(known), state=PublishedArticle.State.LIVE)
        .select_related("text", "outlet")
        .order_by("-published_at", "-id")
    )


def left_behind() -> QuerySet[PublishedArticle]:
    """What the index knows although it is not live any more."""
    known = SearchEntry.objects.filter(published=OuterRef("pk"))
    withdrawn = PublishedArticle.objects.exclude(state=PublishedArticle.State.LIVE)
    return withdrawn.filter(Exists(known)).select_related("text", "outlet").order_by("pk")


@job(retries=5, priority=-5, unique="fill", lease_seconds=120)
def fill_index(**_: Any) -> None:
    """Index what the index lacks, in batches of their own transaction; safe to repeat."""
    began = time.monotonic()
    while rows := [*left_behind()[:AT_ONCE], *out_of_step()[:AT_ONCE]]:
        index_published(rows)
        if time.monotonic() - began > SECONDS_A_JOB:
            fill_index.later()
            return


def follow_sheet(outlet_id: int) -> None:
    """An outlet that is in another language now has other stems."""
    known = SearchEntry.objects.filter(outlet_id=outlet_id).values_list("language", flat=True)
    language = known.order_by().first()
    if language is not None and not Outlet.objects.filter(pk=outlet_id, language=language).exists():
        fill_index.later()


@every(seconds=3600)
def look_over_index(**_: Any) -> None:
    """Once an hour; a release's own job has long been here."""
    if out_of_step().exists() or left_behind().exists():
        fill_index.later()
