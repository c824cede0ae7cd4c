"""
The registry of what features above add to every outlet's sheet, so that pages know it without a
query: what memberships are offered, for example.

Who has something else to say calls `outlets.actions.write_sheets`; pages are printed anew then.
"""

from collections.abc import Callable
from typing import Any

Build = Callable[[int], dict[str, Any]]

_supplements: dict[str, Build] = {}


def register_supplement(name: str, build: Build) -> None:
    """
    Have `build(outlet_id)` asked whenever sheets are written; call from `apps.ready()`.

    What it answers is JSON and stands in `Sheet.supplements[name]`; nothing, when it is empty.
    Raises ValueError when the name is taken.
    """
    if name in _supplements:
        raise ValueError(f"A supplement of sheets named {name} is registered already.")
    _supplements[name] = build


def supplements_of(outlet_id: int) -> dict[str, dict[str, Any]]:
    built = {name: build(outlet_id) for name, build in sorted(_supplements.items())}
    return {name: values for name, values in built.items() if values}
