"""What happens in the background around releases."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page, Revision

from masthead.articles.models import ArticlePage
from masthead.jobs.decorator import job
from masthead.jobs.schedule import every
from masthead.outlets.actions import write_sheets
from masthead.outlets.queries import slugs_behind
from masthead.publishing.models import Receipt, Release
from masthead.publishing.on_release import WayOut, get_way_out, ways_out


@job(retries=12, give_up_after_seconds=86_400, priority=WayOut.priority)
def carry_release(*, release_id: int, way_out: str, **_: Any) -> None:
    """Let one way out carry one release, and keep the receipt. At least once."""
    receipt = Receipt.objects.filter(release_id=release_id, way_out=way_out).first()
    if receipt is None or receipt.state == Receipt.State.DONE:
        return
    mine = Receipt.objects.filter(pk=receipt.pk)
    mine.update(attempts=F("attempts") + 1)
    try:
        get_way_out(way_out).carry(release_id=release_id)
    except Exception as error:
        mine.update(state=Receipt.State.FAILED, detail=f"{type(error).__name__}: {error}"[:2000])
        raise
    mine.update(state=Receipt.State.DONE, detail="", done_at=timezone.now())


def carry_again(*, release: Release) -> None:
    """Let every way out carry a release once more, as if it were new."""
    priorities = {each.name: each.priority for each in ways_out()}
    for receipt in release.receipts.all():
        Receipt.objects.filter(pk=receipt.pk).update(state=Receipt.State.WAITING)
        name = receipt.way_out
        carry_release.later(release_id=release.pk, way_out=name, priority=priorities.get(name))


def publish_due(*, now: datetime | None = None) -> None:
    """
    Start the publications whose second has come.

    The worker calls it at every beat, so an idle newsroom costs one indexed read and no write.
    """
    now = now or timezone.now()
    due = Revision.page_revisions.filter(approved_go_live_at__lte=now).order_by(
        "approved_go_live_at", "pk"
    )
    for revision_id in due.values_list("pk", flat=True)[:200]:
        publish_planned.later(revision_id=revision_id)


@job(retries=20, priority=9, unique="publish-planned:{revision_id}")
def publish_planned(*, revision_id: int, **_: Any) -> None:
    """
    Publish one planned revision, once: the plan is taken back in the same transaction.

    One article's failure is its own: the others have jobs of their own.
    """
    with transaction.atomic():
        revision = (
            Revision.objects.select_for_update()
            .filter(pk=revision_id, approved_go_live_at__lte=timezone.now())
            .first()
        )
        if revision is not None:
            revision.publish(user=revision.user, skip_permission_checks=True)


@job(retries=5, unique="refile:{page_id}:{tell}")
def refile_section(*, page_id: int, tell: bool = False, **_: Any) -> None:
    """
    After a move: write section and author lists of everything below again, in batches.

    tell: for a move to another outlet, see `refresh_read_model`.
    """
    from masthead.publishing.actions.read_model import refresh_read_model

    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        return
    below = ArticlePage.objects.descendant_of(page, inclusive=True).live()
    for article_id in below.values_list("pk", flat=True).iterator(chunk_size=500):
        refresh_read_model(article_id=article_id, tell=tell)


@every(seconds=60)
def reconcile(**_: Any) -> None:
    """Find public rows that do not show the newest version or address, and write them again."""
    from masthead.publishing.actions.addresses import mend_addresses
    from masthead.publishing.actions.read_model import refresh_read_model
    from masthead.publishing.queries import out_of_step

    now = timezone.now()
    if slugs_behind():
        write_sheets(at=now)
    mend_addresses(at=now)
    for article_id in out_of_step(since=now - timedelta(hours=1)):
        refresh_read_model(article_id=article_id)
