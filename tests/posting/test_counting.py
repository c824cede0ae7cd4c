"""How networks count, and how a text is cut to that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.posting.counting import graphemes, length_of
from masthead.posting.networks.base import Draft
from masthead.posting.networks.bluesky import facets_of, record_name
from masthead.posting.networks.oauth1 import authorization
from masthead.posting.networks.webhook import signature
from masthead.posting.terms import TERMS
from masthead.posting.words import said
from tests.factories import NOON

LINK = "https://courier.example/port/night-trial/"
FAMILY = "👩‍👩‍👧‍👦"
LIMITED = sorted(key for key, terms in TERMS.items() if terms.limit)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("port", 4),
        ("Vårvåg", 6),
        ("e\u0301te\u0301", 3),
        (FAMILY, 1),
        ("👍🏽👍", 2),
        ("🇳🇴🇸🇪", 2),
        ("1\ufe0f\u20e3", 1),
        ("한국", 2),
        ("\u1112\u1161\u11ab", 1),
        ("a\r\nb", 3),
        ("نّ", 1),
        ("", 0),
    ],
)
def test_signs_are_counted_as_readers_see_them(text, pieces):
    assert len(list(graphemes(text))) == pieces


@given(st.text())
def test_pieces_together_are_the_text(text):
    assert "".join(graphemes(text)) == text


@pytest.mark.parametrize(
    ("network", "text", "length"),
    [
        ("mastodon", f"Port opens {LINK}", 11 + 23),
        ("bluesky", FAMILY, 1),
        ("telegram", FAMILY, 11),
        ("x", "港が開く", 8),
        ("x", f"Port “opens” – now {LINK}", 19 + 23),
        ("x", FAMILY, 2),
        ("threads", "👍 ok", 4 + 3),
        ("linkedin", "e\u0301", 2),
    ],
)
def test_each_network_counts_in_its_own_way(network, text, length):
    terms = TERMS[network]

    assert length_of(text, counts=terms.counts, link_length=terms.link_length) == length


@pytest.mark.parametrize("network", LIMITED)
@pytest.mark.parametrize("sign", ["Harbour ", "港", FAMILY, "é", "مرحبا "])
def test_any_text_is_made_to_fit_and_keeps_its_link(network, sign):
    terms = TERMS[network]

    words = said(sign * (terms.limit + 9), terms=terms, link=LINK)

    assert words.fits
    assert words.length > terms.limit // 2 or terms.most_bytes
    assert (LINK in words.text) == terms.link_in_text
    assert "…" in words.text
    assert not terms.most_bytes or len(words.text.encode()) <= terms.most_bytes


def test_a_text_is_cut_at_the_end_of_a_word():
    words = said("The pilots sail " * 30, terms=TERMS["bluesky"], link=LINK)

    assert words.text.removesuffix("…").split()[-1] in {"The", "pilots", "sail"}


def test_a_link_that_is_in_the_text_is_not_added():
    words = said(f"Read {LINK} now", terms=TERMS["mastodon"], link=LINK)

    assert words.text == f"Read {LINK} now"


def test_facets_are_counted_in_bytes():
    text = f"Åpent 🚢 {LINK}."

    [facet] = facets_of(text)

    place = facet["index"]
    assert text.encode()[place["byteStart"] : place["byteEnd"]].decode() == LINK


def test_a_records_name_is_the_same_at_every_try_and_another_for_another_post():
    names = {record_name(Draft(key=key, text="", at=NOON)) for key in ("0" * 31 + "1", "f" * 32)}

    assert len(names) == 2
    assert record_name(Draft(key="f" * 32, text="", at=NOON)) in names
    assert {len(name) for name in names} == {13}


def test_the_signature_of_oauth_is_that_of_the_published_example():
    header = authorization(
        "POST",
        "https://api.twitter.com/1.1/statuses/update.json?include_entities=true"
        "&status=Hello%20Ladies%20%2B%20Gentlemen%2C%20a%20signed%20OAuth%20request%21",
        consumer=("xvz1evFS4wEEPTGEFPHBog", "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw"),
        token=(
            "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
            "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
        ),
        nonce="kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg",
        at=1318622958,
    )

    assert 'oauth_signature="hCtSmYh%2BiHYCEqBWrE7C7hYmtUk%3D"' in header


def test_the_signature_of_a_webhook_is_that_of_the_published_example():
    signed = signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        key="msg_p5jXN8AQM9LWM0D4loKWxJek",
        at=1614265330,
        body=b'{"test": 2432232314}',
    )

    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
