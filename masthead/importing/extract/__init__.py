"""
A page copied in, read: headline, byline, date, pictures and text, each with its origin.

Pure functions: no database, no network, no file is opened, nothing of the page is run.
"""

from __future__ import annotations

from datetime import tzinfo

from .decode import decode, looks_like_html
from .origins import ORIGINS
from .page import (
    Author,
    Block,
    Divider,
    Embed,
    ExtractedPage,
    Field,
    LeadPicture,
    ListBlock,
    NotAPage,
    Paragraph,
    Picture,
    Quotation,
    Subheading,
    Table,
)
from .plain_text import read_plain_text
from .saved_page import read_saved_page

__all__ = [
    "ORIGINS",
    "Author",
    "Block",
    "Divider",
    "Embed",
    "ExtractedPage",
    "Field",
    "LeadPicture",
    "ListBlock",
    "NotAPage",
    "Paragraph",
    "Picture",
    "Quotation",
    "Subheading",
    "Table",
    "extract_page",
]


def extract_page(
    raw: bytes | str, *, filename: str = "", source_url: str = "", time_zone: tzinfo | None = None
) -> ExtractedPage:
    """
    Read a saved HTML page, or plain text copied out of a browser window.

    source_url: makes the page's relative links whole; nothing is ever fetched from it.
    time_zone: of the outlet, for times like "6:40 am" that do not say theirs; without it such a
    time is reported as a date.
    Raises NotAPage, whose text is a sentence for a person.
    """
    text = decode(raw)
    if looks_like_html(text, filename):
        return read_saved_page(text, source_url=source_url, zone=time_zone)
    return read_plain_text(text, zone=time_zone)
