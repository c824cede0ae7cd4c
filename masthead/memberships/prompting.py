"""Writes of prompts, and what the sheet says of them."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from masthead.accounts.models import User
from masthead.memberships.models import Prompt
from masthead.outlets.actions import write_sheets

ON_FRONTS = {Prompt.Place.FRONT}


class PromptRefusal(Exception):
    """The prompt is not kept so; the text says why to a person."""


def keep_prompt(*, prompt: Prompt, by: User, at: datetime) -> None:
    """New or changed; the pages it stands on are printed anew. Raises PromptRefusal."""
    is_front = prompt.pages == Prompt.Pages.FRONTS
    if is_front != (prompt.place in ON_FRONTS):
        raise PromptRefusal(_("That place is not on such pages."))
    if prompt.section is not None and is_front:
        raise PromptRefusal(_("A front has no section."))
    if is_front and prompt.after_articles:
        raise PromptRefusal(_("A front counts no articles."))
    with transaction.atomic():
        prompt.save()
        log(prompt, "memberships.prompt.keep", user=by, data={"prompt": prompt.name})
        write_sheets(at=at)


def drop_prompt(*, prompt: Prompt, by: User, at: datetime) -> None:
    with transaction.atomic():
        log(by, "memberships.prompt.drop", user=by, data={"prompt": prompt.name})
        prompt.delete()
        write_sheets(at=at)


def prompts_for(outlet_id: int) -> list[dict[str, Any]]:
    """For the outlet's sheet, in order: those that are shown there."""
    found = Prompt.objects.filter(is_on=True).order_by("order", "pk")
    return [_described(each) for each in found if each.outlet_id in {None, outlet_id}]


def short_id(prompt: Prompt) -> str:
    """By which a purchase says that it came of this prompt; the desk's name stays at the desk."""
    return prompt.public_id.hex[-12:]


def names() -> dict[str, str]:
    """Short id to the desk's name. One query."""
    return {short_id(each): each.name for each in Prompt.objects.order_by("pk")}


def _described(prompt: Prompt) -> dict[str, Any]:
    return {
        "id": short_id(prompt),
        "headline": prompt.headline,
        "text": prompt.text,
        "button": prompt.button,
        "leads_to": prompt.leads_to,
        "audience": prompt.audience,
        "pages": prompt.pages,
        "section": prompt.section_id,
        "place": prompt.place,
        "after": prompt.after_articles,
        "days": prompt.every_days,
    }
