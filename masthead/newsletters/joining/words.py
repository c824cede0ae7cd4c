"""What readers agree to when they join, word by word; it is kept with their consent."""

from django.utils.translation import gettext as _

from masthead.newsletters.models import Newsletter


def consent_what(newsletter: Newsletter) -> str:
    """As `readers.Consent.what` names it."""
    return f"newsletter:{newsletter.public_id}"


def join_words(*, name: str, promise: str, outlet: str) -> str:
    words = _("Send me “%(name)s” by %(outlet)s by e-mail: %(promise)s I can leave at any time.")
    return words % {"name": name, "outlet": outlet, "promise": _ended(promise)}


def leave_words(*, name: str) -> str:
    return _("Do not send me “%(name)s” any more.") % {"name": name}


def closed_words(*, name: str) -> str:
    return _("“%(name)s” is not sent any more.") % {"name": name}


def members_words(*, name: str) -> str:
    return _("“%(name)s” is for members whose plan includes it.") % {"name": name}


def ended_words(*, name: str) -> str:
    return _("“%(name)s” ended with the membership that included it.") % {"name": name}


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "…", "؟")) else f"{sentence}."
