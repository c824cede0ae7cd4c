"""The links of a mail: short, unforgeable, each for one thing."""

import pytest

from masthead.newsletters.joining import links
from masthead.outlets.sheet import Sheet
from masthead.readers.tokens import NoSuchToken, make_token, read_token

SHEET = Sheet(1, "", "courier", "The Courier", "https://courier.example", "", "")


@pytest.mark.parametrize("number", [0, 1, 255, 256, 2**63 - 1])
def test_a_token_names_its_row(number):
    assert read_token("leave", make_token("leave", "d", number)) == ("d", number)


def test_a_token_is_short():
    assert len(make_token("leave", "d", 1_000_000)) <= 26


def test_a_token_for_leaving_opens_no_preferences():
    with pytest.raises(NoSuchToken):
        read_token("preferences", make_token("leave", "d", 7))


def test_no_other_spelling_of_a_token_is_taken():
    token = make_token("leave", "d", 7)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=. é"
    others = {
        token[:at] + letter + token[at + 1 :] for at in range(len(token)) for letter in letters
    }
    others |= {token[:-1], token + "=", token + "A", "", "x" * 5000, token.swapcase()}

    assert [each for each in sorted(others - {token}) if _is_taken(each)] == []


def _is_taken(token: str) -> bool:
    try:
        read_token("leave", token)
    except NoSuchToken:
        return False
    return True


def test_a_former_secret_key_still_opens_what_it_made(settings):
    token = make_token("leave", "s", 7)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-" + "y" * 40

    assert read_token("leave", token) == ("s", 7)


def test_a_secret_key_that_was_dropped_opens_nothing(settings):
    token = make_token("leave", "s", 7)
    settings.SECRET_KEY = "another-" + "y" * 40

    with pytest.raises(NoSuchToken):
        read_token("leave", token)


def test_the_links_of_a_delivery():
    made = links.for_delivery(delivery_id=7, sheet=SHEET)

    assert made == links.Links(
        leave=f"https://courier.example/newsletters/leave/{links.leave_token(delivery_id=7)}/",
        preferences="https://courier.example/readers/preferences/"
        f"{make_token('preferences', 'd', 7)}/",
    )
    assert links.read_leave_token(links.leave_token(delivery_id=7)) == ("d", 7)


def test_the_links_of_a_subscription_are_others():
    of_delivery = links.for_delivery(delivery_id=7, sheet=SHEET)
    of_subscription = links.for_subscription(subscription_id=7, sheet=SHEET)

    assert of_delivery.leave != of_subscription.leave
    assert links.read_leave_token(links.leave_token(subscription_id=7)) == ("s", 7)


def test_a_token_to_leave_is_for_something():
    with pytest.raises(ValueError):
        links.leave_token()
