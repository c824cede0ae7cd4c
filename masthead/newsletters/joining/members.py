"""Newsletters that are a benefit: who may be on them, and who leaves when it has ended."""

from datetime import datetime

from django.utils.translation import gettext as _

from masthead.newsletters.joining.actions import Said, leave
from masthead.newsletters.joining.words import ended_words
from masthead.newsletters.models import Newsletter, Subscription
from masthead.newsletters.rules import granted_by
from masthead.readers.benefits import grants_of


def for_members() -> list[tuple[str, str]]:
    """What plans can grant: (name of the grant, label)."""
    found = Newsletter.objects.filter(for_members=True, closed_at=None).select_related("outlet")
    words = _("Newsletter “%(name)s” of %(outlet)s")
    return [
        (str(each.public_id), words % {"name": each.name, "outlet": each.outlet.title})
        for each in found.order_by("outlet__path", "order", "pk")
    ]


def leave_ended(*, at: datetime) -> int:
    """
    Whoever is on a members' newsletter without a grant in force leaves it. Answers how many.

    Until this has run they are on the list and get no copy all the same: see `sending.freezing`.
    """
    left = 0
    for newsletter in Newsletter.objects.filter(for_members=True).order_by("pk"):
        members = grants_of(granted_by(newsletter), at=at)
        without = Subscription.objects.filter(newsletter=newsletter).exclude(
            state=Subscription.State.LEFT
        )
        said = Said("", "membership", at, words=ended_words(name=newsletter.name))
        others = without.exclude(reader__in=members.values("reader"))
        for each in others.select_related("newsletter", "reader").order_by("pk"):
            left += leave(subscription=each, through="membership", said=said)
    return left
