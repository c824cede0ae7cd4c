"""The written configuration is taken by nginx, and nginx serves the mirror with it."""

import gzip
import http.client
import shutil
import socket
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from masthead.core.middleware import EVERYWHERE
from masthead.pictures.rules import FOR_EVER
from masthead.press import headers
from masthead.press.shelf import Hosts, Purge, Shelf, nginx
from masthead.press.shelf.keeping_time import SHARED
from masthead.press.shelf.nginx import Unsafe, configuration
from tests.press.shelf.pages import HEADERS, HOST, SECRET, TEXT, a_page

BINARY = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
needs_nginx = pytest.mark.skipif(BINARY is None, reason="nginx is not installed")
HOSTS = Hosts({HOST: HOST, "www.courier.example": HOST, "[::1]": "127.0.0.1"}, {}, complete=True)
FEED = ("Content-Type", "application/rss+xml; charset=utf-8")


class Program(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        said = f"{self.command} {self.path} {self.headers['Host']} ".encode()
        body = said + self.rfile.read(length)
        self.send_response(404 if "nothing" in self.path else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = answer  # noqa: N815 – as it is called

    def log_message(self, *_: object) -> None:
        pass


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Front:
    """An nginx of the test's own, and a program behind it."""

    def __init__(self, data: Path, *, program: int | None = None) -> None:
        self.data, self.port, self.behind = data, free_port(), None
        if program is None:
            self.behind = ThreadingHTTPServer(("127.0.0.1", 0), Program)
            threading.Thread(target=self.behind.serve_forever, daemon=True).start()
            program = self.behind.server_port
        text = configuration(
            data=data,
            hosts=HOSTS,
            program=f"127.0.0.1:{program}",
            listen=f"127.0.0.1:{self.port}",
        )
        self.file = data / "nginx.conf"
        places = "".join(
            f"{name}_temp_path {data}/nginx-{name};"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        self.file.write_text(
            f"user root; daemon off; pid {data}/nginx.pid; error_log {data}/nginx.log;"
            f" worker_processes 1; events {{}} http {{ access_log off; {places} {text} }}"
        )

    def __enter__(self) -> "Front":
        self.process = subprocess.Popen(
            [BINARY, "-c", str(self.file), "-e", str(self.data / "nginx.log")],
            stderr=subprocess.DEVNULL,
        )
        for _ in range(200):
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.02)
        raise AssertionError((self.data / "nginx.log").read_text())

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(10)
        if self.behind:
            self.behind.shutdown()
            self.behind.server_close()

    def ask(self, path: str, *, method: str = "GET", body: bytes | None = None, **given: str):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        sent = {"Host": HOST} | {name.replace("_", "-"): value for name, value in given.items()}
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, dict(answer.getheaders()), content


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    made = tmp_path_factory.mktemp("network")
    shelf = Shelf(made / "shelf", secret=SECRET, mirror=True)
    shelf.put(a_page())
    shelf.put(a_page("/"))
    shelf.put(a_page("/gone/", keys=("a9",)))
    shelf.apply(Purge(1, (), ("a9",), 1.0))
    shelf.put(a_page("/hafen/brücke/", seen=1))
    shelf.put(a_page("/port/feed.xml", text="<rss/>" * 60, headers=(FEED, HEADERS[1])))
    for name, content in {
        "assets/js/menu.0123456789ab.mjs": b"export {};\n" * 50,
        "assets/js/menu.mjs": b"plain",
        "media/pictures/ab/bridge.avif": b"picture",
        "media/original_images/bridge.jpg": b"original",
    }.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(content)
    return made


@pytest.fixture(scope="module")
def front(data):
    with Front(data) as running:
        yield running


def test_the_fixed_headers_are_those_of_the_program():
    mine = nginx.SAFETY

    assert mine["Referrer-Policy"] == django_settings.SECURE_REFERRER_POLICY
    assert mine["Cross-Origin-Opener-Policy"] == (django_settings.SECURE_CROSS_ORIGIN_OPENER_POLICY)
    assert mine["Permissions-Policy"] == EVERYWHERE["Permissions-Policy"]
    assert nginx.OURS.items() <= EVERYWHERE.items()
    assert headers.POLICY.format(style="'unsafe-inline'") == nginx.PAGE_POLICY
    assert nginx.BARE_POLICY == headers.BARE_POLICY
    assert nginx.CACHE_FOR_EVER == FOR_EVER


@pytest.mark.parametrize("host", ["a b", "x;}", "", ".hidden", "Ä.example"])
def test_a_host_that_could_break_out_is_refused(host):
    with pytest.raises(Unsafe):
        configuration(data=Path("/d"), hosts=Hosts({host: HOST}), program="127.0.0.1:8000")


@pytest.mark.parametrize("folder", ["/a b", '/a"b', "/a;b", "/a$b", "/a{b", "/a\nb"])
def test_a_folder_that_could_break_out_is_refused(folder):
    with pytest.raises(Unsafe):
        configuration(data=Path(folder), hosts=HOSTS, program="127.0.0.1:8000")


@needs_nginx
@pytest.mark.parametrize("hosts", [HOSTS, Hosts()])
def test_nginx_accepts_it(tmp_path, hosts):
    text = configuration(
        data=tmp_path, hosts=hosts, program="127.0.0.1:8000", is_secure=True, behind_proxy=True
    )
    file = tmp_path / "nginx.conf"
    file.write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}}"
        f" http {{ access_log off; {text} }}"
    )

    told = subprocess.run([BINARY, "-t", "-c", str(file)], capture_output=True, text=True)

    assert told.returncode == 0, told.stderr
    assert "warn" not in told.stderr


@needs_nginx
def test_a_page_comes_from_its_file_compressed_or_not(front):
    status, sent, body = front.ask("/port/bridge/", Accept_Encoding="gzip")
    plain = front.ask("/port/bridge/")

    assert (status, gzip.decompress(body).decode()) == (200, TEXT)
    assert (plain[0], plain[2].decode()) == (200, TEXT)
    assert sent["Content-Encoding"] == "gzip"
    assert sent["Vary"] == "Accept-Encoding"
    assert sent["Content-Type"] == "text/html; charset=utf-8"
    assert sent["Cache-Control"] == SHARED
    assert sent["Content-Security-Policy"] == nginx.PAGE_POLICY
    assert sent["X-Content-Type-Options"] == "nosniff"


@needs_nginx
@pytest.mark.parametrize("path", ["/", "/hafen/br%C3%BCcke/"])
def test_other_pages_do_too(front, path):
    assert front.ask(path)[2].decode() == TEXT


@needs_nginx
def test_whoever_has_the_page_already_gets_a_short_answer(front):
    etag = front.ask("/port/bridge/", Accept_Encoding="gzip")[1]["ETag"]

    status, _, body = front.ask("/port/bridge/", Accept_Encoding="gzip", If_None_Match=etag)

    assert (status, body) == (304, b"")


@needs_nginx
def test_a_feed_has_its_type_and_may_be_read_by_scripts(front):
    status, sent, body = front.ask("/port/feed.xml")

    assert (status, body) == (200, b"<rss/>" * 60)
    assert sent["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert sent["Access-Control-Allow-Origin"] == "*"


@needs_nginx
def test_an_alias_shows_its_hosts_pages(front):
    assert front.ask("/port/bridge/", Host="www.courier.example")[2].decode() == TEXT


@needs_nginx
@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("/port/bridge/?before=3", {}),
        ("/port/bridge/", {"Cookie": "a=b; masthead_class=x"}),
        ("/port/bridge/", {"method": "POST", "body": b"text"}),
        ("/port/feed.xml", {"method": "PUT", "body": b"text"}),
        ("/port/bridge/", {"method": "DELETE"}),
        ("/port/bridge/", {"Host": "other.example"}),
        (f"/{HOST}/port/bridge/", {"Host": "other.example"}),
        ("/port//bridge/", {}),
        ("/port/bridge", {}),
        ("/port//feed.xml", {}),
        ("/port/feed.xml/", {}),
        ("/port/bridge/index.html", {}),
        ("/port/bridge/index.html.gz", {}),
        ("/gone/", {}),
        ("/port/nothing/", {}),
        ("/desk/pages/3/edit/", {}),
        ("/media/original_images/bridge.jpg", {}),
        ("/media/pictures/../original_images/bridge.jpg", {}),
        ("/assets/js/menu.mjs", {}),
        ("/assets/js/nothing.0123456789ab.mjs", {}),
    ],
)
def test_everything_else_is_asked_of_the_program_as_it_came(front, path, given):
    status, _, body = front.ask(path, **given)

    method, host = given.get("method", "GET"), given.get("Host", HOST)
    text = given.get("body", b"").decode()
    assert body.decode() == f"{method} {path} {host} {text}"
    assert status == (404 if "nothing" in path else 200)


@needs_nginx
def test_assets_and_pictures_come_from_their_files_and_are_kept(front):
    asset = front.ask("/assets/js/menu.0123456789ab.mjs")
    picture = front.ask("/media/pictures/ab/bridge.avif")

    assert (asset[0], asset[1]["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert (picture[0], picture[1]["Content-Type"]) == (200, "image/avif")
    assert picture[1]["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert {asset[1]["Cache-Control"], picture[1]["Cache-Control"]} == {FOR_EVER}


@needs_nginx
def test_with_the_program_away_pages_are_there_and_writes_are_told_to_wait(data):
    with Front(data, program=free_port()) as front:
        assert front.ask("/port/bridge/")[0] == 200
        classed = front.ask("/port/bridge/", Cookie="masthead_class=x")
        assert (classed[0], classed[2].decode()) == (200, TEXT)
        assert classed[1]["Cache-Control"] == "private, no-store"
        for path, method in (("/port/bridge/", "POST"), ("/gone/", "GET"), ("/x", "GET")):
            status, sent, body = front.ask(path, method=method)
            assert (status, sent["Retry-After"]) == (503, "30")
            assert body == b"This is being mended. Please come back in a minute.\n"
