"""What can be granted: a benefit, or one of those that a benefit has several of, by its name."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from masthead.readers.models import Benefit, Entitlement, Reader

# (name, label) of each that can be granted now.
Several = Callable[[], list[tuple[str, str]]]
_several: dict[Benefit, Several] = {}


class Granted(NamedTuple):
    """named: which of several; empty where a benefit is only one."""

    benefit: Benefit
    named: str = ""

    @property
    def word(self) -> str:
        """As forms and plans keep it: “ad-free”, “newsletter:UUID”."""
        return f"{self.benefit.value}:{self.named}" if self.named else self.benefit.value


def read_granted(word: str) -> Granted:
    """Raises ValueError for what is no benefit."""
    benefit, _colon, named = word.partition(":")
    return Granted(Benefit(benefit), named)


def register_several(benefit: Benefit, several: Several) -> None:
    """Say which ones there are; call from `apps.ready()`. Raises ValueError when it is taken."""
    if benefit in _several:
        raise ValueError(f"Somebody says already which {benefit.value} there are.")
    _several[benefit] = several


def named_choices() -> list[tuple[str, str]]:
    """(word, label) of all of which there are several. A query each kind."""
    return [
        (Granted(benefit, named).word, label)
        for benefit, several in _several.items()
        for named, label in several()
    ]


def grants_of(granted: Granted, *, at: datetime) -> QuerySet[Entitlement]:
    """Those of any reader that are in force."""
    return Entitlement.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at),
        benefit=granted.benefit,
        named=granted.named,
        starts_at__lte=at,
    )


def has_granted(*, reader: Reader, granted: Granted, at: datetime) -> bool:
    """One query."""
    return grants_of(granted, at=at).filter(reader=reader).exists()
