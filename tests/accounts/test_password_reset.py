"""A new password: the same answer for everybody, mail only for whoever has an account."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from masthead.accounts.models import User
from masthead.jobs.models import Job
from masthead.jobs.worker import run_due_jobs

from .conftest import a_client


@pytest.fixture(autouse=True)
def letters(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def ask(email: str):
    return a_client().post("/account/password/reset/", {"email": email}, follow=True)


def test_nothing_is_sent_to_an_address_that_is_nobodys(bo):
    ask("stranger@elsewhere.example")
    run_due_jobs()

    assert mail.outbox == []


def test_nothing_is_sent_to_somebody_who_may_no_longer_sign_in(bo):
    User.objects.filter(pk=bo.pk).update(is_active=False)

    ask(bo.email)
    run_due_jobs()

    assert mail.outbox == []


def test_whoever_asks_sees_the_same_and_the_same_is_done(bo):
    ask("first@elsewhere.example")
    pages, costs = [], []
    for email in (bo.email, "stranger@elsewhere.example"):
        with CaptureQueriesContext(connection) as queries:
            pages.append(ask(email).content)
        costs.append([query["sql"].split()[0] for query in queries])

    assert pages[0] == pages[1]
    assert costs[0] == costs[1]
    assert mail.outbox == []


def test_the_letter_goes_to_the_users_own_address_and_names_the_network(bo, root):
    root.title = "Northlight"
    root.save()

    ask("BO@courier.example")
    run_due_jobs()

    letter = mail.outbox[0]
    assert (letter.subject, letter.to) == ("Northlight: a new password", [bo.email])
    assert "at Northlight." in letter.body
    assert "localhost" not in letter.body


def test_the_waiting_job_holds_no_link(bo):
    ask(bo.email)

    kept = str(list(Job.objects.values_list("arguments", flat=True)))
    assert ("reset/key" in kept, kept.count(bo.email)) == (False, 1)


def test_asking_twice_before_the_worker_comes_sends_one_letter(bo):
    ask(bo.email)
    ask(bo.email)
    run_due_jobs()

    assert len(mail.outbox) == 1
