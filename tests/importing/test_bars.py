"""The bars for copied pages, on pages written for development and on pages set aside."""

from __future__ import annotations

import pytest

from .scoring import Tally, score

BARS = {
    "author": 0.75,
    "no author invented": 0.90,
    "no date invented": 0.80,
    "caption": 0.70,
    "date": 0.85,
    "headline": 0.90,
}
BODY_F1 = 0.955


@pytest.fixture(params=["dev", "held_out"])
def scored(request: pytest.FixtureRequest) -> tuple[str, Tally, float]:
    tally, f1 = score(request.param)
    return request.param, tally, f1


def test_extraction_holds_the_bars(scored: tuple[str, Tally, float]) -> None:
    folder, tally, f1 = scored

    shares = {what: tally.share(what) for what in tally.asked}

    print(f"\n{folder}: body word-F1 {f1:.3f}")
    for what, share in shares.items():
        print(f"  {what}: {tally.right[what]}/{tally.asked[what]} ({share:.2f})")
    print("\n".join(f"  {fault}" for fault in tally.faults))
    assert f1 >= BODY_F1
    assert {what: share for what, share in shares.items() if share < BARS.get(what, 0)} == {}
