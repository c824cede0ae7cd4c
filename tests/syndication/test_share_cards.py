"""Share pictures: drawn at release, kept whole, removed when the article is."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from masthead.articles.models import PublishedArticle
from masthead.articles.structured_data import share_card_path
from masthead.jobs.models import Job
from masthead.jobs.worker import run_worker
from masthead.outlets.colours import contrast
from masthead.outlets.queries import get_sheet, sheets
from masthead.outlets.structured_data import outlet_card_path
from masthead.pictures.models import CopiesState
from masthead.press.network import network_sheet
from masthead.publishing.actions import publish_article, withdraw_article
from masthead.publishing.models import Receipt, Release
from masthead.syndication.share import cards
from masthead.syndication.share.cards import draw_for_release, share_card_url
from masthead.syndication.share.drawing import Card, Photo, draw_card, draw_outlet
from masthead.syndication.share.faces import SANS, SERIF, Style, settable
from masthead.syndication.share.setting import balance, length, wrap

from .newsroom import NOON, a_picture, a_section, an_article, an_outlet

CARD = Card(
    outlet="The Harbour Courier",
    kicker="Port",
    headline="Port opens night trial",
    byline="Mara Okafor",
    face=SERIF,
    paper="#fdfcfa",
    accent="#9b1c31",
    from_right=False,
)
HEADLINE = "Port authority opens two-week trial of night pilotage; pilots’ union watches warily"
ARABIC = "سلطة الميناء تفتح تجربة للإرشاد الليلي Courier 2026"
TITLE = Style(SERIF, 68, 500)


def carry(article: Any) -> Release:
    release = Release.objects.filter(article=article).latest("pk")
    draw_for_release(release_id=release.pk)
    return release


def ink_box(image: Image.Image) -> tuple[int, int, int, int]:
    """Where anything but paper is."""
    paper = Image.new("RGB", image.size, CARD.paper)
    from PIL import ImageChops

    box = ImageChops.difference(image, paper).getbbox()
    assert box is not None
    return box


def assert_card(file: Path) -> None:
    with Image.open(file) as drawn:
        assert (drawn.format, drawn.size) == ("JPEG", (1200, 630))
    assert file.stat().st_size < 150_000


def test_a_release_draws_the_articles_card(port: Any, media_root: Path) -> None:
    article = an_article(port)

    carry(article)

    assert_card(media_root / share_card_path(article.public_id, 1))


def test_an_outlets_card_is_drawn_anew_when_its_look_changes(
    courier: Any, media_root: Path
) -> None:
    before = outlet_card_path(get_sheet(outlet_id=courier.pk))
    courier.accent = "#00507a"
    courier.save_revision().publish()
    work()

    after = outlet_card_path(get_sheet(outlet_id=courier.pk))
    assert after != before
    assert_card(media_root / after)


def test_a_new_section_draws_no_card_again(port: Any, courier: Any, media_root: Path) -> None:
    work()
    card = media_root / outlet_card_path(get_sheet(outlet_id=courier.pk))
    before = card.stat().st_mtime_ns

    a_section(courier, title="Weather")
    work()

    assert card.stat().st_mtime_ns == before


def test_a_network_of_two_titles_has_a_card_of_its_own(port: Any, media_root: Path) -> None:
    card = media_root / outlet_card_path(network_sheet(sheets()[0]))
    work()
    assert not card.exists()

    an_outlet(slug="tideline", title="Tideline")
    work()

    assert_card(card)


def work() -> None:
    """The worker does what waits for it."""
    run_worker(once=True)


def test_each_version_has_a_card_of_its_own_and_twice_is_once(port: Any, media_root: Path) -> None:
    article = an_article(port)
    carry(article)
    article.title = "Port ends night trial"
    article.save_revision()
    publish_article(article=article, by=None, at=NOON)

    carry(article)
    carry(article)

    names = sorted(file.name for file in (media_root / "share").glob(f"{article.public_id.hex}*"))
    assert names == [f"{article.public_id.hex}-1.jpg", f"{article.public_id.hex}-2.jpg"]
    assert list((media_root / "share").glob("*.part")) == []


def test_a_withdrawn_article_leaves_no_card(port: Any, media_root: Path) -> None:
    article = an_article(port)
    carry(article)
    withdraw_article(article=article, by=None, at=NOON, reason="Wrong")

    carry(article)

    assert list((media_root / "share").glob(f"{article.public_id.hex}*")) == []


def test_drawing_is_a_way_out_of_every_release(port: Any) -> None:
    article = an_article(port)

    receipts = Receipt.objects.filter(release__article=article, way_out="share-card")

    assert receipts.count() == 1


def test_a_card_is_drawn_again_when_its_picture_was_still_in_the_making(port: Any) -> None:
    picture = a_picture(copies=[], copies_state=CopiesState.WAITING)
    article = an_article(port, lead_picture=picture)

    carry(article)

    waiting = Job.objects.get(task__endswith="share.cards.redraw")
    assert waiting.arguments["kwargs"]["looks_left"] == 4


def test_a_picture_missing_from_the_disk_does_not_stop_the_card(
    port: Any, media_root: Path
) -> None:
    article = an_article(port, lead_picture=a_picture())

    carry(article)

    assert (media_root / share_card_path(article.public_id, 1)).exists()


def test_a_headline_that_cannot_be_set_gets_no_card(port: Any, media_root: Path) -> None:
    article = an_article(port, "Мост открыт")

    carry(article)

    assert not (media_root / share_card_path(article.public_id, 1)).exists()


def test_an_article_withdrawn_before_the_job_ran_is_not_drawn(port: Any, media_root: Path) -> None:
    article = an_article(port)
    PublishedArticle.objects.update(state="withdrawn")

    carry(article)

    assert not (media_root / "share").exists()


def test_an_article_withdrawn_while_its_card_is_drawn_leaves_none(
    port: Any, media_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = an_article(port)

    def slowly(card: Card) -> Image.Image | None:
        withdraw_article(article=article, by=None, at=NOON, reason="Wrong")
        carry(article)
        return draw_card(card)

    monkeypatch.setattr(cards, "draw_card", slowly)
    draw_for_release(release_id=Release.objects.earliest("pk").pk)

    assert list((media_root / "share").glob("*.jpg")) == []


def test_the_address_of_a_card_is_at_the_root_of_its_host(port: Any, sheet: Any) -> None:
    article = an_article(port)

    url = share_card_url(article.public_id, 3, sheet=sheet)

    assert url == f"http://127.0.0.1:8000/media/share/{article.public_id.hex}-3.jpg"


@pytest.mark.parametrize(
    "changed",
    [
        {"headline": "A " + "very long headline " * 20},
        {"headline": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten" * 2},
        {"headline": "Fares up 🚋 again ]]> <b>"},
        {"headline": "I"},
        {"headline": ARABIC, "outlet": "بريد الميناء", "from_right": True},
        {"kicker": "", "byline": ""},
        {"kicker": "Kicker " * 30, "byline": "Name " * 60, "outlet": "Title " * 20},
        {"face": SANS},
    ],
)
def test_whatever_the_words_they_stay_inside_the_card(changed: dict[str, Any]) -> None:
    drawn = draw_card(replace(CARD, **changed))

    assert drawn is not None
    left, top, right, bottom = ink_box(drawn)
    assert left >= 40
    assert top >= 20
    assert right <= 1160
    assert bottom <= 610


def test_the_picture_stands_where_the_reader_looks_last(tmp_path: Path) -> None:
    file = tmp_path / "blue.jpg"
    Image.new("RGB", (1600, 900), "#0000ff").save(file)
    with_photo = replace(CARD, photo=Photo(file, (50, 50)))

    english = draw_card(with_photo)
    arabic = draw_card(replace(with_photo, headline=ARABIC, from_right=True))

    assert english is not None
    assert arabic is not None
    assert english.getpixel((1190, 300))[2] > 240 > english.getpixel((1190, 300))[0]
    assert arabic.getpixel((10, 300))[2] > 240 > arabic.getpixel((10, 300))[0]


def test_an_outlets_card_is_drawn_with_and_without_a_tagline() -> None:
    for tagline in ("News of the water and ashore", "", "Long " * 40):
        drawn = draw_outlet(replace(CARD, headline=tagline))

        assert drawn is not None
        assert drawn.size == (1200, 630)


def test_lines_are_even_and_say_the_same_words() -> None:
    rough = wrap(HEADLINE, TITLE, width=586)
    even = balance(HEADLINE, TITLE, width=586)

    assert " ".join(even) == HEADLINE
    assert len(even) == len(rough)
    assert all(length(line, TITLE) <= 586 for line in even)
    assert max(length(line, TITLE) for line in even) <= max(length(line, TITLE) for line in rough)


def test_signs_without_a_shape_are_left_out_but_letters_never() -> None:
    assert settable("Fares up 🚋 again", TITLE) == "Fares up again"
    assert settable("Мост", TITLE) == ""
    assert settable(ARABIC, TITLE) == ARABIC


def test_a_pale_accent_is_darkened_until_it_can_be_read(port: Any, sheet: Any) -> None:
    from masthead.syndication.share.cards import _plain_card

    pale = replace(sheet, look={**sheet.look, "accent": "#ffe0e0"})

    card = _plain_card(pale, headline="x")

    assert contrast(card.accent, card.paper) >= 4.5
