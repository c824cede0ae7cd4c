"""The provider is down, slow or answers nonsense: buyers get a sentence, nobody loses anything."""

import pytest
import stripe

from masthead.memberships import managing
from masthead.memberships.models import Membership, Purchase
from masthead.memberships.providers import choosing
from masthead.memberships.providers.base import NotReached, NotThere, ProviderTrouble
from masthead.memberships.providers.stripe_api import StripeProvider
from masthead.memberships.reconciling import reconcile
from masthead.memberships.selling import put_on_sale
from masthead.memberships.standin.service import KEY, Reply
from masthead.memberships.standin.transport import InProcess
from masthead.readers.models import Entitlement
from tests.factories import NOON
from tests.memberships.conftest import class_cookie, deliver, price_of

pytestmark = pytest.mark.django_db


def test_what_ran_at_another_account_keeps_what_was_paid_and_stands_in_nobodys_way(
    plan, di_buys, settings, tmp_path
):
    di_buys.buy(price_of(plan))
    settings.STAND_IN_BOOKS = tmp_path / "another-account.sqlite3"
    put_on_sale(plan=plan, at=NOON)

    reconcile(at=NOON)
    again = di_buys.buy(price_of(plan, "year"))

    states = Membership.objects.order_by("pk").values_list("status", flat=True)
    assert (list(states), class_cookie(again)) == (["canceled", "active"], "adfree")
    assert Entitlement.objects.filter(ends_at__gt=NOON).count() == 2


def down(*_call):
    raise stripe.APIConnectionError("no route", should_retry=False)


def broken(*_call):
    return Reply(500, b'{"error": {"type": "api_error", "message": "oops"}}', NO_RETRY)


def nonsense(*_call):
    return Reply(200, b"<html>captive portal</html>", {})


NO_RETRY = {"stripe-should-retry": "false"}


@pytest.fixture
def trouble(monkeypatch):
    def begin(call):
        made = StripeProvider(key=KEY, secrets=[], http=InProcess(call), is_live=False)
        for module in ("selling", "managing", "mirroring", "views.account", "buy_form"):
            path = f"masthead.memberships.{module}.provider"
            monkeypatch.setattr(path, lambda: made)

    return begin


@pytest.mark.parametrize("call", [down, broken, nonsense])
def test_a_buyer_gets_a_sentence_and_may_try_again(plan, di_buys, trouble, monkeypatch, call):
    with monkeypatch.context():
        trouble(call)
        refused = di_buys.choose(price_of(plan))
    monkeypatch.undo()

    again = di_buys.buy(price_of(plan))

    assert (refused.status_code, b'role="alert"' in refused.content) == (503, True)
    assert (again.status_code, Purchase.objects.count()) == (303, 1)


@pytest.mark.parametrize("call", [down, broken, nonsense])
def test_who_has_just_paid_is_told_that_nothing_is_lost(
    plan, di_buys, there, trouble, monkeypatch, call
):
    page = di_buys.choose(price_of(plan))["Location"]
    trouble(call)

    waiting = di_buys.pay(page)
    monkeypatch.undo()
    deliver(there)

    assert (waiting.status_code, b"nothing is lost" in waiting.content) == (503, True)
    assert Entitlement.objects.count() == 1


@pytest.mark.parametrize("call", [down, broken, nonsense])
def test_a_member_loses_nothing(plan, di_buys, trouble, call):
    di_buys.buy(price_of(plan))
    before = list(Entitlement.objects.values())
    trouble(call)

    with pytest.raises(ProviderTrouble):
        managing.leave(member=Membership.objects.get(), at=NOON)

    assert list(Entitlement.objects.values()) == before


def test_what_is_not_there_is_told_from_what_is_not_reached(there):
    with pytest.raises(NotThere):
        choosing.provider().read_membership("sub_nothing")
    cut_off = StripeProvider(key=KEY, secrets=[], http=InProcess(down), is_live=False)
    with pytest.raises(NotReached):
        cut_off.read_membership("sub_nothing")
