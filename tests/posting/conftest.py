"""A stand-in network, an account on it, and nobody else who may be called."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from masthead.core.outbound import Guard, guarded_by
from masthead.jobs.worker import run_due_jobs
from masthead.outlets.models import Outlet, Section
from masthead.posting.models import Account
from tests.factories import NOON
from tests.posting.kits import KITS, Kit
from tests.posting.stand_ins.server import StandInNetwork, running


@pytest.fixture
def start() -> Iterator[Callable[[StandInNetwork], StandInNetwork]]:
    """Start a stand-in; its port alone may be called until the test ends."""
    ports: list[int] = []
    opened = []

    def begin(network: StandInNetwork) -> StandInNetwork:
        context = running(network)
        opened.append(context)
        ports.append(network.port)
        return context.__enter__()

    with guarded_by(Guard(loopback_ports=ports)):
        yield begin
    for context in opened:
        context.__exit__(None, None, None)


@pytest.fixture
def afternoon(time_machine: Any) -> Any:
    """Just after NOON, when what the tests publish is published."""
    time_machine.move_to(NOON, tick=True)
    return time_machine


@pytest.fixture
def work() -> Callable[[], int]:
    return run_due_jobs


def an_account(outlet: Outlet, kit: Kit, *, server: str, **how: Any) -> Account:
    account = Account(
        outlet=outlet,
        network=kit.key,
        handle=kit.handle,
        server=server,
        connected_at=NOON,
        **{"mode": "auto"} | how,
    )
    account.keep_secrets(kit.secrets)
    account.save()
    return account


@pytest.fixture
def mastodon(start: Any) -> StandInNetwork:
    network: StandInNetwork = start(KITS["mastodon"].stand_in())
    return network


@pytest.fixture
def on_mastodon(courier: Outlet, port: Section, mastodon: StandInNetwork) -> Account:
    return an_account(courier, KITS["mastodon"], server=mastodon.url)
