from pathlib import Path

import pytest

from masthead.press.shelf import Shelf
from tests.press.shelf.pages import SECRET


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "shelf"


@pytest.fixture
def shelf(folder: Path) -> Shelf:
    return Shelf(folder, secret=SECRET)


@pytest.fixture
def mirrored(folder: Path) -> Shelf:
    return Shelf(folder, secret=SECRET, mirror=True)
