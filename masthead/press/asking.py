"""All that a reader's page may depend on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from masthead.articles.queries import Place
from masthead.changes.shown import asks_class
from masthead.outlets.sheet import Sheet
from masthead.press.variants import PUBLIC, Variant
from masthead.readers.models import Benefit


class ReaderClass:
    """
    What a page may know of its readers: what their class may have, and nothing of one of them.

    A page that asks is printed for each class; one that never does is printed once for all. So ask
    only where the answer matters: of a members' article, not of every article. A piece that is kept
    from one page to the next must not ask: the next page would not notice.
    """

    __slots__ = ("_variant",)

    def __init__(self, variant: Variant) -> None:
        self._variant = variant

    def has(self, benefit: Benefit) -> bool:
        asks_class()
        return self._variant.has(benefit)


@dataclass(frozen=True)
class Asking:
    """
    A request without whoever asks: no session, cookie or header can be seen from here.

    variant: for the page's headers and its place on the shelf; what is on a page asks `reader`.
    params: only those that the address takes; empty ones are left out.
    """

    sheet: Sheet
    at: datetime
    variant: Variant = PUBLIC
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def reader(self) -> ReaderClass:
        return ReaderClass(self.variant)

    def place(self, name: str) -> Place | None:
        return Place.read(self.params.get(name, ""))
