"""Attempts to sign in are counted once for all web processes, and a restart forgets none."""

import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from masthead.accounts.counting import CountingCache
from masthead.accounts.housekeeping import tidy_sign_in
from masthead.accounts.models import Attempts

from .conftest import PASSWORD, a_client

KEY = "allauth:rl:allauth.account:login:30/60/ip:192.0.2.7"


def a_process() -> CountingCache:
    """A web process as it begins, with a memory of its own."""
    return CountingCache(f"of its own {time.monotonic_ns()}", {})


@pytest.mark.django_db
def test_what_one_process_counts_another_knows():
    first, second = a_process(), a_process()

    first.set(KEY, [2.5, 1.5], 60)

    assert second.get(KEY, []) == [2.5, 1.5]


@pytest.mark.django_db
def test_of_two_processes_one_gets_the_lock_until_it_is_given_back():
    first, second = a_process(), a_process()

    got = [first.add(KEY, True, 10), second.add(KEY, True, 10)]
    first.delete(KEY)

    assert (got, second.add(KEY, True, 10)) == ([True, False], True)


@pytest.mark.django_db
def test_what_has_ended_counts_no_more():
    one = a_process()
    one.set(KEY, [1.0], 60)
    Attempts.objects.update(ends_at=timezone.now())

    assert (one.get(KEY, []), one.add(KEY, True, 60)) == ([], True)


@pytest.mark.django_db
def test_nobodys_address_stands_in_the_table():
    a_process().set(KEY, [1.0], 60)

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_attempts")
        assert "192.0.2.7" not in str(cursor.fetchall())


def test_anything_else_stays_in_memory_and_asks_no_database():
    first, second = a_process(), a_process()

    first.set("wagtail_site_root_paths", [1])
    kept = (first.add("a", 1), first.get("a"), first.delete("a"))

    assert (first.get("wagtail_site_root_paths"), kept) == ([1], (True, 1, True))
    assert second.get("wagtail_site_root_paths") is None


def test_five_wrong_passwords_close_the_door_even_after_a_restart(bo):
    for _ in range(5):
        a_client().post("/account/login/", {"login": bo.email, "password": "wrong"})

    cache.clear()  # what a restart does to the memory
    client = a_client()
    answer = client.post("/account/login/", {"login": bo.email, "password": PASSWORD})

    assert "Too many failed login attempts" in answer.content.decode()
    assert client.get("/desk/").status_code == 302


@pytest.mark.django_db
def test_what_has_ended_is_thrown_away_by_night():
    one = a_process()
    for name in ("ended", "going on"):
        one.set(f"{KEY} {name}", [1.0], 60)
    ended = Attempts.objects.order_by("pk").first()
    Attempts.objects.filter(pk=ended.pk).update(ends_at=timezone.now() - timedelta(seconds=1))

    tidy_sign_in()

    assert Attempts.objects.filter(pk=ended.pk).exists() is False
    assert Attempts.objects.count() == 1
