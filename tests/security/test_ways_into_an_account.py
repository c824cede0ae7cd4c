"""Doors beside the front door: mail links on somebody's host, a claimed address, logs."""

import logging

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from masthead.accounts.actions import make_sign_in_link
from masthead.core.logs import WithoutSecrets
from masthead.jobs.worker import run_due_jobs
from tests.accounts.conftest import a_client, at_desk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("host", ["evil.example", "localhost:6666"])
def test_a_reset_link_is_on_the_networks_own_address_whatever_host_was_asked(
    host, owner, courier, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    courier.outlet.domains.create(host="evil.example")
    courier.outlet.save_revision().publish()

    Client(headers={"host": host}).post("/account/password/reset/", {"email": owner.email})
    run_due_jobs()

    body = mail.outbox[0].body
    assert f"{settings.NETWORK_URL}/account/password/reset/key/" in body
    assert f"//{host}/" not in body


def test_a_reset_link_opens_the_form_for_a_new_password(owner, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client = a_client()
    client.post("/account/password/reset/", {"email": owner.email})
    run_due_jobs()
    link = next(word for word in mail.outbox[0].body.split() if "/reset/key/" in word)

    answer = client.get(link.removeprefix(settings.NETWORK_URL), follow=True)

    assert b'name="password1"' in answer.content


def test_nobody_takes_an_address_that_somebody_else_will_be_invited_under(bo):
    client = at_desk(bo)

    for act in ("action_add", "action_primary"):
        client.post("/account/email/", {"email": "newcomer@courier.example", act: ""})

    bo.refresh_from_db()
    assert bo.email == "bo@courier.example"


def test_a_refused_form_does_not_write_its_one_time_link_into_the_log(fay, caplog):
    secret = make_sign_in_link(user=fay, at=timezone.now())
    caplog.handler.addFilter(WithoutSecrets())

    answer = Client(enforce_csrf_checks=True, headers={"host": "localhost"}).post(
        f"/account/link/{secret}/"
    )

    assert (answer.status_code, "/account/link/" in caplog.text) == (403, True)
    assert secret not in caplog.text


def test_what_is_logged_on_the_console_passes_the_filter(settings):
    handler = settings.LOGGING["handlers"]["console"]

    assert handler["filters"] == ["without_secrets"]


def test_a_record_that_cannot_be_put_together_is_left_to_the_logger():
    record = logging.LogRecord("x", logging.INFO, "", 1, "%d", ("word",), None)

    assert WithoutSecrets().filter(record) is True
