"""The demo's accounts elsewhere: something to look at, and nothing that leaves the machine."""

from typing import Any

import pytest

from masthead.core.outbound import Guard, guarded_by
from masthead.demo.posting import connect_accounts, tell_of_today
from masthead.jobs.worker import run_due_jobs
from masthead.posting.actions.accounts import resume_account
from masthead.posting.models import Account, Act, Post, State
from tests.factories import NOON, an_article

pytestmark = pytest.mark.usefixtures("db")


def test_a_newcomer_sees_what_waits_what_is_done_and_what_is_paused(
    courier: Any, port: Any, ada: Any, time_machine: Any
) -> None:
    time_machine.move_to(NOON)
    connect_accounts(outlet=courier, by=ada, at=NOON)
    for headline in ("One", "Two"):
        an_article(port, headline)

    tell_of_today(outlet=courier, by=ada, at=NOON)

    by_hand = Post.objects.filter(account__network="minds").order_by("pk")
    assert [post.state for post in by_hand] == [State.DONE, State.BY_HAND]
    told = Post.objects.filter(act=Act.TELL)
    assert {(post.state, post.account.is_paused) for post in told} == {(State.WAITING, True)}


def test_resumed_by_a_curious_person_it_still_calls_nobody(
    courier: Any, port: Any, ada: Any, time_machine: Any
) -> None:
    time_machine.move_to(NOON, tick=True)
    connect_accounts(outlet=courier, by=ada, at=NOON)
    an_article(port)
    account = Account.objects.get(network="webhook")
    resume_account(account=account, by=ada, at=NOON)

    with guarded_by(Guard()):
        run_due_jobs()

    told = Post.objects.get(act=Act.TELL)
    assert (told.attempts, told.remote_id) == (1, "")
    assert told.state == State.FAILED
    assert told.tries.get().status is None  # the way out refused
