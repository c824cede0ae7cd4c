"""
What features above add to an outlet's sheet, so that every page knows it without asking.

A line is a field of `outlets.sheet.Sheet`. Whoever changes what it says calls
`outlets.actions.write_sheets`.
"""

from collections.abc import Callable
from typing import Any

ReadLine = Callable[[int], Any]

_lines: dict[str, ReadLine] = {}


def register_sheet_line(name: str, read: ReadLine) -> None:
    """
    Have `read(outlet_id)` asked for the field `name` of each sheet; call from `apps.ready()`.

    It answers what JSON can hold. Raises ValueError when the name is taken.
    """
    if name in _lines:
        raise ValueError(f"A line of sheets named {name} is registered already.")
    _lines[name] = read


def sheet_lines(outlet_id: int) -> dict[str, Any]:
    return {name: read(outlet_id) for name, read in _lines.items()}
