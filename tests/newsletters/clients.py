"""Whether a mail's HTML holds in Gmail, Outlook for Windows and Apple Mail, by `clients.toml`."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from lxml import html as lxml_html

TABLE = tomllib.loads(Path(__file__).with_name("clients.toml").read_text(encoding="utf-8"))
MOST_STYLE_CHARACTERS = 8_192  # Gmail drops a style element that has more
OWN = ("mso-", "-ms-", "-webkit-")  # for one program, and meant so
AT_RULES = {"media"}


def complaints(html: str, *, host: str) -> Iterator[str]:
    """What would not hold; nothing when all does. host: ours, where pictures may come from."""
    document = lxml_html.fromstring(html)
    for element in document.iter():
        if not isinstance(element.tag, str):
            continue  # a comment: Outlook's own tables
        if element.tag not in TABLE["elements"]["allowed"]:
            yield f"<{element.tag}> is not for mails"
        yield from _attributes(element, host)
        yield from _styles(element.get("style", ""))
    for style in document.iter("style"):
        yield from _style_element(style.text or "")
    for word in ("<script", "<form", "<iframe", "<link", "@import", "url(", "javascript:"):
        if word in html.lower():
            yield f"{word} in the mail"


def _attributes(element, host: str) -> Iterator[str]:
    for name in element.attrib:
        if name.startswith("on"):
            yield f"{name} on <{element.tag}>"
    if element.tag == "img":
        if urlsplit(element.get("src", "")).hostname != host:
            yield f"a picture from elsewhere: {element.get('src')}"
        if not (element.get("width", "").isdigit() and element.get("height", "").isdigit()):
            yield "a picture without its size"
        if element.get("alt") is None:
            yield "a picture without alternative text"
    if element.tag == "table" and element.get("role") != "presentation":
        yield "a table that screen readers would read as one"
    if element.tag == "a" and not re.match(r"https?://|mailto:|@@", element.get("href", "")):
        yield f"a link that leads nowhere from a mail: {element.get('href')}"


def _styles(style: str) -> Iterator[str]:
    for declaration in filter(None, (each.strip() for each in style.split(";"))):
        name = declaration.partition(":")[0].strip()
        if name.startswith(OWN):
            continue
        known = TABLE["properties"].get(name)
        if known is None:
            yield f"nobody has looked up what mail programs make of {name}"
        elif "no" in known.values() and not known.get("without"):
            yield f"{name} does not hold, and nothing stands in for it"


def _style_element(css: str) -> Iterator[str]:
    if len(css) > MOST_STYLE_CHARACTERS:
        yield f"a style element of {len(css)} characters"
    for rule in re.findall(r"@([a-z-]+)", css):
        if rule not in AT_RULES:
            yield f"@{rule} in a style element"
