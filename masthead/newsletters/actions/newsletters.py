"""Making, changing and closing a newsletter; each is in the audit log of its outlet."""

from datetime import datetime, time
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from masthead.accounts.models import User
from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.newsletters.addresses import TAKEN
from masthead.newsletters.joining.offered import tell_pages
from masthead.newsletters.models import Edition, Newsletter, Pace
from masthead.newsletters.queries import OPEN
from masthead.newsletters.recipes import clean_recipe
from masthead.outlets.models import Outlet


class NewsletterRefusal(Exception):
    """The newsletter is not kept so; the text says why to a person."""


def make_newsletter(
    *,
    outlet: Outlet,
    name: str,
    slug: str,
    promise: str,
    by: User | None,
    at: datetime,
    **more: Any,
) -> Newsletter:
    """
    more: from_name, reply_to, pace, days, hour, recipe, order, offered, for_members, audience.

    Its first edition is for the first of its hours after now. Raises NewsletterRefusal, BadRecipe.
    """
    newsletter = Newsletter(outlet=outlet, name=name, slug=slug, promise=promise, **more)
    _check(newsletter)
    newsletter.hours_from = at
    with transaction.atomic():
        _save(newsletter, at=at)
        log(outlet, "newsletters.make", user=by, data={"newsletter": name})
    return newsletter


def change_newsletter(*, newsletter: Newsletter, by: User, at: datetime, **fields: Any) -> None:
    """
    fields: name, slug, promise, from_name, reply_to, pace, days, hour, recipe, order, offered,
    for_members, audience.

    New days or another hour count from now. Raises NewsletterRefusal, BadRecipe.
    """
    before = (newsletter.days, newsletter.hour, newsletter.pace)
    for field, value in fields.items():
        setattr(newsletter, field, value)
    _check(newsletter)
    if before != (newsletter.days, newsletter.hour, newsletter.pace):
        newsletter.hours_from = at
    with transaction.atomic():
        _save(newsletter, at=at)
        log(newsletter.outlet, "newsletters.change", user=by, data={"newsletter": newsletter.name})


def close_newsletter(*, newsletter: Newsletter, by: User, at: datetime) -> None:
    """Takes nobody and sends nothing any more; its archive stays. Raises NewsletterRefusal."""
    if newsletter.closed_at is not None:
        raise NewsletterRefusal(_("This newsletter is closed already."))
    with transaction.atomic():
        newsletter.closed_at = at
        newsletter.offered = False
        newsletter.save(update_fields=["closed_at", "offered"])
        Edition.objects.filter(newsletter=newsletter, state__in=OPEN).update(
            state="dropped", trouble=_("The newsletter was closed.")
        )
        tell_pages(at=at)
        note_change(
            keys=[keys.newsletter(newsletter.pk), keys.newsletters(newsletter.outlet_id)], at=at
        )
        log(newsletter.outlet, "newsletters.close", user=by, data={"newsletter": newsletter.name})


def _check(newsletter: Newsletter) -> None:
    if not newsletter.name.strip() or not newsletter.promise.strip():
        raise NewsletterRefusal(_("A newsletter needs a name and says what readers get."))
    if newsletter.slug in TAKEN or not newsletter.slug:
        raise NewsletterRefusal(_("This address belongs to the program; choose another."))
    newsletter.days = sorted({day for day in newsletter.days if day in range(7)})
    newsletter.recipe = clean_recipe(newsletter.recipe)
    by_the_clock = newsletter.pace != Pace.BY_HAND
    if by_the_clock and not (newsletter.days and isinstance(newsletter.hour, time)):
        raise NewsletterRefusal(_("Say on which days and at what hour it goes out."))
    if by_the_clock and not newsletter.recipe:
        raise NewsletterRefusal(_("Without a recipe it cannot build itself."))


def _save(newsletter: Newsletter, *, at: datetime) -> None:
    try:
        with transaction.atomic():
            newsletter.save()
    except IntegrityError as error:
        raise NewsletterRefusal(_("Another newsletter of this title has that address.")) from error
    tell_pages(at=at)
    note_change(
        keys=[keys.newsletter(newsletter.pk), keys.newsletters(newsletter.outlet_id)], at=at
    )
