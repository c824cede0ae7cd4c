"""What is said to a mail server, and what each of its answers means; no socket is opened."""

import pytest

from masthead.mail.transport import Fate, Mail
from masthead.mail.transport.envelope import CannotBeSent, Features, envelope
from masthead.mail.transport.talk import Broken, Talk

ALL = Features(pipelining=True, eight_bit=True, utf8=True, size=0)
DATA = b"Subject: x\r\n\r\n.one\r\n..two\r\n"


def a_mail(to="cy@readers.example", data=DATA, sender="b@courier.example"):
    return Mail(sender, to, data, key=to)


def said(talk):
    words = talk.to_send
    talk.sent(len(words))
    return words


def heard(talk, *answers):
    talk.received("".join(f"{answer}\r\n" for answer in answers).encode())
    events, talk.events = list(talk.events), []
    return events


def ready_for(talk, mail):
    talk.offer(mail)
    said(talk)
    assert heard(talk, "250 ok", "250 ok", "354 go on") == [(mail, None)]


def test_sender_recipient_and_data_go_in_one_write_where_the_server_pipelines():
    talk = Talk(ALL)
    talk.offer(a_mail())

    assert said(talk) == (
        b"MAIL FROM:<b@courier.example> SIZE=27\r\nRCPT TO:<cy@readers.example>\r\nDATA\r\n"
    )


def test_the_next_mail_is_named_together_with_the_end_of_the_one_before():
    talk, first, second = Talk(ALL), a_mail(), a_mail("di@readers.example")
    ready_for(talk, first)

    talk.give(then=second)

    assert said(talk) == (
        b"Subject: x\r\n\r\n..one\r\n...two\r\n.\r\n"
        b"MAIL FROM:<b@courier.example> SIZE=27\r\nRCPT TO:<di@readers.example>\r\nDATA\r\n"
    )
    accepted, ready = heard(talk, "250 2.0.0 Ok: queued as 4XyZ", "250 ok", "250 ok", "354 go on")
    assert accepted[0] is first
    assert (accepted[1].fate, accepted[1].queue_id) == (Fate.ACCEPTED, "4XyZ")
    assert ready == (second, None)


def test_without_pipelining_each_command_waits_for_the_answer_before():
    talk = Talk(Features())
    talk.offer(a_mail())
    steps = [said(talk)]
    for answer in ("250 ok", "250 ok"):
        heard(talk, answer)
        steps.append(said(talk))

    assert steps == [
        b"MAIL FROM:<b@courier.example>\r\n",
        b"RCPT TO:<cy@readers.example>\r\n",
        b"DATA\r\n",
    ]


@pytest.mark.parametrize(
    ("answers", "fate", "whole"),
    [
        (["250 ok", "550 nobody", "554 no recipients"], Fate.REFUSED, False),
        (["250 ok", "450 later", "554 no recipients"], Fate.DEFERRED, False),
        (["550 not from you", "503 no", "503 no"], Fate.DEFERRED, True),
        (["451 busy", "503 no", "503 no"], Fate.DEFERRED, True),
        (["250 ok", "250 ok", "451 busy"], Fate.DEFERRED, False),
        (["250 ok", "250 ok", "552 too much"], Fate.REFUSED, False),
    ],
)
def test_an_answer_against_a_mail_before_the_message_is_told_and_the_transaction_reset(
    answers, fate, whole
):
    talk, mail = Talk(ALL), a_mail()
    talk.offer(mail)
    said(talk)

    [(about, outcome)] = heard(talk, *answers)

    assert (about, outcome.fate, outcome.whole) == (mail, fate, whole)
    talk.offer(a_mail())
    assert said(talk).startswith(b"RSET\r\nMAIL FROM")


def test_a_server_that_wants_a_message_for_nobody_is_given_an_empty_one():
    talk, mail = Talk(ALL), a_mail()
    talk.offer(mail)
    said(talk)

    [(_, outcome)] = heard(talk, "250 ok", "550 nobody", "354 go on")

    assert outcome.fate is Fate.REFUSED
    assert said(talk) == b".\r\n"
    assert heard(talk, "554 no valid recipients") == []
    ready_for(talk, a_mail())


@pytest.mark.parametrize(
    ("answer", "fate"),
    [
        ("250 2.0.0 Ok: queued as 9F", Fate.ACCEPTED),
        ("452 full", Fate.DEFERRED),
        ("554 we do not like it", Fate.REFUSED),
    ],
)
def test_the_last_word_about_a_message(answer, fate):
    talk, mail = Talk(ALL), a_mail()
    ready_for(talk, mail)
    talk.give(then=None)
    said(talk)

    [(about, outcome)] = heard(talk, answer)

    assert (about, outcome.fate) == (mail, fate)


def broken_after(talk, *answers):
    with pytest.raises(Broken) as broken:
        talk.received("".join(f"{answer}\r\n" for answer in answers).encode())
    talk.broke(str(broken.value))
    return [(mail.recipient, outcome.fate, outcome.whole) for mail, outcome in talk.events]


@pytest.mark.parametrize(
    "answers", [["421 closing"], ["250 ok", "421 closing"], ["250 ok", "250 ok", "421 closing"]]
)
def test_a_server_that_closes_before_the_message_has_nothing(answers):
    talk = Talk(ALL)
    talk.offer(a_mail("cy@x.example"))
    said(talk)

    assert broken_after(talk, *answers) == [("cy@x.example", Fate.DEFERRED, True)]


def test_a_server_that_closes_after_taking_a_message_has_that_one_only():
    talk = Talk(ALL)
    ready_for(talk, a_mail("cy@x.example"))
    talk.give(then=a_mail("di@x.example"))
    said(talk)

    assert broken_after(talk, "250 2.0.0 queued as A1", "421 enough") == [
        ("cy@x.example", Fate.ACCEPTED, False),
        ("di@x.example", Fate.DEFERRED, True),
    ]


def test_a_server_that_says_421_to_the_message_does_not_have_it():
    talk = Talk(ALL)
    ready_for(talk, a_mail("cy@x.example"))
    talk.give(then=a_mail("di@x.example"))
    said(talk)

    assert broken_after(talk, "421 shutting down") == [
        ("cy@x.example", Fate.DEFERRED, True),
        ("di@x.example", Fate.DEFERRED, True),
    ]


def test_a_connection_lost_after_the_whole_message_leaves_it_in_doubt_and_the_next_one_safe():
    talk = Talk(ALL)
    ready_for(talk, a_mail("cy@x.example"))
    talk.give(then=a_mail("di@x.example"))
    said(talk)

    talk.broke("reset by peer")

    assert [(mail.recipient, outcome.fate) for mail, outcome in talk.events] == [
        ("cy@x.example", Fate.IN_DOUBT),
        ("di@x.example", Fate.DEFERRED),
    ]


def test_a_connection_lost_before_the_final_dot_had_left_is_safe():
    talk = Talk(ALL)
    ready_for(talk, a_mail())
    talk.give(then=None)
    talk.sent(len(talk.to_send) - 1)

    talk.broke("reset by peer")

    assert [outcome.fate for _, outcome in talk.events] == [Fate.DEFERRED]


def test_a_message_asked_for_and_not_yet_given_is_safe():
    talk = Talk(ALL)
    ready_for(talk, a_mail())

    talk.broke("reset by peer")

    assert [outcome.fate for _, outcome in talk.events] == [Fate.DEFERRED]


@pytest.mark.parametrize("noise", [b"HTTP/1.1 400\r\n", b"x" * 20_000, b"250-a\r\n" * 200])
def test_what_is_no_mail_server_is_hung_up_on(noise):
    talk = Talk(ALL)
    talk.offer(a_mail())
    said(talk)

    with pytest.raises(Broken):
        talk.received(noise)


@pytest.mark.parametrize(
    ("words", "queue_id"),
    [
        ("2.0.0 Ok: queued as 4bQ9Zl1JkXz1", "4bQ9Zl1JkXz1"),
        ("OK id=1sK2aB-0003xY-1c", "1sK2aB-0003xY-1c"),
        ("2.0.0 52A3BcDe012345 Message accepted for delivery", "52A3BcDe012345"),
        ("2.6.0 <a@b> [InternalId=42] Queued mail for delivery", "42"),
        ("thank you", ""),
    ],
)
def test_under_what_name_a_server_took_a_message(words, queue_id):
    talk = Talk(ALL)
    ready_for(talk, a_mail())
    talk.give(then=None)
    said(talk)

    [(_, outcome)] = heard(talk, f"250 {words}")

    assert outcome.queue_id == queue_id


@pytest.mark.parametrize(
    "address",
    ["", "nobody", "a b@x.example", "a@x.example>\r\nRCPT TO:<b@x.example", "a\r@x.example"],
)
def test_what_is_no_address_never_reaches_a_server(address):
    with pytest.raises(CannotBeSent):
        envelope(a_mail(address), ALL)


def test_letters_beyond_ascii_are_sent_as_they_are_to_a_server_that_takes_them():
    message = "Subject: Zoë\r\n\r\nZoë\r\n".encode()

    told = envelope(a_mail("zoë@bücher.example", message), ALL)

    assert told.mail_from == (
        b"MAIL FROM:<b@courier.example> BODY=8BITMIME SMTPUTF8 SIZE=%d\r\n" % len(message)
    )
    assert told.rcpt_to.decode() == "RCPT TO:<zoë@xn--bcher-kva.example>\r\n"
    assert told.message.startswith(message)


def test_a_body_beyond_ascii_is_encoded_anew_for_a_server_of_the_old_kind():
    message = (
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\nZoë\r\n"
    ).encode()

    told = envelope(a_mail(data=message), Features())

    assert told.message.isascii()
    assert b"Content-Transfer-Encoding: base64" in told.message


def test_a_server_that_takes_only_ascii_addresses_is_not_asked_about_others():
    with pytest.raises(CannotBeSent, match="beyond ASCII"):
        envelope(a_mail("zoë@x.example"), Features(eight_bit=True))


def test_a_message_larger_than_the_server_takes_is_not_begun():
    with pytest.raises(CannotBeSent, match="at most 20 bytes"):
        envelope(a_mail(), Features(size=20))


def test_what_the_server_can_do_is_read_from_its_answer():
    assert Features.of({"pipelining": "", "size": "1000", "8bitmime": ""}) == Features(
        pipelining=True, eight_bit=True, utf8=False, size=1000
    )
    assert Features.of({"size": ""}).size == 0
    assert Features.of({}).size is None
