"""A complete static copy of what the public reads."""

import gzip
import re
import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from masthead.press.shelf.addresses import MOVED, NOT_FOUND
from masthead.press.shelf.changes import PUBLIC
from masthead.press.shelf.compressing import GZIP_LEVEL, identity
from masthead.press.shelf.container import Page
from masthead.press.shelf.leading import gone_conf, redirects_conf, refresh_page
from masthead.press.shelf.mirror import HOST, file_path
from masthead.press.shelf.references import assets_used, files_used, source
from masthead.press.shelf.shelf import Shelf
from masthead.press.shelf.sweeping import rows

# No host's name has an underscore.
NGINX_FOLDER = "_nginx"
# A link to the next page of a list; quotes may have been taken out.
_PAGED = re.compile(rb"(href=[\"']?)([^\"'\s>?]*)\?(\w+)=([^\"'\s>&]+)")


class NotEmpty(Exception):
    """A copy into a folder that holds something would keep pages that are gone."""


@dataclass(slots=True)
class Exported:
    """skipped: addresses that cannot be a file's name. lost: files that a page names in vain."""

    pages: int = 0
    files: int = 0
    redirects: int = 0
    gone: int = 0
    skipped: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def export(
    shelf: Shelf,
    folder: Path,
    *,
    hosts: Collection[str] | None = None,
    media: Path,
    assets: Path,
    progress: Callable[[int], None] = lambda pages: None,
) -> Exported:
    """
    Write folder/HOST/PATH/index.html with .gz beside it, feeds and sitemaps under their names,
    404.html, and the assets and pictures that these pages use.

    What is printed only when somebody asks is for programs that ask, and left out.
    Redirects and 410s are pages too, and for nginx in folder/_nginx/HOST/. hosts: canonical, all
    without. progress: is told after each page how many there are. Raises NotEmpty.
    """
    if folder.exists() and any(folder.iterdir()):
        raise NotEmpty(f"{folder} is not empty.")
    done = Exported()
    copies: dict[str, HostCopy] = {}
    tables = shelf.hosts().tables
    for (host, target, variant), _ in rows(shelf):
        if variant != PUBLIC or (hosts is not None and host not in hosts):
            continue
        if host in tables and target.startswith(tables[host].asked):
            continue
        if not HOST.match(host):
            done.skipped.append(f"{host}{target}")
            continue
        copy = copies.setdefault(host, HostCopy(shelf, folder, host, done))
        page = shelf.read(host, target, variant)
        if page is not None:
            copy.add(page)
            progress(done.pages)
    for copy in copies.values():
        copy.finish(media=media, assets=assets)
    return done


class HostCopy:
    """The copy of one host's pages."""

    def __init__(self, shelf: Shelf, folder: Path, host: str, done: Exported) -> None:
        self.shelf, self.host, self.done = shelf, host, done
        self.root = folder / host
        self.nginx = folder / NGINX_FOLDER / host
        self.used: set[str] = set()
        self.moved: dict[str, str] = {}
        self.gone: list[str] = []

    def add(self, page: Page) -> None:
        if page.status == 301:
            self.moved[page.target] = _header(page, "location")
            return
        path = _path(page.target)
        if path is None:
            self.done.skipped.append(f"{self.host}{page.target}")
            return
        body = identity(page.bodies)
        if "html" in _header(page, "content-type"):
            body = _PAGED.sub(self._linked, body)
        self._write(path, body)
        self.used |= files_used(body)
        self.done.pages += 1
        if page.status == 410:
            self.gone.append(page.target)
            self.done.gone += 1

    def finish(self, *, media: Path, assets: Path) -> None:
        self._lead_on()
        self._copy_files(media=media, assets=assets)

    def _linked(self, found: "re.Match[bytes]") -> bytes:
        """A link to a page of a list leads to that page's own folder, when it is on the shelf."""
        begin, where, name, value = found.groups()
        target = _target(
            where.decode("utf-8", "replace"),
            name.decode(),
            value.decode("ascii", "replace"),
            self.host,
        )
        if target is None or self.shelf.state(self.host, target, PUBLIC) is None:
            return found[0]
        path = _path(target)
        if path is None:
            return found[0]
        return begin + quote("/" + path.removesuffix("index.html")).encode()

    def _write(self, path: str, body: bytes) -> None:
        file = self.root / path
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(body)
        except (FileExistsError, IsADirectoryError, NotADirectoryError):
            # /a and /a/ are two addresses, but one name.
            self.done.skipped.append(f"{self.host}/{path}")
            return
        # Packed anew: a server hands out either, so both are made of the same bytes.
        file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(body, GZIP_LEVEL, mtime=0))

    def _lead_on(self) -> None:
        below = {}
        for each in self.shelf.all_addresses(self.host):
            if each.kind == MOVED and each.path.isprintable():
                self.moved.setdefault(each.path, each.location)
                if each.below:
                    below[each.path] = each.location
        for target, location in self.moved.items():
            path = _path(target)
            if path is not None and not (self.root / path).exists():
                self._write(path, refresh_page(location))
        self.done.redirects += len(self.moved)
        self.nginx.mkdir(parents=True)
        moved = {path: to for path, to in self.moved.items() if _path(path) and "?" not in path}
        (self.nginx / "redirects.conf").write_text(redirects_conf(moved, below), "utf-8")
        (self.nginx / "gone.conf").write_text(gone_conf(self.gone), "utf-8")

    def _copy_files(self, *, media: Path, assets: Path) -> None:
        waiting, seen = set(self.used), set[str]()
        while waiting:
            path = waiting.pop()
            seen.add(path)
            file = source(path, assets=assets, media=media)
            if file is None:
                self.done.lost.append(f"{self.host}{path}")
                continue
            self._copy(file, self.root / path.lstrip("/"))
            waiting |= assets_used(path, file) - seen

    def _copy(self, file: Path, to: Path) -> None:
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, to)
        packed = file.with_name(f"{file.name}.gz")
        if packed.is_file():
            shutil.copyfile(packed, to.with_name(f"{to.name}.gz"))
        self.done.files += 1


def _header(page: Page, name: str) -> str:
    return next((value for key, value in page.headers if key.lower() == name), "")


def _path(target: str) -> str | None:
    """Where a target lies below its host: /port/?before=3 at port/before=3/index.html."""
    if target.startswith(NOT_FOUND):
        return file_path(f"{target.removeprefix(NOT_FOUND)}404.html")
    path, question, params = target.partition("?")
    if not question:
        return file_path(path)
    if not path.endswith("/"):
        return None
    return file_path(f"{path}{params.replace('&', '/')}/")


def _target(where: str, name: str, value: str, host: str) -> str | None:
    parts = urlsplit(where)
    if parts.netloc and parts.hostname != host:
        return None
    return f"{unquote(parts.path)}?{name}={unquote(value)}"
