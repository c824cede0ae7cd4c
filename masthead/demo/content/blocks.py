"""The body of a demo article as blocks."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field

from masthead.demo.content.markup import to_html

ONE_LINE = {"picture", "embed", "divider"}
FENCED = {"pullquote", "factbox", "table", "gallery"}


class BadBody(ValueError):
    """A body that does not follow FORMAT.md; the text says where."""


@dataclass(frozen=True)
class Block:
    """
    One block. kind: text, subheading, or one of the `:::` names.

    html: of text and factbox; text: of subheading and pullquote; rows: of table (head first)
    and gallery (key, alt, caption, credit); options: what stood behind the name.
    """

    kind: str
    html: str = ""
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    options: dict[str, str] = field(default_factory=dict)


def read_blocks(body: str) -> list[Block]:
    """Split a body; raises BadBody on an unknown or unclosed block."""
    lines = iter(body.splitlines())
    found: list[Block] = []
    plain: list[str] = []
    for line in lines:
        if not line.startswith((":::", "## ")):
            plain.append(line)
            continue
        found += _text(plain)
        plain = []
        found.append(_subheading(line) if line.startswith("## ") else _special(line, lines))
    return found + _text(plain)


def _text(lines: list[str]) -> list[Block]:
    text = "\n".join(lines).strip()
    return [Block("text", html=to_html(text))] if text else []


def _subheading(line: str) -> Block:
    return Block("subheading", text=line[3:].strip())


def _special(line: str, rest: Iterator[str]) -> Block:
    name, *words = _words(line[3:]) or [""]
    options = dict(word.split("=", 1) for word in words)
    if name in ONE_LINE:
        return Block(name, options=options)
    if name not in FENCED:
        raise BadBody(f"There is no block called {line!r}.")
    inside = "\n".join(_until_close(rest, line))
    if name in {"table", "gallery"}:
        return Block(name, rows=_rows(inside), options=options)
    if name == "factbox":
        return Block(name, html=to_html(inside), options=options)
    return Block(name, text=" ".join(inside.split()), options=options)


def _words(text: str) -> list[str]:
    # Only double quotes group words: an apostrophe in a caption is a letter.
    lexer = shlex.shlex(text, posix=True, punctuation_chars=False)
    lexer.quotes, lexer.commenters, lexer.whitespace_split = '"', "", True
    return list(lexer)


def _until_close(rest: Iterator[str], opened: str) -> Iterator[str]:
    for line in rest:
        if line.strip() == ":::":
            return
        yield line
    raise BadBody(f"The block {opened!r} is never closed.")


def _rows(text: str) -> tuple[tuple[str, ...], ...]:
    lines = [line for line in text.splitlines() if line.strip()]
    return tuple(tuple(re.split(r"\s*\|\s*", line.strip())) for line in lines)
