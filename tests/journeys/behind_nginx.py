"""An nginx before the demo, with the configuration that the program writes for it."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.journeys.network import Network, free_port

START_SECONDS = 20


@contextmanager
def nginx_before(network: Network, folder: Path, *, program: str) -> Iterator[str]:
    """Its address without a slash at the end. program: where it asks, as HOST:PORT."""
    port, file = free_port(), folder / "nginx.conf"
    written = network.run("shelf", "nginx", "--program", program, "--listen", f"127.0.0.1:{port}")
    places = "".join(
        f"{name}_temp_path {folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.getuid() == 0 else ""  # the folder is nobody else's
    file.write_text(
        f"{user} daemon off; pid {folder}/nginx.pid; worker_processes 1; events {{}}"
        f" http {{ access_log off; {places} {written} }}"
    )
    log = folder / "nginx.log"
    binary = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    assert binary, "nginx is not installed; run bin/_packages"
    process = subprocess.Popen([binary, "-c", str(file), "-e", str(log)])
    try:
        until = time.monotonic() + START_SECONDS
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"nginx does not answer:\n{log.read_text()}")
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def _answers(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0
