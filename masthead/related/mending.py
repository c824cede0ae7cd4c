"""Reads: what of the index and the lists is not as it should be, each found by one query."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery

from masthead.articles.models import PublishedArticle
from masthead.outlets.models import Outlet, Section
from masthead.publishing.models import Release
from masthead.related.knowing import Rules, read_rules
from masthead.related.models import Corpus, RulesApplied, Vector

LIVE = PublishedArticle.State.LIVE


def articles_behind(*, since: datetime, until: datetime, most: int) -> list[int]:
    """Ids of articles released in that time, of which the index does not hold what is public."""
    released = Release.objects.filter(recorded_at__gte=since, recorded_at__lt=until)
    known = Vector.objects.filter(published=OuterRef("pk"))
    as_it_is = known.filter(version_number=OuterRef("version_number"))
    behind = PublishedArticle.objects.filter(
        (Q(state=LIVE) & ~Exists(as_it_is)) | (~Q(state=LIVE) & Exists(known)),
        article__in=released.values("article"),
    )
    return list(behind.order_by("article").values_list("article", flat=True)[:most])


def articles_unknown(*, after: int, most: int) -> list[int]:
    """Ids of public articles that are not in the index, from the next one on."""
    unknown = PublishedArticle.objects.filter(
        ~Exists(Vector.objects.filter(published=OuterRef("pk"))), state=LIVE, article__gt=after
    )
    return list(unknown.order_by("article").values_list("article", flat=True)[:most])


def rows_weighed_long_ago(*, after: int, most: int) -> list[int]:
    """Public rows weighed when at most half as many articles of their language were counted."""
    counted = Corpus.objects.filter(language=OuterRef("language")).values("articles")
    old = Vector.objects.annotate(now=Subquery(counted)).filter(
        now__gte=2 * F("weighed_among"), now__gt=0, published__gt=after
    )
    return list(old.order_by("published").values_list("published", flat=True)[:most])


def rows_of_outlet(outlet_id: int, *, after: int, most: int) -> list[int]:
    live = PublishedArticle.objects.filter(outlet=outlet_id, state=LIVE, pk__gt=after)
    return list(live.order_by("pk").values_list("pk", flat=True)[:most])


def outlets_under_old_rules() -> dict[int, dict[str, Any]]:
    """Outlets whose lists were made under other rules than the newsroom's of now, with these."""
    applied = dict(RulesApplied.objects.values_list("outlet", "rules"))
    return {pk: rules for pk, rules in rules_by_outlet().items() if applied.get(pk) != rules}


def rules_by_outlet() -> dict[int, dict[str, Any]]:
    """As they are compared: where its articles come from, and how fast its sections age."""
    rules = read_rules()
    sections = Section.objects.values_list("pk", "path")
    return {
        pk: {
            "alone": pk in rules.alone,
            "half_lives": _half_lives(
                rules, [s for s, below in sections if below.startswith(path)]
            ),
        }
        for pk, path in Outlet.objects.live().values_list("pk", "path")
    }


def _half_lives(rules: Rules, sections: list[int]) -> dict[str, int]:
    return {str(section): rules.half_life_days(section) for section in sorted(sections)}


def note_rules_applied(outlet_id: int, rules: dict[str, Any]) -> None:
    RulesApplied.objects.update_or_create(outlet_id=outlet_id, defaults={"rules": rules})
