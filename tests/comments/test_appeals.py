"""An author objects, a person answers, and the author hears of it."""

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
)
from masthead.comments.actions.banning import ban
from masthead.comments.actions.deciding import reject_comment
from masthead.comments.jobs import tell_appealed
from masthead.comments.models import Appeal, Ban, Decision, State
from masthead.mail.models import Letter
from masthead.outlets.models import Outlet
from masthead.readers.models import Reader
from tests.comments.conftest import HERE, Saying, a_reader, signed_in
from tests.factories import NOON, a_person, at_desk

LATER = NOON + timedelta(minutes=5)


def test_whoever_is_not_signed_in_is_shown_the_way_to_ones_own_comments(client, courier):
    page = client.get("/courier/comments/do/mine", headers=HERE)

    assert page.status_code == 403
    assert "/courier/readers/sign-in/?to=comments/do/mine" in page.content.decode()


def test_a_granted_objection_brings_the_comment_back(say: Saying, eve: Reader, ada: User) -> None:
    said = say(eve, "It was a joke.")
    decision = reject_comment(comment=said, by=ada, at=LATER, reason="offensive")
    objection = appeal(decision=decision, reader=eve, words="A joke!", at=LATER)

    answer_appeal(appeal=objection, by=ada, at=LATER, grant=True, answer="You are right.")
    tell_appealed(appeal_id=objection.pk)
    said.refresh_from_db()

    assert said.state == State.APPROVED
    assert (
        Letter.objects.get(kind="comments.decision").subject == "Your objection has been answered"
    )
    with pytest.raises(AlreadyAnswered):
        answer_appeal(appeal=objection, by=ada, at=LATER, grant=False)


def test_a_refused_one_changes_nothing(say: Saying, eve: Reader, ada: User) -> None:
    said = say(eve, "It was a joke.")
    decision = reject_comment(comment=said, by=ada, at=LATER, reason="offensive")
    objection = appeal(decision=decision, reader=eve, words="A joke!", at=LATER)

    answer_appeal(appeal=objection, by=ada, at=LATER, grant=False, answer="No joke.")
    said.refresh_from_db()

    assert said.state == State.REJECTED


def test_a_ban_is_lifted_by_a_granted_objection(
    say: Saying, eve: Reader, ada: User, courier: Outlet
) -> None:
    say(eve, "Hello.")
    ban(by=ada, at=NOON, reason="harassment", reader=eve, outlet=courier)
    decision = Decision.objects.get(act="ban")
    objection = appeal(decision=decision, reader=eve, words="It was not me.", at=LATER)

    answer_appeal(appeal=objection, by=ada, at=LATER, grant=True)

    assert Ban.objects.get().lifted_at == LATER


def test_a_ban_on_all_titles_is_answered_by_who_looks_after_all(
    say: Saying, eve: Reader, ada: User, olga: User, courier: Outlet
) -> None:
    say(eve, "Hello.")
    ban(by=olga, at=NOON, reason="harassment", reader=eve)
    decision = Decision.objects.get(act="ban")
    objection = appeal(decision=decision, reader=eve, words="It was not me.", at=LATER)
    nia = a_person("nia", Role.MODERATOR, courier.get_parent())
    way = f"/desk/comments/appeals/{objection.pk}/"

    of_one_title = at_desk(ada).post(way, {"grant": "1"}).status_code
    seen = [
        "It was not me." in at_desk(each).get("/desk/comments/appeals/").content.decode()
        for each in (ada, nia)
    ]
    with pytest.raises(CannotAnswer):
        answer_appeal(appeal=objection, by=ada, at=LATER, grant=True)
    first = Ban.objects.get().lifted_at
    at_desk(nia).post(way, {"grant": "1"})

    assert (of_one_title, seen, first) == (404, [False, True], None)
    assert Ban.objects.get().lifted_by == nia


@pytest.mark.parametrize(
    ("words", "by", "days", "reason"),
    [("", "eve", 0, "other"), ("Why?", "fay", 0, "other"), ("Why?", "eve", 200, "other"),
     ("Why?", "eve", 0, "spam")],
)  # fmt: skip
def test_what_nobody_can_object_to(
    say: Saying, eve: Reader, ada: User, words: str, by: str, days: int, reason: str
) -> None:
    decision = reject_comment(comment=say(eve, "Hm, hm."), by=ada, at=LATER, reason=reason)
    who = eve if by == "eve" else a_reader("Fay")

    with pytest.raises(CannotAppeal):
        appeal(decision=decision, reader=who, words=words, at=LATER + timedelta(days=days))


def test_by_the_pages_alone(say: Saying, cy: User, ada: User, clock: Any) -> None:
    reader = a_reader("Cy", user=cy)
    decision = reject_comment(
        comment=say(reader, "Well, well."), by=ada, at=LATER, reason="offensive"
    )
    client, desk = signed_in(cy), at_desk(ada)

    page = client.get("/courier/comments/do/mine", headers=HERE).content.decode()
    sent = client.post(f"/courier/comments/do/appeal/{decision.pk}", {"words": "No!"}, headers=HERE)
    queue = desk.get("/desk/comments/appeals/").content.decode()
    desk.post(f"/desk/comments/appeals/{Appeal.objects.get().pk}/", {"grant": "0", "answer": "No."})

    assert "It insults" in page
    assert (sent.status_code, "No!" in queue) == (201, True)
    assert Appeal.objects.get().state == Appeal.State.REFUSED
    assert "Refused" in client.get("/courier/comments/do/mine", headers=HERE).content.decode()
