"""What a confirmed address gets to do with newsletters."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from masthead.newsletters.joining.actions import NotOffered, Said, join
from masthead.newsletters.joining.offered import Offered
from masthead.newsletters.joining.queries import next_due
from masthead.newsletters.joining.words import join_words
from masthead.newsletters.models import Newsletter
from masthead.readers.intents import CannotBeDone, Done, Intent
from masthead.readers.models import Proof, Reader
from masthead.readers.preferences import preferences_path

JOIN = "newsletters.join"


def join_intent(offered: Offered, *, outlet: str) -> Intent:
    """From a newsletter as the sheet offers it."""
    words = join_words(name=offered.name, promise=offered.promise, outlet=outlet)
    return Intent(JOIN, words, {"newsletter": offered.id})


def carry_join(*, reader: Reader, intent: Intent, proof: Proof, at: datetime) -> Done:
    found = Newsletter.objects.filter(public_id=intent.data["newsletter"]).select_related("outlet")
    newsletter = found.first()
    if newsletter is None:
        raise CannotBeDone(_("That newsletter is not sent any more."))
    said = Said(proof.place, "mail", at, words=intent.words, detail=str(proof.public_id))
    try:
        join(reader=reader, newsletter=newsletter, said=said)
    except NotOffered as closed:
        raise CannotBeDone(str(closed)) from closed
    return Done(
        title=_("You get “%(name)s” from now on.") % {"name": newsletter.name},
        text=_when(newsletter, at),
        url=preferences_path(reader),
        link=_("Change what you get"),
    )


def _when(newsletter: Newsletter, at: datetime) -> str:
    due = next_due(newsletter, at=at)
    if due is None:
        return _("It comes when there is something to say.")
    hour = date_format(due, pgettext("time of day", "g:i A")).lower()
    shown = {"day": date_format(due, "l"), "hour": hour}
    return _("The next one comes on %(day)s at %(hour)s.") % shown
