"""
Whether a person followed a link, or a machine that looks at every link of a mail.

Judged by what a request says of itself, and by how the same client went about the other links of
the copy within a minute. A client is known for that minute only, by a number that means nothing
outside of this process.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

# Nobody reads so fast; mail filters look at a mail the moment it comes in.
FIRST = timedelta(seconds=30)
# One client, many links of one copy, in so short a time: it opens all of them.
AT_ONCE = timedelta(seconds=20)
MANY = 8
MOST_OF_THEM = 0.8

_NAMED = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|scan|monitor|check|fetch|proxy|validator|archiv|"
    r"headless|phantom|puppeteer|playwright|selenium|lighthouse|"
    r"curl|wget|python|aiohttp|httpx|go-http|java/|okhttp|axios|node|ruby|perl|libwww|php|guzzle|"
    r"apache-http|dart|rust|reqwest|winhttp|powershell|postman|insomnia|"
    r"barracuda|proofpoint|mimecast|ironport|fireeye|trend ?micro|symantec|messagelabs|sophos|"
    r"forcepoint|zscaler|cloudmark|safelinks|office existence|ms-office|ms web services|"
    r"microsoft url control|google-?imageproxy|yahoomailproxy|feedfetcher|facebookexternalhit|"
    r"whatsapp|telegram|slack|discord|skype|embedly|expanse|censys|nmap|masscan",
    re.IGNORECASE,
)
_BROWSER = re.compile(r"(Chrome|Firefox|Edg|CriOS|FxiOS|EdgiOS|SamsungBrowser|Version)/(\d+)")
# From these versions on a browser says of each request what it is for.
_SAYS_MODE_FROM = {"Chrome": 80, "Edg": 80, "Firefox": 90, "SamsungBrowser": 13, "Version": 17}
# Long out of use by people, still what many filters call themselves.
_TOO_OLD = {"Chrome": 60, "Firefox": 60, "Edg": 79}


@dataclass(frozen=True)
class Asked:
    """What a request said of itself. Kept by nobody."""

    method: str = "GET"
    agent: str = ""
    language: str = ""
    mode: str = ""  # Sec-Fetch-Mode
    purpose: str = ""  # Sec-Purpose, Purpose or X-Moz


@dataclass(frozen=True)
class Click:
    """client: the same number for the same client within this process and minute."""

    copy_id: int
    article_id: int
    client: int
    at: datetime
    is_machine: bool = False


@dataclass(frozen=True)
class CopySent:
    """How many articles a copy has, and since when it is sent."""

    articles: int
    since: datetime | None


def is_machine(asked: Asked) -> bool:
    """By one request alone."""
    if asked.method != "GET" or asked.purpose:
        return True
    if not asked.agent.startswith("Mozilla/5.0") or _NAMED.search(asked.agent):
        return True
    if not asked.language:
        return True
    known = dict(_BROWSER.findall(asked.agent))
    if any(int(known[name]) < least for name, least in _TOO_OLD.items() if name in known):
        return True
    says_mode = any(
        int(known[name]) >= least for name, least in _SAYS_MODE_FROM.items() if name in known
    )
    return asked.mode != "navigate" if says_mode else asked.mode not in {"", "navigate"}


def told_apart(
    clicks: Sequence[Click], *, copies: Mapping[int, CopySent]
) -> Iterator[tuple[Click, bool]]:
    """Each click and whether it was a machine's, judged together with the others."""
    clients: dict[tuple[int, int], list[Click]] = defaultdict(list)
    for click in clicks:
        clients[click.copy_id, click.client].append(click)
    for (copy_id, _client), own in clients.items():
        sent = copies.get(copy_id, CopySent(0, None))
        opens_all = _opens_all(own, articles=sent.articles)
        is_named = any(click.is_machine for click in own)
        for click in own:
            yield click, opens_all or is_named or _is_too_soon(click, sent)


def _is_too_soon(click: Click, sent: CopySent) -> bool:
    return sent.since is not None and click.at < sent.since + FIRST


def _opens_all(clicks: Iterable[Click], *, articles: int) -> bool:
    """So many different links at once that nobody can have read the mail between them."""
    ordered = sorted(clicks, key=lambda click: click.at)
    wanted = min(MANY, max(4, round(articles * MOST_OF_THEM)))
    for first in ordered:
        until = first.at + AT_ONCE
        opened = {each.article_id for each in ordered if first.at <= each.at <= until}
        if len(opened) >= wanted:
            return True
    return False
