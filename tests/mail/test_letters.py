"""Single letters: handed over once, put off, given up, in doubt, emptied."""

from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.core import mail as django_mail
from django.db import connection
from django.utils import timezone

from masthead.jobs.models import Job
from masthead.jobs.worker import run_due_jobs
from masthead.mail import actions, jobs
from masthead.mail.jobs import (
    FORGOTTEN,
    LEASE,
    empty_letters,
    find_doubts,
    next_try,
    send_forgotten,
    send_letter,
)
from masthead.mail.kinds import LetterKind, register_letter_kind
from masthead.mail.models import Letter, Reach, State, Suppression
from masthead.mail.post import message_of, print_letter
from masthead.mail.printing import PrintedMail
from masthead.mail.senders import Sender
from masthead.mail.transport import Fate, Outcome
from tests.factories import NOON
from tests.mail.conftest import CY

register_letter_kind(LetterKind("tests.notice", "Notice", asked_for=False))


def states() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("state", flat=True))


def test_who_writes_twice_with_one_key_has_written_once(a_letter, carrier):
    first = a_letter("confirm:7")
    second = a_letter("confirm:7", to="somebody@else.example")
    run_due_jobs()

    assert (second.pk, [each.recipient for each in carrier.mails]) == (first.pk, [CY])


def test_a_letter_is_seven_bit_and_says_whose_it_is(a_letter, carrier, courier, settings):
    settings.MAIL_SENDERS = {"courier": "news@courier.example"}
    letter = a_letter(sender=Sender("The Harbour Courier", courier.pk))

    data = message_of(letter)
    message = message_from_bytes(data, policy=policy.default)
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert str(message["From"]) == "The Harbour Courier <news@courier.example>"
    assert message["Message-ID"] == f"<{letter.public_id}@courier.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "Zoë" in message.get_body(("plain",)).get_content()


def test_the_database_shows_nothing_of_what_stands_in_a_letter(a_letter):
    letter = a_letter()

    assert (b"Is it you" in bytes(letter.prepared), b"Is it you" in message_of(letter)) == (
        False,
        True,
    )


@pytest.mark.parametrize(
    ("outcome", "state", "is_over"),
    [
        (Outcome(Fate.ACCEPTED, 250, "queued as 4F"), State.ACCEPTED, True),
        (Outcome(Fate.REFUSED, 550, "no such user"), State.FAILED, True),
        (Outcome(Fate.DEFERRED, 451, "later"), State.DEFERRED, False),
        (Outcome(Fate.IN_DOUBT), State.IN_DOUBT, False),
    ],
)
def test_what_the_server_says_is_what_the_letter_is(a_letter, carrier, outcome, state, is_over):
    a_letter()
    carrier.answers = [outcome]

    run_due_jobs()

    letter = Letter.objects.get()
    assert (letter.state, letter.answer, letter.attempts) == (state, outcome.answer, 1)
    assert (letter.over_at is not None) == is_over


def test_a_letter_put_off_is_handed_over_later_and_once(a_letter, carrier, clock):
    a_letter()
    carrier.answers = [Outcome(Fate.DEFERRED, 451, "greylisted"), Outcome(Fate.ACCEPTED)]

    run_due_jobs()
    run_due_jobs()
    early = len(carrier.mails)
    clock.shift(timedelta(minutes=2))
    run_due_jobs()
    run_due_jobs()

    assert (early, len(carrier.mails), states()) == (1, 2, [State.ACCEPTED])


@pytest.mark.parametrize(
    ("tries", "left", "wait"),
    [
        (0, 600, 1),
        (3, 600, 8),
        (9, 600, 120),
        (500, 600, 120),
        (4, 15, 14),  # a last try a minute before a code is no longer good
        (4, 2, 1),
        (4, 1.5, None),
    ],
)
def test_waits_double_up_to_two_hours_and_end_with_what_the_letter_is_good_for(tries, left, wait):
    due = next_try(tries=tries, now=NOON, give_up_at=NOON + timedelta(minutes=left))

    assert due == (None if wait is None else NOON + timedelta(minutes=wait))


def test_a_letter_that_came_too_late_is_not_sent(a_letter, carrier):
    a_letter(good_for=timedelta(minutes=15))  # written two hours ago

    run_due_jobs()

    assert (states(), carrier.mails) == ([State.FAILED], [])


def test_the_last_refusal_is_kept_when_a_letter_is_given_up(a_letter, carrier, clock):
    a_letter(at=timezone.now(), good_for=timedelta(seconds=45))
    carrier.answers = [Outcome(Fate.DEFERRED, 451, "greylisted")]

    run_due_jobs()

    letter = Letter.objects.get()
    assert (letter.state, letter.answer) == (State.FAILED, "greylisted")


@pytest.mark.parametrize(
    ("kind", "reach", "state"),
    [
        ("readers.confirm", Reach.ALL, State.SUPPRESSED),
        ("readers.confirm", Reach.LETTERS, State.ACCEPTED),
        ("tests.notice", Reach.LETTERS, State.SUPPRESSED),
        ("tests.notice", None, State.ACCEPTED),
    ],
)
def test_what_one_asked_for_still_goes_to_who_wants_no_newsletters(
    a_letter, carrier, kind, reach, state
):
    if reach:
        Suppression.objects.create(address=CY, reach=reach, reason="asked", since=NOON)
    a_letter(kind=kind, to="Cy@Reader.example")

    run_due_jobs()

    assert states() == [state]


def test_a_killed_sender_leaves_a_doubt_and_never_a_second_mail(a_letter, carrier, clock):
    letter = a_letter()
    carrier.answers = [KeyboardInterrupt()]
    with pytest.raises(KeyboardInterrupt):
        send_letter(letter_id=letter.pk)

    find_doubts()
    before = states()
    clock.shift(LEASE + timedelta(minutes=1))
    find_doubts()
    send_forgotten()
    run_due_jobs()

    assert (before, states(), len(carrier.mails)) == ([State.CLAIMED], [State.IN_DOUBT], 1)


def test_a_sender_that_comes_back_after_its_lease_changes_nothing(a_letter, carrier, clock):
    letter = a_letter()

    def too_slow(mail: Any) -> Outcome:
        clock.shift(LEASE + timedelta(minutes=1))
        find_doubts()
        return Outcome(Fate.REFUSED, 550, "no")

    carrier.send = too_slow
    send_letter(letter_id=letter.pk)

    assert states() == [State.IN_DOUBT]


def test_what_fails_before_the_server_is_asked_is_tried_again(a_letter, carrier, clock):
    a_letter()
    carrier.will_open = OSError("no such host")
    run_due_jobs()
    put_off = Letter.objects.get()

    carrier.will_open = None
    clock.shift(timedelta(minutes=5))
    run_due_jobs()

    assert (put_off.state, put_off.answer) == (State.DEFERRED, "no such host")
    assert (states(), len(carrier.mails)) == ([State.ACCEPTED], 1)


def test_a_letter_whose_job_was_discarded_gets_another(a_letter, carrier, clock):
    a_letter()
    Job.objects.all().delete()

    clock.shift(FORGOTTEN)
    send_forgotten()
    run_due_jobs()

    assert states() == [State.ACCEPTED]


def test_a_person_takes_a_letter_in_doubt_as_sent(a_letter, carrier, ada):
    letter = a_letter()
    carrier.answers = [Outcome(Fate.IN_DOUBT)]
    run_due_jobs()

    actions.settle_letter(letter=letter, by=ada, at=NOON)
    with pytest.raises(actions.NotInDoubt):
        actions.send_letter_again(letter=letter, by=ada, at=NOON)

    assert (states(), len(carrier.mails)) == ([State.ACCEPTED], 1)


def test_a_person_has_a_letter_in_doubt_sent_again(a_letter, carrier, ada, clock):
    letter = a_letter()
    carrier.answers = [Outcome(Fate.IN_DOUBT), Outcome(Fate.ACCEPTED)]
    run_due_jobs()

    actions.send_letter_again(letter=letter, by=ada, at=timezone.now())
    run_due_jobs()

    assert (states(), len(carrier.mails)) == ([State.ACCEPTED], 2)


def test_what_stood_in_a_letter_goes_a_month_after_it_is_over(a_letter, carrier, clock, ada):
    letter, open_letter = a_letter("confirm:1"), a_letter("confirm:2")
    carrier.answers = [Outcome(Fate.ACCEPTED), Outcome(Fate.IN_DOUBT)]
    run_due_jobs()

    clock.shift(timedelta(days=29))
    empty_letters()
    kept = [bool(message_of(each)) for each in Letter.objects.order_by("pk")]
    clock.shift(timedelta(days=2))
    empty_letters()

    assert kept == [True, True]
    letter.refresh_from_db()
    assert (message_of(letter), letter.subject) == (b"", "Is it you?")
    assert bool(message_of(Letter.objects.get(pk=open_letter.pk))) is True
    Letter.objects.filter(pk=letter.pk).update(state=State.FAILED)
    with pytest.raises(actions.NothingKept):
        actions.send_letter_again(letter=letter, by=ada, at=NOON)


def test_mail_to_staff_waits_for_a_worker_and_no_server_is_asked_meanwhile(db, carrier, settings):
    settings.EMAIL_BACKEND = "masthead.mail.backend.PostOffice"
    carrier.will_open = OSError("away")

    both = [CY, "bo@x.example"]
    sent = django_mail.send_mail("Your place", "Grüße", None, both)

    letters = Letter.objects.order_by("pk")
    assert (sent, [letter.address for letter in letters]) == (1, both)
    message = message_from_bytes(message_of(letters[0]), policy=policy.default)
    assert message.get_content().strip() == "Grüße"
    assert message_of(letters[0]).isascii()
    assert message["Message-ID"].startswith(f"<{letters[0].public_id}@")


@pytest.mark.parametrize("question", ["_claimed_long_ago", "_due_long_ago"])
def test_what_is_asked_every_minute_looks_at_letters_that_are_not_over(db, question):
    """Or SQLite would read every letter with all that is in it."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by how many rows there are.")

    assert "letters_open" in getattr(jobs, question)().explain()


def test_a_name_of_several_lines_adds_no_header_and_stops_no_mail():
    sender = Sender("The Courier\r\nBcc: eve@evil.example", address="desk@courier.example")

    made = print_letter(Letter(address=CY), PrintedMail("Hello", "<p>Hello", "Hello"), sender, NOON)

    message = message_from_bytes(made, policy=policy.default)
    assert (message["Bcc"], message["To"]) == (None, CY)
