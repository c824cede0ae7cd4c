"""Proving wishes, and sending feeds to their followers, each by a job of its own."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.db import transaction
from django.utils import timezone

from masthead.core.outbound import Answer, OutboundError, Refused, fetch
from masthead.jobs.decorator import job
from masthead.outlets.addresses import hub_url
from masthead.outlets.queries import outlet_of
from masthead.posting.models import FollowedFeed, Subscription
from masthead.posting.websub.feeds import NoSuchFeed, print_feed
from masthead.publishing.queries import get_release

TIMEOUT_SECONDS = 10
# Anybody may have a callback called, so that costs little and comes after all other work.
PROOF_TIMEOUT_SECONDS = 3
ASKED_ONCE_MORE_AFTER = timedelta(seconds=20)
LAST = -20
MOST_ANSWER = 4_000  # bytes; a challenge has 43
DROPPED_AFTER = timedelta(days=3)  # of failing all the time
FOR_GOOD = 410


class NotTaken(Exception):
    """The callback did not take it; worth another try."""


@job(retries=1, give_up_after_seconds=3600, priority=LAST, unique="prove {subscription_id}")
def prove(*, subscription_id: int, is_last_try: bool = False, **_: Any) -> None:
    """
    Ask the callback whether it wants this, with a challenge that it has to say back.

    A wish that is not confirmed is forgotten; what was proved before stays as it was. A callback
    that cannot be reached is asked once more.
    """
    mine = Subscription.objects.select_related("feed").filter(pk=subscription_id).first()
    if mine is None or not mine.wanted:
        return
    try:
        print_feed(mine.feed.url)
    except NoSuchFeed:
        _deny(mine)
        return
    challenge = secrets.token_urlsafe(32)
    asked = {"hub.mode": mine.wanted, "hub.topic": mine.feed.url, "hub.challenge": challenge}
    if mine.wanted == Subscription.Wish.SUBSCRIBE:
        asked["hub.lease_seconds"] = str(mine.wanted_seconds)
    try:
        answer = _ask(mine.callback, asked)
    except OutboundError as error:
        if is_last_try or isinstance(error, Refused):
            _forget_wish(mine)
        else:
            at = timezone.now() + ASKED_ONCE_MORE_AFTER
            prove.later(subscription_id=subscription_id, is_last_try=True, run_at=at)
        return
    is_confirmed = 200 <= answer.status < 300 and answer.content.strip() == challenge.encode()
    if not is_confirmed:
        _forget_wish(mine)
    elif mine.wanted == Subscription.Wish.UNSUBSCRIBE:
        mine.delete()
    else:
        _begin(mine)


def _ask(callback: str, asked: dict[str, str]) -> Answer:
    """The callback's own query stays as it is."""
    joint = "&" if urlsplit(callback).query else "?"
    return fetch(
        f"{callback}{joint}{urlencode(asked)}",
        most_bytes=MOST_ANSWER,
        timeout_seconds=PROOF_TIMEOUT_SECONDS,
    )


def _deny(mine: Subscription) -> None:
    asked = {"hub.mode": "denied", "hub.topic": mine.feed.url, "hub.reason": "not published here"}
    mine.delete()
    FollowedFeed.objects.filter(pk=mine.feed_id, subscriptions=None).delete()
    try:
        _ask(mine.callback, asked)
    except OutboundError:
        return  # it is only a courtesy


def _forget_wish(mine: Subscription) -> None:
    if mine.lease_until is None:
        mine.delete()
        return
    Subscription.objects.filter(pk=mine.pk).update(wanted="", wanted_secret="")


def _begin(mine: Subscription) -> None:
    """It follows from what the feed says now; what was there before it has fetched itself."""
    Subscription.objects.filter(pk=mine.pk).update(
        wanted="",
        secret=mine.wanted_secret,
        wanted_secret="",
        lease_until=timezone.now() + timedelta(seconds=mine.wanted_seconds),
        failing_since=None,
    )


def carry(*, release_id: int, **_: Any) -> None:
    """The way out: looks anew at every followed feed of the release's outlet. Repeatable."""
    outlet = outlet_of(get_release(release_id).article)
    followed = FollowedFeed.objects.filter(outlet=outlet, subscriptions__lease_until__isnull=False)
    for feed_id in followed.values_list("pk", flat=True).distinct():
        spread.later(feed_id=feed_id)


@job(retries=5, priority=LAST + 1, unique="spread {feed_id}")
def spread(*, feed_id: int, **_: Any) -> None:
    """Print a feed once and, when it is another one now, put one delivery in line a follower."""
    feed = FollowedFeed.objects.get(pk=feed_id)
    try:
        printed = print_feed(feed.url)
    except NoSuchFeed:  # nor is what it said sent to anybody who waits for it
        FollowedFeed.objects.filter(pk=feed_id).update(content=b"", stamp="")
        return
    stamp = hashlib.sha256(printed.body).hexdigest()
    with transaction.atomic():
        if stamp != feed.stamp:
            FollowedFeed.objects.filter(pk=feed_id).update(
                content=printed.body, stamp=stamp, mime=printed.headers["Content-Type"]
            )
        behind = feed.subscriptions.filter(lease_until__gt=timezone.now()).exclude(sent=stamp)
        for subscription_id in behind.values_list("pk", flat=True):
            deliver.later(subscription_id=subscription_id)


@job(
    retries=12,
    give_up_after_seconds=86_400,
    priority=LAST,
    unique="deliver {subscription_id}",
)
def deliver(*, subscription_id: int, **_: Any) -> None:
    """
    Send a follower the newest content of its feed, unless it has that.

    Raises NotTaken, so that the job tries again; after three days of that it is dropped.
    """
    mine = Subscription.objects.select_related("feed").filter(pk=subscription_id).first()
    now = timezone.now()
    if mine is None or mine.lease_until is None or mine.lease_until <= now:
        return
    feed = mine.feed
    if not feed.stamp or mine.sent == feed.stamp:
        return
    try:
        answer = fetch(
            mine.callback,
            method="POST",
            most_bytes=MOST_ANSWER,
            timeout_seconds=TIMEOUT_SECONDS,
            body=bytes(feed.content),
            headers=_headers(mine),
        )
    except OutboundError as error:
        _note_failure(mine)
        raise NotTaken(str(error)) from error
    if answer.status == FOR_GOOD:
        mine.delete()
    elif 200 <= answer.status < 300:
        Subscription.objects.filter(pk=mine.pk).update(sent=feed.stamp, failing_since=None)
    else:
        _note_failure(mine)
        raise NotTaken(f"It answered {answer.status}.")


def _headers(mine: Subscription) -> dict[str, str]:
    headers = {
        "Content-Type": mine.feed.mime,
        "Link": f'<{hub_url()}>; rel="hub", <{mine.feed.url}>; rel="self"',
    }
    if secret := mine.secret_in_clear:
        digest = hmac.new(secret.encode(), bytes(mine.feed.content), hashlib.sha256)
        headers["X-Hub-Signature"] = f"sha256={digest.hexdigest()}"
    return headers


def _note_failure(mine: Subscription) -> None:
    now = timezone.now()
    if mine.failing_since is not None and mine.failing_since < now - DROPPED_AFTER:
        mine.delete()
    elif mine.failing_since is None:
        Subscription.objects.filter(pk=mine.pk).update(failing_since=now)
