"""The editor's state as JSON: blocks with what stands in them, the words its script says."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from masthead.fronts.curating import desk_card, find_articles
from masthead.newsletters.blocks import KINDS
from masthead.newsletters.desk.problems import problems_of
from masthead.newsletters.models import Edition
from masthead.newsletters.wording import PREHEADER_SHOWN, SUBJECT_SHOWN
from masthead.outlets.sheet import Sheet

WORDS = {
    "saving": _("Saving …"),
    "saved": _("Saved."),
    "failed": _("It could not be saved. Check the connection."),
    "again": _("Try again"),
    "up": _("Up"),
    "down": _("Down"),
    "remove": _("Remove"),
    "add": _("Add"),
    "none_found": _("No published article matches."),
    "in_it": _("In this edition"),
    "lead": _("Large, with its picture"),
    "own_headline": _("Headline in this edition"),
    "own_text": _("Text in this edition"),
    "title": _("Title"),
    "text": _("Text"),
    "bold": _("Bold"),
    "italic": _("Italic"),
    "link": _("Link"),
    "link_to": _("Address of the link"),
    "label": _("Words on the button"),
    "leads_to": _("Leads to"),
    "alt": _("Alternative text"),
    "caption": _("Caption"),
    "choose_picture": _("Choose a picture"),
    "section": _("Section"),
    "whole_title": _("The whole title"),
    "how_many": _("How many"),
    "automatic": _("Filled by itself with the newest until you take one out."),
    "place": _("Name of the place"),
    "nothing_sold": _("Nothing is shown while nothing is sold for it."),
    "empty": _("Nothing in it yet. Add articles from the list, or another block."),
    "characters": _("%(n)s characters"),
    "not_read": _("Readers cannot read it"),
}


def editor_state(edition: Edition, *, sheet: Sheet, at: datetime) -> dict[str, Any]:
    """Everything the editor's script needs."""
    outlet = edition.newsletter.outlet
    urls = {
        name: reverse(f"newsletters:{name}", args=[outlet.slug, edition.pk])
        for name in ("arrange", "preview")
    }
    urls["articles"] = reverse("newsletters:articles", args=[outlet.slug])
    urls["pictures"] = reverse("newsletters:pictures", args=[outlet.slug])
    return {
        **told(edition, sheet=sheet, at=at),
        "subject": edition.subject,
        "preheader": edition.preheader,
        "limits": {"subject": SUBJECT_SHOWN, "preheader": PREHEADER_SHOWN},
        "kinds": {name: str(kind.label) for name, kind in KINDS.items()},
        "sections": [{"id": each.id, "name": each.name} for each in sheet.sections],
        "words": {name: str(words) for name, words in WORDS.items()},
        "found": [desk_card(row) for row in find_articles(outlet_id=sheet.id, words="")],
        "urls": urls,
    }


def told(edition: Edition, *, sheet: Sheet, at: datetime) -> dict[str, Any]:
    """What changes with every save: blocks, what they are filled with, what is wrong."""
    filled, problems = problems_of(edition, sheet=sheet, at=at)
    shown: dict[int, list[dict[str, Any]]] = {}
    for piece in filled.pieces:
        shown[piece.block] = [
            {"article": story.article_id, "headline": story.headline, "kicker": story.kicker}
            for story in piece.stories
        ] or [{"headline": each.headline} for each in piece.corrections]
    return {
        "blocks": [
            {"block": block, "shown": shown.get(number, [])}
            for number, block in enumerate(edition.blocks)
        ],
        "problems": [
            {"words": each.words, "block": each.block, "stops": each.stops} for each in problems
        ],
    }
