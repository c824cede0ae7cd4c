"""From the running text of an article to paying, and back to it without advertising."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from masthead.jobs.worker import run_due_jobs
from masthead.mail.models import Letter
from masthead.memberships import selling
from masthead.memberships.models import Event, Invoice, Membership, Purchase
from masthead.memberships.providers.choosing import stand_in
from masthead.memberships.standin.transport import InProcess
from masthead.press.renewing import renew
from masthead.readers.models import Entitlement, Reader
from tests.factories import NETWORK, NOON, a_person, an_article
from tests.memberships.conftest import BOTH, Buyer, a_plan, class_cookie, deliver, price_of

pytestmark = pytest.mark.django_db
LONG = [("text", "<p>A paragraph of the story.</p>")] * 8


@pytest.fixture
def path(port, plan, bo):
    from masthead.articles.models import PublishedArticle

    an_article(port, "Story", body=LONG)
    return PublishedArticle.objects.get().path


def test_the_offer_stands_in_the_running_text_with_its_prices(read, path):
    page = read(path).content.decode()

    assert page.count("membership-offer__prices") >= 1
    assert "€5 a month" in page
    assert "€50 a year" in page


def test_whoever_has_paid_is_back_on_the_article_without_advertising(plan, di_buys):
    answer = di_buys.buy(price_of(plan))

    assert (answer.status_code, urlsplit(answer["Location"]).path) == (303, "/courier/port/story/")
    assert class_cookie(answer) == "adfree"
    grant = Entitlement.objects.get()
    assert (grant.benefit, grant.source, grant.starts_at) == ("ad-free", "subscription", NOON)


def test_a_card_that_is_declined_buys_nothing_and_can_be_replaced(plan, di_buys):
    page = di_buys.choose(price_of(plan))["Location"]

    declined = di_buys.pay(page, card="0002")
    paid = di_buys.pay(page, card="4242")

    assert (declined.status_code, b"Your card was declined." in declined.content) == (402, True)
    assert (paid.status_code, Membership.objects.count()) == (303, 1)


def test_a_bank_that_asks_its_customer_first_is_waited_for(plan, di_buys):
    assert class_cookie(di_buys.buy(price_of(plan), card="3155")) == "adfree"


def test_twenty_clicks_make_one_payment_page(plan, di_buys):
    pages = {di_buys.choose(price_of(plan))["Location"] for _ in range(20)}

    assert (len(pages), Purchase.objects.count()) == (1, 1)


def test_nobody_has_the_provider_asked_without_end(plan, di_buys):
    for number in range(20):
        di_buys.email = f"reader{number}@reader.example"
        di_buys.choose(price_of(plan))

    assert di_buys.choose(price_of(plan)).status_code == 429


def test_who_has_the_plan_and_is_signed_in_is_told_so(plan, di_buys):
    di_buys.buy(price_of(plan))
    reader = Reader.objects.get()
    reader.user = a_person("di")
    reader.save()
    backend = "django.contrib.auth.backends.ModelBackend"
    di_buys.client.force_login(reader.user, backend=backend)

    again = di_buys.choose(price_of(plan, "year"))

    assert (again.status_code, b"has this plan already" in again.content) == (409, True)


def test_whoever_only_types_an_address_is_not_told_that_it_is_a_members(plan, di_buys, there):
    di_buys.buy(price_of(plan))

    known, unknown = (
        Buyer(there, each).choose(price_of(plan, "year"))
        for each in (di_buys.email, "eve@reader.example")
    )

    told = [(each.status_code, urlsplit(each["Location"]).path[:20]) for each in (known, unknown)]
    assert (told[0], told[0][0]) == (told[1], 303)
    run_due_jobs()
    assert [each.address for each in Letter.objects.filter(kind="membership.double")] == [
        di_buys.email
    ]


def test_the_provider_is_asked_as_often_for_a_members_address_as_for_any(
    plan, di_buys, there, monkeypatch
):
    di_buys.buy(price_of(plan))
    calls, real = [], InProcess.request

    def counted(self, method, url, *more, **named):
        calls.append(url)
        return real(self, method, url, *more, **named)

    monkeypatch.setattr(InProcess, "request", counted)
    asked = []
    for each in (di_buys.email, "eve@reader.example"):
        Buyer(there, each).choose(price_of(plan, "year"))
        asked.append(len(calls))

    assert asked == [1, 2]


def test_a_member_who_forgot_and_paid_again_has_it_back_and_keeps_what_they_had(
    plan, di_buys, there
):
    di_buys.buy(price_of(plan))
    forgetful = Buyer(there, di_buys.email)

    answer = forgetful.buy(price_of(plan, "year"))
    deliver(there)

    states = Membership.objects.order_by("pk").values_list("every", "status")
    back = Invoice.objects.order_by("pk").values_list("paid_cents", "refunded_cents")
    assert (answer.status_code, class_cookie(answer)) == (403, "")  # until they sign in
    assert list(states) == [("month", "active"), ("year", "canceled")]
    assert list(back) == [(500, 0), (5000, 5000)]
    in_force = Entitlement.objects.filter(ends_at__gt=NOON)
    assert in_force.count() == 1
    kinds = Letter.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["membership.welcome", "membership.receipt", "membership.double"]


def test_somebody_else_with_the_address_gets_no_class(plan, di_buys, there):
    page = di_buys.choose(price_of(plan))["Location"]
    di_buys.client.post(urlsplit(page).path, {"card": "4242", "email": di_buys.email})
    eve = Buyer(there, "eve@reader.example")

    answer = eve.client.get(f"/courier/membership/back/{Purchase.objects.get().public_id}/")

    assert (answer.status_code, class_cookie(answer)) == (403, "")


@pytest.mark.parametrize("eve_is_first", [True, False])
def test_whoever_only_typed_the_buyers_address_gets_nothing_of_what_they_paid(
    plan, di_buys, there, eve_is_first
):
    eve = Buyer(there, di_buys.email)
    for each in (eve, di_buys) if eve_is_first else (di_buys, eve):
        page = each.choose(price_of(plan))["Location"]
    di_buys.pay(page)

    answer = eve.client.get(f"/courier/membership/back/{Purchase.objects.get().public_id}/")

    assert Purchase.objects.get().state == Purchase.State.PAID
    assert (answer.status_code, class_cookie(answer)) == (403, "")


@pytest.mark.parametrize(
    ("kind", "more", "gets"),
    [("month", {"is_gift": "on"}, ""), ("once", {"amount": "2"}, ""), ("year", {}, "adfree")],
    ids=["gift", "donation", "another plan"],
)
def test_whoever_buys_with_a_members_address_gets_only_what_they_bought(
    plan, there, di_buys, kind, more, gets
):
    di_buys.buy(price_of(a_plan(name="All of it", benefits=BOTH)))
    eve = Buyer(there, di_buys.email)

    answer = eve.buy(price_of(plan, kind), **more)
    renewed = renew(host=NETWORK, cookies=f"masthead_class={cookie_of(answer)}")

    assert (answer.status_code, class_cookie(answer)) == (303, gets)
    assert renewed["variant"] == (gets or "public")


def cookie_of(answer):
    found = answer.cookies.get("masthead_class")
    return found.value if found else ""


def test_of_two_browsers_at_one_moment_neither_gets_what_the_other_pays(plan, there, monkeypatch):
    first, second, real, pages = Buyer(there), Buyer(there), selling.provider(), []

    class Meanwhile:
        """The other browser's click comes while the first one waits."""

        def __getattr__(self, name):
            return getattr(real, name)

        def open_page(self, wish, *, key):
            if not pages:
                pages.append("")
                pages[0] = second.choose(price_of(plan))["Location"]
            return real.open_page(wish, key=key)

    monkeypatch.setattr(selling, "provider", Meanwhile)
    pages.append(first.choose(price_of(plan))["Location"])

    paid = first.pay(pages[1])
    other = second.client.get(f"/courier/membership/back/{Purchase.objects.get().public_id}/")

    assert pages[0] == pages[1]
    assert [(each.status_code, class_cookie(each)) for each in (paid, other)] == [(403, "")] * 2


def test_whoever_only_typed_an_address_is_not_shown_the_card_behind_it(plan, di_buys, there):
    di_buys.buy(price_of(plan))
    eve = Buyer(there, di_buys.email)

    eve.choose(price_of(plan, "once"), amount="12")

    with there.books.writing() as till:
        sessions = till.all("checkout.session")
    assert [each["customer_email"] or "" for each in sessions][-1] == di_buys.email


def test_whoever_closes_the_browser_after_paying_is_a_member_all_the_same(plan, di_buys, there):
    page = di_buys.choose(price_of(plan))["Location"]
    di_buys.client.post(urlsplit(page).path, {"card": "4242", "email": di_buys.email})

    deliver(there)

    assert Entitlement.objects.count() == 1
    assert Purchase.objects.get().state == Purchase.State.PAID
    assert not Event.objects.filter(done_at=None).exists()


def test_a_page_left_without_paying_says_so(plan, di_buys):
    di_buys.choose(price_of(plan))

    answer = di_buys.client.get(f"/courier/membership/back/{Purchase.objects.get().public_id}/")

    assert (answer.status_code, class_cookie(answer)) == (200, "")
    assert Membership.objects.count() == 0


def test_nobody_is_led_to_another_site(plan, di_buys):
    form = {"price": str(price_of(plan).public_id), "email": di_buys.email}

    for where in ("//evil.example/", "https://evil.example/", "../../x", "/evil", "a b"):
        di_buys.client.post("/courier/membership/join/", {**form, "from": where})

    assert set(Purchase.objects.values_list("came_from", flat=True)) == {""}


def test_what_readers_choose_themselves_has_a_least(plan, di_buys):
    once = price_of(plan, "once")

    too_little = di_buys.choose(once, amount="1")
    given = di_buys.buy(once, amount="12.50")

    assert (too_little.status_code, b"The least is" in too_little.content) == (422, True)
    donation = Purchase.objects.get()
    assert (given.status_code, donation.kind, donation.paid_cents) == (303, "donation", 1250)
    assert Entitlement.objects.count() == 0


def test_what_is_paid_once_is_called_a_donation_and_promises_nothing(plan, di_buys):
    plan.promise = "Every page without advertising."
    plan.save()
    selling.put_on_sale(plan=plan, at=NOON)

    address = f"/courier/membership/join/?price={price_of(plan, 'once').public_id}"
    page = di_buys.client.get(address).content.decode()
    listed = di_buys.client.get("/courier/membership/join/").content.decode()

    assert "<h1>Donation: from €2</h1>" in page
    assert (plan.promise in page, plan.promise in listed) == (False, True)
    assert "It is paid once and grants nothing." in page
    assert "<h2>Donation</h2>" in listed


def test_the_mirror_has_the_invoice_to_the_cent(plan, di_buys):
    di_buys.buy(price_of(plan))

    bill = Invoice.objects.get()

    assert (bill.status, bill.total_cents, bill.paid_cents, bill.currency) == (
        "paid",
        500,
        500,
        "eur",
    )
    assert bill.period_ends_at - NOON == timedelta(days=30)


@pytest.mark.parametrize(
    ("every", "tax"), [("month", (83, 83)), ("once", (0, None))], ids=["a month", "a donation"]
)
def test_what_is_tax_is_kept_where_the_network_has_it_worked_out(
    plan, di_buys, settings, every, tax
):
    settings.STRIPE_AUTOMATIC_TAX = True

    di_buys.buy(price_of(plan, every), amount="5")

    bill = Invoice.objects.first()
    assert (Purchase.objects.get().tax_cents, bill and bill.tax_cents) == tax


def test_no_answer_that_knows_a_person_is_kept(plan, di_buys):
    pages = ["/courier/membership/", "/courier/membership/join/", "/courier/membership/gift/"]

    kept = {di_buys.client.get(path)["Cache-Control"] for path in pages}

    assert kept == {"private, no-store"}


def test_the_stand_in_is_nowhere_beside_a_real_account(plan, di_buys, settings):
    page = urlsplit(di_buys.choose(price_of(plan))["Location"]).path
    settings.STRIPE_KEY = "sk_live_real"

    assert di_buys.client.get(page).status_code == 404
    with pytest.raises(RuntimeError):
        stand_in()


def test_a_payment_that_nobody_heard_of_is_found_before_another(plan, there, di_buys):
    di_buys.client.post(
        urlsplit(di_buys.choose(price_of(plan))["Location"]).path,
        {"card": "4242", "email": di_buys.email},
    )

    di_buys.choose(price_of(plan, "year"))
    run_due_jobs()

    assert Membership.objects.count() == 1
    assert Purchase.objects.get(state=Purchase.State.OPEN).details["double"] is True
