"""What authors are told: why a text was not taken, is held, or was refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from masthead.comments.models import Comment, Reason, State
from masthead.comments.pipeline.verdict import Verdict

TOLD: dict[str, str | Promise] = {
    "too-short": _("There is nothing to read in it yet. Write a little more."),
    "too-long": _("That is too long: at most 5,000 letters. Please make it shorter."),
    "closed": _("Comments on this article are closed."),
    "members-only": _("Only members can comment here."),
    "banned": _("You cannot comment here at the moment."),
    "flood": _("That is a lot in a short time. Please wait a little before you post again."),
    "slow": _("People take turns slowly here. Please wait a little before you post again."),
    "repeat": _("You have posted that already."),
    "too-many-links": _("There are too many links in it."),
    "late": _("It can no longer be changed."),
    "gone": _("What you answer is no longer there."),
    "away": _("This cannot be taken just now. Please try again in a moment."),
    "busy": _("Many people are posting at this moment. Please try again in a minute."),
}
# For moderators: why something is in the queue.
HELD: dict[str, str | Promise] = {
    "words": _("It has words from the list of suspect ones."),
    "links": _("It has links."),
    "new-author": _("It is one of the author’s first comments."),
    "refused-lately": _("Much of what the author wrote in the last days was refused."),
    "looks-like-spam": _("It is like what was refused before."),
    "looks-doubtful": _("It is somewhat like what was refused before."),
    "scorer-failed": _("The scorer did not answer."),
    "all-held": _("Here everything is held."),
    "reported": _("Readers reported it."),
    "illegal-notice": _("Somebody says that it is against the law."),
}


def what_became(comment: Comment) -> str:
    """To its author."""
    became = {
        State.APPROVED: _("Your comment is published."),
        State.HELD: _("Thank you. A moderator will look at your comment before others see it."),
        State.UNPROVED: _("Nearly done: we sent you a mail. Confirm your address with it."),
        State.REJECTED: _("Your comment was not published: it breaks the rules of this place."),
        State.REMOVED: _("Your comment was removed."),
    }
    return str(became.get(State(comment.state), _("Your comment is stored.")))


def told(verdict: Verdict) -> str:
    return str(TOLD.get(verdict.reason, TOLD["busy"]))


def why_held(reason: str) -> str:
    return str(HELD.get(reason, ""))


def why_refused(reason: str) -> str:
    found = dict(Reason.choices).get(reason)
    return str(found) if found else str(TOLD.get(reason, ""))


def why_decided(reason: str) -> str:
    """For the desk, of any decision: the sentence behind the word that is kept."""
    return why_refused(reason) or why_held(reason)
