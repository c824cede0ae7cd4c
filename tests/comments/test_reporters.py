"""Who gives notice of illegal content hears that it arrived, and what was decided."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from masthead.accounts.models import User
from masthead.comments import admission
from masthead.comments.actions.banning import ban, lift_ban
from masthead.comments.actions.changing import delete_comment
from masthead.comments.actions.deciding import approve_comment, reject_comment, remove_branch
from masthead.comments.actions.erasing import erase_author
from masthead.comments.actions.speaking_up import Notice, report_comment
from masthead.comments.actions.undoing import undo_decision
from masthead.comments.jobs import confirm_notice, forget_addresses, tell_notifiers
from masthead.comments.models import Ban, Comment, Decision, House, Report, Thread
from masthead.jobs.models import Job
from masthead.mail.models import Letter
from masthead.mail.post import message_of
from masthead.readers.budget import PER_ADDRESS
from masthead.readers.models import Reader
from tests.comments.conftest import HERE, Saying, a_reader
from tests.factories import NOON

LATER = NOON + timedelta(minutes=5)
NOTICE = Notice("illegal", "He threatens me.", law="§ 241", email="nora@post.example")


def by_approving(said: Comment, ada: User) -> None:
    approve_comment(comment=said, by=ada, at=LATER)


def by_rejecting(said: Comment, ada: User) -> None:
    reject_comment(comment=said, by=ada, at=LATER, reason="illegal", words="To Eve alone.")


def by_removing(said: Comment, ada: User) -> None:
    remove_branch(comment=said, by=ada, at=LATER, reason="illegal")


def by_banning(said: Comment, ada: User) -> None:
    ban(by=ada, at=LATER, reason="illegal", reader=said.author, hides=True)


def by_its_author(said: Comment, ada: User) -> None:
    assert said.author is not None
    delete_comment(comment=said, reader=said.author, at=LATER)


def by_leaving(said: Comment, ada: User) -> None:
    assert said.author is not None
    erase_author(reader=said.author, at=LATER)


@pytest.mark.parametrize(
    ("decide", "words"),
    [
        (by_approving, "A person has looked at it, and it stays."),
        (by_rejecting, "It has been taken away. A person decided that."),
        (by_removing, "It has been taken away. A person decided that."),
        (by_banning, "It has been taken away. A person decided that."),
        (by_its_author, "its author had taken it back."),
        (by_leaving, "its author had taken it back."),
    ],
)
def test_receipt_and_decision_reach_whoever_gave_notice_once(
    say: Saying, eve: Reader, ada: User, decide: Callable[[Comment, User], None], words: str
) -> None:
    said = say(eve, "Some zanzibar words.")
    report = report_comment(comment=said, notice=NOTICE, reader=None, at=NOON)
    confirm_notice(report_id=report.pk)

    decide(said, ada)
    for _twice in range(2):
        tell_notifiers(comment_id=said.pk)

    receipt, decided = Letter.objects.filter(address="nora@post.example").order_by("pk")
    text = message_of(decided).decode()
    assert receipt.subject == "Your notice has arrived"
    assert decided.subject == "Your notice has been decided"
    assert words in text
    assert ("court" in text) == ("taken it back" not in words)
    for letter in (receipt, decided):
        said_in_it = message_of(letter).decode()
        assert not any(each in said_in_it for each in ("zanzibar", "threatens", "Eve alone"))


def test_whoever_left_no_address_or_only_reported_hears_nothing(
    say: Saying, eve: Reader, ada: User
) -> None:
    said, fay = say(eve, "Hm, hm."), a_reader("Fay")
    anonymous = Notice("illegal", "He threatens me.", law="§ 241")
    for notice, reader in ((anonymous, None), (Notice("hate"), fay)):
        report = report_comment(comment=said, notice=notice, reader=reader, at=NOON)
        confirm_notice(report_id=report.pk)

    reject_comment(comment=said, by=ada, at=LATER, reason="other")
    tell_notifiers(comment_id=said.pk)

    assert list(Letter.objects.all()) == []


def test_what_is_undone_is_open_again_for_those_who_reported_it(
    say: Saying, eve: Reader, ada: User
) -> None:
    said = say(eve, "Hm, hm.")
    report_comment(comment=said, notice=NOTICE, reader=None, at=NOON)
    decision = reject_comment(comment=said, by=ada, at=LATER, reason="illegal")

    undo_decision(decision=decision, by=ada, at=LATER)
    tell_notifiers(comment_id=said.pk)

    said.refresh_from_db()
    assert (Report.objects.get().state, said.reports) == (Report.State.OPEN, 1)
    assert House.objects.get().reported == 1
    assert not Letter.objects.filter(subject__contains="decided").exists()


def test_a_dismissal_that_is_undone_is_counted_once(say: Saying, eve: Reader, ada: User) -> None:
    said = say(eve, "Hm, hm.")
    report_comment(comment=said, notice=NOTICE, reader=None, at=NOON)
    decision = approve_comment(comment=said, by=ada, at=LATER)
    dismissed = House.objects.get().reported

    undo_decision(decision=decision, by=ada, at=LATER)

    thread = Thread.objects.get()
    assert (dismissed, House.objects.get().reported, thread.reported) == (0, 1, 1)


def test_lifting_a_ban_opens_what_it_decided(say: Saying, eve: Reader, ada: User) -> None:
    said = say(eve, "Hm, hm.")
    report_comment(comment=said, notice=NOTICE, reader=None, at=NOON)
    by_banning(said, ada)
    upheld = Report.objects.get().decision == Decision.objects.get(act="ban")

    lift_ban(ban=Ban.objects.get(), by=ada, at=LATER)

    assert (upheld, Report.objects.get().state) == (True, Report.State.OPEN)
    assert House.objects.get().reported == 1


def test_a_strangers_mailbox_is_not_filled(say: Saying, eve: Reader, client: Any) -> None:
    said = say(eve, "Hm, hm.")
    notice = {"reason": "illegal", "words": "He threatens me.", "law": "§ 241",
              "email": "Victim@Post.Example"}  # fmt: skip

    for _ in range(PER_ADDRESS + 2):
        admission.notices.forget()
        address = f"/courier/comments/do/report/{said.public_id}"
        assert client.post(address, notice, headers=HERE).status_code == 201

    assert set(Report.objects.values_list("email", flat=True)) == {"victim@post.example"}
    assert Report.objects.count() == PER_ADDRESS + 2
    assert Job.objects.filter(task=confirm_notice.path).count() == PER_ADDRESS


def test_names_and_addresses_of_notices_are_kept_until_nobody_can_object(
    say: Saying, eve: Reader, ada: User, clock: Any
) -> None:
    said = say(eve, "Hm, hm.")
    report_comment(comment=said, notice=NOTICE, reader=None, at=NOON)
    by_rejecting(said, ada)

    Report.objects.update(decided_at=NOON - timedelta(days=200))
    forget_addresses()

    assert Report.objects.get().email == ""
