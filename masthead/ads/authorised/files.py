"""The files themselves, made of what the desk keeps."""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from masthead.ads.authorised.lint import read_sellers
from masthead.ads.models import SellersFile
from masthead.outlets.sheet import Sheet

# Of the ads.txt standard: says that nobody may sell, unlike an empty or missing file.
PLACEHOLDER = "placeholder.example.com, placeholder, DIRECT, placeholder"


def make_text(name: str, *, root: str, lines: str, sheets: Sequence[Sheet]) -> str:
    """sheets: those that stand under the root domain."""
    if name == SellersFile.Name.SELLERS:
        return _sellers_json(lines, sheets)
    return _ads_txt(root, lines, sheets, with_subdomains=name == SellersFile.Name.ADS)


def _ads_txt(root: str, lines: str, sheets: Sequence[Sheet], *, with_subdomains: bool) -> str:
    kept = [line.strip() for line in lines.splitlines() if line.strip()]
    records = [line for line in kept if not line.startswith("#") and "=" not in line]
    own = [f"OWNERDOMAIN={root}"]
    if not any(line.upper().startswith("CONTACT=") for line in kept):
        own += [f"CONTACT={address}" for address in _contacts(sheets)[:1]]
    if with_subdomains:
        own += [f"SUBDOMAIN={host}" for host in _hosts_below(root, sheets)]
    return "\n".join([*own, *kept, *([] if records else [PLACEHOLDER])]) + "\n"


def _sellers_json(lines: str, sheets: Sequence[Sheet]) -> str:
    """IAB Tech Lab's sellers.json 1.0."""
    sellers, _problems = read_sellers(lines)
    said: dict[str, Any] = {"version": "1.0", "sellers": []}
    if contacts := _contacts(sheets):
        said["contact_email"] = contacts[0]
    for seller in sellers:
        row: dict[str, Any] = {"seller_id": seller.seller_id, "seller_type": seller.kind}
        if seller.name:
            row |= {"name": seller.name, "domain": seller.domain}
        else:
            row["is_confidential"] = 1
        said["sellers"].append(row)
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _contacts(sheets: Sequence[Sheet]) -> list[str]:
    return list(dict.fromkeys(sheet.contact_email for sheet in sheets if sheet.contact_email))


def _hosts_below(root: str, sheets: Sequence[Sheet]) -> list[str]:
    """Where a title stands on a subdomain, crawlers only go when the root names it."""
    hosts = [urlsplit(sheet.base).hostname or "" for sheet in sheets]
    return sorted({host for host in hosts if host not in {root, f"www.{root}"}})
