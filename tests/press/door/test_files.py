"""Assets and pictures are served without the app."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.press.door.serving import an_app, ask, get, serving
from tests.press.door.shelving import a_shelf

HASHED = "/assets/page.0123456789ab.css"
PICTURE = "/media/pictures/ab/cd.webp"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    for name, content in {
        "assets/page.0123456789ab.css": b"p{color:red}" * 50,
        "assets/page.0123456789ab.css.gz": b"gzip",
        "assets/page.css": b"p{}",
        "assets/.hidden": b"x",
        "media/pictures/ab/cd.webp": bytes(range(200)),
        "media/pictures/large.png": b"x" * 1_000_000,
        "media/original_images/cd.png": b"x",
        "secret.key": b"x",
    }.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (folder / "assets/link.css").symlink_to(folder / "secret.key")
    with serving(an_app(a_shelf(folder / "shelf"), folder)) as number:
        yield number


def split(answer: bytes) -> tuple[int, dict[str, str], bytes]:
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    return int(first.split()[1]), headers, body


def test_a_share_picture_that_is_drawn_anew_is_the_new_one(port: int, folder: Path) -> None:
    file = folder / "media/share/card-1.jpg"
    file.parent.mkdir(parents=True)
    found = []
    for size in (100, 300):
        file.write_bytes(b"x" * size)
        status, headers, body = split(ask(port, get("/media/share/card-1.jpg")))
        found.append((status, headers["cache-control"], len(body)))

    assert found == [(200, "public, max-age=300", size) for size in (100, 300)]


def test_a_hashed_asset_is_kept_for_ever_and_sent_compressed(port: int) -> None:
    status, headers, body = split(ask(port, get(HASHED, "Accept-Encoding: gzip, br")))

    assert (status, body) == (200, b"gzip")
    assert headers["content-type"] == 'text/css; charset="utf-8"'
    assert headers["cache-control"] == "max-age=315360000, public, immutable"
    assert headers["content-encoding"] == "gzip"
    assert headers["vary"] == "Accept-Encoding"
    assert headers["x-content-type-options"] == "nosniff"


def test_an_asset_without_hash_is_kept_for_a_minute(port: int) -> None:
    _, headers, body = split(ask(port, get("/assets/page.css")))

    assert body == b"p{}"
    assert headers["cache-control"] == "max-age=60, public"


def test_a_refused_coding_is_not_sent(port: int) -> None:
    _, headers, body = split(ask(port, get(HASHED, "Accept-Encoding: gzip;q=0")))

    assert "content-encoding" not in headers
    assert body.startswith(b"p{")


def test_a_picture_is_whole_partial_or_unchanged(port: int) -> None:
    whole = split(ask(port, get(PICTURE)))
    part = split(ask(port, get(PICTURE, "Range: bytes=10-19")))
    etag = whole[1]["etag"]
    unchanged = split(ask(port, get(PICTURE, f'If-None-Match: "x", W/{etag}')))
    head = split(ask(port, get(PICTURE, method="HEAD")))

    assert whole[0] == 200
    assert whole[2] == bytes(range(200))
    assert whole[1]["content-type"] == "image/webp"
    assert whole[1]["cache-control"] == "public, max-age=31536000, immutable"
    assert whole[1]["content-security-policy"] == "default-src 'none'; sandbox"
    assert (part[0], part[2]) == (206, bytes(range(10, 20)))
    assert (unchanged[0], unchanged[2]) == (304, b"")
    assert (head[0], head[1]["content-length"], head[2]) == (200, "200", b"")


def test_a_large_file_arrives_whole(port: int) -> None:
    status, _, body = split(ask(port, get("/media/pictures/large.png")))

    assert (status, len(body)) == (200, 1_000_000)


@pytest.mark.parametrize(
    "path",
    [
        "/assets/nothing.css",
        "/assets/",
        "/assets/.hidden",
        "/assets/link.css",
        "/assets/../secret.key",
        "/assets/%2e%2e/secret.key",
        "/assets/%2fetc/passwd",
        "/assets//etc/passwd",
        "/assets/page.css/",
        "/assets/page.css%00",
        "/assets/a\\b",
        "/assets/" + "a" * 300,
        "/media/pictures/../original_images/cd.png",
        "/media/pictures/ab",
    ],
)
def test_nothing_else_is_a_file(port: int, path: str) -> None:
    status, headers, _ = split(ask(port, get(path)))

    assert (status, headers["cache-control"]) == (404, "no-store")


def test_originals_are_the_apps_to_refuse(port: int) -> None:
    status, _, _ = split(ask(port, get("/media/original_images/cd.png")))

    assert status == 503  # nobody is behind this door
