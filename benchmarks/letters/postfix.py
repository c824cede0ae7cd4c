"""
A Postfix of the run's own: Debian's package, with a configuration, a queue and a log in a folder
of ours, on a loopback port, handing everything on to a server of ours.
"""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.in_front import free_port
from benchmarks.letters.certificates import Certificates

POSTFIX = Path("/usr/sbin/postfix")
DAEMONS = Path("/usr/lib/postfix/sbin")
PATIENCE_SECONDS = 20


class NoPostfix(Exception):
    """It is not installed, or must not be started by this user."""


@dataclass(frozen=True)
class RunningPostfix:
    """port: where it takes mail in. tls_port: the same with TLS from the first byte, or 0."""

    port: int
    log: Path
    folder: Path
    tls_port: int = 0

    def waiting(self) -> int:
        """Mails in its queue."""
        queues = ("incoming", "active", "deferred", "maildrop")
        return sum(
            1
            for queue in queues
            for file in (self.folder / "queue" / queue).rglob("*")
            if file.is_file()
        )

    def lines(self) -> list[str]:
        return self.log.read_text(errors="replace").splitlines() if self.log.exists() else []

    def write_a_line(self) -> None:
        """Into its log, which so reaches until now."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as line:
            line.recv(100)
        time.sleep(1)


def is_there() -> bool:
    return POSTFIX.exists() and os.geteuid() == 0


@contextmanager
def running_postfix(
    folder: Path,
    *,
    hands_on_to: int,
    settings: Mapping[str, str] | None = None,
    certificates: Certificates | None = None,
) -> Iterator[RunningPostfix]:
    """
    folder: an absolute path that its user may walk through, e.g. below /tmp.
    settings: more lines of main.cf. certificates: with them it offers STARTTLS, and TLS from the
    first byte on a port of its own. Raises NoPostfix.
    """
    if not is_there():
        raise NoPostfix("This needs Debian's package “postfix”, and root to start it.")
    tls_port = free_port() if certificates else 0
    made = RunningPostfix(free_port(), folder / "log", folder, tls_port)
    more = dict(settings or {})
    if certificates:
        more["smtpd_tls_chain_files"] = f"{certificates.key}, {certificates.chain}"
        more |= {"smtpd_tls_security_level": "may", "smtpd_tls_loglevel": "1"}
    _write_down(made, hands_on_to, more)
    config = str(folder / "etc")
    for command in (["check"], ["start"]):
        done = subprocess.run(
            [str(POSTFIX), "-c", config, *command], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise NoPostfix(done.stderr.strip()[-500:])
    try:
        _wait_until_it_listens(made.port)
        yield made
    finally:
        subprocess.run([str(POSTFIX), "-c", config, "stop"], capture_output=True, check=False)


def _write_down(made: RunningPostfix, hands_on_to: int, settings: Mapping[str, str]) -> None:
    folder = made.folder
    for name in ("etc", "queue", "data"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    shutil.chown(folder / "data", "postfix")
    values = {
        "compatibility_level": "3.6",
        "queue_directory": str(folder / "queue"),
        "data_directory": str(folder / "data"),
        "command_directory": "/usr/sbin",
        "daemon_directory": str(DAEMONS),
        "mail_owner": "postfix",
        "setgid_group": "postdrop",
        "maillog_file": str(made.log),
        "maillog_file_prefixes": str(folder),
        "myhostname": "mail.northlight.example",
        "inet_interfaces": "127.0.0.1",
        "inet_protocols": "ipv4",
        "mydestination": "",
        "alias_maps": "",
        "alias_database": "",
        "mynetworks": "127.0.0.0/8",
        "smtpd_relay_restrictions": "permit_mynetworks, reject",
        "enable_long_queue_ids": "yes",
        "default_transport": f"smtp:[127.0.0.1]:{hands_on_to}",
        "disable_dns_lookups": "yes",
        "biff": "no",
        **settings,
    }
    lines = [f"{name} = {value}\n" for name, value in values.items()]
    (folder / "etc" / "main.cf").write_text("".join(lines))
    (folder / "etc" / "master.cf").write_text(_services(made))


def _services(made: RunningPostfix) -> str:
    """master.cf: as Debian's, without chroot, and only what mail from us passes through."""
    lines = [f"127.0.0.1:{made.port} inet n - n - - smtpd"]
    if made.tls_port:
        lines += [
            f"127.0.0.1:{made.tls_port} inet n - n - - smtpd",
            "  -o smtpd_tls_wrappermode=yes",
        ]
    lines += [
        "pickup unix n - n 60 1 pickup",
        "cleanup unix n - n - 0 cleanup",
        "qmgr unix n - n 300 1 qmgr",
        "tlsmgr unix - - n 1000? 1 tlsmgr",
        "rewrite unix - - n - - trivial-rewrite",
        "bounce unix - - n - 0 bounce",
        "defer unix - - n - 0 bounce",
        "trace unix - - n - 0 bounce",
        "flush unix n - n 1000? 0 flush",
        "proxymap unix - - n - - proxymap",
        "smtp unix - - n - - smtp",
        "error unix - - n - - error",
        "retry unix - - n - - error",
        "discard unix - - n - - discard",
        "anvil unix - - n - 1 anvil",
        "scache unix - - n - 1 scache",
        "postlog unix-dgram n - n - 1 postlogd",
    ]
    return "\n".join(lines) + "\n"


def _wait_until_it_listens(port: int) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise NoPostfix(f"It does not listen on port {port}.")
