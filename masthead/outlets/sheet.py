"""
What a reader's page knows of its outlet, read from one row of `OutletSheet`.

The row is written when an outlet, section or plain page is published, so that a page needs one
query for its name, look, navigation, follow links and sister titles.
"""

from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, Self


@dataclass(frozen=True)
class SheetSection:
    """A section in the navigation. `path` is below the outlet, e.g. "city-hall/planning/"."""

    id: int
    name: str
    path: str
    description: str = ""
    in_navigation: bool = True
    parent_id: int | None = None
    without_advertising: bool = False


@dataclass(frozen=True)
class SheetPage:
    """A plain page such as About."""

    id: int
    purpose: str
    title: str
    path: str


@dataclass(frozen=True)
class SheetFollow:
    """An account on another network; `icon` names one of `outlets.icons`."""

    network: str
    label: str
    url: str
    icon: str


@dataclass(frozen=True)
class SheetSister:
    """Another outlet of the network. `base` is its canonical address without a slash."""

    id: int
    slug: str
    name: str
    base: str
    tagline: str = ""


_LISTS: dict[str, Any] = {
    "sections": SheetSection,
    "pages": SheetPage,
    "follow": SheetFollow,
    "sisters": SheetSister,
}


def _known(kind: Any, data: dict[str, Any]) -> dict[str, Any]:
    names = {item.name for item in fields(kind)}
    return {key: value for key, value in data.items() if key in names}


@dataclass(frozen=True)
class Sheet:
    """
    One outlet, as its pages show it.

    base: canonical address without a slash at the end, e.g. "https://courier.example".
    supplements: what features above add (see `outlets.supplements`), by their names.
    prefix: what goes before paths on the host being asked, "" or "/courier".
    direction: "ltr" or "rtl".
    """

    id: int
    public_id: str
    slug: str
    name: str
    base: str
    network_name: str
    network_base: str
    tagline: str = ""
    wordmark: str = ""
    logo_id: int | None = None
    look: dict[str, str] = field(default_factory=dict)
    language: str = "en"
    direction: str = "ltr"
    timezone: str = "UTC"
    contact_email: str = ""
    legal_name: str = ""
    founded_on: str = ""
    hosts: list[str] = field(default_factory=list)
    sections: list[SheetSection] = field(default_factory=list)
    pages: list[SheetPage] = field(default_factory=list)
    follow: list[SheetFollow] = field(default_factory=list)
    sisters: list[SheetSister] = field(default_factory=list)
    supplements: dict[str, dict[str, Any]] = field(default_factory=dict)
    prefix: str = ""

    @classmethod
    def from_row(cls, data: dict[str, Any], *, prefix: str) -> Self:
        """Read the JSON of an `OutletSheet`; keys written by a newer release are left aside."""
        values = _known(cls, data)
        for name, kind in _LISTS.items():
            values[name] = [kind(**_known(kind, each)) for each in data.get(name, [])]
        values["prefix"] = prefix
        return cls(**values)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Of all it says: what is rendered from a sheet alone is kept by it."""
        return hash(repr(self))

    @property
    def navigation(self) -> list[SheetSection]:
        return [s for s in self.sections if s.in_navigation and s.parent_id is None]

    def find_section(self, *, section_id: int) -> SheetSection | None:
        return next((s for s in self.sections if s.id == section_id), None)

    def find_section_at(self, path: str) -> SheetSection | None:
        return next((s for s in self.sections if s.path == path), None)

    def children_of(self, section: SheetSection) -> list[SheetSection]:
        return [s for s in self.sections if s.parent_id == section.id]

    def find_page_at(self, path: str) -> SheetPage | None:
        return next((p for p in self.pages if p.path == path), None)

    def page_for(self, purpose: str) -> SheetPage | None:
        return next((p for p in self.pages if p.purpose == purpose), None)

    def url(self, path: str = "") -> str:
        """A link for the host being asked, e.g. "/courier/port/"."""
        return f"{self.prefix}/{path}"

    def absolute(self, path: str = "") -> str:
        """The canonical address of a path."""
        return f"{self.base}/{path}"
