"""A shelf that follows a small network: what an act printed anew, whether anything is missed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from masthead.jobs.worker import run_due_jobs
from masthead.press.keeper import Keeper
from masthead.press.printing import NotForShelf, print_target
from masthead.press.shelf import Page, Shelf
from masthead.press.shelf.compressing import identity

Place = tuple[str, str, str]
SECRET = b"only for tests"


@dataclass
class Anew:
    """What an act did to the shelf, by path. gone: no longer there. came: not there before."""

    printed: set[str] = field(default_factory=set)
    came: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)


class Kept:
    """capture: pytest-django's, for what waits for a commit."""

    def __init__(self, folder: Path, capture: Callable[..., Any]) -> None:
        self.shelf = Shelf(folder / "shelf", secret=SECRET)
        self.keeper = Keeper(self.shelf)
        self.capture = capture

    def follow(self) -> None:
        self.keeper.catch_up()

    def also(self, *targets: str, variant: str = "public") -> None:
        """Have pages printed that nobody prints unasked, as a reader of them does."""
        for target in targets:
            self.keeper._print("127.0.0.1", target, variant)

    @contextmanager
    def an_act(self, *, jobs: bool = True) -> Iterator[Anew]:
        """jobs: whether what was left for later is done too."""
        before = self.files()
        anew = Anew()
        with self.capture(execute=True):
            yield anew
        if jobs:
            run_due_jobs()
        self.follow()
        after = self.files()
        anew.came = {_path(place) for place in after.keys() - before.keys()}
        anew.gone = {_path(place) for place in before.keys() - after.keys()}
        both = after.keys() & before.keys()
        anew.printed = {_path(place) for place in both if after[place] != before[place]}

    def files(self) -> dict[Place, str]:
        rows = self.shelf.ledger.connection().execute(
            "SELECT host, target, variant, file FROM page"
        )
        return {(host, target, variant): file for host, target, variant, file in rows}

    def outdated(self) -> dict[str, str]:
        """Pages that a fresh print would give otherwise: none, or something was missed."""
        found = {}
        for place in self.files():
            shelved, fresh = self.shelf.read(*place), _fresh(place)
            if shelved is None or fresh is None or _said(shelved) != _said(fresh):
                found[_path(place)] = _difference(shelved, fresh)
        return found

    def page(self, target: str, variant: str = "public") -> Page | None:
        return self.shelf.read("127.0.0.1", target, variant)

    def body(self, target: str, variant: str = "public") -> str:
        page = self.page(target, variant)
        assert page is not None, f"{target} is not on the shelf."
        return identity(page.bodies).decode()


def _fresh(place: Place) -> Page | None:
    host, target, variant = place
    try:
        return print_target(host=host, target=target, variant=variant)
    except NotForShelf:
        return None


def _said(page: Page) -> tuple[object, ...]:
    return page.status, page.headers, identity(page.bodies), page.keys, page.for_all


def _path(place: Place) -> str:
    _host, target, variant = place
    return target if variant == "public" else f"{target} ({variant})"


def _difference(shelved: Page | None, fresh: Page | None) -> str:
    if shelved is None or fresh is None:
        return "is there no more"
    old, new = (identity(page.bodies).decode() for page in (shelved, fresh))
    at = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
    keys = set(shelved.keys) ^ set(fresh.keys)
    return f"…{old[max(0, at - 60) : at + 60]}… / …{new[max(0, at - 60) : at + 60]}… {keys}"
