"""A curator's request made by hand must not be able to take the front page away."""

from typing import Any

import pytest
from django.urls import reverse

from tests.accounts.conftest import at_desk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "slot",
    [
        '{"zone": "lead", "article": 1000000000000000000000000000000}',
        '{"zone": "lead", "article": Infinity}',
        '{"zone": "lead", "article": -1}',
        '{"zone": [], "article": 1}',
    ],
)
def test_a_slot_that_no_database_can_hold_is_refused_and_not_kept(slot, ada, courier):
    client = at_desk(ada)
    courier.outlet.save_revision().publish()

    answer = _send(client, slot)
    board = client.get(reverse("fronts:curate", args=["courier"]))

    assert (answer.status_code, board.status_code) == (400, 200)


def _send(client: Any, slot: str) -> Any:
    address = reverse("fronts:arrange", args=["courier"])
    return client.post(address, f'{{"slots": [{slot}]}}', content_type="application/json")
