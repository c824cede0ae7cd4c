"""Stricter bars for the pages of small regional news sites, copied as text or saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from masthead.importing.extract import extract_page

from .scoring import pages_in, score, word_f1

FOLDERS = ["regional_dev", "regional_held_out"]
BARS = {
    "headline": 1.0,
    "section": 0.85,
    "author": 0.90,
    "no author invented": 1.0,
    "date": 0.90,
    "no date invented": 1.0,
    "caption": 0.85,
}
MEAN_F1 = 0.97
EACH_F1 = 0.93
PAGES = [(path, gold) for folder in FOLDERS for path, gold in pages_in(folder)]
NAMES = [path.name for path, _gold in PAGES]


@pytest.mark.parametrize("folder", FOLDERS)
def test_fields_of_regional_pages_hold_the_bars(folder: str) -> None:
    tally, mean_f1 = score(folder)

    shares = {what: tally.share(what) for what in tally.asked}

    assert mean_f1 >= MEAN_F1, tally.faults
    assert {what: s for what, s in shares.items() if s < BARS.get(what, 0)} == {}, tally.faults


@pytest.mark.parametrize(("path", "gold"), PAGES, ids=NAMES)
def test_the_text_of_a_regional_page_comes_out_whole(path: Path, gold: dict[str, Any]) -> None:
    page = extract_page(path.read_bytes(), filename=path.name)

    assert word_f1(page.text.value or "", "\n".join(gold["body"])) >= EACH_F1


@pytest.mark.parametrize(("path", "gold"), PAGES, ids=NAMES)
def test_no_furniture_stands_in_the_text(path: Path, gold: dict[str, Any]) -> None:
    page = extract_page(path.read_bytes(), filename=path.name)

    text = (page.text.value or "").lower()

    assert [phrase for phrase in gold["absent"] if phrase in text] == []


@pytest.mark.parametrize(("path", "gold"), PAGES, ids=NAMES)
def test_the_site_is_named_and_not_its_menu(path: Path, gold: dict[str, Any]) -> None:
    page = extract_page(path.read_bytes(), filename=path.name)

    assert not gold["outlet"] or page.outlet_name.value == gold["outlet"]
