"""
`python -m benchmarks.press.archive`: the shelf of a large archive, as printing would leave it.

Printing a hundred thousand pages takes two cores six minutes. The filler's articles repeat after
PERIOD of them but for their numbers; so each page here is a printed one of the same section, author
and topic, with the numbers of its own address in its keys. What one would read on it is that other
article's, so no run asks for one of these.
"""

import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from masthead.press.shelf import Page, Shelf

PERIOD = 120  # of five busy sections, eight authors and twelve topics
AT_ONCE = 500  # pages in one write to the ledger
NUMBER = re.compile(r"part-(\d+)/\Z")
OF_ARTICLE = re.compile(r"([acr]|s\d+\.)(\d+)\Z")  # keys that name articles: `changes.keys`
OF_ADDRESS = re.compile(r"h\d+\Z")


def lay_out(*, host: str, outlet: str) -> int:
    """
    Pages for all articles of the filler that have none; how many. What was printed is stale then.

    Raises ValueError when there is no printed page to be like.
    """
    from masthead.changes.queries import newest_number
    from masthead.press.keeper import Keeper
    from masthead.press.own_shelf import own_shelf

    shelf = own_shelf()
    # The filler writes tables without a word to the log of changes.
    shelf.doubt_everything(time.time())
    shelf.set_edition("")
    Keeper(shelf, fill=False).prepare()
    seen, at = newest_number(), time.time()
    rows = _filled(outlet)
    printed = {target for _, _, target in rows if shelf.state(host, target, "public")}
    like: dict[int, tuple[int, Page]] = {}
    for article, _, target in rows:
        if target in printed and (page := shelf.read(host, target, "public")) is not None:
            like[_number(target) % PERIOD] = article, page  # the latest of its kind

    def pages() -> Iterator["Page"]:
        for article, row, target in rows:
            if target in printed:
                continue
            if (found := like.get(_number(target) % PERIOD)) is None:
                raise ValueError(f"No page is there that {target} could be like.")
            other, page = found
            moved = moved_by(article - other, row=row)
            keys = tuple(sorted(map(moved, page.keys)))
            own = {"target": target, "etag": f"{row:032x}", "keys": keys}
            yield replace(page, **own, seen=seen, printed_at=at)

    return _shelve(shelf, pages())


def moved_by(articles: int, *, row: int) -> Callable[[str], str]:
    """From the keys of one article's page to those of another's, so many articles later."""

    def moved(key: str) -> str:
        if found := OF_ARTICLE.match(key):
            return f"{found[1]}{int(found[2]) + articles}"
        return f"h{row}" if OF_ADDRESS.match(key) else key

    return moved


def _filled(outlet: str) -> Sequence[tuple[int, int, str]]:
    """Article, row and target of each, in the order of their numbers."""
    from masthead.articles.models import PublishedArticle

    articles = PublishedArticle.objects.filter(outlet__slug=outlet).order_by("pk")
    rows = articles.values_list("article_id", "pk", "path")
    return [(article, row, f"/{outlet}/{path}") for article, row, path in rows if _is_filled(path)]


def _is_filled(path: str) -> bool:
    return NUMBER.search(path) is not None


def _number(target: str) -> int:
    found = NUMBER.search(target)
    assert found is not None
    return int(found[1])


def _shelve(shelf: "Shelf", pages: Iterator["Page"]) -> int:
    """As `Shelf.put` does it one by one."""
    from masthead.press.shelf.container import pack
    from masthead.press.shelf.files import page_name, write_whole
    from masthead.press.shelf.printing import enter

    count = 0
    while some := list(islice(pages, AT_ONCE)):
        files = []
        for page in some:
            data = pack(page, secret=shelf.secret)
            name = page_name(page.host, page.target, page.variant)
            write_whole(shelf.pages / name, data, lasting=False)
            files.append((page, name, len(data)))
        with shelf.ledger.writing(lasting=False) as connection:
            for page, name, size in files:
                enter(connection, page, file=name, size=size, mirrored=False)
        count += len(some)
    return count


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masthead.conf.settings")
    import django

    django.setup()
    from benchmarks.press.stage import HOST, OUTLET
    from masthead.core.collecting import collect_seldom

    collect_seldom()
    lay_out(host=HOST, outlet=OUTLET)
