"""Articles for partners: by their standard, and no more than everybody may read."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from masthead.api.views import ninjs
from masthead.articles.models import Topic
from masthead.publishing.actions import withdraw_article
from tests.api.test_articles import FIVE, changed, corrected
from tests.api.test_partners import a_partner
from tests.checks.ninjs import check_ninjs
from tests.factories import NOON, a_page, a_picture, an_author
from tests.press.acts import publish
from tests.syndication.newsroom import BASE, an_article


@pytest.fixture
def wire(ask: Any, courier: Any, owner: Any) -> Any:
    """What a partner with a good key gets."""
    _, key = a_partner(courier, by=owner)
    return lambda path="articles": ask(f"ninjs/{path}", authorization=f"Bearer {key}")


def test_an_article_with_everything_keeps_the_standard(
    wire: Any, port: Any, courier: Any, ada: Any
) -> None:
    a_page(courier, title="Our ethics", purpose="ethics")
    night = Topic.objects.create(name="Night", slug="night")
    shared = an_author("Courier staff", is_shared=True)
    ferry = a_picture()
    body = [("text", "<p>One</p>"), ("picture", picture_block(a_picture(title="Quay")))]
    article = an_article(
        port, body=body, authors=[an_author(), shared], topics=[night], lead_picture=ferry
    )
    corrected(article, ada)

    _, item = wire(f"articles/{article.public_id}")

    assert check_ninjs(item) == []
    assert (item["uri"], item["version"], item["pubStatus"]) == (
        f"urn:uuid:{article.public_id}",
        "2",
        "usable",
    )
    assert item["firstCreated"] == "2026-11-16T12:00:00Z"
    assert [each["name"] for each in item["people"]] == ["Mara Okafor"]
    assert [each["name"] for each in item["organisations"]] == ["Courier staff"]
    assert [each["name"] for each in item["subjects"]] == ["Night", "Port"]
    assert [each["rel"] for each in item["associations"]] == ["lead", "body"]
    assert [each["width"] for each in item["associations"][0]["renditions"]] == [400, 800, 1600]
    assert item["trustIndicators"] == [
        {
            "role": "http://cv.iptc.org/newscodes/trustindicator/ethicsPolicy",
            "title": "Our ethics",
            "href": f"{BASE}/our-ethics/",
        }
    ]
    assert {"role": "correction", "contentType": "text/plain", "value": "It opens on Tuesday."} in (
        item["descriptions"]
    )
    assert "urgency" not in item


def picture_block(picture: Any) -> dict[str, Any]:
    return {"picture": picture, "alt": "", "caption": "", "width": "normal"}


def test_of_a_members_article_partners_get_the_open_part(wire: Any, port: Any) -> None:
    an_article(port, text=FIVE, access="members")

    [item] = wire()[1]["items"]

    assert item["representationType"] == "partial"
    assert "Part three" in str(item)
    assert "Part four" not in str(item)


def test_who_paid_is_said_where_it_cannot_be_missed(wire: Any, port: Any) -> None:
    an_article(port, kind="sponsored", sponsor_name="Quay Bank")

    [item] = wire()[1]["items"]

    assert check_ninjs(item) == []
    assert item["edNote"] == "Paid for by Quay Bank. Say so wherever you publish it."
    assert {"name": "Quay Bank", "role": "sponsor"} in item["infoSources"]
    assert item["genres"] == [{"name": "Sponsored", "literal": "sponsored"}]


def test_a_withdrawn_article_is_canceled_and_says_nothing_more(
    wire: Any, port: Any, ada: Any
) -> None:
    article = an_article(port, "Wrong about the harbour")
    withdraw_article(article=article, by=ada, at=NOON + timedelta(hours=1), reason="Forged.")

    _, item = wire(f"articles/{article.public_id}")

    assert check_ninjs(item) == []
    assert item == wire()[1]["items"][0]
    assert (item["pubStatus"], item["edNote"]) == ("canceled", "Forged.")
    assert "harbour" not in str(item)


def test_what_was_released_last_comes_first_each_article_once(
    wire: Any, port: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(ninjs, "PAGE_SIZE", 2)
    stories = [an_article(port, f"Story {n}", at=NOON - timedelta(hours=n)) for n in range(5)]
    an_article(port, "Secret draft", at=None)
    publish(changed(stories[4], "Story 4, later"))

    seen, path = [], "articles"
    while path:
        _, data = wire(path)
        seen += [each["headlines"][0]["value"] for each in data["items"]]
        path = (data["next"] or "").removeprefix(f"{BASE}/api/v1/ninjs/")

    assert seen == ["Story 4, later", "Story 0", "Story 1", "Story 2", "Story 3"]


def test_three_articles_cost_a_partner_no_more_queries_than_one(
    wire: Any, port: Any, ada: Any
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert wire()[0] == 200
        return len(captured)

    for number in range(3):
        made = an_article(port, authors=[an_author(f"A {number}")], lead_picture=a_picture())
        corrected(made, ada)
        if number == 0:
            wire()
            one = queries()

    assert queries() == one <= 9


def test_a_fault_in_an_item_would_be_found() -> None:
    good = {"uri": "urn:uuid:1", "headlines": [{"value": "A"}]}

    assert check_ninjs(good) == []
    for bad in ({"uri": "no address"}, {**good, "x": 1}, {**good, "headlines": [{"role": "a"}]}):
        assert check_ninjs(bad) != []
