"""What every network's adapter can do, and what it is given."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from masthead.core.for_programs import without_controls
from masthead.posting.networks.asking import MaybeDone, NotPossible

MOST_ID, MOST_URL = 300, 2000  # characters


@dataclass(frozen=True, kw_only=True)
class Access:
    """
    The account and its keys in clear. `remember` keeps what the network told of it. tokens: where
    keys are renewed.
    """

    handle: str
    server: str = ""
    tokens: str = ""
    secrets: dict[str, Any] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)
    remember: Callable[[dict[str, Any]], None] = lambda told: None


@dataclass(frozen=True, kw_only=True)
class Posted:
    """
    Where something stands on a network. extra: what a later reply or deletion needs.

    An address that is none of the web's is left out. Raises MaybeDone for a name that is none.
    """

    remote_id: str
    url: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.remote_id) > MOST_ID or without_controls(self.remote_id) != self.remote_id:
            raise MaybeDone(_("The answer does not say what was asked."))
        if not is_web_address(self.url):
            object.__setattr__(self, "url", "")


@dataclass(frozen=True, kw_only=True)
class Renewed:
    """
    Keys that are good for longer, in place of those there were.

    seconds: how long they are good for. last_seconds: how long they can be renewed, when that ends.
    """

    secrets: dict[str, Any]
    seconds: int
    last_seconds: int | None = None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """
    What is to be said, within the network's limits already.

    key: the same at every try. at: when it was planned, the same at every try. picture: gives a
    JPEG, or None; called only by networks that want one. steps, note: what earlier steps gave, and
    how to keep what this one gives before the next is taken. event: all of the article, for
    programs.
    """

    key: str
    text: str
    at: datetime
    link: str = ""
    title: str = ""
    description: str = ""
    language: str = "en"
    picture: Callable[[], bytes | None] = lambda: None
    picture_alt: str = ""
    reply_to: Posted | None = None
    steps: dict[str, Any] = field(default_factory=dict)
    note: Callable[[dict[str, Any]], None] = lambda given: None
    event: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Document:
    """
    An article as readers see it now, for a network that keeps records of them.

    name: the same for ever. record: what is kept; None where readers see nothing any more.
    publication_name, publication: the outlet's own record, to which the article's belongs.
    """

    name: str
    record: dict[str, Any] | None
    publication_name: str
    publication: dict[str, Any]
    picture: Callable[[], bytes | None] = lambda: None


class Network:
    """
    One network. Each method asks it at most a few times and raises what `asking` does.

    can_find: whether it can be asked afterwards what was posted. absence_counts: whether "it is
    not there" may be believed, so that it is sent again; where it may not, a person decides.
    """

    key = ""
    can_edit = False
    can_reply = False
    can_delete = False
    can_find = False
    absence_counts = False
    tells_every_release = False
    keeps_documents = False
    key_days = 0  # after which its keys end when they are not renewed; 0: never

    def check(self, access: Access) -> str:
        """The account's name as the network knows it: proof that the keys fit."""
        raise NotPossible

    def post(self, access: Access, draft: Draft) -> Posted:
        raise NotPossible

    def edit(self, access: Access, posted: Posted, draft: Draft) -> Posted:
        raise NotPossible

    def delete(self, access: Access, posted: Posted) -> None:
        """Gone already counts as deleted."""
        raise NotPossible

    def find(self, access: Access, draft: Draft) -> Posted | None:
        """What an earlier `post` of this very draft has left there, if anything."""
        raise NotPossible

    def keep(self, access: Access, document: Document) -> Posted:
        """Bring the record of an article in line; as often as one likes."""
        raise NotPossible

    def renew(self, access: Access) -> Renewed:
        """Keys for longer. Raises NotPossible where these cannot be renewed by program."""
        raise NotPossible

    def id_in(self, url: str) -> str:
        """The post's id in an address that a person pasted; empty where it does not say."""
        return ""


def is_web_address(url: str) -> bool:
    """Whether it may be kept, and linked to, as the address of a post."""
    if len(url) > MOST_URL or without_controls(url) != url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def last_number(url: str) -> str:
    """Of an address that ends with one, e.g. https://t.me/courier/71."""
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    return last if re.fullmatch("[0-9]{1,30}", last) else ""
