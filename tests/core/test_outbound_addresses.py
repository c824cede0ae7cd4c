"""What the outbound client refuses to call, whatever an address looks like."""

import socket
import time

import pytest

from masthead.core.outbound import Guard, Refused, TooSlow, Unreachable, guarded_by
from masthead.core.outbound.public_addresses import is_public

from .addresses import ALL, PRIVATE, SIX
from .asking import Called, fetch

PUBLIC_ADDRESS = "93.184.216.34"


def test_the_corpus_has_more_than_a_hundred_tricks() -> None:
    assert len(set(ALL)) > 150


@pytest.mark.parametrize("url", sorted(set(ALL)))
def test_no_trick_reaches_a_socket(url: str, called: Called) -> None:
    names = {"news.example": [PUBLIC_ADDRESS]}

    with (
        guarded_by(Guard(resolve=lambda host, port: names.get(host, ["127.0.0.1"]))),
        pytest.raises(Refused) as refused,
    ):
        fetch(url)

    assert called == []
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("address", [url.split("/")[2].strip("[]") for url in PRIVATE + SIX])
def test_a_name_that_resolves_to_an_inside_address_is_refused(address: str, called: Called) -> None:
    with guarded_by(Guard(resolve=lambda host, port: [address])), pytest.raises(Refused):
        fetch("https://news.example/")

    assert called == []


def test_one_inside_address_among_public_ones_refuses_the_name(called: Called) -> None:
    addresses = [PUBLIC_ADDRESS, "10.0.0.7"]

    with guarded_by(Guard(resolve=lambda host, port: addresses)), pytest.raises(Refused):
        fetch("https://news.example/")

    assert called == []


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "1.1.1.1", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "2a00:1450::1"],
)
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


def test_a_rebinding_name_is_resolved_once_and_that_address_is_called(called: Called) -> None:
    answers = [["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"]]

    with (
        guarded_by(Guard(resolve=lambda host, port: answers.pop(0))),
        pytest.raises(Unreachable),
    ):
        fetch("http://rebinding.example/")

    assert called == [("93.184.216.34", 80)]
    assert len(answers) == 2


def test_the_next_address_is_tried_when_one_does_not_answer(called: Called) -> None:
    both = ["2606:2800:220:1::1", "93.184.216.34"]

    with guarded_by(Guard(resolve=lambda host, port: both)), pytest.raises(Unreachable):
        fetch("https://news.example/")

    assert called == [("2606:2800:220:1::1", 443), ("93.184.216.34", 443)]


def test_a_name_nobody_has_is_unreachable(called: Called) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror

    with guarded_by(Guard(resolve=resolve)), pytest.raises(Unreachable):
        fetch("https://nowhere.example/")


def test_a_resolver_that_hangs_does_not_hold_us_up(called: Called) -> None:
    def resolve(host: str, port: int) -> list[str]:
        time.sleep(1)
        return [PUBLIC_ADDRESS]

    with guarded_by(Guard(resolve=resolve)), pytest.raises(TooSlow):
        fetch("https://slow.example/", timeout_seconds=0.1)

    assert called == []


def test_names_in_other_scripts_are_asked_in_their_ascii_form(called: Called) -> None:
    asked = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return [PUBLIC_ADDRESS]

    with guarded_by(Guard(resolve=resolve)), pytest.raises(Unreachable):
        fetch("https://صحيفة.Example./خبر?س=١")

    assert asked == ["xn--ogbhx3c3b.example"]
