"""
The tests' own data folder, and the newsroom that most of them play in.

The cast: Ada edits the Courier, Bo reports for its port, Cy reads, Di pays.

What makes so many tests quick: the database is a copy of one that was migrated once
(`benchmarks.migrated`), and the Courier with its port stays in it from one test to the next that
asks for both (`tests.standing`). Neither shows in a test, and each test may change every row.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

# Before anything of Django is imported. `MASTHEAD_DATABASE_URL` is left as it is, so that the same
# suite runs on PostgreSQL.

os.environ["MASTHEAD_DATA"] = tempfile.mkdtemp(prefix="masthead-tests-")
os.environ["MASTHEAD_SECRET_KEY"] = "only-for-tests-" + "x" * 40
os.environ["MASTHEAD_NETWORK_URL"] = "http://127.0.0.1:8000"

import hypothesis
import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.template import engines
from jinja2 import ChainableUndefined

from benchmarks import migrated
from masthead.accounts.models import Role, User
from masthead.core.collecting import collect_seldom
from masthead.outlets.models import Outlet, Section
from masthead.outlets.queries import get_sheet
from masthead.outlets.sheet import Sheet
from masthead.readers.actions import find_or_add_reader, grant_entitlement
from masthead.readers.models import Benefit
from masthead.search import kept
from tests.factories import NETWORK, NOON, a_person, a_section, an_outlet
from tests.standing import Standing, beginnings_of, begins_with, fresh

if TYPE_CHECKING:
    from playwright.sync_api import Browser


RUN_BY_THEMSELVES = ("journey", "faults")  # by `bin/test`, with -m


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database", action="store_true", help="Leave out tests that use no database."
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--only-database"):
        return
    used = [item for item in items if _uses_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(used)])
    items[:] = used


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Asked for one of these alone, files without any are not read: that takes many seconds."""
    asked = config.getoption("markexpr")
    if asked in RUN_BY_THEMSELVES and collection_path.name.startswith("test_"):
        return f"pytest.mark.{asked}" not in collection_path.read_text() or None
    return None


def pytest_collection_finish() -> None:
    """Thousands of tests and all of Django are no garbage, and need not be looked at as if."""
    collect_seldom()


def _uses_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("django_db"):
        return True
    return bool({"db", "transactional_db"} & set(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """On SQLite each worker's database is in its own memory and needs no name of its own."""
    if connection.vendor != "sqlite":
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, django_db_modify_db_settings: None
) -> Iterator[None]:
    """Each worker's database begins as a copy of one that was migrated once."""
    with ExitStack() as until_the_end:
        with django_db_blocker.unblock():
            until_the_end.enter_context(migrated.test_database(connection))
        yield
        with django_db_blocker.unblock():
            until_the_end.close()


@pytest.fixture(scope="session")
def standing(django_db_setup: None, django_db_blocker: Any) -> Iterator[Standing]:
    kept = Standing()
    yield kept
    with django_db_blocker.unblock():
        kept.clear()


@pytest.fixture
def rows_to_begin_with(
    request: pytest.FixtureRequest, standing: Standing, django_db_blocker: Any
) -> None:
    """Those that the test's fixtures say they begin with; nothing at all for most of the others."""
    marker = request.node.get_closest_marker("django_db")
    commits = "transactional_db" in request.fixturenames or (
        marker is not None and marker.kwargs.get("transaction")
    )
    fixtures = request.node._fixtureinfo.name2fixturedefs.values()
    chain = () if commits else beginnings_of(each[-1].func for each in fixtures)
    with django_db_blocker.unblock():
        standing.begin_with(chain)


@pytest.fixture(autouse=True)
def before_anything_else(request: pytest.FixtureRequest) -> None:
    """The rows are made as if no test had asked; by its name the first of these fixtures."""
    if _uses_database(request.node):
        request.getfixturevalue("rows_to_begin_with")


@pytest.fixture
def _django_db_helper(rows_to_begin_with: None, _django_db_helper: None) -> None:
    """pytest-django's own, the test's transaction, inside the one that the rows stand in."""


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    """Each test has a media folder of its own, and assets without hashed names."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STAND_IN_BOOKS = tmp_path / "stand-in.sqlite3"
    settings.STATIC_ROOT = tmp_path / "assets"
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


class Missing(ChainableUndefined):
    """A name that a template may ask for, but not print."""

    def __str__(self) -> str:
        self._fail_with_undefined_error()


@pytest.fixture(autouse=True)
def no_printing_of_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers get nothing in its place; here somebody has mistyped it."""
    monkeypatch.setattr(engines["readers"].env, "undefined", Missing)


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Rate limits, counters and kept answers do not reach from one test into the next."""
    cache.clear()
    kept.pages.clear()
    kept.suggestions.clear()
    yield
    cache.clear()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Two hours after NOON, when the articles of `tests.factories` are published; it ticks on."""
    with time_machine.travel(NOON + timedelta(hours=2)) as traveller:
        yield traveller


Place = tuple[Outlet, Section]


def the_courier_and_its_port() -> Place:
    with time_machine.travel(NOON, tick=False):
        outlet = an_outlet()
        return outlet, a_section(outlet)


def an_editor(place: Place) -> User:
    with time_machine.travel(NOON, tick=False):
        return a_person("ada", Role.EDITOR, place[0])


def a_reporter(place: Place) -> User:
    with time_machine.travel(NOON, tick=False):
        return a_person("bo", Role.REPORTER, place[1])


@pytest.fixture
@begins_with(the_courier_and_its_port)
def courier(db: None, standing: Standing) -> Outlet:
    made: Place | None = standing.made_by(the_courier_and_its_port)
    return an_outlet() if made is None else fresh(made[0])


@pytest.fixture
@begins_with(the_courier_and_its_port)
def port(courier: Outlet, standing: Standing) -> Section:
    made: Place | None = standing.made_by(the_courier_and_its_port)
    return a_section(courier) if made is None else fresh(made[1])


@pytest.fixture
def sheet(courier: Outlet, port: Section) -> Sheet:
    return get_sheet(outlet_id=courier.pk)


@pytest.fixture
@begins_with(an_editor, after=the_courier_and_its_port)
def ada(port: Section, courier: Outlet, standing: Standing) -> User:
    made = standing.made_by(an_editor)
    return a_person("ada", Role.EDITOR, courier) if made is None else fresh(made)


@pytest.fixture
@begins_with(a_reporter, after=the_courier_and_its_port)
def bo(port: Section, standing: Standing) -> User:
    made = standing.made_by(a_reporter)
    return a_person("bo", Role.REPORTER, port) if made is None else fresh(made)


@pytest.fixture
def cy(db: None) -> User:
    return a_person("cy")


@pytest.fixture
def di(ada: User) -> User:
    """May read what is written for members, and sees no advertisements."""
    user = a_person("di")
    reader = find_or_add_reader(email=user.email, at=NOON, user=user)
    for benefit in Benefit:
        grant_entitlement(reader=reader, benefit=benefit, by=ada, at=NOON)
    return user


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """For all journeys and page checks: Playwright has no second one in the same thread."""
    from tests.checks.browser import open_browser

    with open_browser() as opened:
        yield opened


@pytest.fixture
def media_root(settings: Any) -> Path:
    return Path(settings.MEDIA_ROOT)


@pytest.fixture
def read(client: Any, port: Section) -> Callable[..., HttpResponse]:
    """Ask for an address below the Courier, as it stands on the network's own host."""

    def ask(path: str = "", **headers: str) -> HttpResponse:
        answer: HttpResponse = client.get(f"/courier/{path}", headers={"host": NETWORK} | headers)
        return answer

    return ask


# A landing is judged by the same examples each time; everybody else explores new ones.
hypothesis.settings.register_profile("landing", derandomize=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("landing")
