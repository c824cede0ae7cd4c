"""Asking the providers of embeds, once each, what their things are called and look like."""

import html
import json
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from masthead.articles.embeds import Provider, find_provider
from masthead.articles.models import EmbedCard
from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.core.outbound import OutboundError, Refused, TooLarge, fetch
from masthead.core.text import shorten
from masthead.jobs.decorator import job
from masthead.pictures.actions import add_picture
from masthead.pictures.looking import PictureRefused, WorkshopFailed
from masthead.pictures.models import Picture

MOST_URL = 600  # characters, as wide as the column
MOST_ANSWER = 200_000  # bytes; real ones have 1,000 to 5,000
MOST_THUMBNAIL = 5_000_000  # bytes
MOST_SIDE = 10_000  # px; past that it is no size of a player
ASK_SECONDS, THUMBNAIL_SECONDS = 10, 20
COME_BACK_LATER = {408, 425, 429}
# How a picture's content begins; the address of a thumbnail seldom says what it is.
BEGINNINGS = {
    "jpg": rb"\xff\xd8\xff",
    "png": rb"\x89PNG\r\n",
    "gif": rb"GIF8",
    "webp": rb"RIFF....WEBP",
    "avif": rb"....ftypavi[fs]",
}
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class NoAnswer(Exception):
    """The provider could not say anything just now; worth another try."""


class NoCard(Exception):
    """The provider says that there is nothing, or nothing that can be read."""


def add_cards(*, urls: Iterable[str]) -> None:
    """
    A card for each embed address that has none yet, and a job that asks its provider.

    One write transaction. Addresses of no allowed provider get none. A provider that answers no
    questions has a card at once, with its name alone.
    """
    with transaction.atomic():
        for url in dict.fromkeys(urls):
            provider = find_provider(url)
            if provider is not None and len(url) <= MOST_URL:
                _add_card(url, provider)


def _add_card(url: str, provider: Provider) -> None:
    state = EmbedCard.State.WAITING if provider.oembed else EmbedCard.State.READY
    card, is_new = EmbedCard.objects.get_or_create(
        url=url, defaults={"provider": provider.name, "state": state}
    )
    if is_new and provider.oembed:
        ask_provider.later(card_id=card.pk)


@job(retries=6, give_up_after_seconds=86_400, unique="embed card {card_id}")
def ask_provider(*, card_id: int, **_: Any) -> None:
    """
    Fill a card from its provider's oEmbed answer and keep the thumbnail as a picture of ours.

    At least once; a card that is ready is left alone. A try that fails marks the card FAILED and
    is repeated while repeating may help; pages show a plain card meanwhile.
    """
    card = EmbedCard.objects.filter(pk=card_id).exclude(state=EmbedCard.State.READY).first()
    provider = find_provider(card.url) if card else None
    if card is None or provider is None or not provider.oembed:
        return
    try:
        answer = ask(provider=provider, url=card.url)
    except NoCard:
        _row(card).update(state=EmbedCard.State.FAILED, asked_at=timezone.now())
        return
    except NoAnswer:
        _row(card).update(state=EmbedCard.State.FAILED, asked_at=timezone.now())
        raise
    title = _text(answer.get("title"), most=300)
    author_name = _text(answer.get("author_name"), most=200)
    width, height = _size(answer)
    _row(card).update(
        title=title,
        author_name=author_name,
        width=width,
        height=height,
        thumbnail=_thumbnail(answer, provider=provider, title=title, author_name=author_name),
        state=EmbedCard.State.READY,
        asked_at=timezone.now(),
    )
    note_change(keys=[keys.embed(card.url)], at=timezone.now())


def _row(card: EmbedCard) -> QuerySet[EmbedCard]:
    return EmbedCard.objects.filter(pk=card.pk)


def ask(*, provider: Provider, url: str) -> dict[str, Any]:
    """The provider's oEmbed answer. Raises NoAnswer, NoCard."""
    question = f"{provider.oembed}?{urlencode({'url': url, 'format': 'json'})}"
    try:
        answer = fetch(
            question, most_bytes=MOST_ANSWER, timeout_seconds=ASK_SECONDS, accept="application/json"
        )
    except (Refused, TooLarge) as error:
        raise NoCard(str(error)) from error
    except OutboundError as error:
        raise NoAnswer(str(error)) from error
    if answer.status >= 500 or answer.status in COME_BACK_LATER:
        raise NoAnswer(f"{provider.name} answered with status {answer.status}.")
    if answer.status != 200:
        raise NoCard(f"{provider.name} answered with status {answer.status}.")
    return _fields(answer.content, provider)


def _fields(content: bytes, provider: Provider) -> dict[str, Any]:
    try:
        fields = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NoCard(f"{provider.name} answered with something else than JSON.") from error
    if not isinstance(fields, dict):
        raise NoCard(f"{provider.name} answered with something else than an oEmbed object.")
    return fields


def _text(value: Any, *, most: int) -> str:
    """Plain words: some providers escape theirs for HTML, though oEmbed does not ask for it."""
    if not isinstance(value, str):
        return ""
    return shorten(CONTROLS.sub(" ", html.unescape(value)), most=most)


def _size(answer: dict[str, Any]) -> tuple[int, int]:
    """The player's proportions; 16:9 for those that say "100%" or nothing."""
    sides = [answer.get("width"), answer.get("height")]
    if all(type(side) is int and 0 < side <= MOST_SIDE for side in sides):
        return sides[0], sides[1]  # type: ignore[return-value]
    return 16, 9


def _thumbnail(
    answer: dict[str, Any], *, provider: Provider, title: str, author_name: str
) -> Picture | None:
    """None when there is none or it cannot be had; a card is a card without it."""
    url = answer.get("thumbnail_url")
    if not isinstance(url, str) or not url:
        return None
    try:
        got = fetch(
            url, most_bytes=MOST_THUMBNAIL, timeout_seconds=THUMBNAIL_SECONDS, accept="image/*"
        )
    except OutboundError:
        return None
    extension = _extension(got.content)
    if got.status != 200 or extension is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"embed.{extension}"
        file.write_bytes(got.content)
        try:
            return add_picture(
                file=file,
                title=f"{provider.name}: {title}" if title else provider.name,
                alt=title or provider.name,
                credit=" / ".join(name for name in (author_name, provider.name) if name),
            )
        except (PictureRefused, WorkshopFailed):
            return None


def _extension(content: bytes) -> str | None:
    for extension, beginning in BEGINNINGS.items():
        if re.match(beginning, content, re.DOTALL):
            return extension
    return None
