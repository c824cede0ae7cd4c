"""Comparing what was extracted with the gold written by hand beside each fixture."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from masthead.importing.extract import ExtractedPage, Picture, extract_page

FIXTURES = Path(__file__).parent / "fixtures"


@dataclass
class Tally:
    right: dict[str, int] = field(default_factory=Counter)
    asked: dict[str, int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def count(self, what: str, good: bool, note: str) -> None:
        self.asked[what] += 1
        self.right[what] += good
        if not good:
            self.faults.append(f"{what}: {note}")

    def share(self, what: str) -> float:
        return self.right[what] / self.asked[what] if self.asked[what] else 0.0


def pages_in(folder: str) -> list[tuple[Path, dict[str, Any]]]:
    golds = sorted((FIXTURES / folder).glob("*.gold.json"))
    return [(_page_beside(gold), json.loads(gold.read_text("utf-8"))) for gold in golds]


def _page_beside(gold: Path) -> Path:
    stem = gold.name.removesuffix(".gold.json")
    return next(p for p in gold.parent.glob(f"{stem}.*") if p.suffix in {".html", ".txt"})


def word_f1(got: str, wanted: str) -> float:
    a, b = (Counter(re.findall(r"\w+", text.lower())) for text in (got, wanted))
    return 2 * sum((a & b).values()) / ((sum(a.values()) + sum(b.values())) or 1)


def all_captions(page: ExtractedPage) -> list[tuple[str, str]]:
    lead = [(page.caption.value or "", page.credit.value or "")]
    return lead + [(b.caption, b.credit) for b in page.body if isinstance(b, Picture)]


def score(folder: str) -> tuple[Tally, float]:
    """(counts by question, mean word-F1 of the bodies) over one folder of fixtures."""
    tally, f1s = Tally(), []
    for path, gold in pages_in(folder):
        page = extract_page(path.read_bytes(), filename=path.name)
        f1 = word_f1(page.text.value or "", "\n".join(gold["body"]))
        f1s.append(f1)
        if f1 < 0.955:
            tally.faults.append(f"{path.name}: body F1 {f1:.3f}")
        _score_fields(tally, path.name, page, gold)
    return tally, sum(f1s) / len(f1s)


def _score_fields(tally: Tally, name: str, page: ExtractedPage, gold: dict[str, Any]) -> None:
    got = [[a.name, a.post_nominals] for a in page.authors.value or ()]
    asked = "author" if gold["authors"] else "no author invented"
    tally.count(asked, got == gold["authors"], f"{name}: {got} ({page.authors.origin})")
    when = _day(page.published_at.value)
    asked = "date" if gold["published"] else "no date invented"
    note = f"{name}: {when} ({page.published_at.origin})"
    tally.count(asked, when == (gold["published"] or "")[:10], note)
    tally.count("headline", page.headline.value == gold["headline"], f"{name}: {page.headline}")
    if gold.get("standfirst"):
        good = page.standfirst.value == gold["standfirst"]
        tally.count("standfirst", good, f"{name}: {page.standfirst}")
    if gold.get("section"):
        tally.count("section", page.section.value == gold["section"], f"{name}: {page.section}")
    kept = all_captions(page)
    for caption in gold["captions"]:
        tally.count("caption", caption in [c for c, _ in kept], f"{name}: {kept}")
    for credit in gold.get("credits", ()):
        tally.count("credit", credit in [c for _, c in kept], f"{name}: {kept}")


def _day(value: date | datetime | None) -> str:
    return value.isoformat()[:10] if value else ""
