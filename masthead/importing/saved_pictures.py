"""The pictures that a browser saved with a page."""

import hashlib
from pathlib import Path
from urllib.parse import unquote, urlsplit

from masthead.accounts.grants import collection_for
from masthead.accounts.models import User
from masthead.importing.extract import Picture as FoundPicture
from masthead.outlets.models import Outlet
from masthead.pictures.actions import add_picture
from masthead.pictures.looking import PictureRefused
from masthead.pictures.models import Picture

PICTURE_TYPES = {".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"}


def picture_saved_with(
    page: Path, found: FoundPicture, *, outlet: Outlet, by: User | None
) -> Picture | None:
    """The file beside the page, if it is there and is a picture; the same file twice is one."""
    saved = _saved_beside(page, found.url)
    if saved is None:
        return None
    collection = collection_for(outlet)
    digest = hashlib.sha1(saved.read_bytes(), usedforsecurity=False).hexdigest()
    same = Picture.objects.filter(file_hash=digest, collection=collection).first()
    try:
        return same or add_picture(
            file=saved,
            title=saved.stem,
            alt=found.alt or found.caption,
            caption=found.caption,
            credit=found.credit,
            by=by,
            collection=collection,
        )
    except PictureRefused:  # one bad file does not keep the article out
        return None


def _saved_beside(page: Path, url: str) -> Path | None:
    """Only a picture below the page's own folder; a page cannot name any other file."""
    folder = page.resolve().parent
    try:
        parts = urlsplit(url)
        if parts.scheme or parts.netloc or not parts.path:
            return None
        file = (folder / unquote(parts.path).lstrip("/")).resolve()
        if file.suffix.lower() not in PICTURE_TYPES or not file.is_relative_to(folder):
            return None
        return file if file.is_file() else None
    except (OSError, ValueError):  # a name that no file can have, an address that is none
        return None
