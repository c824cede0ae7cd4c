"""
The registry of annexes: pages that a feature has beside an outlet's own, for those who ask.

They are not in the shelf's ledger of addresses and nobody prints them beforehand; the first to ask
has them printed, and from then on they lie on the shelf as every page does.
"""

from dataclasses import dataclass

from masthead.outlets.sheet import Sheet


@dataclass(frozen=True)
class Annex:
    """
    prefix: of its paths below an outlet, e.g. "api/v1/"; no section or page may begin so.
    to_app: prefixes in it that the program answers anew each time.
    """

    prefix: str
    to_app: tuple[str, ...] = ()


_annexes: dict[str, Annex] = {}


def register_annex(annex: Annex) -> None:
    """Add one; call from `apps.ready()`. Raises ValueError for a prefix that is taken."""
    if annex.prefix in _annexes:
        raise ValueError(f"There is an annex at {annex.prefix} already.")
    _annexes[annex.prefix] = annex


def asked_for(sheet: Sheet) -> tuple[str, ...]:
    """Where an outlet's pages begin that are printed when somebody asks."""
    return tuple(sheet.url(each.prefix) for each in _annexes.values())


def answered_by_app(sheet: Sheet) -> tuple[str, ...]:
    return tuple(sheet.url(path) for each in _annexes.values() for path in each.to_app)
