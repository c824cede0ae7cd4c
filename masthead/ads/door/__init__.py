"""
Counting advertising at the front door: without Django, and about nobody.

The folder `ads` of the data folder is shared by the machine's door processes and its worker.
"""

from pathlib import Path

# In this order they are numbered in tokens; a new one comes at the end.
PLACES = ("top", "in-text", "side", "list", "card", "newsletter")
# How long a token is good for: as long as somebody may leave a page open and come back to it.
GOOD_SECONDS = 7200


def books_folder(data: Path) -> Path:
    return data / "ads" / "books"


def waiting_folder(data: Path) -> Path:
    return data / "ads" / "waiting"


def taken_folder(data: Path) -> Path:
    """Of batches that are on their way into the database."""
    return data / "ads" / "taken"
