"""The views that a moderator keeps of the queues."""

from urllib.parse import quote

import pytest

from masthead.accounts.models import User
from masthead.articles.models import PublishedArticle
from masthead.comments.actions.policies import set_policy
from masthead.comments.actions.saving import MOST_OF_ONE, Seen, TooManyViews, keep_view
from masthead.comments.desk.queues import outlets_of
from masthead.comments.desk.saved import views_of
from masthead.comments.models import SavedView, Thread
from masthead.outlets.models import Outlet
from masthead.readers.models import Reader
from tests.comments.conftest import Saying, a_reader
from tests.factories import NOON, an_outlet, at_desk


def test_a_view_is_kept_with_its_number_and_leads_back_to_the_same(
    say: Saying, eve: Reader, ada: User, courier: Outlet, place: PublishedArticle
) -> None:
    set_policy(where=courier, by=ada, at=NOON, mode="all-held")
    say(eve, "First words.")
    say(a_reader("Fay"), "Look at https://x.example and https://y.example.")
    thread = Thread.objects.get()
    desk = at_desk(ada)

    for name, more in (
        ("Mine", {"outlet": "courier"}),
        ("Below it", {"thread": thread.pk}),
        ("Links", {"why": "links"}),
    ):
        kept = {"name": name, "queue": "held", **more}
        desk.post("/desk/comments/views/", kept)

    listed = views_of(ada, outlets_of(ada), here="queue=held&why=links")
    assert [(each.view.name, each.number, each.is_here) for each in listed] == [
        ("Below it", 2, False),
        ("Links", None, True),
        ("Mine", 2, False),
    ]
    links = desk.get(listed[1].url).content.decode()
    assert ("https://x.example" in links, "First words." in links) == (True, False)


def test_nothing_is_counted_to_show_them(
    ada: User, courier: Outlet, django_assert_num_queries: object
) -> None:
    outlets = outlets_of(ada)
    for name in ("one", "two", "three"):
        keep_view(owner=ada, name=name, seen=Seen("reported", courier), at=NOON)

    with django_assert_num_queries(2):  # type: ignore[operator]
        views_of(ada, outlets, here="")


def test_views_are_ones_own_and_end_with_ones_role(ada: User, olga: User) -> None:
    beacon = an_outlet(slug="beacon", title="The Beacon")
    theirs = keep_view(owner=olga, name="Beacon", seen=Seen("all", beacon), at=NOON)
    SavedView.objects.create(owner=ada, name="Once mine", queue="all", outlet=beacon, made_at=NOON)

    answer = at_desk(ada).post(f"/desk/comments/views/{theirs.pk}/drop/")

    assert (answer.status_code, views_of(ada, outlets_of(ada), here="")) == (404, [])


def test_a_name_is_kept_once_and_not_too_many(ada: User) -> None:
    for number in range(MOST_OF_ONE):
        keep_view(owner=ada, name=f"View {number}", seen=Seen("new"), at=NOON)
    keep_view(owner=ada, name="View 0", seen=Seen("picks"), at=NOON)

    with pytest.raises(TooManyViews):
        keep_view(owner=ada, name=quote("one more"), seen=Seen("new"), at=NOON)

    assert SavedView.objects.filter(owner=ada, name="View 0").get().queue == "picks"
