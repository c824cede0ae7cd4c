"""Nothing is done for an address before its owner has pressed the button in a mail."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from masthead.mail.models import Letter
from masthead.outlets.sheet import Sheet
from masthead.readers import intents, proofs
from masthead.readers.addresses import (
    NotAnAddress,
    address_hash,
    mailbox_of,
    read_address,
    shortened,
)
from masthead.readers.intents import CannotBeDone, Done, Intent
from masthead.readers.models import Forgotten, Proof, Reader
from tests.factories import NOON

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def carried(monkeypatch):
    """What was carried out, by an intent of the test's own."""
    done: list[tuple[str, str]] = []

    def carry(*, reader, intent, proof, at):
        if intent.data.get("closed"):
            raise CannotBeDone("That is closed.")
        done.append((reader.email, intent.words))
        return Done(title=intent.words)

    monkeypatch.setitem(intents._carriers, "test.join", carry)
    return done


def ask(sheet: Sheet, email: str = "cy@courier.example", words: str = "Yes.", *, at=NOON, **more):
    intent = Intent("test.join", words, {"of": words} | more)
    proofs.ask_to_prove(
        email=email, intents=[intent], sheet=sheet, place="port/", source="192.0.2.7", at=at
    )


def secret_in(mailbox) -> str:
    return mailbox.link().strip("/").rpartition("/")[2]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Cy@Courier.Example ", "cy@courier.example"),
        ("cy@bücher.example", "cy@xn--bcher-kva.example"),
    ],
)
def test_an_address_is_kept_in_one_form(typed, kept):
    assert read_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "cy",
        "cy@",
        "@courier.example",
        "cy@localhost",
        "cy@a b.example",
        "cy@x.example\nBcc: a@b.c",
        "<cy@courier.example>",
        "cy@[192.0.2.1]",
        f"{'x' * 70}@courier.example",
        "cy@-.example",
    ],
)
def test_what_no_mail_can_go_to_is_refused(typed):
    with pytest.raises(NotAnAddress):
        read_address(typed)


def test_what_stands_after_a_plus_is_the_same_mailbox():
    assert mailbox_of("cy+news@courier.example") == mailbox_of("cy@courier.example")


@pytest.mark.parametrize(
    ("address", "shown"),
    [("cyrus@courier.example", "cy…@courier.example"), ("c@courier.example", "…@courier.example")],
)
def test_an_address_is_never_shown_whole_on_a_page_that_opens_without_signing_in(address, shown):
    assert shortened(address) == shown


def test_asking_does_nothing_but_write_a_letter(sheet, mailbox, carried):
    ask(sheet, words="Send me the evening edition.")

    assert (carried, Reader.objects.count()) == ([], 0)
    assert "Send me the evening edition." in mailbox.text("cy@courier.example")


def test_only_a_hash_of_the_secret_is_kept(sheet, mailbox):
    ask(sheet)

    secret = secret_in(mailbox)
    proof = Proof.objects.get()
    assert secret not in {proof.secret_hash, str(proof.public_id)}
    assert proof.secret_hash == proofs.secret_hash(secret)


def test_the_button_makes_the_reader_and_carries_out_what_was_asked(sheet, mailbox, carried):
    ask(sheet, words="Send me the evening edition.")

    reader, done = proofs.prove(secret=secret_in(mailbox), at=NOON + MINUTE)

    assert (reader.email, reader.joined_at, reader.proved_at) == (
        "cy@courier.example",
        NOON + MINUTE,
        NOON + MINUTE,
    )
    assert carried == [("cy@courier.example", "Send me the evening edition.")]
    assert [each.title for each in done] == ["Send me the evening edition."]


def test_looking_uses_nothing_up(sheet, mailbox, carried):
    ask(sheet)
    secret = secret_in(mailbox)

    for _each in range(3):
        proofs.find_open_proof(secret=secret, at=NOON)

    assert proofs.prove(secret=secret, at=NOON)[1] == [Done(title="Yes.")]


def test_a_link_works_once(sheet, mailbox, carried):
    ask(sheet)
    secret = secret_in(mailbox)
    proofs.prove(secret=secret, at=NOON)

    with pytest.raises(proofs.ProofUsed):
        proofs.prove(secret=secret, at=NOON)

    assert len(carried) == 1


def test_a_link_is_past_its_time_after_three_days(sheet, mailbox, carried):
    ask(sheet)

    with pytest.raises(proofs.NoSuchProof):
        proofs.prove(secret=secret_in(mailbox), at=NOON + 3 * DAY)


def test_several_questions_within_minutes_are_one_mail(sheet, mailbox, carried):
    ask(sheet, words="One.")
    ask(sheet, words="Two.", at=NOON + MINUTE)
    ask(sheet, words="Two.", at=NOON + MINUTE)

    proofs.prove(secret=secret_in(mailbox), at=NOON + 2 * MINUTE)

    assert len(mailbox.all()) == 1
    assert [words for _who, words in carried] == ["One.", "Two."]


def test_nobody_slips_a_change_of_account_into_what_another_is_about_to_confirm(
    sheet, mailbox, carried, monkeypatch
):
    """Else the button under “get the newsletter” gives one's address to a stranger's account."""
    monkeypatch.setattr(intents, "_alone", {"test.alone"})
    monkeypatch.setitem(intents._carriers, "test.alone", intents._carriers["test.join"])
    ask(sheet, words="Mine.")
    mine = secret_in(mailbox)
    proofs.ask_to_prove(
        email="cy@courier.example",
        intents=[intents.Intent("test.alone", "Theirs.")],
        sheet=sheet,
        place="",
        source="192.0.2.1",
        at=NOON + MINUTE,
    )
    ask(sheet, words="Mine again.", at=NOON + MINUTE)

    proofs.prove(secret=mine, at=NOON + 2 * MINUTE)

    assert [words for _who, words in carried] == ["Mine.", "Mine again."]
    assert len(mailbox.all()) == 2


@pytest.mark.parametrize("name", ["readers.change-address", "readers.move", "comments.post"])
def test_what_would_hurt_an_address_owner_is_asked_by_itself(name):
    assert intents.stands_alone(name)


def test_a_new_question_voids_the_old_link_and_keeps_what_it_asked_for(sheet, mailbox, carried):
    ask(sheet, words="One.")
    old = secret_in(mailbox)
    ask(sheet, words="Two.", at=NOON + 10 * MINUTE)

    with pytest.raises(proofs.NoSuchProof):
        proofs.prove(secret=old, at=NOON + 11 * MINUTE)
    proofs.prove(secret=secret_in(mailbox), at=NOON + 11 * MINUTE)

    assert [words for _who, words in carried] == ["One.", "Two."]


def test_what_cannot_be_done_any_more_keeps_nothing_else_from_it(sheet, mailbox, carried):
    ask(sheet, words="One.", closed=True)
    ask(sheet, words="Two.")

    _reader, done = proofs.prove(secret=secret_in(mailbox), at=NOON)

    assert [each.title for each in done] == ["That is closed.", "Two."]


def test_known_and_unknown_addresses_make_the_database_do_the_same(sheet, carried):
    """So neither the answer nor the time it takes tells one from the other."""
    Reader.objects.create(email="known@courier.example", joined_at=NOON, proved_at=NOON)
    said = []
    for address in ("known@courier.example", "nobody@courier.example"):
        with CaptureQueriesContext(connection) as asked:
            ask(sheet, address)
        said.append([shape(each["sql"]) for each in asked if "SAVEPOINT" not in each["sql"]])

    assert said[0] == said[1]
    assert len(said[0]) > 8


def shape(sql: str) -> str:
    """The statement and its tables, without its values."""
    return sql.partition("VALUES")[0].partition("WHERE")[0].partition(" SET ")[0]


def test_whoever_was_forgotten_gets_no_letter_and_nobody_can_tell(sheet, mailbox, carried):
    Forgotten.objects.create(address_hash=address_hash("cy@courier.example"), since=NOON)

    ask(sheet)

    assert (Proof.objects.count(), Letter.objects.count()) == (1, 0)


def test_an_intent_has_one_carrier():
    intents.register_intent("test.once", lambda **_more: Done(title=""))
    try:
        with pytest.raises(ValueError):
            intents.register_intent("test.once", lambda **_more: Done(title=""))
    finally:
        del intents._carriers["test.once"]
