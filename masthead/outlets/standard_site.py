"""
Names of an outlet's and its articles' records on the AT Protocol (standard.site).

They follow from our own ids, so that a page can name its record without asking anybody, and a
record written twice is one.
"""

from uuid import UUID

from masthead.outlets.sheet import Sheet

PUBLICATION, DOCUMENT = "site.standard.publication", "site.standard.document"
WELL_KNOWN = f".well-known/{PUBLICATION}"
SIGNS = "234567abcdefghijklmnopqrstuvwxyz"  # base 32, in the order of their codes


def tid(*, micros: int, chance: int) -> str:
    """A record's name: 53 bits of Unix microseconds, ten bits that tell two of one moment apart."""
    number = (micros & (2**53 - 1)) << 10 | chance & 0x3FF
    return "".join(SIGNS[number >> shift & 31] for shift in range(60, -1, -5))


def record_name(public_id: UUID | str) -> str:
    """For a thing with one of our ids, which begin with the milliseconds of when it was made."""
    number = UUID(str(public_id)).int
    below = number & (2**62 - 1)
    return tid(micros=(number >> 80) * 1000 + (below >> 10) % 1000, chance=below)


def publication_uri(sheet: Sheet) -> str:
    """Empty while the outlet's articles are kept in no repository."""
    return _uri(sheet, PUBLICATION, sheet.public_id)


def document_uri(sheet: Sheet, *, public_id: UUID | str, updated_at: str) -> str:
    """updated_at: of the newest release, ISO; empty for what was released before any was kept."""
    since = _kept(sheet).get("since", "")
    return _uri(sheet, DOCUMENT, public_id) if since and updated_at >= since else ""


def _uri(sheet: Sheet, collection: str, public_id: UUID | str) -> str:
    repository = _kept(sheet).get("in", "")
    return f"at://{repository}/{collection}/{record_name(public_id)}" if repository else ""


def _kept(sheet: Sheet) -> dict[str, str]:
    """{"in": a repository, "since": ISO}, which `posting` adds; {} for nowhere."""
    return sheet.supplements.get("documents", {})
