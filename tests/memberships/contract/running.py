"""Memberships: renewed, left, paused, switched, given back, disputed, not paid."""

from datetime import timedelta

import pytest

from masthead.memberships.providers.base import (
    ProviderTrouble,
)
from tests.memberships.contract.world import InAWorld

DAY = timedelta(days=1)
A_MONTH_AT_MOST = timedelta(days=31)


class Running(InAWorld):
    def test_a_membership_says_all_of_itself(self, world, plan, price):
        begun = world.now()
        state = self.bought(world, plan, price, quantity=3)

        assert (state.status, state.plan_ref, state.price_ref) == ("active", plan, price)
        assert (state.quantity, state.amount_cents, state.currency) == (3, 1500, "eur")
        assert (state.every, state.reference) == ("month", "0192-purchase")
        assert abs(state.period_starts_at - begun) < timedelta(minutes=5)
        assert DAY < state.period_ends_at - state.period_starts_at <= A_MONTH_AT_MOST
        assert (state.cancel_at, state.ended_at, state.is_paused) == (None, None, False)
        assert [each.ref for each in world.there.memberships(since=None)] == [state.ref]
        assert list(world.there.memberships(since=world.now() + DAY)) == []

    def test_a_renewal_is_another_invoice(self, world, plan, price):
        state = self.bought(world, plan, price)

        world.wait(32)

        bills = world.there.invoices(state.ref)
        assert [(each.status, each.paid_cents) for each in bills] == [("paid", 500)] * 2
        assert len({each.ref for each in bills} | {each.payment_ref for each in bills}) == 4
        assert {each.membership_ref for each in bills} == {state.ref}
        assert world.there.read_membership(state.ref).period_ends_at > state.period_ends_at

    def test_a_trial_costs_nothing_until_it_ends(self, world, plan, price):
        state = self.bought(world, plan, price, trial_days=14)
        before = sum(each.paid_cents for each in world.there.invoices(state.ref))

        world.wait(15)

        after = world.there.read_membership(state.ref)
        paid = sum(each.paid_cents for each in world.there.invoices(state.ref))
        assert (state.status, before, after.status, paid) == ("trialing", 0, "active", 500)
        assert state.trial_ends_at == state.period_ends_at

    def test_what_readers_choose_has_no_price_of_its_own(self, world, plan):
        monthly = self.bought(world, plan, "", amount_cents=777)
        once = self.wish(plan, every="once", amount_cents=1250, reference="once")
        page = world.there.open_page(once, key="once")
        world.pay(page)
        paid = world.there.read_page(page.ref)

        payment = world.there.read_payment(paid.payment_ref)
        assert (monthly.plan_ref, monthly.amount_cents) == (plan, 777)
        assert (paid.membership_ref, payment.paid_cents, payment.refunded_cents) == ("", 1250, 0)
        assert world.there.membership_of_payment(paid.payment_ref) == ""

    def test_leaving_holds_until_the_period_ends_and_can_be_taken_back(self, world, plan, price):
        state = self.bought(world, plan, price)
        world.there.leave_at_period_end(state.ref, leaves=True, key="leave")
        left = world.there.read_membership(state.ref)
        world.there.leave_at_period_end(state.ref, leaves=False, key="stay")
        stays = world.there.read_membership(state.ref)
        world.there.leave_at_period_end(state.ref, leaves=True, key="leave-again")

        world.wait(32)

        ended = world.there.read_membership(state.ref)
        assert (left.status, left.cancel_at) == ("active", state.period_ends_at)
        assert (stays.cancel_at, ended.status) == (None, "canceled")
        assert ended.ended_at is not None

    @pytest.mark.parametrize("stays", [False, True])
    def test_whoever_planned_something_else_can_leave_and_has_it_again_when_staying(
        self, world, plan, price, stays
    ):
        there, cheaper = world.there, self.a_price(world, plan, 300)
        state = self.bought(world, plan, price, quantity=3)
        there.switch_later(state, price_ref=cheaper, quantity=2, key="switch")
        there.leave_at_period_end(state.ref, leaves=True, key="leave")
        left = there.read_membership(state.ref)
        if stays:
            there.leave_at_period_end(state.ref, leaves=False, key="stay")

        world.wait(32)

        after = there.read_membership(state.ref)
        assert (left.cancel_at, left.next_price_ref) == (state.period_ends_at, "")
        assert (after.status, after.amount_cents) == (
            ("active", 600) if stays else ("canceled", 1500)
        )

    def test_whoever_pays_what_was_planned_can_leave_too(self, world, plan, price):
        there, cheaper = world.there, self.a_price(world, plan, 300)
        state = self.bought(world, plan, price)
        there.switch_later(state, price_ref=cheaper, key="switch")
        world.wait(32)

        there.leave_at_period_end(state.ref, leaves=True, key="leave")
        world.wait(32)

        assert there.read_membership(state.ref).status == "canceled"

    def test_an_end_at_once_is_one(self, world, plan, price):
        state = self.bought(world, plan, price)

        world.there.end_now(state.ref, key="end")

        assert world.there.read_membership(state.ref).status == "canceled"

    def test_a_pause_charges_nothing_until_it_is_over(self, world, plan, price):
        state = self.bought(world, plan, price)
        until = state.period_ends_at + 20 * DAY
        world.there.pause(state.ref, until=until, key="pause")
        paused = world.there.read_membership(state.ref)

        world.wait(40)
        during = sum(each.paid_cents for each in world.there.invoices(state.ref))
        world.wait(40)

        after = sum(each.paid_cents for each in world.there.invoices(state.ref))
        assert (paused.is_paused, paused.paused_until) == (True, until)
        assert (during, after > during) == (500, True)
        assert not world.there.read_membership(state.ref).is_paused

    def test_what_was_not_paid_in_a_pause_begins_anew_and_is_paid_once(self, world, plan, price):
        there, cheaper = world.there, self.a_price(world, plan, 300)
        state = self.bought(world, plan, price)
        there.pause(state.ref, until=None, key="pause")
        world.wait(40)
        there.go_on(state.ref, key="on")
        resumed = there.read_membership(state.ref)
        there.switch_later(resumed, price_ref=cheaper, key="cheaper")
        resumed = there.read_membership(state.ref)

        for _ in range(2):
            there.begin_anew(resumed, key="anew")

        after = there.read_membership(state.ref)
        bill = max(there.invoices(state.ref), key=lambda each: each.period_ends_at)
        assert (after.amount_cents, after.schedule_ref, bill.paid_cents) == (300, "", 300)
        assert bill.period_ends_at == after.period_ends_at > world.now() + 27 * DAY
        assert sum(each.paid_cents for each in there.invoices(state.ref)) == 800

    def test_dearer_now_costs_what_was_said_before(self, world, plan, price):
        dearer = self.a_price(world, plan, 900)
        state = self.bought(world, plan, price)

        said = world.there.preview_switch(state, price_ref=dearer)
        world.there.switch_now(state, price_ref=dearer, key="switch")

        paid = sum(each.paid_cents for each in world.there.invoices(state.ref))
        after = world.there.read_membership(state.ref)
        assert (said.due_cents, said.currency) == (paid - 500, "eur")
        assert (after.price_ref, 0 < said.due_cents <= 400) == (dearer, True)

    def test_the_year_that_a_month_was_switched_to_is_paid_until_its_end(self, world, plan, price):
        year = self.a_price(world, plan, 5000, "year")
        state = self.bought(world, plan, price)
        world.wait(10)

        said = world.there.preview_switch(state, price_ref=year)
        world.wait(0.04)
        world.there.switch_now(state, price_ref=year, said_at=said.at, key="switch")

        after = world.there.read_membership(state.ref)
        bill = max(world.there.invoices(state.ref), key=lambda each: each.total_cents)
        assert (bill.paid_cents, bill.period_ends_at) == (said.due_cents, after.period_ends_at)
        assert after.period_ends_at > world.now() + 360 * DAY

    def test_cheaper_begins_with_the_next_period(self, world, plan, price):
        cheaper = self.a_price(world, plan, 300)
        state = self.bought(world, plan, price)
        world.there.switch_later(state, price_ref=cheaper, key="switch")
        before = world.there.read_membership(state.ref)

        world.wait(32)

        after = world.there.read_membership(state.ref)
        assert (before.price_ref, before.next_price_ref) == (price, cheaper)
        assert (after.price_ref, after.amount_cents) == (cheaper, 300)

    def test_more_of_it_now_costs_what_was_said_before_also_some_time_later(
        self, world, plan, price
    ):
        state = self.bought(world, plan, price, quantity=3)
        world.wait(10)

        said = world.there.preview_switch(state, price_ref=price, quantity=5)
        world.wait(0.04)
        for _ in range(2):
            world.there.switch_now(state, price_ref=price, quantity=5, said_at=said.at, key="more")

        after = world.there.read_membership(state.ref)
        paid = sum(each.paid_cents for each in world.there.invoices(state.ref))
        assert (after.quantity, after.amount_cents, said.due_cents) == (5, 2500, paid - 1500)
        assert 0 < said.due_cents < 1000
        assert after.period_ends_at == state.period_ends_at

    @pytest.mark.parametrize("takes_back", [False, True])
    def test_less_of_it_begins_with_the_next_period_unless_taken_back(
        self, world, plan, price, takes_back
    ):
        there = world.there
        state = self.bought(world, plan, price, quantity=3)
        there.switch_later(state, price_ref=price, quantity=2, key="fewer")
        planned = there.read_membership(state.ref)
        if takes_back:
            there.keep_as_it_is(planned, key="as-it-is")
        between = there.read_membership(state.ref)

        world.wait(32)

        after = there.read_membership(state.ref)
        assert (planned.quantity, planned.next_quantity, planned.next_price_ref) == (3, 2, "")
        assert between.next_quantity == (0 if takes_back else 2)
        assert (after.quantity, after.next_quantity) == (3 if takes_back else 2, 0)

    def test_what_is_dearer_now_takes_the_place_of_what_was_planned(self, world, plan, price):
        dearer, cheaper = self.a_price(world, plan, 900), self.a_price(world, plan, 300)
        there, state = world.there, self.bought(world, plan, price, quantity=2)
        there.switch_later(state, price_ref=cheaper, key="later")
        there.switch_now(there.read_membership(state.ref), price_ref=dearer, key="now")

        world.wait(32)

        after = there.read_membership(state.ref)
        assert (after.price_ref, after.quantity, after.next_price_ref) == (dearer, 2, "")

    def test_money_goes_back_in_part_and_whole_once_a_key_and_never_more(self, world, plan, price):
        state = self.bought(world, plan, price)
        ref = world.there.invoices(state.ref)[0].payment_ref

        for _ in range(2):
            world.there.give_back(ref, amount_cents=200, key="part")
        part = world.there.invoices(state.ref)[0].refunded_cents
        world.there.give_back(ref, amount_cents=None, key="rest")

        assert (part, world.there.invoices(state.ref)[0].refunded_cents) == (200, 500)
        assert world.there.membership_of_payment(ref) == state.ref
        with pytest.raises(ProviderTrouble):
            world.there.give_back(ref, amount_cents=1, key="more")

    @pytest.mark.parametrize("won", [True, False])
    def test_a_dispute_is_seen_until_it_is_won_and_for_ever_when_it_is_lost(
        self, world, plan, price, won
    ):
        state = self.bought(world, plan, price)
        ref = world.there.invoices(state.ref)[0].payment_ref

        world.dispute(ref)
        during = world.there.invoices(state.ref)[0]
        world.decide(ref, won=won)

        after = world.there.invoices(state.ref)[0]
        assert (during.is_disputed, during.is_lost) == (True, False)
        assert (after.is_disputed, after.is_lost) == (not won, not won)
        assert world.there.read_payment(ref).is_lost is not won

    def test_a_card_that_fails_is_tried_again_and_another_mends_it(self, world, plan, price):
        state = self.bought(world, plan, price, card="pays-once")
        world.wait(32)
        failing = world.there.read_membership(state.ref)
        bill = next(each for each in world.there.invoices(state.ref) if each.status == "open")

        url = world.there.portal_url(state.customer_ref, back_url="https://courier.example/")
        world.give_card(url)

        assert (failing.status, bill.paid_cents, bill.attempts >= 1) == ("past_due", 0, True)
        assert bill.next_try_at is not None
        assert world.there.read_membership(state.ref).status == "active"
