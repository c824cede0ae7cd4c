"""
What is written when Wagtail makes an article live or takes it down.

Called from the receivers of Wagtail's signals, so that every doorway (editor, bulk action,
workflow, schedule, import) leaves the same record.
"""

from datetime import datetime

from masthead.accounts.models import User
from masthead.articles.models import ArticlePage, PublishedArticle
from masthead.articles.snapshot import snapshot_article
from masthead.publishing.actions.read_model import write_published
from masthead.publishing.jobs import carry_release
from masthead.publishing.models import Receipt, Release, Version
from masthead.publishing.on_release import ways_out
from masthead.publishing.touched import note_release, standing_of


def record_publish(
    *,
    article: ArticlePage,
    revision_id: int | None,
    by: User | None,
    at: datetime,
    note: str = "",
    act: str | None = None,
) -> Release:
    """
    Write the next version, the release, its receipts and the read model.

    Call inside the transaction that makes the page live; the ways out follow after commit, each
    at least once.
    """
    newest = Version.objects.filter(article=article).order_by("-number").first()
    number = newest.number + 1 if newest else 1
    snapshot = snapshot_article(article)
    if corrections := _corrections(newest, act=act, note=note, at=at):
        snapshot["corrections"] = corrections
    version = Version.objects.create(
        article=article,
        number=number,
        snapshot=snapshot,
        revision_id=revision_id,
        published_at=at,
        by=by,
    )
    write_published(article=article, snapshot=snapshot, number=number, at=at)
    if article.withdrawn_reason:  # of a withdrawal that is over
        ArticlePage.objects.filter(pk=article.pk).update(withdrawn_reason="")
    return _release(
        article=article,
        version=version,
        act=act or (Release.Act.UPDATE if newest else Release.Act.PUBLISH),
        at=at,
        by=by,
        note=note,
    )


def _corrections(
    before: Version | None, *, act: str | None, note: str, at: datetime
) -> list[dict[str, str]]:
    """What readers are told was wrong in former versions, the newest first: {"at", "note"}."""
    told: list[dict[str, str]] = before.snapshot.get("corrections", []) if before else []
    is_one = act == Release.Act.CORRECT and note
    return [{"at": at.isoformat(), "note": note}, *told] if is_one else told


def record_withdrawal(
    *, article: ArticlePage, by: User | None, at: datetime, reason: str = ""
) -> Release:
    """Leave a tombstone at every public address of the article and tell the ways out."""
    for published in PublishedArticle.objects.filter(article=article):
        before = standing_of(published)
        published.state = PublishedArticle.State.WITHDRAWN
        published.withdrawn_at = at
        published.save(update_fields=["state", "withdrawn_at"])
        published.listed_authors.all().delete()
        published.listed_topics.all().delete()
        note_release(before=before, after=None, at=at)
    return _release(
        article=article, version=None, act=Release.Act.WITHDRAW, at=at, by=by, note=reason
    )


def _release(
    *,
    article: ArticlePage,
    version: Version | None,
    act: str,
    at: datetime,
    by: User | None,
    note: str,
) -> Release:
    release = Release.objects.create(
        article=article, version=version, act=act, at=at, by=by, note=note
    )
    Receipt.objects.bulk_create(Receipt(release=release, way_out=each.name) for each in ways_out())
    for each in ways_out():
        carry_release.later(release_id=release.pk, way_out=each.name, priority=each.priority)
    return release
