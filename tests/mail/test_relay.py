"""The doctor at a mail server of ours, with and without a certificate that can be trusted."""

import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

from masthead.mail.doctor.relay import look_at_relay


class Anywhere(Controller):
    """On a free port; the server says which one."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()


@pytest.fixture
def certificate(tmp_path: Path) -> Callable[[int], Path]:
    """A file with key and certificate of 127.0.0.1, good for so many days."""

    def make(days: int) -> Path:
        key = generate_private_key(SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
        now = datetime.now(UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=days, hours=1))
            .add_extension(
                x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False
            )
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
            .sign(key, SHA256())
        )
        file = tmp_path / "server.pem"
        file.write_bytes(
            key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            + made.public_bytes(Encoding.PEM)
        )
        return file

    return make


@pytest.fixture
def relay() -> Iterator[Callable[[Path | None], int]]:
    """Starts a mail server and answers its port."""
    running: list[Any] = []

    def start(certificate: Path | None) -> int:
        more: dict[str, Any] = {}
        if certificate is not None:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(certificate)
            more = {"tls_context": context}
        controller = Anywhere(object(), hostname="127.0.0.1", port=0, **more)
        controller.start()
        running.append(controller)
        return int(controller.port)

    yield start
    for controller in running:
        controller.stop()


def said(url: str, **more: Any) -> list[tuple[str, str]]:
    return [(each.what, each.mark) for each in look_at_relay(url, **more)]


@pytest.mark.parametrize(("days", "mark"), [(90, "pass"), (5, "warn")])
def test_a_certificate_that_is_trusted(certificate, relay, days, mark):
    file = certificate(days)
    port = relay(file)

    found = said(f"smtp+tls://127.0.0.1:{port}", trusted=str(file))

    assert found == [("TLS", mark), ("Relay", "pass")]


def test_a_certificate_that_nobody_vouches_for(certificate, relay):
    port = relay(certificate(90))

    assert said(f"smtp+tls://127.0.0.1:{port}") == [("TLS", "fail")]


@pytest.mark.parametrize(("scheme", "mark"), [("smtp", "pass"), ("smtp+tls", "fail")])
def test_a_server_on_this_machine_without_tls(relay, scheme, mark):
    port = relay(None)

    assert said(f"{scheme}://127.0.0.1:{port}") == [("TLS", mark), ("Relay", "pass")]
