"""
On the stand-in's clock: what becomes of a membership on the way; how each ends after fourteen
months is in `test_fourteen_months`.
"""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from masthead.jobs.worker import run_due_jobs
from masthead.mail.models import Letter
from masthead.memberships import managing
from masthead.memberships.models import Invoice, Membership, Plan, Purchase
from masthead.memberships.providers.choosing import provider
from masthead.memberships.queries import prices_planned
from masthead.memberships.standin.payments import close_dispute, open_dispute
from masthead.readers.models import Benefit, Reader
from masthead.readers.queries import benefits_of_reader
from tests.factories import NOON
from tests.memberships.conftest import BOTH, a_plan, deliver, price_of

pytestmark = pytest.mark.django_db


def has(benefit=Benefit.AD_FREE):
    reader = Reader.objects.get(email="di@reader.example")
    return benefit in benefits_of_reader(reader=reader, at=timezone.now())


def member():
    return Membership.objects.select_related("customer__reader", "plan").get()


def letters():
    run_due_jobs()
    found = Letter.objects.filter(kind__startswith="membership.").order_by("pk")
    return [each.kind.removeprefix("membership.") for each in found]


def paid():
    return sum(Invoice.objects.values_list("paid_cents", flat=True))


def test_a_trial_becomes_a_membership_and_its_end_is_told_before(there, di_buys, pass_days):
    di_buys.buy(price_of(a_plan(trial_days=14)))

    begun = (has(), paid())
    pass_days(12)
    told = letters()
    pass_days(3)

    assert (begun, told) == ((True, 0), ["welcome", "trial_ending"])
    assert (member().status, paid(), letters()[-1]) == ("active", 500, "receipt")


def test_a_trial_is_had_once(there, di_buys, pass_days):
    plan = a_plan(trial_days=14)
    di_buys.buy(price_of(plan))
    managing.leave(member=member(), at=timezone.now())
    pass_days(20)

    di_buys.buy(price_of(plan))

    assert sorted(Membership.objects.values_list("status", flat=True)) == ["active", "canceled"]
    assert paid() == 500


def test_who_cancels_keeps_what_is_paid_for_and_not_a_day_more(plan, di_buys, pass_days):
    di_buys.buy(price_of(plan))
    managing.leave(member=member(), at=timezone.now())

    pass_days(29)
    before = has()
    pass_days(2)

    assert (before, has(), member().status, paid()) == (True, False, "canceled", 500)
    assert letters() == ["welcome", "receipt", "goodbye"]


def test_a_failing_card_costs_nothing_for_ten_days_and_then_ends_it(plan, di_buys, pass_days):
    from masthead.memberships.reconciling import write_due_letters

    di_buys.buy(price_of(plan), card="0341")
    seen = {}
    for day in range(1, 60):
        pass_days(1)
        write_due_letters(at=timezone.now())
        seen[day] = (member().status, has())

    assert (seen[31], seen[39]) == (("past_due", True), ("past_due", True))
    assert (seen[41][1], seen[59]) == (False, ("canceled", False))
    assert letters() == ["welcome", "receipt", *["failing"] * 3, "goodbye"]


def test_another_card_within_the_ten_days_mends_it(plan, di_buys, there, pass_days):
    di_buys.buy(price_of(plan), card="0341")
    pass_days(33)

    with there.books.writing() as till:
        portal = till.add("bps_", "billing_portal.session", {"customer": member().customer.ref})
        till.save({**portal, "return_url": "/"})
    there.page("POST", f"portal/{portal['id']}", {"card": "4242"})
    deliver(there)

    assert (member().status, has(), paid()) == ("active", True, 1000)


def test_what_is_given_back_ends_it_and_withdrawing_is_that(plan, di_buys, there):
    di_buys.buy(price_of(plan))

    managing.withdraw(member=member(), at=timezone.now())
    deliver(there)

    bill = Invoice.objects.get()
    assert (member().status, has(), bill.refunded_cents) == ("canceled", False, 500)


def test_the_fourteen_days_end(plan, di_buys, pass_days):
    di_buys.buy(price_of(plan))
    pass_days(14)

    with pytest.raises(managing.NotPossible):
        managing.withdraw(member=member(), at=timezone.now())


def test_a_part_that_is_given_back_ends_nothing(plan, di_buys, there):
    di_buys.buy(price_of(plan))
    provider().give_back(Invoice.objects.get().payment_ref, amount_cents=100, key="part")
    deliver(there)

    assert (has(), Invoice.objects.get().refunded_cents) == (True, 100)


@pytest.mark.parametrize(("won", "after"), [(True, True), (False, False)])
def test_a_dispute_holds_it_until_it_is_decided(plan, di_buys, there, noon, won, after):
    di_buys.buy(price_of(plan))
    noon.move_to(NOON + timedelta(days=2), tick=False)

    with there.books.writing() as till:
        dispute = open_dispute(till, till.all("charge")[0])
    deliver(there)
    held = has()
    noon.move_to(NOON + timedelta(days=4), tick=False)
    with there.books.writing() as till:
        close_dispute(till, till.get("dispute", dispute["id"]), won=won)
    deliver(there)

    assert (held, has()) == (False, after)


def test_a_dispute_that_is_won_leaves_its_readers_own_pause_alone(
    plan, di_buys, there, noon, pass_days
):
    di_buys.buy(price_of(plan))
    managing.pause(member=member(), at=timezone.now())
    until = member().paused_until
    with there.books.writing() as till:
        dispute = open_dispute(till, till.all("charge")[0])
    deliver(there)
    noon.move_to(NOON + timedelta(days=2), tick=False)
    with there.books.writing() as till:
        close_dispute(till, till.get("dispute", dispute["id"]), won=True)
    deliver(there)

    assert (member().is_paused, member().paused_until) == (True, until)


def test_a_pause_that_ends_while_a_bank_decides_becomes_a_hold(plan, di_buys, there):
    di_buys.buy(price_of(plan))
    managing.pause(member=member(), at=timezone.now())
    with there.books.writing() as till:
        open_dispute(till, till.all("charge")[0])
    deliver(there)
    before = member().held_at

    provider().go_on(member().ref, key="its end came")
    deliver(there)

    assert (before, member().held_at is None, member().is_paused) == (None, False, True)


def test_a_pause_costs_nothing_and_goes_on_by_itself(plan, di_buys, pass_days):
    di_buys.buy(price_of(plan))
    managing.pause(member=member(), at=timezone.now())

    pass_days(29)
    paid_for = has()
    pass_days(20)
    during = (has(), paid())
    pass_days(120)

    assert (paid_for, during) == (True, (False, 500))
    assert has()


@pytest.mark.parametrize("sooner", [True, False])
def test_a_year_that_is_paused_over_its_renewal_goes_on_with_a_year_from_then(
    plan, di_buys, pass_days, sooner
):
    di_buys.buy(price_of(plan, "year"))
    pass_days(360)
    managing.pause(member=member(), at=timezone.now())

    pass_days(30)
    during = (has(), paid())
    if sooner:
        managing.go_on(member=member(), at=timezone.now())
        run_due_jobs()
    else:
        pass_days(92 - 24)

    assert (during, has(), paid()) == ((False, 5000), True, 10_000)
    assert member().period_ends_at > timezone.now() + timedelta(days=364)


def test_a_year_that_was_held_over_its_renewal_goes_on_when_the_dispute_is_won(
    plan, di_buys, there, pass_days
):
    di_buys.buy(price_of(plan, "year"))
    pass_days(360)
    with there.books.writing() as till:
        dispute = open_dispute(till, till.all("charge")[0])
    deliver(there)

    pass_days(20)
    with there.books.writing() as till:
        close_dispute(till, till.get("dispute", dispute["id"]), won=True)
    deliver(there)

    assert (has(), paid(), member().is_paused) == (True, 10_000, False)


def test_dearer_begins_at_once_for_the_price_that_was_said(plan, di_buys, there):
    di_buys.buy(price_of(plan))
    dearer = a_plan(name="Supporter", benefits=BOTH, cents=900)
    price = price_of(dearer)

    said = managing.preview_switch(member=member(), price=price)
    managing.switch(member=member(), price=price, at=timezone.now())

    assert said is not None
    assert (said.due_cents, paid()) == (400, 900)
    assert (member().plan, has(Benefit.MEMBERS_ARTICLES)) == (dearer, True)


def test_cheaper_begins_when_what_is_paid_for_ends(there, di_buys, pass_days):
    dear = a_plan(name="Supporter", benefits=BOTH, cents=900)
    cheap = a_plan(cents=300)
    di_buys.buy(price_of(dear))

    said = managing.preview_switch(member=member(), price=price_of(cheap))
    managing.switch(member=member(), price=price_of(cheap), at=timezone.now())
    pass_days(29)
    before = has(Benefit.MEMBERS_ARTICLES)
    pass_days(3)

    assert (said, before, has(Benefit.MEMBERS_ARTICLES), has()) == (None, True, False, True)
    assert (member().plan, paid()) == (cheap, 1200)


def test_the_plan_that_runs_is_no_choice(plan, di_buys):
    di_buys.buy(price_of(plan))

    with pytest.raises(managing.NotPossible):
        managing.switch(member=member(), price=price_of(Plan.objects.get()), at=timezone.now())


def test_nobody_switches_into_a_plan_they_have_beside(plan, there, di_buys):
    di_buys.buy(price_of(plan))
    other = a_plan(name="Supporter", benefits=BOTH, cents=900)
    di_buys.buy(price_of(other))
    newest = Membership.objects.select_related("customer__reader", "plan").latest("pk")

    with pytest.raises(managing.NotPossible, match="beside this one"):
        managing.switch(member=newest, price=price_of(plan, "year"), at=timezone.now())


def test_a_payment_that_nobody_heard_of_is_found_before_a_switch(plan, there, di_buys):
    di_buys.buy(price_of(plan))
    other = a_plan(name="Supporter", benefits=BOTH, cents=900)
    page = urlsplit(di_buys.choose(price_of(other))["Location"]).path
    di_buys.client.post(page, {"card": "4242", "email": di_buys.email})  # and never came back
    oldest = Membership.objects.select_related("customer__reader", "plan").earliest("pk")

    with pytest.raises(managing.NotPossible, match="beside this one"):
        managing.switch(member=oldest, price=price_of(other), at=timezone.now())


def test_a_page_that_was_open_at_a_switch_and_is_paid_after_it_is_given_back(
    plan, there, di_buys, pass_days
):
    di_buys.buy(price_of(plan))
    other = a_plan(name="Supporter", benefits=BOTH, cents=900)
    page = di_buys.choose(price_of(other))["Location"]
    managing.switch(member=member(), price=price_of(other), at=timezone.now())

    pass_days(0.5)
    di_buys.pay(page)
    deliver(there)

    assert letters()[-1] == "double"
    assert Membership.objects.filter(status="active").get().started_at == NOON
    assert Invoice.objects.get(refunded_cents=900).paid_cents == 900


def test_a_plan_that_begins_later_is_not_bought_a_second_time(plan, there, di_buys):
    other = a_plan(name="Supporter", benefits=BOTH, cents=900)
    di_buys.buy(price_of(other))
    managing.switch(member=member(), price=price_of(plan), at=timezone.now())

    di_buys.choose(price_of(plan, "year"))
    run_due_jobs()

    assert [each.plan for each in prices_planned([member()]).values()] == [plan]
    assert Purchase.objects.get(state=Purchase.State.OPEN).details["double"] is True


@pytest.mark.parametrize("later", [False, True])
def test_a_switch_of_which_nothing_was_heard_is_seen_before_the_plan_is_sold_again(
    plan, there, di_buys, later
):
    other = a_plan(name="Supporter", benefits=BOTH, cents=900)
    di_buys.buy(price_of(other))
    change = provider().switch_later if later else provider().switch_now
    change(managing.state_of(member()), price_ref=price_of(plan).ref, key="killed-after-this")

    di_buys.choose(price_of(plan, "year"))
    run_due_jobs()

    assert Purchase.objects.get(state=Purchase.State.OPEN).details["double"] is True
