"""How names are printed: one, and several in a row. The only place that joins them."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def printed_name(name: str, post_nominals: str) -> str:
    """The name as printed, e.g. “Tomas Lindqvist, PhD”, in the language in force."""
    return f"{name}{pgettext('between names', ', ')}{post_nominals}" if post_nominals else name


def joints(names: Sequence[str]) -> list[str]:
    """What stands after each of some printed names: a comma, “and”, after the last one nothing."""
    if not names:
        return []
    # The sentence that translators have, with nothing in it: what they put between two names.
    last = _("%(names)s and %(last)s") % {"names": "", "last": ""}
    return [*(_comma_after(name) for name in names[:-2]), *([last] if names[1:] else []), ""]


def _comma_after(name: str) -> str:
    """A name with a comma in it would run into the next one: “A, PhD; B and C”."""
    comma = pgettext("between names", ", ")
    return pgettext("between names", "; ") if comma in name else comma


def byline_text(names: Sequence[str]) -> str:
    """“A”, “A and B”, “A, B and C”, in the language in force."""
    return "".join(name + joint for name, joint in zip(names, joints(names), strict=True))
