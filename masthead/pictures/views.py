"""`/media/…`: the only way to a stored file, and never to an original."""

from pathlib import Path, PurePosixPath

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import MissingFileError, NotARegularFileError, StaticFile

from masthead.pictures.rules import Shelf, shelf_of

TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".wav": "audio/wav",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".pdf": "application/pdf",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
UNKNOWN_TYPE = "application/octet-stream"


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """
    A copy of a picture, a share picture, a recording or a document; ranges and 304 included.

    Originals, and whatever `rules.shelf_of` does not know or allow, answer 404.
    """
    file = _inside(path)
    shelf = shelf_of(path, user=lambda: request.user)
    if file is None or shelf is None:
        raise Http404
    # These files are compressed already, and a compressed range is not that range: keep
    # GZipMiddleware away.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    try:
        found = StaticFile(str(file), _headers(file, shelf))
    except (MissingFileError, NotARegularFileError) as error:
        raise Http404 from error
    response: HttpResponseBase = WhiteNoiseMiddleware.serve(found, request)
    return response


def _inside(path: str) -> Path | None:
    """The file meant, when it is under MEDIA_ROOT and no part of its path is hidden."""
    parts = PurePosixPath(path).parts
    if not parts or "\\" in path or "\0" in path or "//" in path:
        return None
    if any(part.startswith((".", "/")) for part in parts):
        return None
    root = Path(settings.MEDIA_ROOT).resolve()
    file = (root / path).resolve()
    return file if file.is_relative_to(root) else None


def _headers(file: Path, shelf: Shelf) -> list[tuple[str, str]]:
    headers = [
        ("Content-Type", TYPES.get(file.suffix.lower(), UNKNOWN_TYPE)),
        ("Cache-Control", shelf.cache_control),
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Security-Policy", "default-src 'none'; sandbox"),
        ("Accept-Ranges", "bytes"),
    ]
    if shelf.is_public:
        # Feed readers and sister outlets show our pictures from other hosts.
        headers.append(("Cross-Origin-Resource-Policy", "cross-origin"))
    if shelf.is_download:
        headers.append(("Content-Disposition", f'attachment; filename="{_plain(file.name)}"'))
    return headers


def _plain(name: str) -> str:
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_. ") else "_" for c in name)
