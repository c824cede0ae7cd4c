from uuid import UUID

import pytest

from masthead.press.door.classes import (
    BOUGHT,
    NOBODY,
    Classes,
    Membership,
    check,
    make,
    mark_of,
    read,
    reader_of,
)
from masthead.press.shelf import EVERYBODY, Told

NOW = 1_700_000_000
SECRET = b"a secret"


def test_a_cookie_says_which_class_its_reader_is_of() -> None:
    value = make("members", NOW + 60, SECRET)

    assert read(value, NOW, SECRET) == "members"


def test_an_expired_cookie_means_the_public_page() -> None:
    value = make("members", NOW, SECRET)

    assert read(value, NOW, SECRET) == "public"


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value.replace("adfree", "members"),
        lambda value: value.replace("1700", "1800"),
        lambda value: value[:-1] + ("A" if value[-1] != "A" else "B"),
        lambda value: value + "A",
        lambda value: value[:-1],
        lambda value: value.upper(),
        lambda value: "." + value,
        lambda value: value + "\n",
        lambda value: "",
        lambda value: "adfree.1700000060.",
        lambda value: "é" + value,
    ],
)
def test_a_changed_cookie_means_the_public_page(change) -> None:
    value = make("adfree", NOW + 60, SECRET)

    assert read(change(value), NOW, SECRET) == "public"


def test_a_cookie_of_another_secret_means_the_public_page() -> None:
    value = make("adfree", NOW + 60, b"another")

    assert read(value, NOW, SECRET) == "public"


def test_an_unknown_class_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="owners"):
        make("owners", NOW, SECRET)


@pytest.mark.parametrize(
    "header",
    [
        "masthead_class={}",
        "a=b; masthead_class={}; c=d",
        "a=b;masthead_class={} ;c=d",
        "masthead_class={}; masthead_class=members.1.x",
    ],
)
def test_the_class_is_found_among_other_cookies(header: str) -> None:
    value = make("members", NOW, SECRET)

    found = Classes(SECRET).of(header.format(value).encode())

    assert found == Membership("members", float(NOW))


@pytest.mark.parametrize(
    "header", ["", "xmasthead_class={}", "a=masthead_class={}", "masthead_class=x; a={}"]
)
def test_only_a_cookie_of_that_name_counts(header: str) -> None:
    value = make("members", NOW, SECRET)

    assert Classes(SECRET).of(header.format(value).encode()) == NOBODY


DI = mark_of(UUID("01939e5c-0000-7000-8000-000000000001"))
DAY = 86_400


def a_cookie(variant: str = "adfree", *, issued: int = NOW, until: int = NOW + DAY) -> Membership:
    value = make(variant, until, SECRET, issued=issued, reader=DI, way=BOUGHT)
    return check(value, SECRET)


def doors_that_heard(*told: Told, now: float = NOW) -> Classes:
    classes = Classes(SECRET)
    classes.hear(told, now=now)
    return classes


def test_a_cookie_names_its_reader() -> None:
    cookie = a_cookie()

    assert (cookie.reader, cookie.way, cookie.issued) == (DI, BOUGHT, NOW)
    assert str(reader_of(cookie.reader)) == "01939e5c-0000-7000-8000-000000000001"


@pytest.mark.parametrize(
    ("had", "told"), [("adfree", "public"), ("public", "adfree"), ("adfreemembers", "members")]
)
def test_what_a_door_is_told_counts_more_than_an_older_cookie(had: str, told: str) -> None:
    door = doors_that_heard(Told(DI, told, NOW + 10 + DAY, NOW + 11 + DAY))

    assert door.now(a_cookie(had), NOW + 10) == told


def test_other_readers_keep_what_they_have() -> None:
    other = mark_of(UUID(int=7))
    door = doors_that_heard(Told(other, "public", NOW + DAY, NOW + DAY))

    assert door.now(a_cookie(), NOW) == "adfree"


@pytest.mark.parametrize(
    ("cookie", "told"),
    [
        (a_cookie(until=NOW + 5), None),
        (a_cookie(), Told(DI, "adfree", NOW + 5, NOW + DAY)),
        (a_cookie(), Told(EVERYBODY, "public", NOW + 5, NOW + DAY)),
    ],
    ids=["cookie", "told", "missed changes"],
)
def test_what_is_over_is_for_the_app_to_say(cookie: Membership, told: Told | None) -> None:
    door = doors_that_heard(*([told] if told else []))

    assert door.now(cookie, NOW + 6) is None


@pytest.mark.parametrize("reader", [DI, EVERYBODY])
def test_a_cookie_given_after_that_counts(reader: str) -> None:
    door = doors_that_heard(Told(reader, "public", NOW + 5, NOW + DAY))

    assert door.now(a_cookie(issued=NOW + 6), NOW + 7) == "adfree"


def test_whoever_brings_no_cookie_is_the_public_whatever_was_missed() -> None:
    door = doors_that_heard(Told(EVERYBODY, "public", NOW + 5, NOW + DAY))

    assert door.now(NOBODY, NOW + 6) == "public"


def test_a_door_forgets_what_no_cookie_can_contradict() -> None:
    door = doors_that_heard(Told(DI, "public", NOW + DAY, NOW + DAY + 60))

    door.hear([], now=NOW + DAY + 61)

    assert door.told == {}
