"""Figures as CSV."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

from masthead.memberships.figures.queries import Month, Source


def as_csv(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer["Cache-Control"] = "private, no-store"
    written = csv.writer(answer)
    written.writerow(head)
    written.writerows([harmless(each) for each in row] for row in rows)
    return answer


def harmless(value: Any) -> Any:
    """No spreadsheet takes it for a formula."""
    is_formula = isinstance(value, str) and value[:1] in tuple("=+-@\t\r")
    return f"'{value}" if is_formula else value


def months_csv(months: Sequence[Month]) -> HttpResponse:
    currencies = sorted({each for month in months for each in month.earned})
    head = ["month", "joined", "left", "running", "churn_percent"]
    rows = [
        [
            f"{month.begins:%Y-%m}",
            month.joined,
            month.left,
            month.running,
            "" if month.churn is None else f"{month.churn:.2f}",
            *(month.earned.get(each, 0) for each in currencies),
        ]
        for month in months
    ]
    return as_csv("memberships", [*head, *(f"{each}_cents" for each in currencies)], rows)


def sources_csv(name: str, sources: Sequence[Source]) -> HttpResponse:
    rows = [[each.name, each.url, each.bought, each.running] for each in sources]
    return as_csv(name, ["from", "address", "bought", "running"], rows)
