"""Who gave notice of illegal content may object to that the comment stays."""

import re
from datetime import timedelta
from typing import Any

import pytest

from masthead.accounts.models import Role, User
from masthead.comments.actions.appealing import (
    AlreadyAnswered,
    CannotAnswer,
    CannotAppeal,
    answer_appeal,
    appeal,
    object_to_outcome,
)
from masthead.comments.actions.banning import ban, lift_ban
from masthead.comments.actions.changing import delete_comment
from masthead.comments.actions.deciding import approve_comment, reject_comment, remove_branch
from masthead.comments.actions.erasing import erase_author
from masthead.comments.actions.speaking_up import Notice, report_comment
from masthead.comments.actions.undoing import undo_decision
from masthead.comments.figures import of_year
from masthead.comments.held import export_acts
from masthead.comments.jobs import confirm_notice, forget_addresses, tell_appealed, tell_notifiers
from masthead.comments.models import Act, Appeal, Ban, Comment, Decision, House, Report, State
from masthead.mail.models import Letter
from masthead.mail.post import message_of
from masthead.outlets.models import Outlet
from masthead.readers.models import Reader
from tests.comments.conftest import HERE, Saying, a_reader
from tests.factories import NOON, a_person, at_desk

LATER = NOON + timedelta(minutes=5)
NOTICE = Notice("illegal", "He threatens me.", law="§ 241", email="nora@post.example")


@pytest.fixture
def dismissed(say: Saying, eve: Reader, ada: User) -> Report:
    """Nora's notice of what Eve wrote; Ada lets it stand."""
    report = report_comment(comment=say(eve, "Hm, hm."), notice=NOTICE, reader=None, at=NOON)
    confirm_notice(report_id=report.pk)
    approve_comment(comment=report.comment, by=ada, at=LATER)
    report.refresh_from_db()
    return report


def mails() -> list[tuple[str, str]]:
    found = Letter.objects.filter(address="nora@post.example").order_by("pk")
    return [(each.subject, message_of(each).decode()) for each in found]


def link_in(mail: str) -> str:
    found = re.search(
        r"http://[^/]+(/courier/comments/do/objection/[\w-]+)", mail.replace("=\n", "")
    )
    assert found is not None
    return found[1]


def test_by_the_link_in_the_mail_to_another_moderator_and_back(
    dismissed: Report, ada: User, courier: Outlet, client: Any, clock: Any
) -> None:
    mia = a_person("mia", Role.MODERATOR, courier)
    tell_notifiers(comment_id=dismissed.comment_id)
    link = link_in(mails()[-1][1])

    form = client.get(link, headers=HERE).content.decode()
    sent = client.post(link, {"words": "He means me!"}, headers=HERE)
    again = client.post(link, {"words": "He means me!"}, headers=HERE)
    objection = Appeal.objects.get()
    desk = f"/desk/comments/appeals/{objection.pk}/"
    adas = at_desk(ada).get("/desk/comments/appeals/").content.decode()
    at_desk(ada).post(desk, {"grant": "1"})
    mias = at_desk(mia).get("/desk/comments/appeals/").content.decode()
    at_desk(mia).post(desk, {"grant": "1", "answer": "He does."})
    objection.refresh_from_db()
    tell_appealed(appeal_id=objection.pk)
    tell_notifiers(comment_id=dismissed.comment_id)

    assert "Nora" not in form
    assert "threatens" not in form
    assert (sent.status_code, again.status_code) == (201, 422)
    assert ("He means me!" in adas, desk in adas) == (True, False)
    assert ("§ 241" in mias, desk in mias) == (True, True)
    assert (objection.state, objection.answered_by) == (Appeal.State.GRANTED, mia)
    assert Comment.objects.get().state == State.REJECTED
    subjects = [subject for subject, _text in mails()]
    assert subjects == [
        "Your notice has arrived",
        "Your notice has been decided",
        "Your objection has been answered",
    ]
    assert "He does." in mails()[-1][1]
    log = list(Decision.objects.order_by("pk").values_list("act", "by", "reason"))
    assert (Act.OBJECTION, mia.pk, "granted") in log


def test_a_link_of_another_notice_or_title_opens_nothing(
    dismissed: Report, client: Any, clock: Any
) -> None:
    tell_notifiers(comment_id=dismissed.comment_id)
    link = link_in(mails()[-1][1])

    assert client.get(link[:-1] + "!", headers=HERE).status_code == 404
    assert client.get(link.replace("courier", "gazette"), headers=HERE).status_code == 404


def test_refused_with_a_reason_it_stays_and_the_reason_is_told(
    dismissed: Report, ada: User
) -> None:
    objection = object_to_outcome(report=dismissed, words="He means me!", at=LATER)

    with pytest.raises(CannotAnswer):
        answer_appeal(appeal=objection, by=ada, at=LATER, grant=False, answer=" ")
    answer_appeal(appeal=objection, by=ada, at=LATER, grant=False, answer="It is an opinion.")
    tell_appealed(appeal_id=objection.pk)

    assert Comment.objects.get().state == State.APPROVED
    subject, text = mails()[-1]
    assert subject == "Your objection has been answered"
    assert "It is an opinion." in text
    assert "out of court" in text.replace("=\n", "")


def test_undoing_what_a_granted_one_took_away_opens_the_notice_again(
    dismissed: Report, ada: User
) -> None:
    objection = object_to_outcome(report=dismissed, words="He means me!", at=LATER)
    answer_appeal(appeal=objection, by=ada, at=LATER, grant=True)
    taken = Decision.objects.get(act=Act.REJECT)

    undo_decision(decision=taken, by=ada, at=LATER)

    dismissed.refresh_from_db()
    assert (taken.reason, dismissed.state) == ("illegal", Report.State.OPEN)


def test_after_a_second_dismissal_there_may_be_a_second_objection(
    dismissed: Report, ada: User
) -> None:
    objection = object_to_outcome(report=dismissed, words="He means me!", at=LATER)
    answer_appeal(appeal=objection, by=ada, at=LATER, grant=True)
    undo_decision(decision=Decision.objects.get(act=Act.REJECT), by=ada, at=LATER)
    approve_comment(comment=dismissed.comment, by=ada, at=LATER)
    dismissed.refresh_from_db()

    again = object_to_outcome(report=dismissed, words="He still does!", at=LATER)

    assert (again.decision_id, Appeal.objects.count()) == (dismissed.decision_id, 2)
    with pytest.raises(CannotAppeal):
        object_to_outcome(report=dismissed, words="He does!", at=LATER)


@pytest.mark.parametrize("how", ["reject", "remove-thread", "ban", "delete"])
def test_a_granted_one_names_what_took_the_comment_away_meanwhile(
    dismissed: Report, ada: User, courier: Outlet, how: str
) -> None:
    objection = object_to_outcome(report=dismissed, words="He means me!", at=LATER)
    comment = Comment.objects.get()
    standing: Decision | None = None
    state = Report.State.UPHELD
    if how == "reject":
        standing = reject_comment(comment=comment, by=ada, at=LATER, reason="spam")
    elif how == "remove-thread":
        standing = remove_branch(comment=comment, by=ada, at=LATER, reason="spam")
    elif how == "delete":
        assert comment.author is not None
        delete_comment(comment=comment, reader=comment.author, at=LATER)
        state = Report.State.VOID
    else:
        ban(reader=comment.author, outlet=courier, by=ada, at=LATER, reason="spam", hides=True)
        standing = Decision.objects.get(act=Act.BAN)

    answer_appeal(appeal=objection, by=ada, at=LATER + timedelta(minutes=1), grant=True)
    tell_appealed(appeal_id=objection.pk)

    dismissed.refresh_from_db()
    assert (dismissed.state, dismissed.decision) == (state, standing)
    told = re.sub("=\r?\n", "", mails()[-1][1])
    gone = "before, for this reason: It is advertising or spam." if standing else "taken it back."
    assert gone in told
    if how == "ban":
        lift_ban(ban=Ban.objects.get(), by=ada, at=LATER)
        assert (Report.objects.get().state, House.objects.get().reported) == ("open", 1)


def test_an_objection_to_what_is_undone_is_no_more(dismissed: Report, ada: User) -> None:
    objection = object_to_outcome(report=dismissed, words="He means me!", at=LATER)
    assert dismissed.decision is not None

    undo_decision(decision=dismissed.decision, by=ada, at=LATER)

    assert not Appeal.objects.exists()
    with pytest.raises(AlreadyAnswered):
        answer_appeal(appeal=objection, by=ada, at=LATER, grant=True)


def test_what_nobody_can_object_to(dismissed: Report, say: Saying, ada: User) -> None:
    late = LATER + timedelta(days=184)
    taken = say(a_reader("Fay"), "Hear, hear.")
    open_one = report_comment(comment=taken, notice=NOTICE, reader=None, at=NOON)
    for report, words, at in ((dismissed, "Too late.", late), (dismissed, " ", LATER),
                              (open_one, "Not yet.", LATER)):  # fmt: skip
        with pytest.raises(CannotAppeal):
            object_to_outcome(report=report, words=words, at=at)

    reject_comment(comment=taken, by=ada, at=LATER, reason="illegal")
    open_one.refresh_from_db()

    with pytest.raises(CannotAppeal):
        object_to_outcome(report=open_one, words="It is gone.", at=LATER)


def test_author_and_notifier_object_each_by_themselves_and_a_year_counts_them(
    dismissed: Report, say: Saying, ada: User, courier: Outlet
) -> None:
    fay = a_reader("Fay")
    decision = reject_comment(comment=say(fay, "Oh, oh."), by=ada, at=LATER, reason="hate")
    mine = appeal(decision=decision, reader=fay, words="No!", at=LATER)
    object_to_outcome(report=dismissed, words="He means me!", at=LATER)
    mia = a_person("mia", Role.MODERATOR, courier)

    with pytest.raises(CannotAnswer):
        answer_appeal(appeal=mine, by=ada, at=LATER, grant=True)
    answer_appeal(appeal=mine, by=mia, at=LATER + timedelta(hours=3), grant=True)
    figures = of_year(NOON.year)

    assert figures["notices"] == {
        "received": 1, "open": 0, "upheld": 0, "dismissed": 1, "void": 0,
        "decided_by_machine": 0, "hours": 0.1,
    }  # fmt: skip
    assert figures["restrictions"] == [
        {"act": "reject", "reason": "hate", "decided": "person", "number": 1, "undone": 1}
    ]
    assert figures["complaints"] == {
        "of_authors": {"received": 1, "open": 0, "granted": 1, "refused": 0, "hours": 3.0},
        "of_notifiers": {"received": 1, "open": 1, "granted": 0, "refused": 0, "hours": None},
    }
    assert of_year(NOON.year - 1)["notices"]["received"] == 0


def test_the_address_is_kept_until_the_answer_and_words_go_with_a_reader(
    say: Saying, eve: Reader, ada: User, clock: Any
) -> None:
    nora = a_reader("Nora")
    report = report_comment(comment=say(eve, "Hm, hm."), notice=NOTICE, reader=nora, at=NOON)
    approve_comment(comment=report.comment, by=ada, at=LATER)
    report.refresh_from_db()
    object_to_outcome(report=report, words="He means me!", at=LATER)
    Report.objects.update(decided_at=NOON - timedelta(days=200))
    held = export_acts(nora)[0]["objections"]

    forget_addresses()
    kept = Report.objects.get().email
    erase_author(reader=nora, at=LATER)

    assert (held, kept) == (["He means me!"], "nora@post.example")
    assert Appeal.objects.get().words == ""
