"""Our own hub: wishes are proved, content is sent on release, and nobody is called in vain."""

import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from masthead.jobs.decorator import registered
from masthead.posting.housekeeping import tidy_posting
from masthead.posting.models import FollowedFeed, Subscription
from masthead.posting.websub import hub as hub_module
from masthead.posting.websub import jobs as websub_jobs
from masthead.posting.websub.askers import asker_of
from masthead.posting.websub.jobs import deliver, prove, spread
from tests.factories import BASE, an_article
from tests.posting.stand_ins.server import Said
from tests.posting.stand_ins.subscriber import SubscriberStandIn
from tests.posting.test_ledger import at_once

pytestmark = pytest.mark.usefixtures("afternoon")
FEED = f"{BASE}/feed.xml"
HUB = "http://127.0.0.1:8000/-/hub"


@pytest.fixture
def follower(start: Any) -> SubscriberStandIn:
    there: SubscriberStandIn = start(SubscriberStandIn())
    return there


def asked(
    follower: SubscriberStandIn, mode: str = "subscribe", by: str = "127.0.0.1", **more: str
) -> int:
    given = {"hub.mode": mode, "hub.topic": FEED, "hub.callback": f"{follower.url}/in?k=1"}
    given |= {f"hub.{name}": value for name, value in more.items()}
    client = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1:8000"})
    return client.post("/-/hub", given, REMOTE_ADDR=by).status_code


def following(follower: SubscriberStandIn, work: Any, **more: str) -> None:
    follower.wants.add(("subscribe", FEED))
    assert asked(follower, **more) == 202
    work()


def test_a_feed_says_where_it_is_followed(read, port):
    for file in ("feed.xml", "atom.xml"):
        answer = read(file)
        assert answer["Link"] == f'<{HUB}>; rel="hub", <{BASE}/{file}>; rel="self"'
        assert 'rel="hub"' in answer.content.decode()
    assert json.loads(read("feed.json").content)["hubs"] == [{"type": "WebSub", "url": HUB}]


def test_whoever_confirms_is_sent_the_feeds_bytes_on_release(port, read, follower, work):
    following(follower, work, secret="between us")
    before = list(follower.got)
    an_article(port, "Port opens night trial")
    work()

    [sent] = follower.got
    printed = read("feed.xml")
    digest = hmac.new(b"between us", printed.content, hashlib.sha256).hexdigest()
    assert before == []
    assert sent.body == printed.content
    assert b"Port opens night trial" in sent.body
    assert sent.headers["x-hub-signature"] == f"sha256={digest}"
    assert sent.headers["content-type"] == printed["Content-Type"]
    assert sent.headers["link"] == f'<{HUB}>; rel="hub", <{FEED}>; rel="self"'


def test_the_secret_is_sealed(port, follower, work):
    following(follower, work, secret="between us")

    kept = Subscription.objects.get()
    assert "between us" not in kept.secret
    assert kept.secret_in_clear == "between us"


def test_what_nobody_confirms_is_forgotten(port, follower, work):
    status = asked(follower)
    work()
    an_article(port)
    work()

    assert (status, Subscription.objects.count(), follower.got) == (202, 0, [])


def test_a_stranger_cannot_end_what_somebody_follows(port, follower, work):
    following(follower, work)
    asked(follower, "unsubscribe")
    work()
    an_article(port)
    work()

    assert len(follower.got) == 1


def test_whoever_follows_may_stop(port, follower, work):
    following(follower, work)
    follower.wants.add(("unsubscribe", FEED))
    asked(follower, "unsubscribe")
    work()
    an_article(port)
    work()

    assert (Subscription.objects.count(), follower.got) == (0, [])


def test_leases_have_limits_and_end(port, follower, work, afternoon):
    following(follower, work, lease_seconds="1")
    shortest = list(follower.leases)
    afternoon.shift(timedelta(hours=2))
    an_article(port, at=timezone.now())
    work()
    tidy_posting()

    assert (shortest, follower.got, FollowedFeed.objects.count()) == ([3600], [], 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"mode": "publish"},
        {"topic": f"{BASE}/port/"},
        {"topic": "https://elsewhere.example/feed.xml"},
        {"topic": f"{FEED}?x=1"},
        {"callback": "ftp://follower.example/in"},
        {"callback": "no address"},
        {"callback": "https://follower.example/\0in"},
        {"callback": "https://follower.example/a b"},
        {"topic": f"{FEED[:-8]}\0/feed.xml"},
        {"secret": "x" * 200},
    ],
)
def test_what_is_no_wish_is_refused_at_once(port, follower, wrong):
    mode = wrong.pop("mode", "subscribe")

    assert asked(follower, mode, **wrong) == 400
    assert Subscription.objects.count() == 0


def test_a_feed_of_a_topic_that_is_not_there_is_denied(port, follower, work):
    missing = f"{BASE}/topics/nothing/feed.xml"

    asked(follower, topic=missing)
    work()

    assert (follower.denied, Subscription.objects.count()) == ([missing], 0)


def test_a_callback_inside_our_own_house_is_never_called(port, work, follower):
    asked(follower, callback="http://127.0.0.1:1/in")
    work()

    assert Subscription.objects.count() == 0


def test_one_machine_cannot_fill_the_hub(port, follower, monkeypatch):
    monkeypatch.setattr(hub_module, "MOST_OF_HOST", 2)

    answers = [asked(follower, callback=f"{follower.url}/{n}") for n in range(3)]

    assert answers == [202, 202, 429]


@pytest.mark.parametrize("limit", ["MOST_UNPROVED_OF_HOST", "MOST_UNPROVED_OF_ASKER"])
def test_one_stranger_leaves_room_for_others(port, follower, monkeypatch, limit):
    monkeypatch.setattr(hub_module, limit, 2)
    is_host = limit.endswith("HOST")
    host = "https://follower.example" if is_host else "https://{}.follower.example"
    mine = [
        asked(follower, callback=f"{host.format(n)}/{n}", by=f"192.0.2.{n if is_host else 1}")
        for n in range(3)
    ]

    other = asked(follower, callback="https://other.example/", by="198.51.100.7")

    assert (mine, other) == ([202, 202, 429], 202)


def test_followers_have_a_limit_in_all_and_those_there_may_stay(port, follower, work, monkeypatch):
    monkeypatch.setattr(hub_module, "MOST_PROVED", 1)
    following(follower, work)
    Subscription.objects.update(wanted_at=timezone.now() - timedelta(hours=1))

    new = asked(follower, callback=f"{follower.url}/other")

    assert (new, asked(follower)) == (429, 202)


def test_addresses_that_one_house_may_choose_from_count_as_one():
    same = {asker_of("2001:db8:1:2::1"), asker_of("2001:db8:1:2:ffff::9")}

    assert len(same) == 1
    assert asker_of("2001:db8:1:3::1") not in same
    assert asker_of("::ffff:192.0.2.1") == asker_of("192.0.2.1")
    assert "192.0.2.1" not in asker_of("192.0.2.1")


def test_proofs_and_deliveries_come_after_all_other_work_of_the_program():
    assert {prove.terms.priority, deliver.terms.priority} == {-20}
    assert all(each.terms.priority >= -20 for each in registered.values())


def test_a_callback_that_nobody_answers_at_is_asked_twice_and_forgotten(
    port, follower, work, monkeypatch
):
    monkeypatch.setattr(websub_jobs, "PROOF_TIMEOUT_SECONDS", 0.1)
    follower.trouble = [0.3, 0.3, 0.3]
    asked(follower)
    work()
    once = Subscription.objects.count()
    at_once()
    work()

    assert (once, Subscription.objects.count(), len(follower.asked)) == (1, 0, 2)


def test_asking_again_at_once_is_too_many(port, follower):
    assert [asked(follower) for _ in range(2)] == [202, 429]


def test_a_release_that_leaves_a_feed_as_it_is_sends_nothing(port, follower, work):
    following(follower, work)
    an_article(port)
    work()
    feed = FollowedFeed.objects.get()
    spread(feed_id=feed.pk)
    work()

    assert len(follower.got) == 1


def test_a_follower_that_is_away_gets_the_newest_when_it_is_back(port, follower, work):
    following(follower, work)
    follower.trouble = [Said(503), "lost"]
    for headline in ("First", "Second"):
        an_article(port, headline)
        work()
        at_once()
    work()

    assert b"Second" in follower.got[-1].body
    assert Subscription.objects.get().failing_since is None


def test_a_follower_that_is_away_does_not_get_a_feed_that_has_gone_meanwhile(
    port, follower, work, monkeypatch
):
    following(follower, work)
    follower.trouble = [Said(503)]
    an_article(port, "Withdrawn since")
    work()

    def gone(url):
        raise websub_jobs.NoSuchFeed

    monkeypatch.setattr(websub_jobs, "print_feed", gone)
    spread(feed_id=FollowedFeed.objects.get().pk)
    at_once()
    work()

    assert follower.got == []
    assert bytes(FollowedFeed.objects.get().content) == b""


def test_a_follower_that_has_gone_is_dropped(port, follower, work):
    following(follower, work)
    follower.trouble = [Said(410)]
    an_article(port)
    work()

    assert Subscription.objects.count() == 0
