"""Reports as CSV, for spreadsheets and bookkeepers."""

import csv
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse

from masthead.memberships.money import amount_of


def csv_answer(name: str, head: list[str], rows: Iterable[list[Any]]) -> HttpResponse:
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    sheet = csv.writer(answer)
    sheet.writerow(head)
    for row in rows:
        sheet.writerow([_harmless(cell) for cell in row])
    return answer


def _harmless(cell: Any) -> Any:
    """No spreadsheet takes it for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell


def amount(cents: int, currency: str) -> str:
    """With all digits that its currency has."""
    return str(amount_of(cents, currency))
