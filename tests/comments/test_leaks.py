"""
What is not approved is nowhere: not on a page, in a list, a feed, the API, a search, a count or a
kept value, in whatever state, for whoever asks – nor in a mail, but for the one that tells its own
author of the decision.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.db.models import Q
from django.test import Client

from masthead.accounts.models import User
from masthead.articles.models import PublishedArticle
from masthead.changes.models import Change
from masthead.comments.actions.banning import ban
from masthead.comments.actions.changing import delete_comment
from masthead.comments.actions.deciding import reject_comment, remove_branch
from masthead.comments.actions.erasing import erase_author
from masthead.comments.actions.policies import set_policy
from masthead.comments.actions.speaking_up import Notice, report_comment
from masthead.comments.models import Comment, Person, State, Thread
from masthead.core.sanitise import plain_text
from masthead.jobs.models import Job
from masthead.jobs.running import find_work
from masthead.outlets.models import Outlet
from masthead.readers.models import Reader
from tests.comments.conftest import HERE, Saying, a_reader, signed_in
from tests.factories import NOON
from tests.mail.conftest import Carrier

SECRET = "zanzibarcanal"
NAME = "Quintusfamily"
NOTICE = Notice("illegal", "He threatens me.", law="§ 241", email="nora@post.example")
LATER = NOON + timedelta(minutes=5)


@pytest.fixture
def carrier(monkeypatch: pytest.MonkeyPatch) -> Carrier:
    made = Carrier()
    monkeypatch.setattr("masthead.mail.jobs.transport", lambda: made)
    return made


def held(say: Saying, mallory: Reader, ada: User, courier: Outlet) -> Comment:
    set_policy(where=courier, by=ada, at=NOON, mode="all-held")
    return say(mallory, f"The {SECRET} words.")


def unproved(say: Saying, mallory: Reader, ada: User, courier: Outlet) -> Comment:
    return say(mallory, f"The {SECRET} words.", is_proved=False)


def rejected(say: Saying, mallory: Reader, ada: User, courier: Outlet) -> Comment:
    said = say(mallory, f"The {SECRET} words.")
    reject_comment(comment=said, by=ada, at=LATER, reason="other")
    return said


def removed(say: Saying, mallory: Reader, ada: User, courier: Outlet) -> Comment:
    said = say(mallory, f"The {SECRET} words.")
    remove_branch(comment=said, by=ada, at=LATER, reason="other")
    return said


def banned(say: Saying, mallory: Reader, ada: User, courier: Outlet) -> Comment:
    said = say(mallory, f"The {SECRET} words.")
    ban(by=ada, at=LATER, reason="other", reader=mallory, hides=True)
    return said


def deleted(say: Saying, mallory: Reader, ada: User, courier: Outlet) -> Comment:
    said = say(mallory, f"The {SECRET} words.")
    delete_comment(comment=said, reader=mallory, at=LATER)
    return said


def erased(say: Saying, mallory: Reader, ada: User, courier: Outlet) -> Comment:
    said = say(mallory, f"The {SECRET} words.")
    erase_author(reader=mallory, at=LATER)
    return said


TOLD_THEIR_WORDS = [rejected, removed]
NEVER_SHOWN = [held, unproved]
STATES = [held, unproved, rejected, removed, banned, deleted, erased]


def ways_out(place: PublishedArticle, comment: Comment) -> Iterator[str]:
    base = f"comments/{place.public_id}/"
    yield place.path
    yield from (base, f"{base}oldest/", f"{base}respected/", f"{base}live.json")
    yield f"{base}{comment.public_id}/"
    yield from (f"comments/do/{act}/{comment.public_id}" for act in ("reply", "report"))
    yield from ("comments/do/mine", "comments/do/me.json", "", "port/", "archive/")
    yield from ("feed.xml", "atom.xml", "feed.json", "port/feed.xml", "sitemap.xml")
    yield from (f"search/?q={SECRET}", f"search/?q={NAME}", f"search/suggest.json?q={SECRET[:4]}")
    yield from ("api/v1/articles", f"api/v1/articles/{place.public_id}", "api/v1/openapi.json")


def mails_sent(carrier: Carrier) -> list[tuple[str, str]]:
    """To whom, and all that can be read, of what goes to the mail server when all jobs are done."""
    ours = Q(task__startswith="masthead.comments.") | Q(task__startswith="masthead.mail.")
    while waiting := list(Job.objects.filter(ours).order_by("pk")):
        for job in waiting:
            job.delete()
            work: Any = find_work(job.task)
            work(**job.arguments["kwargs"])
    return [(mail.recipient, readable(mail.data)) for mail in carrier.mails]


def readable(data: bytes) -> str:
    message = message_from_bytes(data, policy=policy.default)
    texts = [part for part in message.walk() if part.get_content_maintype() == "text"]
    return "\n".join([str(message["Subject"]), *(each.get_content() for each in texts)])


@pytest.mark.parametrize("into", STATES, ids=lambda each: each.__name__)
def test_it_comes_out_nowhere(
    into: Any,
    place: PublishedArticle,
    say: Saying,
    ada: User,
    cy: User,
    di: User,
    courier: Outlet,
    carrier: Carrier,
) -> None:
    mallory = a_reader(NAME)
    a_reader("Cy", user=cy)
    gil = a_reader("Gil")
    Person.objects.create(reader=gil, notices=Person.Notices.EACH, first_at=NOON)
    begun = say(gil, "Gil began.")

    def answer_gil(*given: Any, **more: Any) -> Comment:
        said = say(*given, parent=begun, **more)
        if said.state == State.APPROVED:
            report_comment(comment=said, notice=NOTICE, reader=None, at=NOON)
        return said

    comment = into(answer_gil, mallory, ada, courier)
    answer = Comment.objects.create(
        thread=comment.thread,
        outlet=courier,
        parent=comment,
        root=begun,
        author=a_reader("Fay"),
        text="Shown.",
        html="<p>Shown.</p>",
        state=State.APPROVED,
        has_place=True,
        posted_at=LATER,
    )
    everybody = {
        "nobody": Client(),
        "reader": signed_in(cy),
        "member": signed_in(di),
        "staff": signed_in(ada),
    }

    found = []
    for who, client in everybody.items():
        for path in ways_out(place, comment):
            told = client.get(f"/courier/{path}", headers=HERE)
            text = plain_text(told.content.decode())
            # A results page says what was looked for.
            secrets = ["The " + SECRET] if path.startswith("search") else [SECRET, NAME]
            found += [(who, path, each) for each in secrets if each in text]

    thread = Thread.objects.get()
    kept = json.dumps([thread.first, thread.rules])
    changes = json.dumps(list(Change.objects.values_list("keys", "gone")))
    mails = mails_sent(carrier)
    assert found == []
    assert (SECRET in kept, NAME in kept) == (False, False)
    assert SECRET not in changes
    told = [mallory.email] if into in TOLD_THEIR_WORDS else []
    assert [to for to, text in mails if SECRET in text] == told
    assert [to for to, text in mails if NAME in text and to != mallory.email] == []
    assert (NOTICE.email in [to for to, _text in mails]) == (into not in NEVER_SHOWN)
    assert thread.shown == 1
    assert answer.state == State.APPROVED


def test_the_same_looks_find_what_is_approved(place: PublishedArticle, say: Saying) -> None:
    said = say(a_reader(NAME), f"The {SECRET} words.")

    shown = [
        path
        for path in ways_out(place, said)
        if SECRET in Client().get(f"/courier/{path}", headers=HERE).content.decode()
        and not path.startswith("search")
    ]

    base = f"comments/{place.public_id}/"
    assert shown == [
        place.path, base, f"{base}oldest/", f"{base}respected/", f"{base}{said.public_id}/",
        f"comments/do/report/{said.public_id}",
    ]  # fmt: skip
