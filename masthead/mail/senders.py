"""Who a mail says it is from: the outlet's name, and an address that its DNS vouches for."""

from dataclasses import dataclass

from django.conf import settings

from masthead.mail.verp import plain_sender
from masthead.outlets.queries import find_sheet
from masthead.outlets.sheet import Sheet


@dataclass(frozen=True)
class Sender:
    """`outlet_id` None: the network. `address` empty: that of the setting `mail_from`."""

    name: str
    outlet_id: int | None = None
    reply_to: str = ""
    address: str = ""


def sender_of(sheet: Sheet, *, reply_to: str = "") -> Sender:
    """The outlet by its name, from its own address where the operator has set one."""
    return Sender(sheet.name, sheet.id, reply_to, address_of(sheet.slug))


def address_of(slug: str) -> str:
    """
    From which address an outlet writes: `mail_senders`, else `mail_from`.

    The operator's to set and not the desk's: only addresses whose DNS names our server arrive.
    """
    return str(settings.MAIL_SENDERS.get(slug) or plain_sender())


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].strip("<> ").lower()


def unknown_senders() -> list[str]:
    """Slugs in `mail_senders` that no outlet has."""
    return [slug for slug in settings.MAIL_SENDERS if find_sheet(slug=slug) is None]
