"""A copied page becomes an article: filed, signed, pictured, once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from masthead.articles.models import ArticlePage, PublishedArticle
from masthead.importing.actions import BroughtIn, NoSection, Withdrawn, bring_in_page
from masthead.importing.extract import NotAPage
from masthead.importing.models import CopiedPage
from masthead.outlets.models import Outlet, Section
from masthead.outlets.models.addressed import RESERVED_BELOW
from masthead.people.models import Author
from masthead.pictures.models import Picture
from masthead.publishing.actions import withdraw_article
from tests.factories import NOON, a_section, an_article, an_author, an_outlet

TEXT = (
    "<p>The bridge across the harbour opened to traffic on Monday after two years of work.</p>"
    "<p>Lorries crossed first, and the ferry made its last trip in the afternoon.</p>"
    "<p>“It is quieter already,” a resident of the old quay said on Monday evening.</p>"
)


def page(*, head: str = "", top: str = "", body: str = TEXT, title: str = "Bridge opens") -> str:
    return (
        f"<html lang='en'><head><title>{title}</title>{head}</head><body><article>"
        f"<h1>{title}</h1>{top}{body}</article></body></html>"
    )


SIGNED = (
    '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",'
    '"headline":"Bridge opens","datePublished":"2026-03-02T06:40:00+01:00",'
    '"articleSection":"%s","author":[{"@type":"Person","name":"Mara Okafor"},'
    '{"@type":"Person","name":"Tomas Lindqvist, PhD"}]}</script>'
)


@pytest.fixture
def tideline(db: None) -> Section:
    """A section of another title."""
    return a_section(an_outlet(slug="tideline", title="Tideline"), "Coast")


@pytest.fixture
def bring(courier: Outlet, port: Section, tmp_path: Path, settings: Any) -> Any:
    settings.DATA = tmp_path / "data"

    def bring_in(html: str, name: str = "page.html", **more: Any) -> BroughtIn:
        file = tmp_path / name
        file.write_text(html)
        return bring_in_page(**{"file": file, "outlet": courier, "by": None, "at": NOON} | more)

    return bring_in


def a_file(folder: Path, name: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (60, 40), "teal").save(folder / name)
    return folder / name


def test_a_page_becomes_a_draft_in_the_first_section(bring, port):
    brought = bring(page())

    article = ArticlePage.objects.get()
    assert (brought.article, brought.is_new) == (article, True)
    assert (article.title, article.live, article.get_parent().pk) == (
        "Bridge opens",
        False,
        port.pk,
    )
    assert "opened to traffic" in str(article.body.get_prep_value())
    assert PublishedArticle.objects.count() == 0


def test_the_page_itself_is_kept_as_evidence(bring, tmp_path):
    html = page()
    bring(html)

    (kept,) = (tmp_path / "data" / "brought-in").iterdir()

    assert (kept.read_text(), kept.name) == (html, f"{CopiedPage.objects.get().content_hash}.html")


def test_section_authors_and_date_are_taken_over(bring, courier):
    town = a_section(courier, "Town")

    brought = bring(page(head=SIGNED % "TOWN"), publish=True)

    row = PublishedArticle.objects.get()
    assert brought.article.get_parent().pk == town.pk
    assert row.byline == "Mara Okafor and Tomas Lindqvist, PhD"
    assert row.published_at == datetime(2026, 3, 2, 5, 40, tzinfo=UTC)


def test_known_authors_are_not_made_again(bring):
    bring(page(head=SIGNED % "Port"))
    bring(page(head=SIGNED % "Port", title="Another"), name="another.html")

    assert sorted(Author.objects.values_list("name", "post_nominals")) == [
        ("Mara Okafor", ""),
        ("Tomas Lindqvist", "PhD"),
    ]


def test_an_author_without_articles_yet_is_taken_by_name(bring):
    mara = an_author("Mara Okafor")

    brought = bring(page(head=SIGNED % "Port"))

    assert bylines(brought) == ["mara-okafor", "tomas-lindqvist"]
    assert mara.pk == brought.article.article_authors.first().author_id
    assert brought.fields["authors"]["origin"] == "json-ld"


def test_an_author_who_writes_for_the_outlet_is_preferred_to_one_who_never_wrote(bring, port):
    an_author("Mara Okafor")
    ours = Author.objects.create(name="mara okafor", slug="mara-of-the-port")
    an_article(port, authors=[ours], at=None)

    assert bylines(bring(page(head=SIGNED % "Port")))[0] == "mara-of-the-port"


def test_somebody_of_that_name_who_writes_elsewhere_is_another_author(bring, tideline):
    an_article(tideline, authors=[an_author("Mara Okafor")], at=None)

    brought = bring(page(head=SIGNED % "Port"))

    assert bylines(brought) == ["mara-okafor-2", "tomas-lindqvist"]
    assert brought.fields["authors"]["value"] == ["Mara Okafor", "Tomas Lindqvist, PhD"]
    assert brought.fields["authors"]["origin"] == (
        "json-ld; made new, as the one known writes elsewhere: Mara Okafor"
    )


def test_whoever_is_said_to_write_for_the_outlet_is_taken_by_name(bring, courier, tideline):
    mara = an_author("Mara Okafor")
    mara.outlets.add(courier)
    an_article(tideline, authors=[mara], at=None)

    assert bylines(bring(page(head=SIGNED % "Port")))[0] == "mara-okafor"


def bylines(brought: BroughtIn) -> list[str]:
    return [line.author.slug for line in brought.article.article_authors.all()]


def test_an_unknown_author_and_date_stay_unknown(bring):
    brought = bring(page(), publish=True)

    fields = brought.fields
    assert [fields[name]["value"] for name in ("authors", "published_at")] == [None, None]
    assert [fields[name]["confidence"] for name in ("authors", "published_at")] == [0, 0]
    assert [fields[name]["origin"] for name in ("authors", "published_at")] == ["not found"] * 2
    assert Author.objects.count() == 0
    assert PublishedArticle.objects.get().published_at == NOON


def test_a_date_still_to_come_counts_as_now(bring):
    later = SIGNED.replace("2026-03-02", "2031-03-02") % "Port"

    bring(page(head=later), publish=True)

    assert PublishedArticle.objects.get().published_at == NOON


def test_the_same_page_twice_is_one_article(bring):
    first, again = bring(page()), bring(page(), name="again.html")

    assert (again.article.pk, again.is_new) == (first.article.pk, False)
    assert (again.fields, ArticlePage.objects.count()) == (first.fields, 1)


def test_a_draft_brought_in_before_can_be_published_the_second_time(bring):
    bring(page())

    bring(page(), publish=True)
    bring(page(), publish=True)

    assert PublishedArticle.objects.count() == 1


def withdraw(brought: BroughtIn) -> None:
    article = ArticlePage.objects.get(pk=brought.article.pk)
    withdraw_article(article=article, by=None, at=NOON, reason="An error.")


def test_a_withdrawn_article_is_not_published_again_by_its_page(bring, clock):
    withdraw(bring(page(), publish=True))

    with pytest.raises(Withdrawn) as refused:
        bring(page(), publish=True)

    assert str(refused.value) == (
        "“Bridge opens” was brought in before and withdrawn on 16 November 2026. "
        "It stays withdrawn; publish it at the desk if it is to return."
    )
    assert PublishedArticle.objects.get().state == "withdrawn"


def test_bringing_in_again_says_that_the_article_was_withdrawn(bring, clock):
    first = bring(page(), publish=True)
    withdraw(first)

    again = bring(page())

    assert (again.article, again.is_new, first.note) == (first.article, False, "")
    assert "withdrawn on 16 November 2026" in again.note
    assert PublishedArticle.objects.get().state == "withdrawn"


def test_every_outlet_may_have_its_own(bring):
    bring(page())
    tideline = an_outlet(slug="tideline", title="Tideline")
    a_section(tideline)

    bring(page(), outlet=Outlet.objects.get(pk=tideline.pk))

    assert ArticlePage.objects.count() == 2


def test_two_pages_with_one_headline_have_two_addresses(bring):
    one, two = bring(page()), bring(page(body=TEXT + "<p>More.</p>"))

    assert (one.article.slug, two.article.slug) == ("bridge-opens", "bridge-opens-2")


@pytest.mark.parametrize("name", sorted(RESERVED_BELOW - {"-"}))
def test_a_section_named_like_an_address_of_the_program_gets_another(bring, name):
    brought = bring(page(head=SIGNED % name.title()))

    section = brought.article.get_parent().specific
    assert section.slug == f"{name}-2"
    assert section.title.lower() == name


def test_a_new_section_is_reached_but_not_in_the_navigation(bring, courier):
    brought = bring(page(head=SIGNED % "Bridges"))

    section = brought.article.get_parent().specific
    assert (section.title, section.in_navigation, section.live) == ("Bridges", False, True)


def test_an_outlet_without_a_section_says_so(bring, port):
    port.delete()

    with pytest.raises(NoSection, match="has no section yet"):
        bring(page())


def test_what_is_no_page_leaves_nothing(bring, tmp_path):
    with pytest.raises(NotAPage):
        bring("")

    assert (ArticlePage.objects.count(), CopiedPage.objects.count()) == (0, 0)


LEAD = '<figure><img src="%s" alt="The bridge"><figcaption>On Monday.</figcaption></figure>'


def test_a_picture_saved_beside_the_page_comes_along(bring, tmp_path):
    a_file(tmp_path / "page_files", "bridge one.png")

    bring(page(top=LEAD % "page_files/bridge%20one.png"))

    article = ArticlePage.objects.get()
    picture = Picture.objects.get()
    shown = [
        article.lead_picture,
        *(b.value["picture"] for b in article.body if b.block_type == "picture"),
    ]
    assert picture in shown
    assert (picture.description, picture.caption) == ("The bridge", "On Monday.")


def test_the_same_picture_twice_is_one(bring, tmp_path):
    a_file(tmp_path / "page_files", "a.png")
    bring(page(top=LEAD % "page_files/a.png"))

    bring(page(top=LEAD % "page_files/a.png", title="Another"))

    assert Picture.objects.count() == 1


@pytest.mark.parametrize(
    "address",
    [
        "../outside.png",
        "page_files/../../outside.png",
        "/etc/passwd",
        "%2e%2e/outside.png",
        "file:///etc/passwd",
        "//evil.example/a.png",
        "https://evil.example/a.png",
        "page_files/%00.png",
        "page_files/link.png",
        "page_files/secret.txt",
        "page_files/" + "a" * 5000 + ".png",
        "http://[bad/a.png",
        "page_files/missing.png",
        "data:image/png;base64,AAAA",
        "page_files\\..\\..\\outside.png",
    ],
)
def test_no_page_can_name_a_file_outside_its_folder(bring, tmp_path, address):
    folder = tmp_path / "saved"
    a_file(tmp_path, "outside.png")
    (folder / "page_files").mkdir(parents=True)
    (folder / "page_files" / "secret.txt").write_text("secret")
    (folder / "page_files" / "link.png").symlink_to(tmp_path / "outside.png")
    file = folder / "page.html"
    file.write_text(page(top=LEAD % address))

    brought = bring(page(), file=file)

    assert (Picture.objects.count(), brought.article.title) == (0, "Bridge opens")


def test_a_picture_that_is_none_does_not_keep_the_page_out(bring, tmp_path):
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "a.png").write_bytes(b"\x89PNG\r\n\x1a\nbroken")

    brought = bring(page(top=LEAD % "page_files/a.png"))

    assert (brought.article.title, Picture.objects.count()) == ("Bridge opens", 0)


def test_what_the_page_says_of_itself_is_cut_to_what_can_be_kept(bring):
    long = SIGNED.replace("Mara Okafor", "Mara " + "Okafor" * 60) % ("Sec" * 200)

    brought = bring(page(head=long, title="Long " * 120), publish=True)

    brought.article.full_clean()
    assert len(brought.article.title) <= 255


def test_it_all_happens_or_nothing_does(bring, monkeypatch):
    from masthead.importing import actions

    def fail(**_: Any) -> None:
        raise RuntimeError("The power went out.")

    monkeypatch.setattr(actions, "publish_article", fail)
    with pytest.raises(RuntimeError):
        bring(page(head=SIGNED % "Bridges"), publish=True, at=NOON + timedelta(hours=1))

    assert (ArticlePage.objects.count(), CopiedPage.objects.count()) == (0, 0)
    assert (Author.objects.count(), Section.objects.filter(title="Bridges").count()) == (0, 0)
