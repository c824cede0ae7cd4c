"""Which key draws which scene."""

from __future__ import annotations

from collections.abc import Callable

from masthead.demo.drawing.paper import Sheet

Draw = Callable[[Sheet], None]
SCENES: dict[str, Draw] = {}


def scene(draw: Draw) -> Draw:
    """Enter a function in the catalogue: `night_ship` draws the picture `night-ship`."""
    SCENES[draw.__name__.replace("_", "-")] = draw
    return draw
