"""Reads for fronts and lists: what stands where, no article twice."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet
from django.utils.dateparse import parse_datetime

from masthead.articles.cards import Card, cards
from masthead.articles.models import ListedAuthor, PublishedArticle
from masthead.articles.queries import in_outlet, live_articles
from masthead.changes.shown import fresh_until
from masthead.core.prepared import Given, Prepared, PreparedByIds
from masthead.fronts.models import FrontLayout
from masthead.outlets.sheet import Sheet, SheetSection
from masthead.people.models import Author

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
    row: list[Card] = field(default_factory=list)
    latest: list[Card] = field(default_factory=list)
    rows: list[SectionRow] = field(default_factory=list)


def find_layout(*, outlet_id: int, draft: bool = False) -> FrontLayout | None:
    state = FrontLayout.State.DRAFT if draft else FrontLayout.State.RELEASED
    return FrontLayout.objects.filter(outlet=outlet_id, state=state).first()


def compose_front(*, sheet: Sheet, slots: list[dict[str, Any]], at: datetime) -> Front:
    """
    Fill the zones: what the editor placed and whose dates hold, then the latest, none twice.

    Four queries: ids of placed articles, of the newest, of the newest of each section; then the
    articles that are shown.
    """
    _note_turns(slots, at)
    placed = _placed_ids(slots, at)
    wanted = [i for ids in placed.values() for i in ids]
    chosen = {row.article_id: row for row in _by_article.rows(wanted, outlet=sheet.id)}
    newest = _newest.rows(outlet=sheet.id)
    rows = {
        zone: [chosen[i] for i in placed.get(zone, []) if i in chosen][:size]
        for zone, size in ZONES.items()
    }
    # What waits for room in its place stands wherever else it would.
    used = {row.article_id for shown in rows.values() for row in shown}
    _fill_up(rows, newest, used, editor_rows="row" in placed)
    latest = [row for row in newest if row.article_id not in used][:LATEST]
    used |= {row.article_id for row in latest}
    places = {zone: [row.pk for row in found] for zone, found in rows.items()}
    places["latest"] = [row.pk for row in latest]
    in_sections = _picked(sheet, used)
    return _with_cards(places, in_sections, sheet)


def _with_cards(
    places: dict[str, list[int]], in_sections: dict[int, list[int]], sheet: Sheet
) -> Front:
    wanted = [pk for ids in (*places.values(), *in_sections.values()) for pk in ids]
    rows = {row.pk: row for row in _by_row.rows(wanted)}

    def of(ids: list[int]) -> list[Card]:
        return cards([rows[pk] for pk in ids if pk in rows], sheet=sheet)

    return Front(
        lead=next(iter(of(places["lead"])), None),
        left=of(places["left"]),
        right=of(places["right"]),
        row=of(places["row"]),
        latest=of(places["latest"]),
        rows=[
            SectionRow(section, sheet.url(section.path), found)
            for section in sheet.navigation
            if (found := of(in_sections.get(section.id, [])))
        ],
    )


_outlet = Given("outlet", BigIntegerField())
_by_article: PreparedByIds[PublishedArticle] = PreparedByIds(
    # Django takes no expressions in a list of related objects.
    lambda articles: _ids_in_outlet().filter(
        Q(*(("article", each) for each in articles), _connector=Q.OR)
    )
)
# Sponsored pieces never fill a place that nobody gave them.
_newest: Prepared[PublishedArticle] = Prepared(
    lambda: _ids_in_outlet().filter(sponsor_name="")[:NEWEST]
)
_by_row: PreparedByIds[PublishedArticle] = PreparedByIds(
    lambda ids: live_articles().filter(pk__in=ids)
)


def _ids_in_outlet() -> QuerySet[PublishedArticle]:
    """No more of each than deciding where it stands takes."""
    return in_outlet(_outlet).select_related(None).only("article_id", "lead_picture_id")


def _placed_ids(slots: list[dict[str, Any]], at: datetime) -> dict[str, list[int]]:
    placed: dict[str, list[int]] = {}
    seen: set[int] = set()
    for slot in slots:
        if slot["article"] in seen or not _in_force(slot, at):
            continue
        seen.add(slot["article"])
        placed.setdefault(slot["zone"], []).append(slot["article"])
    return placed


def _note_turns(slots: list[dict[str, Any]], at: datetime) -> None:
    """The front is another one when the next pin begins or ends."""
    named = [slot.get(name) or "" for slot in slots for name in ("pinned_from", "pinned_until")]
    turns = [turn for turn in map(parse_datetime, named) if turn is not None and turn > at]
    if turns:
        fresh_until(min(turns))


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


def _picked(sheet: Sheet, used: set[int]) -> dict[int, list[int]]:
    """The rows that each section shows of its newest: those whose article stands nowhere yet."""
    newest = newest_by_section(sheet, each=PER_SECTION + len(used))
    picked: dict[int, list[int]] = {}
    for section in sheet.navigation:
        free = [(pk, article) for pk, article in newest.get(section.id, []) if article not in used]
        picked[section.id] = [pk for pk, _article in free[:PER_SECTION]]
        used |= {article for _pk, article in free[:PER_SECTION]}
    return picked


def newest_by_section(sheet: Sheet, *, each: int) -> dict[int, list[tuple[int, int]]]:
    """
    The newest live articles of each top section, as ids of row and article, sponsored ones left
    out: one index walk a section, one query.
    """
    sections = [section.id for section in sheet.navigation]
    if not sections:
        return {}
    # UNION ALL of limited selects is the one form that both databases answer from the partial
    # index instead of sorting the table.
    one = (
        "SELECT * FROM (SELECT top_section_id, id, article_id FROM articles_publishedarticle"
        " WHERE state = 'live' AND top_section_id = %s AND sponsor_name = ''"
        " ORDER BY published_at DESC, id DESC LIMIT %s) AS newest"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join([one] * len(sections)),
            [value for section in sections for value in (section, each)],
        )
        rows = cursor.fetchall()
    found: dict[int, list[tuple[int, int]]] = {}
    for section, row, article in rows:
        found.setdefault(section, []).append((row, article))
    return found


def newest_cards(*, sheet: Sheet, most: int) -> list[Card]:
    """The outlet's newest articles. One query."""
    return cards(in_outlet(sheet.id)[:most], sheet=sheet)


def find_author_on(*, outlet_id: int, slug: str) -> Author | None:
    """Somebody with a live article on the outlet, or said to write for it. One query."""
    return find_author_on_any(outlet_ids=[outlet_id], slug=slug)


def find_author_on_any(*, outlet_ids: Collection[int], slug: str) -> Author | None:
    """The same on one of several outlets; whoever writes elsewhere is not named. One query."""
    listed = ListedAuthor.objects.filter(author=OuterRef("pk"), outlet_id__in=outlet_ids)
    staff = Author.outlets.through.objects.filter(author=OuterRef("pk"), outlet__in=outlet_ids)
    return (
        Author.objects.filter(Exists(listed) | Exists(staff), slug=slug)
        .select_related("portrait")
        .first()
    )


def staff_slugs(*, outlet_id: int) -> list[str]:
    """The addresses of those said to write for the outlet. One query."""
    return list(
        Author.objects.filter(outlets=outlet_id).order_by("slug").values_list("slug", flat=True)
    )


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
