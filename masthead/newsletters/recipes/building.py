"""From a recipe to the blocks of an edition."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet

from masthead.articles.models import Kind, PublishedArticle
from masthead.articles.queries import in_outlet, in_section
from masthead.fronts.queries import find_layout
from masthead.newsletters.models import Newsletter
from masthead.newsletters.queries import had_already
from masthead.newsletters.recipes.steps import AS_BLOCKS, CHOOSING
from masthead.outlets.sheet import Sheet
from masthead.reading.queries import most_read


class NothingNew(Exception):
    """The steps that choose articles found none: there is nothing to send today."""


def build_blocks(newsletter: Newsletter, *, sheet: Sheet, at: datetime) -> list[dict[str, Any]]:
    """
    The blocks by the newsletter's recipe, of what readers can read at that moment.

    No article stands twice, and none that is paid for. Some queries a step and a section. Raises
    NothingNew.
    """
    return _Building(newsletter, sheet, at).blocks()


class _Building:
    def __init__(self, newsletter: Newsletter, sheet: Sheet, at: datetime) -> None:
        self.newsletter, self.sheet, self.at = newsletter, sheet, at
        self.recipe: list[dict[str, Any]] = newsletter.recipe
        self.used: set[int] = set()
        self.since: datetime | None = None

    def blocks(self) -> list[dict[str, Any]]:
        built = [block for step in self.recipe for block in self._step(step)]
        chooses = any(step["step"] in CHOOSING for step in self.recipe)
        if not built or (chooses and not self._chosen(built)):
            raise NothingNew
        return built

    @staticmethod
    def _chosen(built: list[dict[str, Any]]) -> bool:
        return any(block["kind"] in {"article", "articles"} for block in built)

    def _step(self, step: dict[str, Any]) -> Iterator[dict[str, Any]]:
        match step["step"]:
            case "not-had":
                since = self.at - timedelta(days=step["days"])
                self.used |= had_already(self.newsletter.pk, since=since)
            case "since":
                self.since = self.at - timedelta(hours=step["hours"])
            case "fronted":
                yield from self._as_articles(self._fronted(step["most"]))
            case "newest":
                yield from self._as_articles(
                    list(self._free(in_outlet(self.sheet.id))[: step["most"]])
                )
            case "sections":
                yield from self._sections(step["most"])
            case name if name in AS_BLOCKS:
                yield {"kind": name, **{key: value for key, value in step.items() if key != "step"}}

    def _fronted(self, most: int) -> list[PublishedArticle]:
        """As they stand in the released front; what fills it up by itself is no editor's choice."""
        layout = find_layout(outlet_id=self.sheet.id)
        placed = [slot["article"] for slot in layout.slots] if layout else []
        rows = {
            row.article_id: row
            for row in self._free(in_outlet(self.sheet.id)).filter(article__in=placed)
        }
        return [rows[each] for each in dict.fromkeys(placed) if each in rows][:most]

    def _as_articles(self, rows: list[PublishedArticle]) -> Iterator[dict[str, Any]]:
        """The edition's very first article leads it."""
        for row in rows:
            is_first = not self._has_lead
            self._has_lead = True
            self.used.add(row.article_id)
            yield {
                "kind": "article",
                "article": row.article_id,
                "size": "lead" if is_first else "row",
                "headline": "",
                "text": "",
            }

    _has_lead = False

    def _sections(self, most: int) -> Iterator[dict[str, Any]]:
        for section in self.sheet.navigation:
            free = self._free(in_section(section.id, is_top=True))
            read = list(free.filter(pk__in=self._most_read))
            read.sort(key=lambda row: self._most_read.index(row.pk))
            newest = [row for row in free[:most] if row not in read]
            chosen = [row.article_id for row in [*read, *newest][:most]]
            if chosen:
                self.used |= set(chosen)
                yield {
                    "kind": "articles",
                    "section": section.id,
                    "title": "",
                    "articles": chosen,
                    "most": max(len(chosen), 1),
                }

    @cached_property
    def _most_read(self) -> list[int]:
        return [row.pk for row in most_read(outlet_id=self.sheet.id)]

    def _free(self, rows: QuerySet[PublishedArticle]) -> QuerySet[PublishedArticle]:
        is_new = Q(published_at__gt=self.since) if self.since else Q()
        return rows.filter(is_new).exclude(article__in=self.used).exclude(kind=Kind.SPONSORED)
