"""What editors pin and ban below an article."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from masthead.accounts.models import User
from masthead.articles.models import ArticlePage, Kind
from masthead.outlets.models import Outlet, Section
from masthead.publishing.actions import withdraw_article
from masthead.publishing.models import Version
from masthead.related.picks import (
    AlreadyPicked,
    IsBanned,
    NoPick,
    NotAllowed,
    NotForLists,
    ban_article,
    pin_article,
    take_pick_back,
)
from tests.factories import a_section, an_outlet, at_desk
from tests.related.test_lists import CRABS, LATER, NEWS, a_few, changed_keys, related, released


def test_a_pin_stands_first_at_once_without_a_new_version(
    courier: Outlet, port: Section, ada: User
) -> None:
    first, *_rest, crabs = a_few(port)

    told = changed_keys(lambda: pin_article(article=first, other=crabs, by=ada, at=LATER))

    assert related(first)[0] == "Crabs"
    assert told == {f"r{first.pk}"}
    assert Version.objects.filter(article=first).count() == 1
    assert PageLogEntry.objects.get(action="related.pin").data["headline"] == "Crabs"


def test_a_ban_wins_over_a_pin_and_is_taken_back_first(
    courier: Outlet, port: Section, ada: User
) -> None:
    first, second, *_rest = a_few(port)
    pin_article(article=first, other=second, by=ada, at=LATER)
    ban_article(article=first, other=second, by=ada, at=LATER)

    assert related(first) == ["Pilots 2"]
    with pytest.raises(IsBanned, match="Take the ban back"):
        pin_article(article=first, other=second, by=ada, at=LATER)
    with pytest.raises(AlreadyPicked):
        ban_article(article=first, other=second, by=ada, at=LATER)

    take_pick_back(article=first, other=second, by=ada, at=LATER)
    assert sorted(related(first)) == ["Pilots 1", "Pilots 2"]
    with pytest.raises(NoPick):
        take_pick_back(article=first, other=second, by=ada, at=LATER)


def test_a_banned_article_stays_out_whatever_is_published(
    courier: Outlet, port: Section, ada: User
) -> None:
    first, second, *_rest = a_few(port)
    ban_article(article=first, other=second, by=ada, at=LATER)

    released(port, "Pilots 9", NEWS)

    assert "Pilots 1" not in related(first)


def test_what_readers_cannot_read_or_is_paid_for_cannot_be_pinned(
    courier: Outlet, port: Section, ada: User
) -> None:
    first, second, *_rest = a_few(port)
    withdraw_article(article=second, by=None, at=LATER, reason="Wrong")
    draft = released(port, "Draft", at=None)
    paid = released(port, "Paid", kind=Kind.SPONSORED, sponsor_name="Foundry Lane")

    for other in (first, second, draft, paid):
        with pytest.raises(NotForLists):
            pin_article(article=first, other=other, by=ada, at=LATER)


def test_a_pin_goes_with_a_withdrawal(courier: Outlet, port: Section, ada: User) -> None:
    first, *_rest, crabs = a_few(port)
    pin_article(article=first, other=crabs, by=ada, at=LATER)
    withdraw_article(article=crabs, by=None, at=LATER, reason="Wrong")

    assert "Crabs" not in related(first)


def test_a_title_that_keeps_to_itself_pins_only_its_own(
    courier: Outlet, port: Section, ada: User
) -> None:
    Outlet.objects.filter(pk=courier.pk).update(related_from="outlet")
    article = released(port, "Here")
    elsewhere = released(a_section(an_outlet(slug="tideline"), "Sea"), "Elsewhere", CRABS)

    with pytest.raises(NotForLists, match="only its own"):
        pin_article(article=article, other=elsewhere, by=ada, at=LATER)


def test_those_who_may_not_publish_decide_nothing(courier: Outlet, port: Section, bo: User) -> None:
    first, second, *_rest = a_few(port)

    for act in (pin_article, ban_article, take_pick_back):
        with pytest.raises(NotAllowed):
            act(article=first, other=second, by=bo, at=LATER)


def url(name: str, article: ArticlePage, *others: ArticlePage) -> str:
    return reverse(f"related:{name}", args=[each.pk for each in (article, *others)])


def test_an_editor_sees_why_and_pins_by_headline(courier: Outlet, port: Section, ada: User) -> None:
    first, *_rest, crabs = a_few(port)
    desk = at_desk(ada)

    page = desk.get(url("index", first), {"q": "crab"}).content.decode()
    done: Any = desk.post(url("pin", first, crabs), follow=True)

    assert "channel" in page
    assert url("pin", first, crabs) in page
    assert "“Crabs” is pinned." in done.content.decode()
    assert related(first)[0] == "Crabs"
    editor = desk.get(reverse("wagtailadmin_pages:edit", args=[first.pk])).content.decode()
    assert "Pin, ban, and see why" in editor


def test_the_screen_is_shut_to_others(courier: Outlet, port: Section, bo: User) -> None:
    first, second, *_rest = a_few(port)
    desk = at_desk(bo)

    assert desk.get(url("index", first)).status_code == 404
    assert desk.post(url("ban", first, second)).status_code == 404
