"""
All that is held of a reader: the registry by which they get it, and by which it is erased.

Whatever keeps something about a reader puts itself in here, in `ready()` of its `apps.py`.
"""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise

from masthead.outlets.rendering import render
from masthead.outlets.sheet import Sheet
from masthead.readers.addresses import address_hash
from masthead.readers.classes import note_benefits
from masthead.readers.former import addresses_of
from masthead.readers.models import Forgotten, Reader


@dataclass(frozen=True)
class Holding:
    """
    name: short and lasting. label: what readers call it.
    export: rows, each name → value, as plain JSON; datetimes are allowed.
    erase: takes out whatever tells who it was, inside the transaction of the whole erasure; what
        the books need stays without a name. None: it goes with the reader's own row.
    order: lower is exported and erased first.
    """

    name: str
    label: str | Promise
    export: Callable[[Reader], list[dict[str, Any]]]
    erase: Callable[[Reader, datetime], None] | None = None
    order: int = 100


_holdings: dict[str, Holding] = {}


def register_holding(holding: Holding) -> None:
    """Add one; call from `apps.ready()`. Raises ValueError for a name that is taken."""
    if holding.name in _holdings:
        raise ValueError(f"There is a holding named {holding.name} already.")
    _holdings[holding.name] = holding


def holdings() -> list[Holding]:
    return sorted(_holdings.values(), key=lambda each: (each.order, each.name))


def export_of(*, reader: Reader, sheet: Sheet, at: datetime) -> bytes:
    """A zip of `held.json`, for programs, and `held.html`, for people."""
    held = [(each.name, str(each.label), each.export(reader)) for each in holdings()]
    for_programs = {name: rows for name, _label, rows in held}
    text = json.dumps(for_programs, ensure_ascii=False, indent=2, default=_as_text)
    shown = [(label, [_readable(row) for row in rows]) for _name, label, rows in held]
    context = {"sheet": sheet, "email": reader.email, "held": shown, "at": at}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("held.json", text + "\n")
        archive.writestr("held.html", render("readers/held.html", context))
    return packed.getvalue()


def erase(*, reader: Reader, at: datetime, never_again: bool) -> None:
    """
    Take everything out that says who this was. One write transaction, nothing can bring it back.

    never_again: keep a keyed hash of each address, so that nobody's sign-up or list makes us write
    to it. Without that the address is as if we had never known it.
    """
    with transaction.atomic():
        if never_again:
            for address in addresses_of(reader):
                Forgotten.objects.get_or_create(
                    address_hash=address_hash(address), defaults={"since": at}
                )
        for holding in holdings():
            if holding.erase is not None:
                holding.erase(reader, at)
        reader.delete()
        note_benefits(reader=reader, at=at)


def _as_text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _readable(row: dict[str, Any]) -> list[tuple[str, str]]:
    return [(name, "" if value is None else _as_text(value)) for name, value in row.items()]
