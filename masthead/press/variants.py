"""
Classes of readers: a page is printed once for each, never for one person.

A class is a set of benefits. Which class a reader belongs to travels in a signed cookie, so that
the front door knows it without a database.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from masthead.readers.models import Benefit


@dataclass(frozen=True)
class Variant:
    """
    name: lower-case letters; part of the shelf's addresses.
    benefits: what pages of this class may show or leave out.
    """

    name: str
    benefits: frozenset[Benefit] = frozenset()

    @property
    def is_public(self) -> bool:
        """Whether its pages may lie in caches that everybody shares."""
        return not self.benefits

    def has(self, benefit: Benefit) -> bool:
        return benefit in self.benefits


PUBLIC = Variant("public")
_variants: dict[str, Variant] = {PUBLIC.name: PUBLIC}


def register_variant(variant: Variant) -> None:
    """Add a class; call from `apps.ready()`. Raises ValueError for a taken or impossible name."""
    if variant.name in _variants:
        raise ValueError(f"A class of readers named {variant.name} is registered already.")
    if not (variant.name.isascii() and variant.name.isalpha() and variant.name.islower()):
        raise ValueError("A class of readers is named by lower-case letters.")
    _variants[variant.name] = variant


def find_variant(name: str) -> Variant | None:
    return _variants.get(name)


def variant_for(benefits: Iterable[Benefit]) -> Variant:
    """The class that has the most of these benefits and none beyond them."""
    have = frozenset(benefits)
    fitting = [each for each in _variants.values() if each.benefits <= have]
    return max(fitting, key=lambda each: (len(each.benefits), each.name))
