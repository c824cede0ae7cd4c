"""Authors who are not signed in: their comment waits until they have shown their address."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from masthead.comments.actions.posting import NotTaken
from masthead.comments.models import Comment
from masthead.outlets.sheet import Sheet
from masthead.readers.actions import find_or_add_reader
from masthead.readers.models import Reader


def read_author(*, email: str, name: str, at: datetime) -> Reader:
    """
    The reader with that address; made when new. Raises NotTaken for no address.

    The name is taken when they have none yet: whose address it is has not been shown.
    """
    email = email.strip()[:254]
    try:
        validate_email(email)
    except ValidationError as error:
        raise NotTaken(
            _("Please give your e-mail address, or sign in first."), reason="address"
        ) from error
    reader = find_or_add_reader(email=email, at=at)
    name = " ".join(name.split())[:80]
    if name and not reader.name and reader.proved_at is None:
        reader.name = name
        reader.save(update_fields=["name"])
    return reader


def ask_author_to_prove(*, comment: Comment, sheet: Sheet, at: datetime) -> None:
    """Send the mail by which the comment's author shows that the address is theirs."""
