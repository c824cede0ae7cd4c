"""Comments that try to run a script, in a real browser, with the policy header and without."""

from typing import TYPE_CHECKING, Any

import pytest
from django.template import engines

from masthead.comments.text import printed, tidy
from masthead.press.headers import POLICY
from tests.comments.vectors import vectors

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

pytestmark = pytest.mark.journey
HEAD = "<!doctype html><meta charset=utf-8><title>Comments</title>"
WATCHED = f"{HEAD}<script>window.hits = 0; window.hit = () => {{ window.hits += 1; }};</script>"
TEMPLATE = "comments/branches.html"


def comments() -> str:
    """As the article's page has them, names included."""
    from django.utils.safestring import mark_safe

    from tests.factories import NOON

    branches: list[dict[str, Any]] = [
        {
            "id": str(number),
            "by": text[:80],
            "who": "w",
            "badge": "",
            "pick": False,
            "at": NOON,
            "edited": False,
            "html": mark_safe(printed(tidy(text))),
            "respects": 0,
            "url": "/x/",
            "answers": [],
            "more": 0,
        }
        for number, text in enumerate(vectors())
    ]
    environment: Any = engines["readers"]
    return str(
        environment.env.get_template(TEMPLATE).render(branches=branches, urls={"do": "/"}, asked="")
    )


@pytest.mark.parametrize("policy", [POLICY.format(style="'none'"), ""], ids=["policy", "none"])
def test_none_of_them_runs(browser: "Browser", policy: str) -> None:
    # With the policy our own watcher could not run either: there whatever calls it fails loudly.
    body = f"{HEAD if policy else WATCHED}<main>{comments()}</main>"
    page = browser.new_page()
    heard: list[str] = []
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))

    def answer(route: "Route") -> None:
        if route.request.url != "http://comments.test/":
            heard.append(f"asked for {route.request.url}")
            route.abort()
            return
        headers = {"Content-Type": "text/html; charset=utf-8"}
        headers |= {"Content-Security-Policy": policy} if policy else {}
        route.fulfill(status=200, headers=headers, body=body)

    page.route("**/*", answer)
    page.goto("http://comments.test/")
    for link in page.locator(".comment__text a").all():
        address = link.get_attribute("href") or ""
        assert address.startswith(("http://", "https://"))
    page.mouse.move(40, 40)
    page.keyboard.press("Tab")
    page.wait_for_timeout(200)

    assert page.locator(".comment__text").count() == len(vectors())
    assert (
        page.locator(":is(.comment__text, .comment__name) :is(script, img, svg, iframe)").count()
        == 0
    )
    assert page.evaluate("window.hits ?? 0") == 0
    assert [each for each in heard if "favicon" not in each] == []
    page.close()
