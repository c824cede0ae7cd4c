"""Whoever moderates and does nothing else: which titles, which screens."""

from typing import Any

import pytest

from masthead.accounts.models import Role, User
from masthead.comments.models import Comment, State
from masthead.comments.rules import may_moderate, may_moderate_all
from masthead.outlets.models import Outlet
from masthead.readers.models import Reader
from tests.comments.conftest import Saying
from tests.factories import a_person, an_outlet, at_desk


@pytest.fixture
def mo(courier: Outlet) -> User:
    """Mo moderates the Courier."""
    return a_person("mo", Role.MODERATOR, courier)


def test_a_moderator_decides_on_their_title_alone(
    say: Saying, eve: Reader, mo: User, courier: Outlet
) -> None:
    said = say(eve, "What now?")
    beacon = an_outlet(slug="beacon", title="The Beacon")

    answer = at_desk(mo).post(
        f"/desk/comments/{said.public_id}/reject/",
        {"reason": "off-topic"},
        headers={"accept": "application/json"},
    )

    assert answer.json()["said"] == "Rejected."
    assert Comment.objects.get().state == State.REJECTED
    assert (may_moderate(mo, courier), may_moderate(mo, beacon)) == (True, False)
    assert not may_moderate_all(mo)


def test_their_desk_begins_at_the_queues_and_has_nothing_else(mo: User) -> None:
    desk = at_desk(mo)

    home: Any = desk.get("/desk/")
    page = desk.get("/desk/comments/").content.decode()

    assert (home.status_code, home["Location"]) == (302, "/desk/comments/")
    assert "wagtailadmin_pages" not in page
    assert ("/desk/images/" in page, "/desk/reports/" in page) == (False, False)
    assert desk.get("/desk/articles/new/").status_code == 404


def test_a_moderator_of_the_network_moderates_titles_to_come(courier: Outlet) -> None:
    net = a_person("net", Role.MODERATOR, courier.get_parent())
    beacon = an_outlet(slug="beacon", title="The Beacon")

    assert (may_moderate(net, beacon), may_moderate_all(net)) == (True, True)
