"""The copies of an edition, printed when it is about to be frozen."""

import logging
from datetime import datetime

from django.utils.translation import gettext

from masthead.newsletters.models import Edition, EditionCopy
from masthead.newsletters.sending.troubles import Trouble

log = logging.getLogger(__name__)


def copies_of(edition: Edition, *, at: datetime) -> dict[str, EditionCopy]:
    """By class of readers. Raises Trouble when it cannot be printed."""
    from masthead.newsletters.printing.copies import NothingToPrint, print_copies

    try:
        copies = print_copies(edition, at)
    except NothingToPrint:
        raise Trouble(gettext("There is nothing in this edition to send.")) from None
    except Exception as error:
        log.exception("Edition %s could not be printed.", edition.pk)
        said = gettext("It could not be printed: %(error)s") % {"error": error}
        raise Trouble(said) from error
    return {copy.variant: copy for copy in copies}
