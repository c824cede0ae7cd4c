"""What machines counted comes into the database, each event once."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from masthead.ads.counting import taking
from masthead.ads.counting.actions import (
    BATCHES_KEPT,
    STRAYS_KEPT,
    fold_days,
    forget_old,
    hour_of,
    take_batches,
)
from masthead.ads.counting.queries import differences
from masthead.ads.counting.settling import Settling
from masthead.ads.counting.strays import take_strays
from masthead.ads.door import taken_folder, tally
from masthead.ads.door.books import Books
from masthead.ads.door.tally import Batch, Key, Tally
from masthead.ads.models import (
    Advertiser,
    Campaign,
    CountedBatch,
    Creative,
    Flight,
    HourOfAds,
    StrayEvent,
)
from masthead.outlets.models import Outlet
from masthead.press.shelf import Shelf
from tests.ads.door.posting import NOW, Courier
from tests.factories import NOON

HOUR = hour_of(NOON)
Row = tuple[str, int | None, int, int, int, int, int, int]


@pytest.fixture
def bread(courier: Outlet) -> int:
    """A creative's number."""
    campaign = Campaign.objects.create(
        advertiser=Advertiser.objects.create(name="Quay Bakery"), name="Autumn"
    )
    flight = Flight.objects.create(campaign=campaign, name="Bread", starts_at=NOON)
    return Creative.objects.create(flight=flight, kind=Creative.Kind.CARD).pk


def a_batch(name: str, counts: Mapping[Key, list[int]]) -> Batch:
    return Batch(name, Tally(dict(counts)))


def report() -> list[Row]:
    rows = HourOfAds.objects.order_by("hour", "place", "chances", "pk")
    columns = ("chances", "offered", "visible", "clicked", "refused")
    return [*rows.values_list("place", "creative", "hour", *columns)]


def test_the_same_batch_counts_once_and_those_of_several_machines_add_up(
    courier: Outlet, bread: int
) -> None:
    one = a_batch(
        "one",
        {
            (courier.pk, "top", 0, HOUR): [9, 0, 0, 0, 1],
            (courier.pk, "top", bread, HOUR): [0, 5, 3, 1, 0],
        },
    )
    two = a_batch("two", {(courier.pk, "top", bread, HOUR): [0, 1, 1, 0, 2]})

    new = [take_batches(batches=batches, at=NOON) for batches in ([one], [one, two], [two, one])]

    assert new == [1, 1, 0]
    assert report() == [
        ("top", bread, HOUR, 0, 6, 4, 1, 2),
        ("top", None, HOUR, 9, 0, 0, 0, 1),
    ]
    assert differences(first_hour=HOUR, last_hour=HOUR) == {}


def test_what_is_no_more_is_left_out_and_hours_to_come_are_this_one(
    courier: Outlet, bread: int
) -> None:
    counts = {
        (courier.pk + 999, "top", 0, HOUR): [1, 0, 0, 0, 0],
        (courier.pk, "top", bread + 999, HOUR): [0, 2, 1, 0, 0],
        (courier.pk, "top", 0, HOUR + 5): [4, 0, 0, 0, 0],
        (courier.pk, "top", 0, HOUR): [1, 0, 0, 0, 0],
    }

    take_batches(batches=[a_batch("one", counts)], at=NOON)

    assert report() == [("top", None, HOUR, 5, 0, 0, 0, 0)]
    assert CountedBatch.objects.get().left_out == 4
    assert differences(first_hour=HOUR, last_hour=HOUR) == {}


def test_a_report_that_differs_from_the_batches_is_told(courier: Outlet, bread: int) -> None:
    counts = {(courier.pk, "top", bread, HOUR): [0, 5, 3, 0, 0]}
    take_batches(batches=[a_batch("one", counts)], at=NOON)
    HourOfAds.objects.update(visible=4, hour=HOUR)
    HourOfAds.objects.create(outlet=courier, place="newsletter", hour=HOUR, offered=100)
    HourOfAds.objects.create(outlet=courier, place="top", hour=HOUR - 1, chances=2)

    assert differences(first_hour=HOUR - 1, last_hour=HOUR) == {
        HOUR - 1: [2, 0, 0, 0, 0],
        HOUR: [0, 0, 1, 0, 0],
    }


def test_old_days_become_a_row_each_and_keep_their_sums(courier: Outlet, bread: int) -> None:
    day = HOUR // 24 * 24
    hours = [day - 24, day - 23, day - 1, day, day + 1]
    counts = {(courier.pk, "top", bread, hour): [0, 3, 2, 1, 0] for hour in hours}
    counts |= {(courier.pk, "top", 0, hour): [7, 0, 0, 0, 1] for hour in hours[1:3]}
    take_batches(batches=[a_batch("one", counts)], at=NOON)

    folded = [fold_days(before=NOON, most=5) for _ in range(2)]

    assert folded == [1, 0]
    assert sorted(report(), key=lambda row: (row[2], row[1] or 0)) == [
        ("top", None, day - 24, 14, 0, 0, 0, 2),
        ("top", bread, day - 24, 0, 9, 6, 3, 0),
        ("top", bread, day, 0, 3, 2, 1, 0),
        ("top", bread, day + 1, 0, 3, 2, 1, 0),
    ]


def test_batches_and_strays_are_forgotten_in_time(db: None) -> None:
    for number, age in enumerate((BATCHES_KEPT, BATCHES_KEPT + timedelta(hours=1))):
        CountedBatch.objects.create(name=str(number), counted_at=NOON - age)
    for number, age in enumerate((STRAYS_KEPT, STRAYS_KEPT + timedelta(hours=1))):
        at = int((NOON - age).timestamp())
        StrayEvent.objects.create(book="ab", token=str(number), what=2, at=at)

    forget_old(at=NOON)

    assert [each.name for each in CountedBatch.objects.all()] == ["0"]
    assert [each.token for each in StrayEvent.objects.all()] == ["0"]


@pytest.fixture
def two_machines(tmp_path: Path, settings, courier: Outlet, bread: int) -> list[Courier]:
    """Each with a folder of its own, offering the creative that there is."""
    keys = (settings.SECRET_KEY.encode(),)
    machines = [Courier(tmp_path / name, secrets=keys) for name in ("here", "there")]
    for machine in machines:
        machine.offer_only({bread: ["top"]}, outlet=courier.pk)
    return machines


def test_an_event_told_to_another_machine_counts_once(
    two_machines: list[Courier], settings, bread: int, shelf: Shelf
) -> None:
    here, there = two_machines
    at = datetime.fromtimestamp(NOW, tz=UTC)
    (token,) = there.offer(("top", bread))

    def all_chores() -> None:
        for machine in two_machines:
            machine.flush()
            settings.DATA = machine.folder
            taking.take_counts(shelf)

    here.tell(f"v {token}", f"v {token}")
    all_chores()
    there.tell(f"v {token}")
    here.tell(f"v {token}", f"c {token}")
    all_chores()
    all_chores()

    counted = HourOfAds.objects.get(creative=bread)
    assert (counted.offered, counted.visible, counted.clicked, counted.refused) == (1, 1, 1, 3)
    assert StrayEvent.objects.count() == 0
    assert here.waiting() == there.waiting() == []
    assert take_strays(books=Books(here.folder), at=at) == 0


@pytest.mark.parametrize(
    ("owner", "step"),
    [
        (Settling, "settle"),
        (CountedBatch.objects, "bulk_create"),
        (Settling, "make_marks"),
        (tally, "forget"),
    ],
    ids=["settled", "in the transaction", "after it", "forgotten"],
)
def test_killed_at_any_step_a_batch_counts_once_and_so_does_its_token(
    owner: object,
    step: str,
    two_machines: list[Courier],
    settings,
    bread: int,
    monkeypatch: pytest.MonkeyPatch,
    shelf: Shelf,
) -> None:
    here, _ = two_machines
    settings.DATA = here.folder
    (token,) = here.offer(("top", bread))
    here.tell(f"v {token}")
    here.flush()

    with monkeypatch.context() as killed:
        killed.setattr(owner, step, lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            taking.take_counts(shelf)
    here.tell(f"v {token}")
    here.flush()
    for _ in range(3):
        taking.take_counts(shelf)

    counted = HourOfAds.objects.get(creative=bread)
    assert (counted.offered, counted.visible, counted.refused) == (1, 1, 1)
    assert (here.waiting(), list(tally.waiting(taken_folder(here.folder)))) == ([], [])


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf", secret=b"only-for-tests")
