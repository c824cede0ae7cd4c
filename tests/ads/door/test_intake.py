"""What counts when a device tells what it offered, what was seen and what was clicked."""

import json
from pathlib import Path

import pytest

from masthead.ads.door import GOOD_SECONDS, lists, tally
from masthead.ads.door.floods import CLICKS, HOUSEHOLDS_OF_NETWORK, PAGE_VIEWS
from masthead.ads.door.lists import KNOWN_SECONDS
from masthead.ads.door.tokens import Seal, Token
from tests.ads.door.posting import BAKERY, BOTH, FERRY, FIREFOX, HOUR, LINES, OUTLET, Courier


@pytest.fixture
def courier(tmp_path: Path) -> Courier:
    return Courier(tmp_path)


def test_a_page_view_is_a_chance_for_each_place_and_an_offer_for_what_was_chosen(
    courier: Courier,
) -> None:
    tokens = courier.offer(("top", BAKERY), ("side", 0))

    assert [bool(token) for token in tokens] == [True, False]
    assert courier.counted() == {
        ("top", 0): {"chances": 1},
        ("top", BAKERY): {"offered": 1},
        ("side", 0): {"chances": 1},
    }


def test_seen_and_clicked_count_once_each(courier: Courier) -> None:
    (token,) = courier.offer(("top", BAKERY))

    said = [courier.tell(f"v {token}", f"c {token}", f"v {token}"), courier.tell(f"c {token}")]

    assert said == [204, 204]
    assert courier.counted()["top", BAKERY] == {
        "offered": 1,
        "visible": 1,
        "clicked": 1,
        "refused": 2,
    }


def test_counts_stand_in_the_hour_they_were_told(courier: Courier) -> None:
    (token,) = courier.offer(("top", BAKERY))
    courier.now += 3600
    courier.tell(f"v {token}")

    (settled,) = courier.settled()
    assert {key: row for key, row in settled.counts.items() if key[2]} == {
        (OUTLET, "top", BAKERY, HOUR): [0, 1, 0, 0, 0],
        (OUTLET, "top", BAKERY, HOUR + 1): [0, 0, 1, 0, 0],
    }


@pytest.mark.parametrize(
    "change",
    [
        lambda token: "",
        lambda token: token[:-1],
        lambda token: token + "A",
        lambda token: token[:10] + ("A" if token[10] != "A" else "B") + token[11:],
        lambda token: token.replace(token[40], "é", 1),
        lambda token: Seal((b"another",)).write(Token(b"123456", 1, 1_800_000_000, 7, 812, "top")),
        lambda token: Token(b"123456", 1, 1_800_000_000, 7, 812, "top").place * 20,
    ],
)
def test_a_forged_token_counts_for_nobody(courier: Courier, change) -> None:
    (token,) = courier.offer(("top", BAKERY))

    courier.tell(f"v {change(token)}")

    assert courier.counted()["", 0] == {"refused": 1}
    assert "visible" not in courier.counted()["top", BAKERY]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\0\xff",
        b"x" * 16_000,
        b"v",
        b"v \n",
        b"view token",
        b"[]",
        b'{"offers": 1}',
        b"[" * 9,
    ],
)
def test_what_is_no_event_and_no_offer_says_and_counts_no_view(
    courier: Courier, text: bytes
) -> None:
    said = [courier.post(f"/-/ads/{name}", text).status for name in ("event", "offer")]

    assert said == [204, 204]
    assert all(set(row) == {"refused"} for row in courier.counted().values())


@pytest.mark.parametrize(
    "offers",
    [
        [],
        [["top", 812]] * 31,
        [["roof", 812]],
        [["top", -1]],
        [["top", 1 << 31]],
        [["top", True]],
        [["top", "812"]],
        [["top"]],
        [[["top"], 1]],
        {"top": 812},
        None,
    ],
)
def test_offers_of_another_form_count_nothing(courier: Courier, offers: object) -> None:
    reply = courier.post("/-/ads/offer", json.dumps({"offers": offers}).encode())

    assert (reply.status, courier.counted()) == (204, {})


def test_only_what_the_list_has_for_the_place_is_offered(courier: Courier) -> None:
    tokens = courier.offer(("top", FERRY), ("side", FERRY), ("top", 99))

    assert [bool(token) for token in tokens] == [False, True, False]
    assert courier.counted() == {
        ("top", 0): {"refused": 2},
        ("side", 0): {"chances": 1},
        ("side", FERRY): {"offered": 1},
    }


def test_a_list_of_a_moment_ago_still_counts(courier: Courier) -> None:
    courier.offer(("side", FERRY))
    courier.offer_only({BAKERY: ["top"]})
    courier.offer(("top", BAKERY))

    courier.now += KNOWN_SECONDS - 1
    soon = courier.offer(("side", FERRY))
    courier.now += 2
    late = courier.offer(("side", FERRY))

    assert ([bool(token) for token in soon], late) == ([True], [])


def test_an_outlet_without_a_list_counts_nothing(courier: Courier) -> None:
    (token,) = courier.offer(("top", BAKERY))
    courier.counted()
    courier.list = None

    assert courier.offer(("top", BAKERY)) == []
    assert courier.post("/elsewhere/-/ads/event", f"v {token}".encode()).status == 204
    assert courier.counted()["top", BAKERY] == {"offered": 1}


def but(*changed: tuple[bytes, bytes | None]) -> list[tuple[bytes, bytes]]:
    """The usual lines with these instead, or without."""
    names = {name for name, _ in changed}
    return [
        *(each for each in LINES if each[0] not in names),
        *((name, value) for name, value in changed if value is not None),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        but((b"user-agent", None)),
        but((b"user-agent", b"Mozilla/5.0 (compatible; Googlebot/2.1)")),
        but((b"user-agent", b"Mozilla/5.0 HeadlessChrome/140")),
        but((b"user-agent", b"curl/8.5.0")),
        but((b"origin", None)),
        but((b"origin", b"null")),
        but((b"origin", b"https://elsewhere.example")),
        but((b"origin", b"https://courier.example.elsewhere.example")),
        but((b"origin", b"https://elsewhere.example/courier.example")),
        but((b"sec-fetch-site", b"cross-site")),
        but((b"sec-fetch-site", b"none")),
        but((b"sec-purpose", b"prefetch;prerender")),
        but((b"purpose", b"prefetch")),
    ],
)
def test_programs_and_other_pages_count_nothing(
    courier: Courier, lines: list[tuple[bytes, bytes]]
) -> None:
    (token,) = courier.offer(("top", BAKERY))

    assert courier.offer(("top", BAKERY), ("side", 0), lines=lines) == []
    courier.tell(f"v {token}", lines=lines)
    courier.tell(f"c {token}", lines=lines)

    assert courier.counted() == {
        ("top", 0): {"chances": 1},
        ("top", BAKERY): {"offered": 1, "refused": 3},
        ("side", 0): {"refused": 1},
    }


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        (b"courier.example", b"http://courier.example"),
        (b"courier.example:443", b"https://courier.example"),
        (b"127.0.0.1:8000", b"http://127.0.0.1:8000"),
        (b"Courier.example", b"https://courier.example"),
    ],
)
def test_a_page_of_ours_is_known_behind_a_proxy_too(
    courier: Courier, host: bytes, origin: bytes
) -> None:
    lines = [(b"host", host), (b"origin", origin), (b"user-agent", FIREFOX)]

    assert len(courier.offer(("top", BAKERY), lines=lines)) == 1


def test_a_token_is_good_for_two_hours_and_when_the_clock_is_put_back(courier: Courier) -> None:
    late, early = courier.offer(("top", BAKERY), ("in-text", BAKERY))

    courier.now += GOOD_SECONDS + 1
    courier.tell(f"v {late}")
    courier.now -= GOOD_SECONDS + 1800
    courier.tell(f"v {early}")
    courier.tell(f"v {early}")

    assert courier.counted()["top", BAKERY] == {"offered": 1, "refused": 1}
    assert courier.counted()["in-text", BAKERY] == {"offered": 1, "visible": 1, "refused": 1}


def test_one_household_counts_so_many_page_views_a_minute(courier: Courier) -> None:
    most = PAGE_VIEWS.most_a_minute

    got = [len(courier.offer(("top", BAKERY), reader=5)) for _ in range(most + 3)]
    neighbour = len(courier.offer(("top", BAKERY), reader=6))
    courier.now += 60
    later = len(courier.offer(("top", BAKERY), reader=5))

    assert (sum(got), neighbour, later) == (most, 1, 1)
    assert courier.counted()["top", BAKERY] == {"offered": most + 2, "refused": 3}


def test_a_network_of_households_counts_as_a_few(courier: Courier) -> None:
    network, most = 77 << 64, PAGE_VIEWS.most_a_minute * HOUSEHOLDS_OF_NETWORK

    got = [len(courier.offer(("top", BAKERY), reader=network | own)) for own in range(most + 20)]

    assert sum(got) == most


def test_a_household_clicks_seldom_and_is_asked_again_later(courier: Courier) -> None:
    tokens = [courier.offer(("top", BAKERY))[0] for _ in range(CLICKS.most_a_minute + 1)]

    for token in tokens:
        courier.tell(f"c {token}")
    courier.now += 60
    courier.tell(f"c {tokens[-1]}")

    assert courier.counted()["top", BAKERY]["clicked"] == CLICKS.most_a_minute + 1


def test_a_former_secret_key_opens_what_it_signed(tmp_path: Path) -> None:
    old = Courier(tmp_path, secrets=(b"one",))
    (first,) = old.offer(("top", BAKERY))
    new = Courier(tmp_path, secrets=(b"two", b"one"))
    (second,) = new.offer(("top", BAKERY))
    other = Courier(tmp_path, secrets=(b"three",))

    new.tell(f"v {first}")
    new.tell(f"v {first}")
    old.tell(f"v {second}")
    other.tell(f"v {second}")

    assert new.counted()["top", BAKERY] == {"offered": 1, "visible": 1, "refused": 1}
    assert old.counted()["", 0] == {"refused": 1}


def test_several_processes_of_a_machine_count_a_token_once(tmp_path: Path) -> None:
    doors = [Courier(tmp_path) for _ in range(3)]
    tokens = [door.offer(("top", BAKERY))[0] for door in doors]

    for door in doors:
        for token in tokens:
            door.tell(f"v {token}")
        door.flush()

    assert doors[0].counted()["top", BAKERY] == {"offered": 3, "visible": 3, "refused": 6}


def test_after_a_kill_a_token_that_was_used_is_used_and_what_was_lost_is_not(
    tmp_path: Path,
) -> None:
    killed = Courier(tmp_path)
    used, lost = killed.offer(("top", BAKERY), ("in-text", BAKERY))
    killed.tell(f"v {used}")
    killed.flush()
    killed.tell(f"v {lost}")

    after = Courier(tmp_path)
    after.tell(f"v {used}", f"v {lost}")
    (fresh,) = after.offer(("top", BAKERY))

    assert fresh not in {used, lost}
    assert after.counted()["top", BAKERY] == {"offered": 2, "visible": 1, "refused": 1}
    assert after.counted()["in-text", BAKERY] == {"offered": 1, "visible": 1}


def test_a_door_holds_so_much_and_no_more(
    courier: Courier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tally, "MOST_TOLD", 2)
    tokens = courier.offer(("top", BAKERY), ("top", BAKERY), ("top", BAKERY))

    courier.tell(*(f"v {token}" for token in tokens))

    assert courier.counted()["top", BAKERY] == {"offered": 3, "visible": 2, "refused": 1}


def test_an_event_of_another_machines_token_is_handed_on(tmp_path: Path) -> None:
    here, there = Courier(tmp_path / "here"), Courier(tmp_path / "there")
    (token,) = there.offer(("top", BAKERY))

    here.tell(f"v {token}")
    (settled,) = here.settled()
    assert [(each.token, each.what.name) for each in settled.strays] == [(token, "VISIBLE")]
    assert settled.counts == {}


def test_what_cannot_be_kept_waits(courier: Courier, monkeypatch: pytest.MonkeyPatch) -> None:
    (token,) = courier.offer(("top", BAKERY))
    courier.tell(f"v {token}")
    collected = courier.intake.collect()
    assert collected is not None
    courier.intake.take_back(collected)
    courier.offer(("top", 0))
    courier.tell(f"v {token}")

    assert courier.counted() == {
        ("top", 0): {"chances": 2},
        ("top", BAKERY): {"offered": 1, "visible": 1, "refused": 1},
    }


def test_a_broken_batch_is_put_aside(courier: Courier, caplog: pytest.LogCaptureFixture) -> None:
    courier.offer(("top", 0))
    courier.flush()
    (courier.folder / "ads" / "waiting" / ("a" * 32 + ".json")).write_text('{"counts": [[1]]}')

    assert len(courier.waiting()) == 1
    assert len(list((courier.folder / "ads" / "waiting").glob("*.broken"))) == 1
    assert "put aside" in caplog.text


def test_the_list_is_read_anew_only_when_it_is_another(
    courier: Courier, monkeypatch: pytest.MonkeyPatch
) -> None:
    courier.offer(("top", BAKERY))
    with monkeypatch.context() as unreadable:
        unreadable.setattr(lists, "read_list", lambda text: None)
        again = courier.offer(("top", BAKERY))
    courier.offer_only(BOTH | {99: ["card"]})

    assert (len(again), len(courier.offer(("card", 99)))) == (1, 1)
