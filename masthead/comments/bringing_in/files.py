"""
The exports as they come out of each system, read as a stream.

A record that makes no sense is told in its place, and the rest goes on; a file that can no longer
be read from some point on is none.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from lxml import etree

from masthead.comments.bringing_in.brought import Bad, BadExport, BadRecord, Brought, moment
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
Records = Iterator[Brought | Bad]


def wordpress(file: Path) -> Records:
    """A WXR file; comments stand in their articles. Pingbacks and trackbacks are none."""
    number = 0
    for item in _elements(file, "item"):
        link = item.findtext("link") or ""
        for element in item:
            if not isinstance(element.tag, str) or not element.tag.endswith("}comment"):
                continue
            got = _texts(element)
            if got.get("comment_type", "") in {"pingback", "trackback"}:
                continue
            number += 1
            yield _read(number, partial(_of_wordpress, got, link))


def _of_wordpress(got: dict[str, str], link: str) -> Brought:
    return Brought(
        id=got.get("comment_id", ""),
        parent=_none_if_zero(got.get("comment_parent", "")),
        link=link,
        name=got.get("comment_author", ""),
        email=got.get("comment_author_email", ""),
        at=moment(_dated(got)),
        html=got.get("comment_content", ""),
        state=WP_STATES.get(got.get("comment_approved", ""), State.HELD),
    )


def disqus(file: Path) -> Records:
    """Disqus' XML: threads first, then posts that name theirs."""
    links: dict[str, str] = {}
    number = 0
    for element in _elements(file, f"{DISQUS}thread", f"{DISQUS}post"):
        if element.tag == f"{DISQUS}thread":
            named, link = element.get(DISQUS_ID, ""), element.findtext(f"{DISQUS}link")
            if named and link is not None:  # inside a post it is only named
                links[named] = link
            continue
        number += 1
        yield _read(number, partial(_of_disqus, element, links))


def _of_disqus(post: Any, links: dict[str, str]) -> Brought:
    thread, parent = post.find(f"{DISQUS}thread"), post.find(f"{DISQUS}parent")
    gone = post.findtext(f"{DISQUS}isDeleted") == "true"
    spam = post.findtext(f"{DISQUS}isSpam") == "true"
    return Brought(
        id=post.get(DISQUS_ID, ""),
        parent=parent.get(DISQUS_ID, "") if parent is not None else "",
        link=links.get(thread.get(DISQUS_ID, ""), "") if thread is not None else "",
        name=post.findtext(f"{DISQUS}author/{DISQUS}name") or "",
        email=post.findtext(f"{DISQUS}author/{DISQUS}email") or "",
        at=moment((post.findtext(f"{DISQUS}createdAt") or "").replace("Z", "+00:00")),
        html=post.findtext(f"{DISQUS}message") or "",
        state=State.REJECTED if spam else State.REMOVED if gone else State.APPROVED,
    )


def coral(file: Path) -> Records:
    """
    Coral's collections, a JSON object a line or one list: comments, with stories and users before
    them in the same file where their addresses and names are to be known.
    """
    stories: dict[str, str] = {}
    users: dict[str, tuple[str, str]] = {}
    for number, row in _objects(file):
        if isinstance(row, BadRecord):
            yield Bad(number, str(row))
        elif "url" in row and "body" not in row and "revisions" not in row:
            stories[str(row.get("id", ""))] = str(row["url"])
        elif "username" in row and "storyID" not in row:
            users[str(row.get("id", ""))] = (str(row["username"]), str(row.get("email") or ""))
        elif "storyID" in row:
            yield _read(number, partial(_of_coral, row, stories, users))


def _of_coral(
    row: dict[str, Any], stories: dict[str, str], users: dict[str, tuple[str, str]]
) -> Brought:
    name, email = users.get(str(row.get("authorID", "")), ("", ""))
    revisions = row.get("revisions") or [{"body": row.get("body", "")}]
    if not isinstance(revisions, list) or not isinstance(revisions[-1], dict):
        raise BadRecord("Its revisions are no list of texts.")
    return Brought(
        id=str(row.get("id", "")),
        parent=str(row.get("parentID") or ""),
        link=str(row.get("storyURL") or stories.get(str(row["storyID"]), "")),
        name=name,
        email=email,
        at=_coral_moment(row.get("createdAt")),
        html=str(revisions[-1].get("body") or ""),
        state=CORAL_STATES.get(str(row.get("status", "")), State.HELD),
    )


READERS: Mapping[str, Callable[[Path], Records]] = {
    "wordpress": wordpress,
    "disqus": disqus,
    "coral": coral,
}


def _read(number: int, make: Callable[[], Brought]) -> Brought | Bad:
    try:
        found = make()
    except BadRecord as bad:
        return Bad(number, str(bad))
    return found if found.id else Bad(number, "It has no id, so it could come twice.")


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


def _objects(file: Path) -> Iterator[tuple[int, dict[str, Any] | BadRecord]]:
    """Each with its number. The first line has to be one: else the file is something else."""
    with file.open(encoding="utf-8") as lines:
        try:
            head = lines.read(1)
            lines.seek(0)
            rows = json.load(lines) if head == "[" else map(_loaded, lines)
            for number, row in enumerate(rows, start=1):
                if isinstance(row, BadRecord) and number == 1:
                    raise BadExport(f"{file.name} is no export: {row}")
                if isinstance(row, dict | BadRecord):
                    yield number, row
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            raise BadExport(f"{file.name} is no export: {error}.") from error


def _loaded(line: str) -> Any:
    """None for an empty line."""
    try:
        return json.loads(line) if line.strip() else None
    except json.JSONDecodeError as error:
        return BadRecord(f"{error}.")


def _coral_moment(value: Any) -> datetime:
    """As text, or as MongoDB writes it: {"$date": …}. Raises BadRecord."""
    if isinstance(value, dict):
        value = value.get("$date", "")
    if isinstance(value, int | float):
        try:
            return datetime.fromtimestamp(value / 1000, tz=UTC)
        except (ValueError, OverflowError, OSError) as error:
            raise BadRecord(f"“{value}” is no time.") from error
    return moment(str(value).replace("Z", "+00:00"))
