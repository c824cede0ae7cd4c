"""Who may fetch what for partners, with which key, and until when."""

import json
from datetime import timedelta
from typing import Any

import pytest
from wagtail.models import ModelLogEntry

from masthead.accounts.models import Role
from masthead.api import actions, queries
from masthead.api.actions import give_new_key, make_partner, revoke_partner
from masthead.api.models import Partner
from masthead.api.signing import signed_url
from masthead.outlets.queries import get_sheet
from tests.factories import NETWORK, NOON, a_person, a_section, an_outlet, at_desk
from tests.syndication.newsroom import BASE, an_article

LIST = "ninjs/articles"


def a_partner(*outlets: Any, by: Any, **more: Any) -> tuple[Partner, str]:
    return make_partner(name="Wire House", outlets=list(outlets), by=by, at=NOON, **more)


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


def test_without_a_key_there_is_nothing(client: Any, port: Any) -> None:
    an_article(port, "Public")

    for said in ({}, bearer("mh-wrong"), {"authorization": "Basic YTpi"}, bearer("")):
        answer = client.get(f"/courier/api/v1/{LIST}", headers={"host": NETWORK, **said})

        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
        assert answer["Content-Type"] == "application/problem+json"
        assert b"Public" not in answer.content


def test_what_a_partner_gets_is_kept_nowhere(client: Any, courier: Any, owner: Any) -> None:
    _, key = a_partner(courier, by=owner)

    answer = client.get(f"/courier/api/v1/{LIST}", headers={"host": NETWORK, **bearer(key)})

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert "Authorization" in answer["Vary"]
    assert "Access-Control-Allow-Origin" not in answer


def test_a_key_opens_its_own_titles_only(ask: Any, courier: Any, port: Any, owner: Any) -> None:
    tideline = an_outlet(slug="tideline", title="Tideline")
    _, key = a_partner(tideline, by=owner)

    assert ask(LIST, **bearer(key))[0] == 403


def test_a_revoked_key_opens_nothing_from_then_on(
    ask: Any, courier: Any, owner: Any, port: Any
) -> None:
    partner, key = a_partner(courier, by=owner)
    assert ask(LIST, **bearer(key))[0] == 200

    revoke_partner(partner=partner, by=owner, at=NOON)

    assert ask(LIST, **bearer(key))[0] == 401
    with pytest.raises(actions.AlreadyRevoked):
        revoke_partner(partner=partner, by=owner, at=NOON)
    with pytest.raises(actions.AlreadyRevoked):
        give_new_key(partner=partner, by=owner)


def test_a_key_ends_when_it_was_said_to(
    ask: Any, courier: Any, owner: Any, port: Any, at_clock: Any
) -> None:
    _, key = a_partner(courier, by=owner, expires_at=NOON + timedelta(hours=1))

    with at_clock(NOON + timedelta(minutes=59)):
        assert ask(LIST, **bearer(key))[0] == 200
    with at_clock(NOON + timedelta(hours=1)):
        assert ask(LIST, **bearer(key))[0] == 401
    with pytest.raises(actions.AlreadyOver):
        a_partner(courier, by=owner, expires_at=NOON)


def test_a_new_key_takes_the_place_of_the_old_one(
    ask: Any, courier: Any, owner: Any, port: Any
) -> None:
    partner, old = a_partner(courier, by=owner)

    new = give_new_key(partner=partner, by=owner)

    assert (ask(LIST, **bearer(old))[0], ask(LIST, **bearer(new))[0]) == (401, 200)


def test_of_a_key_only_a_hash_is_kept(courier: Any, owner: Any) -> None:
    partner, key = a_partner(courier, by=owner)

    assert key not in str(Partner.objects.filter(pk=partner.pk).values().get())
    assert queries.find_partner_by_key(key) == partner
    logged = ModelLogEntry.objects.filter(action="partners.make").get()
    assert (logged.user, logged.data) == (owner, {"outlets": [courier.title]})


def test_when_a_key_was_used_is_noted_once_a_minute(
    ask: Any, courier: Any, owner: Any, port: Any, at_clock: Any
) -> None:
    partner, key = a_partner(courier, by=owner)

    seen = []
    for seconds in (0, 30, 61):
        with at_clock(NOON + timedelta(seconds=seconds)):
            ask(LIST, **bearer(key))
        partner.refresh_from_db()
        seen.append((partner.last_used_at - NOON).total_seconds())

    assert seen == [0, 0, 61]


def signed(partner: Partner, courier: Any, *, hours: int = 1) -> str:
    """What follows the API's address."""
    url = signed_url(
        sheet=get_sheet(outlet_id=courier.pk),
        parts=("articles",),
        partner=partner,
        until=NOON + timedelta(hours=hours),
    )
    return url.removeprefix(f"{BASE}/api/v1/")


def test_a_signed_address_opens_one_thing_for_a_time(
    ask: Any, courier: Any, owner: Any, port: Any, at_clock: Any
) -> None:
    article = an_article(port)
    partner, _ = a_partner(courier, by=owner)
    path = signed(partner, courier)

    assert ask(path)[0] == 200
    assert ask(f"{path}&before=1.000000-1")[0] == 200
    for forged in (
        path.replace("articles", f"articles/{article.public_id}"),
        path.replace("expires=1", "expires=2"),
        path[:-1] + ("0" if path[-1] != "0" else "1"),
        path.replace("signature=", "signature=é"),
        path.replace("expires=", "expires=9999999999999999"),
        path.replace("partner=", "partner=z"),
    ):
        assert ask(forged)[0] == 401, forged
    with at_clock(NOON + timedelta(hours=1)):
        assert ask(path)[0] == 401


def test_a_signed_address_ends_with_the_key_and_with_the_partner(
    ask: Any, courier: Any, owner: Any, port: Any
) -> None:
    partner, _ = a_partner(courier, by=owner)
    before = signed(partner, courier)
    give_new_key(partner=partner, by=owner)
    partner.refresh_from_db()
    after = signed(partner, courier)
    assert (ask(before)[0], ask(after)[0]) == (401, 200)

    revoke_partner(partner=partner, by=owner, at=NOON)

    assert ask(after)[0] == 401


def test_a_signed_address_outlives_a_change_of_the_secret(
    ask: Any, courier: Any, owner: Any, port: Any, settings: Any
) -> None:
    partner, _ = a_partner(courier, by=owner)
    path = signed(partner, courier)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-" + "y" * 40

    assert ask(path)[0] == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert ask(path)[0] == 401


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_partners_only_read_too(client: Any, port: Any, method: str) -> None:
    answer = getattr(client, method)(f"/courier/api/v1/{LIST}", headers={"host": NETWORK})

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


def test_partners_are_kept_by_the_publishers_of_all_their_titles(
    courier: Any, ada: Any, owner: Any
) -> None:
    tideline = an_outlet(slug="tideline", title="Tideline")
    pia = a_person("pia", Role.PUBLISHER, courier)
    own, _ = a_partner(courier, by=pia)
    both, _ = a_partner(courier, tideline, by=owner)

    assert list(queries.partners_of(pia)) == [own]
    assert set(queries.partners_of(owner)) == {own, both}
    for by, outlets in ((ada, [courier]), (pia, [courier, tideline]), (owner, [])):
        with pytest.raises(actions.NotAllowed):
            a_partner(*outlets, by=by)
    with pytest.raises(actions.NotAllowed):
        revoke_partner(partner=both, by=pia, at=NOON)


def test_a_partner_is_made_at_the_desk_and_the_key_is_shown_once(
    ask: Any, courier: Any, port: Any
) -> None:
    desk = at_desk(a_person("pia", Role.PUBLISHER, courier))
    assert b"No partner yet." in desk.get("/desk/partners/").content

    made = desk.post("/desk/partners/add/", {"name": "Wire House", "outlets": [courier.pk]})

    partner = Partner.objects.get()
    key = made.context["key"]
    assert made.content.decode().count(f'value="{key}"') == 1
    assert "no-store" in made["Cache-Control"]
    assert ask(LIST, **bearer(key))[0] == 200
    for path in ("", f"{partner.public_id}/"):
        page = desk.get(f"/desk/partners/{path}")
        assert (key in page.content.decode(), page.status_code) == (False, 200)


def test_at_the_desk_an_address_is_signed_a_key_changed_and_revoked(
    ask: Any, client: Any, courier: Any, port: Any, owner: Any
) -> None:
    partner, key = a_partner(courier, by=owner)
    desk = at_desk(owner)
    where = f"/desk/partners/{partner.public_id}/"

    until = (NOON + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    answer = desk.post(where, {"outlet": courier.pk, "until": until})
    assert client.get(answer.context["address"], headers={"host": NETWORK}).status_code == 200

    new = desk.post(f"{where}key/").context["key"]
    assert (ask(LIST, **bearer(key))[0], ask(LIST, **bearer(new))[0]) == (401, 200)

    desk.post(f"{where}revoke/")
    assert ask(LIST, **bearer(new))[0] == 401


@pytest.mark.parametrize("days", [-1, 32])
def test_an_address_is_signed_for_the_next_month_only(
    courier: Any, port: Any, owner: Any, days: int
) -> None:
    partner, _ = a_partner(courier, by=owner)
    until = (NOON + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")

    answer = at_desk(owner).post(
        f"/desk/partners/{partner.public_id}/", {"outlet": courier.pk, "until": until}
    )

    assert answer.context["address"] == ""
    assert answer.context["form"].errors["until"] == ["Choose a moment within the next month."]


def test_nobody_else_sees_partners(courier: Any, ada: Any, owner: Any) -> None:
    tideline = an_outlet(slug="tideline", title="Tideline")
    a_section(tideline, "Coast")
    partner, _ = a_partner(tideline, by=owner)
    pia = at_desk(a_person("pia", Role.PUBLISHER, courier))

    assert at_desk(ada).get("/desk/partners/").status_code in {302, 403}
    assert pia.get(f"/desk/partners/{partner.public_id}/").status_code == 404
    assert json.dumps(str(pia.get("/desk/partners/").content)).count("Wire House") == 0
