"""Redirects and withdrawn pages of a static copy, for nginx and for a server that knows nothing."""

from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import quote

# What may stand in an address; everything else is written in percent, also nginx's “$”.
_SAFE = "/:?&=#%+,;@!*~[]-._"


def address(location: str) -> str:
    return quote(location, safe=_SAFE)


def refresh_page(location: str) -> bytes:
    """A page that leads on by itself; without a word, for it has no language."""
    to = escape(address(location))
    return (
        '<!doctype html><html><head><meta charset="utf-8">'
        f'<meta name="robots" content="noindex"><title>{to}</title>'
        f'<link rel="canonical" href="{to}"><meta http-equiv="refresh" content="0; url={to}">'
        f'</head><body><p><a href="{to}">{to}</a></p></body></html>\n'
    ).encode()


def redirects_conf(moved: Mapping[str, str], moved_below: Mapping[str, str]) -> str:
    """By decoded path. moved_below: those that take along what is below them, not themselves."""
    lines = [
        f"location = {_quoted(path)} {{ return 301 {_quoted(address(to))}; }}"
        for path, to in sorted(moved.items())
    ]
    # “^~” and the longest prefix win over every other location, as the nearest does in the program.
    lines += [_rewrite(path, to) for path, to in sorted(moved_below.items())]
    return "".join(f"{line}\n" for line in lines)


def _rewrite(path: str, to: str) -> str:
    """nginx counts bytes in an expression."""
    rest = _quoted(f"^.{{{len(path.encode())}}}(.+)$")
    there = _quoted(f"{address(to)}$1")
    return f"location ^~ {_quoted(path)} {{ rewrite {rest} {there} permanent; return 404; }}"


def gone_conf(paths: Iterable[str]) -> str:
    """Withdrawn: the page that says why, with 410."""
    return "".join(
        f"location = {_quoted(path)} {{ error_page 410 {_quoted(_index(path))}; return 410; }}\n"
        for path in sorted(paths)
    )


def _index(path: str) -> str:
    return f"{address(path)}index.html"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
