"""Keys that end one day are renewed long before, and what cannot be renewed is said in time."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from masthead.accounts.models import Role
from masthead.posting.actions.accounts import change_account
from masthead.posting.actions.renewing import renew_keys
from masthead.posting.housekeeping import renew_all_keys
from masthead.posting.models import Account
from tests.factories import NOON, a_person, at_desk
from tests.posting.conftest import an_account
from tests.posting.kits import KITS
from tests.posting.stand_ins.linkedin import REFRESH
from tests.posting.stand_ins.server import Said

pytestmark = pytest.mark.usefixtures("afternoon")


@pytest.fixture
def threads(start: Any) -> Any:
    return start(KITS["threads"].stand_in())


@pytest.fixture
def linkedin(start: Any) -> Any:
    return start(KITS["linkedin"].stand_in())


@pytest.fixture
def on_threads(courier: Any, threads: Any) -> Account:
    return an_account(courier, KITS["threads"], server=threads.url)


@pytest.fixture
def on_linkedin(courier: Any, linkedin: Any) -> Account:
    return an_account(courier, KITS["linkedin"], server=linkedin.url)


def after(days: float) -> datetime:
    return NOON + timedelta(days=days)


def renewed(account: Account, *days: float) -> Account:
    """As the daily job leaves it after these days."""
    for day in days:
        account.refresh_from_db()
        renew_keys(account=account, at=after(day))
    account.refresh_from_db()
    return account


def test_a_key_is_renewed_a_day_after_it_was_entered_and_again_a_month_before_it_ends(
    on_threads, threads
):
    renewed(on_threads, 0, 0.5)
    assert threads.asked == []

    renewed(on_threads, 1)
    assert on_threads.secrets == {"access_token": "graph-token+"}
    assert (on_threads.keys_end_at, on_threads.renew_at) == (after(61), after(31))

    renewed(on_threads, 2, 30, 31)
    assert len(threads.asked) == 2
    assert on_threads.secrets == {"access_token": "graph-token++"}


def test_a_failure_is_shown_at_the_desk_and_tried_again_the_next_day(courier, on_threads, threads):
    threads.trouble = [Said(400, {"error": {"code": 190, "message": "Session has expired"}})]
    renewed(on_threads, 0, 1)

    fay = a_person("fay", Role.PUBLISHER, courier)
    shown = at_desk(fay).get("/desk/networks/courier/").content.decode()
    assert "Its key could not be renewed" in shown
    assert "Session has expired" in shown

    renewed(on_threads, 2)
    assert (on_threads.renewal_trouble, on_threads.keys_end_at) == ("", after(62))


def test_new_keys_begin_anew(on_threads, threads):
    renewed(on_threads, 0, 1)

    change_account(account=on_threads, by=None, secrets={"access_token": "another"})

    on_threads.refresh_from_db()
    assert (on_threads.renew_at, on_threads.keys_end_at) == (None, None)


def test_keys_entered_while_others_were_renewed_stay(on_threads, threads):
    renewed(on_threads, 0)
    stale = Account.objects.get()
    change_account(account=on_threads, by=None, secrets={"access_token": "another"})

    renew_keys(account=stale, at=after(1))

    assert Account.objects.get().secrets == {"access_token": "another"}


def test_without_a_refresh_token_a_person_is_told_two_weeks_before_the_end(on_linkedin, linkedin):
    assert renewed(on_linkedin, 0, 1, 45).renewal_trouble == ""

    said = renewed(on_linkedin, 47).renewal_trouble

    assert said == "Its key ends on 15 Jan 2027; enter a new one before."
    assert linkedin.asked == []


def test_a_refresh_token_that_ends_itself_is_said_in_time(on_linkedin, linkedin):
    on_linkedin.keep_secrets({**on_linkedin.secrets, **REFRESH})
    on_linkedin.save()
    assert renewed(on_linkedin, 0, 1).renewal_trouble == ""
    assert on_linkedin.secrets["access_token"] == "linkedin-token+"

    linkedin.days_left = 20
    said = renewed(on_linkedin, 31).renewal_trouble

    assert said == "Its key ends on 6 Jan 2027; enter a new one before."


def test_the_daily_job_leaves_keys_that_do_not_end_alone(on_mastodon, mastodon, on_threads):
    renew_all_keys()

    on_mastodon.refresh_from_db()
    on_threads.refresh_from_db()
    assert (on_mastodon.renew_at, mastodon.asked) == (None, [])
    assert on_threads.renew_at is not None
