"""What a browser would ask for by itself, what is an advertisement, and where a page leads on."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

# Attributes whose addresses a browser asks for without being told.
_LOADED = {
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "script": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "input": ("src",),
    "image": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
}
_LOADING_LINKS = {
    "stylesheet", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch",
    "prerender", "icon", "apple-touch-icon", "manifest", "mask-icon",
}  # fmt: skip
_IN_CSS = re.compile(r"""url\(\s*["']?([^"')]+)""")
_ADDRESS = re.compile(r"https?://[^\s\"'<>\\)]+")
_TAG = re.compile(r"<[^>]*>")
_KIND = re.compile(r"\bpage--([a-z-]+)")


@dataclass
class Look(HTMLParser):
    """kind: of the page. ads: nodes that advertise, or sell being without. loads: addresses."""

    address: str
    kind: str = ""
    ads: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    _in_style: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def __hash__(self) -> int:
        return id(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        named = given.get("class", "").split()
        if tag == "body" and (found := _KIND.search(given.get("class", ""))):
            self.kind = found[1]
        if "data-ad" in given or "membership-offer" in named:
            self.ads.append(f"{tag}.{'.'.join(named)}")
        for name in _LOADED.get(tag, ()):
            self._load(given.get(name, ""), several=name == "srcset")
        if tag == "link" and _LOADING_LINKS & set(given.get("rel", "").split()):
            self._load(given.get("href", ""))
            self._load(given.get("imagesrcset", ""), several=True)
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            self._load(given.get("content", "").partition("=")[2])
        self._css(given.get("style", ""))
        self._in_style = tag == "style"
        for name in ("href", "src", "action"):
            if given.get(name):
                self.leads.append(urljoin(self.address, given[name]))

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self._css(data)

    def _css(self, text: str) -> None:
        for address in _IN_CSS.findall(text):
            self._load(address)

    def _load(self, value: str, *, several: bool = False) -> None:
        for each in value.split(",") if several else [value]:
            address = each.strip().split(" ")[0]
            if address and not address.startswith(("data:", "#")):
                self.loads.append(urljoin(self.address, address))


def look_at(address: str, text: str, kind: str) -> Look:
    """kind: the Content-Type. Of what is no HTML every address in it is followed."""
    look = Look(address)
    if "html" in kind:
        look.feed(text)
    else:
        look.leads += [html.unescape(each) for each in _ADDRESS.findall(text)]
    return look


def third_parties(look: Look, hosts: set[str]) -> Iterator[str]:
    for address in look.loads:
        if (urlsplit(address).hostname or "") not in hosts:
            yield address


def plain(text: str) -> str:
    """Words alone, so that tags, escapes and line ends between them hide nothing."""
    return " ".join(html.unescape(html.unescape(_TAG.sub(" ", text))).split())
