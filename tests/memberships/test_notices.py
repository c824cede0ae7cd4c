"""What the provider tells us: believed only when it is genuine, kept once, answered at once."""

import asyncio
import json
import threading

import pytest
import stripe
from django.db import OperationalError
from django.test import Client

from masthead.jobs.models import Job
from masthead.memberships import intake, notices
from masthead.memberships.models import Event, Membership
from masthead.memberships.providers.choosing import HOOK, provider
from masthead.memberships.providers.stripe_api import StripeProvider
from masthead.memberships.standin.events import API_VERSION
from tests.factories import NETWORK, NOON
from tests.memberships.conftest import price_of

pytestmark = pytest.mark.django_db
NOW = int(NOON.timestamp())


def a_notice(**fields):
    event = {
        "id": "evt_1",
        "object": "event",
        "type": "customer.subscription.updated",
        "api_version": API_VERSION,
        "created": NOW,
        "livemode": False,
        "data": {"object": {"id": "sub_1", "object": "subscription"}},
    }
    return json.dumps({**event, **fields})


def jobs():
    return Job.objects.filter(task__endswith="work_off_subject").count()


def secret_of(there):
    with there.books.writing() as till:
        return till.all("webhook_endpoint")[0]["secret"]


def tell(body, signature):
    client = Client(headers={"host": NETWORK, "stripe-signature": signature})
    return client.post(HOOK, body, content_type="application/json").status_code


def signed(body, secret, at=NOW):
    return stripe.WebhookSignature.generate_signature_header(body, secret, at)


def test_a_genuine_notice_is_kept_and_leaves_a_job(there):
    body = a_notice()

    status = tell(body, signed(body, secret_of(there)))

    event = Event.objects.get()
    assert (status, event.subject, event.done_at) == (200, "membership:sub_1", None)
    assert jobs() == 1


@pytest.mark.parametrize(
    "forge",
    [
        lambda body, secret: (body, ""),
        lambda body, secret: (body, "t=1,v1=00"),
        lambda body, secret: (body, signed(body, "whsec_another")),
        lambda body, secret: (body.replace("sub_1", "sub_2"), signed(body, secret)),
        lambda body, secret: (body, signed(body, secret, NOW - 301)),
        lambda body, secret: (body + " ", signed(body, secret)),
        lambda body, secret: ("no json", signed("no json", secret)),
        lambda body, secret: (a_notice(livemode=True), signed(a_notice(livemode=True), secret)),
        lambda body, secret: (
            a_notice(account="acct_9"),
            signed(a_notice(account="acct_9"), secret),
        ),
    ],
    ids=["unsigned", "garbage", "forged", "changed", "stale", "padded", "text", "live", "account"],
)
def test_what_is_not_genuine_is_refused_and_leaves_nothing(there, forge):
    status = tell(*forge(a_notice(), secret_of(there)))

    assert (status, Event.objects.count(), jobs()) == (400, 0, 0)


def test_the_same_notice_again_is_counted_and_does_nothing(there):
    body = a_notice()
    for _ in range(3):
        assert tell(body, signed(body, secret_of(there))) == 200

    assert Event.objects.get().times == 3
    assert jobs() == 1


def test_notices_of_one_thing_that_wait_together_are_one_job(there):
    for number in range(5):
        body = a_notice(id=f"evt_{number}")
        tell(body, signed(body, secret_of(there)))

    assert (Event.objects.count(), jobs()) == (5, 1)


def test_while_a_secret_is_changed_both_are_good():
    body = a_notice()
    there = StripeProvider(
        key="sk_test_1", secrets=["whsec_new", "whsec_old"], http=None, is_live=False
    )

    told = [
        there.read_notice(body.encode(), {"stripe-signature": signed(body, secret)}).about
        for secret in ("whsec_new", "whsec_old")
    ]

    assert told == ["sub_1", "sub_1"]


def test_another_products_membership_in_the_same_account_is_none_of_ours(plan, there, di_buys):
    v1 = provider()._v1
    product = v1.products.create({"name": "Something else"})
    price = v1.prices.create(
        {
            "product": product.id,
            "currency": "eur",
            "unit_amount": 900,
            "recurring": {"interval": "month"},
        }
    )
    customer = v1.customers.create({"email": "eve@other.example"})
    v1.payment_methods.create({"customer": customer.id, "card": {"last4": "4242"}})
    v1.subscriptions.create({"customer": customer.id, "items": [{"price": price.id}]})

    from tests.memberships.conftest import deliver

    deliver(there)
    di_buys.buy(price_of(plan))

    assert [each.plan for each in Membership.objects.select_related("plan")] == [plan]
    assert "not one of ours" in set(Event.objects.values_list("outcome", flat=True))


def came(there, *names):
    secret, headers = secret_of(there), "stripe-signature"
    bodies = [a_notice(id=each) for each in names]
    return [
        intake.read_notice(body=each.encode(), headers={headers: signed(each, secret)}, at=NOON)
        for each in bodies
    ]


def test_notices_that_wait_at_one_moment_are_kept_together(there, django_assert_max_num_queries):
    keeper, mine = keeper_without_thread(), came(there, *(f"evt_{n % 4}" for n in range(5)))
    for each in mine:
        keeper.give(each)

    with django_assert_max_num_queries(8):
        assert keeper.keep_waiting() == 5

    assert [each.kept.result(0) for each in mine] == [True, True, True, True, False]
    assert sorted(each.times for each in Event.objects.all()) == [1, 1, 1, 2]
    assert jobs() == 1


def keeper_without_thread():
    keeper = intake.Keeper()
    keeper._thread = threading.current_thread()
    return keeper


def test_when_they_cannot_be_kept_each_of_them_hears_of_it(there, monkeypatch):
    def fail(together):
        raise OperationalError("The disk is full.")

    monkeypatch.setattr(intake, "keep", fail)
    keeper, mine = keeper_without_thread(), came(there, "evt_1", "evt_2")
    for each in mine:
        keeper.give(each)

    keeper.keep_waiting()

    assert [str(each.kept.exception(0)) for each in mine] == ["The disk is full."] * 2


@pytest.mark.parametrize(
    ("method", "path", "body", "fails", "status"),
    [
        ("POST", HOOK, a_notice(), None, 200),
        ("POST", HOOK, a_notice() + " ", None, 400),
        ("POST", HOOK, "x" * (notices.MOST_BYTES + 1), None, 413),
        ("POST", HOOK, a_notice(), OperationalError("locked"), 503),
        ("GET", HOOK, "", None, 404),
        ("POST", "/courier/", "", None, 404),
    ],
)
def test_the_app_answers_a_notice_itself_and_passes_on_the_rest(
    there, method, path, body, fails, status
):
    class Kept:
        def give(self, came):
            if fails is None:
                came.kept.set_result(True)
            else:
                came.kept.set_exception(fails)
            return came.kept

    async def others(scope, receive, send):
        await send({"type": "http.response.start", "status": 404})

    sent = []
    signature = signed(a_notice(), secret_of(there)).encode()
    scope = {"type": "http", "method": method, "path": path}
    scope["headers"] = [(b"stripe-signature", signature)]
    parts = iter([body[:100].encode(), body[100:].encode()])

    async def receive():
        part = next(parts)
        return {"type": "http.request", "body": part, "more_body": part == body[:100].encode()}

    async def send(message):
        sent.append(message)

    asyncio.run(notices.NoticesFirst(others, keeper=Kept())(scope, receive, send))

    assert sent[0]["status"] == status
