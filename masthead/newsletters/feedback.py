"""What bounces, complaints and mails to leave mean for editions and lists."""

from django.db.models import Q
from django.utils.translation import gettext as _

from masthead.mail.feedback import Ledger
from masthead.mail.models import Feedback, State
from masthead.mail.verp import read_token
from masthead.newsletters.joining.actions import Said, leave
from masthead.newsletters.models import Delivery, Subscription

LEDGER = "d"
Kind = Feedback.Kind
ON_A_LIST = (Subscription.State.ACTIVE, Subscription.State.PAUSED)
THROUGH = {Kind.HARD: "bounce", Kind.COMPLAINT: "complaint", Kind.LEFT: "mail"}


def follow_feedback(feedback: Feedback) -> None:
    """
    A hard bounce or a complaint ends all subscriptions of the address, a mail to leave that of
    the newsletter it answers. In the transaction that writes the feedback down.
    """
    delivery = _delivery(feedback.about)
    if feedback.kind == Kind.HARD and delivery is not None:
        _came_back(delivery, feedback)
    if feedback.kind in THROUGH:
        _leave(feedback, delivery)


def _delivery(about: str) -> Delivery | None:
    ledger, _sep, row = about.partition(":")
    if ledger != LEDGER or not row.isdigit():
        return None
    found = Delivery.objects.filter(pk=int(row)).select_related("edition")
    return found.first()


def _came_back(delivery: Delivery, feedback: Feedback) -> None:
    """A server took it over and could not deliver it after all."""
    Delivery.objects.filter(
        pk=delivery.pk, state__in=[State.ACCEPTED, State.IN_DOUBT, State.CLAIMED]
    ).update(state=State.FAILED, answer=f"{feedback.code} {feedback.detail}".strip()[:300])


def _leave(feedback: Feedback, delivery: Delivery | None) -> None:
    reader_id = delivery.reader_id if delivery is not None else None
    whose = Q(reader_id=reader_id) if reader_id else Q(reader__email=feedback.address)
    lists = Subscription.objects.filter(whose, state__in=ON_A_LIST).select_related("newsletter")
    if feedback.kind == Kind.LEFT:
        if delivery is None:
            return
        lists = lists.filter(newsletter=delivery.edition.newsletter_id)
    for subscription in lists.order_by("pk"):
        _end(subscription, feedback, delivery)


def _end(subscription: Subscription, feedback: Feedback, delivery: Delivery | None) -> None:
    through = THROUGH[Kind(feedback.kind)]
    mine = delivery is not None and delivery.edition.newsletter_id == subscription.newsletter_id
    leave(
        subscription=subscription,
        through=through,
        said=Said("", through, feedback.came_at, words=_words(feedback)),
        edition=delivery.edition if delivery is not None and mine else None,
    )


def _words(feedback: Feedback) -> str:
    if feedback.kind == Kind.LEFT:
        return _("Asked by mail to get no more: “%(words)s”") % {"words": feedback.detail[:200]}
    if feedback.kind == Kind.HARD:
        return _("Mail to this address came back.")
    return _("Called an edition spam.")


def _address_of(row: int) -> str | None:
    found = Delivery.objects.filter(pk=row).exclude(address="")
    return found.values_list("address", flat=True).first()


def _row_of(name: str) -> int | None:
    """A Message-ID of an edition's copy begins with its token; services are told the token, too."""
    ledger, _sep, row = read_token(name.partition("@")[0]).partition(":")
    return int(row) if ledger == LEDGER else None


LEDGER_OF_DELIVERIES = Ledger(LEDGER, _address_of, _row_of)
