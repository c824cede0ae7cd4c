"""What stands in the places of an edition."""

import pytest

from masthead.ads.letters.choosing import DAY, Candidate, Tier, choose_for

AT = 1_796_083_200.0


def a(flight, **fields):
    """In the middle of ten days, on its plan."""
    usual = {
        "creative": flight * 10,
        "tier": Tier.STANDARD,
        "starts": AT - 5 * DAY,
        "ends": AT + 5 * DAY,
        "goal": 1000,
        "done": 600,
    }
    return Candidate(flight=flight, **usual | fields)


def chosen(*candidates, slots=("top",), edition="e"):
    found = choose_for(slots, candidates, edition=edition, at=AT)
    return [each.flight if each else None for each in found]


@pytest.mark.parametrize(
    ("candidates", "flight"),
    [
        ([], None),
        ([a(1, done=700)], None),  # ahead of its plan
        ([a(1, done=550), a(2, done=400)], 2),  # the one furthest behind
        ([a(1, done=590, only_here=True), a(2, done=400)], 1),  # which can be made good only here
        ([a(1, done=1000, soon=True)], None),  # reached
        ([a(1, done=700, soon=True)], 1),
        ([a(1, done=900, ends=AT - 1)], 1),  # goes on until it is reached
        ([a(1, goal=0, tier=Tier.HOUSE), a(2, done=400)], 2),
        ([a(1, goal=0, tier=Tier.HOUSE), a(2, done=700)], 1),
        ([a(1, goal=0), a(2, goal=0, tier=Tier.HOUSE)], 1),
        ([a(1, done=0), a(2, goal=0, share=1000, tier=Tier.SPONSORSHIP)], 2),
    ],
)
def test_a_place_goes_to(candidates, flight):
    assert chosen(*candidates) == [flight]


def test_no_flight_and_no_two_of_a_trade_stand_in_one_edition():
    candidates = [
        a(1, done=0, trade="bakery"),
        a(1, creative=11, done=0, trade="bakery"),
        a(2, done=100, trade="bakery"),
        a(3, done=200),
    ]

    assert chosen(*candidates, slots=("top", "middle", "end")) == [1, 3, None]


def test_a_share_of_voice_is_a_share_of_editions_and_the_same_each_time():
    sponsor = a(1, goal=0, share=250, tier=Tier.SPONSORSHIP)

    editions = [chosen(sponsor, edition=f"edition {n}")[0] for n in range(2000)]

    assert editions.count(1) / 2000 == pytest.approx(0.25, abs=0.03)
    assert editions == [chosen(sponsor, edition=f"edition {n}")[0] for n in range(2000)]


def test_creatives_of_a_flight_take_turns_by_their_weight():
    one, other = a(1, goal=0, weight=3), a(1, creative=11, goal=0)

    found = [choose_for(["top"], [one, other], edition=n, at=AT)[0].creative for n in range(2000)]

    assert found.count(10) / 2000 == pytest.approx(0.75, abs=0.03)
