"""
RSS 2.0, Atom and JSON Feed against their rules, and optionally the W3C's own validator.

The W3C validator is on no package index. Where a checkout of w3c/feedvalidator exists, set
FEEDVALIDATOR_PATH to it (and FEEDVALIDATOR_PYTHON to a Python that has lxml, html5lib and
rdflib) and `check_with_feedvalidator` runs it as well.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from . import feed_atom, feed_json, feed_rss
from .feed_values import Fault
from .feed_xml import ATOM, Unreadable, document_faults, read_xml
from .findings import Finding, ToolMissing

# Runs inside the checkout's own Python: reads the feed on stdin, prints [[rule, text], …].
# AA is the level of the public validator: its errors and warnings, without hints.
BRIDGE = """
import io, json, sys, warnings
warnings.simplefilter("ignore")
import feedvalidator
from feedvalidator import compatibility, logging
from feedvalidator.formatter.text_plain import Formatter
body = io.BytesIO(sys.stdin.buffer.read())
try:
    answer = feedvalidator.validateStream(body, contentType=sys.argv[2], base=sys.argv[1])
    events = answer["loggedEvents"]
except logging.ValidationFailure as failure:
    events = [failure.event]
events = compatibility.AA(events)
print(json.dumps([[type(e).__name__, str(t)] for e, t in zip(events, Formatter(events))]))
"""


def check_feed(body: bytes, url: str, content_type: str) -> list[Finding]:
    """Every broken rule. url: where readers fetch it; content_type: as in the answer's header."""
    mime = content_type.partition(";")[0].strip().lower()
    faults: list[Fault] = []
    found: Iterable[Fault]
    if body.lstrip()[:1] == b"{":
        wanted, found = feed_json.MIME, feed_json.json_feed_faults(body, url)
    else:
        try:
            wanted, found = _xml_faults(body, url)
        except Unreadable as unreadable:
            return [Finding(url, "unreadable", str(unreadable))]
    if mime != wanted:
        faults.append(("media-type", f"served as {content_type!r}, not {wanted}"))
    return sorted({Finding(url, rule, text) for rule, text in [*faults, *found]})


def _xml_faults(body: bytes, url: str) -> tuple[str, Iterable[Fault]]:
    root = read_xml(body)
    shared = document_faults(root)
    if root.tag == "rss":
        return feed_rss.MIME, [*shared, *feed_rss.rss_faults(root, url)]
    if root.tag == f"{{{ATOM}}}feed":
        return feed_atom.MIME, [*shared, *feed_atom.atom_faults(root, url)]
    raise Unreadable(f"neither RSS nor Atom: {root.tag}")


def find_feedvalidator() -> Path | None:
    path = os.environ.get("FEEDVALIDATOR_PATH")
    return Path(path) if path else None


def check_with_feedvalidator(body: bytes, url: str, content_type: str) -> list[Finding]:
    """The W3C validator's errors and warnings. Raises ToolMissing without a usable checkout."""
    checkout = find_feedvalidator()
    if checkout is None or not (checkout / "src/feedvalidator").is_dir():
        raise ToolMissing("FEEDVALIDATOR_PATH names no checkout of w3c/feedvalidator.")
    python = os.environ.get("FEEDVALIDATOR_PYTHON", sys.executable)
    done = subprocess.run(
        [python, "-c", BRIDGE, url, content_type],
        input=body,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(checkout / "src")},
        timeout=60,
    )
    try:
        events: list[tuple[str, str]] = json.loads(done.stdout)
    except ValueError as unreadable:
        raise ToolMissing(f"feedvalidator did not answer: {done.stderr[-500:]!r}") from unreadable
    return [Finding(url, f"w3c-{rule}", text) for rule, text in events]
