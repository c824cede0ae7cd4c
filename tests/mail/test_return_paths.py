"""Return paths name a mail, and only we can make them."""

import pytest

from masthead.mail import verp

HERE = "bounces@mail.northlight.example"


@pytest.fixture(autouse=True)
def bounce_address(settings):
    settings.BOUNCE_ADDRESS = HERE


def test_a_return_path_names_the_mail_and_fits_into_a_local_part():
    path = verp.return_path("d", 9_223_372_036_854_775_807)
    local, _, host = path.partition("@")

    assert (host, len(local) <= 64) == ("mail.northlight.example", True)
    assert verp.find_mark(path) == "d:9223372036854775807"


@pytest.mark.parametrize("changed", [str.upper, str.title, lambda text: f"  <{text}>  "])
def test_servers_that_write_it_otherwise_do_not_hide_it(changed):
    assert verp.find_mark(changed(verp.return_path("l", 12))) == "l:12"


@pytest.mark.parametrize(
    "forged",
    [
        "d13-{signature}",
        "l12-{signature}",
        "d12-aaaaaaaaaaaa",
        "d12-{signature}x",
        "d012-{signature}",
        "d12{signature}",
        "",
    ],
)
def test_a_token_that_we_did_not_make_names_nothing(forged):
    signature = verp.token("d", 12).partition("-")[2]

    assert verp.read_token(forged.format(signature=signature)) == ""


def test_a_former_key_still_opens_what_it_signed(settings):
    path = verp.return_path("d", 5)
    settings.SECRET_KEY, former = "a new key " * 6, settings.SECRET_KEY

    stranger = verp.find_mark(path)
    settings.SECRET_KEY_FALLBACKS = [former]

    assert (stranger, verp.find_mark(path)) == ("", "d:5")


@pytest.mark.parametrize(
    ("mail_from", "path"),
    [("Desk <desk@x.example>", "desk@x.example"), ("desk@x.example", "desk@x.example")],
)
def test_without_an_address_for_bounces_they_come_to_the_sender(settings, mail_from, path):
    settings.BOUNCE_ADDRESS, settings.DEFAULT_FROM_EMAIL = "", mail_from

    assert (verp.return_path("l", 1), verp.leave_address("d", 1)) == (path, "")
