"""One-time links: looked at as often as one likes, used once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from masthead.accounts import actions
from masthead.accounts.models import Role, SignInLink, User

from .conftest import a_client, at_desk


def test_looking_at_a_link_does_not_use_it(bo):
    secret = actions.make_sign_in_link(user=bo, at=timezone.now())
    client = a_client()

    answers = [client.get(f"/account/link/{secret}/") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert SignInLink.objects.get().used_at is None
    assert answers[0]["Referrer-Policy"] == "same-origin"


def test_the_button_signs_in_once(bo):
    secret = actions.make_sign_in_link(user=bo, at=timezone.now())
    first, second = a_client(), a_client()

    answers = [client.post(f"/account/link/{secret}/") for client in (first, second)]

    assert [answer.status_code for answer in answers] == [302, 410]
    assert [c.get("/desk/").status_code for c in (first, second)] == [200, 302]


def test_signing_in_makes_a_new_session_key(bo):
    client = a_client()
    client.session.save()
    client.cookies["masthead_session"] = "planted0000000000000000000000000"
    secret = actions.make_sign_in_link(user=bo, at=timezone.now())

    client.post(f"/account/link/{secret}/")

    assert client.cookies["masthead_session"].value != "planted0000000000000000000000000"


def test_a_used_link_says_so(bo):
    now = timezone.now()
    secret = actions.make_sign_in_link(user=bo, at=now)
    actions.use_sign_in_link(secret=secret, at=now)

    with pytest.raises(actions.LinkUsed):
        actions.use_sign_in_link(secret=secret, at=now)


def test_a_link_ends(bo):
    now = timezone.now()
    secret = actions.make_sign_in_link(user=bo, at=now, valid_for_seconds=60)

    with pytest.raises(actions.LinkExpired):
        actions.use_sign_in_link(secret=secret, at=now + timedelta(seconds=60))


def test_an_unknown_link_is_refused(db):
    with pytest.raises(actions.NoSuchLink):
        actions.use_sign_in_link(secret="c-made-up", at=timezone.now())


def test_a_link_of_somebody_who_left_is_refused(bo):
    secret = actions.make_sign_in_link(user=bo, at=timezone.now())
    User.objects.filter(pk=bo.pk).update(is_active=False)

    with pytest.raises(actions.NoSuchLink):
        actions.use_sign_in_link(secret=secret, at=timezone.now())


def test_the_database_holds_no_usable_secret(bo):
    secret = actions.make_sign_in_link(user=bo, at=timezone.now())

    assert secret not in str(SignInLink.objects.values_list())


def test_giving_a_role_ends_links_still_on_their_way(bo, beacon):
    secret = actions.make_sign_in_link(user=bo, at=timezone.now())

    actions.assign_role(user=bo, role=Role.EDITOR, place=beacon.outlet, by=None)

    with pytest.raises(actions.NoSuchLink):
        actions.use_sign_in_link(secret=secret, at=timezone.now())


def test_an_invitation_makes_an_account_with_its_role(fay, courier):
    secret = actions.invite(
        email="Gil@Courier.example", name="Gil Ray", role=Role.REPORTER, place=courier.news, by=fay
    )

    user = actions.use_sign_in_link(secret=secret, at=timezone.now())
    held = user.assignments.get()
    assert (user.email, str(user), held.role) == ("gil@courier.example", "Gil Ray", "reporter")


def test_nobody_is_invited_into_an_account_that_is_used(fay, owner, courier):
    owner.last_login = timezone.now()
    owner.save()

    with pytest.raises(actions.HasAccount):
        actions.invite(email=owner.email, name="Me", role=Role.REPORTER, place=courier.news, by=fay)
    assert SignInLink.objects.count() == 0


def test_nobody_is_invited_anew_who_works_for_another_title(fay, courier, beacon):
    actions.invite(
        email="gil@x.example", name="Gil", role=Role.EDITOR, place=beacon.outlet, by=None
    )

    with pytest.raises(actions.HasAccount):
        actions.invite(
            email="gil@x.example", name="Gil", role=Role.REPORTER, place=courier.news, by=fay
        )


@pytest.mark.parametrize(("mail_url", "status"), [("smtp://mail.courier.example", 302), ("", 200)])
def test_a_publisher_invites_from_the_desk(fay, courier, settings, mail_url, status):
    """Without a mail server the page shows the link."""
    settings.MAIL_URL = mail_url

    answer = at_desk(fay).post(
        "/desk/staff/invite/",
        {"name": "Gil Ray", "email": "gil@x.example", "role": "reporter", "place": courier.news.pk},
    )

    assert answer.status_code == status
    assert User.objects.get(email="gil@x.example").assignments.count() == 1


def test_a_publisher_sees_only_the_people_of_their_outlets(fay, bo, beacon, a_person):
    a_person("zoe", Role.EDITOR, beacon.outlet)

    page = at_desk(fay).get("/desk/staff/").content.decode()

    assert ("bo@courier.example" in page, "zoe@courier.example" in page) == (True, False)


def test_the_people_list_costs_the_same_for_three_people(fay, courier, a_person):
    client = at_desk(fay)
    client.get("/desk/staff/")
    with CaptureQueriesContext(connection) as before:
        client.get("/desk/staff/")
    for name in ("gil", "hal"):
        a_person(name, Role.REPORTER, courier.news)
    with CaptureQueriesContext(connection) as after:
        client.get("/desk/staff/")

    assert len(after) == len(before)
