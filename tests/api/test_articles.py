"""Articles for programs: what is given, and what never leaves the house."""

from datetime import timedelta
from typing import Any

from masthead.api.views import correcting
from masthead.articles import queries
from masthead.articles.models import ArticlePage, Topic
from masthead.publishing.actions import publish_article, schedule_article, withdraw_article
from tests.factories import NOON, a_picture, a_section, an_author
from tests.syndication.newsroom import BASE, an_article

API = f"{BASE}/api/v1"
FIVE = "".join(f"<p>Part {word}</p>" for word in ("one", "two", "three", "four", "five"))


def headlines(data: Any) -> list[str]:
    return [each["headline"] for each in data["items"]]


def test_an_article_comes_in_full_as_html_and_as_words(ask: Any, port: Any) -> None:
    text = '<p>One <a href="/port/">here</a></p><p>Two</p>'
    article = an_article(port, text=text, authors=[an_author()], lead_picture=a_picture())

    status, data = ask(f"articles/{article.public_id}")

    assert status == 200
    assert data["blocks"] == [
        {
            "kind": "text",
            "html": '<p>One <a href="http://127.0.0.1:8000/port/" rel="noopener">here</a></p>',
            "text": "One here",
        },
        {"kind": "text", "html": "<p>Two</p>", "text": "Two"},
    ]
    assert (data["text"], data["is_complete"]) == ("One here\n\nTwo", True)
    assert data["authors"][0]["url"] == f"{BASE}/authors/mara-okafor/"
    assert data["picture"]["credit"] == "Ines Varga"


def test_of_a_members_article_only_the_open_part_leaves(ask: Any, port: Any) -> None:
    article = an_article(port, text=FIVE, access="members")

    _, data = ask(f"articles/{article.public_id}")

    assert [block["text"] for block in data["blocks"]] == ["Part one", "Part two", "Part three"]
    assert (data["access"], data["is_complete"]) == ("members", False)
    assert "Part four" not in str(data)


def test_a_member_gets_no_more_here_than_anybody(ask: Any, client: Any, port: Any, di: Any) -> None:
    article = an_article(port, text=FIVE, access="members")
    client.force_login(di, backend="django.contrib.auth.backends.ModelBackend")

    _, data = ask(f"articles/{article.public_id}")

    assert "Part four" not in str(data)


def test_who_paid_for_an_article_is_said_in_lists_and_in_it(ask: Any, port: Any) -> None:
    article = an_article(
        port, kind="sponsored", sponsor_name="Quay Bank", sponsor_url="https://quay.example/"
    )

    _, listed = ask("articles")
    _, whole = ask(f"articles/{article.public_id}")

    assert (listed["items"][0]["kind"], listed["items"][0]["sponsor_name"]) == (
        "sponsored",
        "Quay Bank",
    )
    assert (whole["sponsor_name"], whole["sponsor_url"]) == ("Quay Bank", "https://quay.example/")


def test_a_draft_and_what_is_planned_are_nowhere(ask: Any, port: Any, ada: Any) -> None:
    draft = an_article(port, "Secret draft", at=None)
    planned = an_article(port, "Secret plan", at=None)
    schedule_article(article=planned, by=ada, at=NOON + timedelta(days=1), now=NOON)
    an_article(port, "Public")

    answers = [
        ask(path)
        for path in (
            "articles",
            f"sections/{port.pk}/articles",
            "months/2026-11/articles",
            f"articles/{draft.public_id}",
            f"articles/{planned.public_id}",
        )
    ]

    assert [status for status, _ in answers] == [200, 200, 200, 404, 404]
    assert "Secret" not in str(answers)


def test_changes_that_are_not_released_stay_in_the_house(ask: Any, port: Any) -> None:
    article = an_article(port, "Public")
    article.title = "Secret change"
    article.save_revision()

    assert "Secret" not in str([ask("articles"), ask(f"articles/{article.public_id}")])


def test_a_withdrawn_article_says_so_and_why(ask: Any, port: Any, ada: Any) -> None:
    article = an_article(port, "Wrong about the harbour")
    withdraw_article(article=article, by=ada, at=NOON, reason="The source was forged.")

    status, data = ask(f"articles/{article.public_id}")

    assert status == 410
    assert data == {
        "type": "about:blank",
        "title": "Gone",
        "status": 410,
        "detail": "This article was withdrawn.",
        "reason": "The source was forged.",
        "withdrawn_at": "2026-11-16T12:00:00Z",
    }
    assert headlines(ask("articles")[1]) == []


def test_an_article_of_a_sister_title_is_not_this_ones(ask: Any, port: Any) -> None:
    from tests.factories import an_outlet

    coast = a_section(an_outlet(slug="tideline", title="Tideline"), "Coast")
    article = an_article(coast, "Elsewhere")

    assert ask(f"articles/{article.public_id}")[0] == 404
    assert headlines(ask("articles")[1]) == []


def five_articles(section: Any, **more: Any) -> None:
    for number in range(5):
        an_article(section, f"Story {number}", at=NOON - timedelta(hours=number), **more)


def test_lists_are_turned_by_their_own_next_address(ask: Any, port: Any, monkeypatch: Any) -> None:
    monkeypatch.setitem(queries.listing.__kwdefaults__, "size", 2)
    night = Topic.objects.create(name="Night", slug="night")
    five_articles(port, authors=[an_author()], topics=[night])

    for path in (
        "articles",
        f"sections/{port.pk}/articles",
        "authors/mara-okafor/articles",
        "topics/night/articles",
        "months/2026-11/articles",
    ):
        seen, url = [], f"{API}/{path}"
        while url:
            assert url.startswith(f"{API}/{path}")
            _, data = ask(url.removeprefix(f"{API}/"))
            seen += headlines(data)
            url = data["next"]

        assert seen == [f"Story {number}" for number in range(5)]


def test_sections_list_what_is_below_them_and_months_what_was_in_them(
    ask: Any, port: Any, courier: Any
) -> None:
    pier = a_section(port, "Pier")
    an_article(pier, "On the pier", at=NOON - timedelta(days=40))
    an_article(a_section(courier, "Schools"), "In school")

    assert headlines(ask(f"sections/{port.pk}/articles")[1]) == ["On the pier"]
    assert headlines(ask("months/2026-10/articles")[1]) == ["On the pier"]
    assert [each["month"] for each in ask("months")[1]["items"]] == ["2026-11", "2026-10"]


def test_what_is_no_place_changes_nothing(ask: Any, port: Any) -> None:
    an_article(port)
    said = ask("articles")

    for query in ("before=nonsense", "before=1-2-3", "before=9e99-1", "before=%00", "x=y&x=z"):
        assert ask(f"articles?{query}") == said


def test_corrections_say_which_version_was_wrong_and_how(ask: Any, port: Any, ada: Any) -> None:
    article = corrected(an_article(port, "Bridge opens Monday"), ada)
    publish_article(article=changed(article, "Third"), by=ada, at=NOON, note="Only for colleagues")

    _, data = ask("corrections")
    _, whole = ask(f"articles/{article.public_id}")

    [line] = data["items"]
    assert (line["text"], line["wrong_version"], line["right_version"]) == (
        "It opens on Tuesday.",
        1,
        2,
    )
    assert line["article"]["api_url"] == f"{API}/articles/{article.public_id}"
    assert [each["id"] for each in whole["corrections"]] == [line["id"]]
    assert "colleagues" not in str([data, whole])


def test_corrections_of_a_withdrawn_article_go_with_it(ask: Any, port: Any, ada: Any) -> None:
    article = corrected(an_article(port), ada)
    withdraw_article(article=article, by=ada, at=NOON, reason="Forged.")

    assert ask("corrections") == (200, {"items": [], "next": None})


def test_corrections_are_turned_by_their_place(
    ask: Any, port: Any, ada: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(correcting, "PAGE_SIZE", 1)
    for name in ("One", "Two", "Three"):
        corrected(an_article(port, name), ada)

    seen, path = [], "corrections"
    while path:
        _, data = ask(path)
        seen += [each["article"]["headline"] for each in data["items"]]
        path = (data["next"] or "").removeprefix(f"{API}/")

    assert seen == ["Three, right", "Two, right", "One, right"]


def changed(article: ArticlePage, headline: str) -> ArticlePage:
    draft = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    draft.title = headline
    draft.save_revision()
    return ArticlePage.objects.get(pk=article.pk)


def corrected(article: ArticlePage, by: Any) -> ArticlePage:
    publish_article(
        article=changed(article, f"{article.title}, right"),
        by=by,
        at=NOON,
        note="It opens on Tuesday.",
        correction=True,
    )
    return article
