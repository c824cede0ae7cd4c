"""The moderators' queue by keyboard alone, in a real browser, with the desk's own module."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.template.loader import render_to_string

from masthead.comments.models import Reason
from tests.factories import NOON

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

pytestmark = pytest.mark.journey
ASSETS = Path("masthead/comments/static/masthead/comments")
HOME = "http://desk.test/"


def a_queue(number: int) -> str:
    """As the desk prints it, around items that are not in any database."""
    items = []
    for place in range(number):
        person = SimpleNamespace(name=f"Reader {place}", email=f"r{place}@readers.example")
        comment = SimpleNamespace(
            public_id=UUID(int=place),
            state="held",
            get_state_display="Held",
            reason="words",
            thread_id=1,
            thread=SimpleNamespace(published=SimpleNamespace(headline="Lights")),
            outlet=SimpleNamespace(title="The Courier"),
            posted_at=NOON,
            edited_at=None,
            byline="",
            author=person,
            parent=None,
            is_pick=False,
        )
        item = {"comment": comment, "marked": f"Words {place}", "why": "Held.", "reports": []}
        context = {"item": item, "reasons": Reason.choices}
        items.append(render_to_string("comments/desk/_item.html", context))
    return f"""<!doctype html><meta charset=utf-8><title>Comments</title>
        <div data-moderation><nav><a href="?queue=held" aria-current=page data-queue=held>Held
        <b data-count>{number}</b></a></nav><p data-said></p><ol>{"".join(items)}</ol></div>
        <script type=module src=/desk.mjs></script>"""


@pytest.fixture
def desk(browser: "Browser") -> Any:
    """The page, what was posted to which act, and what the next posts are answered."""
    page = browser.new_page()
    told = SimpleNamespace(page=page, acts=[], answers=[])

    def answer(route: "Route") -> None:
        path = route.request.url.removeprefix(HOME)
        if route.request.method == "POST":
            told.acts.append(path.rstrip("/").split("/")[-1])
            status, said = told.answers.pop(0) if told.answers else (200, "Done.")
            undo = f"/desk/comments/decisions/{len(told.acts)}/undo/"
            body = json.dumps({"said": said, "undo": undo if status == 200 else ""})
            route.fulfill(status=status, content_type="application/json", body=body)
        elif path == "desk.mjs":
            module = (ASSETS / "desk.mjs").read_text("utf-8")
            route.fulfill(status=200, content_type="text/javascript", body=module)
        else:
            route.fulfill(status=200, content_type="text/html", body=told.html)

    def show(number: int) -> None:
        told.html = a_queue(number)
        page.route("**/*", answer)
        page.goto(HOME)
        page.wait_for_function("document.activeElement?.matches('[data-item]')")

    told.show = show
    yield told
    page.close()


def test_sixty_decisions_by_keyboard_alone(desk: Any) -> None:
    desk.show(60)

    for number in range(60):
        desk.page.keyboard.press("fd"[number % 2])
    desk.page.wait_for_function("document.querySelectorAll('[data-done]').length === 60")

    assert desk.acts == ["approve", "reject"] * 30
    assert desk.page.locator("[data-count]").inner_text() == "0"


def test_what_was_done_is_undone_by_a_key(desk: Any) -> None:
    desk.show(3)

    desk.page.keyboard.press("f")
    desk.page.wait_for_function("document.querySelector('[data-said]').textContent")
    desk.page.keyboard.press("u")
    desk.page.wait_for_function("!document.querySelector('[data-done]')")

    assert desk.acts == ["approve", "undo"]
    assert desk.page.locator("[data-count]").inner_text() == "3"


def test_whoever_was_slower_is_told(desk: Any) -> None:
    desk.show(2)
    desk.answers.append((409, "Ada was faster: it is “Approved” now."))

    desk.page.keyboard.press("d")
    desk.page.wait_for_function("document.querySelector('[data-said]').textContent")

    assert "Ada was faster" in desk.page.locator("[data-said]").inner_text()


def test_letters_typed_into_a_field_decide_nothing(desk: Any) -> None:
    desk.show(2)

    desk.page.locator("[name=words]").first.focus()
    desk.page.keyboard.type("fdrp")

    assert desk.acts == []
