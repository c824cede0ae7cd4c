import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from defusedxml import ElementTree
from fontTools.ttLib import TTFont

import masthead.outlets
from masthead.outlets.icons import NAMES, icon
from masthead.outlets.networks import (
    NETWORKS,
    BadAccount,
    Network,
    account_from,
    profile_url,
    share_url,
)

FONTS = Path(masthead.outlets.__file__).parent / "static/masthead/fonts"
HOSTILE = (
    "https://evil.example/x",
    "//evil.example",
    "javascript:alert(1)",
    "a b",
    'a"onclick="x',
    "<script>",
    "../admin",
    "..",
    "a/b",
    "a?b=c",
    "a#b",
    "a%2fb",
    "a\nb",
    "name\n",
    "{account}",
)
TYPING = [network for network in NETWORKS.values() if network.takes_account]
SHARING = [network for network in NETWORKS.values() if network.share_pattern]
CHARACTERS = (
    "abcxyzABCXYZ0189&@#%§¶©®°½¿¡ßæœøåñçüéÆŒØÅÑÇÜÉ"  # Western Europe
    "ąćęłńóśźżčďěňřšťůžľĺŕőűășțâîđĄĆĘŁŃŚŹŻČĎĚŇŘŠŤŮŽĽŐŰĂȘȚĐ"  # Central Europe
    "āēīūģķļņėįųĀĒĪŪĢĶĻŅĖĮŲ"  # Baltic
    "ğışİĞŞ"  # Turkish
    "–—‘’‚“”„…•‹›«»†′″−×÷€£¥™"
)


def test_the_eighteen_networks_of_the_follow_bar_are_offered() -> None:
    assert [network.label for network in NETWORKS.values()] == [
        "Gab", "Minds", "Telegram", "Rumble", "Gab TV", "Truth Social", "Gettr", "X", "Facebook",
        "Instagram", "YouTube", "TikTok", "Bluesky", "Mastodon", "LinkedIn", "Threads",
        "WhatsApp", "RSS",
    ]  # fmt: skip


@pytest.mark.parametrize("network", TYPING, ids=lambda network: network.key)
def test_the_hint_of_a_network_is_a_valid_account(network: Network) -> None:
    url = profile_url(network, network.account_hint)

    assert urlsplit(url).scheme == "https"
    assert "{" not in url


@pytest.mark.parametrize("network", NETWORKS.values(), ids=lambda network: network.key)
def test_every_network_has_an_icon_and_a_sensible_limit(network: Network) -> None:
    assert Path(network.icon).stem in NAMES
    assert network.max_chars == 0 or network.max_chars >= 280


@pytest.mark.parametrize("network", TYPING, ids=lambda network: network.key)
@pytest.mark.parametrize("account", ["", *HOSTILE])
def test_a_hostile_account_is_refused(network: Network, account: str) -> None:
    with pytest.raises(BadAccount, match=re.escape(network.account_hint)):
        profile_url(network, account)


@pytest.mark.parametrize("network", TYPING, ids=lambda network: network.key)
@pytest.mark.parametrize("pasted", HOSTILE[:-2])
def test_a_hostile_paste_is_refused(network: Network, pasted: str) -> None:
    with pytest.raises(BadAccount):
        account_from(network, pasted)


@pytest.mark.parametrize("network", TYPING, ids=lambda network: network.key)
def test_the_address_of_a_profile_gives_its_account_back(network: Network) -> None:
    address = profile_url(network, network.account_hint)

    assert account_from(network, f" {address} ") == network.account_hint


@pytest.mark.parametrize(
    ("key", "pasted", "account"),
    [
        ("x", "@harbour", "harbour"),
        ("x", "https://twitter.com/harbour?lang=en", "harbour"),
        ("x", "https://mobile.x.com/harbour/", "harbour"),
        ("mastodon", "@news@social.example", "news@social.example"),
        ("mastodon", "https://social.example/@news", "news@social.example"),
        ("mastodon", "https://other.example/@news@social.example", "news@social.example"),
        ("rumble", "https://rumble.com/user/Harbour", "user/Harbour"),
        ("threads", "https://www.threads.com/@harbour", "harbour"),
        ("tiktok", "https://www.tiktok.com/@harbour", "harbour"),
        ("facebook", "http://m.facebook.com/harbour.gazette", "harbour.gazette"),
        ("linkedin", "https://linkedin.com/company/harbour-gazette/", "harbour-gazette"),
    ],
)
def test_a_pasted_profile_becomes_an_account(key: str, pasted: str, account: str) -> None:
    assert account_from(NETWORKS[key], pasted) == account


@pytest.mark.parametrize(
    ("key", "pasted"),
    [
        ("x", "https://x.com/harbour/status/12"),
        ("x", "https://x.com.evil.example/harbour"),
        ("x", "https://x.com@evil.example/harbour"),
        ("x", "https://[broken"),
        ("facebook", "https://www.facebook.com/groups/12"),
        ("facebook", "https://www.facebook.com/profile.php?id=12"),
        ("youtube", "https://www.youtube.com/watch?v=abc"),
        ("mastodon", "https://social.example/about"),
        ("rss", "https://outlet.example/feed/"),
    ],
)
def test_an_address_that_is_no_profile_is_refused(key: str, pasted: str) -> None:
    with pytest.raises(BadAccount):
        account_from(NETWORKS[key], pasted)


def test_the_feed_needs_no_account() -> None:
    assert profile_url(NETWORKS["rss"], "") == "/feed/"


@pytest.mark.parametrize("network", SHARING, ids=lambda network: network.key)
def test_a_share_link_keeps_hostile_text_inside_its_parameter(network: Network) -> None:
    url = 'https://outlet.example/a?b=1&c="><script>'
    text = 'Rain & "wind" <b> #1\r\n?x=y&url=https://evil.example'

    link = share_url(network, url=url, text=text)

    assert link is not None
    assert not set('<>" \r\n') & set(link)
    given = parse_qs(urlsplit(link).query, strict_parsing=True)
    names = re.findall(r"[?&](\w+)=", network.share_pattern)
    assert list(given) == names
    assert all(len(values) == 1 for values in given.values())
    assert url in "".join(value for values in given.values() for value in values)


@pytest.mark.parametrize("network", SHARING, ids=lambda network: network.key)
@pytest.mark.parametrize("text", ["The harbour bridge opens on Tuesday. " * 300, "w" * 9000, ""])
def test_a_shared_text_and_its_link_stay_within_the_limit(network: Network, text: str) -> None:
    url = "https://outlet.example/bridge"

    link = share_url(network, url=url, text=text)

    values = parse_qs(urlsplit(link or "").query).values()
    length = sum(len(value[0]) for value in values)
    assert network.max_chars == 0 or length <= network.max_chars


def test_a_long_text_is_cut_after_a_word() -> None:
    link = share_url(
        NETWORKS["x"], url="https://outlet.example/" + "p" * 227, text="One, two three"
    )
    shorter = share_url(
        NETWORKS["x"], url="https://outlet.example/" + "p" * 246, text="One, two three"
    )

    assert parse_qs(urlsplit(link or "").query)["text"] == ["One, two three"]
    assert parse_qs(urlsplit(shorter or "").query)["text"] == ["One, two…"]


def test_a_network_without_share_links_gives_none() -> None:
    assert share_url(NETWORKS["mastodon"], url="https://outlet.example/", text="Hello") is None


@pytest.mark.parametrize("name", sorted(NAMES))
def test_an_icon_is_one_plain_path(name: str) -> None:
    markup = icon(name)

    svg = ElementTree.fromstring(markup)
    assert [element.tag.partition("}")[2] for element in svg.iter()] == ["svg", "path"]
    assert set(svg[0].attrib) <= {"d", "fill-rule"}
    assert svg.attrib["viewBox"] == "0 0 24 24"
    assert "currentColor" in (svg.attrib["fill"], svg.attrib.get("stroke"))
    assert svg.attrib["aria-hidden"] == "true"
    assert not [key for key in svg.attrib if key.startswith("on") or "href" in key]


@pytest.mark.parametrize("name", ["nothing", "../networks", ""])
def test_an_unknown_icon_is_a_key_error(name: str) -> None:
    with pytest.raises(KeyError):
        icon(name)


@pytest.mark.parametrize("name", ["newsreader", "inter"])
def test_a_font_is_light_and_covers_european_newspapers(name: str) -> None:
    path = FONTS / f"{name}.woff2"
    with TTFont(path) as font:
        characters = set(font.getBestCmap())
        names = font["name"]

        assert path.stat().st_size <= 40_000
        assert [character for character in CHARACTERS if ord(character) not in characters] == []
        assert names.getDebugName(0).startswith("Copyright")
        assert "SIL Open Font License" in names.getDebugName(13)


def test_the_grotesque_draws_the_arrows() -> None:
    with TTFont(FONTS / "inter.woff2") as font:
        assert {ord(arrow) for arrow in "↗→←"} <= set(font.getBestCmap())


@pytest.mark.parametrize(
    ("name", "axes"),
    [
        ("newsreader", {"wght": (400, 650), "opsz": (18, 72)}),
        ("inter", {"wght": (400, 700)}),
    ],
)
def test_a_font_varies_as_the_stylesheet_says(name: str, axes: dict[str, object]) -> None:
    with TTFont(FONTS / f"{name}.woff2") as font:
        found = {axis.axisTag: (axis.minValue, axis.maxValue) for axis in font["fvar"].axes}

    assert found == axes


@pytest.mark.parametrize("name", ["newsreader", "inter"])
def test_the_stylesheet_names_the_font_file_beside_it(name: str) -> None:
    css = (FONTS / "fonts.css").read_text(encoding="utf-8")

    assert f'url("{name}.woff2")' in css
    assert css.count("font-display: optional") == 2
