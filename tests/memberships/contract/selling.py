"""Plans, pages, codes, customers and notices."""

from datetime import timedelta

import pytest

from masthead.memberships.providers.base import (
    DiscountWish,
    NotGenuine,
    NotThere,
    ProviderTrouble,
)
from tests.memberships.contract.world import InAWorld

DAY = timedelta(days=1)


class Selling(InAWorld):
    def test_what_is_made_again_with_the_same_key_is_made_once(self, world, plan):
        again = world.there.keep_plan(name="Supporter", ref="", key="plan")
        prices = {self.a_price(world, plan) for _ in range(3)}
        pages = {world.there.open_page(self.wish(plan), key="page").ref for _ in range(3)}

        assert (again, len(prices), len(pages)) == (plan, 1, 1)

    def test_a_plan_is_called_anew_and_keeps_its_name_there(self, world, plan):
        assert world.there.keep_plan(name="Patron", ref=plan, key="again") == plan

    def test_a_page_tells_what_came_of_it(self, world, plan, price):
        page = world.there.open_page(self.wish(plan, price), key="page")
        before = world.there.read_page(page.ref)
        declined = world.pay(page, card="declined")
        still = world.there.read_page(page.ref)
        paid = world.pay(page)
        after = world.there.read_page(page.ref)

        assert page.url.startswith(("http://", "https://"))
        assert world.now() < page.good_until <= world.now() + DAY
        assert [(each.is_open, each.is_paid) for each in (before, still, after)] == [
            (True, False),
            (True, False),
            (False, True),
        ]
        assert (declined, paid, after.reference, after.email) == (
            False,
            True,
            "0192-purchase",
            "di@reader.example",
        )
        assert (after.amount_cents, after.currency) == (500, "eur")
        assert after.customer_ref
        assert after.membership_ref

    @pytest.mark.parametrize("is_taxed", [True, False])
    def test_how_much_of_it_is_tax_is_told_where_that_is_asked_for(
        self, world, plan, price, is_taxed
    ):
        state = self.bought(world, plan, price, is_taxed=is_taxed)
        gift = self.wish(
            plan,
            amount_cents=600,
            every="once",
            reference="gift",
            customer_ref=state.customer_ref,
            is_taxed=is_taxed,
        )
        page = world.there.open_page(gift, key="gift")
        assert world.pay(page)
        world.wait(32)

        taxes = [each.tax_cents for each in world.there.invoices(state.ref)]
        assert len(taxes) == 2
        assert all(0 < each < 500 for each in taxes) if is_taxed else taxes == [0, 0]
        assert (world.there.read_page(page.ref).tax_cents > 0) is is_taxed

    @pytest.mark.parametrize(("account", "pays"), [("debited", True), ("bounces", False)])
    def test_a_debit_is_awaited_until_its_bank_has_said_whether_it_pays(
        self, world, plan, account, pays
    ):
        there, once = world.there, self.wish(plan, every="once", amount_cents=1250)
        page = there.open_page(once, key="page")
        assert world.pay(page, card=account)
        there.close_page(page.ref, key="close")
        before = there.read_page(page.ref)

        world.wait(7)

        after = there.read_page(page.ref)
        states = [(each.is_open, each.is_awaited, each.is_paid) for each in (before, after)]
        assert states == [(False, True, False), (False, False, pays)]

    def test_a_page_that_is_left_closes(self, world, plan, price):
        page = world.there.open_page(self.wish(plan, price), key="page")

        world.wait(2)

        found = world.there.read_page(page.ref)
        assert (found.is_open, found.is_paid) == (False, False)

    def test_a_page_that_is_closed_takes_no_money_and_a_paid_one_stays_paid(
        self, world, plan, price
    ):
        shut = world.there.open_page(self.wish(plan, price), key="page")
        paid = world.there.open_page(self.wish(plan, price, reference="0192-two"), key="two")
        assert world.pay(paid)

        for page in (shut, shut, paid):
            world.there.close_page(page.ref, key=f"close-{page.ref}")

        assert not world.pay(shut)
        states = [world.there.read_page(page.ref) for page in (shut, paid)]
        assert [(each.is_open, each.is_paid) for each in states] == [(False, False), (False, True)]

    def test_a_code_takes_off_what_it_says_as_often_as_it_says(self, world, plan, price):
        there = world.there
        made = there.make_discount(DiscountWish(code="HALF", percent=50, most_uses=1), key="code")
        found = there.find_discount("half")
        state = self.bought(world, plan, price, discount=found)
        world.wait(32)

        paid = sorted(each.paid_cents for each in there.invoices(state.ref))
        used = there.discounts()[0]
        assert (found, paid) == (made.ref, [250, 500])
        assert (used.code, used.percent, used.used, used.is_good) == ("HALF", 50, 1, False)
        assert there.find_discount("HALF") == there.find_discount("NOTHING") == ""

    def test_a_code_ends_by_hand_and_on_its_day_and_is_not_made_twice(self, world, plan):
        there, until = world.there, world.now() + 10 * DAY
        by_hand = there.make_discount(
            DiscountWish(code="HAND", amount_cents=100, currency="eur", lasts="forever"), key="a"
        )
        there.make_discount(DiscountWish(code="DAY", percent=10, good_until=until), key="b")
        with pytest.raises(ProviderTrouble):
            there.make_discount(DiscountWish(code="DAY", percent=10), key="c")
        good = [bool(there.find_discount(each)) for each in ("HAND", "DAY")]

        there.end_discount(by_hand.ref, key="end")
        world.wait(11)

        after = [bool(there.find_discount(each)) for each in ("HAND", "DAY")]
        assert (good, after) == ([True, True], [False, False])
        assert {each.code: each.lasts for each in there.discounts()} == {
            "HAND": "forever",
            "DAY": "once",
        }

    def test_a_retired_price_is_paid_on_and_bought_no_more(self, world, plan, price):
        state = self.bought(world, plan, price)

        world.there.retire_price(price, key="retire")
        world.wait(32)

        assert len(world.there.invoices(state.ref)) == 2
        with pytest.raises(ProviderTrouble):
            world.there.open_page(self.wish(plan, price, reference="late"), key="late")

    def test_somebody_known_buys_again_as_the_same_customer(self, world, plan, price):
        first = self.bought(world, plan, price)

        second = self.bought(world, plan, price, customer_ref=first.customer_ref, reference="again")

        assert second.customer_ref == first.customer_ref

    def test_whoever_is_forgotten_is_charged_no_more(self, world, plan, price):
        state = self.bought(world, plan, price)

        world.there.forget(state.customer_ref)
        world.wait(40)

        assert world.there.read_membership(state.ref).status == "canceled"
        assert len(world.there.invoices(state.ref)) == 1
        with pytest.raises(NotThere):
            world.there.forget(state.customer_ref)

    def test_what_is_not_there_is_said_so(self, world, plan):
        for ask in (
            world.there.read_membership,
            world.there.read_page,
            world.there.read_payment,
        ):
            with pytest.raises(NotThere):
                ask("nothing_1")

    def test_genuine_notices_name_what_they_are_about_and_forged_ones_are_refused(
        self, world, plan, price
    ):
        state = self.bought(world, plan, price)
        sent = list(world.notices())
        told = [world.there.read_notice(body, headers) for body, headers in sent]

        assert state.ref in {each.about for each in told}
        assert len({each.ref for each in told}) == len(told) > 0
        body, headers = sent[0]
        for forged in ((body + b" ", headers), (body, {}), (b"{}", headers)):
            with pytest.raises(NotGenuine):
                world.there.read_notice(*forged)

    def test_a_notice_that_is_brought_too_late_is_refused(self, world, plan, price):
        self.bought(world, plan, price)
        body, headers = next(iter(world.notices()))

        world.wait(1)

        with pytest.raises(NotGenuine):
            world.there.read_notice(body, headers)
