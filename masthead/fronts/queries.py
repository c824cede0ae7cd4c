"""Reads for fronts and lists: what stands where, no article twice."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.dateparse import parse_datetime

from masthead.articles.cards import Card, cards
from masthead.articles.models import PublishedArticle
from masthead.articles.queries import in_outlet, live_articles
from masthead.fronts.models import FrontLayout
from masthead.outlets.sheet import Sheet, SheetSection

# How many articles each zone of a front holds at most.
ZONES = {"lead": 1, "left": 4, "right": 3, "row": 4}
LATEST = 5
PER_SECTION = 4
NEWEST = 40  # enough to fill the upper zones even when one section published all day


@dataclass(frozen=True)
class SectionRow:
    section: SheetSection
    url: str
    cards: list[Card]


@dataclass(frozen=True)
class Front:
    """What a front page shows, zone by zone, in order."""

    lead: Card | None = None
    left: list[Card] = field(default_factory=list)
    right: list[Card] = field(default_factory=list)
    row_cards: list[Card] = field(default_factory=list)
    most_latest: list[Card] = field(default_factory=list)
    rows: list[SectionRow] = field(default_factory=list)


def find_layout(*, outlet_id: int, draft: bool = False) -> FrontLayout | None:
    state = FrontLayout.State.DRAFT if draft else FrontLayout.State.RELEASED
    return FrontLayout.objects.filter(outlet=outlet_id, state=state).first()


def compose_front(*, sheet: Sheet, slots: list[dict[str, Any]], at: datetime) -> Front:
    """
    Fill the zones: what the editor placed and whose dates hold, then the latest, none twice.

    Three queries: placed articles, the newest, the newest of each section.
    """
    placed = _placed_ids(slots, at)
    chosen = {
        row.article_id: row
        for row in in_outlet(sheet.id).filter(
            article__in=[i for ids in placed.values() for i in ids]
        )
    }
    # Sponsored pieces never fill a place that nobody gave them.
    newest = list(in_outlet(sheet.id).filter(sponsor_name="")[:NEWEST])
    used: set[int] = {i for ids in placed.values() for i in ids if i in chosen}
    rows = {
        zone: [chosen[i] for i in placed.get(zone, []) if i in chosen][:size]
        for zone, size in ZONES.items()
    }
    _fill_up(rows, newest, used, editor_rows="row" in placed)
    latest = [row for row in newest if row.article_id not in used][:LATEST]
    used |= {row.article_id for row in latest}
    return Front(
        lead=next(iter(cards(rows["lead"], sheet=sheet)), None),
        left=cards(rows["left"], sheet=sheet),
        right=cards(rows["right"], sheet=sheet),
        row_cards=cards(rows["row"], sheet=sheet),
        most_latest=cards(latest, sheet=sheet),
        rows=list(_section_rows(sheet, used)),
    )


def _placed_ids(slots: list[dict[str, Any]], at: datetime) -> dict[str, list[int]]:
    placed: dict[str, list[int]] = {}
    seen: set[int] = set()
    for slot in slots:
        if slot["article"] in seen or not _in_force(slot, at):
            continue
        seen.add(slot["article"])
        placed.setdefault(slot["zone"], []).append(slot["article"])
    return placed


def _in_force(slot: dict[str, Any], at: datetime) -> bool:
    begins = parse_datetime(slot.get("pinned_from") or "")
    ends = parse_datetime(slot.get("pinned_until") or "")
    return (begins is None or begins <= at) and (ends is None or at < ends)


def _fill_up(
    rows: dict[str, list[PublishedArticle]],
    newest: list[PublishedArticle],
    used: set[int],
    *,
    editor_rows: bool,
) -> None:
    """The lead wants a picture."""
    waiting = [row for row in newest if row.article_id not in used]
    if not rows["lead"]:
        lead = next((row for row in waiting if row.lead_picture_id), next(iter(waiting), None))
        if lead is not None:
            rows["lead"].append(lead)
            waiting.remove(lead)
            used.add(lead.article_id)
    for zone in ("left", "right", *(["row"] if editor_rows else [])):
        while len(rows[zone]) < ZONES[zone] and waiting:
            row = waiting.pop(0)
            rows[zone].append(row)
            used.add(row.article_id)


def _section_rows(sheet: Sheet, used: set[int]) -> Iterator[SectionRow]:
    found = newest_by_section(sheet, each=PER_SECTION + len(used))
    for section in sheet.navigation:
        rows = [row for row in found.get(section.id, []) if row.article_id not in used]
        if rows:
            shown = rows[:PER_SECTION]
            used |= {row.article_id for row in shown}
            yield SectionRow(section, sheet.url(section.path), cards(shown, sheet=sheet))


def newest_by_section(sheet: Sheet, *, each: int) -> dict[int, list[PublishedArticle]]:
    """
    The newest live articles of each top section, sponsored ones left out: one index walk a
    section, two queries.
    """
    sections = [section.id for section in sheet.navigation]
    if not sections:
        return {}
    # Section ids and the count are our own integers; UNION ALL of limited selects is the one
    # form that both databases answer from the partial index instead of sorting the table.
    one = (
        "SELECT * FROM (SELECT id FROM articles_publishedarticle WHERE state = 'live'"
        " AND top_section_id = %s AND sponsor_name = ''"
        " ORDER BY published_at DESC, id DESC LIMIT %s) AS newest"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join([one] * len(sections)),
            [value for section in sections for value in (section, each)],
        )
        ids = [row[0] for row in cursor.fetchall()]
    found: dict[int, list[PublishedArticle]] = {}
    for row in live_articles().filter(pk__in=ids):
        found.setdefault(row.top_section_id, []).append(row)
    return found


def archive_months(*, outlet_id: int) -> list[dict[str, Any]]:
    """Years with their months that have articles, newest first. One grouped query."""
    from django.db.models import Count
    from django.db.models.functions import TruncMonth

    counted = (
        PublishedArticle.objects.filter(outlet=outlet_id, state=PublishedArticle.State.LIVE)
        .annotate(month=TruncMonth("published_at"))
        .values("month")
        .annotate(count=Count("pk"))
        .order_by("-month")
    )
    years: dict[int, list[dict[str, Any]]] = {}
    for each in counted:
        years.setdefault(each["month"].year, []).append(dict(each))
    return [{"year": year, "months": months} for year, months in years.items()]


def by_day(articles: Iterable[Card], *, zone: Any) -> list[dict[str, Any]]:
    days: dict[Any, list[Card]] = {}
    for card in articles:
        days.setdefault(card.published_at.astimezone(zone).date(), []).append(card)
    return [{"date": day, "cards": of_day} for day, of_day in days.items()]
