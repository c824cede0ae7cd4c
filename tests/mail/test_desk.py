"""The screens of mail: who may open them, what a person decides there."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from masthead.accounts.models import Role, User
from masthead.jobs.worker import run_due_jobs
from masthead.mail.models import Feedback, Letter, State, Suppression
from tests.factories import NOON, a_person, at_desk
from tests.mail.conftest import CY

HERE = "/desk/mail/"


@pytest.fixture
def fay(courier: Any) -> User:
    """Publishes the Courier."""
    return a_person("fay", Role.PUBLISHER, courier)


@pytest.fixture
def olga(courier: Any) -> User:
    """Owns the network."""
    user = a_person("olga")
    user.is_superuser = True
    user.save()
    return user


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """Where mail is kept without a server."""
    settings.DATA, settings.MAIL_URL = tmp_path, ""
    return tmp_path / "mail"


def shown(user: User, path: str = "") -> str:
    return at_desk(user).get(HERE + path).content.decode()


def test_mail_is_shown_to_those_who_may_see_readers(fay, ada, folder):
    screens = ("", "suppressions/", "feedback/", "folder/")

    opened = {
        user.email.partition("@")[0]: [at_desk(user).get(HERE + s).status_code for s in screens]
        for user in (fay, ada)
    }

    # Wagtail leads whoever may not see a screen back to the budget.
    assert (opened["fay"], opened["ada"]) == ([200] * 4, [302] * 4)


def test_letters_are_found_by_address_kind_and_state(a_letter, carrier, fay):
    a_letter("a", to="one@reader.example")
    a_letter("b", to="two@reader.example", kind="readers.code")
    run_due_jobs()
    a_letter("c", to="three@reader.example")

    pages = [shown(fay, path) for path in ("", "?q=TWO", "?kind=readers.code", "?state=pending")]

    names = ("one@", "two@", "three@")
    assert [[name in page for name in names] for page in pages] == [
        [True, True, True],
        [False, True, False],
        [False, True, False],
        [False, False, True],
    ]


def test_mail_that_lets_into_the_desk_is_shown_to_owners_only(a_letter, fay, olga, ada, folder):
    a_letter("a", to=ada.email)
    a_letter("b", to="new@courier.example", kind="accounts.mail")
    run_due_jobs()
    name = f"l.{Letter.objects.get(key='a').public_id}"

    seen = [[who in shown(user) for who in (ada.email, "new@")] for user in (fay, olga)]
    kept = [at_desk(user).get(f"{HERE}folder/{name}/").status_code for user in (fay, olga)]

    assert (seen, kept) == ([[False, False], [True, True]], [404, 200])


@pytest.mark.parametrize(
    ("button", "state"), [("settle", State.ACCEPTED), ("again", State.PENDING)]
)
def test_a_letter_in_doubt_is_settled_by_a_person(a_letter, fay, button, state):
    letter = a_letter()
    Letter.objects.update(state=State.IN_DOUBT)
    page = shown(fay)

    at_desk(fay).post(f"{HERE}{letter.pk}/{button}/")

    letter.refresh_from_db()
    assert ("1 letter is in doubt" in page, letter.state) == (True, state)
    assert ModelLogEntry.objects.filter(action=f"mail.{button}", user=fay).count() == 1


def test_a_letter_that_was_settled_meanwhile_says_so(a_letter, fay):
    letter = a_letter()

    answer = at_desk(fay).post(f"{HERE}{letter.pk}/settle/", follow=True)

    assert "not in doubt any more" in answer.content.decode()


def test_an_address_is_suppressed_by_hand_and_found(fay):
    given = {"address": "Cy@Reader.example", "reach": "letters", "why": "asked by telephone"}

    answer = at_desk(fay).post(f"{HERE}suppressions/", given, follow=True)

    found = Suppression.objects.get()
    assert (found.address, found.reach, found.reason, found.by) == (CY, "letters", "by-hand", fay)
    assert "asked by telephone" in answer.content.decode()
    assert "No such address is here." in shown(fay, "suppressions/?q=nobody")


def test_lifting_a_suppression_needs_a_reason_which_is_kept(fay):
    found = Suppression.objects.create(address=CY, reach="all", reason="bounced", since=NOON)
    there = f"{HERE}suppressions/{found.pk}/lift/"

    at_desk(fay).post(there, {"why": ""})
    before = Suppression.objects.count()
    at_desk(fay).post(there, {"why": "the mailbox is back"})

    entry = ModelLogEntry.objects.get(action="mail.lift")
    assert (before, Suppression.objects.count()) == (1, 0)
    assert (entry.label, entry.data["why"]) == (CY, "the mailbox is back")


def test_what_came_back_says_whether_anything_followed(fay):
    for number, about in enumerate(("d:1", "")):
        Feedback.objects.create(
            key=f"m:{number}",
            kind="hard",
            address=f"cy{number}@reader.example",
            about=about,
            detail="no such user",
            way_in="mailbox",
            came_at=NOON,
        )

    pages = [shown(fay, path) for path in ("feedback/", "feedback/?q=cy0", "feedback/?kind=soft")]

    assert [page.count("no such user") for page in pages] == [2, 1, 0]
    assert [page.count("nothing followed from it") for page in pages] == [1, 0, 0]


def test_empty_screens_say_what_they_are_for(fay, folder):
    said = [shown(fay, path) for path in ("", "suppressions/", "feedback/", "folder/")]

    for page, words in zip(
        said,
        ("No letter has been written", "Every address is", "Nothing has come", "No mail is in"),
        strict=True,
    ):
        assert words in page


def test_a_mail_in_the_folder_is_read_as_its_reader_would(a_letter, fay, folder):
    letter = a_letter()
    run_due_jobs()
    there = f"folder/l.{letter.public_id}/"

    listed, opened = shown(fay, "folder/"), shown(fay, there)
    framed = at_desk(fay).get(f"{HERE}{there}html/")

    assert (there in listed, CY in listed, "Yes, Zoë" in opened) == (True, True, True)
    assert "<p>Yes, Zoë</p>" in framed.content.decode()
    policy = framed.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-popups")
    assert "script" not in policy
    assert "default-src 'none'" in policy
    assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("name", ["nothing", "..%2Fsecret", "%2e%2e", "a b"])
def test_only_mails_are_read_from_the_folder(fay, folder, name):
    folder.mkdir()
    (folder.parent / "secret.eml").write_text("Subject: secret\n\nx")

    assert at_desk(fay).get(f"{HERE}folder/{name}/").status_code == 404


def test_there_is_no_folder_to_look_into_beside_a_mail_server(fay, settings):
    settings.MAIL_URL = "smtp://mail.example"

    assert at_desk(fay).get(f"{HERE}folder/").status_code == 404
    assert "Mail folder" not in shown(fay)


@pytest.mark.parametrize("path", ["", "suppressions/", "feedback/"])
def test_a_list_of_three_costs_the_queries_of_one(fay, a_letter, path):
    client, counts = at_desk(fay), []
    for number in range(3):
        a_letter(f"k{number}", to=f"cy{number}@reader.example")
        Suppression.objects.create(
            address=f"cy{number}@reader.example", reach="all", reason="asked", since=NOON, by=fay
        )
        Feedback.objects.create(key=f"{number}", kind="soft", way_in="script", came_at=NOON)
        if number in {0, 2}:
            client.get(HERE + path)
            with CaptureQueriesContext(connection) as queries:
                client.get(HERE + path)
            counts.append(len(queries))

    assert counts[0] == counts[1]
