from __future__ import annotations

import sys
from pathlib import Path

from masthead.demo.drawing import (
    craft,
    gatherings,
    harbour,
    portraits,
    sea,
    shore,
    town,
    trades,
    water,
)
from masthead.demo.drawing.catalogue import SCENES
from masthead.demo.drawing.paper import Sheet

PICTURES = Path(__file__).resolve().parent.parent / "pictures"
# The tooth of the paper costs bytes: at 76 all the pictures together stay under 5 MB.
QUALITY = 76
# Importing them fills the catalogue.
SUBJECTS = (harbour, water, town, gatherings, shore, trades, sea, craft, portraits)


def draw(key: str) -> Path:
    """Draw one picture into the pictures folder; the same key always gives the same picture."""
    size = (600, 600) if key.startswith("portrait-") else (1600, 1000)
    sheet = Sheet(key, size)
    SCENES[key](sheet)
    path = PICTURES / f"{key}.jpg"
    sheet.finish().save(path, quality=QUALITY, optimize=True, progressive=True)
    return path


def main(keys: list[str]) -> int:
    unknown = [key for key in keys if key not in SCENES]
    if unknown:
        print(f"No such picture: {', '.join(unknown)}. There are: {', '.join(SCENES)}.")
        return 1
    for key in keys or SCENES:
        path = draw(key)
        print(f"{path.name}  {path.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
