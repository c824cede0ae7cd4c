"""What a run found: rows for people, figures for programs, targets that hold or do not."""

import json
import os
import platform
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Target:
    """A promise: what was wanted in words, what was found, and whether that will do."""

    name: str
    wanted: str
    got: Any
    holds: bool


@dataclass
class Report:
    """
    rows: what, ours, the peer or limit, the ratio; all as text.
    figures: the same and more under lasting names, as numbers.
    """

    name: str
    columns: tuple[str, str, str, str] = ("", "ours", "peer or limit", "ratio")
    rows: list[tuple[str, str, str, str]] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)
    targets: list[Target] = field(default_factory=list)
    machine: dict[str, Any] = field(default_factory=lambda: describe_machine())

    @property
    def holds(self) -> bool:
        return all(target.holds for target in self.targets)

    def row(self, what: str, ours: str, peer: str = "", ratio: float | None = None) -> None:
        self.rows.append((what, ours, peer, "" if ratio is None else f"{ratio:.2f}"))

    def at_most(self, name: str, got: float, limit: float, unit: str = "") -> None:
        wanted = f"<= {limit:g} {unit}".strip()
        self.targets.append(Target(name, wanted, round(got, 3), got <= limit))

    def at_least(self, name: str, got: float, limit: float, unit: str = "") -> None:
        wanted = f">= {limit:g} {unit}".strip()
        self.targets.append(Target(name, wanted, round(got, 3), got >= limit))

    def exactly(self, name: str, got: Any, wanted: Any) -> None:
        self.targets.append(Target(name, str(wanted), got, got == wanted))

    def as_json(self) -> str:
        return json.dumps(
            {
                "name": self.name,
                "machine": self.machine,
                "figures": self.figures,
                "targets": [asdict(target) for target in self.targets],
            },
            ensure_ascii=False,
        )

    def as_table(self) -> str:
        """The rows, the targets, and what they were measured on."""
        lines = [f"\n{self.name}", *_columns([self.columns, *self.rows]), ""]
        lines += _columns(
            (("holds" if t.holds else "FAILS"), t.name, f"wanted {t.wanted}", f"got {t.got}")
            for t in self.targets
        )
        return "\n".join([*lines, "", ", ".join(f"{k} {v}" for k, v in self.machine.items())])


def describe_machine() -> dict[str, Any]:
    """Enough to compare runs by; no names and no paths."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            database = "PostgreSQL " + cursor.fetchone()[0].split()[0]
    else:
        database = f"SQLite {sqlite3.sqlite_version}"
    return {
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "database": database,
    }


def _columns(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Aligned to the left, two spaces apart."""
    held = list(rows)
    widths = [max(map(len, cells)) for cells in zip(*held, strict=True)]
    padded = ([cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in held)
    return ["  " + "  ".join(cells).rstrip() for cells in padded]
