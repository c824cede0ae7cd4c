"""What networks answer is anybody's: it never stops the work, and never counts as "not there"."""

import json
from typing import Any

import pytest

from masthead.posting.models import Post, State, Try
from masthead.posting.networks.asking import MaybeDone, NetworkError, TryLater
from masthead.posting.networks.base import Posted
from masthead.posting.networks.reading import Unreadable, read_json
from tests.factories import an_article
from tests.posting.kits import KITS
from tests.posting.stand_ins.server import Said
from tests.posting.test_contract import Side, able_to, side  # noqa: F401  # a fixture

DEEP = b"[" * 100_000
ODD = [b"[]", b"[1]", b"7", b"null", b'"text"', b'{"data": {}}', b'{"id": []}', DEEP]
THINGS: list[Any] = [7, [], None, {}, {"id": "1"}, {"created_at": "x"}, {"createdAt": "x"}]


# The answer of the others is in the status and the headers alone.
@pytest.mark.parametrize("side", sorted(set(KITS) - {"webhook", "linkedin"}), indirect=True)
@pytest.mark.parametrize("raw", ODD)
def test_an_odd_answer_to_a_post_leaves_a_doubt(side: Side, raw: bytes) -> None:  # noqa: F811
    side.goes_wrong(Said(200, raw=raw))

    with pytest.raises(MaybeDone):
        side.network.post(side.access, side.draft())


@pytest.mark.parametrize("raw", ODD)
def test_an_odd_refusal_is_one_all_the_same(side: Side, raw: bytes) -> None:  # noqa: F811
    side.goes_wrong(Said(429, raw=raw))

    with pytest.raises(TryLater):
        side.network.post(side.access, side.draft())


@able_to("can_find", but=["bluesky"])  # which is asked for one record by its name
@pytest.mark.parametrize("thing", THINGS)
def test_an_odd_list_is_no_word_that_nothing_is_there(side: Side, thing: Any) -> None:  # noqa: F811
    side.network.post(side.access, side.draft())
    raw = json.dumps(
        [thing] if side.network.key == "mastodon" else {"data": 7, "elements": [thing]}
    )
    is_two_steps = side.network.key == "threads"
    side.there.troubled = "/me/threads" if is_two_steps else "/"
    side.there.trouble = [Said(200, raw=raw.encode())]

    with pytest.raises(TryLater):
        side.network.find(replaced_known(side), side.draft())


@pytest.mark.parametrize("side", ["mastodon"], indirect=True)
@pytest.mark.parametrize("later", [45, 450])
def test_much_that_was_posted_since_hides_no_post(side: Side, later: int) -> None:  # noqa: F811
    posted = side.network.post(side.access, side.draft())
    for _each in range(later):
        number = side.there.make({})
        side.there.things[number] = {
            **side.there.things[posted.remote_id],
            "id": number,
            "content": "<p>Something else</p>",
        }

    if later < 400:
        assert side.network.find(side.access, side.draft()) == posted
    else:
        with pytest.raises(TryLater):
            side.network.find(side.access, side.draft())


def replaced_known(side: Side) -> Any:  # noqa: F811
    """What the account is there is known already, so that the list is the first thing asked."""
    side.told.setdefault("id", "109")
    return side.access


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        (rb'{"a\u0000": ["\ud800b\u0000", 1]}', {"a": ["b", 1]}),
        (b'{"a": "line\\nline"}', {"a": "line\nline"}),
        (b"[true, null, 1.5]", [True, None, 1.5]),
    ],
)
def test_signs_that_no_database_takes_are_left_out(raw: bytes, read: Any) -> None:
    assert read_json(raw) == read


@pytest.mark.parametrize(
    "raw", [b"NaN", b"[1e999]", b"{", b"\xff\xfe\xfa", DEEP, b"[" * 60 + b"]" * 60]
)
def test_what_cannot_be_kept_cannot_be_read(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        read_json(raw)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://a.example/\0", "x" * 3000, "http://["]
)
def test_an_address_that_is_none_is_not_kept(url: str) -> None:
    assert Posted(remote_id="7", url=url).url == ""


@pytest.mark.parametrize("name", ["7" * 400, "7\0", "\ud800"])
def test_a_name_that_cannot_be_kept_leaves_a_doubt(name: str) -> None:
    with pytest.raises(MaybeDone):
        Posted(remote_id=name)


def test_what_is_said_of_a_failure_can_be_kept() -> None:
    assert str(NetworkError("It \0failed\ud800.")) == "It failed."


@pytest.mark.usefixtures("afternoon")
def test_a_row_is_settled_whatever_was_answered(
    port: Any, on_mastodon: Any, mastodon: Any, work: Any
) -> None:
    said = {"error": "No\0 good\ud800"}
    mastodon.trouble = [Said(422, said)]
    an_article(port)
    work()

    assert Post.objects.get().state == State.GIVEN_UP
    assert Try.objects.get().detail.endswith("No good")
