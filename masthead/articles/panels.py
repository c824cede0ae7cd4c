"""The registry of edit panels: how a feature above `articles` stands in the article's editor."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

TABS = ("top", "text", "about", "publish")  # top: above them all


@dataclass(frozen=True)
class EditPanel:
    """
    One panel of another feature.

    build: called once when the editor's form is put together; gives a Wagtail panel.
    tab: "top" (above the tabs), "text", "about" or "publish".
    """

    name: str
    tab: str
    build: Callable[[], Any]
    order: int = 100


_panels: dict[str, EditPanel] = {}


def register_edit_panel(panel: EditPanel) -> None:
    """Add a panel; call from `apps.ready()`. Raises ValueError for a taken name or no such tab."""
    if panel.name in _panels:
        raise ValueError(f"An edit panel named {panel.name} is registered already.")
    if panel.tab not in TABS:
        raise ValueError(f"There is no tab called {panel.tab} in the editor.")
    _panels[panel.name] = panel


def edit_panels(*, tab: str) -> list[Any]:
    """The Wagtail panels of a tab, in order."""
    chosen = sorted(
        (panel for panel in _panels.values() if panel.tab == tab),
        key=lambda panel: (panel.order, panel.name),
    )
    return [panel.build() for panel in chosen]
