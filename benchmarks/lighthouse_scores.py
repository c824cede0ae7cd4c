"""Lighthouse's scores of pages from Python; the program is tools/lighthouse.mjs."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SECONDS_A_PAGE = 120
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


class LighthouseMissing(Exception):
    """It cannot run here, or did not answer; never to be taken for a score."""


@dataclass(frozen=True)
class Scores:
    """
    of: each category's score of 100; None where it could not be worked out.
    costs: "category: audit" for each audit that took points, with its figure if it has one.
    error: why there is no score, or "".
    """

    url: str
    of: dict[str, int | None]
    costs: list[str]
    error: str = ""


def measure(urls: Sequence[str], *, form: str = "mobile") -> list[Scores]:
    """
    One after the other, in the order given.

    form: "mobile" (a slow phone on a slow line, simulated) or "desktop". Raises LighthouseMissing.
    """
    # Not resolved: Node.js is the virtual environment's own.
    node = Path(sys.executable).with_name("node")
    if not node.exists() or not (ROOT / "node_modules/lighthouse/package.json").exists():
        raise LighthouseMissing("Lighthouse is not installed; run bin/_node_tools.")
    done = subprocess.run(
        [str(node), "tools/lighthouse.mjs", "--json", "--form", form, *urls],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS_A_PAGE * len(urls),
    )
    try:
        pages: list[dict[str, Any]] = json.loads(done.stdout.strip().splitlines()[-1])["pages"]
    except (IndexError, ValueError) as unreadable:
        raise LighthouseMissing(f"Lighthouse did not answer: {done.stderr[-500:]}") from unreadable
    return [_scores(page) for page in pages]


def _scores(page: dict[str, Any]) -> Scores:
    return Scores(
        url=page["url"],
        of=page["scores"],
        costs=[_cost(each) for each in page["failing"]],
        error=page.get("error") or "",
    )


def _cost(audit: dict[str, str]) -> str:
    """“performance: largest-contentful-paint 1.8 s”"""
    figure = audit.get("displayValue", "").replace("\u00a0", " ")
    return f"{audit['category']}: {audit['id']} {figure}".strip()
