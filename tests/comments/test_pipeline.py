"""Each phase by a table, and that the first one decides. No database."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from masthead.comments.pipeline import Draft, Facts, Outcome, judge, phases
from masthead.comments.pipeline.verdict import Record
from masthead.comments.rules import Rules
from masthead.comments.text import fingerprint, printed
from masthead.comments.words import Words
from tests.factories import NOON

OPEN = Rules(who="address", mode="open")


def draft(text: str = "Well said.", **more: Any) -> Draft:
    return Draft(text, printed(text), fingerprint(text), more.pop("at", NOON), **more)


def facts(**more: Any) -> Facts:
    return Facts(**{"rules": OPEN, "published_at": NOON - timedelta(days=1)} | more)


def ago(*seconds: int, text: str = "other") -> tuple[tuple[str, Any], ...]:
    return tuple((fingerprint(text), NOON - timedelta(seconds=each)) for each in seconds)


def lately(*seconds: int, text: str = "other", **more: Any) -> Facts:
    return facts(record=Record(lately=ago(*seconds, text=text)), **more)


TABLE: list[tuple[Any, Draft, Facts, tuple[str, str] | None]] = [
    (phases.length, draft("x"), facts(), ("tell", "too-short")),
    (phases.length, draft("  \n "), facts(), ("tell", "too-short")),
    (phases.length, draft("y" * 5_001), facts(), ("tell", "too-long")),
    (phases.length, draft("y" * 5_000), facts(), None),
    (phases.closed, draft(), facts(), None),
    (phases.closed, draft(), facts(rules=Rules()), ("tell", "closed")),
    (
        phases.closed,
        draft(),
        facts(rules=replace(OPEN, closes_after_days=1)),
        ("tell", "closed"),
    ),
    (phases.closed, draft(), facts(rules=replace(OPEN, closes_after_days=2)), None),
    (phases.closed, draft(), facts(rules=replace(OPEN, who="members")), ("tell", "members-only")),
    (phases.closed, draft(), facts(rules=replace(OPEN, who="members"), is_member=True), None),
    (phases.ban, draft(), facts(is_banned=True), ("tell", "banned")),
    (phases.ban, draft(), facts(), None),
    (phases.slow, draft(), lately(10), None),
    (phases.slow, draft(), lately(10, rules=replace(OPEN, slow_seconds=60)), ("tell", "slow")),
    (phases.slow, draft(), lately(61, rules=replace(OPEN, slow_seconds=60)), None),
    (phases.slow, draft(is_edit=True), lately(1, rules=replace(OPEN, slow_seconds=60)), None),
    (phases.flood, draft(), lately(1, 2, 3), None),
    (phases.flood, draft(), lately(1, 2, 3, 4), ("tell", "flood")),
    (phases.flood, draft(), lately(*range(100, 3_100, 100)), ("tell", "flood")),
    (phases.repeat, draft("Buy it!"), lately(60, text="buy  it"), ("tell", "repeat")),
    (phases.repeat, draft("Buy it!"), lately(90_000, text="buy  it"), None),
    (phases.banned_words, draft("a BADWORD here"), facts(banned=Words(["badword"])),
     ("refuse", "words")),
    (phases.banned_words, draft("a badwords"), facts(banned=Words(["badword"])), None),
    (phases.staff, draft(), facts(record=Record(is_staff=True)), ("approve", "")),
    (phases.suspect_words, draft("so cheap"), facts(suspect=Words(["cheap"])), ("hold", "words")),
    (phases.links, draft("see https://a.example"), facts(), ("hold", "links")),
    (phases.links, draft("see https://a.example"), facts(record=Record(approved=2)), None),
    (
        phases.links,
        draft("https://a.example https://b.example"),
        facts(record=Record(approved=2)),
        ("hold", "links"),
    ),
    (phases.links, draft(" ".join(["https://a.example"] * 11)), facts(),
     ("tell", "too-many-links")),
    (phases.new_author, draft(), facts(), None),
    (phases.new_author, draft(), facts(rules=replace(OPEN, mode="first-held")),
     ("hold", "new-author")),
    (phases.new_author, draft(),
     facts(rules=replace(OPEN, mode="first-held"), record=Record(approved=2)), None),
    (phases.reputation, draft(), facts(record=Record(refused_lately=2, decided_lately=2)), None),
    (phases.reputation, draft(), facts(record=Record(refused_lately=3, decided_lately=10)),
     ("hold", "refused-lately")),
    (phases.reputation, draft(), facts(record=Record(refused_lately=3, decided_lately=11)), None),
    (phases.scorer, draft(), facts(), None),
    (phases.scorer, draft(), facts(scored=0.5), None),
    (phases.scorer, draft(), facts(scored=0.8), ("hold", "looks-doubtful")),
    (phases.scorer, draft(), facts(scored=0.99), ("hold", "looks-like-spam")),
    (phases.scorer, draft(), facts(scorer_failed=True), ("hold", "scorer-failed")),
    (phases.scorer, draft(), facts(scorer_failed=True, holds_when_scorer_fails=False), None),
    (phases.all_held, draft(), facts(), None),
    (phases.all_held, draft(), facts(rules=replace(OPEN, mode="all-held")), ("hold", "all-held")),
]  # fmt: skip


@pytest.mark.parametrize(("phase", "written", "known", "expected"), TABLE)
def test_a_phase_says(
    phase: Any, written: Draft, known: Facts, expected: tuple[str, str] | None
) -> None:
    verdict = phase(written, known)

    assert (verdict and (verdict.outcome.value, verdict.reason)) == expected


def test_every_phase_is_in_the_table() -> None:
    assert {each[0] for each in TABLE} == set(phases.PHASES)


def test_nothing_against_it_is_approved() -> None:
    assert judge(draft(), facts()).outcome is Outcome.APPROVE


def test_the_first_phase_decides_and_its_reason_is_kept() -> None:
    known = facts(is_banned=True, banned=Words(["badword"]), rules=replace(OPEN, mode="all-held"))

    verdict = judge(draft("a badword"), known)

    assert (verdict.phase, verdict.reason) == ("ban", "banned")


def test_where_the_words_stand_is_kept() -> None:
    verdict = judge(draft("A BÁD word."), facts(suspect=Words(["bad"])))

    assert verdict.marks == ((2, 5),)


def test_a_wait_says_how_long() -> None:
    assert judge(draft(), lately(10, 20, 30, 45)).wait_seconds == 16
