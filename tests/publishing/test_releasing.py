"""Publishing, publishing again, withdrawing: the record, the read model, what readers get."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from masthead.articles.models import ArticlePage, ListedAuthor, PublishedArticle
from masthead.publishing.actions import (
    NotAllowed,
    NothingChanged,
    NotLive,
    StillToCome,
    publish_article,
    refresh_read_model,
    withdraw_article,
)
from masthead.publishing.models import Receipt, Release, Version
from masthead.publishing.on_release import ways_out
from tests.factories import NOON, an_article, an_author

LATER = NOON + timedelta(hours=1)


def changed(article: ArticlePage, **fields: Any) -> ArticlePage:
    """The article with a new draft."""
    draft = article.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision()
    return ArticlePage.objects.get(pk=article.pk)


def public_row(article: ArticlePage) -> PublishedArticle:
    return PublishedArticle.objects.get(article=article)


def test_publishing_writes_version_release_receipts_and_the_public_row(port, ada):
    article = an_article(port, at=None, authors=[an_author()], kicker="Trial")

    version = publish_article(article=article, by=ada, at=NOON, note="First.")

    release = Release.objects.get()
    row = public_row(article)
    assert (version.number, version.published_at, version.by) == (1, NOON, ada)
    assert (release.act, release.version, release.at) == ("publish", version, NOON)
    assert (release.by, release.note) == (ada, "First.")
    assert sorted(Receipt.objects.values_list("way_out", "state")) == [
        (each.name, "waiting") for each in sorted(ways_out(), key=lambda way: way.name)
    ]
    assert (row.path, row.state, row.version_number) == (f"port/{article.slug}/", "live", 1)
    assert (row.headline, row.byline, row.kicker) == (article.title, "Mara Okafor", "Trial")
    assert (row.published_at, row.updated_at) == (NOON, NOON)
    assert (row.section_id, row.top_section_id) == (port.pk, port.pk)
    assert row.text.snapshot == version.snapshot


def test_publishing_again_counts_on_and_keeps_the_first_time(port, ada):
    article = changed(an_article(port), title="Port ends night trial")

    version = publish_article(article=article, by=ada, at=LATER)

    row = public_row(article)
    assert version.number == 2
    assert [release.act for release in Release.objects.order_by("pk")] == ["publish", "update"]
    assert (row.headline, row.version_number) == ("Port ends night trial", 2)
    assert (row.published_at, row.updated_at) == (NOON, LATER)


def test_the_first_version_stays_as_it_was(port, ada):
    article = changed(an_article(port, "Port opens"), title="Port closes")

    publish_article(article=article, by=ada, at=LATER)

    versions = Version.objects.filter(article=article).order_by("number")
    assert [each.snapshot["headline"] for each in versions] == ["Port opens", "Port closes"]


def test_it_is_the_latest_draft_even_for_a_caller_who_has_not_seen_it(port, ada):
    article = an_article(port, "Port opens")
    changed(article, title="Port closes")

    version = publish_article(article=article, by=ada, at=LATER)

    assert version.snapshot["headline"] == "Port closes"


def test_publishing_what_is_public_already_says_so(port, ada):
    article = an_article(port)

    with pytest.raises(NothingChanged):
        publish_article(article=article, by=ada, at=LATER)

    assert Version.objects.count() == 1


def test_a_reporter_may_not_publish(port, bo):
    article = an_article(port, at=None)

    with pytest.raises(NotAllowed):
        publish_article(article=article, by=bo, at=NOON)

    assert (Version.objects.count(), PublishedArticle.objects.count()) == (0, 0)


def test_whoever_publishes_is_recorded_not_whoever_wrote_the_draft(port, ada, bo):
    article = an_article(port, at=None)
    article.save_revision(user=bo)
    article.refresh_from_db()

    version = publish_article(article=article, by=ada, at=NOON)

    assert (version.by, Release.objects.get().by) == (ada, ada)


def test_the_program_publishing_a_draft_is_not_recorded_as_its_writer(port, bo):
    article = an_article(port, at=None)
    article.save_revision(user=bo)
    article.refresh_from_db()

    version = publish_article(article=article, by=None, at=NOON)

    assert version.by is None


def test_a_correction_is_a_release_of_its_own_kind(port, ada):
    article = changed(an_article(port), title="Port opens day trial")

    publish_article(article=article, by=ada, at=LATER, note="Day.", correction=True)

    release = Release.objects.latest("pk")
    assert (release.act, release.note) == ("correct", "Day.")


def test_readers_are_told_what_was_wrong_below_every_later_version(port, ada, read):
    article = changed(an_article(port), title="Port opens day trial")
    publish_article(article=article, by=ada, at=NOON, note="Not <night>.", correction=True)
    article = changed(article, title="Port opens all day")
    publish_article(article=article, by=ada, at=LATER, note="For colleagues.")

    page = read(f"port/{article.slug}/").content.decode()

    assert page.count("Not &lt;night&gt;.") == 1
    assert '"text":"Not \\u003cnight\\u003e."' in page
    assert "For colleagues." not in page
    assert "Updated" in page


def test_edits_to_a_live_article_are_not_public_until_released(port, read):
    article = an_article(port, "Port opens", text="<p>Ships enter.</p>")
    changed(article, title="Port closes", body=[("text", "<p>Ships leave.</p>")])

    page = read(f"port/{article.slug}/").content.decode()

    assert ("Port opens" in page, "Ships enter." in page) == (True, True)
    assert ("Port closes" in page, "Ships leave." in page) == (False, False)


def test_even_saving_the_page_itself_changes_nothing_for_readers(port, read):
    article = an_article(port, "Port opens")
    ArticlePage.objects.filter(pk=article.pk).update(title="Not released")

    assert "Not released" not in read(f"port/{article.slug}/").content.decode()


@pytest.mark.parametrize("field", ["snapshot", "number", "published_at"])
def test_the_database_refuses_to_change_a_version(port, field):
    an_article(port)
    version = Version.objects.get()
    value = {"snapshot": {}, "number": 7, "published_at": LATER}[field]

    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(**{field: value})

    assert Version.objects.get() == version


def test_withdrawing_leaves_a_tombstone_with_the_reason_and_nothing_of_the_text(port, ada, read):
    article = an_article(port, "Port opens", text="<p>Ships enter.</p>")

    release = withdraw_article(article=article, by=ada, at=LATER, reason="The source misled us.")

    answer = read(f"port/{article.slug}/")
    page = answer.content.decode()
    assert answer.status_code == 410
    assert ("The source misled us." in page, "Ships enter." in page) == (True, False)
    assert "Port opens" not in page
    assert (release.act, release.version, release.by) == ("withdraw", None, ada)
    assert release.note == "The source misled us."


def test_lists_forget_a_withdrawn_article(port, ada, read):
    mara = an_author()
    article = an_article(port, "Port opens", authors=[mara])
    withdraw_article(article=article, by=ada, at=LATER, reason="Wrong.")

    shown = [
        "Port opens" in read(path).content.decode()
        for path in ("", "port/", "authors/mara-okafor/", "archive/", "feed.xml", "sitemap.xml")
    ]

    assert shown == [False] * 6


def test_what_is_not_public_cannot_be_withdrawn(port, ada):
    article = an_article(port, at=None)

    with pytest.raises(NotLive):
        withdraw_article(article=article, by=ada, at=LATER, reason="Wrong.")


def test_a_reporter_may_not_withdraw(port, bo):
    article = an_article(port)

    with pytest.raises(NotAllowed):
        withdraw_article(article=article, by=bo, at=LATER, reason="Wrong.")

    assert public_row(article).state == "live"


def test_a_withdrawn_article_can_be_published_again(port, ada, read):
    article = an_article(port)
    withdraw_article(article=article, by=ada, at=LATER, reason="Wrong.")

    version = publish_article(article=article, by=ada, at=LATER + timedelta(minutes=1))

    row = public_row(article)
    assert (version.number, row.state, row.withdrawn_at) == (2, "live", None)
    assert row.published_at == NOON
    assert read(f"port/{article.slug}/").status_code == 200


def test_a_reason_is_not_carried_into_a_later_withdrawal(port, ada):
    article = an_article(port)
    withdraw_article(article=article, by=ada, at=LATER, reason="Wrong.")
    article.save_revision()
    article.refresh_from_db()
    publish_article(article=article, by=ada, at=LATER)

    article.refresh_from_db()

    assert article.withdrawn_reason == ""


def test_publishing_from_the_past_keeps_that_date(port):
    long_ago = NOON - timedelta(days=400)

    article = an_article(port, at=long_ago)

    row = public_row(article)
    assert (row.published_at, row.updated_at) == (long_ago, long_ago)
    assert article.first_published_at == long_ago


def test_publishing_at_a_moment_to_come_is_refused_in_words(port, ada, afternoon):
    article = an_article(port, at=None)

    with pytest.raises(StillToCome, match="still to come; schedule the article instead"):
        publish_article(article=article, by=ada, at=NOON + timedelta(hours=3))

    assert (Version.objects.count(), PublishedArticle.objects.count()) == (0, 0)


def test_a_repair_writes_the_lists_again(port):
    article = an_article(port, authors=[an_author()])
    ListedAuthor.objects.update(published_at=NOON - timedelta(days=9))

    refresh_read_model(article_id=article.pk)

    assert ListedAuthor.objects.get().published_at == PublishedArticle.objects.get().published_at
