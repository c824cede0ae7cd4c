"""The Nu HTML checker over many pages in one Java process (start-up alone costs a second)."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .findings import Finding, ToolMissing, node_file

SECONDS = 600


def check_html(pages: Mapping[str, str]) -> list[Finding]:
    """
    Every error the Nu checker reports, none of its warnings or infos.

    pages: name to HTML; the name (usually the URL path) is what findings carry.
    Raises ToolMissing without Java or the checker, ValueError for no pages at all.
    """
    if not pages:
        raise ValueError("No pages given: that would pass without checking anything.")
    with tempfile.TemporaryDirectory() as directory:
        names = _write(pages, Path(directory))
        messages = _run(Path(directory))
    return sorted(_finding(message, names) for message in _errors(messages))


def _write(pages: Mapping[str, str], directory: Path) -> dict[str, str]:
    names = {}
    for number, (name, html) in enumerate(pages.items()):
        file = directory / f"{number:06}.html"
        file.write_text(html, encoding="utf-8")
        names[file.name] = name
    return names


def _run(directory: Path) -> list[dict[str, Any]]:
    jar = node_file("vnu-jar/build/dist/vnu.jar")
    command = ["java", "-Xss2m", "-jar", str(jar), "--format", "json", "--stdout"]
    try:
        done = subprocess.run(
            [*command, "--exit-zero-always", "--skip-non-html", str(directory)],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except FileNotFoundError as missing:
        raise ToolMissing("java is not installed; run bin/_node_tools.") from missing
    try:
        messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    except (ValueError, KeyError) as unreadable:
        raise ToolMissing(f"The Nu checker did not answer: {done.stderr[-500:]}") from unreadable
    return messages


def _errors(messages: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    # "non-document-error" is the checker failing on a page: no proof, so not a pass.
    return (m for m in messages if m["type"] in {"error", "non-document-error"})


def _finding(message: dict[str, Any], names: Mapping[str, str]) -> Finding:
    text = str(message.get("message", message["type"]))
    extract = " ".join(str(message.get("extract", "")).split())
    line = message.get("lastLine", "?")
    file = str(message.get("url", "")).rsplit("/", 1)[-1]
    rule = "nu-css" if text.startswith("CSS:") else "nu-html"
    return Finding(names.get(file, file), rule, f"{text} (line {line}: {extract})")
