"""What is held of a reader: they get it, and they can have it erased, by themselves."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.test import Client
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from masthead.accounts.models import User
from masthead.mail.models import Feedback, Letter, Reach, Suppression
from masthead.newsletters.joining.actions import Said, join
from masthead.newsletters.models import Newsletter, Subscription
from masthead.outlets.models import Outlet
from masthead.outlets.queries import get_sheet
from masthead.readers import holdings
from masthead.readers.actions import label_reader, write_note
from masthead.readers.changing_address import carry_change, change_intent
from masthead.readers.former import addresses_of, note_former, went_to
from masthead.readers.models import Asked, Consent, Forgotten, Import, Proof, Reader, SignedIn
from tests.factories import NETWORK, NOON, a_person
from tests.mailbox import Mailbox

ACCOUNT = "/courier/readers/account/"
ERASE = f"{ACCOUNT}erase/"
CY = "cy@courier.example"


@pytest.fixture
def browser(evening: Newsletter, mailbox: Mailbox) -> Client:
    """Cy's, signed in."""
    client = Client(headers={"host": NETWORK})
    client.post("/courier/readers/sign-in/", {"email": CY})
    client.post("/courier/readers/sign-in/code/", {"code": mailbox.code(CY)})
    return client


@pytest.fixture
def cy(browser: Client, evening: Newsletter) -> Reader:
    """With something of every kind."""
    reader = Reader.objects.get()
    owner = User.objects.create_superuser("owner@courier.example")
    join(reader=reader, newsletter=evening, said=Said("port/", "mail", NOON, words="Send it."))
    label_reader(reader=reader, name="Founding member")
    write_note(reader=reader, text="Rang about the ferry.", by=owner, at=NOON)
    log(reader, "readers.add", user=owner)
    Feedback.objects.create(key="b1", kind="soft", address=CY, way_in="script", came_at=NOON)
    Suppression.objects.create(address=CY, reach=Reach.LETTERS, reason="asked", since=NOON)
    Import.objects.create(
        file_name="old.csv", agreed_on=NOON, agreed_how="", at=NOON, lines=[[2, CY, "added"]]
    )
    return reader


def held(answer: object) -> dict[str, list[dict[str, object]]]:
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:  # type: ignore[attr-defined]
        assert sorted(packed.namelist()) == ["held.html", "held.json"]
        assert CY in packed.read("held.html").decode()
        found: dict[str, list[dict[str, object]]] = json.loads(packed.read("held.json"))
    return found


def test_a_reader_gets_everything_that_is_held(browser, cy):
    answer = browser.post(f"{ACCOUNT}export/")
    found = held(answer)

    assert answer["Cache-Control"] == "private, no-store"
    assert list(found) == [each.name for each in holdings.holdings()]
    assert found["reader"][0]["labels"] == ["Founding member"]
    assert found["consents"][0]["words"] == "Send it."
    assert found["notes"][0]["text"] == "Rang about the ferry."
    assert found["subscriptions"][0]["newsletter__name"] == "The Evening Courier"
    assert len(found["mail"]) == 2


def test_looking_at_the_page_to_erase_sends_and_erases_nothing(browser, cy):
    letters = Letter.objects.count()

    browser.get(ERASE)

    assert (Letter.objects.count(), Reader.objects.count()) == (letters, 1)


def asked_in(answer: object) -> str:
    text = answer.content.decode()  # type: ignore[attr-defined]
    return str(text.partition('name="asked" value="')[2].partition('"')[0])


def erased(browser: Client, mailbox: Mailbox, **more: str) -> object:
    asked = asked_in(browser.post(ERASE))
    return browser.post(ERASE, {"asked": asked, "code": mailbox.code(CY)} | more)


def every_text() -> str:
    """All that any table says, as text."""
    from django.apps import apps

    return "\n".join(
        str(row) for model in apps.get_models() for row in model._default_manager.values()
    )


def test_a_reader_erases_all_of_it_with_a_code(browser, cy, mailbox):
    answer = erased(browser, mailbox)

    assert answer.status_code == 200
    assert [each.objects.count() for each in (Reader, Consent, Subscription, SignedIn, Proof)] == (
        [0] * 5
    )
    assert CY not in every_text()
    assert browser.get(ACCOUNT).status_code == 303


def test_what_went_to_an_address_they_had_before_is_theirs_too(browser, cy, mailbox):
    old = "cy.before@courier.example"
    Suppression.objects.create(address=old, reach=Reach.LETTERS, reason="asked", since=NOON)
    Feedback.objects.create(key="b2", kind="soft", address=old, way_in="script", came_at=NOON)
    change_intent_carried(cy, old=old)

    found = held(browser.post(f"{ACCOUNT}export/"))
    erased(browser, mailbox)

    assert found["reader"][0]["former_addresses"] == [old]
    assert [each["kind"] for each in found["letters"] if each["address"] == old] == [
        "readers.address-changed"
    ]
    assert len(found["mail"]) == 4
    assert old not in every_text()


def change_intent_carried(reader: Reader, *, old: str) -> None:
    """Reader had the other address and has now proved that this is theirs."""
    Reader.objects.filter(pk=reader.pk).update(email=old)
    new = Reader.objects.create(email=CY, joined_at=NOON, proved_at=NOON)
    sheet = get_sheet(outlet_id=Outlet.objects.get(slug="courier").pk)
    proof = Proof.objects.create(
        secret_hash="x", address=CY, outlet_id=sheet.id, asked_at=NOON, ends_at=NOON
    )
    intent = change_intent(reader=reader, sheet=sheet)
    carry_change(reader=new, intent=intent, proof=proof, at=NOON)


def test_an_address_goes_from_hand_to_hand_and_each_has_what_went_there_then(db):
    first, second = (
        Reader.objects.create(email=f"{name}@courier.example", joined_at=NOON, proved_at=NOON)
        for name in ("ada", "shared")
    )
    note_former(reader=first, address="shared@courier.example", at=NOON)
    for minutes in (-1, 0, 1):
        Feedback.objects.create(
            key=f"b{minutes}",
            kind="soft",
            address="shared@courier.example",
            way_in="script",
            came_at=NOON + timedelta(minutes=minutes),
        )

    theirs = [
        set(Feedback.objects.filter(went_to(each, at="came_at")).values_list("key", flat=True))
        for each in (first, second)
    ]

    assert theirs == [{"b-1", "b0"}, {"b1"}]
    assert (addresses_of(first), addresses_of(second)) == ([first.email], [second.email])


def test_the_log_still_says_what_was_done(browser, cy, mailbox):
    erased(browser, mailbox)

    entry = ModelLogEntry.objects.get(action="readers.add")
    assert (entry.label, entry.user.email) == ("", "owner@courier.example")


def test_a_wrong_code_erases_nothing_and_counts(browser, cy, mailbox):
    asked = asked_in(browser.post(ERASE))

    tried = [
        browser.post(ERASE, {"asked": asked, "code": "BBBB-BBBB"}).status_code for _each in range(3)
    ]
    last = browser.post(ERASE, {"asked": asked, "code": mailbox.code(CY)})

    assert (tried, last.status_code, Reader.objects.count()) == ([422] * 3, 422, 1)


def test_a_code_somebody_else_asked_for_erases_nothing(browser, cy, mailbox):
    asked = asked_in(browser.post(ERASE))
    code = mailbox.code(CY)
    eve = Client(headers={"host": NETWORK})
    eve.post("/courier/readers/sign-in/", {"email": "eve@courier.example"})
    eve.post("/courier/readers/sign-in/code/", {"code": mailbox.code("eve@courier.example")})

    eve.post(ERASE, {"asked": asked, "code": code})

    assert Reader.objects.count() == 2


def test_only_if_asked_a_mark_is_kept_that_nobody_can_read(browser, cy, mailbox):
    erased(browser, mailbox, **{"never-again": "on"})

    assert Forgotten.objects.count() == 1
    assert CY not in every_text()


def test_without_that_nothing_is_kept(browser, cy, mailbox):
    erased(browser, mailbox)

    assert Forgotten.objects.count() == 0
    assert Asked.objects.exclude(who="").filter(who__contains="@").count() == 0


def test_somebody_of_the_staff_keeps_the_account_they_work_with(port, courier, mailbox, evening):
    from masthead.accounts.models import Role

    user = a_person("cy", Role.REPORTER, port)
    client = Client(headers={"host": NETWORK})
    client.post("/courier/readers/sign-in/", {"email": CY})
    client.post("/courier/readers/sign-in/code/", {"code": mailbox.code(CY)})

    erased(client, mailbox)

    assert (Reader.objects.count(), User.objects.filter(pk=user.pk).count()) == (0, 1)


def test_the_account_has_its_preferences(browser, evening):
    data = {"newsletters-shown": str(evening.public_id), "newsletters-on": str(evening.public_id)}

    browser.post(f"{ACCOUNT}preferences/", data)

    assert Subscription.objects.get().state == Subscription.State.ACTIVE
    assert Consent.objects.get().proof == "signed-in"


def test_the_address_changes_when_the_new_mailbox_has_answered(browser, mailbox):
    browser.post(f"{ACCOUNT}address/", {"email": "new@courier.example"})
    before = Reader.objects.get().email
    browser.post(mailbox.link("new@courier.example"))

    reader = Reader.objects.get()
    assert (before, reader.email, reader.user.email) == (
        CY,
        "new@courier.example",
        "new@courier.example",
    )
    assert "…@courier.example" in mailbox.text(CY)


def test_an_address_that_is_somebodys_account_is_not_taken(browser, mailbox):
    eve = Client(headers={"host": NETWORK})
    eve.post("/courier/readers/sign-in/", {"email": "eve@courier.example"})
    eve.post("/courier/readers/sign-in/code/", {"code": mailbox.code("eve@courier.example")})

    browser.post(f"{ACCOUNT}address/", {"email": "eve@courier.example"})
    answer = browser.post(mailbox.link("eve@courier.example")).content.decode()

    assert "known by that address already" in answer
    assert set(Reader.objects.values_list("email", flat=True)) == {CY, "eve@courier.example"}


def test_an_address_that_somebody_has_at_the_desk_is_not_taken(browser, mailbox):
    User.objects.create_user("bo@courier.example")

    browser.post(f"{ACCOUNT}address/", {"email": "bo@courier.example"})
    answer = browser.post(mailbox.link("bo@courier.example")).content.decode()

    assert "known by that address already" in answer
    assert Reader.objects.get(user__isnull=False).email == CY


def test_the_account_takes_few_queries(browser, cy, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        browser.get(ACCOUNT)
