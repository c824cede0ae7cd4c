"""Varnish and nginx as docs/operate sets them up, in front of a door on this machine."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs" / "operate" / "caches-in-front.md"
PURGE_MODULE = Path("/usr/lib/nginx/modules/ngx_http_cache_purge_module.so")


class NotInstalled(Exception):
    """The cache is not on this machine; the text says how it comes there."""


def documented(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert found, f"{DOCS.name} has no {language}."
    return found[1]


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def a_varnish(folder: Path, *, behind: int) -> Iterator[int]:
    """The port of a Varnish with the documented VCL."""
    if shutil.which("varnishd") is None or not any(
        Path("/usr/lib").glob("*/varnish/vmods/libvmod_xkey.so")
    ):
        raise NotInstalled(
            "There is no Varnish with vmod xkey: apt-get install varnish varnish-modules."
        )
    port, vcl = free_port(), folder / "masthead.vcl"
    vcl.write_text(documented("vcl").replace('.port = "8000"', f'.port = "{behind}"'))
    # -j none: no other user, no chroot. Debug output only when it fails.
    command = ["varnishd", "-F", "-j", "none", "-n", str(folder / "varnish")]
    command += ["-a", f"127.0.0.1:{port}", "-f", str(vcl), "-s", "malloc,16m"]
    command += ["-p", "thread_pool_min=5", "-p", "thread_pool_max=10"]
    with _running(command, port, folder):
        yield port


@contextmanager
def an_nginx(folder: Path, *, behind: int) -> Iterator[int]:
    """The port of an nginx with the documented cache; its files are in folder / "cache"."""
    if shutil.which("nginx") is None or not PURGE_MODULE.exists():
        raise NotInstalled(
            "There is no nginx that can purge: apt-get install nginx libnginx-mod-http-cache-purge."
        )
    port = free_port()
    text = documented("nginx").replace("listen 8080", f"listen 127.0.0.1:{port}")
    text = text.replace("http://127.0.0.1:8000", f"http://127.0.0.1:{behind}")
    text = text.replace("/var/cache/nginx/masthead", str(folder / "cache"))
    places = "".join(
        f"{name}_temp_path {folder}/nginx-{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    file = folder / "nginx.conf"
    file.write_text(
        f"load_module {PURGE_MODULE}; user root; daemon off; pid {folder}/nginx.pid;"
        f" error_log {folder}/nginx.log; worker_processes 1; events {{}}"
        f" http {{ access_log off; {places} {text} }}"
    )
    with _running(["nginx", "-c", str(file)], port, folder):
        yield port


@contextmanager
def _running(command: list[str], port: int, folder: Path) -> Iterator[None]:
    said = folder / "said.log"
    with said.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, cwd=folder)
    try:
        until = time.monotonic() + 30  # Varnish compiles its VCL
        while not _answers(port):
            assert process.poll() is None, said.read_text()
            assert time.monotonic() < until, said.read_text()
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(10)


def _answers(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0
