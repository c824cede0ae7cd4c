"""From whatever a person saved or pasted to text, or to a sentence saying why not."""

from __future__ import annotations

import email
import email.policy
import re

from .page import NotAPage
from .page import gettext_noop as _

MAX_BYTES = 10 * 1024 * 1024
UTF16_SAMPLE = 2000

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", _("This is a PDF. Please save the page as HTML, or paste its text.")),
    (b"PK\x03\x04", _("This is an office document or a ZIP. Please paste its text instead.")),
    (b"\x89PNG", _("This is a picture, not a page.")),
    (b"\xff\xd8\xff", _("This is a picture, not a page.")),
    (b"GIF8", _("This is a picture, not a page.")),
    (b"\xd0\xcf\x11\xe0", _("This is an office document. Please paste its text instead.")),
    (b"\x1f\x8b", _("This file is compressed. Please unpack it first.")),
)
TOO_LARGE = _("This file is larger than 10 MB. Please save the page as “HTML only”.")
NOT_TEXT = _("This file holds no text that can be read as a page.")
EMPTY = _("This file is empty.")

DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.I)
MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h1|h2|span|table|meta)\b[^<>]*>",
    re.I,
)
# Soft hyphens, zero-width spaces and word joiners are layout, not spelling. Zero-width
# (non-)joiners stay: Persian and several Indian scripts are misspelt without them.
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


def decode(raw: bytes | str) -> str:
    """Text with plain newlines; raises NotAPage for what is too large, empty or not text."""
    text = raw if isinstance(raw, str) else _decode_bytes(raw)
    if len(text) > MAX_BYTES:
        raise NotAPage(TOO_LARGE)
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(INVISIBLE)
    if not text.strip():
        raise NotAPage(EMPTY)
    if _control_share(text) > 0.02:
        raise NotAPage(NOT_TEXT)
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]", "", text)


def looks_like_html(text: str, filename: str = "") -> bool:
    if filename.lower().endswith((".html", ".htm", ".xhtml", ".mhtml")):
        return bool(re.search(r"<[a-zA-Z!]", text))
    return bool(MARKUP.search(text))


def _decode_bytes(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise NotAPage(TOO_LARGE)
    for signature, sentence in SIGNATURES:
        if raw.startswith(signature):
            raise NotAPage(sentence)
    if re.match(rb"(?:From|MIME-Version|Snapshot-Content-Location):", raw):
        raw = _html_part(raw)
    return _decode_text(raw)


def _decode_text(raw: bytes) -> str:
    for bom, codec in (
        (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
    ):  # fmt: skip
        if raw.startswith(bom):
            return raw.decode(codec, "replace")
    sample = raw[:UTF16_SAMPLE]
    if sample.count(0) > len(sample) // 4:
        # Latin text in UTF-16 has a zero in every second byte; which one tells the byte order.
        codec = "utf-16-le" if sample[1::2].count(0) >= sample[0::2].count(0) else "utf-16-be"
        return raw.decode(codec, "replace")
    return _decode_single_byte_or_utf8(raw)


def _decode_single_byte_or_utf8(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = DECLARED.search(raw[:4096])
    codec = declared.group(1).decode("ascii") if declared else "windows-1252"
    # Pages that declare Latin-1 mean windows-1252, as browsers read them.
    if codec.lower() in {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii", "utf-8", "utf8"}:
        codec = "windows-1252"
    try:
        return raw.decode(codec, "replace")
    except LookupError:
        return raw.decode("windows-1252", "replace")


def _html_part(raw: bytes) -> bytes:
    """The page inside a single-file web archive (MHTML)."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            return payload if isinstance(payload, bytes) else b""
    return raw


def _control_share(text: str) -> float:
    sample = text[:20_000]
    bad = sum(1 for c in sample if (c < " " and c not in "\n\t\f") or c == "\ufffd")
    return bad / len(sample)
