"""Whether somebody who asks for ninjs is a partner of this outlet, by key or by signed address."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from masthead.api.addresses import NINJS, api_url
from masthead.api.models import Partner
from masthead.api.queries import find_partner_by_key
from masthead.api.signing import find_signer, signed_url
from masthead.outlets.sheet import Sheet

SCHEME = "bearer "


class NoKey(Exception):
    """Neither a good key nor a good signature (401); the text can be shown."""


class NotTheirs(Exception):
    """A partner, but not of this outlet (403); the text can be shown."""


@dataclass(frozen=True)
class Admitted:
    """signed_until: for whoever came by a signed address; further ones are good as long."""

    partner: Partner
    sheet: Sheet
    signed_until: datetime | None = None

    def link(self, *parts: object, **params: object) -> str:
        """The address of something else that this partner may fetch."""
        if self.signed_until is None:
            return api_url(self.sheet, "ninjs", *parts, **params)
        url = signed_url(
            sheet=self.sheet, parts=parts, partner=self.partner, until=self.signed_until
        )
        return url + "".join(f"&{name}={value}" for name, value in params.items())


def admit(request: HttpRequest, *, sheet: Sheet, at: datetime) -> Admitted:
    """Raises NoKey, NotTheirs. Two queries."""
    admitted = _by_key(request, sheet, at) or _by_signature(request, sheet, at)
    if admitted is None:
        raise NoKey(_("Send your key as “Authorization: Bearer …”, or use a signed address."))
    if not admitted.partner.outlets.filter(pk=sheet.id).exists():
        raise NotTheirs(_("Your key is not for this title."))
    return admitted


def _by_key(request: HttpRequest, sheet: Sheet, at: datetime) -> Admitted | None:
    said = request.headers.get("Authorization", "")
    if not said.lower().startswith(SCHEME):
        return None
    partner = find_partner_by_key(said[len(SCHEME) :].strip())
    is_good = partner is not None and partner.is_valid(at=at)
    return Admitted(partner, sheet) if partner is not None and is_good else None


def _by_signature(request: HttpRequest, sheet: Sheet, at: datetime) -> Admitted | None:
    given = {name: request.GET.get(name, "") for name in ("partner", "expires", "signature")}
    if not all(given.values()):
        return None
    path = request.path_info.lstrip("/").removeprefix(NINJS)
    found = find_signer(sheet=sheet, path=path, at=at, **given)
    return Admitted(found[0], sheet, found[1]) if found else None
