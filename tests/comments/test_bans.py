"""Shutting people out with everything they wrote, and back."""

from datetime import timedelta
from typing import Any

import pytest

from masthead.accounts.models import User
from masthead.articles.models import PublishedArticle
from masthead.changes.models import Change
from masthead.comments.actions.banning import AlreadyBanned, AlreadyLifted, ban, lift_ban
from masthead.comments.actions.erasing import forget_bans
from masthead.comments.actions.posting import NotTaken
from masthead.comments.models import Ban, BannedAddress, Comment, House, Person, State, Thread
from masthead.comments.queries import fits, is_inside
from masthead.outlets.models import Outlet
from masthead.readers.holdings import erase
from masthead.readers.models import Reader
from tests.comments.conftest import Saying, a_reader
from tests.factories import NOON

LATER = NOON + timedelta(minutes=5)


def standing(place: PublishedArticle) -> Any:
    thread = Thread.objects.get(published=place)
    house = House.objects.get(outlet=place.outlet_id)
    comments = Comment.objects.order_by("pk").values_list("state", "has_place", "replies")
    people = Person.objects.order_by("pk").values_list("approved", "rejected")
    counted = (thread.shown, thread.held, house.held, house.new, house.all)
    return counted, list(comments), list(people)


def test_a_ban_with_everything_hides_it_and_lifting_brings_it_all_back(
    place: PublishedArticle, say: Saying, eve: Reader, ada: User, read: Any
) -> None:
    first = say(eve, "Eve began.")
    answer = say(a_reader("Fay"), "Fay answered.", parent=first)
    say(eve, "Eve again.", parent=answer)
    say(eve, "Elsewhere, with https://a.example")
    before = standing(place)

    made = ban(by=ada, at=LATER, reason="harassment", reader=eve, hides=True)
    page = read(place.path).content.decode()
    counted, comments, _people = standing(place)
    lift_ban(ban=made, by=ada, at=LATER)

    assert "Eve" not in page
    assert "Fay answered." in page
    assert counted == (1, 0, 0, 1, 4)
    assert [state for state, _place, _replies in comments] == [
        State.REMOVED, State.APPROVED, State.REMOVED, State.REMOVED
    ]  # fmt: skip
    assert [has for _state, has, _replies in comments] == [True, True, False, False]
    assert standing(place) == before
    assert "Eve began." in read(place.path).content.decode()


def test_pages_that_showed_it_are_never_served_again(
    place: PublishedArticle, say: Saying, eve: Reader, ada: User
) -> None:
    said = say(eve, "Eve began.")

    ban(by=ada, at=LATER, reason="spam", reader=eve, hides=True)

    gone = Change.objects.latest("number").gone
    assert {f"j{place.article_id}", f"q{said.pk}"} <= set(gone)


def test_whoever_is_banned_is_told_so(say: Saying, eve: Reader, ada: User) -> None:
    ban(by=ada, at=NOON, reason="spam", reader=eve)

    with pytest.raises(NotTaken, match="cannot comment"):
        say(eve, "Hello?", at=LATER)


@pytest.mark.parametrize("way", ["erased", "moved and erased", "moved, and another came"])
def test_erasing_oneself_or_another_address_ends_no_ban(
    say: Saying, eve: Reader, ada: User, way: str
) -> None:
    made = ban(by=ada, at=NOON, reason="spam", reader=eve, words="You know why.", until=LATER)
    if way.startswith("moved"):
        Reader.objects.filter(pk=eve.pk).update(email="elsewhere@readers.example")
        eve.refresh_from_db()
    if way.endswith("erased"):
        erase(reader=eve, at=NOON, never_again=False)
    again = a_reader("Eve")

    with pytest.raises(NotTaken, match="cannot comment"):
        say(again, "Hello?")
    assert say(a_reader("Fay"), "Hello?").state == State.APPROVED
    assert say(again, "Hello.", at=LATER).state == State.APPROVED
    if way.endswith("erased"):
        made.refresh_from_db()
        assert (made.reader, made.words) == (None, "")


def test_what_is_kept_of_the_erased_goes_when_the_ban_is_over(eve: Reader, ada: User) -> None:
    ban(by=ada, at=NOON, reason="spam", reader=eve, until=LATER)
    fay = a_reader("Fay")
    lift_ban(ban=ban(by=ada, at=NOON, reason="spam", reader=fay), by=ada, at=NOON)
    ban(by=ada, at=NOON, reason="spam", pattern="*@spam.example", until=LATER)

    erase(reader=fay, at=NOON, never_again=False)
    erase(reader=eve, at=NOON, never_again=False)
    while_it_lasts = Ban.objects.count(), BannedAddress.objects.count()
    forget_bans(at=LATER)

    assert while_it_lasts == (2, 1)
    assert (Ban.objects.get().pattern, BannedAddress.objects.count()) == ("*@spam.example", 0)


def test_a_ban_ends_by_itself(say: Saying, eve: Reader, ada: User) -> None:
    ban(by=ada, at=NOON, reason="spam", reader=eve, until=LATER)

    assert say(eve, "Back again.", at=LATER).state == State.APPROVED


@pytest.mark.parametrize("terms", [{"pattern": "*@readers.example"}, {"network": "203.0.113.0/24"}])
def test_addresses_are_banned_by_pattern_and_by_range(
    say: Saying, eve: Reader, ada: User, terms: Any
) -> None:
    said = say(eve, "Before.", address="203.0.113.9")
    ban(by=ada, at=NOON, reason="spam", hides=True, **terms)

    with pytest.raises(NotTaken):
        say(eve, "After.", at=LATER, address="203.0.113.9")
    said.refresh_from_db()
    assert said.state == State.REMOVED


def test_a_ban_of_one_outlet_holds_there_alone(
    say: Saying, eve: Reader, ada: User, courier: Outlet
) -> None:
    ban(by=ada, at=NOON, reason="spam", reader=eve, outlet=courier)

    with pytest.raises(NotTaken):
        say(eve, "Hello?", at=LATER)


def test_the_same_ban_twice_and_lifting_twice_are_told(eve: Reader, ada: User) -> None:
    made = ban(by=ada, at=NOON, reason="spam", reader=eve)

    with pytest.raises(AlreadyBanned):
        ban(by=ada, at=NOON, reason="spam", reader=eve)
    lift_ban(ban=made, by=ada, at=NOON)
    with pytest.raises(AlreadyLifted):
        lift_ban(ban=made, by=ada, at=NOON)


@pytest.mark.parametrize(
    ("pattern", "address", "expected"),
    [
        ("*@spam.example", "a@spam.example", True),
        ("*@spam.example", "a@spam.example.org", False),
        ("joe*@x.example", "JOE.7@X.example", True),
        ("a@b.example", "a@b.example", True),
        ("a@b.example", "xa@b.example", False),
        ("*a*b*", "xxaxxbxx", True),
        ("*" * 50 + "c", "a" * 200, False),
    ],
)
def test_patterns_of_addresses(pattern: str, address: str, expected: bool) -> None:
    assert fits(pattern, address) == expected


def test_ranges_of_the_network() -> None:
    inside = [is_inside("2001:db8::1", "2001:db8::/64"), is_inside("192.0.2.1", "192.0.2.0/31")]

    assert (*inside, is_inside("192.0.2.9", "192.0.2.0/31"), is_inside("?", "?")) == (
        True, True, False, False,
    )  # fmt: skip
