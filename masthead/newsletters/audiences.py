"""
For whom of a list an edition is: everybody, or a part that the readers' desk keeps.

What is kept is which part, and its name as it was then: the part's rules are asked anew when the
edition is frozen. A part that is kept no longer is never taken for everybody.
"""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from masthead.readers.models import Segment
from masthead.readers.segments import NoSuchRule, matching

Audience = dict[str, Any] | None


class NoSuchAudience(Exception):
    """The part of the readers is kept no longer; the text says so to a person."""


def choices(chosen: Audience) -> list[tuple[str, str]]:
    """
    (value, label): everybody first, then the parts by their names. One query.

    What is chosen stands among them also when it is kept no longer, so that no form takes that
    for everybody.
    """
    kept = {str(each.public_id): each.name for each in Segment.objects.order_by("name", "pk")}
    if chosen is not None and chosen["segment"] not in kept:
        kept[chosen["segment"]] = _("%(name)s (kept no longer)") % {"name": chosen["name"]}
    return [("", _("Everybody on the list")), *kept.items()]


def read_audience(value: str) -> Audience:
    """Of a value of `choices`, as it is kept. Raises NoSuchAudience."""
    if not value:
        return None
    try:
        found = Segment.objects.get(public_id=UUID(value))
    except (ValueError, Segment.DoesNotExist) as error:
        raise NoSuchAudience(_("This part of the readers is kept no longer.")) from error
    return {"segment": str(found.public_id), "name": found.name}


def value_of(audience: Audience) -> str:
    return str(audience["segment"]) if audience else ""


def name_of(audience: Audience) -> str:
    """As it was called when it was chosen; empty for everybody."""
    return str(audience["name"]) if audience else ""


def members_of(audience: dict[str, Any]) -> tuple[str, tuple[Any, ...]]:
    """A subquery of the readers in it, by their ids, and its values. Raises NoSuchAudience."""
    found = Segment.objects.filter(public_id=audience["segment"]).first()
    try:
        if found is None:
            raise NoSuchRule(audience["name"])
        inside = matching(found.rules).order_by().values("pk")
    except NoSuchRule as error:
        words = _("The part of the readers that it is for, “%(name)s”, is kept no longer.")
        raise NoSuchAudience(words % {"name": audience["name"]}) from error
    return inside.query.sql_with_params()
