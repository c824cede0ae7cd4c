"""Newsletters among a reader's preferences: all of the network's, with ticks and a pause."""

from contextlib import suppress
from typing import Any

from masthead.newsletters.joining.actions import (
    NotOffered,
    Said,
    join,
    leave,
    move_all,
    pause,
    resume,
)
from masthead.newsletters.joining.offered import open_newsletters
from masthead.newsletters.joining.words import join_words
from masthead.newsletters.models import Newsletter, Subscription
from masthead.outlets.sheet import Sheet
from masthead.readers.models import Reader
from masthead.readers.preferences import Data, Saving, Section

# Names of the fields.
SHOWN, TICKED, PAUSE, ALL = (
    "newsletters-shown",
    "newsletters-on",
    "newsletters-pause",
    "newsletters-leave-all",
)
WEEKS = (1, 2, 4, 8)
GO_ON = "0"
State = Subscription.State


def _subscriptions(reader: Reader) -> dict[int, Subscription]:
    mine = Subscription.objects.filter(reader=reader).select_related("newsletter__outlet", "reader")
    return {each.newsletter_id: each for each in mine}


def _newsletters(mine: dict[int, Subscription]) -> list[Newsletter]:
    """Those that are offered, and those that they get although it is not offered any more."""
    held = [pk for pk, each in mine.items() if each.state != State.LEFT]
    still = Newsletter.objects.filter(closed_at=None, pk__in=held)
    found = (open_newsletters() | still).select_related("outlet")
    return list(found.order_by("outlet__path", "order", "pk"))


def build(reader: Reader, sheet: Sheet) -> dict[str, Any] | None:
    mine = _subscriptions(reader)
    by_outlet: dict[str, list[dict[str, Any]]] = {}
    for newsletter in _newsletters(mine):
        subscription = mine.get(newsletter.pk)
        is_on = subscription is not None and subscription.state != State.LEFT
        by_outlet.setdefault(newsletter.outlet.title, []).append(
            {
                "id": str(newsletter.public_id),
                "name": newsletter.name,
                "promise": newsletter.promise,
                "members": newsletter.for_members,
                "is_on": is_on,
                "paused_until": subscription.paused_until if subscription and is_on else None,
            }
        )
    if not by_outlet:
        return None
    # The one being read first.
    outlets = sorted(by_outlet.items(), key=lambda each: each[0] != sheet.name)
    rows = [row for _name, of_outlet in outlets for row in of_outlet]
    return {
        "outlets": outlets,
        "weeks": WEEKS,
        "gets_any": any(row["is_on"] for row in rows),
        "is_paused": any(row["paused_until"] for row in rows),
    }


def save(reader: Reader, data: Data, saving: Saving) -> None:
    """
    What was shown and is ticked is joined, what was shown and is not is left; what the page did
    not show is left alone. What is for members stays without a tick for anybody else.
    """
    if SHOWN not in data:
        return
    mine = _subscriptions(reader)
    shown = set(data.getlist(SHOWN))
    ticked = set() if ALL in data else set(data.getlist(TICKED)) & shown
    said = Said(saving.place, saving.proof, saving.at)
    for newsletter in _newsletters(mine):
        key, subscription = str(newsletter.public_id), mine.get(newsletter.pk)
        is_on = subscription is not None and subscription.state != State.LEFT
        if key in ticked and not is_on:
            words = join_words(
                name=newsletter.name, promise=newsletter.promise, outlet=newsletter.outlet.title
            )
            said_so = Said(saving.place, saving.proof, saving.at, words=words)
            with suppress(NotOffered):
                join(reader=reader, newsletter=newsletter, said=said_so)
        elif subscription is not None and is_on and key in shown - ticked:
            leave(subscription=subscription, through="preferences", said=said)
    _pause_all(reader, str(data.get(PAUSE, "")), saving)


def _pause_all(reader: Reader, weeks: str, saving: Saving) -> None:
    if weeks not in {GO_ON, *map(str, WEEKS)}:
        return
    going = Subscription.objects.filter(reader=reader).exclude(state=State.LEFT).order_by("pk")
    for subscription in going:
        if weeks == GO_ON:
            resume(subscription=subscription)
        else:
            pause(subscription=subscription, weeks=int(weeks), at=saving.at)


def section() -> Section:
    template = "newsletters/joining/choices.html"
    return Section("newsletters", template, build, save, order=10, move=move)


def move(old: Reader, new: Reader, saving: Saving) -> int:
    return move_all(old=old, new=new, said=Said(saving.place, saving.proof, saving.at))
