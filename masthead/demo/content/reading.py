"""Reads the demo's data files; what is malformed raises with the file's name."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from masthead.demo.content.blocks import Block, read_blocks
from masthead.demo.content.dates import dated
from masthead.demo.content.markup import to_html

CONTENT = Path(__file__).resolve().parent
PICTURES = CONTENT.parent / "pictures"
PAGES = ("about", "ethics", "ownership", "contact")


@dataclass(frozen=True)
class DemoArticle:
    """front: the TOML front matter as it stands; body: undated block text."""

    outlet: str
    slug: str
    front: dict[str, Any]
    body: str

    def front_dated(self, *, on: date) -> dict[str, Any]:
        """The front matter with its dates filled in; `on` is the local day of publication."""
        return {key: _filled(value, on) for key, value in self.front.items()}

    def blocks(self, *, on: date) -> list[Block]:
        return read_blocks(dated(self.body, on=on))


def read_network() -> dict[str, Any]:
    return _toml("outlets.toml")


def read_authors() -> list[dict[str, Any]]:
    authors: list[dict[str, Any]] = _toml("authors.toml")["authors"]
    return authors


def read_fronts() -> dict[str, Any]:
    return _toml("front.toml")


def read_comments() -> dict[str, Any]:
    return _toml("comments.toml")


def read_page(outlet: str, page: str) -> str:
    """One of an outlet's PAGES as HTML."""
    return to_html((CONTENT / "pages" / f"{outlet}-{page}.md").read_text(encoding="utf-8"))


def read_articles() -> Iterator[DemoArticle]:
    for path in sorted(CONTENT.glob("articles/*/*.md")):
        yield read_article(path)


def read_article(path: Path) -> DemoArticle:
    text = path.read_text(encoding="utf-8")
    try:
        _, front, body = text.split("+++\n", 2)
        return DemoArticle(path.parent.name, path.stem, tomllib.loads(front), body)
    except ValueError as wrong:
        raise ValueError(f"{path.name}: {wrong}") from wrong


def picture_path(key: str) -> Path:
    return PICTURES / f"{key}.jpg"


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


def _filled(value: Any, on: date) -> Any:
    if isinstance(value, str):
        return dated(value, on=on)
    if isinstance(value, dict):
        return {key: _filled(inner, on) for key, inner in value.items()}
    return value
