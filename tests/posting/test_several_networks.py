"""What differs from one network to the next: replies, doubts, money, people, programs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from masthead.posting.actions.by_people import it_is_there
from masthead.posting.jobs import carry, send
from masthead.posting.models import Account, Act, OwnWords, Post, State
from masthead.publishing.actions import withdraw_article
from masthead.publishing.models import Release
from tests.factories import NOON, an_article
from tests.posting.conftest import an_account
from tests.posting.kits import KITS
from tests.posting.stand_ins.server import Said, StandInNetwork
from tests.posting.test_ledger import at_once, changed, states

pytestmark = pytest.mark.usefixtures("afternoon")
Connect = Callable[..., StandInNetwork]


@pytest.fixture
def connect(courier: Any, port: Any, start: Any) -> Connect:
    def begin(key: str, **how: Any) -> StandInNetwork:
        network: StandInNetwork = start(KITS[key].stand_in())
        an_account(courier, KITS[key], server=network.url, **how)
        return network

    return begin


def test_every_network_is_told_and_one_that_is_dead_holds_up_none(port, connect, work):
    keys = [key for key in KITS if key != "webhook"]
    there = {key: connect(key, budget_cents=100) for key in keys}
    there["facebook"].trouble = [Said(503)]

    an_article(port)
    work()

    assert {key: len(network.made) for key, network in there.items()} == {
        key: int(key != "facebook") for key in keys
    }


def test_where_nothing_can_be_edited_a_correction_is_a_reply(port, connect, work):
    bluesky = connect("bluesky")
    article = an_article(port, "Port opens")
    work()
    changed(article, "Port stays shut", correction=True)
    at_once()
    work()

    first, second = bluesky.things.values()
    assert (first["text"], second["text"]) == ("Port opens", "Corrected: Port stays shut")
    assert second["reply"]["parent"]["uri"] == bluesky.made[0]


def test_where_nothing_can_be_edited_a_polished_headline_changes_nothing(port, connect, work):
    connect("bluesky")
    article = an_article(port, "Port opens")
    work()
    changed(article, "Port opens at last")
    at_once()
    work()

    assert states() == [("post", "done")]


def test_a_withdrawal_takes_the_replies_too(port, ada, connect, work):
    bluesky = connect("bluesky")
    article = an_article(port, "Port opens")
    work()
    changed(article, "Port stays shut", correction=True)
    at_once()
    work()
    withdraw_article(article=article, by=ada, at=timezone.now(), reason="Wrong.")
    at_once()
    work()

    assert bluesky.things == {}


def test_a_lost_answer_of_a_network_that_cannot_be_asked_stays_in_doubt(port, connect, work):
    telegram = connect("telegram")
    telegram.trouble = ["lost"]

    an_article(port)
    for _turn in range(3):
        work()
        at_once()

    assert (states(), len(telegram.made)) == ([("post", "in-doubt")], 1)


def test_a_lost_answer_is_looked_up_where_the_network_can_be_asked(port, connect, work):
    facebook = connect("facebook")
    facebook.trouble = ["lost"]

    an_article(port)
    work()
    [post] = Post.objects.all()
    in_doubt = post.state

    send(post_id=post.pk)

    post.refresh_from_db()
    assert (in_doubt, post.state, post.remote_id) == ("in-doubt", "done", facebook.made[0])


def test_no_money_is_spent_beyond_the_budget(port, connect, work):
    x = connect("x", budget_cents=25)
    an_article(port, "One")
    work()
    an_article(port, "Two")
    at_once()
    work()

    assert len(x.made) == 1
    refused = Post.objects.order_by("-pk")[0]
    assert (refused.state, refused.reason) == (
        "given-up",
        "This month's budget of this account, 25 cents, is used up.",
    )


def test_what_was_refused_costs_nothing(port, connect, work):
    x = connect("x", budget_cents=25)
    x.trouble = [Said(429)]
    an_article(port, "One")
    work()
    at_once()
    work()

    assert (len(x.made), Post.objects.get().cost_cents) == (1, 20)


def test_a_network_without_posting_leaves_it_to_a_person(port, ada, courier, connect, work):
    Account.objects.create(
        outlet=courier, network="gab", handle="courier", mode="auto", connected_at=NOON
    )
    article = an_article(port, "Port opens")
    work()
    before = Post.objects.get()
    changed(article, "Port stays shut")
    work()
    after = Post.objects.get()
    withdraw_article(article=article, by=ada, at=timezone.now(), reason="Wrong.")
    work()

    assert (before.state, before.text.split("\n")[0]) == ("by-hand", "Port opens")
    assert after.text.split("\n")[0] == "Port stays shut"
    assert states() == [("post", "dropped")]


def test_what_a_person_posted_is_taken_back_by_a_person(port, ada, courier, connect, work):
    Account.objects.create(
        outlet=courier, network="gab", handle="courier", mode="auto", connected_at=NOON
    )
    article = an_article(port)
    work()
    Post.objects.update(state=State.DONE, remote_url="https://gab.com/courier/posts/1")
    withdraw_article(article=article, by=ada, at=timezone.now(), reason="Wrong.")
    work()

    assert states() == [("post", "done"), ("delete", "by-hand")]


def test_an_article_may_say_that_it_is_not_posted_or_is(port, courier, connect, work):
    mastodon = connect("mastodon", mode="off")
    account = Account.objects.get()
    quiet, loud = an_article(port, "Quiet", at=None), an_article(port, "Loud", at=None)
    ask = OwnWords(article=loud, account=account, choice="yes", text="Read this:", may_go_out=True)
    ask.save()
    for article in (quiet, loud):
        changed(article, article.title)
    work()

    assert [thing["text"].split("\n")[0] for thing in mastodon.things.values()] == ["Read this:"]


def test_a_program_is_told_of_every_release(port, ada, connect, work):
    webhook = connect("webhook")
    article = an_article(port, "Port opens")
    work()
    changed(article, "Port stays shut")
    work()
    changed(article, "Port stays shut until May", correction=True)
    work()
    withdraw_article(article=article, by=ada, at=timezone.now(), reason="Wrong.")
    work()

    told = [webhook.things[each] for each in webhook.made]
    assert [each["type"] for each in told] == [
        "article.published",
        "article.updated",
        "article.corrected",
        "article.withdrawn",
    ]
    assert told[0]["article"]["headline"] == "Port opens"
    assert told[0]["article"]["url"].endswith(f"/courier/port/{article.slug}/")
    assert set(told[3]["article"]) == {"id", "url"}


def test_a_program_that_is_away_is_told_later_and_for_days(port, connect, work):
    webhook = connect("webhook")
    webhook.trouble = [Said(500), Said(404), "lost"]
    an_article(port)
    for _turn in range(3):
        work()
        at_once()
    before = Post.objects.get()
    work()

    assert (before.state, before.give_up_at >= NOON + timedelta(days=6)) == ("failed", True)
    assert (states(), len(webhook.made)) == ([("tell", "done")], 1)
    assert [each.status for each in before.tries.order_by("pk")] == [500, 404, None, 200]


def test_a_program_that_has_gone_for_good_is_not_told_again(port, connect, work):
    connect("webhook").trouble = [Said(410)]
    an_article(port)
    work()

    assert states() == [(Act.TELL, "given-up")]


@pytest.mark.parametrize(("number", "ended"), [("", "by-hand"), ("1000", "done")])
def test_what_a_person_found_there_is_deleted_by_whoever_knows_its_number(
    port, ada, connect, work, number, ended
):
    telegram = connect("telegram")
    telegram.trouble = ["lost"]
    article = an_article(port)
    work()
    url = f"https://t.me/courier/{number}"
    it_is_there(post=Post.objects.get(), by=ada, at=timezone.now(), url=url)
    withdraw_article(article=article, by=ada, at=timezone.now(), reason="Wrong.")
    at_once()
    work()

    assert states() == [("post", "done"), ("delete", ended)]
    assert len(telegram.things) == int(ended == "by-hand")


def test_an_update_after_a_correction_still_says_that_it_was_corrected(port, connect, work):
    mastodon = connect("mastodon")
    article = an_article(port, "Port opens")
    work()
    for headline, correction in (("Port stays shut", True), ("Port stays shut until May", False)):
        changed(article, headline, correction=correction)
        at_once()
        work()

    [thing] = mastodon.things.values()
    assert thing["text"].startswith("Corrected: Port stays shut until May")


def test_what_waited_too_long_is_no_news_any_more(port, connect, work, afternoon):
    mastodon = connect("mastodon", paused_at=NOON)
    an_article(port)
    work()
    afternoon.shift(timedelta(days=3))
    Account.objects.update(paused_at=None)
    send(post_id=Post.objects.get().pk)

    assert (mastodon.made, states()) == ([], [("post", "given-up")])


def test_a_release_carried_again_much_later_posts_nothing(port, courier, connect, work, afternoon):
    an_article(port)
    work()
    mastodon = connect("mastodon")
    afternoon.shift(timedelta(days=3))
    carry(release_id=Release.objects.get().pk)
    work()

    assert (mastodon.made, Post.objects.count()) == ([], 0)
