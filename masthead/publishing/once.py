"""One form of a new article makes one article, however often and in whatever order it is posted."""

from uuid import UUID

from django.core.signing import BadSignature, Signer

from masthead.accounts.models import User
from masthead.articles.models import ArticlePage


def key_of(*, public_id: UUID, user: User) -> str:
    """What the form carries: the id its article will have, for nobody but whoever opened it."""
    return _signer(user).sign(public_id.hex)


def find_promised_id(*, key: str, user: User) -> UUID | None:
    """The id a form was opened with; None for a key that is missing or not of this person."""
    try:
        return UUID(_signer(user).unsign(key))
    except BadSignature:
        return None


def find_made(*, public_id: UUID) -> ArticlePage | None:
    """The article made of the form that carries this id. The database holds ids unique."""
    return ArticlePage.objects.filter(public_id=public_id).order_by("pk").first()


def _signer(user: User) -> Signer:
    return Signer(salt=f"masthead.new-article.{user.pk}")
