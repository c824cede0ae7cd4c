from datetime import timedelta

import pytest

from masthead.mail.models import Reach, State, Suppression
from masthead.newsletters.models import Delivery, EditionState, LeftOut, Subscription
from masthead.newsletters.sending.freezing import count_listed, freeze
from masthead.newsletters.sending.leases import Lease
from masthead.newsletters.sending.troubles import LeaseLost, Trouble
from masthead.readers.models import Benefit, Entitlement
from tests.factories import NOON
from tests.newsletters.sending.lists import a_newsletter, an_edition, copies, on_the_list

HOUR = timedelta(hours=1)


@pytest.fixture
def newsletter(courier):
    return a_newsletter(courier)


def suppress(address):
    Suppression.objects.create(
        address=address, reach=Reach.LETTERS, reason=Suppression.Reason.BOUNCED, since=NOON
    )


def everybody(newsletter):
    """One of each kind: whoever gets it, and whoever does not and why."""
    on_the_list(newsletter, "cy", at=NOON)
    on_the_list(newsletter, "Di", at=NOON, host="Readers.Example")
    on_the_list(newsletter, "back", at=NOON, state="paused", paused_until=NOON - HOUR)
    on_the_list(newsletter, "left", at=NOON, state="left")
    on_the_list(newsletter, "unproved", at=NOON, proved_at=None)
    on_the_list(newsletter, "Bounced", at=NOON)
    on_the_list(newsletter, "paused", at=NOON, state="paused")
    on_the_list(newsletter, "away", at=NOON, state="paused", paused_until=NOON + HOUR)
    suppress("bounced@readers.example")


def test_who_gets_it_is_written_down_once_with_who_does_not_and_why(newsletter):
    everybody(newsletter)
    edition = an_edition(newsletter, at=NOON)

    counts = freeze(edition, copies(edition, at=NOON), at=NOON)

    assert counts == {
        "frozen": 3,
        LeftOut.UNPROVED: 1,
        LeftOut.SUPPRESSED: 1,
        LeftOut.NO_MEMBER: 0,
        LeftOut.PAUSED: 2,
        LeftOut.SEGMENT: 0,
        LeftOut.HAS_IT: 0,
    }
    listed = Subscription.objects.filter(newsletter=newsletter).exclude(state="left").count()
    assert sum(counts.values()) == listed
    rows = Delivery.objects.filter(edition=edition).order_by("address")
    assert [(row.address, row.domain, row.state, row.due_at) for row in rows] == [
        ("Di@Readers.Example", "readers.example", State.PENDING, NOON),
        ("back@readers.example", "readers.example", State.PENDING, NOON),
        ("cy@readers.example", "readers.example", State.PENDING, NOON),
    ]
    edition.refresh_from_db()
    assert (edition.state, edition.number, edition.counts) == (EditionState.SENDING, 1, counts)
    assert (edition.frozen_at, edition.released_at) == (NOON, NOON)


def test_counting_beforehand_says_the_same_and_writes_nothing(newsletter):
    everybody(newsletter)
    edition = an_edition(newsletter, at=NOON)

    counted = count_listed(edition, at=NOON)

    assert Delivery.objects.count() == 0
    assert counted == freeze(edition, copies(edition, at=NOON), at=NOON)


def test_who_paid_for_it_gets_the_copy_without_advertising(newsletter):
    paying, paid = on_the_list(newsletter, "di", at=NOON), on_the_list(newsletter, "ex", at=NOON)
    on_the_list(newsletter, "cy", at=NOON)
    for reader, until in ((paying, None), (paid, NOON - HOUR)):
        Entitlement.objects.create(
            reader=reader,
            benefit=Benefit.AD_FREE,
            source=Entitlement.Source.GIFT,
            starts_at=NOON - 2 * HOUR,
            ends_at=until,
        )
    edition = an_edition(newsletter, at=NOON)

    freeze(edition, copies(edition, at=NOON), at=NOON)

    got = Delivery.objects.order_by("address").values_list("address", "copy__variant")
    assert list(got) == [
        ("cy@readers.example", "public"),
        ("di@readers.example", "adfree"),
        ("ex@readers.example", "public"),
    ]


def test_frozen_again_only_those_who_joined_since_are_added(newsletter):
    on_the_list(newsletter, "cy", at=NOON)
    edition = an_edition(newsletter, at=NOON)
    printed = copies(edition, at=NOON)
    freeze(edition, printed, at=NOON)
    on_the_list(newsletter, "di", at=NOON)

    counts = freeze(edition, printed, at=NOON + HOUR)

    assert (counts["frozen"], counts[LeftOut.HAS_IT]) == (1, 1)
    edition.refresh_from_db()
    assert (edition.number, edition.released_at) == (1, NOON)
    assert Delivery.objects.filter(edition=edition).count() == 2


def test_editions_of_a_newsletter_are_numbered_as_they_go_out(newsletter):
    on_the_list(newsletter, "cy", at=NOON)
    numbers = []
    for _ in range(2):
        edition = an_edition(newsletter, at=NOON)
        freeze(edition, copies(edition, at=NOON), at=NOON)
        edition.refresh_from_db()
        numbers.append(edition.number)

    assert numbers == [1, 2]


def test_an_edition_for_nobody_waits_for_a_person(newsletter):
    on_the_list(newsletter, "left", at=NOON, state="left")
    edition = an_edition(newsletter, at=NOON)

    with pytest.raises(Trouble, match="Nobody on the list"):
        freeze(edition, copies(edition, at=NOON), at=NOON)

    assert Delivery.objects.count() == 0


@pytest.mark.parametrize("changed", [{"fence": 5}, {"state": EditionState.PAUSED}])
def test_a_sender_that_lost_the_edition_freezes_nothing(newsletter, changed):
    on_the_list(newsletter, "cy", at=NOON)
    edition = an_edition(newsletter, at=NOON, **{"fence": 4} | changed)

    with pytest.raises(LeaseLost):
        freeze(edition, copies(edition, at=NOON), at=NOON, lease=Lease(edition.pk, 4, "me", False))

    assert Delivery.objects.count() == 0
