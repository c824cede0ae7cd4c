"""One form of a new page makes one page, however often and in whatever order it is posted."""

from uuid import UUID

from django.core.signing import BadSignature, Signer
from wagtail.models import Page

from masthead.accounts.models import User


def key_of(*, public_id: UUID, user: User) -> str:
    """What the form carries: the id its page will have, for nobody but whoever opened it."""
    return _signer(user).sign(public_id.hex)


def find_promised_id(*, key: str, user: User) -> UUID | None:
    """The id a form was opened with; None for a key that is missing or not of this person."""
    try:
        return UUID(_signer(user).unsign(key))
    except BadSignature:
        return None


def find_made(*, model: type[Page], public_id: UUID) -> Page | None:
    """The page made of the form that carries this id. The database holds ids unique."""
    found: Page | None = model._default_manager.filter(public_id=public_id).order_by("pk").first()
    return found


def _signer(user: User) -> Signer:
    return Signer(salt=f"masthead.new-article.{user.pk}")
