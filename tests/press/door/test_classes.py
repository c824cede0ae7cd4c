import pytest

from masthead.press.door.classes import NOBODY, Classes, Membership, make, read

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
