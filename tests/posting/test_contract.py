"""What every adapter promises, asked of each against a server that speaks its language."""

import socket
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from masthead.posting.networks import NETWORKS, asking
from masthead.posting.networks.asking import (
    Declined,
    MaybeDone,
    NoLongerAllowed,
    TryLater,
)
from masthead.posting.networks.base import Access, Document, Draft
from masthead.posting.terms import TERMS
from masthead.posting.words import said
from tests.factories import NOON
from tests.posting.kits import KITS, Kit
from tests.posting.stand_ins.server import Said, StandInNetwork

LINK = "https://courier.example/port/night-trial/"
RIGHTS = ("can_edit", "can_reply", "can_delete", "can_find")


class Side:
    """One network with its adapter, and what stands there."""

    def __init__(self, kit: Kit, there: StandInNetwork) -> None:
        self.kit, self.there, self.network = kit, there, kit.network
        self.steps: dict[str, dict[str, Any]] = {}
        self.told: dict[str, Any] = {}
        self.access = Access(
            handle=kit.handle,
            server=there.url,
            tokens=there.url,
            secrets=kit.secrets,
            known=self.told,
            remember=self.told.update,
        )

    def draft(self, text: str = "Port opens night trial", **how: Any) -> Draft:
        words = said(text, terms=TERMS[self.kit.key], link=LINK)
        given = {"key": "0198" * 8, "at": NOON, "title": text[:80], "description": "Ships."} | how
        steps = self.steps.setdefault(given["key"], {})
        event = {"type": "article.published", "headline": text}
        return Draft(
            text=words.text, link=LINK, event=event, steps=steps, note=steps.update, **given
        )

    def texts(self) -> list[str]:
        return [self.kit.shown(thing) for thing in self.there.things.values()]

    def goes_wrong(self, trouble: Any) -> None:
        self.there.troubled, self.there.trouble = self.kit.posts_at, [trouble]


PUBLICATION, DOCUMENT = "3lbvabcdefg2x", "3lbvabcdefg2y"


def a_document(*, title: str = "Port opens", name: str = "The Harbour Courier") -> Document:
    return Document(
        name=DOCUMENT,
        record={"title": title, "path": "/port/", "publishedAt": "2026-03-01T12:00:00Z"},
        publication_name=PUBLICATION,
        publication={"url": "https://courier.example", "name": name},
    )


@pytest.fixture(params=sorted(KITS))
def side(request: Any, start: Any, time_machine: Any) -> Side:
    time_machine.move_to(NOON, tick=True)
    kit = KITS[request.param]
    return Side(kit, start(kit.stand_in()))


def able_to(right: str, *, but: Collection[str] = ()) -> Any:
    """Run the test for the networks that say they can, and for no other."""
    return pytest.mark.parametrize("side", sorted(set(_able_to(right)) - set(but)), indirect=True)


def _able_to(right: str) -> list[str]:
    return [key for key, kit in sorted(KITS.items()) if getattr(kit.network, right)]


WHAT_EACH_CAN = [(key, right) for right in RIGHTS for key in _able_to(right)]
WITH_KEYS_OF_THEIR_OWN = sorted(key for key, kit in KITS.items() if kit.wrong)


def test_every_adapter_is_under_contract():
    assert set(KITS) == set(NETWORKS)
    assert set(NETWORKS) == {key for key, terms in TERMS.items() if not terms.by_hand}


def test_the_keys_are_proved_and_the_account_is_named(side):
    assert side.network.check(side.access) != ""
    assert side.there.made == []


def test_a_post_stands_there_once_with_its_words(side):
    posted = side.network.post(side.access, side.draft())

    [text] = side.texts()
    assert text.startswith("Port opens night trial")
    assert len(side.there.made) == 1
    assert posted.remote_id != ""


@pytest.mark.parametrize(("side", "right"), WHAT_EACH_CAN, indirect=["side"])
def test_what_an_adapter_says_it_can_it_can(side, right):
    posted = side.network.post(side.access, side.draft())

    if right == "can_edit":
        side.network.edit(side.access, posted, side.draft("Port stays shut"))
        side.network.edit(side.access, posted, side.draft("Port stays shut"))  # may be repeated
        assert [text.split("\n")[0] for text in side.texts()] == ["Port stays shut"]
    elif right == "can_reply":
        reply = side.draft("Corrected: it stays shut", reply_to=posted, key="0199" * 8)
        side.network.post(side.access, reply)
        assert len(side.texts()) == 2
    elif right == "can_delete":
        side.network.delete(side.access, posted)
        side.network.delete(side.access, posted)  # gone already is as good
        assert side.texts() == []
    else:
        found = side.network.find(side.access, side.draft())
        assert found is not None
        assert found.remote_id == posted.remote_id


@able_to("key_days")
def test_keys_that_end_are_renewed_and_the_new_ones_fit(side):
    keys = {**side.kit.secrets, **side.kit.to_renew}

    renewed = side.network.renew(replace(side.access, secrets=keys))

    assert renewed.seconds == 60 * 86_400
    assert renewed.secrets["access_token"] != keys["access_token"]
    with pytest.raises(NoLongerAllowed):
        side.network.check(side.access)
    assert side.network.check(replace(side.access, secrets=renewed.secrets)) != ""


@able_to("keeps_documents")
def test_a_record_is_one_however_often_it_is_kept_and_gone_when_it_is_forgotten(side):
    picture = b"\xff\xd8 a picture"
    kept = a_document(title="Port opens night trial")

    side.network.keep(side.access, replace(kept, picture=lambda: picture))
    posted = side.network.keep(side.access, a_document(title="Port stays shut"))

    records = {name: record for (name, _), record in side.there.records.items()}
    assert set(records) == {"site.standard.publication", "site.standard.document"}
    document = records["site.standard.document"]
    assert document["title"] == "Port stays shut"
    assert document["site"].endswith(f"/site.standard.publication/{PUBLICATION}")
    assert posted.remote_id.endswith(f"/site.standard.document/{DOCUMENT}")
    assert side.there.blobs == [picture]

    side.network.keep(side.access, replace(kept, record=None))
    side.network.keep(side.access, replace(kept, record=None))

    assert [name for name, _ in side.there.records] == ["site.standard.publication"]


@able_to("keeps_documents")
def test_a_publication_is_written_again_only_when_it_says_something_new(side):
    side.network.keep(side.access, a_document())
    side.network.keep(side.access, a_document())
    side.network.keep(side.access, a_document(name="The Courier"))

    put = [asked.data["collection"] for asked in side.there.asked if "putRecord" in asked.path]
    assert put.count("site.standard.publication") == 2
    assert put.count("site.standard.document") == 3


@able_to("can_find")
def test_what_was_never_posted_is_not_found(side):
    assert side.network.find(side.access, side.draft()) is None


@pytest.mark.parametrize("lost", ["lost", "broken", "500 after"])
def test_an_answer_that_was_lost_leaves_a_doubt_that_can_be_settled(side, lost):
    side.goes_wrong(lost)

    with pytest.raises(MaybeDone):
        side.network.post(side.access, side.draft())

    if side.network.can_find:
        found = side.network.find(side.access, side.draft())
        assert found is not None
        assert [found.remote_id] == side.there.made
    assert len(side.there.made) == 1


@able_to("absence_counts")
@pytest.mark.parametrize("lost", ["lost", "500 after"])
def test_where_absence_counts_a_second_asking_with_the_same_key_doubles_nothing(side, lost):
    side.goes_wrong(lost)
    with pytest.raises(MaybeDone):
        side.network.post(side.access, side.draft())

    with suppress(Declined):  # "there is one already" is as good an answer
        side.network.post(side.access, side.draft())

    assert len(side.there.made) == 1


@able_to("absence_counts")
def test_where_absence_counts_what_was_not_done_can_be_sent_again(side):
    side.goes_wrong(Said(500))
    with pytest.raises(MaybeDone):
        side.network.post(side.access, side.draft())

    assert side.network.find(side.access, side.draft()) is None
    side.network.post(side.access, side.draft())

    assert len(side.there.made) == 1


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, NoLongerAllowed),
        (403, NoLongerAllowed),
        (404, Declined),
        (422, Declined),
        (429, TryLater),
        (503, TryLater),
        (500, MaybeDone),
        (502, MaybeDone),
        (504, MaybeDone),
    ],
)
def test_a_refusal_says_whether_asking_again_helps(side, status, kind):
    side.goes_wrong(Said(status, headers={"Retry-After": "120"}))

    with pytest.raises(kind) as refused:
        side.network.post(side.access, side.draft())

    assert refused.value.status == status
    assert side.there.made == []
    if kind is TryLater:
        assert refused.value.seconds == 120


def test_a_network_that_takes_too_long_may_have_done_it(side, monkeypatch):
    monkeypatch.setattr(asking, "TIMEOUT_SECONDS", 0.2)
    side.goes_wrong(0.5)

    with pytest.raises(MaybeDone):
        side.network.post(side.access, side.draft())


def test_a_network_that_cannot_be_reached_has_done_nothing(side):
    side.there.server.shutdown()
    side.there.server.server_close()

    # Taken, so that nobody else listens there; and it does not listen itself.
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", side.there.port))
        with pytest.raises(TryLater):
            side.network.post(side.access, side.draft())


@pytest.mark.parametrize("side", WITH_KEYS_OF_THEIR_OWN, indirect=True)
def test_keys_that_do_not_fit_are_refused(side):
    wrong = replace(side.access, secrets={**side.kit.secrets, **side.kit.wrong})

    with pytest.raises(Declined):
        side.network.check(wrong)
    with pytest.raises(Declined):
        side.network.post(wrong, side.draft())
    assert side.there.made == []


def test_the_longest_text_is_taken(side):
    long = "Harbour " * 2000

    side.network.post(side.access, side.draft(long))

    [text] = side.texts()
    assert len(text) > 200
