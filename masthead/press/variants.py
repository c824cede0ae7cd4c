"""
Classes of readers: a page is printed once for each, never for one person.

A class is a set of benefits. Which class a reader belongs to travels in a signed cookie, so that
the front door knows it without a database. Which there are stands with the door, which has to know
them without Django: `door.classes.CLASSES`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from masthead.press.door import classes
from masthead.press.shelf.changes import PUBLIC as PUBLIC_NAME
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


_variants = {
    name: Variant(name, frozenset(map(Benefit, benefits)))
    for name, benefits in classes.CLASSES.items()
}
PUBLIC = _variants[PUBLIC_NAME]


def find_variant(name: str) -> Variant | None:
    return _variants.get(name)


def variant_for(benefits: Iterable[Benefit]) -> Variant:
    """The class that has the most of these benefits and none beyond them."""
    have = frozenset(benefits)
    fitting = [each for each in _variants.values() if each.benefits <= have]
    return max(fitting, key=lambda each: (len(each.benefits), each.name))
