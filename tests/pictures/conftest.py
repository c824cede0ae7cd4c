from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from masthead.pictures.actions import add_picture
from masthead.pictures.jobs import make_copies
from masthead.pictures.models import Picture

from .corpus import a_jpeg


@pytest.fixture(autouse=True)
def media_root(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def added(db: None, tmp_path: Path) -> Callable[..., Picture]:
    """Add a picture from bytes, without its copies."""

    def add(data: bytes | None = None, *, name: str = "ferry.jpg", **words: Any) -> Picture:
        file = tmp_path / name
        file.write_bytes(a_jpeg() if data is None else data)
        words = {"title": "Ferry", "alt": "A white ferry at the quay"} | words
        return add_picture(file=file, **words)

    return add


@pytest.fixture
def copied(added: Callable[..., Picture]) -> Callable[..., Picture]:
    """Add a picture and make its copies."""

    def add(data: bytes | None = None, **words: Any) -> Picture:
        picture = added(data, **words)
        make_copies(picture_id=picture.pk)
        picture.refresh_from_db()
        return picture

    return add


@pytest.fixture
def desk(settings: Any, tmp_path: Path) -> None:
    """The desk answers the test client, and names its assets without anybody collecting them."""
    settings.NETWORK_HOSTS = [*settings.NETWORK_HOSTS, "testserver"]
    # The second factor has tests of its own, in accounts.
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if "SecondFactor" not in each]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    settings.STATIC_ROOT = tmp_path
