"""All that a reader's page may depend on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from masthead.articles.queries import Place
from masthead.outlets.sheet import Sheet
from masthead.press.variants import PUBLIC, Variant


@dataclass(frozen=True)
class Asking:
    """
    A request without whoever asks: no session, cookie or header can be seen from here.

    params: only those that the address takes; empty ones are left out.
    """

    sheet: Sheet
    at: datetime
    variant: Variant = PUBLIC
    params: Mapping[str, str] = field(default_factory=dict)

    def place(self, name: str) -> Place | None:
        return Place.read(self.params.get(name, ""))
