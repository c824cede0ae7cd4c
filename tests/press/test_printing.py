"""Printing an address: what it shows, until when, and that nobody in particular is seen."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from inspect import signature
from typing import Any

import pytest
from django.utils import timezone, translation

from masthead.articles.models import Access, PublishedArticle
from masthead.changes.actions import note_change
from masthead.fronts.actions import arrange_front, release_front
from masthead.press import actions
from masthead.press.actions import Outcome, print_anew
from masthead.press.keeper import Keeper
from masthead.press.printing import NoSuchVariant, NotForShelf, print_target
from masthead.press.reader_view import ReaderView
from masthead.press.shelf import Page, Shelf
from masthead.press.shelf.compressing import identity
from masthead.publishing.actions import publish_article, withdraw_article
from tests.factories import NOON, a_section, an_article, an_outlet

HOST = "127.0.0.1"


def printed(target: str, variant: str = "public") -> Page:
    return print_target(host=HOST, target=target, variant=variant)


def body(target: str, variant: str = "public") -> str:
    return identity(printed(target, variant).bodies).decode()


def named(page: Page, name: str) -> str | None:
    return dict(page.headers).get(name)


def test_a_page_carries_the_keys_of_what_it_shows(port: Any, clock: Any) -> None:
    article = an_article(port)

    page = printed(article.url_path)

    assert {f"a{article.pk}", f"c{article.pk}", f"o{port.get_parent().pk}"} <= set(page.keys)
    assert named(page, "Surrogate-Key") == named(page, "xkey") == " ".join(page.keys)


def test_a_view_is_given_no_request() -> None:
    assert list(signature(ReaderView.print).parameters) == ["self", "asking", "arguments"]


def test_whatever_else_the_thread_is_doing_the_page_is_the_same(port: Any, clock: Any) -> None:
    path = an_article(port).url_path
    plain = printed(path)

    with translation.override("ar"), timezone.override("Asia/Tokyo"):
        elsewhere = printed(path)

    assert (identity(elsewhere.bodies), elsewhere.headers) == (
        identity(plain.bodies),
        plain.headers,
    )


def test_a_request_under_way_leaves_no_trace_in_a_print(
    port: Any, clock: Any, client: Any, ada: Any, monkeypatch: Any
) -> None:
    path = an_article(port).url_path
    plain = printed(path)
    client.force_login(ada)
    inside: list[Page] = []
    build = ReaderView.print

    def and_print(self: ReaderView, *args: Any, **named: Any) -> Any:
        monkeypatch.setattr(ReaderView, "print", build)
        inside.append(printed(path))
        return build(self, *args, **named)

    monkeypatch.setattr(ReaderView, "print", and_print)
    client.get(path, headers={"host": HOST, "x-evil": "evil", "accept-language": "ar"})

    assert [identity(page.bodies) for page in inside] == [identity(plain.bodies)]


def test_what_is_not_there_is_not_for_the_shelf(port: Any) -> None:
    for target in ("/courier/nowhere/", "/courier/authors/nobody/", "/nobody/", "/courier/search/"):
        with pytest.raises(NotForShelf):
            printed(target)


def test_outside_of_every_outlet_there_is_a_plain_page(port: Any, clock: Any) -> None:
    page = printed("!404/")

    text = identity(page.bodies).decode()
    assert (page.status, "There is no page at this address" in text) == (404, True)
    assert "default-src 'none'; style-src 'unsafe-inline'" in str(
        named(page, "Content-Security-Policy")
    )
    assert (page.for_all, set(page.keys)) == (True, {f"o{port.get_parent().pk}"})


def test_without_any_outlet_the_program_says_what_is_missing(db: None) -> None:
    with pytest.raises(NotForShelf):
        printed("!404/")


def test_a_class_nobody_has_is_refused(port: Any) -> None:
    with pytest.raises(NoSuchVariant):
        printed("/courier/", "nobody")


def test_a_withdrawn_page_is_printed_with_its_reason(port: Any, clock: Any) -> None:
    article = an_article(port, text="<p>All wrong.</p>")
    withdraw_article(article=article, by=None, at=timezone.now(), reason="It was wrong.")

    page = printed(article.url_path)

    assert page.status == 410
    assert ("It was wrong." in body(article.url_path), "All wrong" in body(article.url_path)) == (
        True,
        False,
    )


@pytest.mark.parametrize(("in_section", "offered"), [(3, "More from Port"), (2, "Latest")])
def test_a_withdrawn_page_offers_what_to_read_instead(
    port: Any, courier: Any, clock: Any, in_section: int, offered: str
) -> None:
    article = an_article(port)
    others = [an_article(port, f"Report {number}") for number in range(in_section)]
    elsewhere = an_article(a_section(courier, "Culture"), "A play")
    withdraw_article(article=article, by=None, at=timezone.now(), reason="It was wrong.")

    page = body(article.url_path)

    assert offered in page
    assert [each.title in page for each in others] == [True] * in_section
    assert (elsewhere.title in page) == (offered == "Latest")


@pytest.fixture
def long_list(port: Any, clock: Any, monkeypatch: Any) -> list[PublishedArticle]:
    """Newest first; two on a page."""
    from masthead.articles import queries

    monkeypatch.setitem(queries.listing.__kwdefaults__, "size", 2)
    for number in range(5):
        an_article(port, f"Report {number}", at=NOON + timedelta(minutes=number))
    return list(PublishedArticle.objects.order_by("-published_at"))


def stamp(row: PublishedArticle) -> str:
    return f"{row.published_at.timestamp():.6f}-{row.pk}"


def test_further_pages_that_are_linked_are_printed(long_list: list[PublishedArticle]) -> None:
    older = f"/courier/port/?before={stamp(long_list[1])}"

    assert older in body("/courier/port/")
    assert "Report 2" in body(older)


@pytest.mark.parametrize(
    "query",
    [
        "before=1700000000.000000-1",  # nothing was published then
        "before=x",
        "before=1-1",
        "before={stamp}&after={stamp}",
        "before=0{stamp}",  # another way to write it
        "before={stamp}0",
    ],
)
def test_made_up_places_are_answered_but_not_kept(
    long_list: list[PublishedArticle], query: str
) -> None:
    with pytest.raises(NotForShelf):
        printed(f"/courier/port/?{query.format(stamp=stamp(long_list[1]))}")


def test_the_first_part_of_a_sitemap_has_one_address(long_list: list[PublishedArticle]) -> None:
    for part in ("1", "2", "01", "x", "٢", "9" * 50):
        with pytest.raises(NotForShelf):
            printed(f"/courier/sitemap-2026-11.xml?part={part}")

    assert printed("/courier/sitemap-2026-11.xml").status == 200


def test_a_front_is_fresh_until_midnight_where_its_readers_are(db: None, clock: Any) -> None:
    an_outlet(timezone="Asia/Tokyo")

    page = printed("/courier/")

    assert page.fresh_until == datetime(2026, 11, 16, 15, tzinfo=UTC).timestamp()


def test_a_front_is_fresh_until_the_next_pin_begins_or_ends(
    port: Any, courier: Any, clock: Any
) -> None:
    article = an_article(port)
    begins, ends = NOON + timedelta(hours=3), NOON + timedelta(hours=4)
    pin = {"pinned_from": begins.isoformat(), "pinned_until": ends.isoformat()}
    slots = [{"zone": "lead", "article": article.pk, **pin}]
    arrange_front(outlet=courier, slots=slots, by=None, at=NOON)
    release_front(outlet=courier, by=None, at=NOON)

    before = printed("/courier/").fresh_until
    clock.move_to(begins + timedelta(seconds=1))
    during = printed("/courier/").fresh_until

    assert (before, during) == (begins.timestamp(), ends.timestamp())


def test_the_news_are_fresh_until_the_oldest_is_none(port: Any, clock: Any) -> None:
    an_article(port, at=NOON - timedelta(hours=20))
    an_article(port, at=NOON)

    page = printed("/courier/sitemap-news.xml")

    assert page.fresh_until == (NOON + timedelta(hours=28)).timestamp()


def test_an_article_is_fresh_until_something_changes(port: Any, clock: Any) -> None:
    assert printed(an_article(port).url_path).fresh_until is None


@pytest.fixture
def members_article(port: Any, clock: Any) -> str:
    text = "".join(f"<p>Part {number} of it.</p>" for number in range(1, 8))
    path: str = an_article(port, text=text, access=Access.MEMBERS).url_path
    return path


def test_members_text_is_in_members_pages_alone(members_article: str) -> None:
    whole = "Part 7 of it."

    assert [
        (variant, whole in body(members_article, variant))
        for variant in ("public", "adfree", "members", "adfreemembers")
    ] == [("public", False), ("adfree", False), ("members", True), ("adfreemembers", True)]
    for target in ("/courier/", "/courier/port/", "/courier/feed.xml", "/courier/feed.json"):
        assert whole not in body(target)
        assert whole not in body(target, "members")


def test_members_text_is_kept_by_nobody(members_article: str) -> None:
    kept = {
        variant: named(printed(members_article, variant), "Cache-Control")
        for variant in ("public", "adfree", "members")
    }

    assert kept["public"] is not None
    assert kept["public"].startswith("public, max-age=0, s-maxage=60")
    assert (kept["adfree"], kept["members"]) == ("private, no-cache", "private, no-store")


def test_a_change_that_commits_while_a_page_is_printed_makes_it_stale(
    port: Any, clock: Any, shelf: Shelf, monkeypatch: Any
) -> None:
    article = an_article(port)
    keeper = Keeper(shelf)
    keeper.catch_up()
    note_change(keys=[f"a{article.pk}"], at=timezone.now())
    keeper.follow()
    monkeypatch.setattr(
        actions, "print_target", _while_printing(lambda: _note(keeper, keys=[f"a{article.pk}"]))
    )

    print_anew(shelf=shelf, host=HOST, target=article.url_path, variant="public")

    state = shelf.state(HOST, article.url_path, "public")
    assert state is not None
    assert state.stale_since > 0


def test_a_page_whose_article_is_withdrawn_meanwhile_is_printed_once_more(
    port: Any, clock: Any, shelf: Shelf, monkeypatch: Any
) -> None:
    article = an_article(port, text="<p>All wrong.</p>")
    keeper = Keeper(shelf)
    keeper.prepare()
    keeper.follow()

    def withdrawn() -> None:
        withdraw_article(article=article, by=None, at=timezone.now(), reason="Wrong.")
        keeper.follow()

    monkeypatch.setattr(actions, "print_target", _while_printing(withdrawn))

    outcome = print_anew(shelf=shelf, host=HOST, target=article.url_path, variant="public")

    page = shelf.read(HOST, article.url_path, "public")
    assert outcome is Outcome.SHELVED
    assert page is not None
    assert (page.status, b"All wrong" in identity(page.bodies)) == (410, False)


def _note(keeper: Keeper, **touched: Any) -> None:
    note_change(at=timezone.now(), **touched)
    keeper.follow()


def _while_printing(happens: Callable[[], object]) -> Callable[..., Page]:
    """Prints, and has something happen once before the page is put on the shelf."""
    waiting = [happens]

    def print_then(**place: str) -> Page:
        page = print_target(**place)
        if waiting:
            waiting.pop()()
        return page

    return print_then


def test_a_page_that_is_fresh_is_not_printed_again(
    port: Any, clock: Any, shelf: Shelf, monkeypatch: Any
) -> None:
    print_anew(shelf=shelf, host=HOST, target="/courier/port/", variant="public")
    monkeypatch.setattr(actions, "print_target", None)

    outcome = print_anew(shelf=shelf, host=HOST, target="/courier/port/", variant="public")

    assert outcome is Outcome.SHELVED


def test_many_who_want_one_page_have_it_printed_once(
    shelf: Shelf, monkeypatch: Any, clock: Any
) -> None:
    prints = []

    def printed_slowly(*, host: str, target: str, variant: str, in_haste: bool) -> Page:
        prints.append(target)
        now = timezone.now().timestamp()
        threading.Event().wait(0.05)
        return Page(host, target, variant, 200, (), {"identity": b"x"}, "e", (), 0, now, None)

    monkeypatch.setattr(actions, "print_target", printed_slowly)

    def ask() -> None:
        print_anew(shelf=shelf, host=HOST, target="/courier/", variant="public")
        shelf.close()

    readers = [threading.Thread(target=ask) for _each in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(10)

    assert prints == ["/courier/"]


def test_an_article_published_again_is_printed_as_it_is_now(port: Any, clock: Any) -> None:
    article = an_article(port, "Before")
    first = printed(article.url_path)
    article.title = "After"
    article.save_revision()
    publish_article(article=article, by=None, at=timezone.now())

    again = printed(article.url_path)

    assert again.seen > first.seen
    assert again.etag != first.etag


def test_a_section_printed_for_the_network_is_not_anothers(port: Any, clock: Any) -> None:
    a_section(an_outlet(slug="tideline", title="Tideline"), "Port")
    an_article(port, "Ours")

    assert ("Ours" in body("/courier/port/"), "Ours" in body("/tideline/port/")) == (True, False)
