"""A network of two titles. Ada edits the Courier, Bo reports for it, Fay publishes it."""

import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client, override_settings
from PIL import Image
from wagtail.models import Page, Revision

from masthead.accounts.actions import assign_role
from masthead.accounts.grants import collection_for
from masthead.accounts.models import Role, User
from masthead.articles.models import ArticlePage
from masthead.outlets.models import Outlet, Section
from masthead.pictures.models import Attachment, Picture, Recording
from tests.standing import Standing, begins_with, fresh

# Stands in every title that a stranger may not read, and nowhere else.
MARK = "Zanzibar"
PASSWORD = "correct-horse-battery-staple"


@dataclass
class Title:
    """One outlet with two sections, a draft in each, and files of its own."""

    outlet: Outlet
    news: Section
    sport: Section
    draft: ArticlePage
    revision: Revision
    sport_draft: ArticlePage
    files: dict[str, Any] = field(default_factory=dict)

    def again(self) -> "Title":
        """As the database has it."""
        rows = {
            each.name: fresh(getattr(self, each.name))
            for each in fields(self)
            if each.name != "files"
        }
        return Title(**rows, files={name: fresh(file) for name, file in self.files.items()})


@pytest.fixture
def root(db) -> Page:
    return Page.get_first_root_node()


def a_title(root: Page, *, name: str, mark: str) -> Title:
    outlet = root.add_child(instance=Outlet(title=name, slug=name.lower(), live=True))
    news = outlet.add_child(instance=Section(title=f"{name} News", slug="news", live=True))
    sport = outlet.add_child(instance=Section(title=f"{name} Sport", slug="sport", live=True))
    draft = a_draft(news, f"{mark} bridge")
    sport_draft = a_draft(sport, f"{mark} match")
    title = Title(outlet, news, sport, draft, draft.latest_revision, sport_draft)
    title.files = some_files(outlet, mark)
    return title


def a_draft(section: Section, headline: str, owner: User | None = None) -> ArticlePage:
    article = section.add_child(
        instance=ArticlePage(
            title=headline, slug=headline.lower().replace(" ", "-"), live=False, owner=owner
        )
    )
    article.save_revision()
    article.refresh_from_db()
    return article


def some_files(outlet: Outlet, mark: str) -> dict[str, Any]:
    collection = collection_for(outlet)
    return {
        "picture": Picture.objects.create(
            title=f"{mark} picture", file=ContentFile(a_png(), "p.png"), collection=collection
        ),
        "document": Attachment.objects.create(
            title=f"{mark} document", file=ContentFile(b"words", "d.txt"), collection=collection
        ),
        "recording": Recording.objects.create(
            title=f"{mark} recording",
            file=ContentFile(b"sound", "s.mp3"),
            type="audio",
            duration=1,
            collection=collection,
        ),
    }


def a_png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "#335577").save(out, "PNG")
    return out.getvalue()


@dataclass(frozen=True)
class Founded:
    """A title, and the folder that its files are in."""

    title: Title
    media: Path


def the_courier() -> Founded:
    media = Path(tempfile.mkdtemp(dir=settings.DATA))
    with override_settings(MEDIA_ROOT=media):
        root = Page.get_first_root_node()
        return Founded(a_title(root, name="Courier", mark="Home"), media)


@pytest.fixture
@begins_with(the_courier)
def courier(root, standing: Standing) -> Title:
    founded: Founded = standing.made_by(the_courier) or the_courier()
    shutil.copytree(founded.media, settings.MEDIA_ROOT, dirs_exist_ok=True)
    return founded.title.again()


@pytest.fixture
def beacon(root) -> Title:
    """The other title, whose drafts nobody of the Courier may see."""
    return a_title(root, name="Beacon", mark=MARK)


@pytest.fixture
def a_person(db) -> Callable[..., User]:
    def make(name: str, role: Role | None = None, place: Page | None = None) -> User:
        user = User.objects.create_user(
            f"{name}@courier.example", PASSWORD, first_name=name.capitalize()
        )
        if role is not None and place is not None:
            assign_role(user=user, role=role, place=place, by=None)
        return User.objects.get(pk=user.pk)

    return make


@pytest.fixture
def owner(a_person, root) -> User:
    return a_person("olga", Role.OWNER, root)


@pytest.fixture
def ada(a_person, courier) -> User:
    return a_person("ada", Role.EDITOR, courier.outlet)


@pytest.fixture
def bo(a_person, courier) -> User:
    return a_person("bo", Role.REPORTER, courier.news)


@pytest.fixture
def fay(a_person, courier) -> User:
    return a_person("fay", Role.PUBLISHER, courier.outlet)


def a_client() -> Client:
    return Client(SERVER_NAME="localhost")


def at_desk(user: User) -> Client:
    """A session that has shown its second factor."""
    client = a_client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["masthead_console_link"] = {"user": user.pk, "at": time.time()}
    session.save()
    return client
