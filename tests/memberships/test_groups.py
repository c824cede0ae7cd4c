"""Seats: bought or given, kept for an address, taken by showing that it is one's own, freed."""

import re
from contextlib import suppress
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.test import Client
from django.utils import timezone

from masthead.jobs.worker import run_due_jobs
from masthead.mail.models import Letter
from masthead.mail.post import message_of
from masthead.memberships import groups, managing
from masthead.memberships.models import Group, Invitation, Invoice, Membership, Seat
from masthead.readers.actions import find_or_add_reader
from masthead.readers.models import Entitlement, Reader
from masthead.readers.queries import benefits_of_reader
from tests.factories import NETWORK, NOON, a_person
from tests.memberships.conftest import a_plan, deliver, price_of

pytestmark = pytest.mark.django_db


def reader(email):
    return find_or_add_reader(email=email, at=NOON)


def has(email):
    return bool(benefits_of_reader(reader=reader(email), at=timezone.now()))


@pytest.fixture
def school(there, di_buys):
    """Three seats at five a month, bought by Di."""
    di_buys.buy(price_of(a_plan(name="School", is_for_groups=True)), quantity="3")
    run_due_jobs()
    return Group.objects.get()


@pytest.fixture
def given(there, db):
    plan = a_plan(name="Library")
    return groups.give_group(
        plan=plan,
        owner=reader("head@library.example"),
        name="Library",
        seats=1,
        domain="@Library.example",
        ends_at=NOON + timedelta(days=90),
        by=a_person("pia"),
        at=NOON,
    )


def links(address):
    run_due_jobs()
    found = Letter.objects.filter(address=address, kind="readers.confirm").order_by("pk")
    texts = [
        message_from_bytes(message_of(each), policy=policy.default)
        .get_body(("plain",))
        .get_content()
        for each in found
    ]
    return [re.search(r"http://\S+/confirm/(\S+)/", each)[1] for each in texts]


def press(secret):
    path = f"/courier/readers/confirm/{secret}/"
    return Client(headers={"host": NETWORK}).post(path).content.decode()


def test_three_seats_are_paid_at_once_and_the_payer_has_none_of_them(school):
    member = Membership.objects.get()

    assert (member.quantity, member.amount_cents, school.size) == (3, 1500, 3)
    assert (school.owner.email, has("di@reader.example")) == ("di@reader.example", False)


def test_an_invited_address_has_its_seat_when_its_owner_presses_the_button(school):
    di = signed_in("di@reader.example")
    here = f"/courier/membership/group/{school.public_id}/"

    di.post(f"{here}invite/", {"emails": "ann@school.example, BEN@school.example"})
    before = has("ann@school.example")
    shown = press(links("ann@school.example")[0])

    assert (before, "The seat is yours." in shown) == (False, True)
    assert (has("ann@school.example"), has("ben@school.example")) == (True, False)
    assert (Seat.objects.count(), Invitation.objects.get().email) == (1, "ben@school.example")


def signed_in(email):
    found = reader(email)
    found.user = a_person("reader")
    found.save()
    browser = Client(headers={"host": NETWORK})
    browser.force_login(found.user, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def test_nobody_but_its_owner_gives_seats_away(school):
    here = f"/courier/membership/group/{school.public_id}/"
    eve = Client(headers={"host": NETWORK})

    statuses = {eve.get(here).status_code, eve.post(f"{here}invite/").status_code}

    assert statuses == {404}


def test_whoever_types_an_address_learns_nothing_and_gets_nothing(school):
    eve = Client(headers={"host": NETWORK})
    groups.keep_seats(group=school, emails=["ann@school.example"], at=NOON)
    path = f"/courier/membership/group/{school.public_id}/seat/"

    answers = {
        re.sub(r'value="[^"]*"', "", eve.post(path, {"email": each}).content.decode())
        for each in ("ann@school.example", "eve@other.example")
    }
    shown = press(links("eve@other.example")[0])

    assert (len(answers), "There is no seat for this address" in shown) == (1, True)
    assert Seat.objects.count() == 0


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("ann@library.example", True),
        ("ann@notlibrary.example", False),
        ("ann@sub.library.example", False),
    ],
)
def test_a_domain_opens_a_group_to_its_own_addresses_only(given, address, taken):
    with suppress(groups.GroupRefusal):
        groups.take_seat(group=given, reader=reader(address), at=NOON)

    assert has(address) is taken


def test_of_two_for_the_last_seat_one_gets_it_and_a_freed_one_is_taken_again(given, noon):
    ann, ben = "ann@library.example", "ben@library.example"
    seat = groups.take_seat(group=given, reader=reader(ann), at=NOON)
    with pytest.raises(groups.GroupRefusal):
        groups.take_seat(group=given, reader=reader(ben), at=NOON)

    later = NOON + timedelta(hours=1)
    noon.move_to(later, tick=False)
    groups.free_seat(seat=seat, at=later)
    groups.take_seat(group=given, reader=reader(ben), at=later)

    assert Entitlement.objects.filter(reader=reader(ann)).get().ends_at == later
    assert has(ben)


@pytest.mark.parametrize(
    ("emails", "why"),
    [
        (["no address"], "address"),
        ([f"r{n}@school.example" for n in range(4)], "not so many free seats"),
        ([f"r{n}@school.example" for n in range(21)], "at once"),
    ],
)
def test_no_seat_is_kept_when_one_cannot_be(school, emails, why):
    with pytest.raises(groups.GroupRefusal, match=why):
        groups.keep_seats(group=school, emails=emails, at=NOON)

    assert Invitation.objects.count() == 0


def test_seats_end_with_the_membership_that_pays_for_them(school, pass_days):
    groups.keep_seats(group=school, emails=["ann@school.example"], at=NOON)
    groups.take_seat(group=school, reader=reader("ann@school.example"), at=NOON)
    member = Membership.objects.select_related("customer__reader", "plan").get()
    pass_days(31)
    renewed = has("ann@school.example")
    managing.leave(member=member, at=timezone.now())

    pass_days(31)

    assert (renewed, has("ann@school.example")) == (True, False)
    with pytest.raises(groups.GroupRefusal):
        groups.keep_seats(group=school, emails=["ben@school.example"], at=timezone.now())


def test_given_seats_end_on_their_day(given, noon):
    groups.take_seat(group=given, reader=reader("ann@library.example"), at=NOON)

    noon.move_to(NOON + timedelta(days=91), tick=False)

    assert not has("ann@library.example")


def test_money_given_back_ends_the_seats_at_once(school, there):
    groups.keep_seats(group=school, emails=["ann@school.example"], at=NOON)
    groups.take_seat(group=school, reader=reader("ann@school.example"), at=NOON)

    managing.withdraw(
        member=Membership.objects.select_related("customer__reader", "plan").get(), at=NOON
    )
    deliver(there)

    assert not has("ann@school.example")
    assert Reader.objects.filter(email="ann@school.example").exists()


def seats_page():
    return f"/courier/membership/{Membership.objects.get().public_id}/seats/"


def test_the_payer_has_more_seats_at_once_for_the_price_that_was_said(school, noon):
    noon.move_to(NOON + timedelta(days=15), tick=False)  # half of the month is over
    di, here = signed_in("di@reader.example"), seats_page()

    said = di.get(f"{here}?seats=5").content.decode()
    noon.move_to(NOON + timedelta(days=15, minutes=50), tick=False)
    form = {"seats": "5", "said": re.search(r'name="said" value="([^"]+)"', said)[1]}
    answers = [di.post(here, {**form, "seats": "9"}), di.post(here, form)]

    paid = sum(Invoice.objects.values_list("paid_cents", flat=True))
    assert ("<strong>€5</strong>" in said, "<strong>€25 a month</strong>" in said) == (True, True)
    assert [each.status_code for each in answers] == [200, 303]  # of nine nothing was said
    assert (Membership.objects.get().quantity, paid) == (5, 1500 + 500)


def test_fewer_seats_come_with_the_next_period_and_no_more_than_those_are_given(school, pass_days):
    di, here = signed_in("di@reader.example"), seats_page()
    di.post(here, {"seats": "2"})

    with pytest.raises(groups.GroupRefusal):
        groups.keep_seats(
            group=school, emails=["a@s.example", "b@s.example", "c@s.example"], at=NOON
        )
    groups.keep_seats(group=school, emails=["a@s.example", "b@s.example"], at=NOON)
    refused = di.post(here, {"seats": "1"})
    before = Membership.objects.get()
    pass_days(32)

    after = Membership.objects.get()
    assert "Given away: 2." in refused.content.decode()
    assert (before.quantity, before.next_quantity) == (3, 2)
    assert (after.quantity, after.next_quantity, after.amount_cents) == (2, 0, 1000)


def test_nobody_but_the_payer_changes_the_seats(school):
    here = seats_page()
    Group.objects.update(owner=reader("head@school.example"))
    others = signed_in("head@school.example"), Client(headers={"host": NETWORK})

    statuses = [each.post(here, {"seats": "2"}).status_code for each in others]

    assert (statuses, Membership.objects.get().next_quantity) == ([404, 404], 0)
