"""Which root domain a host belongs to, and which outlets stand there."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from masthead.outlets.sheet import Sheet

# Second levels under which names are sold to anybody. Not the whole public suffix list, which
# changes daily: where a title stands under another one, its desk sees the root that was taken.
_SOLD_BELOW = {
    f"{second}.{country}"
    for country, seconds in {
        "uk": "co org me ltd plc net sch",
        "au": "com net org asn id",
        "nz": "co net org geek maori",
        "za": "co org net web",
        "jp": "co ne or gr ed lg",
        "kr": "co or ne",
        "br": "com net org jor",
        "in": "co net org firm gen",
        "il": "co org net",
        "tr": "com org net gen web",
        "mx": "com org net",
        "ar": "com org net",
        "cn": "com net org",
        "tw": "com net org",
        "hk": "com net org",
        "sg": "com net org",
        "my": "com net org",
        "pl": "com net org",
        "ua": "com net org",
        "eg": "com net org",
        "sa": "com net org",
        "ke": "co or",
        "ng": "com org",
        "at": "co or",
        "th": "co or in",
        "id": "co or web",
    }.items()
    for second in seconds.split()
}


def root_of(host: str) -> str:
    """“news.courier.co.uk” → “courier.co.uk”; addresses and single names as they are."""
    parts = host.lower().rstrip(".").split(".")
    if len(parts) <= 2 or parts[-1].isdigit() or ":" in host:
        return ".".join(parts)
    kept = 3 if ".".join(parts[-2:]) in _SOLD_BELOW else 2
    return ".".join(parts[-kept:])


def root_of_sheet(sheet: Sheet) -> str:
    return root_of(urlsplit(sheet.base).hostname or "")


def by_root(sheets: Iterable[Sheet]) -> dict[str, list[Sheet]]:
    """Outlets under each root domain, both in the network's order."""
    found: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        found.setdefault(root_of_sheet(sheet), []).append(sheet)
    return found
