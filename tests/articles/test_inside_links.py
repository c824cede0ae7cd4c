"""Links inside the network: kept by address, answered on the host that was asked."""

import re
from typing import Any

from masthead.articles.models import PublishedArticle
from tests.factories import a_page, a_section, an_article, an_author, an_outlet

from .bodies import a_document, body_of


def link_to(page: Any) -> str:
    return f'<p>See <a linktype="page" id="{page.pk}">this</a>.</p>'


def links_of(answer: Any) -> set[str]:
    """Every address the page leads to; a printed page may do without the quotes."""
    return set(re.findall(r'<a\b[^>]*?\bhref="?([^">\s]+)', answer.content.decode()))


def test_an_inside_link_is_kept_by_address_and_answered_on_the_host_asked(port, read):
    target = an_article(port, "Target")
    article = an_article(port, text=link_to(target))

    links = links_of(read(f"port/{article.slug}/"))

    stored = PublishedArticle.objects.get(article=article).text.snapshot["body"][0]["html"]
    assert f'href="outlet:courier/port/{target.slug}/"' in stored
    assert f"/courier/port/{target.slug}/" in links


def test_an_inside_link_still_leads_there_after_its_target_was_renamed(
    port, read, django_capture_on_commit_callbacks
):
    target = an_article(port, "Target")
    article = an_article(port, text=link_to(target))
    old = target.slug
    with django_capture_on_commit_callbacks(execute=True):
        target.slug = "renamed"
        target.save_revision().publish()

    links = links_of(read(f"port/{article.slug}/"))

    assert f"/courier/port/{old}/" in links
    assert read(f"port/{old}/")["Location"] == "/courier/port/renamed/"


def test_an_inside_link_to_a_sister_title_carries_its_own_address(port, read):
    tideline = an_outlet(slug="tideline", title="Tideline")
    tideline.domains.create(host="tideline.example")
    tideline.save_revision().publish()
    target = an_article(a_section(tideline, "Coast"), "Target")
    article = an_article(port, text=link_to(target))

    links = links_of(read(f"port/{article.slug}/"))

    assert f"http://tideline.example/coast/{target.slug}/" in links


def test_a_link_to_a_page_that_is_gone_is_plain_words(port):
    (part,) = body_of(port, ("text", '<p>See <a linktype="page" id="999999">this</a>.</p>'))

    assert "href" not in part["html"]


def test_inside_links_work_on_plain_pages_too(courier, port, read):
    article = an_article(port, "Target")
    about = a_page(courier, title="About", purpose="about")
    about.text = link_to(article)
    about.save_revision().publish()

    assert f"/courier/port/{article.slug}/" in links_of(read("about/"))


def test_a_linked_document_can_be_fetched_from_a_plain_page(courier, port, read):
    document = a_document()
    about = a_page(courier, title="About", purpose="about")
    about.text = f'<p><a linktype="document" id="{document.pk}">Minutes</a></p>'
    about.save_revision().publish()

    assert document.url in links_of(read("about/"))


def test_inside_links_work_in_a_biography(port, read):
    article = an_article(port, "Target")
    author = an_author(biography=link_to(article))
    an_article(port, authors=[author])

    links = links_of(read("authors/mara-okafor/"))

    assert f"/courier/port/{article.slug}/" in links
