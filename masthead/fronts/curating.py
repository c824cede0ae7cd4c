"""What the curating screen shows: placed articles, places filled up by themselves, history."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from masthead.articles.models import PublishedArticle
from masthead.articles.queries import in_outlet
from masthead.fronts.forms import DATES, as_written
from masthead.fronts.models import FrontLayout
from masthead.fronts.queries import ZONES, Front, compose_front, find_layout
from masthead.outlets.sheet import Sheet

ZONE_NAMES = {
    "lead": _("Lead"),
    "left": _("Left column"),
    "right": _("Right column"),
    "row": _("Row below"),
}
# What the screen's script says; it has no words of its own.
WORDS = {
    "saving": _("Saving the draft …"),
    "saved": _("Draft saved. Readers see it when you release it."),
    "leads": _("“%s” leads the draft; what led it before heads the left column."),
    "failed": _("The draft could not be saved. Check the connection."),
    "again": _("Try again"),
    "up": _("Up"),
    "down": _("Down"),
    "remove": _("Remove"),
    "move_to": _("Move to"),
    "place_in": _("Place in"),
    "dates": _("Dates"),
    "begins": _("From"),
    "ends": _("Until"),
    "automatic": _("Filled automatically"),
    "empty": _("Drag an article here."),
    "too_many": _("This place is full: readers do not see the last ones here."),
    "none_found": _("No published article matches."),
    "none_yet": _("Nothing is published yet. Articles appear here once readers have them."),
    "no_picture": _("No picture"),
    "placed": _("On the front"),
}
PIN = "SHORT_DATETIME_FORMAT"
MOST_FOUND = 40
MOST_HISTORY = 20


def slots_now(*, outlet_id: int) -> tuple[list[dict[str, Any]], bool]:
    """The slots being worked on, and whether they are a draft or what readers see."""
    draft = find_layout(outlet_id=outlet_id, draft=True)
    layout = draft or find_layout(outlet_id=outlet_id)
    return (layout.slots if layout else []), draft is not None


def board_of(*, sheet: Sheet, slots: list[dict[str, Any]], at: datetime) -> dict[str, Any]:
    """The screen's state as JSON: every zone with what is placed and what fills it up."""
    ids = {slot["article"] for slot in slots}
    rows = {row.article_id: row for row in in_outlet(sheet.id).filter(article__in=ids)}
    front = compose_front(sheet=sheet, slots=slots, at=at)
    return {"zones": [_zone(name, slots, rows, front, at) for name in ZONES]}


def _zone(
    name: str,
    slots: list[dict[str, Any]],
    rows: dict[int, PublishedArticle],
    front: Front,
    at: datetime,
) -> dict[str, Any]:
    placed = [slot for slot in slots if slot["zone"] == name]
    pinned = {slot["article"] for slot in slots}
    shown = {
        "lead": [front.lead] if front.lead else [],
        "left": front.left,
        "right": front.right,
        "row": front.row,
    }[name]
    return {
        "name": name,
        "label": str(ZONE_NAMES[name]),
        "size": ZONES[name],
        "slots": [_slot(slot, rows.get(slot["article"]), at) for slot in placed],
        "filled": [
            {"id": card.id, "headline": card.headline} for card in shown if card.id not in pinned
        ],
    }


def _slot(slot: dict[str, Any], row: PublishedArticle | None, at: datetime) -> dict[str, Any]:
    begins = slot.get("pinned_from") or ""
    dates = {key: as_written(slot.get(key)) for key in DATES}
    card = desk_card(row) if row else {"headline": str(_("No longer published")), "gone": True}
    is_later = bool(begins) and datetime.fromisoformat(begins) > at
    return {**slot, **dates, **card, "pin": _pin(slot), "is_later": is_later}


def _pin(slot: dict[str, Any]) -> str:
    words = {"pinned_from": WORDS["begins"], "pinned_until": WORDS["ends"]}
    told = (
        f"{words[key]} {date_format(localtime(datetime.fromisoformat(slot[key])), PIN)}"
        for key in DATES
        if slot.get(key)
    )
    return " · ".join(told)


def desk_card(row: PublishedArticle) -> dict[str, Any]:
    return {
        "article": row.article_id,
        "headline": row.headline,
        "kicker": row.kicker,
        "when": date_format(localtime(row.published_at), PIN),
        "has_picture": row.lead_picture_id is not None,
        "edit_url": reverse("wagtailadmin_pages:edit", args=[row.article_id]),
    }


def find_articles(*, outlet_id: int, words: str) -> QuerySet[PublishedArticle]:
    """Live articles whose headline or byline has every word, newest first."""
    found = in_outlet(outlet_id)
    for word in words.split()[:6]:
        found = found.filter(Q(headline__icontains=word) | Q(byline__icontains=word))
    return found[:MOST_FOUND]


def history_of(*, outlet_id: int) -> QuerySet[FrontLayout]:
    """Released fronts, newest first, the present one included."""
    return (
        FrontLayout.objects.filter(outlet=outlet_id)
        .exclude(state=FrontLayout.State.DRAFT)
        .select_related("by")
        .order_by("-released_at", "-pk")[:MOST_HISTORY]
    )
