"""Who is not signed in: the comment waits for their address, and nobody sees it before."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from masthead.articles.models import PublishedArticle
from masthead.comments.actions.deciding import reject_comment
from masthead.comments.actions.policies import set_policy
from masthead.comments.jobs import tell_answered, tell_author
from masthead.comments.models import Comment, Decision, Ignored, Person, State
from masthead.comments.notices import MOST_IN_DIGEST, tell_daily
from masthead.mail.models import Letter
from masthead.mail.post import message_of
from masthead.outlets.models import Outlet
from masthead.readers.actions import grant_entitlement
from masthead.readers.holdings import erase
from masthead.readers.models import Benefit, Consent, Reader
from masthead.readers.proofs import prove
from tests.comments.conftest import HERE, Saying, a_reader
from tests.factories import NOON

LATER = NOON + timedelta(minutes=5)


def post(place: PublishedArticle, **fields: str) -> Any:
    form = {
        "article": str(place.public_id),
        "text": "From the pier.",
        "email": "gil@readers.example",
        "name": "Gil",
        "client_id": "g1",
    } | fields
    return Client().post("/courier/comments/do/write", form, headers=HERE)


def secret() -> str:
    text = message_of(Letter.objects.get(kind="readers.confirm")).decode()
    found = re.search(r"readers/confirm/([\w=\r\n-]+?)/", text)
    assert found
    return found[1].replace("=\r\n", "")


def test_a_comment_waits_until_its_authors_address_is_confirmed(
    place: PublishedArticle, clock: Any
) -> None:
    answer = post(place)
    waiting = Comment.objects.get()
    _reader, done = prove(secret=secret(), at=LATER)

    comment = Comment.objects.get()
    assert (answer.status_code, waiting.state, waiting.author) == (201, State.UNPROVED, None)
    assert (comment.state, comment.author and comment.author.name) == (State.APPROVED, "Gil")
    assert done[0].title == "Your comment is published."


@pytest.mark.parametrize(("is_member", "state"), [(True, "approved"), (False, "rejected")])
def test_who_may_comment_as_a_member_is_known_once_the_address_is(
    place: PublishedArticle, courier: Outlet, ada: Any, clock: Any, is_member: bool, state: str
) -> None:
    set_policy(where=courier, by=ada, at=NOON, who="members", mode="open")
    gil = a_reader("Gil")
    if is_member:
        grant_entitlement(reader=gil, benefit=Benefit.MEMBERS_ARTICLES, by=ada, at=NOON)
    post(place)
    prove(secret=secret(), at=LATER)

    assert Comment.objects.get().state == state


def test_the_mail_repeats_nothing_of_what_was_written(place: PublishedArticle, clock: Any) -> None:
    post(place, text="Buy at evil.example now")

    assert b"evil.example" not in message_of(Letter.objects.get())


def test_nobody_becomes_a_reader_before(place: PublishedArticle, clock: Any) -> None:
    post(place)

    assert Reader.objects.filter(email="gil@readers.example").exists() is False


def test_the_same_attempt_twice_makes_one(place: PublishedArticle, clock: Any) -> None:
    answers = [post(place).status_code for _ in range(2)]

    assert (answers, Comment.objects.count()) == ([201, 201], 1)


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "x" * 300 + "@a.example"])
def test_without_an_address_nothing_is_kept(
    place: PublishedArticle, clock: Any, email: str
) -> None:
    assert (post(place, email=email).status_code, Comment.objects.count()) == (422, 0)


def test_whoever_asked_for_it_is_told_of_a_reply_without_its_words(
    place: PublishedArticle, clock: Any, say: Saying
) -> None:
    post(place, replies="1")
    prove(secret=secret(), at=LATER)
    reply = say(a_reader("Hal"), "An answer.", parent=Comment.objects.get())

    tell_answered(comment_id=reply.pk)
    tell_answered(comment_id=reply.pk)

    letter = Letter.objects.get(kind="comments.reply")
    assert letter.address == "gil@readers.example"
    assert b"An answer" not in message_of(letter)
    assert Consent.objects.get(what="comment-replies").given is True


def test_the_mail_of_a_day_names_some_answers_and_says_how_many_more_there_are(
    say: Saying, eve: Reader
) -> None:
    mine = say(eve, "What do you think?")
    ignored = a_reader("Ian")
    Ignored.objects.create(reader=eve, ignored=ignored, at=NOON)
    like = say(a_reader("Hal"), "An answer.", parent=mine)
    authors = [like.author] * (MOST_IN_DIGEST + 1) + [ignored] * MOST_IN_DIGEST + [eve]
    row = {f.attname: getattr(like, f.attname) for f in Comment._meta.concrete_fields[2:]}
    Comment.objects.bulk_create(
        Comment(**row | {"author_id": each.pk, "decided_at": NOON}) for each in authors
    )

    told = [tell_daily(person=Person.objects.get(reader=eve), at=LATER) for _ in range(2)]

    text = message_of(Letter.objects.get(kind="comments.reply")).decode()
    assert told == [MOST_IN_DIGEST + 2, 0]
    assert "2 more answers are below your comments" in text.replace("=\n", "")
    assert text.count("Hal ") == MOST_IN_DIGEST


def test_a_decision_is_mailed_with_its_reason_once(say: Saying, ada: Any, eve: Reader) -> None:
    said = say(eve, "You fool.")
    decision = reject_comment(comment=said, by=ada, at=LATER, reason="offensive", words="Be kind.")

    for _ in range(2):
        tell_author(decision_id=decision.pk)

    letter = Letter.objects.get(kind="comments.decision")
    text = message_of(letter).decode()
    assert letter.subject == "Your comment is not shown"
    assert "Why: It insults" in text
    assert "Be kind." in text
    assert "A person decided it." in text


def test_erasing_a_reader_leaves_the_threads_shape_and_no_words(
    say: Saying, eve: Reader, ada: Any, courier: Outlet
) -> None:
    first = say(eve, "Words of Eve.")
    say(a_reader("Fay"), "An answer.", parent=first)
    say(eve, "More words of Eve.")

    erase(reader=eve, at=LATER, never_again=False)

    rows = Comment.objects.order_by("pk").values_list("state", "text", "author", "has_place")
    assert [(state, text) for state, text, _author, _has in rows] == [
        (State.ERASED, ""), (State.APPROVED, "An answer."), (State.ERASED, "")
    ]  # fmt: skip
    assert [has for *_rest, has in rows] == [True, True, False]
    assert Person.objects.filter(reader=eve.pk).exists() is False
    assert Decision.objects.filter(reader__isnull=False).exists() is False
