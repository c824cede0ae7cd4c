"""Which class somebody belongs to: from a signed cookie, given with the sign-in."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from masthead.accounts.models import User
from masthead.press.cookie import give_class, give_class_of_purchase, variant_of
from masthead.press.door import classes
from masthead.press.variants import PUBLIC, variant_for
from masthead.readers.actions import find_or_add_reader, grant_entitlement
from masthead.readers.models import Benefit, Entitlement
from tests.factories import NOON, a_person

AT = NOON + timedelta(hours=2)


def secret() -> bytes:
    return settings.SECRET_KEY.encode()


def asked_with(cookie: str | None, *, user: User | None = None) -> Any:
    request = RequestFactory().get("/")
    if cookie is not None:
        request.COOKIES[classes.COOKIE] = cookie
    if user is not None:
        request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
        request.user = user
    return request


def cookie_for(user: User) -> Any:
    """What signing in gives them, if anything."""
    response = HttpResponse()
    give_class(response, request=asked_with(None, user=user), at=AT)
    return response.cookies.get(classes.COOKIE)


def test_a_class_is_named_by_plain_letters() -> None:
    assert [name for name in classes.VARIANTS if not re.fullmatch("[a-z]{1,20}", name)] == []


@pytest.mark.parametrize(
    ("benefits", "name"),
    [
        (set(), "public"),
        ({Benefit.AD_FREE}, "adfree"),
        ({Benefit.MEMBERS_ARTICLES}, "members"),
        ({Benefit.AD_FREE, Benefit.MEMBERS_ARTICLES}, "adfreemembers"),
    ],
)
def test_a_class_gives_all_that_somebody_has_and_no_more(benefits: set[Benefit], name: str) -> None:
    variant = variant_for(benefits)

    assert (variant.name, variant.benefits) == (name, frozenset(benefits))


def test_the_cookie_says_the_class(db: None) -> None:
    value = classes.make("members", int(AT.timestamp()) + 60, secret())

    assert variant_of(asked_with(value), at=AT).name == "members"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "members",
        "members.9999999999.AAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "public.1.",
        "\0",
        "x" * 9999,
    ],
)
def test_a_cookie_that_is_not_ours_means_the_public(value: str) -> None:
    assert variant_of(asked_with(value), at=AT) == PUBLIC


def test_a_cookie_whose_time_is_over_means_the_public() -> None:
    value = classes.make("members", int(AT.timestamp()), secret())

    assert variant_of(asked_with(value), at=AT + timedelta(seconds=1)) == PUBLIC


def test_a_cookie_made_with_another_key_means_the_public() -> None:
    value = classes.make("members", int(AT.timestamp()) + 60, b"another key")

    assert variant_of(asked_with(value), at=AT) == PUBLIC


def test_a_bad_cookie_is_not_made_good_by_a_session(di: User) -> None:
    assert variant_of(asked_with("members.1.x", user=di), at=AT) == PUBLIC


def test_whoever_is_signed_in_without_a_cookie_has_their_class(di: User) -> None:
    assert variant_of(asked_with(None, user=di), at=AT).name == "adfreemembers"


def test_whoever_is_no_reader_gets_no_cookie(cy: User) -> None:
    assert cookie_for(cy) is None


def test_a_reader_without_benefits_is_known_as_one(cy: User) -> None:
    reader = find_or_add_reader(email=cy.email, at=NOON, user=cy)

    cookie = classes.check(cookie_for(cy).value, secret())

    assert (cookie.variant, cookie.reader) == ("public", classes.mark_of(reader.public_id))


def test_the_app_asks_what_the_cookies_reader_may_have_now(di: User) -> None:
    value = cookie_for(di).value

    Entitlement.objects.all().delete()

    assert variant_of(asked_with(value), at=AT) == PUBLIC


def test_a_member_gets_one_that_no_script_can_read(di: User, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True

    cookie = cookie_for(di)

    assert classes.read(cookie.value, AT.timestamp(), secret()) == "adfreemembers"
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")


def test_it_ends_when_the_membership_does(ada: User, clock: Any) -> None:
    eve = a_person("eve")
    reader = find_or_add_reader(email=eve.email, at=NOON, user=eve)
    until = AT + timedelta(hours=1)
    grant_entitlement(reader=reader, benefit=Benefit.MEMBERS_ARTICLES, by=ada, at=NOON, until=until)

    value = cookie_for(eve).value

    assert classes.read(value, until.timestamp() - 1, secret()) == "members"
    assert classes.read(value, until.timestamp(), secret()) == "public"


def test_it_is_good_for_a_day_at_most(di: User) -> None:
    value = cookie_for(di).value

    assert classes.read(value, (AT + timedelta(days=1)).timestamp(), secret()) == "public"


def test_only_account_pages_give_it(
    di: User, client: Any, read: Callable[..., HttpResponse], clock: Any
) -> None:
    client.force_login(di, backend="django.contrib.auth.backends.ModelBackend")

    account = client.get("/account/login/", headers={"host": "127.0.0.1:8000"})

    assert classes.COOKIE in account.cookies
    assert classes.COOKIE not in read("port/").cookies


def test_it_is_taken_back_from_whoever_is_signed_out(port: Any, client: Any, clock: Any) -> None:
    client.cookies[classes.COOKIE] = classes.make("members", int(AT.timestamp()) + 60, secret())

    answer = client.get("/account/login/", headers={"host": "127.0.0.1:8000"})

    assert answer.cookies[classes.COOKIE].value == ""


def test_what_a_purchase_gave_stays_with_whoever_is_not_signed_in(
    port: Any, client: Any, clock: Any
) -> None:
    response = HttpResponse()
    give_class_of_purchase(response, public_id=UUID(int=9), at=AT)
    client.cookies[classes.COOKIE] = response.cookies[classes.COOKIE].value

    answer = client.get("/courier/readers/sign-in/", headers={"host": "127.0.0.1:8000"})

    assert classes.COOKIE not in answer.cookies
