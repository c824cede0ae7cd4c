"""What stands in an edition: what readers can read this moment, and nothing else."""

from datetime import timedelta

import pytest

from masthead.articles.models import PublishedArticle
from masthead.newsletters.blocks import fill, placements
from masthead.newsletters.blocks.filling import without_advertising
from masthead.newsletters.blocks.placements import SoldPlacement
from masthead.publishing.actions import publish_article, withdraw_article
from masthead.publishing.models import Release, Version
from tests.factories import NOON, a_picture, an_article
from tests.newsletters.kits import a_newsletter, an_edition, article, sent

LATER = NOON + timedelta(hours=6)


@pytest.fixture
def evening(courier):
    return a_newsletter(courier)


def filled(edition, sheet):
    return fill(edition, sheet=sheet, at=LATER)


def headlines(found):
    return [story.headline for story in found.stories]


def test_only_what_readers_can_read_stands_in_it(evening, port, sheet, ada, settings):
    gone, live = an_article(port, "Gone"), an_article(port, "Live")
    draft = an_article(port, "Draft", at=None)
    withdraw_article(article=gone, by=ada, at=LATER, reason="It was wrong.")
    edition = an_edition(evening, article(gone), article(draft), article(live))

    found = filled(edition, sheet)

    assert headlines(found) == ["Live"]
    assert [(each.block, each.article_id) for each in found.dropped] == [
        (0, gone.pk),
        (1, draft.pk),
    ]


def test_articles_of_another_outlet_do_not(evening, sheet, courier):
    from tests.factories import a_section, an_outlet

    other = an_article(a_section(an_outlet(slug="gazette", title="The Gazette")))

    assert headlines(filled(an_edition(evening, article(other)), sheet)) == []


def test_a_story_is_the_version_that_readers_have(evening, port, sheet):
    page = an_article(port, "First words")
    page.title = "Better words"
    page.save_revision()
    publish_article(article=page, by=None, at=LATER)

    story = filled(an_edition(evening, article(page)), sheet).stories[0]

    assert Version.objects.get(pk=story.version_id).number == 2
    assert story.headline == "Better words"


def test_an_editor_may_say_it_in_other_words(evening, port, sheet):
    page = an_article(port, "On the site")

    edition = an_edition(evening, article(page, headline="In the mail", text="Shorter."))

    story = filled(edition, sheet).stories[0]
    assert (story.headline, story.text) == ("In the mail", "Shorter.")


def test_what_is_paid_for_says_so_or_does_not_appear(evening, port, sheet):
    told = an_article(port, "Told", kind="sponsored", sponsor_name="Quay Street Chandlery")
    untold = an_article(port, "Untold", kind="sponsored", sponsor_name="Nobody")
    PublishedArticle.objects.filter(article=untold).update(sponsor_name="")
    edition = an_edition(evening, article(told), article(untold))

    found = filled(edition, sheet)

    assert [story.sponsor for story in found.stories] == ["Quay Street Chandlery"]
    assert without_advertising(found.pieces) == []


def test_whoever_paid_for_it_gets_no_advertising(evening, port, sheet, monkeypatch):
    sale = SoldPlacement("Chandlery", "Oilskins", "<p>Open.</p>", "https://chandlery.example/")
    monkeypatch.setattr(placements, "_sellers", {"ads": lambda edition, slot, at: sale})
    edition = an_edition(
        evening,
        {"kind": "placement", "slot": "middle"},
        {"kind": "offer", "title": "Read without advertising"},
        article(an_article(port)),
    )

    found = filled(edition, sheet)

    assert [piece.kind for piece in found.pieces] == ["placement", "offer", "article"]
    assert [piece.kind for piece in without_advertising(found.pieces)] == ["article"]


def test_a_place_that_nobody_bought_shows_nothing(evening, sheet):
    found = filled(an_edition(evening, {"kind": "placement", "slot": "middle"}), sheet)

    assert (found.pieces, found.dropped) == ((), ())


def test_a_seller_registers_once():
    placements.register_seller("test", lambda edition, slot, at: None)
    try:
        with pytest.raises(ValueError, match="registered"):
            placements.register_seller("test", lambda edition, slot, at: None)
    finally:
        del placements._sellers["test"]


def test_a_section_fills_itself_with_what_stands_nowhere_else(evening, port, sheet):
    first, second = an_article(port, "First"), an_article(port, "Second", at=LATER)
    edition = an_edition(
        evening, article(second), {"kind": "articles", "section": port.pk, "most": 3}
    )

    found = filled(edition, sheet)

    assert [[s.article_id for s in piece.stories] for piece in found.pieces] == [
        [second.pk],
        [first.pk],
    ]
    assert (found.pieces[1].title, found.pieces[1].link) == (
        "Port",
        "http://127.0.0.1:8000/courier/port/",
    )


def test_corrections_are_those_since_the_last_edition(evening, port, sheet):
    for hours, headline in ((-3, "Before"), (3, "Since")):
        page = an_article(port, headline)
        Release.objects.create(
            article=page,
            act=Release.Act.CORRECT,
            at=NOON + timedelta(hours=hours),
            note=f"{headline} was wrong.",
        )
    sent(an_edition(evening), at=NOON)

    found = filled(an_edition(evening, {"kind": "corrections"}), sheet)

    assert [each.note for each in found.pieces[0].corrections] == ["Since was wrong."]


def test_pictures_are_copies_of_ours_with_their_size_and_words(evening, port, sheet):
    edition = an_edition(
        evening,
        {"kind": "picture", "picture": a_picture().pk, "caption": "On Sunday"},
        {"kind": "picture", "picture": a_picture(copies_state="failed").pk},
        {"kind": "picture", "picture": 999},
    )

    found = filled(edition, sheet)

    shown = found.pieces[0].picture
    assert (shown.width, shown.height, shown.alt) == (584, 328, "A white ferry")
    assert shown.url == "http://127.0.0.1:8000/media/copies/ferry-800.jpeg"
    assert [each.block for each in found.dropped] == [1, 2]


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_queries_do_not_grow(evening, port, sheet, how_many, django_assert_num_queries):
    pages = [an_article(port, f"No. {n}", lead_picture=a_picture()) for n in range(how_many)]
    edition = an_edition(evening, *(article(page) for page in pages))

    with django_assert_num_queries(2):  # rows with their pictures, versions
        filled(edition, sheet)
