"""What single mails are about: the desk's words for it, and whether their reader asked for them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from masthead.mail.models import Reach, Suppression

STAFF = "accounts."  # begins the kinds of mail that lets somebody into the desk


@dataclass(frozen=True)
class LetterKind:
    """
    name: `Letter.kind`, e.g. "readers.confirm". asked_for: the answer to what its reader did just
    now; such a letter still goes to somebody who wants no newsletters.
    """

    name: str
    label: str | Promise | Callable[[], str]
    asked_for: bool = True


_kinds: dict[str, LetterKind] = {}


def register_letter_kind(kind: LetterKind) -> None:
    """Refuses a name that is taken with ValueError."""
    if kind.name in _kinds:
        raise ValueError(f"Letters of the kind “{kind.name}” are registered already.")
    _kinds[kind.name] = kind


def label_of(name: str) -> str:
    """The desk's word; a kind that nobody registered is called by its name."""
    kind = _kinds.get(name)
    if kind is None:
        return name
    return str(kind.label() if callable(kind.label) else kind.label)


def is_stopped(kind: str, address: str) -> bool:
    """Whether a letter of this kind may not go to this address. One query."""
    known = _kinds.get(kind)
    stopping = Suppression.objects.filter(address=address.strip().lower())
    if known is None or known.asked_for:
        stopping = stopping.filter(reach=Reach.ALL)
    return stopping.exists()


register_letter_kind(LetterKind(f"{STAFF}mail", _("Mail to staff")))
