"""What goes out with a reader's page: status, headers, who may keep it."""

import base64
import hashlib
import json
import re
from datetime import timedelta

import pytest
from django.db import OperationalError

from masthead.accounts.models import Role
from masthead.articles.models import Access
from masthead.readers.actions import find_or_add_reader, grant_entitlement
from masthead.readers.models import Benefit
from tests.desk.factory import a_person, at_desk
from tests.factories import NOON, a_page, a_section, an_article, an_author, an_outlet

HOST = "127.0.0.1:8000"


def test_the_policy_lets_in_the_pages_own_style_and_no_other(port, read):
    article = an_article(port)

    answer = read(f"port/{article.slug}/")

    styles = re.findall(r"<style>(.*?)</style>", answer.content.decode(), re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(styles[0].encode()).digest()).decode()
    directives = dict(
        each.strip().split(" ", 1) for each in answer["Content-Security-Policy"].split(";")
    )
    assert len(styles) == 1
    assert directives["style-src"] == f"'sha256-{digest}'"
    assert f'content="style-src &#39;sha256-{digest}&#39;"' in answer.content.decode()
    assert (directives["default-src"], directives["script-src"]) == ("'none'", "'self'")
    assert directives["base-uri"] == "'none'"


def test_no_page_has_an_inline_script_or_style_attribute(port, read):
    article = an_article(port, authors=[an_author()])
    a_page(port.get_parent(), title="About", purpose="about")
    paths = [
        "",
        "port/",
        f"port/{article.slug}/",
        "authors/mara-okafor/",
        "archive/",
        "search/",
        "about/",
        "nowhere/",
    ]

    pages = {path: read(path).content.decode() for path in paths}

    assert {path for path, page in pages.items() if re.search(r"<[^>]+\sstyle=", page)} == set()
    assert {
        path
        for path, page in pages.items()
        for attributes in re.findall(r"<script([^>]*)>", page)
        if "src=" not in attributes and "application/ld+json" not in attributes
    } == set()
    assert {path for path, page in pages.items() if re.search(r"<[^>]+\son\w+=", page)} == set()


def test_an_open_page_may_be_kept_by_everybody_and_knows_nobody(port, read):
    article = an_article(port)

    for path in ("", "port/", f"port/{article.slug}/", "nowhere/"):
        answer = read(path)
        assert answer["Cache-Control"].startswith("public, max-age=0, s-maxage=60")
        assert answer.cookies == {}


def test_an_open_page_does_not_depend_on_cookies(port, read):
    article = an_article(port)
    paths = ["", "port/", f"port/{article.slug}/", "nowhere/"]

    assert ["Cookie" in read(path).get("Vary", "") for path in paths] == [False] * 4


def test_a_page_asked_for_again_by_its_tag_is_not_sent_again(port, read):
    first = read("port/")

    again = read("port/", **{"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == first["Cache-Control"]
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]


def test_a_page_that_changed_has_another_tag(port, read):
    before = read("port/")["ETag"]
    an_article(port)

    assert read("port/", **{"if-none-match": before}).status_code == 200


def test_a_page_is_the_same_for_whoever_is_signed_in(courier, port, client, read):
    article = an_article(port)
    path = f"port/{article.slug}/"
    anonymous = read(path).content

    client.force_login(a_person("ada", Role.EDITOR, courier))

    assert read(path).content == anonymous


def test_head_answers_as_get_without_a_body(port, client):
    answer = client.head("/courier/port/", headers={"host": HOST})

    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("path", ["/courier/", "/courier/port/", "/", "/courier/search/"])
def test_a_readers_page_takes_no_post(port, client, path):
    assert client.post(path, headers={"host": HOST}).status_code == 405


def test_a_host_of_no_outlet_is_refused_and_told_where_the_network_is(port, client):
    answer = client.get("/", headers={"host": "elsewhere.example"})

    assert answer.status_code == 421
    assert f'href="http://{HOST}/"' in answer.content.decode()


def test_what_the_network_itself_does_not_have_names_it_and_leads_to_its_titles(port, client):
    page = client.get("/nowhere/", headers={"host": HOST})

    assert page.status_code == 404
    assert re.findall(r'<a href="(.*?)"><bdi>(.*?)</bdi>', page.content.decode()) == [
        ("/", "Masthead"),
        ("/courier/", "The Harbour Courier"),
    ]


def test_it_still_answers_with_the_database_away(port, client, monkeypatch):
    def away():
        raise OperationalError

    monkeypatch.setattr("masthead.press.errors.sheets", away)

    page = client.get("/nowhere/", headers={"host": HOST})

    assert page.status_code == 404
    assert '<a href="/">' in page.content.decode()


def test_a_page_without_its_slash_is_sent_there(port, client):
    answer = client.get("/courier/port", headers={"host": HOST})

    assert (answer.status_code, answer["Location"]) == (301, "/courier/port/")


def test_a_page_that_is_not_there_is_the_outlets_own(port, read):
    answer = read("nowhere/")

    assert answer.status_code == 404
    assert "The Harbour Courier" in answer.content.decode()


HOSTILE = '</script><script>alert(1)</script><!-- " &'


def test_no_words_can_leave_the_json_ld(port, read):
    article = an_article(
        port,
        f"Quote {HOSTILE}",
        authors=[an_author(f"Eve {HOSTILE}", post_nominals="</script>")],
    )

    page = read(f"port/{article.slug}/").content.decode()

    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert "<script>alert" not in page
    assert json.loads(scripts[0])["headline"] == f"Quote {HOSTILE}"


def test_hostile_words_are_harmless_on_every_list(port, read):
    an_article(
        port,
        f"Quote {HOSTILE}",
        standfirst=HOSTILE,
        kicker="<b>x</b>",
        authors=[an_author("Eve")],
    )

    pages = [read(path).content.decode() for path in ("", "port/", "authors/eve/", "nowhere/")]

    assert ["<script>alert" in page or "<b>x</b>" in page for page in pages] == [False] * 4


@pytest.fixture
def members_only(port):
    text = "".join(f"<p>Part {n} of it.</p>" for n in range(1, 8))
    return an_article(port, text=text, access=Access.MEMBERS)


def test_a_members_article_is_cut_for_everybody_else(port, members_only, read):
    answer = read(f"port/{members_only.slug}/")

    page = answer.content.decode()
    assert [f"Part {n} of it." in page for n in range(1, 8)] == [True] * 3 + [False] * 4
    assert answer["Cache-Control"].startswith("public, max-age=0")


def test_a_member_gets_it_whole_and_no_cache_keeps_it(port, members_only, client, read):
    cy = a_person("cy")
    reader = find_or_add_reader(email=cy.email, at=NOON, user=cy)
    grant_entitlement(reader=reader, benefit=Benefit.MEMBERS_ARTICLES, by=cy, at=NOON)
    client.force_login(cy)

    answer = read(f"port/{members_only.slug}/")

    assert "Part 7 of it." in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"


def test_a_membership_that_ended_gives_nothing(port, members_only, client, read):
    cy = a_person("cy")
    reader = find_or_add_reader(email=cy.email, at=NOON, user=cy)
    grant_entitlement(
        reader=reader,
        benefit=Benefit.MEMBERS_ARTICLES,
        by=cy,
        at=NOON - timedelta(days=3),
        until=NOON - timedelta(days=2),
    )
    client.force_login(cy)

    assert "Part 7 of it." not in read(f"port/{members_only.slug}/").content.decode()


def test_a_members_text_is_in_no_feed(port, members_only, read):
    feeds = [read(name).content.decode() for name in ("feed.xml", "atom.xml", "feed.json")]

    assert ["Part 7 of it." in feed for feed in feeds] == [False] * 3


def test_a_preview_is_never_kept_on_the_way(courier, port):
    from django.urls import reverse

    article = an_article(port, at=None)
    ada = a_person("ada", Role.EDITOR, courier)

    answer = at_desk(ada).get(reverse("wagtailadmin_pages:view_draft", args=[article.pk]))

    asked = {each.strip() for each in answer["Cache-Control"].split(",")}
    assert (answer.status_code, {"private", "no-store"} - asked) == (200, set())
    assert "Ships enter after dark." in answer.content.decode()


def test_an_arabic_outlet_is_written_from_the_right(client, db):
    mina = an_outlet(slug="mina", title="ميناء", language="ar")
    section = a_section(mina, "الميناء")
    article = an_article(section, "الميناء يفتح")

    for path in ("", f"{section.slug}/", f"{section.slug}/{article.slug}/", "search/", "x/"):
        answer = client.get(f"/mina/{path}", headers={"host": HOST})
        assert '<html lang="ar" dir="rtl"' in answer.content.decode()
        assert answer["Content-Language"] == "ar"


def test_the_networks_front_speaks_its_first_outlets_language(client, db):
    an_outlet(slug="mina", title="ميناء", language="ar")
    an_outlet(slug="courier")

    page = client.get("/", headers={"host": HOST}).content.decode()

    assert '<html lang="ar" dir="rtl"' in page
    assert "Nothing has been published here yet." not in page


def test_the_network_sends_readers_of_a_lone_outlet_there(port, client):
    answer = client.get("/", headers={"host": HOST})

    assert (answer.status_code, answer["Location"]) == (302, "/courier/")


def test_a_network_without_an_outlet_sends_to_the_desk(client, db):
    answer = client.get("/", headers={"host": HOST})

    assert (answer.status_code, answer["Location"]) == (302, "/desk/")


def test_a_redirect_to_a_new_address_may_be_forgotten_again(courier, port, read):
    from masthead.outlets.actions import record_move

    record_move(outlet_id=courier.pk, old_path="old/", new_path="port/", at=NOON)

    answer = read("old/")

    assert (answer.status_code, answer["Location"]) == (301, "/courier/port/")
    assert answer["Cache-Control"].startswith("public, max-age=10")
