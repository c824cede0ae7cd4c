"""
The words that come inside a picture file: IPTC, XMP and EXIF. Only the workshop reads them.

No Django here: the workshop must start fast, and what it reads is hostile until shown otherwise.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from lxml import etree
from PIL import ExifTags, Image, IptcImagePlugin

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "iptc": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
}
# What we call it: (XMP, IPTC record 2 dataset). XMP wins: it says which encoding it is in.
PLACES = {
    "caption": ("dc:description", 120),
    "creator": ("dc:creator", 80),
    "credit": ("photoshop:Credit", 110),
    "copyright": ("dc:rights", 116),
    "alt": ("iptc:AltTextAccessibility", None),
    "taken_on": ("photoshop:DateCreated", 55),
}
EXIF_PLACES = {
    "caption": ExifTags.Base.ImageDescription,
    "creator": ExifTags.Base.Artist,
    "copyright": ExifTags.Base.Copyright,
}
UTF8_MARK = b"\x1b%G"  # IPTC 1:90 when the text is UTF-8; without it, it is anybody's guess
MOST_CHARACTERS = 2_000
MOST_XMP_BYTES = 1_000_000


def read_words(image: Image.Image) -> dict[str, str]:
    """Caption, alt, creator, credit, copyright and taken_on (ISO date), those that are there."""
    words: dict[str, str] = {}
    for found in (_from_xmp(image), _from_iptc(image), _from_exif(image)):
        for name, value in found.items():
            text = _tidy(value)
            if text and name not in words:
                words[name] = text
    if "taken_on" in words:
        words["taken_on"] = _iso_date(words["taken_on"])
    return {name: text for name, text in words.items() if text}


def xmp_packet(words: Mapping[str, str]) -> bytes:
    """Who made it and whose it is, as XMP for a copy; empty when nothing is known."""
    kept = {name: words[name] for name in ("creator", "credit", "copyright") if words.get(name)}
    if not kept:
        return b""
    rdf = f"{{{NAMESPACES['rdf']}}}"
    meta = etree.Element("{adobe:ns:meta/}xmpmeta", nsmap={"x": "adobe:ns:meta/"})
    root = etree.SubElement(meta, f"{rdf}RDF", nsmap={"rdf": NAMESPACES["rdf"]})
    spaces = {name: NAMESPACES[name] for name in ("dc", "photoshop")}
    about = etree.SubElement(root, f"{rdf}Description", {f"{rdf}about": ""}, nsmap=spaces)
    if "creator" in kept:
        _listed(about, "creator", "Seq", kept["creator"])
    if "copyright" in kept:
        item = _listed(about, "rights", "Alt", kept["copyright"])
        item.set("{http://www.w3.org/XML/1998/namespace}lang", "x-default")
    if "credit" in kept:
        etree.SubElement(about, f"{{{NAMESPACES['photoshop']}}}Credit").text = kept["credit"]
    return etree.tostring(meta, encoding="utf-8")


def _listed(about: Any, name: str, kind: str, text: str) -> Any:
    rdf = f"{{{NAMESPACES['rdf']}}}"
    holder = etree.SubElement(about, f"{{{NAMESPACES['dc']}}}{name}")
    item = etree.SubElement(etree.SubElement(holder, f"{rdf}{kind}"), f"{rdf}li")
    item.text = text
    return item


def _from_xmp(image: Image.Image) -> dict[str, str]:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    packet = packet.encode() if isinstance(packet, str) else packet
    # A document type is how entity bombs come in; XMP never needs one.
    if not packet or len(packet) > MOST_XMP_BYTES or b"<!DOCTYPE" in packet.upper():
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.fromstring(packet.strip(b"\0 \r\n\t"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return {}
    return {name: _xmp_value(tree, place) for name, (place, _) in PLACES.items()}


def _xmp_value(tree: Any, place: str) -> str:
    """The value, written as an attribute, as text, or as a list or alternative of languages."""
    prefix, local = place.split(":")
    key = f"{{{NAMESPACES[prefix]}}}{local}"
    for about in tree.iter(f"{{{NAMESPACES['rdf']}}}Description"):
        if about.get(key):
            return str(about.get(key))
    element = next(tree.iter(key), None)
    if element is None:
        return ""
    items = element.findall(".//rdf:li", NAMESPACES)
    if not items:
        return element.text or ""
    if element.find("rdf:Alt", NAMESPACES) is not None:
        return items[0].text or ""
    return ", ".join(item.text for item in items if item.text)


def _from_iptc(image: Image.Image) -> dict[str, str]:
    try:
        found = IptcImagePlugin.getiptcinfo(image) or {}
    except (OSError, SyntaxError, ValueError, IndexError, KeyError, TypeError):
        return {}
    is_utf8 = UTF8_MARK in _all_bytes(found.get((1, 90)))
    words = {}
    for name, (_, dataset) in PLACES.items():
        values = _all_bytes(found.get((2, dataset))) if dataset else []
        words[name] = ", ".join(_decode(value, is_utf8=is_utf8) for value in values)
    return words


def _all_bytes(value: bytes | list[bytes] | None) -> list[bytes]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _decode(value: bytes, *, is_utf8: bool) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("utf-8" if is_utf8 else "cp1252", "replace")


def _from_exif(image: Image.Image) -> dict[str, str]:
    try:
        exif = image.getexif()
        taken = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal, "")
        words = {name: exif.get(tag, "") for name, tag in EXIF_PLACES.items()}
    except (OSError, SyntaxError, ValueError, IndexError, KeyError, TypeError):
        return {}
    return {name: value for name, value in (words | {"taken_on": taken}).items() if _is_text(value)}


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _tidy(value: str) -> str:
    text = "".join(c if c.isprintable() or c == "\n" else " " for c in value).strip()
    return text[:MOST_CHARACTERS]


def _iso_date(written: str) -> str:
    """2026-11-16 from 20261116, 2026:11:16 06:40:00 or 2026-11-16T06:40; empty otherwise."""
    digits = _digits(written[:10])
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).isoformat()
    except ValueError:
        return ""


def _digits(text: Iterable[str]) -> str:
    return "".join(c for c in text if c.isascii() and c.isdigit())
