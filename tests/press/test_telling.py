"""What a reader is given or loses is told to the doors of every machine that follows the log."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from masthead.accounts.session_store import SessionStore
from masthead.changes.queries import changes_after
from masthead.press.cookie import give_class_of, give_class_of_purchase
from masthead.press.door import classes
from masthead.press.following import follow
from masthead.press.outer.telling import Telling
from masthead.press.renewing import renew
from masthead.press.shelf import EVERYBODY, Shelf
from masthead.press.telling import tell_classes
from masthead.readers import classes as reader_classes
from masthead.readers.actions import end_entitlement, find_or_add_reader, grant_entitlement
from masthead.readers.benefits import Granted
from masthead.readers.classes import Bought, note_purchase
from masthead.readers.granting import end_grants, settle_grants
from masthead.readers.holdings import erase
from masthead.readers.models import Benefit, Entitlement, Reader
from tests.factories import NOON, a_person
from tests.press.keeping import SECRET

pytestmark = pytest.mark.django_db
AT = NOON + timedelta(hours=2)  # as `clock`
HOST = "courier.example"
BACKEND = "django.contrib.auth.backends.ModelBackend"
SUBSCRIPTION = {"source": Entitlement.Source.SUBSCRIPTION, "ref": "sub_1"}


@pytest.fixture
def di(clock: Any) -> Reader:
    return find_or_add_reader(email="di@reader.example", at=NOON, user=a_person("di"))


@pytest.fixture
def told(tmp_path: Any) -> Callable[[], dict[str, str]]:
    """Follows the log; what each reader's class became, as a door hears it."""
    shelf = Shelf(tmp_path / "shelf", secret=SECRET)

    def look() -> dict[str, str]:
        follow(shelf, changes_after(0), outer=Telling(shelf), fully=True)
        return {each.reader: each.variant for each in shelf.told_since(0)[1]}

    return look


def subscribed(reader: Reader, *, ends_in: timedelta | None = timedelta(days=30)) -> None:
    settle_grants(
        reader=reader,
        benefits=[Granted(Benefit.AD_FREE)],
        starts_at=NOON,
        ends_at=AT + ends_in if ends_in else None,
        at=AT,
        **SUBSCRIPTION,
    )


def by_hand(reader: Reader) -> Entitlement:
    by = a_person("ada")
    return grant_entitlement(reader=reader, benefit=Benefit.MEMBERS_ARTICLES, by=by, at=NOON)


@pytest.mark.parametrize(
    ("act", "name"),
    [
        (subscribed, "adfree"),
        (by_hand, "members"),
        (lambda di: (subscribed(di), end_grants(at=AT, **SUBSCRIPTION)), "public"),
        (lambda di: (subscribed(di), by_hand(di)), "adfreemembers"),
        (lambda di: end_entitlement(entitlement=by_hand(di), at=AT), "public"),
        (lambda di: (subscribed(di), erase(reader=di, at=AT, never_again=False)), "public"),
    ],
    ids=["bought", "given", "given back", "both", "ended by hand", "erased"],
)
def test_doors_are_told_what_somebody_may_have_now(di, told, act, name):
    mark = classes.mark_of(di.public_id)

    act(di)

    assert told() == {mark: name}


def test_what_stays_as_it_is_is_not_told_again(di):
    subscribed(di)
    before = len(changes_after(0))

    subscribed(di)

    assert len(changes_after(0)) == before


def test_it_is_known_until_the_first_end_or_beginning(di, told, tmp_path):
    subscribed(di, ends_in=timedelta(hours=3))

    told()

    [known] = Shelf(tmp_path / "shelf", secret=SECRET).told_since(0)[1]
    assert known.until == (AT + timedelta(hours=3)).timestamp()


def test_a_shelf_that_missed_changes_has_every_older_cookie_renewed(di, told):
    by_hand(di)
    subscribed(di)
    changes = changes_after(0)
    changes[0].delete()

    assert told()[EVERYBODY] == "public"


def test_a_change_of_no_reader_tells_nothing(tmp_path, port):
    shelf = Shelf(tmp_path / "shelf", secret=SECRET)

    tell_classes(shelf, changes_after(0))

    assert shelf.told_since(0) == (0, [])


def a_header(reader: Reader, *, session: str = "") -> str:
    response = HttpResponse()
    give_class_of(response, reader=reader, at=AT - timedelta(days=2))
    cookie = f"{classes.COOKIE}={response.cookies[classes.COOKIE].value}"
    return f"a=b; {cookie}; {settings.SESSION_COOKIE_NAME}={session}" if session else cookie


def a_session(reader: Reader) -> str:
    request = HttpRequest()
    request.session, request.user = SessionStore(), AnonymousUser()
    login(request, reader.user, backend=BACKEND)
    request.session.save()
    return str(request.session.session_key)


@pytest.fixture
def purchase(di, monkeypatch) -> UUID:
    """Of which `subscribed` came, and nothing else that its reader has."""
    what = Bought(di.pk, "subscription", "sub_1", frozenset({Benefit.AD_FREE}))
    found = {UUID(int=9): what}
    monkeypatch.setattr(
        reader_classes,
        "_finds",
        [lambda ids: {of: found[of] for of in ids if of in found}],
    )
    return UUID(int=9)


def a_bought_header(public_id: UUID) -> str:
    response = HttpResponse()
    give_class_of_purchase(response, public_id=public_id, at=AT - timedelta(days=2))
    return f"{classes.COOKIE}={response.cookies[classes.COOKIE].value}"


def test_a_cookie_that_was_bought_is_renewed_by_itself_to_what_was_bought(di, purchase):
    subscribed(di)
    by_hand(di)

    renewed = renew(host=HOST, cookies=a_bought_header(purchase))

    cookie = classes.check(
        renewed["set_cookie"].split("=")[1].split(";")[0], settings.SECRET_KEY.encode()
    )
    assert (renewed["variant"], cookie.variant, cookie.issued) == (
        "adfree",
        "adfree",
        AT.timestamp(),
    )


@pytest.mark.parametrize(("is_signed_in", "name"), [(True, "adfree"), (False, "public")])
def test_a_cookie_that_came_with_signing_in_is_renewed_while_that_lasts(di, is_signed_in, name):
    subscribed(di)
    session = a_session(di) if is_signed_in else "gone"

    renewed = renew(host=HOST, cookies=a_header(di, session=session))

    assert renewed["variant"] == name
    assert ("Max-Age=0" in renewed["set_cookie"]) is not is_signed_in


def test_somebody_elses_session_renews_nothing(di):
    subscribed(di)
    other = find_or_add_reader(email="bo@reader.example", at=NOON, user=a_person("bo"))

    cookies = a_header(di, session=a_session(other))

    assert renew(host=HOST, cookies=cookies)["variant"] == "public"


def test_a_purchase_is_told_with_what_it_came_to_alone(di, told, purchase):
    subscribed(di)
    by_hand(di)
    note_purchase(public_id=purchase, at=AT)

    known = told()

    assert (known[classes.mark_of(purchase)], known[classes.mark_of(di.public_id)]) == (
        "adfree",
        "adfreemembers",
    )


def test_a_purchase_whose_reader_is_gone_is_the_public(di, purchase):
    subscribed(di)
    cookies = a_bought_header(purchase)
    di.delete()

    assert renew(host=HOST, cookies=cookies)["variant"] == "public"
