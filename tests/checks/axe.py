"""axe-core in a page, through the debugging protocol, so the page's own CSP neither blocks
it nor has to be switched off."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import CDPSession

from .findings import node_file

# target-size (WCAG 2.2 AA) is off unless asked for. preload would fetch stylesheets.
OPTIONS = {
    "resultTypes": ["violations", "incomplete"],
    "preload": False,
    "rules": {"target-size": {"enabled": True}},
}

Outcome = tuple[tuple[str, str], ...]


class AxeFailed(Exception):
    """axe-core did not finish; never to be taken for a pass."""


def run_axe(cdp: CDPSession) -> tuple[Outcome, Outcome]:
    """(violations, undecided), each as (rule, sentence) for every element concerned."""
    _evaluate(cdp, node_file("axe-core/axe.min.js").read_text(encoding="utf-8") + ";true")
    results = _evaluate(cdp, f"axe.run(document, {json.dumps(OPTIONS)})")
    if not results.get("passes"):
        raise AxeFailed("axe-core passed no rule at all: the page was empty or not loaded.")
    return _outcome(results["violations"]), _outcome(results["incomplete"])


def _evaluate(cdp: CDPSession, expression: str) -> Any:
    answer = cdp.send(
        "Runtime.evaluate",
        {"expression": expression, "awaitPromise": True, "returnByValue": True},
    )
    if "exceptionDetails" in answer:
        raise AxeFailed(str(answer["exceptionDetails"])[:500])
    return answer["result"].get("value")


def _outcome(rules: list[dict[str, Any]]) -> Outcome:
    return tuple(
        (rule["id"], f"{rule['help']}: {_place(node)} {_reason(node)}".strip())
        for rule in rules
        for node in rule["nodes"]
    )


def _place(node: dict[str, Any]) -> str:
    return " ".join(str(part) for part in node["target"]) + " " + str(node["html"])[:120]


def _reason(node: dict[str, Any]) -> str:
    return " ".join(str(node.get("failureSummary", "")).split())[:300]
