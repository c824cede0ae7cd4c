"""The moderators' queue by keyboard alone, in a real browser, with the desk's own module."""

import json
import time
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import expect

from masthead.comments.desk.queues import PER_PAGE
from masthead.comments.models import Reason
from tests.factories import NOON
from tests.journeys import desk as desk_words
from tests.journeys.cast import ADA, HELD, HELD_BELOW, MO, Person
from tests.journeys.network import Network
from tests.journeys.people import PATIENCE_MS, somebody

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page, Route

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
            thread=SimpleNamespace(
                published=SimpleNamespace(headline="Lights", public_id=UUID(int=1))
            ),
            outlet=SimpleNamespace(title="The Courier", slug="courier"),
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


def test_what_was_done_is_undone_by_a_key(desk: Any) -> None:
    desk.show(3)

    desk.page.keyboard.press("f")
    desk.page.wait_for_function("document.querySelector('[data-said]').textContent")
    desk.page.keyboard.press("u")
    desk.page.wait_for_function("!document.querySelector('[data-done]')")

    assert desk.acts == ["approve", "undo"]
    assert desk.page.locator("[data-count]").inner_text() == "3"


def test_a_digit_chooses_the_reason_that_the_list_numbers_so(desk: Any) -> None:
    desk.show(2)

    desk.page.keyboard.press("4")

    chosen = desk.page.locator("[data-item] [name=reason]").first
    assert chosen.evaluate("select => select.selectedOptions[0].text").startswith("4 ")


def test_letters_typed_into_a_field_decide_nothing(desk: Any) -> None:
    desk.show(2)

    desk.page.locator("[name=words]").first.focus()
    desk.page.keyboard.type("fdrp")

    assert desk.acts == []


@contextmanager
def at_the_queue(demo: Network, browser: "Browser", person: Person) -> "Iterator[Page]":
    """What waits below one article, before a moderator who came by a one-time link."""
    with somebody(browser) as page:
        desk_words.use_link(page, demo.run("sign-in", person.email).strip())
        page.wait_for_url("**/desk/**")
        page.goto(f"{'/'.join(page.url.split('/')[:3])}/desk/comments/")
        page.get_by_role("link", name=HELD_BELOW).first.click()
        page.locator("[data-queue=held]").click()
        expect(page.locator("[data-item]").first).to_be_focused()
        yield page


def waiting(page: "Page") -> int:
    """As the desk's own columns have it."""
    page.reload()
    return int(page.locator("[data-queue=held] [data-count]").inner_text())


def test_sixty_decisions_by_keyboard_alone_and_two_moderators_on_one_item(
    demo: Network, browser: "Browser"
) -> None:
    with at_the_queue(demo, browser, MO) as page, at_the_queue(demo, browser, ADA) as other:
        decided: list[int] = []
        page.on("response", lambda told: is_act(told) and decided.append(told.status))
        began = time.monotonic()

        for number in range(PER_PAGE):
            page.keyboard.press("fd"[number % 2])
        expect(page.locator("[data-next]")).to_be_focused()
        wait_until(page, lambda: len(decided) == PER_PAGE)
        page.keyboard.press("Enter")
        page.wait_for_url("**after=**")
        expect(page.locator("[data-item]").first).to_be_focused()
        for number in range(60 - PER_PAGE):
            page.keyboard.press("fd"[number % 2])
        wait_until(page, lambda: len(decided) == 60)
        print(f"60 decisions by keyboard in {time.monotonic() - began:.1f} s")

        assert decided == [200] * 60
        assert waiting(page) == HELD - 60

        # Ada still has before her what Mo approved first.
        other.keyboard.press("d")
        told = f"{MO.name} was faster: it is “Approved” now."
        expect(other.locator("[data-said]")).to_have_text(told)


def is_act(answer: Any) -> bool:
    return answer.request.method == "POST" and "/desk/comments/" in answer.url


def wait_until(page: "Page", is_so: "Callable[[], bool]") -> None:
    """Lets the browser go on until it is so."""
    for _turn in range(PATIENCE_MS // 50):
        if is_so():
            return
        page.wait_for_timeout(50)
    raise AssertionError("It did not become so in time.")
