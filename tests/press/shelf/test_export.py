"""A static copy that needs no program."""

import gzip
import shutil
import subprocess
from dataclasses import replace

import pytest

from masthead.press.shelf import Address, Hosts, compress
from masthead.press.shelf.export import NotEmpty, export
from tests.press.shelf.pages import HEADERS, HOST, TEXT, a_page

PICTURE = "media/pictures/ab/bridge.avif"
HEAD = '<html><head><meta charset="utf-8"></head>'
BODY = (
    f'{HEAD}<img src="/{PICTURE}" srcset="/media/pictures/ab/big.avif 2x">'
    '<script src="/assets/js/menu.0123456789ab.mjs"></script>'
    "<style>@font-face{src:url(/assets/fonts/serif.woff2)}</style>"
    f'<meta property="og:image" content="https://{HOST}/media/share/c.png"></html>'
)


@pytest.fixture
def network(tmp_path):
    """Assets and pictures; most are used by nobody."""
    for name, content in {
        "assets/js/menu.0123456789ab.mjs": 'import { x } from "./parts/open.mjs";',
        "assets/js/menu.0123456789ab.mjs.gz": "packed",
        "assets/js/parts/open.mjs": 'import "../close.mjs"',
        "assets/js/close.mjs": "export {}",
        "assets/js/desk.mjs": "nobody's",
        "assets/fonts/serif.woff2": "font",
        PICTURE: "picture",
        "media/pictures/ab/big.avif": "big picture",
        "media/pictures/ab/other.avif": "nobody's",
        "media/share/c.png": "card",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    return tmp_path


@pytest.fixture
def copy(shelf, network):
    def run(**given):
        return export(
            shelf, network / "copy", media=network / "media", assets=network / "assets", **given
        )

    return run


def files(folder):
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file())


def test_pages_lie_under_their_addresses_with_gzip_beside_them(shelf, network, copy):
    shelf.put(a_page())
    shelf.put(a_page("/", text="<p>Front.</p>"))
    shelf.put(a_page("/port/feed.xml", headers=(("Content-Type", "application/rss+xml"),)))
    shelf.put(a_page("!404/", status=404))
    shelf.put(a_page("!404/town/", status=404))

    done = copy()

    names = ["404.html", "index.html", "port/bridge/index.html", "port/feed.xml", "town/404.html"]
    assert files(network / "copy" / HOST) == sorted([*names, *(f"{name}.gz" for name in names)])
    page = network / "copy" / HOST / "port/bridge/index.html"
    assert page.read_text() == TEXT
    assert gzip.decompress(page.with_name("index.html.gz").read_bytes()) == page.read_bytes()
    assert (done.pages, done.skipped, done.lost) == (5, [], [])


def test_only_what_the_public_reads_is_copied(shelf, network, copy):
    shelf.put(a_page(variant="members"))

    assert copy().pages == 0
    assert not (network / "copy" / HOST).exists()


def test_one_host_alone_may_be_copied(shelf, network, copy):
    shelf.put(a_page())
    shelf.put(a_page(host="gazette.example"))

    copy(hosts=[HOST])

    assert not (network / "copy" / "gazette.example").exists()
    assert (network / "copy" / HOST).exists()


def test_the_files_that_pages_use_come_along_and_no_others(shelf, network, copy):
    shelf.put(a_page(text=BODY))

    done = copy()

    there = {name for name in files(network / "copy" / HOST) if "index.html" not in name}
    assert there == {
        "assets/fonts/serif.woff2",
        "assets/js/close.mjs",
        "assets/js/menu.0123456789ab.mjs",
        "assets/js/menu.0123456789ab.mjs.gz",
        "assets/js/parts/open.mjs",
        PICTURE,
        "media/pictures/ab/big.avif",
        "media/share/c.png",
    }
    assert (done.files, done.lost) == (7, [])


def test_a_file_that_is_named_but_not_there_is_told(shelf, network, copy):
    shelf.put(a_page(text='<img src="/media/pictures/no.avif"><img src="/media/pictures/../x">'))

    assert sorted(copy().lost) == [f"{HOST}/media/pictures/../x", f"{HOST}/media/pictures/no.avif"]


def test_moved_addresses_lead_on(shelf, network, copy):
    shelf.put(a_page("/port/bridge/"))
    location = ("Location", "/port/bridge/")
    shelf.put(a_page("/old/", status=301, headers=(location,), bodies={"identity": b""}))
    shelf.set_addresses(HOST, [Address(HOST, "/hafen/", "moved", (), "/port/", below=True)])

    done = copy()

    conf = (network / "copy" / "_nginx" / HOST / "redirects.conf").read_text()
    assert conf.splitlines() == [
        'location = "/hafen/" { return 301 "/port/"; }',
        'location = "/old/" { return 301 "/port/bridge/"; }',
        'location ^~ "/hafen/" { rewrite "^.{7}(.+)$" "/port/$1" permanent; return 404; }',
    ]
    page = (network / "copy" / HOST / "old" / "index.html").read_text()
    assert '<meta http-equiv="refresh" content="0; url=/port/bridge/">' in page
    assert done.redirects == 2


def test_a_withdrawn_article_is_a_page_and_a_410_for_nginx(shelf, network, copy):
    shelf.put(a_page("/port/gone/", status=410))

    assert copy().gone == 1
    conf = (network / "copy" / "_nginx" / HOST / "gone.conf").read_text()
    assert conf == (
        'location = "/port/gone/" { error_page 410 "/port/gone/index.html"; return 410; }\n'
    )
    assert (network / "copy" / HOST / "port/gone/index.html").exists()


@pytest.mark.parametrize("quote", ['"', "'", ""])
def test_further_pages_of_a_list_lie_below_it_and_links_lead_there(shelf, network, copy, quote):
    link = f"<a href={quote}/port/?before=3.7{quote}>Older</a>"
    lost = f"<a href={quote}https://{HOST}/port/?before=99{quote}>None</a>"
    shelf.put(a_page("/port/", text=link + lost))
    shelf.put(a_page("/port/?before=3.7", text="<p>Older.</p>"))

    copy()

    page = (network / "copy" / HOST / "port/index.html").read_text()
    assert page == f"<a href={quote}/port/before%3D3.7/{quote}>Older</a>{lost}"
    assert (network / "copy" / HOST / "port/before=3.7/index.html").read_text() == "<p>Older.</p>"


def test_addresses_that_are_no_files_name_are_told(shelf, network, copy):
    shelf.put(a_page("/a/../b/"))
    shelf.put(a_page("/a", headers=HEADERS))
    shelf.put(a_page("/a/"))
    shelf.put(a_page(host=".."))

    done = copy()

    assert sorted(done.skipped) == [
        "../port/bridge/",
        f"{HOST}/a/../b/",
        f"{HOST}/a/index.html",
    ]


def test_a_tampered_page_is_left_out(shelf, network, copy):
    shelf.put(a_page())
    [file] = shelf.pages.glob("*/*")
    file.write_bytes(file.read_bytes() + b"x")

    assert copy().pages == 0


def test_a_folder_that_holds_something_is_refused(shelf, network, copy):
    (network / "copy").mkdir()
    (network / "copy" / "letter.txt").write_text("mine")

    with pytest.raises(NotEmpty, match="is not empty"):
        copy()


def test_progress_is_told(shelf, copy):
    shelf.put(a_page("/a/"))
    shelf.put(a_page("/b/"))
    told = []

    copy(progress=told.append)

    assert told == [1, 2]


def test_a_small_page_is_copied_as_well(shelf, network, copy):
    shelf.put(replace(a_page(), bodies=compress(b"<p>Small.</p>")))

    copy()

    assert (network / "copy" / HOST / "port/bridge/index.html").read_bytes() == b"<p>Small.</p>"


@pytest.mark.skipif(not shutil.which("nginx", path="/usr/sbin:/usr/bin"), reason="no nginx")
def test_nginx_accepts_what_was_written_for_it(shelf, network, copy):
    odd = '/a "b" {c} $d \\e ü/'
    shelf.set_addresses(HOST, [Address(HOST, odd, "moved", (), odd, below=True)])
    shelf.put(a_page(odd + "x/", status=410))
    shelf.set_hosts(Hosts({HOST: HOST}))
    copy()
    file = network / "nginx.conf"
    own = network / "copy" / "_nginx" / HOST
    file.write_text(
        f"pid {network}/pid; error_log {network}/log; events {{}} http {{ access_log off;"
        f" server {{ include {own}/redirects.conf; include {own}/gone.conf; }} }}"
    )

    told = subprocess.run(
        [shutil.which("nginx", path="/usr/sbin:/usr/bin"), "-t", "-c", str(file)],
        capture_output=True,
        text=True,
    )

    assert told.returncode == 0, told.stderr
