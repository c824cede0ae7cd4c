"""Text as feeds and other programs can carry it."""

import re
from urllib.parse import urljoin

# What XML 1.0 forbids or no reader's program shows; one of them makes a whole feed unreadable.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"<(?:a|img|audio|video|source)\b[^>]*>")
_ADDRESS = re.compile(r'\b(href|src)="([^"]*)"')


def without_controls(text: str) -> str:
    return _CONTROLS.sub("", text)


def with_absolute_addresses(html: str, *, base: str) -> str:
    """The same HTML with every link and file as seen from `base`, which is absolute."""

    def absolute(match: re.Match[str]) -> str:
        try:
            return f'{match[1]}="{urljoin(base, match[2])}"'
        except ValueError:  # not an address at all, such as http://[
            return f'{match[1]}="{base}"'

    return _TAG.sub(lambda tag: _ADDRESS.sub(absolute, tag[0]), html)
