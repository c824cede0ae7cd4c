"""What a reader's page at the desk shows: a registry, so that features above add theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from masthead.mail.models import Letter, Suppression
from masthead.readers.models import Reader

MOST_LINES = 50


@dataclass(frozen=True)
class ReaderPanel:
    """
    name: short and lasting. label: its heading. template: of the desk, so Django's.
    build: from the reader to the template's values, or None to stand aside; two queries at most.
    """

    name: str
    label: str | Promise
    template: str
    build: Callable[[Reader], dict[str, Any] | None]
    order: int = 100


_panels: dict[str, ReaderPanel] = {}


def register_reader_panel(panel: ReaderPanel) -> None:
    """Add one; call from `apps.ready()`. Raises ValueError for a name that is taken."""
    if panel.name in _panels:
        raise ValueError(f"There is a panel named {panel.name} already.")
    _panels[panel.name] = panel


def built(reader: Reader) -> list[tuple[str, str]]:
    """(heading, rendered) of all that have something to show."""
    shown: list[tuple[str, str]] = []
    for panel in sorted(_panels.values(), key=lambda each: (each.order, each.name)):
        values = panel.build(reader)
        if values is not None:
            shown.append((str(panel.label), render_to_string(panel.template, values)))
    return shown


def _suppression(reader: Reader) -> dict[str, Any] | None:
    found = Suppression.objects.filter(address=reader.email).first()
    return {"suppression": found} if found else None


def _consents(reader: Reader) -> dict[str, Any] | None:
    lines = reader.consents.select_related("outlet").order_by("-at", "-pk")[:MOST_LINES]
    return {"consents": lines} if lines else None


def _letters(reader: Reader) -> dict[str, Any] | None:
    lines = Letter.objects.filter(address=reader.email).order_by("-made_at", "-pk")[:MOST_LINES]
    return {"letters": lines} if lines else None


def register() -> None:
    """Those of this app."""
    for order, (name, label, build) in enumerate(
        (
            ("suppression", _("Not to be written to"), _suppression),
            ("consents", _("What they agreed to"), _consents),
            ("letters", _("Mails to them"), _letters),
        )
    ):
        template = f"readers/desk/panels/{name}.html"
        register_reader_panel(ReaderPanel(name, label, template, build, order=10 * order))
