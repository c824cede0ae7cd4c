"""Writes: comments of another system become ours, each once, with their threads and times."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote, urlsplit

from masthead.articles.models import PublishedArticle
from masthead.comments.bringing_in.brought import Bad, Brought
from masthead.comments.bringing_in.threads import take_over
from masthead.comments.bringing_in.waiting import Spool, Waiting
from masthead.comments.pipeline.phases import LONGEST
from masthead.comments.text import tidy
from masthead.core.sanitise import plain_lines
from masthead.outlets.models import Outlet

LONGEST_ID = 100


@dataclass
class Account:
    """
    What became of every comment of the file.

    without_article: how many of each address that is none of ours. again: here already.
    """

    read: int = 0
    brought: int = 0
    again: int = 0
    empty: int = 0
    bad: list[Bad] = field(default_factory=list)
    without_article: Counter[str] = field(default_factory=Counter)
    orphans: int = 0  # whose parent is not in the file: they stand as beginnings

    @property
    def accounts_for_all(self) -> bool:
        left_out = self.again + self.empty + len(self.bad) + sum(self.without_article.values())
        return self.read == self.brought + left_out


def bring_in(
    rows: Iterable[Brought | Bad], *, source: str, outlet: Outlet, at: datetime
) -> Account:
    """
    Take over the comments of an export; repeatable, each is taken once.

    Everything is read first; then each thread is taken over in one write transaction, with who
    answers whom, counts, records and pages. So it can be stopped anywhere, also killed: what is
    here is whole, and run again it ends as if it had run once. A record that cannot be read is
    told and left out; a file that breaks off (BadExport) changes nothing.

    Articles are found by the path of their address, else by its last part where only one article
    of the outlet ends so. Texts are taken as words; links in them become our own. People with an
    address become readers who have not shown yet that it is theirs; nobody is written to.
    """
    account, places = Account(), _Places(outlet)
    with Spool() as spool:
        for each in rows:
            account.read += 1
            _put_by(each, spool, places, account)
        for place in spool.places():
            taken = take_over(spool.of(place), place=place, source=source, at=at)
            account.brought += taken.brought
            account.again += taken.again
            account.orphans += taken.orphans
    return account


def _put_by(each: Brought | Bad, spool: Spool, places: "_Places", account: Account) -> None:
    if isinstance(each, Bad):
        account.bad.append(each)
        return
    place = places.find(each.link)
    text = tidy(plain_lines(each.html))[:LONGEST]
    if place is None:
        account.without_article[each.link[:200]] += 1
        return
    if not text:
        account.empty += 1
        return
    waiting = Waiting(
        id=tidy(each.id)[:LONGEST_ID],
        parent=tidy(each.parent)[:LONGEST_ID],
        name=" ".join(tidy(each.name).split())[:80],
        email=each.email,
        at=each.at,
        text=text,
        state=each.state,
    )
    account.again += not spool.add(place, waiting)


class _Places:
    """The outlet's articles by what stood in the other system's addresses."""

    def __init__(self, outlet: Outlet) -> None:
        rows = PublishedArticle.objects.filter(outlet=outlet).values_list("pk", "path")
        self._by_path = {path: pk for pk, path in rows}
        ends = Counter(path.rstrip("/").rpartition("/")[2] for path in self._by_path)
        self._by_end = {
            end: pk
            for path, pk in self._by_path.items()
            if ends[end := path.rstrip("/").rpartition("/")[2]] == 1
        }

    def find(self, link: str) -> int | None:
        path = unquote(urlsplit(link).path).strip("/")
        if not path:
            return None
        return self._by_path.get(f"{path}/") or self._by_end.get(path.rpartition("/")[2])
