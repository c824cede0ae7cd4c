"""One recipient's mail, from the edition's copy and what differs."""

from django.utils import translation
from django.utils.translation import gettext

from masthead.mail.senders import domain_of
from masthead.mail.transport import Mail
from masthead.mail.verp import plain_sender, return_path_of, token
from masthead.newsletters.joining.links import for_delivery
from masthead.newsletters.models import EditionCopy
from masthead.newsletters.sending.claims import Claim
from masthead.newsletters.splicing import splice
from masthead.outlets.sheet import Sheet

LEDGER = "d"


def message_id(delivery_id: int) -> str:
    """Without angle brackets. The same at each try, so that a server's log can be asked for it."""
    return f"{token(LEDGER, delivery_id)}@{domain_of(plain_sender())}"


class Messages:
    """Prepares the mails of one edition; holds its copies, and nothing of a recipient."""

    def __init__(self, edition_id: int, sheet: Sheet) -> None:
        self.sheet = sheet
        self.domain = domain_of(plain_sender())
        copies = EditionCopy.objects.filter(edition=edition_id, replaced_at=None)
        self.parts = {pk: bytes(parts) for pk, parts in copies.values_list("pk", "parts")}
        with translation.override(sheet.language):
            self.greeting = gettext("Hello %(name)s,")

    def mail(self, claim: Claim) -> Mail:
        """Some ten microseconds. Raises CannotSplice."""
        links = for_delivery(delivery_id=claim.id, sheet=self.sheet)
        mark = token(LEDGER, claim.id)
        fields = {
            "TO": claim.address.encode(),
            "MESSAGE-ID": f"{mark}@{self.domain}".encode(),
            "DELIVERY": mark.encode(),
            "PREFERENCES": links.preferences.encode(),
            "LEAVE": links.leave.encode(),
            "GREETING": self._greeting(claim.name).encode(),
        }
        data = splice(self.parts[claim.copy_id], fields)
        return Mail(return_path_of(mark), claim.address, data, key=mark)

    def _greeting(self, name: str) -> str:
        plain = " ".join(name.split())
        return self.greeting % {"name": plain} if plain.isprintable() and plain else ""
