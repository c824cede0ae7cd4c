"""What every transport promises, whichever server is behind it."""

import pytest

from masthead.mail.transport import Fate, Mail
from masthead.mail.transport.crews import crew_of
from tests.mail.transport.kits import KITS

NOT_TOLD = 10  # seconds; a test that waits so long has failed


def a_mail(number=1, to="cy@readers.example"):
    message = (
        "From: The Courier <news@courier.example>\r\n"
        f"To: {to}\r\nSubject: The evening\r\nMessage-ID: <{number}@courier.example>\r\n"
        "List-Unsubscribe: <https://courier.example/leave/abc>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\nGood evening, Zoë.\r\n.\r\n..two dots\r\n"
    )
    return Mail("bounces@courier.example", to, message.encode(), key=f"d.1.{number}")


@pytest.fixture(params=KITS)
def kit(request, tmp_path):
    with KITS[request.param](tmp_path) as made:
        yield made


@pytest.fixture
def line(kit):
    opened = kit.transport.open()
    yield opened
    opened.close()


def test_an_accepted_mail_is_there_once(kit, line):
    outcome = line.send(a_mail())

    assert (outcome.fate, outcome.whole) == (Fate.ACCEPTED, False)
    assert outcome.queue_id
    assert kit.took() == ["cy@readers.example"]


def test_a_line_takes_one_mail_after_the_other(kit, line):
    fates = [line.send(a_mail(n, f"reader{n}@readers.example")).fate for n in range(3)]

    assert fates == [Fate.ACCEPTED] * 3
    assert kit.took() == [f"reader{n}@readers.example" for n in range(3)]


@pytest.mark.parametrize(
    ("says", "fate", "whole"),
    [
        ("no", Fate.REFUSED, False),
        ("later", Fate.DEFERRED, None),
        ("wrong key", Fate.DEFERRED, True),
    ],
)
def test_what_a_server_says_against_a_mail_is_told_and_the_line_goes_on(
    kit, line, says, fate, whole
):
    if says not in kit.can:
        pytest.skip("this one never says so")
    line.send(a_mail(1, "first@readers.example"))
    kit.says(says)

    outcome = line.send(a_mail(2))

    assert outcome.fate is fate
    assert outcome.answer
    assert whole is None or outcome.whole is whole
    kit.says("yes")
    assert line.send(a_mail(3, "di@readers.example")).fate is Fate.ACCEPTED
    assert kit.took() == ["first@readers.example", "di@readers.example"]


def test_silence_after_the_whole_message_is_never_taken_for_an_answer(kit, line):
    if "nothing" not in kit.can:
        pytest.skip("this one always answers")
    kit.says("nothing")

    assert line.send(a_mail()).fate is kit.in_doubt

    kit.says("yes")
    assert line.send(a_mail(2)).fate is Fate.ACCEPTED


def test_where_nobody_listens_a_mail_is_safe_to_send_again(kit):
    line = kit.elsewhere.open()

    outcome = line.send(a_mail())

    assert outcome.fate is Fate.DEFERRED
    assert outcome.answer
    line.close()


def test_a_crew_hands_over_many_mails_over_several_lines(kit):
    crew = crew_of(kit.transport, lines=3)
    waiting = [a_mail(n, f"reader{n}@readers.example") for n in range(20)]
    told = {}
    for number in range(crew.lines):
        crew.offer(number, waiting.pop())
    while len(told) < 20:
        happened = crew.wait(NOT_TOLD)
        assert happened
        for event in happened:
            if event.outcome is None:
                crew.give(event.line, then=waiting.pop() if waiting else None)
            else:
                told[event.mail.recipient] = event.outcome.fate
    crew.close()

    assert set(told.values()) == {Fate.ACCEPTED}
    assert sorted(kit.took()) == sorted(told)
