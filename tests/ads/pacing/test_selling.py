"""What can still be sold."""

import pytest

from masthead.ads.pacing.selling import Claim, part_of, what_is_left

TOP, SIDE, LIST = "top", "side", "list"
COMES = {TOP: 100.0, SIDE: 300.0, LIST: 50.0}


def left(*claims):
    found = what_is_left(COMES, [Claim(n, frozenset(c), w) for n, (c, w) in enumerate(claims)])
    return dict(found.free), dict(found.short)


@pytest.mark.parametrize(
    ("claims", "free", "short"),
    [
        ([], COMES, {}),
        ([([TOP], 40)], {**COMES, TOP: 60}, {}),
        ([([TOP, SIDE], 200)], {TOP: 50, SIDE: 150, LIST: 50}, {}),
        # Whoever fits nowhere else takes first, whatever the order.
        ([([TOP, SIDE], 200), ([TOP], 90)], {TOP: pytest.approx(100 * 11 / 31 * 0.1, abs=0.1),
          SIDE: pytest.approx(106.5, abs=0.1), LIST: 50}, {}),
        # One that asks for too much takes nothing from those whose goals can be kept.
        ([([TOP], 900), ([TOP], 60)], {**COMES, TOP: 0}, {0: 860}),
        ([([TOP], 130)], {**COMES, TOP: 0}, {0: 30}),
        ([(["card"], 10)], COMES, {0: 10}),
    ],
)  # fmt: skip
def test_what_is_promised_is_taken_off_where_it_runs(claims, free, short):
    assert left(*claims) == (free, short)


@pytest.mark.parametrize(
    ("own", "chosen", "part"),
    [
        ([], None, 1),
        ([7], None, 1),
        ([], 7, 0.2),  # runs everywhere: a fifth of what is read is there
        ([7], 7, 1),
        ([7, 8], 7, 0.4),
        ([8], 7, 0),
        ([7, 9], 7, 1),  # nobody reads the other
    ],
)
def test_of_a_flight_that_part_falls_into_a_section(own, chosen, part):
    assert part_of(own, chosen, {7: 0.2, 8: 0.3}) == pytest.approx(part)
