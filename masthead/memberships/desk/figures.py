"""Members, money and where they came from: plots, tables, CSV."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from masthead.memberships.desk.doorways import refuse_others
from masthead.memberships.figures import plots, queries, sheets
from masthead.memberships.money import in_words
from masthead.memberships.prompting import names

DAYS = 90
WAYS_IN = {
    "": gettext_lazy("Not known"),
    "offer": gettext_lazy("The offer in the text"),
    "join": gettext_lazy("The page of plans"),
    "gate": gettext_lazy("The end of a members’ article"),
}


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    refuse_others(request)
    now = timezone.now()
    months = queries.months(at=now)
    prompts = names()
    currencies = sorted({each for month in months for each in month.earned})
    context: dict[str, Any] = {
        "rows": [
            {"month": month, "earned": _earned(month, currencies)} for month in reversed(months)
        ],
        "now": months[-1],
        "each_month": [in_words(n, each) for each, n in sorted(queries.each_month().items())],
        "currencies": [each.upper() for each in currencies],
        "running_plot": plots.running_plot(months),
        "churn_plot": plots.churn_plot(months),
        "earned_plots": [(each.upper(), plots.earned_plot(months, each)) for each in currencies],
        "plans": queries.by_plan(),
        "articles": queries.by_article(at=now, days=DAYS),
        "ways": [(way_in_words(each.name, prompts), each) for each in _ways()],
        "days": DAYS,
    }
    return render(request, "memberships/desk/figures.html", context)


@require_safe
def as_csv(request: HttpRequest, what: str) -> HttpResponse:
    refuse_others(request)
    now = timezone.now()
    if what == "months":
        return sheets.months_csv(queries.months(at=now))
    if what == "articles":
        found = queries.by_article(at=now, days=DAYS)
        return sheets.sources_csv("memberships-by-article", found)
    if what == "ways":
        return sheets.sources_csv("memberships-by-way-in", _ways())
    raise Http404


def _ways() -> list[queries.Source]:
    return queries.by_way_in(at=timezone.now(), days=DAYS)


def way_in_words(name: str, prompts: dict[str, str]) -> str:
    """prompts: their names by their short ids."""
    kind, _sep, rest = name.partition(":")
    if kind == "prompt":
        return _("Prompt “%(name)s”") % {"name": prompts.get(rest, "–")}
    return str(WAYS_IN.get(name, name))


def _earned(month: queries.Month, currencies: list[str]) -> list[tuple[str, str]]:
    return [
        (each.upper(), in_words(month.earned.get(each, 0), each) if month.earned else "0")
        for each in currencies
    ]
