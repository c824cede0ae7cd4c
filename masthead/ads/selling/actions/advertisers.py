"""Who advertises."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from masthead.accounts.models import User
from masthead.ads.models import Advertiser, Campaign, Flight
from masthead.ads.selling.actions.telling import note, refuse_strangers, tell_pages
from masthead.ads.selling.refusals import AdsRefusal


def make_advertiser(
    *,
    name: str,
    by: User | None,
    category: str = "",
    email: str = "",
    address: str = "",
    tax_id: str = "",
    website: str = "",
    note_for_desk: str = "",
) -> Advertiser:
    """by: None for an import. Raises AdsRefusal, NotAllowed."""
    refuse_strangers(by)
    advertiser = Advertiser(
        name=" ".join(name.split()),
        category=category,
        email=email,
        address=address.strip(),
        tax_id=tax_id.strip(),
        website=website,
        note=note_for_desk,
    )
    _check(advertiser)
    with transaction.atomic():
        advertiser.save()
        note(advertiser, "advertiser.make", by=by)
    return advertiser


def change_advertiser(
    *, advertiser: Advertiser, by: User | None, at: datetime, **fields: Any
) -> None:
    """
    fields: name, category, email, address, tax_id, website, note.

    Raises AdsRefusal, NotAllowed.
    """
    refuse_strangers(by)
    trade = Advertiser.objects.values_list("category", flat=True).get(pk=advertiser.pk)
    for field, value in fields.items():
        setattr(advertiser, field, value)
    _check(advertiser)
    with transaction.atomic():
        advertiser.save()
        if trade != advertiser.category:
            booked = Flight.objects.filter(campaign__state=Campaign.State.BOOKED)
            tell_pages(flights=booked.filter(campaign__advertiser=advertiser), at=at)
        note(advertiser, "advertiser.change", by=by)


def _check(advertiser: Advertiser) -> None:
    try:
        advertiser.full_clean(exclude=["public_id"])
    except ValidationError as error:
        raise AdsRefusal(_said(error)) from error
    if advertiser.website and not advertiser.website.startswith(("https://", "http://")):
        raise AdsRefusal(_("The website has to be a web address."))


def _said(error: ValidationError) -> str:
    """The first of what is wrong, with the name of its field."""
    field, messages = next(iter(error.message_dict.items()))
    known = {each.name for each in Advertiser._meta.get_fields()}
    if field not in known:
        return str(messages[0])
    return f"{Advertiser._meta.get_field(field).verbose_name}: {messages[0]}"  # type: ignore[union-attr]
