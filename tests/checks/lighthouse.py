"""Lighthouse's four scores from Python; the command is tools/lighthouse.mjs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .findings import Finding, ToolMissing, node_file

ROOT = Path(__file__).resolve().parents[2]
SECONDS_A_PAGE = 120


def check_lighthouse(urls: Sequence[str], *, form: str = "mobile") -> list[Finding]:
    """A finding for every category below 100, with the audits that cost it points."""
    if not urls:
        raise ValueError("No pages given: that would pass without checking anything.")
    return [finding for page in _run(urls, form) for finding in _low(page)]


def _run(urls: Sequence[str], form: str) -> list[dict[str, Any]]:
    node_file("lighthouse/package.json")
    node = Path(sys.executable).with_name("node")  # not resolved: the virtual environment's own
    if not node.exists():
        raise ToolMissing("Node.js is not installed; run bin/_node_tools.")
    command = [str(node), "tools/lighthouse.mjs", "--json", "--form", form, *urls]
    done = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS_A_PAGE * len(urls),
    )
    try:
        pages: list[dict[str, Any]] = json.loads(done.stdout.strip().splitlines()[-1])["pages"]
    except (IndexError, ValueError) as unreadable:
        raise ToolMissing(f"Lighthouse did not answer: {done.stderr[-500:]}") from unreadable
    return pages


def _low(page: dict[str, Any]) -> list[Finding]:
    found = []
    for category, score in page["scores"].items():
        if score != 100:
            cost = [a["id"] for a in page["failing"] if a["category"] == category]
            text = f"{score} of 100: {', '.join(cost) or page.get('error') or 'no audit named'}"
            found.append(Finding(page["url"], f"lighthouse-{category}", text))
    return found
