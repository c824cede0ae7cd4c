"""
What is wrong with lines of ads.txt and of sellers.json, before anybody else reads them.

Of the IAB Tech Lab's ads.txt 1.1: a record is DOMAIN, ACCOUNT, DIRECT or RESELLER and perhaps a
certification id; a variable is NAME=value; what follows # is a comment.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST_LINES, MOST_BYTES = 5_000, 500_000
_DOMAIN = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+\Z")
_ACCOUNT = re.compile(r"[^\s,;#=]{1,200}\Z")
_MARK = re.compile(r"[0-9a-f]{9,40}\Z")
_VARIABLE = re.compile(r"([A-Za-z]+)\s*=\s*(.*)\Z")
OURS = {"OWNERDOMAIN", "SUBDOMAIN"}  # the program says them itself
_DOMAINS = {"MANAGERDOMAIN", "INVENTORYPARTNERDOMAIN"}
_KINDS_OF_SELLERS = {"PUBLISHER", "INTERMEDIARY", "BOTH"}


@dataclass(frozen=True)
class Problem:
    """line: counted from 1. stops: it cannot be kept so."""

    line: int
    words: str
    stops: bool = True


@dataclass(frozen=True)
class Seller:
    """A line of ours for sellers.json: id, name, domain, type; the name left out is kept secret."""

    seller_id: str
    name: str
    domain: str
    kind: str


def lint_ads_txt(text: str) -> list[Problem]:
    """Lines for ads.txt or app-ads.txt; no Django needed but for its words."""
    if len(text.encode()) > MOST_BYTES or text.count("\n") > MOST_LINES:
        return [Problem(1, _("That is more than others read."))]
    found: list[Problem] = []
    seen: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        said = line.partition("#")[0].strip().lstrip("\ufeff")
        if not said:
            continue
        variable = _VARIABLE.match(said)
        if variable is not None and "," not in said.partition("=")[0]:
            found += _variable(number, variable[1].upper(), variable[2].strip())
            continue
        parts = tuple(part.strip() for part in said.split(","))
        found += _record(number, parts)
        key = tuple(part.lower() for part in parts[:3])
        if key in seen:
            words = _("The same as line %(line)s.") % {"line": seen[key]}
            found.append(Problem(number, words, stops=False))
        seen.setdefault(key, number)
    return found


def _record(number: int, parts: tuple[str, ...]) -> list[Problem]:
    if len(parts) not in {3, 4}:
        return [Problem(number, _("A line has three or four parts with commas between them."))]
    found = []
    if not _DOMAIN.match(parts[0].lower()):
        found.append(Problem(number, _("The first part has to be the ad system’s domain.")))
    if not _ACCOUNT.match(parts[1]):
        found.append(Problem(number, _("The second part has to be your account there.")))
    if parts[2].upper() not in {"DIRECT", "RESELLER"}:
        found.append(Problem(number, _("The third part has to be DIRECT or RESELLER.")))
    if len(parts) == 4 and not _MARK.match(parts[3].lower()):
        words = _("The fourth part is a certification id of small letters a–f and digits.")
        found.append(Problem(number, words, stops=False))
    return found


def _variable(number: int, name: str, value: str) -> list[Problem]:
    if name in OURS:
        return [Problem(number, _("%(name)s is written by the program.") % {"name": name})]
    if name == "CONTACT":
        return [] if value else [Problem(number, _("CONTACT says nothing."))]
    if name in _DOMAINS:
        domain = value.partition(",")[0].strip().lower()
        if _DOMAIN.match(domain):
            return []
        return [Problem(number, _("%(name)s has to name a domain.") % {"name": name})]
    return [Problem(number, _("Nobody knows the variable %(name)s.") % {"name": name})]


def read_sellers(text: str) -> tuple[list[Seller], list[Problem]]:
    """Lines of “id, name, domain, type”; an empty name keeps the seller confidential."""
    found: list[Seller] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        parts = [part.strip() for part in line.split(",")]
        if len(parts) != 4:
            problems.append(Problem(number, _("A line is: id, name, domain, type.")))
            continue
        seller = Seller(parts[0], parts[1], parts[2].lower(), parts[3].upper())
        problems += [Problem(number, words) for words in _wrong_with(seller, seen)]
        seen.add(seller.seller_id)
        found.append(seller)
    return found, problems


def _wrong_with(seller: Seller, seen: set[str]) -> list[str]:
    found = []
    if not _ACCOUNT.match(seller.seller_id):
        found.append(_("The id must not be empty and has no blanks."))
    if seller.seller_id in seen:
        found.append(_("This id stands there already."))
    if seller.kind not in _KINDS_OF_SELLERS:
        found.append(_("The type is PUBLISHER, INTERMEDIARY or BOTH."))
    if seller.name and not _DOMAIN.match(seller.domain):
        found.append(_("A seller with a name has a domain."))
    return found
