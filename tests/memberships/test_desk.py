"""The publisher's screens: who gets in, what is sold, who is served, what is told."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry

from masthead.accounts.models import Role
from masthead.articles.models import PublishedArticle
from masthead.cli import cli
from masthead.jobs.worker import run_due_jobs
from masthead.mail.models import Letter
from masthead.memberships.lettering import KINDS, check, our_text
from masthead.memberships.models import Invoice, LetterText, Membership, Plan, Price, Prompt
from masthead.memberships.providers.choosing import provider
from masthead.outlets.queries import get_sheet
from masthead.readers.models import Entitlement, Reader
from masthead.readers.queries import benefits_of_reader
from tests.factories import NOON, a_person, an_article, an_outlet, at_desk
from tests.memberships.conftest import Buyer, a_plan, deliver, price_of

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"memberships:{name}", args=args)


@pytest.fixture
def pia(courier, port):
    return a_person("pia", Role.PUBLISHER, courier)


@pytest.fixture
def desk(pia):
    return at_desk(pia)


@pytest.mark.parametrize("way", ["desk", "command"])
def test_whoever_may_compares_with_the_provider_when_they_like(there, di_buys, desk, way):
    di_buys.buy(price_of(a_plan()))
    Membership.objects.update(status="past_due")

    if way == "desk":
        desk.post(url("compare"))
        run_due_jobs()
        assert said("compare") == 1
    else:
        told = CliRunner().invoke(cli, ["memberships", "reconcile", "--since", "2001-01-01"])
        assert told.output == "Read 1; of these were otherwise here: 1.\n"

    assert Membership.objects.get().status == "active"


def said(action):
    logs = (ModelLogEntry, PageLogEntry)
    return sum(each.objects.filter(action=f"memberships.{action}").count() for each in logs)


def offered(courier):
    sheet = get_sheet(outlet_id=courier.pk)
    return sheet.supplements.get("memberships", {})


SCREENS = ["members", "figures", "plans", "codes", "groups", "letters", "prompts"]


@pytest.mark.parametrize("screen", SCREENS)
def test_an_editor_sees_none_of_it(there, ada, screen):
    answer = at_desk(ada).get(url(screen))

    assert answer.status_code == 302  # to the desk's home, with a sentence
    assert "memberships" not in answer["Location"]


@pytest.fixture
def made(desk, there, courier):
    """By the screen, with a price a month."""
    desk.post(
        url("make-plan"),
        {"name": "Friend", "promise": "Good", "outlet": courier.pk, "benefits": ["ad-free"],
         "trial_days": 0, "order": 5},
    )  # fmt: skip
    plan = Plan.objects.get()
    price = {"amount": "4,50", "currency": "chf", "every": "month"}
    desk.post(url("add-price", plan.public_id), price)
    return plan


def test_a_plan_is_made_priced_put_on_sale_bought_and_taken_off(made, desk, courier, di_buys):
    before = offered(courier)
    desk.post(url("offer-plan", made.public_id))
    price = Price.objects.get()
    bought = di_buys.buy(price)
    during = offered(courier)["plans"]
    desk.post(url("take-plan-off", made.public_id))

    assert (before, during[0]["prices"][0]["amount_cents"], offered(courier)) == ({}, 450, {})
    assert (bought.status_code, Membership.objects.get().plan) == (303, made)
    assert (
        di_buys.client.post(
            "/courier/membership/join/",
            {"price": str(price.public_id), "email": "x@reader.example"},
        ).status_code
        == 404
    )
    acts = ("plan.make", "price.add", "plan.offer", "plan.take-off")
    assert [said(each) for each in acts] == [1, 1, 1, 1]


def test_a_price_that_is_off_is_paid_on_and_chosen_no_more(made, desk, di_buys, there):
    desk.post(url("offer-plan", made.public_id))
    price = Price.objects.get()
    di_buys.buy(price)
    other = {"amount": "6", "currency": "usd", "every": "year"}
    desk.post(url("add-price", made.public_id), other)

    desk.post(url("drop-price", price.public_id))

    price.refresh_from_db()
    with there.books.writing() as till:
        assert not till.get("price", price.ref)["active"]
    assert (price.is_on_sale, Membership.objects.get().status) == (False, "active")
    assert {each.currency for each in made.prices.filter(is_on_sale=True).exclude(ref="")} == {
        "usd"
    }


def test_a_plan_without_a_price_is_not_sold(desk, there, courier):
    desk.post(url("make-plan"), {"name": "Empty", "outlet": courier.pk, "trial_days": 0,
                                 "order": 1})  # fmt: skip
    plan = Plan.objects.get()

    answer = desk.post(url("offer-plan", plan.public_id), follow=True)

    assert (Plan.objects.get().is_on_sale, b"without a price" in answer.content) == (False, True)


def test_a_publisher_changes_only_what_is_offered_on_their_own_titles(desk, there, plan):
    elsewhere = a_plan(name="Theirs", outlet=an_outlet(slug="other", title="Other"))

    for each in (plan, elsewhere):  # one of the whole network, one of another title
        desk.post(url("take-plan-off", each.public_id))

    assert Plan.objects.filter(is_on_sale=True).count() == 2
    assert desk.get(url("plan", plan.public_id)).status_code == 200


def test_a_code_is_made_at_the_desk_used_by_a_reader_and_ended(desk, plan, di_buys):
    wish = {"code": "harbour", "percent": 50, "currency": "eur", "lasts": "once", "most_uses": 1}
    desk.post(url("codes"), wish)

    again = desk.post(url("codes"), wish)
    di_buys.buy(price_of(plan), code="Harbour")
    used = provider().discounts()[0]
    second = Buyer(di_buys.there, "cy@reader.example").choose(price_of(plan), code="HARBOUR")

    assert (Invoice.objects.get().paid_cents, used.used, used.is_good) == (250, 1, False)
    assert (second.status_code, again.status_code) == (422, 200)
    assert said("code.make") == 1


def test_an_ended_code_is_good_for_nobody_else(desk, plan, di_buys):
    desk.post(url("codes"), {"code": "LATE", "amount": "1", "currency": "eur", "lasts": "forever"})

    desk.post(url("end-code", provider().discounts()[0].ref))

    assert di_buys.choose(price_of(plan), code="LATE").status_code == 422


@pytest.fixture
def di(plan, di_buys):
    di_buys.buy(price_of(plan), way="offer")
    run_due_jobs()
    return Reader.objects.get(email=di_buys.email)


def test_a_member_is_found_with_all_that_hangs_on_them(desk, di, plan):
    found = desk.get(url("members"), {"q": "di@", "plan": plan.pk, "state": "running"})
    none = desk.get(url("members"), {"state": "failing"})
    record = desk.get(url("member", di.public_id)).content.decode()

    assert [row["reader"] for row in found.context["rows"]] == [di]
    assert none.context["rows"] == []
    for words in ("Ad-free", "€5", "The offer in the text", "port/story/", "Welcome to"):
        assert words in record


def test_money_is_given_back_in_part_and_whole_and_never_more(desk, di, there):
    bill = Invoice.objects.get()
    back = url("give-back", bill.pk)

    desk.post(back, {"amount": "2"})
    too_much = desk.post(back, {"amount": "4"}, follow=True)
    part = (Invoice.objects.get().refunded_cents, bool(_has(di)))
    desk.post(back)
    deliver(there)

    assert (part, b"more than was paid" in too_much.content) == ((200, True), True)
    assert (Invoice.objects.get().refunded_cents, bool(_has(di))) == (500, False)
    assert said("give-back") == 2


@pytest.mark.parametrize(("when", "status"), [("", "active"), ("now", "canceled")])
def test_a_membership_is_cancelled_at_the_desk(desk, di, when, status):
    member = Membership.objects.get()

    desk.post(url("cancel", member.public_id), {"when": when})

    member.refresh_from_db()
    assert (member.status, bool(member.cancel_at or member.ended_at)) == (status, True)
    assert said("cancel") == 1


def test_what_is_given_for_nothing_ends_when_it_was_said(desk, di, plan, noon):
    cy = Reader.objects.create(email="cy@reader.example", joined_at=NOON)
    until = f"{NOON + timedelta(days=30):%Y-%m-%dT%H:%M}"

    desk.post(url("give", cy.public_id), {"plan": plan.pk, "until": until})
    given = (bool(_has(cy)), Entitlement.objects.get(reader=cy).source)
    noon.move_to(NOON + timedelta(days=31), tick=False)

    assert (given, bool(_has(cy))) == ((True, "by-hand"), False)


def test_what_was_given_ends_by_hand_and_what_is_paid_stays(desk, di, plan):
    desk.post(url("give", di.public_id), {"plan": plan.pk})
    listed = desk.get(url("members"), {"state": "given"}).context["rows"]

    desk.post(url("end-given", di.public_id))

    in_force = Entitlement.objects.filter(ends_at=None)
    assert ([row["reader"] for row in listed], in_force.count(), bool(_has(di))) == ([di], 0, True)


def _has(reader):
    return benefits_of_reader(reader=reader, at=timezone.now())


def test_figures_say_who_came_who_left_what_came_in_and_whence(desk, di, there):
    Buyer(there, "cy@reader.example").buy(price_of(Plan.objects.get(), "once"), amount="12")
    desk.post(url("cancel", Membership.objects.get().public_id), {"when": "now"})

    page = desk.get(url("figures"))
    months = desk.get(url("figures-csv", "months")).content.decode().splitlines()
    ways = desk.get(url("figures-csv", "ways")).content.decode().splitlines()

    assert page.content.count(b'class="plot"') == 3
    assert months[0] == "month,joined,left,running,churn_percent,eur_cents"
    assert (len(months), months[-1].split(",")[1:]) == (15, ["1", "1", "0", "", "1700"])
    assert ways[1:] == [",,1,0", "offer,,1,0"]


def test_members_leave_as_csv_and_the_log_says_how_many(desk, di):
    rows = desk.post(url("export"), {"state": "running"}).content.decode().splitlines()

    assert rows[1].startswith("di@reader.example,Ad-free,active,500,eur,month,")
    assert said("export") == 1


def test_a_letter_says_what_the_outlet_wrote_until_it_is_put_back(desk, plan, di_buys, courier):
    text = {"subject": "Aboard", "text": "{plan} is yours.\n\nSee {account_url}"}
    refused = desk.post(url("letter", "courier", "welcome"), {**text, "text": "{amount}"})
    shown = desk.post(url("letter-preview", "courier", "welcome"), text).content.decode()
    desk.post(url("letter", "courier", "welcome"), text)

    di_buys.buy(price_of(plan))
    run_due_jobs()
    desk.post(url("letter-default", "courier", "welcome"))

    assert (b"cannot stand in this letter" in refused.content, "Supporter is yours." in shown) == (
        True,
        True,
    )
    assert Letter.objects.get(kind="membership.welcome").subject == "Aboard"
    assert LetterText.objects.count() == 0
    assert [said("letter.change"), said("letter.default")] == [1, 1]


def test_our_own_words_come_into_the_editor_with_their_placeholders(courier):
    sheet = get_sheet(outlet_id=courier.pk)

    for kind in KINDS:
        subject, text = our_text(kind=kind, sheet=sheet)
        check(kind=kind, subject=subject, text=text)


def test_a_prompt_that_is_kept_stands_on_pages_and_one_that_is_dropped_does_not(
    desk, courier, port, read, bo
):
    an_article(port, "Story")
    path = PublishedArticle.objects.get().path
    form = {"name": "First", "headline": "Stand by us", "button": "Join", "leads_to": "join",
            "outlet": courier.pk, "audience": "with-ads", "pages": "articles",
            "place": "after_text", "after_articles": 0, "every_days": 0, "order": 1,
            "is_on": "on"}  # fmt: skip
    wrong = desk.post(url("make-prompt"), {**form, "pages": "fronts"})
    desk.post(url("make-prompt"), form)
    prompt = Prompt.objects.get()
    with_it = read(path).content.decode()
    desk.post(url("drop-prompt", prompt.public_id))

    assert (wrong.status_code, b"not on such pages" in wrong.content) == (200, True)
    assert ("Stand by us" in with_it, "prompts.mjs" in with_it) == (True, False)
    assert "Stand by us" not in read(path).content.decode()
