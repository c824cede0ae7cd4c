"""
Set before anything of Django is imported: a data folder of the tests' own.

`MASTHEAD_DATABASE_URL` is left as it is, so that the same suite runs on PostgreSQL.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ["MASTHEAD_DATA"] = tempfile.mkdtemp(prefix="masthead-tests-")
os.environ["MASTHEAD_SECRET_KEY"] = "only-for-tests-" + "x" * 40
os.environ["MASTHEAD_NETWORK_URL"] = "http://127.0.0.1:8000"

import hypothesis
import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    """Each test has a media folder of its own, and assets without hashed names."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATIC_ROOT = tmp_path / "assets"
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Rate limits and counters do not reach from one test into the next."""
    cache.clear()
    yield
    cache.clear()


# A landing is judged by the same examples each time; everybody else explores new ones.
hypothesis.settings.register_profile("landing", derandomize=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("landing")
