"""What the hub takes: a wish to follow a feed, or not to, which is then proved by a job."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from masthead.posting.models import FollowedFeed, Subscription
from masthead.posting.websub.askers import asker_of
from masthead.posting.websub.feeds import find_feed_place
from masthead.posting.websub.jobs import prove

USUAL_LEASE = timedelta(days=10)
SHORTEST_LEASE, LONGEST_LEASE = timedelta(hours=1), timedelta(days=30)
MOST_SECRET = 199  # bytes; the standard says fewer than 200
MOST_ADDRESS = 1000  # characters
# Anybody may ask, so there is an end to what is kept and to how often one machine is called.
MOST_OF_HOST = MOST_OF_ASKER = 200
MOST_UNPROVED_OF_HOST = MOST_UNPROVED_OF_ASKER = 20
MOST_UNPROVED, MOST_PROVED = 500, 5000
PROVED_WITHIN = timedelta(hours=1)  # as long as its job is tried; after that it fills no room
ASK_AGAIN_AFTER = timedelta(seconds=10)
NO_ADDRESS = re.compile("[\x00-\x20\x7f\ud800-\udfff]")  # signs that no address has


class BadWish(Exception):
    """The request is not one that a hub may take; the text says why."""


class TooManyWishes(Exception):
    """There is no room for more just now."""


def take_wish(*, asked: Mapping[str, str], asker: str, at: datetime) -> None:
    """
    Note what was asked; the callback is called by a job, never while somebody waits for us.

    asker: the address that it came from. Raises BadWish, TooManyWishes.
    """
    mode, url, callback = (asked.get(f"hub.{name}", "") for name in ("mode", "topic", "callback"))
    if mode not in {"subscribe", "unsubscribe"}:
        raise BadWish(_("hub.mode must be subscribe or unsubscribe."))
    secret = asked.get("hub.secret", "")
    if len(secret.encode("utf-8", "surrogatepass")) > MOST_SECRET:
        raise BadWish(_("hub.secret must be shorter than 200 bytes."))
    host, asker = _callback_host(callback), asker_of(asker)
    is_address = len(url) <= MOST_ADDRESS and not NO_ADDRESS.search(url)
    place = find_feed_place(url) if is_address else None
    if place is None:
        raise BadWish(_("hub.topic is not a feed that is published here."))
    with transaction.atomic():
        feed, _is_new = FollowedFeed.objects.get_or_create(
            url=url, defaults={"outlet_id": place.sheet.id}
        )
        known = Subscription.objects.filter(feed=feed, callback=callback).first()
        if known is None and mode == "unsubscribe":
            raise BadWish(_("This callback does not follow this feed."))
        if known is not None and known.wanted and known.wanted_at > at - ASK_AGAIN_AFTER:
            raise TooManyWishes(_("This was asked a moment ago and is being proved."))
        _check_room(host, asker, at=at, is_new=known is None)
        mine = known or Subscription(feed=feed, callback=callback, host=host)
        mine.wanted, mine.wanted_at, mine.asker = mode, at, asker
        mine.wanted_seconds = _lease(asked.get("hub.lease_seconds", ""))
        mine.wanted_secret = Subscription.sealed(secret)
        mine.save()
        prove.later(subscription_id=mine.pk)


def _callback_host(callback: str) -> str:
    """Which machine is to be called; whether it may be is `core.outbound`'s to say."""
    try:
        parts = urlsplit(callback)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if NO_ADDRESS.search(callback):
        host = ""
    if not host or parts.scheme not in {"http", "https"} or len(callback) > MOST_ADDRESS:
        raise BadWish(_("hub.callback must be an address with http or https."))
    if parts.fragment:
        raise BadWish(_("hub.callback must not have a fragment."))
    return host[:253]


def _check_room(host: str, asker: str, *, at: datetime, is_new: bool) -> None:
    """Who follows already only needs room for one more wish to prove."""
    all_of_them = Subscription.objects.all()
    unproved = Q(wanted_at__gt=at - PROVED_WITHIN) & ~Q(wanted="")
    limits = [(unproved, MOST_UNPROVED, _("Too many wishes wait to be proved; come back later."))]
    for mine, most, most_unproved in (
        (Q(host=host), MOST_OF_HOST, MOST_UNPROVED_OF_HOST),
        (Q(asker=asker), MOST_OF_ASKER, MOST_UNPROVED_OF_ASKER),
    ):
        waiting = _("Too many wishes of this machine wait to be proved; come back later.")
        limits.append((mine & unproved, most_unproved, waiting))
        if is_new:
            limits.append((mine, most, _("This machine follows as many feeds here as it may.")))
    if is_new:
        proved = Q(lease_until__isnull=False)
        limits.append((proved, MOST_PROVED, _("There is no room for more followers.")))
    for which, most, words in limits:
        if all_of_them.filter(which).count() >= most:
            raise TooManyWishes(words)


def _lease(asked: str) -> int:
    if not asked.isdecimal() or len(asked) > 9:
        return int(USUAL_LEASE.total_seconds())
    least, most = SHORTEST_LEASE.total_seconds(), LONGEST_LEASE.total_seconds()
    return int(min(max(int(asked), least), most))
