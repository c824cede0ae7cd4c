"""From a release to a post on a network: once, in time, and never when it is in doubt."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from masthead.articles.models import ArticlePage
from masthead.jobs.models import Job
from masthead.posting.actions import sending
from masthead.posting.jobs import carry, send, send_what_is_due
from masthead.posting.models import Account, Act, Post, State, Try
from masthead.posting.networks.mastodon import Mastodon
from masthead.publishing.actions import publish_article, withdraw_article
from masthead.publishing.models import Release
from tests.factories import NOON, an_article
from tests.posting.stand_ins.server import Said

pytestmark = pytest.mark.usefixtures("afternoon")


def texts(there: Any) -> list[str]:
    return [thing["text"] for thing in there.things.values()]


def states() -> list[tuple[str, str]]:
    return [(post.act, post.state) for post in Post.objects.order_by("pk")]


def changed(article: ArticlePage, headline: str, **how: Any) -> None:
    page = ArticlePage.objects.get(pk=article.pk)
    page.title = headline
    page.save_revision()
    publish_article(article=page, by=None, at=timezone.now(), **how)


def at_once() -> None:
    """As if all waits were over."""
    now = timezone.now()
    Post.objects.filter(state__in=["waiting", "failed"]).update(due_at=now)
    Job.objects.filter(state=Job.State.READY, run_at__gt=now).update(run_at=now)
    Post.objects.exclude(claimed_at=None).update(claimed_at=now - timedelta(hours=1))


class Killed(BaseException):
    """SIGKILL, as far as one process can play it."""


def test_a_released_article_is_posted_once_with_its_link(port, on_mastodon, mastodon, work):
    article = an_article(port, "Port opens night trial")

    work()

    post = Post.objects.get()
    assert texts(mastodon) == [f"Port opens night trial\n\n{post.link}"]
    assert (post.act, post.state, post.remote_id) == (Act.POST, State.DONE, mastodon.made[0])
    assert post.remote_url == f"{mastodon.url}/@courier/{post.remote_id}"
    assert post.link.endswith(f"/courier/port/{article.slug}/")


def test_carrying_a_release_again_posts_nothing_more(port, on_mastodon, mastodon, work):
    an_article(port)
    work()

    carry(release_id=Release.objects.get().pk)
    work()

    assert len(mastodon.made) == 1


def test_the_release_does_not_wait_for_the_network(port, on_mastodon, mastodon):
    mastodon.trouble = [5]

    an_article(port)

    assert (mastodon.asked, Post.objects.count()) == ([], 0)


def test_an_article_that_was_imported_from_long_ago_is_no_news(port, on_mastodon, mastodon, work):
    an_article(port, at=NOON - timedelta(days=400))

    work()

    assert Post.objects.count() == 0


def test_a_change_is_followed_by_an_edit(port, on_mastodon, mastodon, work):
    article = an_article(port, "Port opens")
    work()
    changed(article, "Port stays shut")
    at_once()
    work()

    assert [text.split("\n")[0] for text in texts(mastodon)] == ["Port stays shut"]
    assert len(mastodon.made) == 1


def test_a_correction_says_that_it_is_one(port, on_mastodon, mastodon, work):
    article = an_article(port, "Port opens")
    work()
    changed(article, "Port stays shut", correction=True)
    at_once()
    work()

    assert texts(mastodon)[0].startswith("Corrected: Port stays shut")


def test_a_withdrawn_article_is_deleted_there(port, ada, on_mastodon, mastodon, work):
    article = an_article(port)
    work()
    withdraw_article(article=article, by=ada, at=timezone.now(), reason="Wrong.")
    at_once()
    work()

    assert (texts(mastodon), states()) == ([], [("post", "done"), ("delete", "done")])


def test_what_comes_back_is_posted_again(port, ada, on_mastodon, mastodon, work):
    article = an_article(port)
    work()
    withdraw_article(article=article, by=ada, at=timezone.now(), reason="Wrong.")
    at_once()
    work()
    changed(article, "Port opens after all")
    at_once()
    work()

    assert len(texts(mastodon)) == 1


def test_what_was_withdrawn_before_its_turn_is_never_sent(port, ada, on_mastodon, mastodon, work):
    mastodon.trouble = [Said(503)]
    article = an_article(port)
    work()
    withdraw_article(article=article, by=ada, at=timezone.now(), reason="Wrong.")
    at_once()
    work()

    assert (mastodon.made, states()) == ([], [("post", "dropped")])


def test_with_ask_me_first_nothing_goes_out_by_itself(port, on_mastodon, mastodon, work):
    Account.objects.update(mode="ask")

    an_article(port)
    work()

    assert (mastodon.asked, states()) == ([], [("post", "held")])


def test_kinds_and_sections_that_an_account_does_not_post_are_left_out(
    port, on_mastodon, mastodon, work
):
    Account.objects.update(kinds=["opinion"])
    an_article(port, kind="report")
    an_article(port, "The board must answer", kind="opinion")
    work()

    assert [text.split("\n")[0] for text in texts(mastodon)] == ["The board must answer"]


def test_a_network_that_asks_to_wait_is_given_the_time(port, on_mastodon, mastodon, work):
    mastodon.trouble = [Said(429, headers={"Retry-After": "600"})]
    an_article(port)
    work()

    post = Post.objects.get()
    assert (post.state, post.due_at >= NOON + timedelta(seconds=600)) == (State.FAILED, True)
    assert Try.objects.get().status == 429


def test_an_account_keeps_its_pace(port, on_mastodon, mastodon, work):
    an_article(port, "One")
    an_article(port, "Two")
    work()

    assert len(mastodon.made) == 1
    assert [state for _act, state in states()] == ["done", "waiting"]


def test_keys_that_no_longer_fit_give_up_and_mark_the_account(port, on_mastodon, mastodon, work):
    on_mastodon.keep_secrets({"access_token": "revoked"})
    on_mastodon.save()
    an_article(port)
    work()

    on_mastodon.refresh_from_db()
    assert states() == [("post", "given-up")]
    assert "access token is invalid" in on_mastodon.trouble


def test_another_secret_key_posts_nothing(port, on_mastodon, mastodon, work, settings):
    settings.SECRET_KEY = "new" * 20
    an_article(port)
    work()

    assert (mastodon.asked, states()) == ([], [("post", "given-up")])


def test_the_keys_cannot_be_read_in_the_database(on_mastodon):
    assert "mastodon-token" not in on_mastodon.sealed
    assert on_mastodon.secrets == {"access_token": "mastodon-token"}


def test_a_paused_account_posts_when_it_is_resumed(port, on_mastodon, mastodon, work):
    Account.objects.update(paused_at=NOON)
    an_article(port)
    work()
    quiet = list(mastodon.asked)
    Account.objects.update(paused_at=None)
    send_what_is_due()
    work()

    assert (quiet, len(mastodon.made)) == ([], 1)


@pytest.mark.parametrize("moment", ["after the claim", "before the mark"])
def test_a_worker_killed_in_the_middle_posts_it_once(
    port, on_mastodon, mastodon, work, monkeypatch, moment
):
    def killed(*_: Any, **__: Any) -> None:
        raise Killed

    an_article(port)
    with monkeypatch.context() as patched:
        where = {"after the claim": (Mastodon, "post"), "before the mark": (sending, "note_done")}
        patched.setattr(*where[moment], killed)
        with pytest.raises(Killed):
            work()
    left = states()
    at_once()
    send(post_id=Post.objects.get().pk)
    work()
    at_once()
    work()

    assert left == [("post", "asked")]
    assert (len(mastodon.made), states()) == (1, [("post", "done")])
