"""A place to comment below, and people who write."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from masthead.accounts.models import Role, User
from masthead.articles.models import ArticlePage, PublishedArticle
from masthead.comments import admission
from masthead.comments.actions.policies import set_policy
from masthead.comments.actions.posting import Writer, Written, post_comment
from masthead.comments.models import Comment
from masthead.outlets.models import Outlet, Section
from masthead.outlets.queries import get_sheet
from masthead.outlets.sheet import Sheet
from masthead.readers.models import Reader
from tests.conftest import Place, the_courier_and_its_port
from tests.factories import NETWORK, NOON, a_person, an_article
from tests.standing import Standing, begins_with, fresh


@pytest.fixture(autouse=True)
def nobody_came_yet() -> None:
    for each in (admission.posts, admission.small_acts, admission.notices):
        each.forget()


def an_open_article(place: Place) -> ArticlePage:
    with time_machine.travel(NOON, tick=False):
        courier, port = place
        made = an_article(port)
        set_policy(where=courier, by=None, at=NOON, who="address", mode="open")
        return made


@pytest.fixture
@begins_with(an_open_article, after=the_courier_and_its_port)
def article(port: Section, courier: Outlet, standing: Standing) -> ArticlePage:
    """Whose comments are open to anyone with an address, and shown at once."""
    made = standing.made_by(an_open_article)
    return an_open_article((courier, port)) if made is None else fresh(made)


@pytest.fixture
def place(article: ArticlePage) -> PublishedArticle:
    return PublishedArticle.objects.select_related("outlet").get(article=article)


@pytest.fixture
def courier_sheet(article: ArticlePage, courier: Outlet) -> Sheet:
    return get_sheet(outlet_id=courier.pk)


def a_reader(name: str, *, user: User | None = None) -> Reader:
    return Reader.objects.create(
        email=f"{name.lower()}@readers.example",
        name=name,
        joined_at=NOON,
        proved_at=NOON,
        user=user,
    )


@pytest.fixture
def eve(db: None) -> Reader:
    """Eve comments."""
    return a_reader("Eve")


@pytest.fixture
def olga(courier: Outlet) -> User:
    """Olga owns the network."""
    return a_person("olga", Role.OWNER, courier.get_parent())


Saying = Callable[..., Comment]


@pytest.fixture
def say(place: PublishedArticle, courier_sheet: Sheet) -> Saying:
    def post(reader: Reader, text: str, *, at: Any = NOON, **more: Any) -> Comment:
        parent, client_id = more.pop("parent", None), more.pop("client_id", "")
        return post_comment(
            place=place,
            sheet=courier_sheet,
            writer=Writer(reader, **{"is_proved": True} | more),
            written=Written(text, client_id, parent),
            at=at,
        )

    return post


def signed_in(user: User) -> Client:
    client = Client(SERVER_NAME="127.0.0.1", SERVER_PORT="8000")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


HERE = {"host": NETWORK, "origin": f"http://{NETWORK}", "sec-fetch-site": "same-origin"}
