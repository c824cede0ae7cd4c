"""Authors who are not signed in: their comment waits until they have shown their address."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from masthead.comments.actions.posting import NotTaken, prove_comment
from masthead.comments.models import Comment, Person, State
from masthead.comments.notices import note_choice
from masthead.comments.wording import what_became
from masthead.outlets.queries import find_sheet_of
from masthead.outlets.sheet import Sheet
from masthead.readers.addresses import NotAnAddress
from masthead.readers.intents import CannotBeDone, Done, Intent
from masthead.readers.models import Proof, Reader
from masthead.readers.proofs import ask_to_prove

POST = "comments.post"


def ask_author_to_prove(
    *, comment: Comment, email: str, sheet: Sheet, source: str, wants_replies: bool, at: datetime
) -> None:
    """
    Send the mail by which the comment's author shows that the address is theirs.

    It does not repeat the comment: whoever writes to a stranger's address has nothing carried
    there. Raises NotTaken for what is no address.
    """
    place = comment.thread.published
    words = _("Post my comment on “%(headline)s” (%(outlet)s).")
    intent = Intent(
        POST,
        words % {"headline": place.headline, "outlet": sheet.name},
        {"comment": str(comment.public_id), "replies": wants_replies},
    )
    try:
        ask_to_prove(
            email=email, intents=[intent], sheet=sheet, place=place.path, source=source, at=at
        )
    except NotAnAddress as error:
        raise NotTaken(str(error), reason="address") from error


def carry_post(*, reader: Reader, intent: Intent, proof: Proof, at: datetime) -> Done:
    """The comment is theirs now, and is judged as theirs."""
    found = Comment.objects.filter(public_id=intent.data["comment"])
    comment = found.select_related("thread__published", "outlet").first()
    sheet = find_sheet_of(outlet_id=comment.outlet_id) if comment is not None else None
    if comment is None or sheet is None:
        raise CannotBeDone(_("The comment is no longer there: it was not confirmed in time."))
    if comment.state == State.UNPROVED and comment.author_id is None:
        _make_theirs(comment, reader)
    if comment.author_id != reader.pk:
        raise CannotBeDone(_("The comment is somebody else’s."))
    if intent.data.get("replies"):
        note_choice(
            reader=reader, choice=Person.Notices.EACH, place=proof.place, proof="mail", at=at
        )
    comment = prove_comment(comment=comment, sheet=sheet, at=at)
    return Done(
        title=what_became(comment),
        url=comment.thread.published.path,
        link=_("To the article"),
    )


def _make_theirs(comment: Comment, reader: Reader) -> None:
    with transaction.atomic():
        if comment.byline and not reader.name:
            reader.name = comment.byline
            reader.save(update_fields=["name"])
        if Comment.objects.filter(author=reader, client_id=comment.client_id).exists():
            comment.client_id = ""
        comment.author, comment.byline = reader, ""
        comment.save(update_fields=["author", "byline", "client_id"])
