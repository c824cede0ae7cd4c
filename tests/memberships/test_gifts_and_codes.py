"""Presents, codes for a lower price, and being forgotten."""

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.utils import timezone

from masthead.jobs.worker import run_due_jobs
from masthead.mail.models import Letter
from masthead.mail.post import message_of
from masthead.memberships.figures.queries import months
from masthead.memberships.gifts import NoSuchGift, redeem_gift
from masthead.memberships.models import Customer, Gift, Invoice, Purchase
from masthead.memberships.providers.base import DiscountWish
from masthead.memberships.providers.choosing import provider
from masthead.memberships.reconciling import reconcile
from masthead.memberships.standin.events import Knobs
from masthead.memberships.standin.payments import close_dispute, open_dispute
from masthead.outlets.queries import get_sheet
from masthead.readers.actions import find_or_add_reader
from masthead.readers.holdings import erase, export_of
from masthead.readers.models import Entitlement, Reader
from masthead.readers.queries import benefits_of_reader
from tests.factories import NOON
from tests.memberships.conftest import Buyer, deliver, price_of

pytestmark = pytest.mark.django_db


def bought(di_buys, plan):
    di_buys.buy(price_of(plan), is_gift="on")
    run_due_jobs()
    letter = Letter.objects.get(kind="membership.gift")
    message = message_from_bytes(message_of(letter), policy=policy.default)
    text = message.get_body(("plain",)).get_content()
    return re.search(r"(?:[A-Z0-9]{4}-){3}[A-Z0-9]{4}", text)[0]


def has(reader):
    return bool(benefits_of_reader(reader=reader, at=timezone.now()))


def earned():
    return sum(each.earned.get("eur", 0) for each in months(at=timezone.now()))


@pytest.fixture
def cy_reads(db):
    return find_or_add_reader(email="cy@reader.example", at=NOON)


def test_a_gift_is_paid_once_and_had_for_its_days_by_whoever_brings_the_code(
    plan, di_buys, cy_reads, noon
):
    code = bought(di_buys, plan)

    redeem_gift(code=code.lower().replace("-", " "), reader=cy_reads, at=NOON)

    assert Purchase.objects.get().paid_cents == 500
    assert (has(cy_reads), has(Reader.objects.get(email=di_buys.email))) == (True, False)
    noon.move_to(NOON + timedelta(days=31), tick=False)
    assert not has(cy_reads)


def test_a_code_is_good_once(plan, di_buys, cy_reads):
    code = bought(di_buys, plan)
    redeem_gift(code=code, reader=cy_reads, at=NOON)

    for another in (code, "BCDF-GHJK-LMNP-QRST", ""):
        with pytest.raises(NoSuchGift):
            redeem_gift(code=another, reader=cy_reads, at=NOON)


def test_a_gift_whose_price_is_given_back_ends(plan, di_buys, cy_reads, there):
    redeem_gift(code=bought(di_buys, plan), reader=cy_reads, at=NOON)
    provider().give_back(Purchase.objects.get().payment_ref, amount_cents=None, key="back")

    deliver(there)

    assert (has(cy_reads), Purchase.objects.get().refunded_cents) == (False, 500)
    assert Gift.objects.get().ended_at == NOON


def test_a_gift_that_a_bank_wants_back_ends_until_that_is_won_and_is_no_income_meanwhile(
    plan, di_buys, cy_reads, there, noon
):
    redeem_gift(code=bought(di_buys, plan), reader=cy_reads, at=NOON)
    noon.move_to(NOON + timedelta(days=2), tick=False)
    with there.books.writing() as till:
        dispute = open_dispute(till, till.all("charge")[0])
    deliver(there)
    held, income = has(cy_reads), earned()
    noon.move_to(NOON + timedelta(days=12), tick=False)
    with there.books.writing() as till:
        close_dispute(till, till.get("dispute", dispute["id"]), won=True)
    deliver(there)

    again, kept = has(cy_reads), earned()
    noon.move_to(NOON + timedelta(days=40), tick=False)
    assert ((held, income), (again, kept)) == ((False, 0), (True, 500))
    assert has(cy_reads)  # as many days more as it was held


def test_a_gift_for_which_a_code_takes_off_everything_is_one(plan, di_buys, cy_reads):
    provider().make_discount(DiscountWish(code="FREE", percent=100), key="code")

    di_buys.buy(price_of(plan), is_gift="on", code="FREE")
    run_due_jobs()

    assert Letter.objects.filter(kind="membership.gift").count() == Gift.objects.count() == 1


def test_a_gift_whose_money_takes_days_is_made_by_the_nightly_look(plan, di_buys, there, noon):
    answer = di_buys.buy(price_of(plan), is_gift="on", card="3204")
    deliver(there)
    assert b"Your payment takes some days." in answer.content
    before = (Purchase.objects.get().state, Gift.objects.count())
    there.turn(Knobs(lose=1))
    noon.move_to(NOON + timedelta(days=5), tick=False)
    there.catch_up()

    reconcile(at=timezone.now())

    assert (before, Gift.objects.count()) == (("expired", 0), 1)
    assert Purchase.objects.get().paid_cents == 500


def test_a_gift_of_another_account_does_not_end_the_nightly_look(plan, di_buys):
    di_buys.buy(price_of(plan), is_gift="on")
    Purchase.objects.update(payment_ref="pi_of_another_account")
    di_buys.buy(price_of(plan), is_gift="on")

    reconcile(at=timezone.now())

    assert Gift.objects.count() == 2


@pytest.mark.parametrize(
    ("coupon", "paid"),
    [
        ({"percent_off": 50, "duration": "once"}, [250, 500, 500, 500]),
        (
            {"percent_off": 20, "duration": "repeating", "duration_in_months": 2},
            [400, 400, 500, 500],
        ),
        ({"amount_off": 100, "currency": "eur", "duration": "forever"}, [400] * 4),
        ({"percent_off": 100, "duration": "once"}, [0, 500, 500, 500]),
    ],
)
def test_a_code_takes_off_what_it_says_for_as_long_as_it_says(
    plan, di_buys, pass_days, coupon, paid
):
    v1 = provider()._v1
    made = v1.coupons.create(coupon)
    v1.promotion_codes.create(
        {"promotion": {"type": "coupon", "coupon": made.id}, "code": "HARBOUR"}
    )

    di_buys.buy(price_of(plan), code="HARBOUR")
    pass_days(95)

    bills = Invoice.objects.order_by("made_at", "pk")
    assert [each.paid_cents for each in bills] == paid


def test_a_code_that_is_none_is_said_so(plan, di_buys):
    answer = di_buys.choose(price_of(plan), code="WRONG")

    assert (answer.status_code, b"This code is not good" in answer.content) == (422, True)


def test_a_code_that_is_brought_on_the_second_try_counts_and_the_first_page_is_closed(
    plan, di_buys
):
    provider().make_discount(DiscountWish(code="HALF", percent=50), key="code")
    first = di_buys.choose(price_of(plan))["Location"]

    again = di_buys.choose(price_of(plan), code="HALF")["Location"]
    late, paid = di_buys.pay(first), di_buys.pay(again)

    assert (late.status_code == 303, paid.status_code) == (False, 303)
    assert [each.paid_cents for each in Invoice.objects.all()] == [250]


def test_whoever_only_types_an_address_closes_nobodys_page(plan, di_buys, there):
    provider().make_discount(DiscountWish(code="HALF", percent=50), key="code")
    page = di_buys.choose(price_of(plan))["Location"]

    Buyer(there, di_buys.email).choose(price_of(plan), code="HALF")

    assert (di_buys.pay(page).status_code, Invoice.objects.get().paid_cents) == (303, 500)


def test_who_is_erased_is_charged_no_more_and_the_books_keep_the_cents(
    plan, di_buys, there, pass_days
):
    di_buys.buy(price_of(plan))
    reader = Reader.objects.get()

    erase(reader=reader, at=timezone.now(), never_again=False)
    run_due_jobs()
    pass_days(60)

    assert (Reader.objects.count(), Entitlement.objects.count()) == (0, 0)
    assert (Customer.objects.get().reader, Invoice.objects.get().paid_cents) == (None, 500)
    with there.books.writing() as till:
        assert [each["status"] for each in till.all("subscription")] == ["canceled"]


def test_what_was_paid_is_in_a_readers_export(plan, di_buys, courier):
    di_buys.buy(price_of(plan))

    packed = export_of(reader=Reader.objects.get(), sheet=get_sheet(outlet_id=courier.pk), at=NOON)

    assert len(packed) > 1_000
