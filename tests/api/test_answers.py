"""How the API answers, whatever is asked: the same for pages kept and for what is not there."""

import json
from typing import Any

import pytest
from django.test import Client

from masthead.articles.models import Topic
from masthead.press.printing import NotForShelf, print_target
from tests.factories import NETWORK, NOON, an_author
from tests.press.acts import changed, publish
from tests.press.conftest import Network
from tests.press.keeping import Kept
from tests.syndication.newsroom import an_article

API = "/courier/api/v1/"


def test_whoever_has_an_answer_already_is_told_so(client: Any, port: Any) -> None:
    an_article(port)
    first = client.get(f"{API}articles", headers={"host": NETWORK})

    again = client.get(f"{API}articles", headers={"host": NETWORK, "if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_scripts_of_any_site_may_read(client: Any, port: Any) -> None:
    for path in ("articles", "nothing"):
        answer = client.get(API + path, headers={"host": NETWORK})

        assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_it_is_only_read(port: Any, method: str) -> None:
    """Also by whoever has no token against forged forms."""
    answer = getattr(Client(enforce_csrf_checks=True), method)(
        f"{API}articles", headers={"host": NETWORK}
    )

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert answer["Content-Type"] == "application/problem+json"


def test_a_browser_that_asks_beforehand_is_told_what_it_may(client: Any, port: Any) -> None:
    answer = client.options(f"{API}articles", headers={"host": NETWORK})

    assert answer.status_code == 204
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]


@pytest.mark.parametrize(
    "path",
    [
        "nothing",
        "articles/",
        "articles/12",
        "articles/00000000-0000-0000-0000-000000000000",
        "sections/999/articles",
        "sections/99999999999999999999/articles",
        "months/2026-13/articles",
        "months/0000-01/articles",
        "months/9999-12/articles/x",
        "authors/nobody/articles",
        "authors/%22%3E/articles",
        "topics/nothing/articles",
    ],
)
def test_what_is_not_there_is_said_as_json(client: Any, port: Any, path: str) -> None:
    answer = client.get(API + path, headers={"host": NETWORK})

    data = json.loads(answer.content)
    assert (answer.status_code, data["status"], data["title"]) == (404, 404, "Not Found")
    assert answer["Content-Type"].startswith("application/problem+json")
    assert data["detail"].endswith(".")


def test_the_last_month_of_the_calendar_is_no_accident(client: Any, port: Any) -> None:
    answer = client.get(f"{API}months/9999-12/articles", headers={"host": NETWORK})

    assert answer.status_code == 404


MADE_UP = ("before=1763294400.000000-1", "after=nobody", "limit=3", "before=x", "after=x&before=y")


def test_made_up_parameters_are_answered_but_never_kept(client: Any, port: Any) -> None:
    for path in ("articles", "outlet", "authors", "topics", "corrections", "openapi.json"):
        for query in MADE_UP:
            target = f"{API}{path}?{query}"

            assert client.get(target, headers={"host": NETWORK}).status_code == 200
            with pytest.raises(NotForShelf):
                print_target(host="127.0.0.1", target=target, variant="public")


def test_a_place_that_a_list_leads_to_is_kept(port: Any) -> None:
    author, topic = an_author(), Topic.objects.create(name="Night", slug="night")
    an_article(port, authors=[author], topics=[topic])

    for target in ("authors?after=mara-okafor", "topics?after=night"):
        page = print_target(host="127.0.0.1", target=API + target, variant="public")

        assert page.status == 200


EVERY_LIST = (
    "articles",
    "months",
    "months/2026-11/articles",
    "authors",
    "authors/mara-okafor/articles",
    "topics",
    "topics/tides/articles",
    "corrections",
)


def kept_api(network: Network, kept: Kept) -> None:
    """Every answer of the Courier's that there is, pages further down too."""
    targets = [API + each for each in EVERY_LIST]
    targets += [f"{API}sections/{each.pk}/articles" for each in (network.port, network.town)]
    targets += [f"{API}articles/{each.public_id}" for each in network.stories.values()]
    targets += [f"{API}outlet", f"{API}outlets", f"{API}sections", f"{API}openapi.json", API]
    for target in targets:
        kept.also(target)
        if kept.page(target) is not None and target != API:
            url = json.loads(kept.body(target)).get("next")
            targets += [url.removeprefix("http://127.0.0.1:8000")] if url else []


@pytest.mark.parametrize(
    "act",
    [
        lambda network: publish(changed(network.stories["two"], title="Later"), correction=True),
        lambda network: an_article(network.port, "New", at=NOON, authors=[network.ines]),
        lambda network: an_article(network.town, "Old", at=NOON.replace(day=14)),
        lambda network: withdraw(network.stories["three"]),
    ],
    ids=["a correction", "a new article", "an old article comes in", "a withdrawal"],
)
def test_what_is_kept_is_never_out_of_date(network: Network, kept: Kept, act: Any) -> None:
    kept_api(network, kept)

    with kept.an_act() as anew:
        act(network)

    assert kept.outdated() == {}
    assert any(path.startswith(API) for path in anew.printed)


def withdraw(article: Any) -> None:
    from masthead.publishing.actions import withdraw_article

    withdraw_article(article=article, by=None, at=NOON, reason="Forged.")


@pytest.mark.parametrize(
    "path",
    [
        "articles#1",
        "articles?",
        "articles?1",
        "articles?1=",
        "art\ticles",
        "authors?after=%6dara-okafor",
        "authors?after=%00",
        "months/2026-11/articles\n",
        "months/1999-12/articles",
        "sections/0{section}/articles",
        "sections/{section}/articles\n",
    ],
)
def test_no_page_is_kept_twice_under_made_up_addresses(port: Any, path: str) -> None:
    """The door hands on what was asked as it reads it; there is no end of such addresses."""
    an_article(port, authors=[an_author()])
    target = API + path.format(section=port.pk)

    with pytest.raises(NotForShelf):
        print_target(host="127.0.0.1", target=target, variant="public")
