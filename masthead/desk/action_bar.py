"""The bar below the editor: one thing to do next, the draft at hand, the rest behind “More”."""

from typing import Any

# What moves an article on, the strongest first: at most one of them is offered in full.
NEXT_STEPS = ("approve", "action-publish", "action-submit")
SAVE = "action-save-draft"


def in_order(items: list[Any]) -> list[Any]:
    """
    What whoever is signed in most likely wants next, then saving, then everything else.

    The template shows the first in full and a saving second one beside it.
    """
    leading = [next((item for item in items if item.name == step), None) for step in NEXT_STEPS]
    first = next((item for item in leading if item is not None), None)
    saving = [item for item in items if item.name == SAVE]
    front = [*([first] if first else []), *saving]
    return [*front, *(item for item in items if all(item is not each for each in front))]
