"""Varnish and nginx, with the configurations that docs/operate shows, do as they are told."""

from pathlib import Path

import pytest

from masthead.press import annexes
from masthead.press.outer.caches import OuterCache, Purging
from masthead.press.outer.client import NotTold
from masthead.press.outer.nginx import tell_nginx
from masthead.press.outer.varnish import tell_varnish
from masthead.press.places import TO_APP
from tests.press.outer.standing_in import an_origin, get, nginx, varnish

HOST = "courier.example"
# Files are the same for everybody, whatever cookies come along.
TO_APP_WITH_COOKIES = [path for path in TO_APP if path not in {"/media/", "/assets/"}]
PORT, BRIDGE = "/port/", "/port/bridge/"


def test_varnish_drops_the_pages_that_show_a_key_and_no_others(tmp_path: Path) -> None:
    with an_origin() as origin, varnish(tmp_path, behind=origin.port) as port:
        origin.pages = {PORT: ("list", "o1 s1 a5"), BRIDGE: ("old", "o1 a5"), "/": ("front", "o1")}
        before = [get(port, path)[0] for path in (PORT, BRIDGE, "/", BRIDGE)]
        origin.pages[BRIDGE] = ("new", "o1 a5")
        held = get(port, BRIDGE)[0]

        tell_varnish(_at("varnish", port), Purging(7, ("a5", "nobody")))
        after = [get(port, path)[0] for path in (BRIDGE, PORT, "/")]

    assert (before[1], held) == ("old for nobody", "old for nobody")
    assert after == ["new for nobody", "list for nobody", "front for nobody"]
    assert origin.asked == [PORT, BRIDGE, "/", BRIDGE, PORT]


def test_nginx_drops_a_page_in_each_encoding_and_no_others(tmp_path: Path) -> None:
    asking = ("", "gzip, deflate, br, zstd", "gzip")
    with an_origin() as origin, nginx(tmp_path, behind=origin.port) as port:
        origin.pages = {PORT: ("list", "o1"), BRIDGE: ("old", "o1 a5")}
        for coding in asking:
            get(port, BRIDGE, Accept_Encoding=coding)
            get(port, PORT, Accept_Encoding=coding)
        origin.pages[BRIDGE] = ("new", "o1 a5")
        held = {get(port, BRIDGE, Accept_Encoding=coding)[0] for coding in asking}

        purging = Purging(7, ("a5",), addresses=((HOST, BRIDGE), (HOST, "/never-asked/")))
        tell_nginx(_at("nginx", port), purging)
        asked = len(origin.asked)
        after = {get(port, BRIDGE, Accept_Encoding=coding)[0] for coding in asking}
        list_after = {get(port, PORT, Accept_Encoding=coding)[0] for coding in asking}

    assert (held, after) == ({"old for nobody"}, {"new for nobody"})
    assert (list_after, origin.asked[asked:]) == ({"list for nobody"}, [BRIDGE] * 3)


@pytest.mark.parametrize("front", [varnish, nginx])
def test_what_is_of_a_person_or_not_printed_is_never_kept(front, tmp_path: Path) -> None:
    with an_origin() as origin, front(tmp_path, behind=origin.port) as port:
        origin.pages = {PORT: ("list", "o1")}
        member = [get(port, PORT, Cookie="masthead_class=members.9.x")[0] for _ in range(2)]
        public = get(port, PORT)[0]
        desk = [get(port, "/desk/", Cookie=f"sessionid={each}")[0] for each in "ab"]
        search = [get(port, f"/search/?q={each}")[0] for each in "ab"]
        odd = get(port, PORT + "?utm_source=x")
        _text, headers = get(port, PORT)

    assert member == ["list for masthead_class=members.9.x"] * 2
    assert public == "list for nobody"
    assert desk == ["nothing for sessionid=a", "nothing for sessionid=b"]
    assert (len(search), origin.asked.count("/search/?q=b")) == (2, 1)
    assert odd[0] == "list for nobody"
    assert {"xkey", "surrogate-key"} & headers.keys() == set()


def personal_paths() -> list[str]:
    """What the program answers anew for each reader, by its own list; on both kinds of host."""
    below = [path for annex in annexes._annexes.values() for path in annex.to_app]
    titles = [f"{prefix}{path}x/?y=1" for path in below for prefix in ("/", "/courier/")]
    return [
        *titles,
        "/courier/readers/sign-in/code/",
        *(f"{path}x/" for path in TO_APP_WITH_COOKIES),
    ]


@pytest.mark.parametrize("front", [varnish, nginx])
def test_what_is_for_one_person_is_asked_for_with_all_their_cookies(front, tmp_path: Path) -> None:
    cookie = "masthead_signing_in=signed"
    with an_origin() as origin, front(tmp_path, behind=origin.port) as port:
        # As if it were printed: not even then is it kept.
        origin.pages = {path.partition("?")[0]: ("own", "o1") for path in personal_paths()}
        answers = {
            path: {get(port, path, Cookie=cookie)[0], get(port, path)[0]}
            for path in personal_paths()
        }

    assert answers == {path: {f"own for {cookie}", "own for nobody"} for path in personal_paths()}


def test_nginx_refuses_a_purge_that_is_not_allowed_and_says_so(tmp_path: Path) -> None:
    with an_origin() as origin:
        there = OuterCache("nginx", f"http://127.0.0.1:{origin.port}")

        with pytest.raises(NotTold, match="answered 501"):
            tell_nginx(there, Purging(1, ("a1",), addresses=((HOST, PORT),)))


def _at(kind: str, port: int) -> OuterCache:
    return OuterCache(kind, f"http://127.0.0.1:{port}")
