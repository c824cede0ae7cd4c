"""What the front door asks the program for, and nobody else may."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse

from masthead.press import door_views
from masthead.press.door.printing import token
from masthead.press.shelf import Shelf
from tests.factories import an_article
from tests.press.keeping import SECRET

Ask = Callable[..., HttpResponse]


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: Any) -> Shelf:
    shelf = Shelf(tmp_path / "shelf", secret=SECRET)
    monkeypatch.setattr(door_views, "own_shelf", lambda: shelf)
    return shelf


@pytest.fixture
def ask(client: Any) -> Ask:
    def post(target: str, *, said: str | None = None, variant: str = "public") -> HttpResponse:
        said = token(settings.SECRET_KEY.encode()) if said is None else said
        answer: HttpResponse = client.post(
            "/-/print",
            json.dumps({"host": "127.0.0.1", "target": target, "variant": variant}),
            content_type="application/json",
            headers={"host": "127.0.0.1:8000", "x-masthead-door": said},
        )
        return answer

    return post


def test_a_page_is_on_the_shelf_when_the_answer_comes(
    port: Any, clock: Any, shelf: Shelf, ask: Ask
) -> None:
    article = an_article(port)

    answer = ask(article.url_path)

    page = shelf.read("127.0.0.1", article.url_path, "public")
    assert json.loads(answer.content) == {"shelved": True}
    assert page is not None
    assert page.status == 200


@pytest.mark.parametrize(
    "target", ["/courier/nowhere/", "/courier/search/", "/courier/port/?before=x"]
)
def test_what_is_not_for_the_shelf_is_said_to_be_so(
    port: Any, shelf: Shelf, ask: Ask, target: str
) -> None:
    assert json.loads(ask(target).content) == {"shelved": False}
    assert shelf.total_bytes() == 0


@pytest.mark.parametrize("said", ["", "x", "é", "0" * 64])
def test_whoever_is_not_the_door_finds_nothing(
    port: Any, shelf: Shelf, ask: Ask, said: str
) -> None:
    assert ask("/courier/port/", said=said).status_code == 404
    assert shelf.total_bytes() == 0


def test_there_is_nothing_to_get(port: Any, client: Any) -> None:
    assert client.get("/-/print", headers={"host": "127.0.0.1:8000"}).status_code == 405


def test_a_print_the_door_asked_for_removes_no_address(port: Any, shelf: Shelf, ask: Ask) -> None:
    from masthead.press.shelf import Address

    known = Address("127.0.0.1", "/courier/authors/mara-okafor/", "page")
    shelf.set_addresses("127.0.0.1", [known])

    ask("/courier/authors/mara-okafor/")

    assert shelf.address("127.0.0.1", known.path) == known
