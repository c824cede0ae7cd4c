"""Which program printed a page: another one prints every page anew."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

from masthead.press.headers import printed_headers

PACKAGE = Path(__file__).resolve().parent.parent
PRINTED_BY = ("*.html", "*.css", "*.svg", "*.mo", "*.toml", "*.py")


@cache
def edition() -> str:
    """Of everything that can be seen in a page: the program's files, assets and addresses."""
    digest = hashlib.sha256(settings.SECRET_KEY.encode())
    digest.update(repr((settings.NETWORK_URL, sorted(settings.NETWORK_HOSTS))).encode())
    digest.update(repr(sorted(printed_headers([]).items())).encode())
    files = sorted(file for kind in PRINTED_BY for file in PACKAGE.rglob(kind))
    for file in [*files, settings.STATIC_ROOT / "staticfiles.json"]:
        if file.is_file():
            digest.update(f"{file.name} {file.stat().st_size}".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:32]
