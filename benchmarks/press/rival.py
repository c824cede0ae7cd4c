"""nginx with the same pages as files: packed beforehand, everything held open."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.press.needs import SERVER_CORE, find
from benchmarks.press.programs import started, wait_until_served
from benchmarks.servers import free_port
from masthead.press.shelf.container import Page

SETTINGS = """\
daemon off;
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/error.log crit;
{user}
events {{ worker_connections 4096; }}
http {{
    access_log off;
    server_tokens off;
    sendfile on;
    tcp_nopush on;
    tcp_nodelay on;
    keepalive_requests 1000000000;
    keepalive_timeout 65;
    open_file_cache max=10000 inactive=600s;
    open_file_cache_valid 600s;
    open_file_cache_min_uses 1;
    gzip_static on;
    gzip_vary on;
    types {{ text/html html; application/rss+xml xml; }}
    charset utf-8;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port} backlog=2048;
        root {folder}/pages;
        {headers}
    }}
}}
"""


def lay_out(folder: Path, pages: Iterable[Page]) -> None:
    """Each page as index.html and, in the very bytes of the shelf, index.html.gz."""
    import gzip

    for page in pages:
        place = folder / "pages" / page.target.lstrip("/")
        place.mkdir(parents=True, exist_ok=True)
        packed = page.bodies["gzip"]
        (place / "index.html").write_bytes(gzip.decompress(packed))
        (place / "index.html.gz").write_bytes(packed)


@contextmanager
def nginx(
    folder: Path,
    *,
    first: str,
    headers: Iterable[tuple[str, str]] = (),
    workers: int = 1,
    cores: set[int] | None = None,
) -> Iterator[tuple[int, int]]:
    """Port and process. first: an address that it serves. headers: sent with every answer."""
    program, port = find("nginx"), free_port()
    assert program is not None
    file = folder / f"nginx-{port}.conf"
    sent = [f"add_header {name} {_quoted(value)};" for name, value in headers]
    user = "user root;" if os.getuid() == 0 else ""  # the folder is nobody else's
    lines = "\n        ".join(sent)
    text = SETTINGS.format(folder=folder, port=port, user=user, headers=lines, workers=workers)
    file.write_text(text)
    command = [program, "-p", str(folder), "-c", str(file), "-e", str(folder / "error.log")]
    with started(command, cores=cores or {SERVER_CORE}) as process:
        wait_until_served(port, first)
        yield port, process


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("$", "") + '"'
