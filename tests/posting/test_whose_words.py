"""Words by somebody who may not publish go out only when a person who may has seen them."""

from typing import Any

import pytest
from django.utils import timezone

from masthead.accounts.models import User
from masthead.articles.models import ArticlePage
from masthead.posting.actions.by_people import approve_post
from masthead.posting.actions.own_words import keep_own_words
from masthead.posting.models import Account, OwnWords, Post, State
from tests.factories import an_article, at_desk
from tests.posting.test_ledger import at_once, changed, states, texts
from tests.publishing.test_doorways import form_of

pytestmark = pytest.mark.usefixtures("afternoon")


def says(user: User, article: ArticlePage, account: Account, text: str, choice: str = "") -> None:
    keep_own_words(article=article, account=account, choice=choice, text=text, by=user)


@pytest.mark.parametrize(("mode", "choice"), [("ask", "yes"), ("auto", ""), ("off", "yes")])
def test_a_reporters_words_wait_and_an_editors_do_not(
    port: Any, ada: Any, bo: Any, on_mastodon: Any, mastodon: Any, work: Any, mode: str, choice: str
) -> None:
    Account.objects.update(mode=mode)
    article = an_article(port, at=None)
    says(bo, article, on_mastodon, "Lies!", choice)
    changed(article, "Port opens")
    work()
    waited = (states(), list(mastodon.made), Post.objects.get().text[:5])
    approve_post(post=Post.objects.get(), by=ada, at=timezone.now())
    work()

    assert waited == ([("post", "held")], [], "Lies!")
    assert texts(mastodon)[0].startswith("Lies!")

    says(ada, other := an_article(port, at=None), on_mastodon, "True", choice)
    changed(other, "Port closes")
    at_once()
    work()
    assert texts(mastodon)[1].startswith("True")


def test_words_that_were_changed_after_they_were_seen_wait_again(
    port: Any, ada: Any, bo: Any, on_mastodon: Any, mastodon: Any, work: Any
) -> None:
    article = an_article(port, at=None)
    says(bo, article, on_mastodon, "Seen")
    changed(article, "Port opens")
    work()
    approve_post(post=Post.objects.get(), by=ada, at=timezone.now())
    says(bo, article, on_mastodon, "Unseen")
    work()

    post = Post.objects.get()
    assert (post.state, post.by, post.text[:6], mastodon.made) == (State.HELD, None, "Unseen", [])


def test_a_release_does_not_carry_unseen_words_under_what_was_approved(
    port: Any, ada: Any, bo: Any, on_mastodon: Any, mastodon: Any, work: Any
) -> None:
    Account.objects.update(paused_at=timezone.now())
    article = an_article(port, at=None)
    says(bo, article, on_mastodon, "Seen")
    changed(article, "Port opens")
    work()
    approve_post(post=Post.objects.get(), by=ada, at=timezone.now())
    says(bo, article, on_mastodon, "Unseen")
    changed(article, "Port opens")
    work()

    assert (states(), Post.objects.get().by) == ([("post", "held")], None)


def test_a_change_with_a_reporters_words_waits_as_well(
    port: Any, ada: Any, bo: Any, on_mastodon: Any, mastodon: Any, work: Any
) -> None:
    article = an_article(port, "Port opens")
    work()
    says(bo, article, on_mastodon, "Lies!")
    changed(article, "Port opens")
    at_once()
    work()

    assert states() == [("post", "done"), ("edit", "held")]
    assert not texts(mastodon)[0].startswith("Lies!")


def test_what_stays_as_it_is_stays_whose_it_was(
    port: Any, ada: Any, bo: Any, on_mastodon: Any
) -> None:
    article = an_article(port, at=None)
    may = []
    for user, text in ((ada, "One"), (bo, "One"), (bo, "Two"), (ada, "Two"), (ada, "Three")):
        says(user, article, on_mastodon, text)
        may.append(OwnWords.objects.get().may_go_out)

    assert may == [True, True, False, False, True]


@pytest.mark.parametrize("is_locked", [False, True])
def test_a_locked_article_keeps_its_words(
    port: Any, ada: Any, bo: Any, on_mastodon: Any, is_locked: bool
) -> None:
    article = an_article(port, at=None)
    ArticlePage.objects.filter(pk=article.pk).update(locked=is_locked, locked_by=ada, owner=bo)
    typed = {f"networks-text-{on_mastodon.pk}": "Lights on!"}

    at_desk(bo).post(f"/desk/pages/{article.pk}/edit/", form_of(article) | typed)

    assert OwnWords.objects.count() == int(not is_locked)
