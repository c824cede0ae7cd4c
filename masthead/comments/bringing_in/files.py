"""The exports as they come out of each system, read as a stream."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lxml import etree

from masthead.comments.bringing_in.brought import BadExport, Brought, moment
from masthead.comments.models import State

DISQUS = "{http://disqus.com}"
DISQUS_ID = "{http://disqus.com/disqus-internals}id"
WP_STATES = {"1": State.APPROVED, "0": State.HELD, "spam": State.REJECTED, "trash": State.REMOVED}
CORAL_STATES = {
    "NONE": State.APPROVED,
    "APPROVED": State.APPROVED,
    "REJECTED": State.REJECTED,
    "PREMOD": State.HELD,
    "SYSTEM_WITHHELD": State.HELD,
}


def wordpress(file: Path) -> Iterator[Brought]:
    """A WXR file; comments stand in their articles. Pingbacks and trackbacks are none."""
    for item in _elements(file, "item"):
        link = item.findtext("link") or ""
        for element in item:
            if not isinstance(element.tag, str) or not element.tag.endswith("}comment"):
                continue
            got = _texts(element)
            if got.get("comment_type", "") in {"pingback", "trackback"}:
                continue
            yield Brought(
                id=got.get("comment_id", ""),
                parent=_none_if_zero(got.get("comment_parent", "")),
                link=link,
                name=got.get("comment_author", ""),
                email=got.get("comment_author_email", ""),
                at=moment(_dated(got)),
                html=got.get("comment_content", ""),
                state=WP_STATES.get(got.get("comment_approved", ""), State.HELD),
            )


def disqus(file: Path) -> Iterator[Brought]:
    """Disqus' XML: threads first, then posts that name theirs."""
    links: dict[str, str] = {}
    for element in _elements(file, f"{DISQUS}thread", f"{DISQUS}post"):
        number = element.get(DISQUS_ID, "")
        if element.tag == f"{DISQUS}thread":
            link = element.findtext(f"{DISQUS}link")
            if number and link is not None:  # inside a post it is only named
                links[number] = link
            continue
        thread = element.find(f"{DISQUS}thread")
        parent = element.find(f"{DISQUS}parent")
        gone = element.findtext(f"{DISQUS}isDeleted") == "true"
        spam = element.findtext(f"{DISQUS}isSpam") == "true"
        yield Brought(
            id=number,
            parent=parent.get(DISQUS_ID, "") if parent is not None else "",
            link=links.get(thread.get(DISQUS_ID, ""), "") if thread is not None else "",
            name=element.findtext(f"{DISQUS}author/{DISQUS}name") or "",
            email=element.findtext(f"{DISQUS}author/{DISQUS}email") or "",
            at=moment((element.findtext(f"{DISQUS}createdAt") or "").replace("Z", "+00:00")),
            html=element.findtext(f"{DISQUS}message") or "",
            state=State.REJECTED if spam else State.REMOVED if gone else State.APPROVED,
        )


def coral(file: Path) -> Iterator[Brought]:
    """
    Coral's collections, a JSON object a line or one list: comments, with stories and users before
    them in the same file where their addresses and names are to be known.
    """
    stories: dict[str, str] = {}
    users: dict[str, tuple[str, str]] = {}
    for row in _objects(file):
        if "url" in row and "body" not in row and "revisions" not in row:
            stories[str(row.get("id", ""))] = str(row["url"])
        elif "username" in row and "storyID" not in row:
            users[str(row.get("id", ""))] = (str(row["username"]), str(row.get("email") or ""))
        elif "storyID" in row:
            name, email = users.get(str(row.get("authorID", "")), ("", ""))
            revisions = row.get("revisions") or [{"body": row.get("body", "")}]
            yield Brought(
                id=str(row.get("id", "")),
                parent=str(row.get("parentID") or ""),
                link=str(row.get("storyURL") or stories.get(str(row["storyID"]), "")),
                name=name,
                email=email,
                at=_coral_moment(row.get("createdAt")),
                html=str(revisions[-1].get("body") or ""),
                state=CORAL_STATES.get(str(row.get("status", "")), State.HELD),
            )


READERS: Mapping[str, Callable[[Path], Iterator[Brought]]] = {
    "wordpress": wordpress,
    "disqus": disqus,
    "coral": coral,
}


def _elements(file: Path, *tags: str) -> Iterator[Any]:
    """Each when it is whole; then it is forgotten. No entities, nothing from elsewhere."""
    try:
        for _event, element in etree.iterparse(
            str(file), tag=tags, resolve_entities=False, no_network=True, load_dtd=False,
            huge_tree=False,
        ):  # fmt: skip
            yield element
            if element.getparent() is None or element.getparent().tag != f"{DISQUS}post":
                element.clear()
    except etree.XMLSyntaxError as error:
        raise BadExport(f"{file.name} is no export: {error.msg}.") from error


def _texts(element: Any) -> dict[str, str]:
    plain = (each for each in element if isinstance(each.tag, str))
    return {each.tag.rpartition("}")[2]: each.text or "" for each in plain}


def _dated(got: dict[str, str]) -> str:
    """WordPress writes a year of noughts where it knows no time in UTC."""
    utc = got.get("comment_date_gmt", "")
    return got.get("comment_date", "") if utc.startswith("0000") else utc


def _none_if_zero(text: str) -> str:
    return "" if text == "0" else text


def _objects(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        head = lines.read(1)
        lines.seek(0)
        try:
            rows = json.load(lines) if head == "[" else map(json.loads, filter(str.strip, lines))
            for row in rows:
                if isinstance(row, dict):
                    yield row
        except json.JSONDecodeError as error:
            raise BadExport(f"{file.name} is no export: {error}.") from error


def _coral_moment(value: Any) -> datetime:
    """As text, or as MongoDB writes it: {"$date": …}."""
    if isinstance(value, dict):
        value = value.get("$date", "")
    if isinstance(value, int | float):
        return datetime.fromtimestamp(value / 1000, tz=UTC)
    return moment(str(value).replace("Z", "+00:00"))
