"""The copies of an edition that stand, and whether readers may still read all that is in them."""

from masthead.newsletters.models import EditionCopy
from masthead.newsletters.queries import any_withdrawn, shown_in
from masthead.newsletters.sending.troubles import Outdated


class Standing:
    """
    As one sender knows them, from when it began.

    Rows may still name a copy that was printed anew since they were frozen, or were put off, or
    came back from being in doubt. What they get is the copy that stands in its place.
    """

    def __init__(self, edition_id: int) -> None:
        copies = EditionCopy.objects.filter(edition=edition_id).order_by("pk")
        rows = list(copies.values_list("pk", "variant", "replaced_at"))
        standing = {variant: pk for pk, variant, replaced_at in rows if replaced_at is None}
        self._instead = {
            pk: standing[variant]
            for pk, variant, replaced_at in rows
            if replaced_at is not None and variant in standing
        }
        self._shown = shown_in(standing.values())

    def instead_of(self, copy_id: int) -> int:
        return self._instead.get(copy_id, copy_id)

    def check(self) -> None:
        """One query of a few rows by their keys. Raises Outdated."""
        if any_withdrawn(self._shown):
            raise Outdated
