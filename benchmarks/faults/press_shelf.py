"""What lies on the shelf, and whether it is whole and what the newsroom says."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from masthead.articles.models import ArticlePage, PublishedArticle
from masthead.press.keeper import Keeper
from masthead.press.own_shelf import own_shelf
from masthead.press.places import all_sheets, host_of
from masthead.press.printing import NotForShelf, print_target
from masthead.press.shelf import Page, sweeping
from masthead.press.shelf.compressing import identity
from masthead.press.shelf.files import TEMPORARY
from masthead.press.shelf.sweeping import rows
from masthead.publishing.models import Release, Version

Place = tuple[str, str, str]


@dataclass(frozen=True)
class Seen:
    """Everything a reader could be given: by place, and by file of the mirror; as hashes."""

    pages: Mapping[Place, str]
    mirror: Mapping[str, str]


def keep() -> None:
    """A keeper starts, does all there is to do, and ends; in a process that is given up after."""
    # A print of before the kill is no longer waited for.
    sweeping.SETTLED_SECONDS = -1
    Keeper(own_shelf()).catch_up()


def look() -> Seen:
    shelf = own_shelf()
    found: dict[Place, str] = {}
    for place, _file in rows(shelf):
        page = shelf.read(*place)
        found[place] = "(none)" if page is None else _hash(page)
    return Seen(found, {_name(file): _of(file.read_bytes()) for file in _mirrored()})


def not_whole() -> Iterator[str]:
    """What the ledger and the files say differently."""
    for fault in own_shelf().verify():
        yield f"{fault.target}: {fault.because}"


def left_behind() -> Iterator[str]:
    """Files that belong to nothing, after a sweep."""
    shelf = own_shelf()
    named = {name for _place, name in rows(shelf)}
    for file in sorted(shelf.folder.rglob("*")):
        if file.name.startswith(TEMPORARY):
            yield f"{file.name} is left behind"
        elif file.suffix == ".page" and str(file.relative_to(shelf.pages)) not in named:
            yield f"{file.name} has no row"


def differences() -> Iterator[str]:
    """Pages and copies that a fresh print of the same address would give otherwise."""
    shelf = own_shelf()
    for place, _file in rows(shelf):
        there, fresh = shelf.read(*place), _printed(place)
        if there is None or fresh is None or _hash(there) != _hash(fresh):
            yield f"{place[1]} is not what would be printed now"
        elif shelf.mirror.takes(fresh):
            copy = shelf.mirror.file(*place[:2])
            if copy is None or not copy.exists():
                yield f"{place[1]} is not in the mirror"
    for host in shelf.hosts().tables:
        yield from (f"{path} was not printed" for path in shelf.missing(host, "public", 50))
    if stale := shelf.stale(most=50):
        yield f"{len(stale)} pages are stale, such as {stale[0].target}"


def unknown_addresses() -> Iterator[str]:
    """Articles that readers cannot come to, because the door does not know that they are there."""
    shelf = own_shelf()
    for sheet in all_sheets():
        for path in PublishedArticle.objects.filter(outlet=sheet.id).values_list("path", flat=True):
            if shelf.address(host_of(sheet), sheet.url(path)) is None:
                yield f"{path} is no address"


def showing(text: str) -> Iterator[str]:
    """Pages and copies that say this. Text of a withdrawn article must be in none."""
    shelf, wanted = own_shelf(), text.encode()
    for place, _file in rows(shelf):
        page = shelf.read(*place)
        if page is not None and wanted in identity(page.bodies):
            yield f"{place[1]} still shows “{text}”"


def doubled(article: ArticlePage) -> Iterator[str]:
    versions = Version.objects.filter(article=article).order_by("pk")
    numbers = list(versions.values_list("number", flat=True))
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"versions are numbered {numbers}"
    releases = Release.objects.filter(article=article).exclude(version=None).count()
    if releases != len(numbers):
        yield f"{len(numbers)} versions, {releases} releases of one"
    if PublishedArticle.objects.filter(article=article).count() > 1:
        yield "it is public twice"


def _printed(place: Place) -> Page | None:
    host, target, variant = place
    try:
        # In haste: what is compared is the text, whatever encodings it has.
        return print_target(host=host, target=target, variant=variant, in_haste=True)
    except NotForShelf:
        return None


def _hash(page: Page) -> str:
    return _of(
        repr((page.status, page.headers, page.keys, page.for_all)).encode() + identity(page.bodies)
    )


def _of(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=12).hexdigest()


def _mirrored() -> Iterator[Path]:
    for file in sorted(own_shelf().mirror.folder.rglob("*.gz")):
        if file.is_file():
            yield file


def _name(file: Path) -> str:
    return str(file.relative_to(own_shelf().mirror.folder))
