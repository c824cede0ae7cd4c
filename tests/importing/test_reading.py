from __future__ import annotations

import ast
import re
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

import masthead.importing.extract as extract
from masthead.importing.extract.bylines import read_authors
from masthead.importing.extract.captions import split_caption
from masthead.importing.extract.dates import read_when
from masthead.importing.extract.phrases import is_furniture_line

MODULES = sorted(Path(extract.__file__).parent.glob("*.py"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Mara Okafor and Tomas Lindqvist, PhD", ["Mara Okafor", "Tomas Lindqvist, PhD"]),
        ("MARA OKAFOR, MBA", ["Mara Okafor, MBA"]),
        ("Courier staff", ["Courier staff"]),
        ("By Courier staff", ["Courier staff"]),
        ("Von Katrin Ahlers", ["Katrin Ahlers"]),
        ("Por Lucía Ferrán y Andrés Molina", ["Lucía Ferrán", "Andrés Molina"]),
        ("Written by: Ada de Vries | Published 3 May 2026", ["Ada de Vries"]),
        ("By Bo Lund, Political Editor", ["Bo Lund"]),
        ("By Ada Berg, Ph.D., MBA and Bo Lund", ["Ada Berg, Ph.D., MBA", "Bo Lund"]),
        ("By order of the county", []),
        ("The Harbour Courier", []),
        ("admin", []),
        ("By the way, nobody came", []),
    ],
)
def test_bylines_are_read(text: str, names: list[str]) -> None:
    assert [str(a) for a in read_authors(text, outlet="The Harbour Courier")] == names


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("November 16, 2026 6:40 am", date(2026, 11, 16)),
        ("November 16, 2026 at 6:40AM EST",
         datetime(2026, 11, 16, 6, 40, tzinfo=timezone(timedelta(hours=-5)))),
        ("Published: 16 Nov 2026", date(2026, 11, 16)),
        ("16. November 2026, 9:05 Uhr", date(2026, 11, 16)),
        ("14 de septiembre de 2026 - 07:00", date(2026, 9, 14)),
        ("٢٠ أكتوبر ٢٠٢٦", date(2026, 10, 20)),
        ("2026-11-16T11:40:00Z", datetime(2026, 11, 16, 11, 40, tzinfo=UTC)),
        ("25/12/2026", date(2026, 12, 25)),
        ("18. 11. 2026", date(2026, 11, 18)),
        ("November 18", None),
        ("3/4/2026", None),
        ("3 hours ago", None),
        ("99 November 2026", None),
    ],
)  # fmt: skip
def test_dates_are_read(text: str, when: date | None) -> None:
    assert read_when(text) == when


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Ships wait. (Photo: Jonas Feld / The Courier)",
            ("Ships wait.", "Jonas Feld / The Courier"),
        ),
        ("Ships wait. / The Harbour Courier", ("Ships wait.", "The Harbour Courier")),
        ("Ships wait. (Lena Ortiz/Staff)", ("Ships wait.", "Lena Ortiz/Staff")),
        ("Ships wait. © Coast Museum", ("Ships wait.", "Coast Museum")),
        ("Ships wait | Photo by Jonas Feld", ("Ships wait", "Jonas Feld")),
        ("Ships wait. (Courtesy of the county)", ("Ships wait.", "the county")),
        ("Ships wait. (Courtesy photo)", ("Ships wait.", "Courtesy photo")),
        ("Ships wait. (The Harbour Courier)", ("Ships wait.", "The Harbour Courier")),
        ("Photo: Ships wait at the harbour gate", ("Ships wait at the harbour gate", "")),
        ("Ships wait.", ("Ships wait.", "")),
    ],
)
def test_captions_are_split_from_credits(text: str, parts: tuple[str, str]) -> None:
    assert split_caption(text) == parts


@pytest.mark.parametrize(
    "line",
    [
        "Facebook Twitter WhatsApp Telegram",
        "Share 12",
        "Follow us on Gab, Minds, Telegram, Rumble, Gab TV, Truth Social, Gettr",
        "Follow Delta Courier on Telegram, Rumble and Truth Social",
        "Get our Ad-Free subscription",
        "READ MORE: Levee board asks for another year",
        "Email address *",
    ],
)
def test_furniture_gives_itself_away(line: str) -> None:
    assert is_furniture_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "“Support our school,” the mayor said.",
        "Follow the river for two miles and you reach the mill.",
        "Share of the cost is one thing, the upkeep is another.",
        "Support for the water board has fallen since that night.",
        "Print is not dead here, the editor said.",
    ],
)
def test_sentences_are_not_taken_for_furniture(line: str) -> None:
    assert not is_furniture_line(line)


def test_every_origin_has_a_sentence() -> None:
    used = set()
    for module in MODULES:
        source = module.read_text("utf-8")
        used |= set(re.findall(r'Field\([^"\n]*?"([^"]+)", 0?\.\d', source))
        used |= set(re.findall(r'\("([a-z][^"]+)", [a-z][^"\n]*, 0\.\d+\)', source))

    assert {origin for origin in used if origin not in extract.ORIGINS} == set()


def test_extraction_stands_alone() -> None:
    imported = {
        name.split(".")[0]
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        for name in ([a.name for a in node.names] if isinstance(node, ast.Import)
                     else [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level
                     else [])
    }  # fmt: skip

    assert imported & {"django", "wagtail", "requests", "httpx", "urllib3", "subprocess"} == set()
