"""What this app and those below it hold of a reader."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry

from masthead.accounts.models import Assignment, User
from masthead.accounts.sessions import end_sessions as end_all_sessions
from masthead.mail.models import Feedback, Letter, Suppression
from masthead.readers.former import addresses_of, went_to
from masthead.readers.holdings import Holding, register_holding
from masthead.readers.models import Import, Proof, Reader, SignedIn
from masthead.readers.signing_in import end_sessions

Rows = list[dict[str, Any]]


def register() -> None:
    for name, label, export, erase, order in (
        ("reader", _("You"), _reader, None, 10),
        ("consents", _("What you agreed to"), _consents, None, 20),
        ("benefits", _("What you may have"), _benefits, None, 30),
        ("notes", _("Notes of the newsroom"), _notes, None, 40),
        ("letters", _("Mails to you"), _letters, _erase_letters, 50),
        ("mail", _("What is known of your mailbox"), _mailbox, _erase_mailbox, 60),
        ("questions", _("Confirmations that were asked for"), _proofs, _erase_proofs, 70),
        ("sessions", _("Where you are signed in"), _sessions, _erase_sessions, 80),
        ("account", _("Your way in"), _account, _erase_account, 900),
    ):
        register_holding(Holding(name, label, export, erase, order))


def _rows(found: "QuerySet[Any]", *names: str) -> Rows:
    return list(found.order_by("pk").values(*names))


def _reader(reader: Reader) -> Rows:
    return [
        {
            "email": reader.email,
            "former_addresses": [each.address for each in reader.former_addresses.order_by("pk")],
            "name": reader.name,
            "joined_at": reader.joined_at,
            "proved_at": reader.proved_at,
            "labels": list(reader.labels.order_by("name").values_list("name", flat=True)),
        }
    ]


def _consents(reader: Reader) -> Rows:
    names = ("at", "what", "given", "words", "place", "proof", "detail", "outlet__title")
    return _rows(reader.consents.all(), *names)


def _benefits(reader: Reader) -> Rows:
    return _rows(reader.entitlements.all(), "benefit", "named", "source", "starts_at", "ends_at")


def _notes(reader: Reader) -> Rows:
    return _rows(reader.notes.all(), "at", "text")


def _letters(reader: Reader) -> Rows:
    sent = Letter.objects.filter(went_to(reader, at="made_at"))
    return _rows(sent, "address", "made_at", "kind", "subject", "state", "over_at")


def _erase_letters(reader: Reader, _at: datetime) -> None:
    Letter.objects.filter(went_to(reader, at="made_at")).delete()


def _mailbox(reader: Reader) -> Rows:
    came = Feedback.objects.filter(went_to(reader, at="came_at"))
    shut = Suppression.objects.filter(address__in=addresses_of(reader))
    return [
        *_rows(came, "address", "came_at", "kind", "code", "detail"),
        *_rows(shut, "address", "since", "reach", "reason", "detail"),
    ]


def _erase_mailbox(reader: Reader, _at: datetime) -> None:
    Feedback.objects.filter(went_to(reader, at="came_at")).update(address="", detail="")
    Suppression.objects.filter(address__in=addresses_of(reader)).delete()


def _proofs(reader: Reader) -> Rows:
    asked = Proof.objects.filter(went_to(reader, at="asked_at"))
    return _rows(asked, "asked_at", "kind", "intents", "place", "used_at")


def _erase_proofs(reader: Reader, _at: datetime) -> None:
    Proof.objects.filter(went_to(reader, at="asked_at") | Q(reader=reader)).delete()
    mine = addresses_of(reader)
    for brought in Import.objects.order_by("pk"):
        lines = [[n, "" if a in mine else a, what] for n, a, what in brought.lines]
        if lines != brought.lines:
            Import.objects.filter(pk=brought.pk).update(lines=lines)


def _sessions(reader: Reader) -> Rows:
    return _rows(reader.sessions.all(), "since", "host", "device", "through", "ends_at")


def _erase_sessions(reader: Reader, _at: datetime) -> None:
    end_sessions(SignedIn.objects.filter(reader=reader))


def _account(reader: Reader) -> Rows:
    if reader.user is None:
        return []
    keys = Authenticator.objects.filter(user=reader.user, type=Authenticator.Type.WEBAUTHN)
    return [
        {
            "email": reader.user.email,
            "last_login": reader.user.last_login,
            "passkeys": [key.wrap().name for key in keys.order_by("pk")],
        }
    ]


def _erase_account(reader: Reader, _at: datetime) -> None:
    """The desk's log keeps what was done, not to whom; staff keep the account they work with."""
    about = ContentType.objects.get_for_model(Reader)
    entries = ModelLogEntry.objects.filter(content_type=about, object_id=str(reader.pk))
    entries.update(label="")
    user = reader.user
    if user is not None and not is_staff(user):
        end_all_sessions(user=user)
        user.delete()


def is_staff(user: User) -> bool:
    return user.is_superuser or Assignment.objects.filter(user=user).exists()
