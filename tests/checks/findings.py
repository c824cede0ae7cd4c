"""What every checker returns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

NODE_MODULES = Path(__file__).resolve().parents[2] / "node_modules"


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """One thing wrong: on which page, by which rule (a short stable word), in a sentence."""

    page: str
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.page}: [{self.rule}] {self.message}"


class ToolMissing(Exception):
    """A checker cannot run; never to be taken for a pass."""


def node_file(path: str) -> Path:
    """A file of an installed Node package. Raises ToolMissing, saying what to run."""
    found = NODE_MODULES / path
    if not found.is_file():
        raise ToolMissing(f"{path} is not installed; run bin/_node_tools.")
    return found


def rules_of(findings: Iterable[Finding]) -> list[str]:
    """The distinct rules broken, sorted; what the tests compare."""
    return sorted({finding.rule for finding in findings})


def words(text: str) -> frozenset[str]:
    """Names written in one line instead of one a line."""
    return frozenset(text.split())
