"""Embeds get a card from a provider that may be slow, gone or hostile."""

import json
import re
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import StructBlockValidationError

from masthead.articles import embeds
from masthead.articles.blocks import EmbedBlock
from masthead.articles.embed_cards import NoAnswer, add_cards, ask_provider
from masthead.articles.embeds import Provider, embed_parts
from masthead.articles.models import EmbedCard
from masthead.core.outbound import Guard, guarded_by
from masthead.jobs.models import Job
from masthead.pictures.models import Picture
from masthead.publishing.actions import withdraw_article
from masthead.publishing.embeds import add_cards_for_release
from masthead.publishing.models import Release
from tests.core.stand_in import StandIn, a_stand_in, answer
from tests.factories import NOON, a_section, an_article, an_outlet
from tests.pictures.corpus import a_jpeg

VIDEO = "https://video.example/watch/ferry-44"
SILENT = "https://silent.example/post/7"
OEMBED = {
    "version": "1.0",
    "type": "video",
    "title": "The night ferry &amp; its crew",
    "author_name": "Harbour Films",
    "provider_name": "Video",
    "width": 1280,
    "height": 720,
    "html": "<script>alert(1)</script>",
}


class VideoSite:
    """A provider that speaks oEmbed; tests change what it says."""

    def __init__(self) -> None:
        self.says: dict[str, Any] = dict(OEMBED)
        self.picture = a_jpeg(width=480, height=270)
        self.answers: Callable[[BaseHTTPRequestHandler], None] | None = None
        self.server: StandIn | None = None

    def play(self, handler: BaseHTTPRequestHandler) -> None:
        if handler.path.startswith("/thumbnail"):
            return answer(self.picture, Content_Type="image/jpeg")(handler)
        if self.answers is not None:
            return self.answers(handler)
        return answer(json.dumps(self.says).encode(), Content_Type="application/json")(handler)

    @property
    def asked(self) -> list[str]:
        assert self.server is not None
        return [path for _method, path, _headers, _body in self.server.asked]


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[VideoSite]:
    site = VideoSite()
    with a_stand_in(site.play) as server, guarded_by(Guard(loopback_ports=[server.port])):
        site.server = server
        site.says["thumbnail_url"] = server.url("/thumbnail/44")
        known = (
            Provider(
                name="Video",
                address=re.compile(r"^https://video\.example/watch/(?P<id>[\w-]+)"),
                frame="https://video.example/frame/{id}",
                oembed=server.url("/oembed"),
            ),
            Provider(name="Silent", address=re.compile(r"^https://silent\.example/"), frame=""),
        )
        monkeypatch.setattr(embeds, "providers", lambda: known)
        yield site


def a_card(url: str = VIDEO) -> EmbedCard:
    add_cards(urls=[url])
    return EmbedCard.objects.get(url=url)


def ask(card: EmbedCard) -> EmbedCard:
    ask_provider(card_id=card.pk)
    card.refresh_from_db()
    return card


def asked_later() -> list[int]:
    waiting = Job.objects.filter(task=ask_provider.path).order_by("pk")
    return [job.arguments["kwargs"]["card_id"] for job in waiting]


def an_embed(url: str) -> tuple[str, dict[str, str]]:
    return "embed", {"url": url, "title": "", "caption": ""}


@pytest.mark.django_db
def test_the_provider_fills_the_card(site: VideoSite) -> None:
    card = ask(a_card())

    assert (card.title, card.author_name) == ("The night ferry & its crew", "Harbour Films")
    assert (card.width, card.height, card.state) == (1280, 720, EmbedCard.State.READY)
    assert card.asked_at is not None
    assert site.asked[0] == (
        "/oembed?url=https%3A%2F%2Fvideo.example%2Fwatch%2Fferry-44&format=json"
    )


@pytest.mark.django_db
def test_the_thumbnail_becomes_a_picture_of_ours(site: VideoSite) -> None:
    card = ask(a_card())

    picture = card.thumbnail
    assert picture is not None
    assert (picture.width, picture.height) == (480, 270)
    assert picture.title == "Video: The night ferry & its crew"
    assert picture.credit == "Harbour Films / Video"


@pytest.mark.django_db
def test_a_page_shows_what_the_provider_said(site: VideoSite) -> None:
    ask(a_card())

    [part] = embed_parts([{"kind": "embed", "url": VIDEO, "title": "", "caption": ""}])

    assert (part["provider"], part["title"]) == ("Video", "The night ferry & its crew")
    assert part["embed_url"] == "https://video.example/frame/ferry-44"
    assert part["thumbnail"].alt == "The night ferry & its crew"


@pytest.mark.django_db
def test_a_service_that_is_not_listed_is_called_by_its_host(site: VideoSite) -> None:
    url = "https://www.films.example/watch/1"

    [part] = embed_parts([{"kind": "embed", "url": url, "title": "", "caption": ""}])

    assert (part["provider"], part["embed_url"]) == ("films.example", "")


@pytest.mark.django_db
def test_a_card_that_is_ready_is_not_asked_for_again(site: VideoSite) -> None:
    card = ask(a_card())

    ask(card)

    assert len(site.asked) == 2  # words and thumbnail
    assert Picture.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_provider_in_trouble_is_asked_again_and_fails_meanwhile(
    site: VideoSite, status: int
) -> None:
    card = a_card()
    site.answers = answer(b"", status=status)

    with pytest.raises(NoAnswer):
        ask(card)
    card.refresh_from_db()
    assert card.state == EmbedCard.State.FAILED

    site.answers = None
    assert ask(card).state == EmbedCard.State.READY


@pytest.mark.django_db
@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_thing_the_provider_does_not_show_is_not_asked_for_again(
    site: VideoSite, status: int
) -> None:
    site.answers = answer(b"Not found", status=status)

    assert ask(a_card()).state == EmbedCard.State.FAILED


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"[]", b'"x"', b"\xff\xfe", b"[" * 100_000, b'{"a": 1' * 9]
)
def test_an_answer_that_is_not_oembed_fails_the_card(site: VideoSite, content: bytes) -> None:
    site.answers = answer(content)

    assert ask(a_card()).state == EmbedCard.State.FAILED


@pytest.mark.django_db
def test_an_endless_answer_fails_the_card(site: VideoSite) -> None:
    site.answers = answer(b" " * 300_000)

    assert ask(a_card()).state == EmbedCard.State.FAILED


@pytest.mark.django_db
def test_a_provider_that_leads_into_our_own_house_fails_the_card(site: VideoSite) -> None:
    site.answers = answer(b"", status=302, Location="http://169.254.169.254/latest/")

    assert ask(a_card()).state == EmbedCard.State.FAILED


@pytest.mark.django_db
@pytest.mark.parametrize(
    "says",
    [
        {"title": None, "author_name": 7, "width": "100%", "height": None},
        {"title": ["a"], "width": -1, "height": 5},
        {"width": True, "height": True},
        {"width": 10**30, "height": 1},
    ],
)
def test_fields_of_the_wrong_kind_are_left_out(site: VideoSite, says: dict[str, Any]) -> None:
    site.says = {"thumbnail_url": 3, **says}

    card = ask(a_card())

    assert (card.title, card.author_name) == ("", "")
    assert (card.width, card.height, card.state) == (16, 9, EmbedCard.State.READY)


@pytest.mark.django_db
def test_a_title_is_one_line_of_words_that_fits(site: VideoSite) -> None:
    site.says["title"] = "A\x00ferry\n\ud800 " + "long " * 100

    title = ask(a_card()).title

    assert title.startswith("A ferry long long")
    assert len(title) <= 300
    assert title.endswith("…")


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"", b"<svg onload='x'>", b"\xff\xd8\xff broken", b"GIF8"])
def test_a_bad_thumbnail_leaves_a_card_without_picture(site: VideoSite, content: bytes) -> None:
    site.picture = content

    card = ask(a_card())

    assert (card.state, card.thumbnail) == (EmbedCard.State.READY, None)
    assert Picture.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["http://127.0.0.1:1/x.jpg", "file:///etc/passwd", "/x.jpg"])
def test_a_thumbnail_from_inside_is_not_fetched(site: VideoSite, url: str) -> None:
    site.says["thumbnail_url"] = url

    assert ask(a_card()).thumbnail is None


@pytest.mark.django_db
def test_a_provider_that_answers_no_questions_has_its_card_at_once(site: VideoSite) -> None:
    card = a_card(SILENT)

    assert (card.state, card.provider) == (EmbedCard.State.READY, "Silent")
    assert asked_later() == []


@pytest.mark.django_db
def test_a_release_asks_once_for_each_embed_without_a_card(site: VideoSite) -> None:
    other = "https://video.example/watch/quay"
    port = a_section(an_outlet())
    article = an_article(
        port,
        body=[
            an_embed(VIDEO),
            ("text", "<p>And again:</p>"),
            an_embed(VIDEO),
            an_embed(other),
            an_embed("https://unknown.example/7"),
            an_embed("https://video.example/watch/" + "a" * 600),
        ],
    )
    release = Release.objects.get(article=article)

    add_cards_for_release(release_id=release.pk)
    add_cards_for_release(release_id=release.pk)

    cards = EmbedCard.objects.order_by("pk")
    assert [card.url for card in cards] == [VIDEO, other]
    assert asked_later() == [card.pk for card in cards]


@pytest.mark.django_db
def test_a_withdrawal_asks_nobody(site: VideoSite) -> None:
    article = an_article(a_section(an_outlet()), body=[an_embed(VIDEO)])
    withdraw_article(article=article, by=None, reason="Wrong ferry", at=NOON)

    add_cards_for_release(release_id=Release.objects.latest("pk").pk)

    assert EmbedCard.objects.count() == 0


def test_the_editor_says_that_an_address_cannot_be_embedded(site: VideoSite) -> None:
    block = EmbedBlock()
    value = block.to_python({"url": "https://unknown.example/7", "title": "", "caption": ""})

    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)

    wrong = refused.value.block_errors["url"]
    assert isinstance(wrong, ValidationError)
    assert wrong.messages == [
        "This address belongs to none of the services that can be embedded: Video, Silent."
        " Put a link into the text instead."
    ]


def test_the_editor_takes_an_address_of_a_provider(site: VideoSite) -> None:
    block = EmbedBlock()
    value = block.to_python({"url": VIDEO, "title": "", "caption": "The ferry."})

    assert block.clean(value)["url"] == VIDEO
