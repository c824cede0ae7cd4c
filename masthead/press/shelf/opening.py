"""The network's own shelf, as the operator's settings say."""

import hmac
from pathlib import Path

from masthead.conf.config import read_settings, secret_key
from masthead.press.shelf.shelf import Shelf

LABEL = b"shelf"


def shelf_folder(data: Path) -> Path:
    return data / "shelf"


def open_shelf(data: Path) -> Shelf:
    """Made when it is not there yet. Raises BadSetting."""
    settings = read_settings(folder=data)
    key = secret_key(folder=data, given=settings["secret_key"])
    return Shelf(
        shelf_folder(data),
        # Not the key itself: whoever learns one use of it learns nothing about the others.
        secret=hmac.digest(key.encode(), LABEL, "sha256"),
        most_bytes=settings["shelf_bytes"],
        mirror=settings["shelf_mirror"],
    )
